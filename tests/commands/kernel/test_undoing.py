"""The mirror of an entry, posted inside the command that asks for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from depot.base.errors import AlreadyReversed, Forbidden, NotFound, NotReversible
from depot.kernel.answers import Booked
from depot.kernel.draft import Draft
from depot.kernel.lookups import load_fixed_places, need_crate
from depot.kernel.once import Work
from depot.kernel.undoing import Reversed, post_reversal
from depot.ledger.entries import People, Place
from depot.ledger.facts import Counted, CountedLot, Order
from depot.models import (
    Crate,
    Discrepancy,
    DistributionEvent,
    Partner,
    PeopleCount,
    StockEntry,
)
from tests.builders import NOW, World
from tests.commands.kernel.acts import further, undo
from tests.commands.kernel.house import CRATE, HELD, TODAY, Begin, House
from tests.stock_text import lines, moves

HOUR = timedelta(hours=1)


def salt(work: Work, house: House, quantity: int, **draft: object) -> Booked:
    """So much salt came to the shelf."""
    made = Draft(work, "receipt", **({"source_kind": "rescue"} | draft))  # type: ignore[arg-type]
    shelf = Place(house.places["Shelf A"], "storage")
    source = load_fixed_places(work)["supplier"]
    made.move(house.items["Salt"], house.lots["Salt"], source, shelf, quantity, 5_000)
    return made.post(Booked)


def take_salt(work: Work, house: House, quantity: int, to: Place, kind: str = "issue") -> Booked:
    made = Draft(work, kind)  # type: ignore[arg-type]
    shelf = Place(house.places["Shelf A"], "storage")
    made.move(house.items["Salt"], house.lots["Salt"], shelf, to, quantity)
    return made.post(Booked)


def test_an_undo_has_all_of_its_entry_but_the_note(
    begin: Begin, house: House, shared: World
) -> None:
    work = begin(occurred_at=TODAY - HOUR)
    partner = Partner(depot_id=work.depot_id, name="Mill", name_key="mill")
    work.session.add(partner)
    work.session.flush()
    came = salt(
        work, house, 4, partner_id=partner.id, note="two bags", occurred_on=date(2026, 11, 20)
    )
    answer = undo(replace(work, recorded_at=TODAY + HOUR), came, "logged twice")
    entry = work.session.get_one(StockEntry, answer.entry_id)
    assert answer == Reversed(
        entry_id=entry.id,
        seq=(came.seq or 0) + 1,
        reverses_id=came.entry_id,
        reverses_seq=came.seq,
    )
    assert (entry.kind, entry.source_kind, entry.partner_id) == ("reversal", "rescue", partner.id)
    assert (entry.note, entry.reverses_id) == ("logged twice", came.entry_id)
    assert (entry.occurred_at, entry.occurred_on) == (TODAY - HOUR, date(2026, 11, 20))
    assert (entry.recorded_at, entry.person_id) == (TODAY + HOUR, shared.ada.person_id)
    assert moves(entry.id) == lines("4 Salt: Shelf A > supplier")


def test_what_was_lost_comes_back_with_its_reason(begin: Begin, house: House) -> None:
    work = begin()
    made = Draft(work, "write_off", reason="damaged")
    shelf = Place(house.places["Shelf A"], "storage")
    made.move(house.items["Salt"], house.lots["Salt"], shelf, load_fixed_places(work)["loss"], 2)
    answer = undo(work, made.post(Booked))
    assert work.session.get_one(StockEntry, answer.entry_id).reason == "damaged"
    assert moves(answer.entry_id) == lines("2 Salt: loss > Shelf A")


def test_what_had_gone_on_is_taken_from_where_it_is_and_told(begin: Begin, house: House) -> None:
    work = begin()
    came = salt(work, house, 4)
    fixed = load_fixed_places(work)
    take_salt(further(work, "on"), house, 8, fixed.arrival, "transfer")
    answer = undo(work, came)
    assert moves(answer.entry_id) == lines(
        "2 Salt: Shelf A > supplier, 2 Salt: Arrivals > supplier"
    )
    (taken,) = answer.taken
    assert (taken.item_id, taken.item, taken.unit) == (house.items["Salt"], "Salt", "piece")
    assert (taken.quantity, taken.place) == (2, "Arrivals")
    assert answer.discrepancies == ()


def test_what_is_nowhere_any_more_comes_from_the_count_variance_and_is_asked(
    begin: Begin, house: House
) -> None:
    work = begin()
    came = salt(work, house, 4)
    take_salt(further(work, "out"), house, 8, load_fixed_places(work)["recipient"])
    answer = undo(work, came)
    assert moves(answer.entry_id) == lines(
        "2 Salt: Shelf A > supplier, 2 Salt: count_variance > supplier"
    )
    (opened,) = answer.discrepancies
    asked = work.session.get_one(Discrepancy, opened.id)
    assert (asked.kind, asked.item_id) == ("undo_short", house.items["Salt"])
    assert asked.location_id == house.places["Shelf A"]
    assert (asked.expected_quantity, asked.actual_quantity) == (4, 2)
    assert (asked.entry_id, answer.taken) == (answer.entry_id, ())


def test_what_an_entry_had_asked_is_settled_with_it_and_nothing_else(
    begin: Begin, house: House, shared: World
) -> None:
    work = begin()

    def asking(of: Work) -> Booked:
        made = Draft(of, "transfer")
        made.discrepancy("crate_empty", location_id=house.places[CRATE], detail=CRATE)
        crate = need_crate(of, CRATE)
        made.place_crate(crate, house.places["Arrivals"] if crate.parent_id else None)
        return made.post(Booked)

    first, other = asking(work), salt(further(work, "other"), house, 1, note="x")
    note = Discrepancy(
        depot_id=work.depot_id, kind="crate_empty", entry_id=other.entry_id, opened_at=TODAY
    )
    work.session.add(note)
    work.session.flush()
    undo(work, first)
    settled = work.session.get_one(Discrepancy, first.discrepancies[0].id)
    work.session.refresh(settled)
    assert (settled.resolution, settled.resolved_at) == ("undone", TODAY)
    assert settled.resolved_by_id == shared.ada.person_id
    assert note.resolution == ""


def test_people_are_counted_back(begin: Begin, shared: World) -> None:
    work = begin()
    event = DistributionEvent(depot_id=work.depot_id, name="Saturday", starts_at=NOW, state="open")
    work.session.add(event)
    work.session.flush()
    for people in (People(event.id, 42, 80, 31, 9, 4), People(event.id, 3)):
        own = further(work, f"people-{people.households}")
        counted = Draft(own, "people", event_id=event.id, people=people).post(Booked)
        back = undo(work, counted)
        row = work.session.scalars(
            select(PeopleCount).where(PeopleCount.entry_id == back.entry_id)
        ).one()
        assert row.event_id == event.id
        found = (row.households, row.adults, row.children, row.seniors, row.new_households)
        assert found == ((-42, -80, -31, -9, -4) if people.adults else (-3, None, None, None, None))
        assert work.session.get_one(StockEntry, back.entry_id).event_id == event.id


def test_what_an_older_program_counted_goes_back_as_far_as_it_is_there(
    begin: Begin, house: House
) -> None:
    """Its counts were lines alone: as the other facts tell it, more lies there than there is."""
    work = begin()
    held = Place(house.places[HELD], "crate")
    variance = load_fixed_places(work)["count_variance"]
    came = Draft(work, "receipt", source_kind="rescue")
    supplier = load_fixed_places(work)["supplier"]
    came.move(house.items["Beans"], house.lots["Beans"], supplier, held, 4)
    came.move(house.items["Beans"], house.lots["Beans"], held, variance, 1)
    received = came.post(Booked)
    count = Draft(further(work, "count"), "count")
    count.move(house.items["Beans"], house.lots["Beans"], held, variance, 5)
    count.post(Booked)
    retired = update(Crate).where(Crate.location_id == held.id)
    work.session.execute(retired.values(state="retired"))
    answer = undo(work, received)
    assert moves(answer.entry_id) == lines(
        f"2 Beans: {HELD} > supplier, 2 Beans: count_variance > supplier,"
        f" 1 Beans: count_variance > {HELD}"
    )
    opened, back = answer.discrepancies
    assert (opened.kind, back.kind) == ("undo_short", "crate_retired")
    asked = work.session.get_one(Discrepancy, opened.id)
    assert (asked.item_id, asked.location_id) == (house.items["Beans"], held.id)
    assert (asked.expected_quantity, asked.actual_quantity) == (4, 2)


def test_what_comes_back_into_a_retired_crate_is_told(begin: Begin, house: House) -> None:
    work = begin()
    made = Draft(work, "issue")
    source = Place(house.places[HELD], "crate")
    recipient = load_fixed_places(work)["recipient"]
    made.move(house.items["Beans"], house.lots["Beans"], source, recipient, 3)
    out = made.post(Booked)
    retired = update(Crate).where(Crate.location_id == house.places[HELD])
    work.session.execute(retired.values(state="retired"))
    answer = undo(work, out)
    assert moves(answer.entry_id) == lines(f"3 Beans: recipient > {HELD}")
    (opened,) = answer.discrepancies
    asked = work.session.get_one(Discrepancy, opened.id)
    assert (asked.kind, asked.location_id, asked.detail) == (
        "crate_retired",
        house.places[HELD],
        HELD,
    )


def test_a_count_that_is_undone_is_told_no_more(begin: Begin, house: House) -> None:
    """Salt was counted as less; of beans so many were found as there were before a late slip."""
    salt_id, beans_id = house.items["Salt"], house.items["Beans"]
    work = begin(occurred_at=TODAY - HOUR)
    shelf, held = Place(house.places["Shelf A"], "storage"), Place(house.places[HELD], "crate")
    count = Draft(work, "count")
    order = Order(work.occurred_at, work.head.seq + 1)
    for item, place, found in ((salt_id, shelf, 4), (beans_id, held, 3)):
        lot = house.lots["Salt" if item == salt_id else "Beans"]
        count.counted[item] = [Counted(order, place.id, (CountedLot(lot, found),))]
    variance = load_fixed_places(work)["count_variance"]
    count.move(salt_id, house.lots["Salt"], shelf, variance, 2)
    counted = count.post(Booked)
    late = Draft(further(work, "late", occurred_at=NOW + HOUR), "receipt", source_kind="rescue")
    late.move(beans_id, house.lots["Beans"], load_fixed_places(work)["supplier"], held, 2)
    late.post(Booked)
    answer = undo(work, counted)
    assert set(map(repr, moves(answer.entry_id))) == {
        f"2 Beans: count_variance > {HELD}",
        "2 Salt: count_variance > Shelf A",
    }


def test_what_is_no_entry_here_cannot_be_undone(begin: Begin, house: House, shared: World) -> None:
    theirs = (
        begin(shared.cleo)
        .session.scalars(select(StockEntry.id).where(StockEntry.depot_id == shared.south.id))
        .first()
    )
    work = begin()
    for entry_id in (10**6, theirs or 0):
        with pytest.raises(NotFound) as missing:
            post_reversal(work, entry_id, "")
        assert (missing.value.field, missing.value.params) == (
            None,
            {"what": "entry", "name": str(entry_id)},
        )


def test_an_entry_is_undone_once_and_an_undo_never(begin: Begin, house: House) -> None:
    work = begin()
    came = salt(work, house, 4)
    back = undo(work, came)
    with pytest.raises(AlreadyReversed) as again:
        undo(replace(work, command_id="again"), came)
    assert again.value.params == {"seq": came.seq, "by": back.seq}
    with pytest.raises(NotReversible) as never:
        undo(work, back)
    assert never.value.params == {
        "seq": back.seq,
        "reason": "it is an undo itself. Log what happened once more.",
    }


def test_after_a_day_only_who_wrote_it_or_a_coordinator_undoes_an_entry(
    begin: Begin, house: House, shared: World
) -> None:
    work = begin()
    came = salt(work, house, 4)
    later = TODAY + timedelta(days=1, seconds=1)
    with pytest.raises(Forbidden):
        undo(replace(work, actor=shared.ben, recorded_at=later), came)
    assert undo(replace(work, actor=shared.ben, recorded_at=later - HOUR), came).entry_id
