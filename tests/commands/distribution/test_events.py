"""Hand-outs: goods go out and come back, people are counted, the event opens and closes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.errors import (
    EventState,
    Invalid,
    NotFound,
    OnHold,
    PastUseBy,
    UnknownCrate,
    UnknownItem,
)
from depot.distribution.commands.events import (
    CloseEvent,
    CountPeople,
    IssueAtEvent,
    IssueLine,
    OpenEvent,
    PlanEvent,
    ReturnGoods,
    ReturnLine,
    close_event,
    count_people,
    issue_at_event,
    open_event,
    plan_event,
    return_goods,
)
from depot.entries.commands.discrepancies import ResolveDiscrepancy, resolve_discrepancy
from depot.entries.queries.discrepancies import open_discrepancies
from depot.kernel.once import AnyOutcome
from depot.models import DistributionEvent, PeopleCount, StockEntry
from tests.builders import NOW, World, clock, receive
from tests.commands.shelves import (
    dates_of,
    entry_count,
    kinds_of_discrepancies,
    moves_of,
    put_crate,
    put_place,
)
from tests.current import db
from tests.stock_text import rows, stock

CODE, PALLET = "7K3M-9QX2", "4FJH-22M8"


def plan(actor: Actor, name: str = "Saturday") -> int:
    command = PlanEvent(command_id=uuid4(), name=name, starts_at=NOW)
    event_id: int = plan_event(command, actor, clock).body["id"]
    return event_id


def issue(
    actor: Actor, event_id: int, *lines: IssueLine, crate: str | None = None, **more: Any
) -> AnyOutcome:
    command = IssueAtEvent(
        command_id=uuid4(), event_id=event_id, crate_code=crate, lines=lines, **more
    )
    return issue_at_event(command, actor, clock)


def bring_back(
    actor: Actor, event_id: int, *lines: ReturnLine, crate: str | None = None
) -> AnyOutcome:
    command = ReturnGoods(command_id=uuid4(), event_id=event_id, crate_code=crate, lines=lines)
    return return_goods(command, actor, clock)


def state_of(event_id: int) -> str:
    return db.session.scalars(
        select(DistributionEvent.state).where(DistributionEvent.id == event_id)
    ).one()


def test_a_planned_event_opens_at_the_first_hand_out(world: World) -> None:
    receive(world.ada, 10, "Rice")
    event_id = plan(world.ben)
    assert state_of(event_id) == "planned"
    issue(world.ben, event_id, IssueLine(item="Rice", quantity=1))
    assert state_of(event_id) == "open"


def test_a_crate_goes_out_with_all_it_holds(world: World) -> None:
    put_crate(world.ada, CODE)
    receive(world.ada, 10, "Rice", crate_code=CODE)
    receive(world.ada, 4, "Beans", crate_code=CODE)
    event_id = plan(world.ben)
    outcome = issue(world.ben, event_id, crate="7k3m 9qx2")
    assert moves_of(outcome.entry_id) == [(CODE, "recipient", 10), (CODE, "recipient", 4)]
    assert outcome.body["crate_code"] == CODE
    assert [line["item"] for line in outcome.body["lines"]] == ["Rice", "Beans"]
    assert stock(world.ada) == []
    entry = db.session.get(StockEntry, outcome.entry_id)
    assert entry is not None
    assert (entry.kind, entry.event_id) == ("issue", event_id)


def test_a_pallet_goes_out_with_the_crates_on_it(world: World) -> None:
    put_crate(world.ada, PALLET)
    put_crate(world.ada, CODE, at=PALLET)
    receive(world.ada, 10, "Rice", crate_code=CODE)
    event_id = plan(world.ben)
    outcome = issue(world.ben, event_id, crate=PALLET)
    assert moves_of(outcome.entry_id) == [(CODE, "recipient", 10)]
    back = bring_back(world.ben, event_id, crate=PALLET)
    assert moves_of(back.entry_id) == [("recipient", CODE, 10)]


def test_a_crate_handed_out_twice_posts_once_and_is_put_on_the_list(world: World) -> None:
    put_crate(world.ada, CODE)
    receive(world.ada, 10, "Rice", crate_code=CODE)
    event_id = plan(world.ben)
    issue(world.ben, event_id, crate=CODE)
    before = entry_count(world.ada)
    again = issue(world.ben, event_id, crate=CODE)
    assert again.entry_id is None
    assert entry_count(world.ada) == before
    assert kinds_of_discrepancies(world.ada) == ["crate_empty"]


def test_the_same_scan_sent_twice_is_one_hand_out(world: World) -> None:
    put_crate(world.ada, CODE)
    receive(world.ada, 10, "Rice", crate_code=CODE)
    command = IssueAtEvent(command_id=uuid4(), event_id=plan(world.ben), crate_code=CODE)
    first = issue_at_event(command, world.ben, clock)
    second = issue_at_event(command, world.ben, clock)
    assert second.repeated
    assert second.body == first.body
    assert kinds_of_discrepancies(world.ada) == []


def test_lines_are_booked_oldest_date_first_across_the_depot(world: World) -> None:
    put_crate(world.ada, CODE)
    receive(world.ada, 5, "Rice")
    receive(world.ada, 5, "Rice", date="2028-05")
    receive(world.ada, 5, "Rice", date="2027-01", crate_code=CODE)
    outcome = issue(world.ben, plan(world.ben), IssueLine(item="rice", quantity=12))
    assert dates_of(outcome.entry_id) == [("2027-01", 5), ("2028-05", 5), ("", 2)]


def test_two_lines_of_one_item_do_not_book_the_same_stock(world: World) -> None:
    receive(world.ada, 10, "Rice")
    lines = IssueLine(item="Rice", quantity=6), IssueLine(item="Rice", quantity=6)
    outcome = issue(world.ben, plan(world.ben), *lines)
    assert moves_of(outcome.entry_id) == [
        ("Arrivals", "recipient", 10),
        ("count_variance", "recipient", 2),
    ]


def test_a_line_with_a_place_takes_what_stands_there_crates_and_all(world: World) -> None:
    put_place(world.ada, "Shelf B2")
    put_crate(world.ada, CODE, at="Shelf B2")
    receive(world.ada, 9, "Rice", date="2027-01")
    receive(world.ada, 5, "Rice", crate_code=CODE)
    event_id = plan(world.ben)
    first = issue(world.ben, event_id, IssueLine(item="Rice", quantity=2, location="shelf b2"))
    second = issue(world.ben, event_id, IssueLine(item="Rice", quantity=2, location=CODE))
    assert moves_of(first.entry_id) == [(CODE, "recipient", 2)]
    assert moves_of(second.entry_id) == [(CODE, "recipient", 2)]


def test_more_than_the_book_knows_is_accepted_and_put_on_the_list(world: World) -> None:
    receive(world.ada, 8, "Rice")
    outcome = issue(world.ben, plan(world.ben), IssueLine(item="Rice", quantity=10))
    assert moves_of(outcome.entry_id) == [
        ("Arrivals", "recipient", 8),
        ("count_variance", "recipient", 2),
    ]
    assert kinds_of_discrepancies(world.ada) == ["short_stock"]
    assert stock(world.ada) == []


def test_what_is_past_its_use_by_is_never_booked(world: World) -> None:
    receive(world.ada, 5, "Yoghurt", date="2026-11-20", date_kind="use_by")
    event_id = plan(world.ben)
    with pytest.raises(PastUseBy):
        issue(world.ben, event_id, IssueLine(item="Yoghurt", quantity=1))
    receive(world.ada, 2, "Yoghurt", date="2026-11-21", date_kind="use_by")
    outcome = issue(world.ben, event_id, IssueLine(item="Yoghurt", quantity=2))
    assert dates_of(outcome.entry_id) == [("2026-11-21", 2)]


def test_a_crate_with_something_past_its_use_by_stays_here(world: World) -> None:
    put_crate(world.ada, CODE)
    receive(world.ada, 5, "Rice", crate_code=CODE)
    receive(world.ada, 1, "Ham", date="2026-11-20", date_kind="use_by", crate_code=CODE)
    event_id = plan(world.ben)
    with pytest.raises(PastUseBy):
        issue(world.ben, event_id, crate=CODE)
    assert stock(world.ada) == rows(f"1 Ham/use by 2026-11-20 @ {CODE}, 5 Rice @ {CODE}")
    assert state_of(event_id) == "planned"


def test_what_is_on_hold_is_never_booked_even_in_a_crate_that_stands_there(world: World) -> None:
    put_crate(world.ada, CODE, at="On hold")
    receive(world.ada, 5, "Rice", crate_code=CODE)
    event_id = plan(world.ben)
    with pytest.raises(OnHold):
        issue(world.ben, event_id, crate=CODE)
    with pytest.raises(OnHold):
        issue(world.ben, event_id, IssueLine(item="Rice", quantity=1))
    receive(world.ada, 1, "Rice")
    outcome = issue(world.ben, event_id, IssueLine(item="Rice", quantity=1))
    assert moves_of(outcome.entry_id) == [("Arrivals", "recipient", 1)]


def test_a_retired_crate_is_taken_as_it_is_and_put_on_the_list(world: World) -> None:
    put_crate(world.ada, CODE, state="retired")
    event_id = plan(world.ben)
    issue(world.ben, event_id, crate=CODE)
    assert kinds_of_discrepancies(world.ada) == ["crate_retired", "crate_empty"]


def test_unknown_crates_and_items_are_named(world: World) -> None:
    event_id = plan(world.ben)
    with pytest.raises(UnknownCrate):
        issue(world.ben, event_id, crate="BOX99999")
    with pytest.raises(UnknownItem):
        issue(world.ben, event_id, IssueLine(item="Unicorn", quantity=1))
    with pytest.raises(Invalid):
        issue(world.ben, event_id)


def test_what_comes_back_is_of_the_lots_handed_out_last(world: World) -> None:
    receive(world.ada, 5, "Rice", date="2027-01")
    receive(world.ada, 5, "Rice", date="2028-01")
    event_id = plan(world.ben)
    issue(world.ben, event_id, IssueLine(item="Rice", quantity=5))
    issue(world.ben, event_id, IssueLine(item="Rice", quantity=3))
    first = bring_back(world.ben, event_id, ReturnLine(item="Rice", quantity=4))
    assert dates_of(first.entry_id) == [("2028-01", 3), ("2027-01", 1)]
    second = bring_back(world.ben, event_id, ReturnLine(item="Rice", quantity=4))
    assert dates_of(second.entry_id) == [("2027-01", 4)]
    assert stock(world.ada) == rows("5 Rice/2027-01 @ Arrivals, 5 Rice/2028-01 @ Arrivals")
    assert kinds_of_discrepancies(world.ada) == []


def test_more_back_than_went_out_is_accepted_and_put_on_the_list(world: World) -> None:
    put_crate(world.ada, CODE)
    receive(world.ada, 5, "Rice")
    event_id = plan(world.ben)
    issue(world.ben, event_id, IssueLine(item="Rice", quantity=5))
    line = ReturnLine(item="Rice", quantity=7, location=CODE)
    outcome = bring_back(world.ben, event_id, line)
    assert moves_of(outcome.entry_id) == [("recipient", CODE, 5), ("count_variance", CODE, 2)]
    assert kinds_of_discrepancies(world.ada) == ["short_stock"]
    assert stock(world.ada) == rows(f"7 Rice @ {CODE}")


def test_a_crate_comes_back_with_what_is_still_out_of_it(world: World) -> None:
    put_crate(world.ada, CODE)
    receive(world.ada, 10, "Rice", crate_code=CODE)
    event_id = plan(world.ben)
    issue(world.ben, event_id, crate=CODE)
    bring_back(world.ben, event_id, ReturnLine(item="Rice", quantity=3))
    outcome = bring_back(world.ben, event_id, crate=CODE)
    assert moves_of(outcome.entry_id) == [("recipient", CODE, 7)]
    again = bring_back(world.ben, event_id, crate=CODE)
    assert again.entry_id is None
    assert kinds_of_discrepancies(world.ada) == []


def test_what_another_event_handed_out_does_not_come_back_here(world: World) -> None:
    put_crate(world.ada, CODE)
    receive(world.ada, 10, "Rice", crate_code=CODE)
    first, second = plan(world.ben, "Saturday"), plan(world.ben, "Sunday")
    issue(world.ben, first, crate=CODE)
    assert bring_back(world.ben, second, crate=CODE).entry_id is None


def test_counts_of_people_add_up_and_blank_is_not_zero(world: World) -> None:
    event_id = plan(world.ben)
    for households, children in ((4, None), (3, 0)):
        command = CountPeople(
            command_id=uuid4(), event_id=event_id, households=households, children=children
        )
        count_people(command, world.ben, clock)
    rows = db.session.execute(
        select(PeopleCount.households, PeopleCount.children).order_by(PeopleCount.entry_id)
    ).all()
    assert [tuple(row) for row in rows] == [(4, None), (3, 0)]
    assert state_of(event_id) == "open"


def test_more_new_households_than_households_is_a_slip(world: World) -> None:
    command = CountPeople(
        command_id=uuid4(), event_id=plan(world.ben), households=2, new_households=3
    )
    with pytest.raises(Invalid):
        count_people(command, world.ben, clock)


def test_an_event_closes_once_and_can_be_opened_again(world: World) -> None:
    event_id = plan(world.ben)
    command = CloseEvent(command_id=uuid4(), event_id=event_id)
    assert close_event(command, world.ben, clock).body["state"] == "closed"
    assert close_event(command, world.ben, clock).repeated
    with pytest.raises(EventState):
        close_event(CloseEvent(command_id=uuid4(), event_id=event_id), world.ben, clock)
    open_event(OpenEvent(command_id=uuid4(), event_id=event_id), world.ben, clock)
    assert state_of(event_id) == "open"


def test_what_is_said_after_closing_is_accepted_and_put_on_the_list(world: World) -> None:
    receive(world.ada, 5, "Rice")
    event_id = plan(world.ben)
    close_event(CloseEvent(command_id=uuid4(), event_id=event_id), world.ben, clock)
    late = issue(world.ben, event_id, IssueLine(item="Rice", quantity=1))
    bring_back(world.ben, event_id, ReturnLine(item="Rice", quantity=1))
    count_people(CountPeople(command_id=uuid4(), event_id=event_id, households=1), world.ben, clock)
    assert late.entry_id is not None
    assert kinds_of_discrepancies(world.ada) == ["event_closed"] * 3
    assert state_of(event_id) == "closed"


@pytest.mark.parametrize("year", [1999, 2100])
def test_an_event_in_an_absurd_year_is_refused(world: World, year: int) -> None:
    starts_at = NOW.replace(year=year)
    with pytest.raises(Invalid):
        plan_event(
            PlanEvent(command_id=uuid4(), name="Then", starts_at=starts_at), world.ada, clock
        )


def test_another_depots_event_and_crate_are_not_there(world: World) -> None:
    put_crate(world.ada, CODE)
    receive(world.ada, 10, "Rice", crate_code=CODE)
    north, south = plan(world.ada), plan(world.cleo)
    with pytest.raises(NotFound):
        issue(world.cleo, north, crate=CODE)
    with pytest.raises(UnknownCrate):
        issue(world.cleo, south, crate=CODE)
    with pytest.raises(UnknownItem):
        issue(world.cleo, south, IssueLine(item="Rice", quantity=1))
    with pytest.raises(NotFound):
        bring_back(world.cleo, north, crate=CODE)
    with pytest.raises(NotFound):
        close_event(CloseEvent(command_id=uuid4(), event_id=north), world.cleo, clock)
    with pytest.raises(NotFound):
        open_event(OpenEvent(command_id=uuid4(), event_id=north), world.cleo, clock)
    with pytest.raises(NotFound):
        count_people(
            CountPeople(command_id=uuid4(), event_id=north, households=1), world.cleo, clock
        )
    assert stock(world.ada) == rows(f"10 Rice @ {CODE}")


def test_a_late_scan_keeps_the_time_on_the_floor(world: World) -> None:
    receive(world.ada, 5, "Rice", at=NOW - timedelta(days=3))
    happened: datetime = NOW - timedelta(days=1)
    line = IssueLine(item="Rice", quantity=1)
    outcome = issue(world.ben, plan(world.ben), line, occurred_at=happened)
    entry = db.session.get(StockEntry, outcome.entry_id)
    assert entry is not None
    assert (entry.occurred_at, entry.recorded_at) == (happened, NOW)


def test_what_came_after_one_closing_is_settled_together_as_far_as_it_was_seen(
    world: World,
) -> None:
    receive(world.ada, 9, "Rice")
    first, other = plan(world.ben), plan(world.ben)
    for event_id in (first, other):
        close_event(CloseEvent(command_id=uuid4(), event_id=event_id), world.ben, clock)
    for event_id in (first, other, first, first, first):
        issue(world.ben, event_id, IssueLine(item="Rice", quantity=1))
    rows = open_discrepancies(db.session(), world.north.id)
    oldest, newest_seen = rows[-1], rows[1]  # one more came while the page was looked at
    command = ResolveDiscrepancy(
        command_id=uuid4(), discrepancy_id=newest_seen.id, since_id=oldest.id
    )
    resolve_discrepancy(command, world.ada, clock)
    left = open_discrepancies(db.session(), world.north.id)
    assert [row.event_id for row in left] == [first, other]
