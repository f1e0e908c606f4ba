"""Webhooks and a real receiver: signed, in order, retried, paused, resumed, never astray."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_network
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from depot.base.clock import Clock, utc_now
from depot.base.errors import Forbidden, Invalid, NotFound
from depot.models import AccessEvent, Webhook, WebhookDelivery
from depot.people.commands.access import ChangeRole, change_role
from depot.programs.commands import deliveries
from depot.programs.commands.deliveries import BACK_OFF, LEASE, PAUSED_AFTER, claim_next
from depot.programs.commands.webhooks import (
    MOST,
    AddWebhook,
    EndWebhook,
    ResumeWebhook,
    TryWebhook,
    add_webhook,
    end_webhook,
    resume_webhook,
    try_webhook,
)
from depot.programs.posting import Answered
from depot.programs.queries.webhooks import WebhookRow, count_paused, webhooks_of
from depot.programs.sender import Round, Sending, tell_due
from depot.programs.signing import webhook_secret
from tests.builders import NOW, SECRET_KEY, World, clock, make_person, receive
from tests.commands.open_book.test_settings import told
from tests.receiver import Receiver, is_signed_by, receiver

HERE = (ip_network("127.0.0.1/32"),)
SENDING = Sending(SECRET_KEY, HERE)


@pytest.fixture(scope="module")
def running() -> Iterator[Receiver]:
    """One receiver for the tests of this file."""
    with receiver() as state:
        yield state


@pytest.fixture
def shop(running: Receiver) -> Receiver:
    """A receiver that got nothing yet and takes everything."""
    running.got.clear()
    running.status, running.leads_to, running.dawdles = 200, "", 0.0
    return running


def later(by: timedelta) -> Clock:
    """Return a clock that shows that much later."""
    return lambda: NOW + by


def add(world: World, address: str, **said: Any) -> AddWebhook:
    """Make a webhook of the north, and return the command that did."""
    command = AddWebhook(command_id=uuid4(), name="Shop", address=address, **said)
    add_webhook(command, world.ada, HERE, clock)
    return command


def the_one(world: World) -> WebhookRow:
    """Return the only webhook of the north."""
    world.session.rollback()
    (found,) = webhooks_of(world.session, world.ada.depot_id)
    return found


def problems(world: World) -> list[object]:
    """Return what went wrong with its tries, the newest first."""
    return [one.problem for one in the_one(world).deliveries]


def test_what_is_booked_arrives_signed(world: World, shop: Receiver) -> None:
    receive(world.ben, 1, "Old bread")
    made = add(world, shop.address)
    assert tell_due(SENDING, clock) == Round(), "what was before is not told"
    receive(world.ben, 3, "Jam")
    receive(world.cleo, 5, "Honey")
    assert tell_due(SENDING, clock) == Round(sent=1)
    (got,) = shop.got
    assert got.path == "/take?from=depot"
    assert got.headers["Host"] == f"127.0.0.1:{shop.port}"
    assert got.headers["Content-Type"] == "application/json"
    secret = webhook_secret(SECRET_KEY, world.ada.depot_id, made.command_id)
    assert is_signed_by(secret, got, NOW.timestamp())
    assert not is_signed_by(secret, got, NOW.timestamp() + 301), "an old one, sent again"
    assert not is_signed_by("whsec_other", got, NOW.timestamp())
    got.body += b" "
    assert not is_signed_by(secret, got, NOW.timestamp()), "not what was signed"
    said = got.told
    assert (said["depot"], said["is_test"], said["after"], said["next"]) == ("north", False, 1, 2)
    assert [line["item"] for line in said["entries"][0]["lines"]] == ["Jam"]
    assert tell_due(SENDING, clock) == Round(), "once"
    assert problems(world) == [None]


def test_many_arrive_in_order_in_several_requests(
    world: World, shop: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("depot.programs.sender.AT_ONCE", 3)
    add(world, shop.address)
    for _ in range(8):
        receive(world.ben, 1, "Jam")
    assert tell_due(SENDING, clock) == Round(sent=3)
    assert [got.seqs for got in shop.got] == [[1, 2, 3], [4, 5, 6], [7, 8]]


def test_kinds_that_are_not_wanted_are_passed_in_silence(world: World, shop: Receiver) -> None:
    add(world, shop.address, kinds=("issue", "count"))
    receive(world.ben, 3, "Jam")
    assert tell_due(SENDING, clock) == Round()
    assert (the_one(world).after, the_one(world).kinds) == (1, ("issue", "count"))
    assert not shop.got
    assert claim_next(clock) is None, "and not looked through again"


def test_what_fails_is_tried_again_later_and_later(world: World, shop: Receiver) -> None:
    add(world, shop.address)
    receive(world.ben, 3, "Jam")
    shop.status, at = 503, timedelta()
    for wait in BACK_OFF:
        assert tell_due(SENDING, later(at)) == Round(failed=1)
        assert tell_due(SENDING, later(at + wait - timedelta(seconds=1))) == Round()
        at += wait
    receive(world.ben, 4, "Jam")
    shop.status = 204
    assert tell_due(SENDING, later(at)) == Round(sent=1)
    assert [got.seqs for got in shop.got] == [[1]] * len(BACK_OFF) + [[1, 2]]
    found = the_one(world)
    assert (found.failing_since, found.deliveries[0].status) == (None, 204)
    assert (found.deliveries[1].status, found.deliveries[1].problem) == (503, "refused")


def test_after_days_it_is_paused_and_goes_on_where_it_was_left(
    world: World, shop: Receiver
) -> None:
    add(world, shop.address)
    receive(world.ben, 3, "Jam")
    shop.status = 500
    tell_due(SENDING, clock)
    assert count_paused(world.session, world.ada.depot_id) == 0
    over = PAUSED_AFTER + timedelta(minutes=1)
    assert tell_due(SENDING, later(over)) == Round(failed=1)
    found = the_one(world)
    assert (found.paused_at, found.failing_since) == (NOW + over, NOW)
    assert count_paused(world.session, world.ada.depot_id) == 1
    assert count_paused(world.session, world.cleo.depot_id) == 0
    world.session.rollback()
    receive(world.ben, 4, "Jam")
    shop.status = 200
    assert tell_due(SENDING, later(over * 9)) == Round(), "paused"
    resume = ResumeWebhook(command_id=uuid4(), webhook_id=found.id)
    resume_webhook(resume, world.ada, later(over * 9))
    assert tell_due(SENDING, later(over * 9)) == Round(sent=1)
    assert shop.got[-1].seqs == [1, 2]
    assert the_one(world).paused_at is None


def test_a_test_is_sent_at_once_also_to_a_paused_one_and_moves_nothing(
    world: World, shop: Receiver
) -> None:
    made = add(world, shop.address)
    receive(world.ben, 3, "Jam")
    shop.status = 500
    tell_due(SENDING, clock)
    tell_due(SENDING, later(PAUSED_AFTER))
    before = the_one(world)
    world.session.rollback()
    shop.status = 200
    try_webhook(TryWebhook(command_id=uuid4(), webhook_id=before.id), world.ada, clock)
    assert the_one(world).is_test_asked
    world.session.rollback()
    assert tell_due(SENDING, clock) == Round(sent=1)
    got, after = shop.got[-1], the_one(world)
    assert (got.told["is_test"], got.told["entries"]) == (True, [])
    secret = webhook_secret(SECRET_KEY, world.ada.depot_id, made.command_id)
    assert is_signed_by(secret, got, NOW.timestamp())
    assert (after.after, after.paused_at, after.is_test_asked) == (0, before.paused_at, False)
    assert after.deliveries[0].is_test


def test_a_redirect_is_not_followed(world: World, shop: Receiver) -> None:
    add(world, shop.address)
    receive(world.ben, 3, "Jam")
    shop.status, shop.leads_to = 307, f"http://127.0.0.1:{shop.port}/elsewhere"
    assert tell_due(SENDING, clock) == Round(failed=1)
    assert [got.path for got in shop.got] == ["/take?from=depot"]
    assert the_one(world).deliveries[0].status == 307


def test_a_slow_receiver_is_left_in_time(world: World, shop: Receiver) -> None:
    add(world, shop.address)
    receive(world.ben, 3, "Jam")
    shop.dawdles = 0.1  # each byte comes in time, all of them do not
    before = utc_now()
    assert tell_due(Sending(SECRET_KEY, HERE, patience=0.5), clock) == Round(failed=1)
    assert utc_now() - before < timedelta(seconds=3)
    assert problems(world) == ["too_slow"]


def test_where_nobody_listens_and_where_a_name_is_none(world: World) -> None:
    add(world, "http://127.0.0.1:9/")
    add(world, "https://no-such-host.invalid/")
    receive(world.ben, 3, "Jam")
    assert tell_due(SENDING, clock) == Round(failed=2)
    world.session.rollback()
    both = webhooks_of(world.session, world.ada.depot_id)
    assert [one.deliveries[0].problem for one in both] == ["unreachable"] * 2


def test_a_name_that_leads_into_the_house_is_not_followed(world: World, shop: Receiver) -> None:
    add(world, f"https://localhost:{shop.port}/")
    receive(world.ben, 3, "Jam")
    assert tell_due(Sending(SECRET_KEY), clock) == Round(failed=1)
    assert problems(world) == ["not_allowed"]
    assert not shop.got


def test_an_address_that_the_settings_allow_no_more_is_not_reached(
    world: World, shop: Receiver
) -> None:
    add(world, shop.address)
    receive(world.ben, 3, "Jam")
    assert tell_due(Sending(SECRET_KEY), clock) == Round(failed=1)
    assert problems(world) == ["not_allowed"]
    assert not shop.got


def test_two_processes_do_not_tell_it_twice_and_a_dead_one_is_taken_over_from(
    world: World, shop: Receiver
) -> None:
    add(world, shop.address)
    receive(world.ben, 3, "Jam")
    dead = claim_next(clock)
    assert dead is not None
    assert claim_next(clock) is None
    assert tell_due(SENDING, later(LEASE)) == Round(sent=1)
    answered = Answered(None, "unreachable")
    deliveries.mark_tried(dead, deliveries.Told(1, 1, answered), clock)
    assert problems(world) == [None], "whose claim is over has nothing to say"


def test_the_last_tries_are_kept(
    world: World, shop: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "KEPT", 2)
    add(world, shop.address)
    for _ in range(4):
        receive(world.ben, 3, "Jam")
        tell_due(SENDING, clock)
    world.session.rollback()
    assert world.session.scalars(select(WebhookDelivery.until)).all() == [3, 4]


def test_one_that_ended_is_told_nothing(world: World, shop: Receiver) -> None:
    add(world, shop.address)
    receive(world.ben, 3, "Jam")
    command = EndWebhook(command_id=uuid4(), webhook_id=the_one(world).id)
    world.session.rollback()
    end_webhook(command, world.ada, clock)
    assert end_webhook(command, world.ada, clock).repeated
    assert tell_due(SENDING, clock) == Round()
    assert not shop.got
    assert webhooks_of(world.session, world.ada.depot_id) == []


def test_what_a_coordinator_made_ends_with_their_being_one(world: World, shop: Receiver) -> None:
    dora = make_person("Dora", "coordinator", world.north)
    command = AddWebhook(command_id=uuid4(), name="Hers", address=shop.address)
    add_webhook(command, dora, HERE, clock)
    assert dora.person_id is not None
    step = ChangeRole(command_id=uuid4(), person_id=dora.person_id, role="volunteer")
    change_role(step, world.ada, clock)
    receive(world.ben, 3, "Jam")
    assert tell_due(SENDING, clock) == Round()
    assert told(world.ada)[0] == ("webhook", "Hers", "Ada", {"ended_at": (None, True)})


def test_a_repeat_makes_one_with_the_same_secret(world: World, shop: Receiver) -> None:
    command = add(world, shop.address)
    assert add_webhook(command, world.ada, HERE, clock).repeated
    assert the_one(world).name == "Shop"
    key, depot = SECRET_KEY, world.ada.depot_id
    one = webhook_secret(key, depot, command.command_id)
    assert one == webhook_secret(key, depot, command.command_id)
    assert len({one, webhook_secret(key, depot, UUID(int=1)), webhook_secret(key, 9, UUID(int=1))})


def test_it_is_told_in_the_open_book_without_its_address_and_in_the_journal(
    world: World,
) -> None:
    add(world, "https://example.org/hook/very-secret")
    end = EndWebhook(command_id=uuid4(), webhook_id=the_one(world).id)
    world.session.rollback()
    end_webhook(end, world.ada, clock)
    assert told(world.ben) == [
        ("webhook", "Shop", "Ada", {"ended_at": (None, True)}),
        ("webhook", "Shop", "Ada", {"host": (None, "example.org")}),
    ]
    kinds = select(AccessEvent.kind, AccessEvent.subject).where(
        AccessEvent.kind.like("webhook%"), AccessEvent.depot_id == world.ada.depot_id
    )
    assert [tuple(row) for row in world.session.execute(kinds)] == [
        ("webhook_made", "Shop"),
        ("webhook_ended", "Shop"),
    ]


def test_what_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    good = AddWebhook(command_id=uuid4(), name="Shop", address="https://example.org/")
    with pytest.raises(Forbidden):
        add_webhook(good, world.ben, HERE, clock)
    wrong: dict[str, Any]
    for wrong in (
        {"name": " "},
        {"address": "https://10.0.0.1/"},
        {"kinds": ("gossip",)},
    ):
        said: dict[str, Any] = {"name": "Shop", "address": good.address} | wrong
        with pytest.raises(Invalid):
            add_webhook(AddWebhook(command_id=uuid4(), **said), world.ada, HERE, clock)
    monkeypatch.setattr("depot.programs.commands.webhooks.MOST", 1)
    add_webhook(good, world.ada, HERE, clock)
    with pytest.raises(Invalid):
        add_webhook(
            AddWebhook(command_id=uuid4(), name="Two", address=good.address),
            world.ada,
            HERE,
            clock,
        )
    assert MOST > 1
    world.session.rollback()
    assert world.session.scalar(select(func.count()).select_from(Webhook)) == 1


def test_another_depot_finds_nothing(world: World, shop: Receiver) -> None:
    add(world, shop.address)
    number = the_one(world).id
    world.session.rollback()
    with pytest.raises(NotFound):
        end_webhook(EndWebhook(command_id=uuid4(), webhook_id=number), world.cleo, clock)
    with pytest.raises(NotFound):
        resume_webhook(ResumeWebhook(command_id=uuid4(), webhook_id=number), world.cleo, clock)
    with pytest.raises(NotFound):
        try_webhook(TryWebhook(command_id=uuid4(), webhook_id=number), world.cleo, clock)
    assert webhooks_of(world.session, world.cleo.depot_id) == []
