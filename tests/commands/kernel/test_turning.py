"""What turns round with an entry that is undone: its crates, and what was made of its goods."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID, uuid5

from sqlalchemy import select

from depot.base.dates import UNDATED
from depot.base.kinds import OriginKind
from depot.kernel.answers import Booked, from_json
from depot.kernel.draft import Draft
from depot.kernel.lookups import LotKey, find_or_make_lots, load_fixed_places, need_crate
from depot.kernel.once import Work
from depot.kernel.turning.goods import TakenFrom, taken_elsewhere
from depot.kernel.undoing import Reversed, post_reversal
from depot.ledger.entries import Move, Place
from depot.models import (
    CommandLog,
    CratePlacement,
    Discrepancy,
    Lot,
    StockEntry,
)
from tests.builders import World, receive
from tests.commands.kernel.acts import further, undo
from tests.commands.kernel.house import BLANK, CRATE, HELD, PALLET, TODAY, Begin, House
from tests.commands.working import work_of
from tests.stock_text import lines, moves

HOUR = timedelta(hours=1)


def test_goods_taken_from_elsewhere_are_told_and_a_counts_difference_is_not(world: World) -> None:
    receive(world.ben, 9, "Rice")
    lot = world.session.scalars(select(Lot)).one()
    work = work_of(world.ada)
    fixed = load_fixed_places(work)
    draft = Draft(work, "reversal")
    assert taken_elsewhere(draft, []) == ()
    draft.move(lot.item_id, lot.id, fixed.arrival, fixed["count_variance"], 2)
    draft.move(lot.item_id, lot.id, fixed["supplier"], fixed.arrival, 1)
    assert taken_elsewhere(draft, []) == ()
    draft.move(lot.item_id, lot.id, fixed.arrival, fixed["supplier"], 3)
    told = TakenFrom(item_id=lot.item_id, item="Rice", quantity=3, unit="piece", place="Arrivals")
    assert taken_elsewhere(draft, []) == (told,)
    brought = Move(lot.item_id, lot.id, fixed["supplier"], fixed.arrival, 3)
    assert taken_elsewhere(draft, [brought]) == ()
    work.session.rollback()


def test_crates_are_put_back_where_they_stood(begin: Begin, house: House) -> None:
    work = begin()
    made = Draft(work, "transfer")
    for code, to in ((CRATE, "Arrivals"), (BLANK, "Shelf A")):
        made.place_crate(need_crate(work, code), house.places[to])
    put = made.post(Booked)
    answer = undo(work, put)
    stands = {code: need_crate(work, code).parent_id for code in (CRATE, BLANK)}
    assert stands == {CRATE: house.places["On hold"], BLANK: None}
    back = work.session.scalars(
        select(CratePlacement).where(CratePlacement.entry_id == answer.entry_id)
    )
    assert {(one.crate_id, one.from_id, one.to_id) for one in back} == {
        (house.places[CRATE], house.places["Arrivals"], house.places["On hold"]),
        (house.places[BLANK], house.places["Shelf A"], None),
    }
    assert answer.discrepancies == ()


def test_a_crate_that_went_on_stays_and_is_told(begin: Begin, house: House) -> None:
    work = begin()
    made = Draft(work, "transfer")
    for code in (HELD, CRATE):
        made.place_crate(need_crate(work, code), house.places["Arrivals"])
    put = made.post(Booked)
    on = Draft(further(work, "on"), "transfer")
    on.place_crate(need_crate(work, CRATE), house.places["Shelf A"])
    on.post(Booked)
    answer = undo(work, put)
    assert need_crate(work, CRATE).parent_id == house.places["Shelf A"]
    assert need_crate(work, HELD).parent_id == house.places["On hold"]
    (opened,) = answer.discrepancies
    asked = work.session.get_one(Discrepancy, opened.id)
    assert (asked.kind, asked.location_id, asked.detail) == (
        "crate_elsewhere",
        house.places[CRATE],
        CRATE,
    )


def test_a_crate_goes_back_to_where_it_was_put_last_by_the_clock(
    begin: Begin, house: House
) -> None:
    """That it stood on Shelf A before Arrivals was written after it."""
    work = begin()
    last: Booked | None = None
    for hours, to in ((1, "Arrivals"), (2, "Shelf A"), (0, None)):
        own = further(work, f"put-{hours}", occurred_at=TODAY - hours * HOUR)
        made = Draft(own, "transfer")
        made.place_crate(need_crate(own, HELD), house.places[to] if to else None)
        last = made.post(Booked)
    assert last is not None
    undo(work, last)
    assert need_crate(work, HELD).parent_id == house.places["Arrivals"]


def test_a_crate_is_not_put_back_into_itself(begin: Begin, house: House) -> None:
    """It stood on the pallet, which stands on a crate on it by now."""
    work = begin()
    first = Draft(work, "transfer")
    first.place_crate(need_crate(work, HELD), house.places[PALLET])
    first.post(Booked)
    off = Draft(further(work, "off"), "transfer")
    off.place_crate(need_crate(work, HELD), house.places["Arrivals"])
    taken_off = off.post(Booked)
    for number, (code, to) in enumerate(((CRATE, HELD), (PALLET, CRATE))):
        on = Draft(further(work, f"on-{number}"), "transfer")
        on.place_crate(need_crate(work, code), house.places[to])
        on.post(Booked)
    answer = undo(work, taken_off)
    assert [one.kind for one in answer.discrepancies] == ["crate_elsewhere"]
    assert need_crate(work, HELD).parent_id == house.places["Arrivals"]


def own_lot(work: Work, house: House, item: str, origin: OriginKind) -> int:
    """A lot of which nothing was here before."""
    key = LotKey(house.items[item], origin)
    return find_or_make_lots(work, [(key, UNDATED)])[key]


def cook(work: Work, house: House, lot: int, quantity: int, into: str) -> Booked:
    """Make two beans of so much salt of one lot."""
    fixed, shelf = load_fixed_places(work), Place(house.places["Shelf A"], "storage")
    made = Draft(work, "production")
    made.move(house.items["Salt"], lot, shelf, fixed["production"], quantity)
    beans = own_lot(work, house, "Beans", "production")
    made.move(
        house.items["Beans"], beans, fixed["production"], Place(house.places[into], "storage"), 2
    )
    return made.post(Booked)


def sourced(work: Work, house: House, lot: int, quantity: int) -> Booked:
    """So much salt of that lot came to the shelf."""
    made = Draft(work, "receipt", source_kind="farm")
    shelf = Place(house.places["Shelf A"], "storage")
    made.move(house.items["Salt"], lot, load_fixed_places(work)["supplier"], shelf, quantity)
    return made.post(Booked)


def test_what_was_made_of_these_goods_alone_goes_with_them(begin: Begin, house: House) -> None:
    work = begin()
    lot = own_lot(work, house, "Salt", "farm")
    came = sourced(work, house, lot, 4)
    cooked = cook(further(work, "cook"), house, lot, 4, "Arrivals")
    undoing = further(work, str(UUID(int=7)))
    answer = post_reversal(undoing, came.entry_id or 0, "never came")
    assert answer.with_seqs == (cooked.seq,)
    assert answer.seq == (cooked.seq or 0) + 2
    assert moves(answer.entry_id) == lines("4 Salt: Shelf A > supplier")
    own_id = str(uuid5(UUID(int=7), str(cooked.seq)))
    other = work.session.scalars(
        select(StockEntry).where(StockEntry.reverses_id == cooked.entry_id)
    ).one()
    assert (other.command_id, other.note) == (own_id, "never came")
    assert moves(other.id) == lines("4 Salt: production > Shelf A, 2 Beans: Arrivals > production")
    logged = work.session.scalars(select(CommandLog).where(CommandLog.command_id == own_id)).one()
    told = from_json(Reversed, json.loads(logged.answer))
    assert (told.entry_id, told.reverses_seq, told.with_seqs) == (other.id, cooked.seq, ())
    assert (len(logged.body_hash), logged.recorded_at) == (64, TODAY)


def test_what_was_made_of_other_goods_too_stays(begin: Begin, house: House) -> None:
    work = begin()
    lot = own_lot(work, house, "Salt", "farm")
    came = sourced(work, house, lot, 4)
    sourced(further(work, "more"), house, lot, 6)
    cook(further(work, "cook"), house, lot, 10, "Arrivals")
    answer = undo(work, came)
    assert answer.with_seqs == ()
    assert [one.kind for one in answer.discrepancies] == ["undo_short"]


def test_what_is_not_all_here_any_more_stays(begin: Begin, house: House) -> None:
    work = begin()
    lot = own_lot(work, house, "Salt", "farm")
    came = sourced(work, house, lot, 4)
    cook(further(work, "cook"), house, lot, 4, "Arrivals")
    eaten = Draft(further(work, "eat"), "issue")
    arrivals = Place(house.places["Arrivals"], "storage")
    beans = own_lot(work, house, "Beans", "production")
    recipient = load_fixed_places(work)["recipient"]
    eaten.move(house.items["Beans"], beans, arrivals, recipient, 1)
    eaten.post(Booked)
    assert undo(work, came).with_seqs == ()
