"""Products scanned at a hand-out go out by the pack; an unknown one is learned there."""

from __future__ import annotations

from uuid import uuid4

import pytest

from depot.base.errors import CodeTaken, Invalid, UnknownCode
from depot.distribution.commands.events import (
    IssueAtEvent,
    IssueLine,
    PlanEvent,
    issue_at_event,
    plan_event,
)
from depot.distribution.commands.handouts import IssuedGoods
from depot.items.commands.item_codes import LearnCode, learn_code
from depot.items.queries.item_codes import meaning_of
from depot.kernel.once import Outcome
from tests.builders import NOW, World, clock, on_hand, receive

EAN, FLOUR, NEW = "5000112637922", "96385074", "036000291452"


@pytest.fixture
def event_id(world: World) -> int:
    """A hand-out, and beans in packs of twelve to hand out at it."""
    receive(world.ada, 60, "Beans")
    receive(world.ada, 9_000, "Flour", unit="gram")
    for code, item, pack in ((EAN, "Beans", 12), (FLOUR, "Flour", 2_500)):
        learn_code(
            LearnCode(command_id=uuid4(), code=code, item=item, pack_quantity=pack),
            world.ada,
            clock,
        )
    command = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=NOW)
    return plan_event(command, world.ben, clock).answer.id


def issue(world: World, event_id: int, *lines: IssueLine) -> Outcome[IssuedGoods]:
    command = IssueAtEvent(command_id=uuid4(), event_id=event_id, lines=lines)
    return issue_at_event(command, world.ben, clock)


def test_one_pack_goes_out_as_it_was_taught(world: World, event_id: int) -> None:
    outcome = issue(world, event_id, IssueLine(scanned=EAN))
    assert [(line.item, line.quantity) for line in outcome.answer.lines] == [("Beans", 12)]
    issue(world, event_id, IssueLine(scanned=f"(01)0{EAN}", times=2))
    assert on_hand(world.ben, "Beans") == 60 - 36


def test_what_is_weighed_goes_out_by_the_weight_of_a_pack(world: World, event_id: int) -> None:
    issue(world, event_id, IssueLine(scanned=FLOUR, times=2))
    assert on_hand(world.ben, "Flour") == 4_000


def test_so_many_pieces_win_over_the_pack(world: World, event_id: int) -> None:
    issue(world, event_id, IssueLine(scanned=EAN, quantity=5))
    assert on_hand(world.ben, "Beans") == 55


def test_an_unknown_code_is_asked_about_and_nothing_goes_out(world: World, event_id: int) -> None:
    with pytest.raises(UnknownCode) as refused:
        issue(world, event_id, IssueLine(scanned=EAN), IssueLine(scanned=NEW))
    assert refused.value.field == "scanned"
    assert on_hand(world.ben, "Beans") == 60


def test_an_unknown_code_that_is_named_goes_out_and_is_learned(world: World, event_id: int) -> None:
    named = IssueLine(scanned=NEW, item="beans", pack_quantity=6)
    issue(world, event_id, named, IssueLine(scanned=NEW))
    assert on_hand(world.ben, "Beans") == 48
    issue(world, event_id, IssueLine(scanned=NEW, times=2))
    assert on_hand(world.ben, "Beans") == 36
    theirs = meaning_of(world.session, world.cleo.depot_id, "00036000291452")
    assert theirs is None, "what one depot is taught, another does not know"


def test_a_new_product_is_made_in_place_and_its_pack_is_one_unless_said(
    world: World, event_id: int
) -> None:
    outcome = issue(world, event_id, IssueLine(scanned=NEW, item="Oat milk"))
    assert [(line.item, line.quantity) for line in outcome.answer.lines] == [("Oat milk", 1)]
    assert [one.kind for one in outcome.answer.discrepancies] == ["short_stock"]


def test_a_line_that_says_nothing_is_refused(world: World, event_id: int) -> None:
    for line in (IssueLine(), IssueLine(item="Beans"), IssueLine(quantity=3)):
        with pytest.raises(Invalid):
            issue(world, event_id, line)


def test_what_a_code_stands_for_is_not_changed_by_handing_out(world: World, event_id: int) -> None:
    issue(world, event_id, IssueLine(scanned=EAN, item="Flour"))
    assert on_hand(world.ben, "Beans") == 48
    with pytest.raises(CodeTaken):
        learn_code(LearnCode(command_id=uuid4(), code=EAN, item="Flour"), world.ada, clock)


def test_a_label_of_our_own_is_never_learned_as_a_product(world: World, event_id: int) -> None:
    address = "https://depot.example/C/7K3M-9QX2"
    with pytest.raises(UnknownCode):
        issue(world, event_id, IssueLine(scanned=address, item="Beans"))
