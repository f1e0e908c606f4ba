"""A draft is posted once, whole: its entry, its counts, and what a coordinator is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from depot.base.actors import Asking, Carriage
from depot.kernel.answers import Booked, Opened
from depot.kernel.crates import add_crate_places, add_crates, new_codes
from depot.kernel.draft import Draft, ask_once, doubt_without_entry, take_into_use
from depot.kernel.lookups import find_items, load_fixed_places, need_crate
from depot.kernel.once import Work
from depot.kernel.picking import get_unknown_lot
from depot.ledger.doubts.rules import Doubt
from depot.ledger.entries import Place
from depot.ledger.facts import Counted, CountedLot, Order
from depot.models import (
    CountedStock,
    Crate,
    CrateLabel,
    CratePlacement,
    Discrepancy,
    Location,
    Lot,
    Partner,
    StockEntry,
)
from tests.builders import NOW, World
from tests.commands.kernel.house import (
    BLANK,
    CRATE,
    PALLET,
    RETIRED,
    SOUTHS,
    TODAY,
    Begin,
    House,
    state_of,
)
from tests.commands.shelves import Drawn
from tests.stock_text import lines, moves

HOUR = timedelta(hours=1)


@pytest.fixture
def work(begin: Begin) -> Work:
    return begin(occurred_at=TODAY - HOUR)


def things(work: Work) -> list[Discrepancy]:
    """What was asked in this work, in order."""
    asked = select(Discrepancy).where(Discrepancy.opened_at >= TODAY - HOUR)
    return list(work.session.scalars(asked.order_by(Discrepancy.id)))


def test_an_entry_says_all_that_its_draft_did(begin: Begin, house: House, shared: World) -> None:
    carried = replace(shared.ada, carriage=Carriage(note="from a phone"))
    work = begin(carried, occurred_at=TODAY - HOUR)
    partner = Partner(depot_id=work.depot_id, name="Mill", name_key="mill")
    work.session.add(partner)
    work.session.flush()
    fixed = load_fixed_places(work)
    draft = Draft(
        work,
        "receipt",
        source_kind="rescue",
        partner_id=partner.id,
        note="two bags",
        occurred_on=date(2026, 11, 20),
    )
    for quantity in (2, 3):
        draft.move(
            house.items["Salt"], house.lots["Salt"], fixed["supplier"], fixed.arrival, quantity
        )
    draft.place_crate(need_crate(work, CRATE), house.places["Shelf A"])
    answer = draft.post(Booked)
    entry = work.session.get_one(StockEntry, answer.entry_id)
    assert (answer.seq, entry.seq) == (work.head.seq + 1, work.head.seq + 1)
    assert (answer.discrepancies, answer.note_kept) == ((), True)
    assert (entry.kind, entry.source_kind, entry.partner_id) == ("receipt", "rescue", partner.id)
    assert (entry.occurred_at, entry.recorded_at) == (TODAY - HOUR, TODAY)
    assert (entry.occurred_on, entry.command_id) == (date(2026, 11, 20), work.command_id)
    assert (entry.person_id, entry.token_id) == (shared.ada.person_id, None)
    assert (entry.note, entry.reason, entry.event_id) == ("two bags · from a phone", "", None)
    assert moves(answer.entry_id) == lines("5 Salt: supplier > Arrivals")
    placed = select(CratePlacement).where(CratePlacement.entry_id == entry.id)
    put = work.session.scalars(placed).one()
    assert (put.crate_id, put.to_id) == (house.places[CRATE], house.places["Shelf A"])
    assert put.from_id == house.places["On hold"]


def test_the_day_and_the_reason_of_an_entry_are_those_of_its_work(work: Work, house: House) -> None:
    fixed = load_fixed_places(work)
    draft = Draft(work, "write_off", reason="damaged")
    draft.move(
        house.items["Salt"],
        house.lots["Salt"],
        Place(house.places["Shelf A"], "storage"),
        fixed["loss"],
        2,
    )
    entry = work.session.get_one(StockEntry, draft.post(Booked).entry_id)
    assert (entry.occurred_on, entry.reason, entry.note) == (date(2026, 11, 22), "damaged", "")
    assert (entry.source_kind, entry.partner_id, entry.reverses_id) == ("", None, None)


def test_a_draft_that_says_nothing_posts_nothing_and_keeps_no_note(work: Work) -> None:
    answer = Draft(work, "count").post(Booked)
    assert answer == Booked(note_kept=True)
    assert Draft(work, "count", note="all here").post(Booked) == Booked(note_kept=False)


def test_what_is_asked_belongs_to_the_entry_and_is_answered_in_order(
    work: Work, house: House, shared: World
) -> None:
    draft = Draft(work, "transfer")
    draft.discrepancy("crate_empty", location_id=house.places[CRATE], detail=CRATE)
    draft.discrepancy("short_stock", item_id=house.items["Salt"], expected=5, actual=7)
    draft.place_crate(need_crate(work, CRATE), None)
    answer = draft.post(Booked)
    first, second = things(work)
    assert answer.discrepancies == (
        Opened(id=first.id, kind="crate_empty"),
        Opened(id=second.id, kind="short_stock"),
    )
    for one in (first, second):
        assert (one.depot_id, one.entry_id) == (work.depot_id, answer.entry_id)
        assert (one.opened_at, one.person_id) == (TODAY, shared.ada.person_id)
    assert (first.detail, first.location_id, first.item_id) == (CRATE, house.places[CRATE], None)
    assert (second.item_id, second.expected_quantity, second.actual_quantity) == (
        house.items["Salt"],
        5,
        7,
    )


def counting(draft: Draft, house: House) -> tuple[int, int]:
    """Count salt on the shelf: five of its lot and one of none; return item and place."""
    work, salt, shelf = draft.work, house.items["Salt"], house.places["Shelf A"]
    counted = (CountedLot(house.lots["Salt"], 5), CountedLot(None, 1, house.lots["Salt"]))
    order = Order(work.occurred_at, work.head.seq + 1)
    draft.counted = {salt: [Counted(order, shelf, counted)]}
    return salt, shelf


def kept(work: Work) -> list[CountedStock]:
    own = select(CountedStock).where(CountedStock.command_id == work.command_id)
    return list(work.session.scalars(own.order_by(CountedStock.id)))


def test_counts_are_kept_with_their_entry(work: Work, house: House) -> None:
    draft = Draft(work, "count")
    salt, shelf = counting(draft, house)
    draft.place_crate(need_crate(work, CRATE), shelf)
    answer = draft.post(Booked)
    assert [(row.lot_id, row.counted_quantity, row.spare_lot_id) for row in kept(work)] == [
        (house.lots["Salt"], 5, None),
        (None, 1, house.lots["Salt"]),
    ]
    for row in kept(work):
        assert (row.depot_id, row.item_id, row.location_id) == (work.depot_id, salt, shelf)
        assert (row.entry_id, row.seq, row.occurred_at) == (
            answer.entry_id,
            work.head.seq + 1,
            work.occurred_at,
        )


def test_counts_that_changed_nothing_stand_behind_the_last_entry(
    begin: Begin, house: House
) -> None:
    work = begin()
    draft = Draft(work, "count")
    counting(draft, house)
    assert draft.post(Booked).entry_id is None
    assert [(row.entry_id, row.seq) for row in kept(work)] == [(None, work.head.seq)] * 2


def test_a_slip_that_comes_late_is_brought_in_line_with_what_was_counted_since(
    begin: Begin, house: House
) -> None:
    """Six were counted today; that two had come yesterday, the count had in it already."""
    salt, lot = house.items["Salt"], house.lots["Salt"]
    shelf = Place(house.places["Shelf A"], "storage")
    now = begin()
    count = Draft(now, "count")
    order = Order(TODAY, now.head.seq + 1)
    count.counted = {salt: [Counted(order, shelf.id, (CountedLot(lot, 6),))]}
    count.post(Booked)
    late = begin(occurred_at=NOW + HOUR)
    fixed = load_fixed_places(late)
    draft = Draft(late, "receipt", source_kind="donation")
    draft.move(salt, lot, fixed["supplier"], shelf, 2)
    answer = draft.post(Booked)
    assert moves(answer.entry_id) == lines(
        "2 Salt: supplier > Shelf A, 2 Salt: Shelf A > count_variance"
    )
    assert [one.kind for one in answer.discrepancies] == ["counted_since"]
    asked = late.session.get_one(Discrepancy, answer.discrepancies[0].id)
    assert (asked.item_id, asked.location_id) == (salt, shelf.id)
    assert (asked.expected_quantity, asked.actual_quantity) == (0, -2)


def test_a_slip_that_comes_late_explains_what_was_short(begin: Begin, house: House) -> None:
    salt, lot = house.items["Salt"], house.lots["Salt"]
    shelf = Place(house.places["Shelf A"], "storage")

    def lacking(work: Work, item: str) -> int:
        fixed = load_fixed_places(work)
        draft = Draft(work, "issue")
        draft.move(
            house.items[item], house.lots[item], fixed["count_variance"], fixed["recipient"], 3
        )
        draft.discrepancy(
            "short_stock", item_id=house.items[item], location_id=shelf.id, expected=0, actual=3
        )
        draft.discrepancy("crate_empty", location_id=house.places[CRATE], detail=CRATE)
        (short, empty) = draft.post(Booked).discrepancies
        assert (short.kind, empty.kind) == ("short_stock", "crate_empty")
        return short.id

    of_salt = lacking(begin(), "Salt")
    of_beans = lacking(begin(), "Beans")
    late = begin(occurred_at=NOW + HOUR)
    draft = Draft(late, "receipt", source_kind="donation")
    draft.move(salt, lot, load_fixed_places(late)["supplier"], shelf, 3)
    draft.post(Booked)
    found = {one.id: one.resolution for one in things(late)}
    assert (found[of_salt], found[of_beans]) == ("explained", "")
    assert [one.resolution for one in things(late) if one.kind == "crate_empty"] == ["", ""]


def test_what_a_late_slip_lacked_at_a_place_is_taken_from_nowhere_else(
    begin: Begin, house: House
) -> None:
    """Nothing was on hold yesterday; the rice in a crate elsewhere is not what went out."""
    late = begin(occurred_at=NOW + HOUR)
    fixed = load_fixed_places(late)
    rice, lot = house.items["Rice"], house.lots["Rice"]
    draft = Draft(late, "issue")
    draft.move(rice, lot, fixed["count_variance"], fixed["recipient"], 3)
    draft.discrepancy(
        "short_stock", item_id=rice, location_id=house.places["On hold"], expected=0, actual=3
    )
    answer = draft.post(Booked)
    assert moves(answer.entry_id) == lines("3 Rice: count_variance > recipient")
    assert [one.kind for one in answer.discrepancies] == ["short_stock"]


def test_doubts_without_an_entry_are_asked_and_listed(begin: Begin, shared: World) -> None:
    name = Doubt(sort="name", name="Rise", text="Rice")
    weight = Doubt(sort="unit_weight", name="Tea", unit="piece", found=1, usual=None)
    asking = replace(shared.ada, asking=Asking())
    for actor, questions in ((shared.ada, 0), (asking, 1)):
        work = begin(actor)
        work.doubts.append(name)
        doubt_without_entry(work, weight)
        found = [(one.detail, one.entry_id, one.actual_quantity) for one in things(work)]
        assert found == [("name Rice", None, None), ("unit_weight Tea", None, 1)]
        assert len(work.questions) == questions
        work.session.rollback()


def test_the_same_thing_is_asked_once_until_it_is_settled(
    begin: Begin, house: House, shared: World
) -> None:
    theirs = begin(shared.cleo)
    asked_there = ask_once(theirs, "unknown_code", "7K3M", None)
    work = begin(occurred_at=TODAY - HOUR)
    first = ask_once(work, "unknown_code", "7K3M", house.places["Shelf A"])
    assert first.id != asked_there.id
    assert ask_once(work, "unknown_code", "7K3M", None) == first
    thing = work.session.get_one(Discrepancy, first.id)
    assert (thing.depot_id, thing.kind, thing.detail) == (work.depot_id, "unknown_code", "7K3M")
    assert (thing.location_id, thing.entry_id) == (house.places["Shelf A"], None)
    assert (thing.opened_at, thing.person_id) == (TODAY - HOUR, shared.ada.person_id)
    assert ask_once(work, "unknown_code", "9QX2", None).id != first.id
    other = ask_once(work, "clock_jump", "7K3M", None)
    assert (other.kind, other.id != first.id) == ("clock_jump", True)
    one_entry = work.session.scalars(
        select(StockEntry.id).where(StockEntry.depot_id == work.depot_id)
    ).first()
    named = update(Discrepancy).where(Discrepancy.id == other.id)
    work.session.execute(named.values(entry_id=one_entry))
    assert ask_once(work, "clock_jump", "7K3M", None).id != other.id
    settled = update(Discrepancy).where(Discrepancy.id == first.id)
    work.session.execute(settled.values(resolution="adopted", resolved_at=TODAY))
    assert ask_once(work, "unknown_code", "7K3M", None).id != first.id


def test_a_crate_that_is_used_is_in_use(work: Work, house: House) -> None:
    draft = Draft(work, "transfer")
    for code in (CRATE, BLANK):
        take_into_use(draft, need_crate(work, code))
    assert (state_of(work, CRATE), state_of(work, BLANK)) == ("in_use", "in_use")
    assert (draft.discrepancies, state_of(work, RETIRED)) == ([], "retired")
    take_into_use(draft, need_crate(work, RETIRED))
    crate = work.session.get_one(Crate, house.places[RETIRED])
    assert (crate.state, crate.retired_at) == ("in_use", None)
    (asked,) = draft.discrepancies
    assert (asked.kind, asked.location_id, asked.detail) == (
        "crate_retired",
        crate.location_id,
        RETIRED,
    )


def test_blank_crates_are_bound_and_no_others(work: Work) -> None:
    draft = Draft(work, "receipt")
    draft.bind([])
    draft.bind([need_crate(work, RETIRED), need_crate(work, CRATE)])
    assert [state_of(work, code) for code in (BLANK, RETIRED)] == ["blank", "retired"]
    draft.bind([need_crate(work, BLANK), need_crate(work, RETIRED)])
    assert [state_of(work, code) for code in (BLANK, RETIRED)] == ["in_use", "retired"]


def test_goods_of_nowhere_are_of_the_items_lot_of_unknown_origin(work: Work, house: House) -> None:
    salt = find_items(work, ["Salt"])["Salt"]
    lot = work.session.get_one(Lot, get_unknown_lot(work, salt))
    assert (lot.item_id, lot.origin_kind, lot.partner_id, lot.date_kind) == (
        salt.id,
        "other",
        0,
        "none",
    )
    assert (lot.date_text, lot.date_precision, lot.date_on) == ("", "", None)
    assert lot.first_received_on == work.occurred_on
    assert get_unknown_lot(work, salt) == lot.id != house.lots["Salt"]


def test_new_codes_are_those_that_no_crate_here_has_or_had(begin: Begin, house: House) -> None:
    work = begin()
    work.session.add(
        CrateLabel(
            depot_id=work.depot_id, code=SOUTHS, crate_id=house.places[CRATE], replaced_at=NOW
        )
    )
    work.session.flush()
    (made,) = new_codes(work, 1, Drawn(CRATE, SOUTHS, "9999-999"))
    assert made.startswith("9999-999")
    many = new_codes(work, 502)
    assert len(set(many)) == len(many) == 502
    assert new_codes(work, 0) == []


def test_a_code_of_another_depot_is_free(begin: Begin) -> None:
    assert new_codes(begin(), 1, Drawn(SOUTHS[:8])) == [SOUTHS]


def test_new_crates_are_blank_and_stand_nowhere_yet(work: Work, house: House) -> None:
    whole, codes = need_crate(work, PALLET), ["ZZZZ-2222", "AAAA-2222"]
    places = add_crates(work, codes, split_from=whole)
    assert [place.kind for place in places] == ["crate", "crate"]
    for place, code in zip(places, codes, strict=True):
        crate = work.session.get_one(Crate, place.id)
        location = work.session.get_one(Location, place.id)
        assert (crate.code, crate.state, crate.depot_id) == (code, "blank", work.depot_id)
        assert (crate.created_at, crate.split_from_id) == (TODAY, whole.place.id)
        assert (location.name, location.name_key, location.note) == (code, code.lower(), "")
        assert (location.kind, location.parent_id) == ("crate", None)
    (alone,) = add_crates(work, ["MMMM-2222"])
    assert work.session.get_one(Crate, alone.id).split_from_id is None


def test_the_places_of_new_crates_come_in_their_order_with_their_notes(work: Work) -> None:
    notes = {"ZZZZ-2222": "wheels", "AAAA-2222": ""}
    ids = add_crate_places(work, notes)
    made = [work.session.get_one(Location, one) for one in ids]
    assert {one.name: one.note for one in made} == notes
    assert [one.name for one in made] == list(notes)
    assert {one.depot_id for one in made} == {work.depot_id}
