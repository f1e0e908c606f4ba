"""Exactly once: by the command's id, its kind, its contents and its depot."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor, Asking, Carriage
from depot.base.errors import CommandIdReused, Forbidden, Invalid, Unconfirmed
from depot.db.transaction import transaction
from depot.distribution.commands.events import (
    CloseEvent,
    OpenEvent,
    PlanEvent,
    close_event,
    open_event,
    plan_event,
)
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.kernel.answers import Answer
from depot.kernel.once import (
    Outcome,
    Work,
    begin_part,
    fingerprint,
    need_coordinator,
    remember,
    run_once,
)
from depot.ledger.posting import Head, lock_head
from depot.models import CommandLog, DistributionEvent, FiledReport
from tests.builders import NOW, World, clock, receive
from tests.commands.kernel.house import TODAY, Begin
from tests.current import db
from tests.stock_text import rows, stock


def test_an_id_used_again_by_another_kind_of_command_is_refused(world: World) -> None:
    """Both kinds have the same fields, so only the kind tells them apart."""
    planned = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=NOW)
    event_id = plan_event(planned, world.ben, clock).body["id"]
    closing = CloseEvent(command_id=uuid4(), event_id=event_id)
    close_event(closing, world.ben, clock)
    with pytest.raises(CommandIdReused):
        open_event(OpenEvent(command_id=closing.command_id, event_id=event_id), world.ben, clock)
    assert db.session.get_one(DistributionEvent, event_id).state == "closed"


def test_an_id_used_by_another_depot_is_new_in_this_one(world: World) -> None:
    line = ReceiptLine(item="Rice", quantity=24)
    command = ReceiveGoods(command_id=uuid4(), source_kind="donation", lines=(line,))
    first = receive_goods(command, world.ben, clock)
    souths = receive_goods(command, world.cleo, clock)
    assert not souths.repeated
    assert souths.entry_id != first.entry_id
    assert stock(world.ben) == stock(world.cleo) == rows("24 Rice @ Arrivals")
    assert receive_goods(command, world.ben, clock).entry_id == first.entry_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A command that says something and posts nothing."""

    command_id: UUID
    words: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """A command without a time of its own."""

    command_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Answer):
    at: datetime


def note(command: Any, actor: Actor, now: datetime = TODAY) -> Outcome[Noted]:
    """Do the command at that moment, which answers when it happened."""
    return run_once(command, actor, lambda: now, lambda _, work: _happened(work), Noted)


def _happened(work: Work) -> Noted:
    return Noted(at=work.occurred_at)


def happened(actor: Actor, at: datetime | None) -> datetime:
    return note(Note(command_id=uuid4(), occurred_at=at), actor).answer.at


def test_a_repeat_is_answered_with_the_first_answer_and_does_nothing(shared: World) -> None:
    command = Note(command_id=uuid4(), words="rice is short")
    first = note(command, shared.ada)
    repeat = note(command, shared.ada, TODAY + timedelta(hours=1))
    assert (first.answer, first.repeated) == (Noted(at=TODAY), False)
    assert (repeat.answer, repeat.repeated) == (Noted(at=TODAY), True)
    with pytest.raises(CommandIdReused) as reused:
        note(replace(command, words="beans are"), shared.ada)
    assert reused.value.field == "command_id"
    assert not note(command, shared.cleo).repeated
    logged = select(CommandLog).where(
        CommandLog.command_id == str(command.command_id), CommandLog.depot_id == shared.north.id
    )
    row = shared.session.scalars(logged).one()
    assert (row.recorded_at, row.body_hash) == (TODAY, fingerprint(command))
    assert json.loads(row.answer) == {"at": TODAY.isoformat()}


def test_a_body_gets_who_acts_and_both_times_and_the_end_of_the_book(shared: World) -> None:
    command = Note(command_id=uuid4(), occurred_at=NOW)

    def body(said: Note, work: Work) -> Noted:
        assert (said, work.actor, work.command_id) == (command, shared.ada, str(said.command_id))
        assert (work.occurred_at, work.recorded_at) == (NOW, TODAY)
        assert work.head == lock_head(work.session, work.depot_id)
        assert (work.questions, work.doubts) == ([], [])
        return Noted(at=NOW)

    run_once(command, shared.ada, lambda: TODAY, body, Noted)


def test_what_happened_is_taken_to_the_millisecond_and_never_after_now(shared: World) -> None:
    ada = shared.ada
    assert note(Ring(command_id=uuid4()), ada).answer.at == TODAY
    assert happened(ada, None) == TODAY
    then = NOW.replace(microsecond=987_654)
    assert happened(ada, then) == NOW.replace(microsecond=987_000)
    assert happened(ada, TODAY + timedelta(seconds=1)) == TODAY
    assert happened(ada, TODAY + timedelta(minutes=10)) == TODAY
    assert happened(ada, datetime(2000, 1, 1, tzinfo=UTC)).year == 2000
    for wrong, problem in (
        (NOW.replace(tzinfo=None), "The time needs its time zone."),
        (TODAY + timedelta(minutes=10, seconds=1), "That time is in the future."),
        (datetime(1999, 12, 31, tzinfo=UTC), "That time is too long ago."),
    ):
        with pytest.raises(Invalid) as refused:
            happened(ada, wrong)
        assert (refused.value.field, refused.value.params) == ("occurred_at", {"problem": problem})


