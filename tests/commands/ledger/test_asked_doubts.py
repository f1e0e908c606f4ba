"""Unlikely numbers: who is there is asked once, what is saved is listed, and needs do without."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Asking
from depot.base.errors import Forbidden, NotFound, Unconfirmed
from depot.base.questions import INSTEAD
from depot.base.units import Measure
from depot.counts.commands.counts import Count, FoundLine, book_count
from depot.distribution.commands.events import (
    CountPeople,
    IssueAtEvent,
    IssueLine,
    PlanEvent,
    count_people,
    issue_at_event,
    plan_event,
)
from depot.entries.commands.discrepancies import ResolveDiscrepancy, resolve_discrepancy
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.kernel.once import AnyOutcome
from depot.models import Item, Partner
from depot.production.commands.production import (
    ProduceGoods,
    ProductionInput,
    ProductionOutput,
    produce_goods,
)
from tests.builders import NOW, World, clock, on_hand, receive
from tests.commands.doubting import (
    KILO,
    Act,
    asked,
    asked_codes,
    bread,
    donation,
    event,
    settle,
    there,
    things,
    told,
    weeks_of_bread,
)
from tests.commands.shelves import entry_count


def test_far_more_than_ever_is_asked_about_once_and_booked_when_it_is_right(world: World) -> None:
    weeks_of_bread(world.ben)
    before, act = entry_count(world.ada), bread(12_500)
    error = asked(act, world.ben)
    (question,) = error.questions.values()
    assert (question.code, question.params["item"]) == ("far_more_than_ever", "Bread")
    assert entry_count(world.ada) == before
    assert told(world) == []
    outcome = act(there(world.ben, *error.questions))
    assert [one["kind"] for one in outcome.body["discrepancies"]] == ["unlikely_number"]
    assert told(world) == [("amount", 40 * KILO, 12_500 * KILO)]
    assert act(there(world.ben)).repeated
    assert entry_count(world.ada) == before + 1


def test_a_mended_number_is_another_question_or_none(world: World) -> None:
    weeks_of_bread(world.ben)
    command_id = uuid4()

    def mended(kilograms: int, *confirmed: str) -> AnyOutcome:
        line = ReceiptLine(category="Bread", weight_grams=kilograms * KILO)
        command = ReceiveGoods(command_id=command_id, lines=(line,))
        return receive_goods(command, there(world.ben, *confirmed), clock)

    with pytest.raises(Unconfirmed) as first:
        mended(12_500)
    with pytest.raises(Unconfirmed):
        mended(125_000, *first.value.questions)
    assert mended(12, *first.value.questions).discrepancies == 0
    assert told(world) == []


def test_where_nobody_can_be_asked_it_is_booked_and_listed(world: World) -> None:
    weeks_of_bread(world.ben)
    assert bread(12_500)(world.ben).discrepancies == 1
    assert [detail for detail, _, _ in told(world)] == ["amount"]


def test_a_fact_that_comes_late_is_booked_and_listed(world: World) -> None:
    weeks_of_bread(world.ben)
    late = replace(world.ben, asking=Asking(is_late=True))
    assert bread(12_500)(late).discrepancies == 1
    assert [detail for detail, _, _ in told(world)] == ["amount"]


def test_the_history_of_another_depot_is_not_ours(world: World) -> None:
    bread(12_500)(world.cleo)
    settle_south = ResolveDiscrepancy(
        command_id=uuid4(), discrepancy_id=things(world, world.cleo)[0].id, resolution="accepted"
    )
    resolve_discrepancy(settle_south, world.cleo, clock)
    weeks_of_bread(world.ben)
    assert bread(12_500)(world.ben).discrepancies == 1
    assert bread(12_500)(world.cleo).discrepancies == 0


def test_what_waits_does_not_make_the_next_one_usual_and_what_is_right_does(world: World) -> None:
    weeks_of_bread(world.ben)
    bread(12_500)(world.ben)
    assert bread(9_000)(world.ben).discrepancies == 1
    for _ in range(2):
        settle(world, "accepted")
    assert bread(12_500)(world.ben).discrepancies == 0


def test_what_was_undone_is_not_usual(world: World) -> None:
    weeks_of_bread(world.ben)
    bread(12_500)(world.ben)
    settle(world, "undone")
    assert told(world) == []
    assert bread(12_500)(world.ben).discrepancies == 1


def test_undoing_is_never_doubted(world: World) -> None:
    weeks_of_bread(world.ben)
    outcome = bread(12_500)(world.ben)
    assert outcome.entry_id is not None
    undo = ReverseEntry(command_id=uuid4(), entry_id=outcome.entry_id)
    assert reverse_entry(undo, there(world.ben), clock).discrepancies == 0


def test_only_a_coordinator_of_the_depot_says_that_it_is_right(world: World) -> None:
    weeks_of_bread(world.ben)
    bread(12_500)(world.ben)
    with pytest.raises(Forbidden):
        settle(world, "accepted", world.ben)
    with pytest.raises(NotFound):
        settle(world, "accepted", world.cleo)
    assert len(told(world)) == 1


@pytest.mark.parametrize("quantity", [4_006_381, 400_638_133])
def test_a_product_code_typed_as_a_number_is_told_as_one(world: World, quantity: int) -> None:
    receive(world.ben, 24, "Beans")
    act = donation(item="Beans", quantity=quantity)
    assert asked_codes(act, world.ben) == ["looks_like_product_code"]
    act(world.ben)
    assert told(world) == [("product_code", 24, quantity)]


def hand_out(event_id: int, quantity: int, item: str) -> Act:
    lines = (IssueLine(item=item, quantity=quantity),)
    command = IssueAtEvent(command_id=uuid4(), event_id=event_id, lines=lines)
    return lambda who: issue_at_event(command, who, clock)


def test_handing_out_all_that_is_here_is_no_wonder(world: World) -> None:
    for days in range(150):
        receive(world.ben, 20, "Rice", at=NOW - timedelta(days=days))
    assert hand_out(event(world.ben), 3_000, "Rice")(world.ben).discrepancies == 0


def test_handing_out_what_was_never_here_is_asked_about_as_it_was_typed(world: World) -> None:
    receive(world.ben, 20, "Rice")
    act = hand_out(event(world.ben), 12_500, "Rice")
    (question,) = asked(act, world.ben).questions.values()
    assert question.params["amount"] == Measure(12_500, "piece")
    act(world.ben)
    assert ("amount", 20, 12_500) in told(world)


def test_more_than_ever_is_asked_about_at_a_count_and_in_the_kitchen(world: World) -> None:
    receive(world.ben, 20, "Rice")
    found = Count(
        command_id=uuid4(), place="Arrivals", found=(FoundLine(item="Beans", quantity=40_000),)
    )
    assert asked_codes(lambda who: book_count(found, who, clock), world.ben) == ["a_lot_at_once"]
    cook = ProduceGoods(
        command_id=uuid4(),
        inputs=(ProductionInput(item="Rice", quantity=5_000),),
        outputs=(ProductionOutput(item="Soup", quantity=50_000),),
    )
    codes = asked_codes(lambda who: produce_goods(cook, who, clock), world.ben)
    assert codes == ["far_more_than_ever", "a_lot_at_once"]


def helped(event_id: int, households: int, **people: Any) -> Act:
    command = CountPeople(command_id=uuid4(), event_id=event_id, households=households, **people)
    return lambda who: count_people(command, who, clock)


def test_one_household_with_ninety_thousand_adults_is_asked_about(world: World) -> None:
    act = helped(event(world.ben), 1, adults=90_000)
    assert asked_codes(act, world.ben) == ["many_people"]
    act(world.ben)
    assert told(world) == [("people Saturday", 1, 90_000)]


def test_households_far_beyond_any_hand_out_are_asked_about(world: World) -> None:
    helped(event(world.ben, "Last week"), 80)(world.ben)
    this = event(world.ben)
    assert helped(this, 200)(world.ben).discrepancies == 0
    assert asked_codes(helped(this, 900), world.ben) == ["many_households"]
    helped(this, 900)(world.ben)
    assert told(world) == [("households Saturday", 80, 900)]
    # what waits is not usual for the next one, and a hand-out that was planned large may be it
    assert helped(event(world.ben, "Next"), 900)(world.ben).discrepancies == 1
    large = event(world.ben, "Fair", expected_households=800)
    assert helped(large, 900)(world.ben).discrepancies == 0


def test_a_weight_that_one_cannot_have_is_asked_about_and_teaches_nothing(world: World) -> None:
    act = donation(item="Beans", quantity=12, weight_grams=4_800 * KILO)
    assert asked_codes(act, world.ben) == ["unlikely_unit_weight"]
    act(world.ben)
    assert told(world) == [("unit_weight", None, 400_000_000)]
    (beans,) = (one for one in weights(world) if one[0] == "Beans")
    assert beans[1] is None
    donation(item="Beans", quantity=12, weight_grams=4_800)(world.ben)
    assert ("Beans", 400_000) in weights(world)
    assert asked_codes(donation(item="Beans", quantity=12, weight_grams=60 * KILO), world.ben)


def weights(world: World) -> list[tuple[str, int | None]]:
    rows = world.session.execute(
        select(Item.name, Item.unit_weight_milligrams).where(Item.depot_id == world.north.id)
    )
    return [(row[0], row[1]) for row in rows]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"date": "2056-05-21", "date_kind": "use_by"}, "far_date"),
        ({"date": "2062"}, "far_date"),
        ({"date": "2026-11-20", "date_kind": "use_by"}, "past_date"),
        ({"date": "2016-11"}, "past_date"),
    ],
)
def test_a_day_far_off_or_past_at_arrival_is_asked_about(
    world: World, line: dict[str, Any], code: str
) -> None:
    act = donation(item="Ham", quantity=5, **line)
    assert asked_codes(act, world.ben) == [code]
    act(world.ben)
    (thing,) = things(world)
    assert thing.detail == f"{code} {line.get('date_kind', 'best_before')} {line['date']}"
    assert on_hand(world.ben, "Ham") == 5


def test_a_hand_out_of_another_year_is_asked_about(world: World) -> None:
    wrong = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=NOW.replace(year=2062))
    assert asked_codes(lambda who: plan_event(wrong, who, clock), world.ben) == ["far_date"]
    assert plan_event(wrong, world.ben, clock).body["state"] == "planned"
    next_year = replace(wrong, command_id=uuid4(), starts_at=NOW + timedelta(days=366))
    assert plan_event(next_year, there(world.ben), clock).body["state"] == "planned"


def from_whom(name: str) -> Act:
    command = ReceiveGoods(
        command_id=uuid4(), partner=name, lines=(ReceiptLine(item="Ham", quantity=5),)
    )
    return lambda who: receive_goods(command, who, clock)


def test_a_donor_of_an_almost_known_name_can_be_the_known_one(world: World) -> None:
    from_whom("Kestrel Bakery")(world.ben)
    from_whom("Kestral Bakeries")(world.cleo)
    act = from_whom("Kestrel Bakary")
    ((key, question),) = asked(act, world.ben).questions.items()
    assert (question.code, question.params["known"]) == ("almost_known_name", "Kestrel Bakery")
    act(there(world.ben, key, key + INSTEAD))
    names = select(Partner.name).where(Partner.depot_id == world.north.id)
    assert world.session.scalars(names).all() == ["Kestrel Bakery"]
    new = from_whom("Kestrel Bakary")
    new(there(world.ben, *asked(new, world.ben).questions))
    assert len(world.session.scalars(names).all()) == 2


def test_what_happened_long_ago_is_listed(world: World) -> None:
    command = ReceiveGoods(
        command_id=uuid4(),
        lines=(ReceiptLine(item="Ham", quantity=5),),
        occurred_at=NOW - timedelta(days=365),
    )
    receive_goods(command, world.ben, clock)
    assert [detail for detail, _, _ in told(world)] == ["long_ago 2025-11-21"]