def test_who_carried_it_here_knows_better_when_it_happened(shared: World) -> None:
    def carried(at: datetime | None) -> Actor:
        return replace(shared.ada, carriage=Carriage(happened_at=at))

    then = NOW.replace(microsecond=987_654)
    assert happened(carried(then), TODAY) == NOW.replace(microsecond=987_000)
    assert happened(carried(TODAY + timedelta(days=1)), NOW) == TODAY
    assert happened(carried(None), NOW) == NOW


def asking(shared: World, *confirmed: str, states_time: bool = True) -> Actor:
    return replace(shared.ada, asking=Asking(frozenset(confirmed), states_time=states_time))


def doubted(shared: World, at: datetime) -> list[tuple[str, dict[str, object]]]:
    """What a person is asked who writes down that day."""
    try:
        happened(asking(shared), at)
    except Unconfirmed as unconfirmed:
        return [(one.code, dict(one.params)) for one in unconfirmed.questions.values()]
    return []


def test_a_day_before_the_first_is_asked_about_where_a_person_wrote_it(shared: World) -> None:
    first = NOW.date()
    day = timedelta(days=1)
    asked = ("before_first_day", {"day": first - day, "first": first})
    assert doubted(shared, NOW - day) == [asked]
    assert doubted(shared, NOW) == []
    assert happened(shared.ada, NOW - day) == NOW - day
    assert happened(asking(shared, states_time=False), NOW - day) == NOW - day
    command = Note(command_id=uuid4(), occurred_at=NOW - day)
    with pytest.raises(Unconfirmed) as unconfirmed:
        note(command, asking(shared))
    (key,) = unconfirmed.value.questions
    assert not note(command, asking(shared, key)).repeated


def test_the_first_day_is_that_of_the_first_entry_if_it_was_before_the_depot(
    shared: World,
) -> None:
    """Cleo's depot gets what was there two days before it was founded."""
    cleo = replace(shared, ada=shared.cleo)
    day = timedelta(days=1)
    assert [code for code, _ in doubted(cleo, NOW - 2 * day)] == ["before_first_day"]
    receive(shared.cleo, 4, "Oats", at=NOW - 2 * day)
    assert doubted(cleo, NOW - 2 * day) == []
    first = (NOW - 2 * day).date()
    asked = ("before_first_day", {"day": first - day, "first": first})
    assert doubted(cleo, NOW - 3 * day) == [asked]


def test_where_nothing_was_booked_the_first_day_is_the_depots_own(world: World) -> None:
    day = timedelta(days=1)
    first = NOW.date()
    asked = ("before_first_day", {"day": first - day, "first": first})
    assert doubted(world, NOW - day) == [asked]
    assert doubted(world, NOW) == []


def test_a_day_in_a_filed_report_is_asked_about(shared: World) -> None:
    first, last = TODAY.date(), TODAY.date() + timedelta(days=6)
    with transaction() as session:
        filed = FiledReport(
            depot_id=shared.north.id,
            number=1,
            kind="week",
            period="",
            first_on=first,
            last_on=last,
            version=1,
            filed_at=TODAY,
            ledger_seq=0,
            ledger_seal="0" * 64,
            figures="{}",
            facts="{}",
            seal="0" * 64,
        )
        session.add(filed)
    asked = ("in_filed_period", {"day": first, "first": first, "last": last})
    assert doubted(shared, TODAY) == [asked]
    assert doubted(shared, NOW) == []


def test_a_command_is_remembered_once(begin: Begin) -> None:
    work = begin()
    remember(work, "hash", Answer())
    with pytest.raises(CommandIdReused) as reused:
        remember(work, "hash", Answer())
    assert reused.value.field == "command_id"


def test_each_part_of_a_command_has_its_time_and_stands_at_the_end_of_the_book(
    begin: Begin,
) -> None:
    work = begin(head=Head(0, ""))
    assert begin_part(work, 0, NOW) == replace(work, occurred_at=NOW)
    part, other = begin_part(work, 1, NOW), begin_part(work, 2, NOW)
    end = lock_head(work.session, work.depot_id)
    assert part == replace(work, command_id=part.command_id, occurred_at=NOW, head=end)
    assert len({work.command_id, part.command_id, other.command_id}) == 3
    hashes = select(CommandLog.body_hash).where(
        CommandLog.command_id.in_([part.command_id, other.command_id])
    )
    assert len(set(work.session.scalars(hashes))) == 2


def test_only_a_coordinator_passes_for_one(shared: World) -> None:
    need_coordinator(shared.ada)
    with pytest.raises(Forbidden):
        need_coordinator(shared.ben)
