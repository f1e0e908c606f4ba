"""What a command names is found in its own depot, or made: items, crates, places, donors, lots."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, update

from depot.base.dates import UNDATED, parse_lot_date
from depot.base.errors import (
    CrateRetired,
    MixedAlphabets,
    NotFound,
    UnknownCategory,
    UnknownCrate,
    UnknownItem,
    UnknownLocation,
)
from depot.base.kinds import OUTSIDE_KINDS, SourceKind
from depot.base.questions import INSTEAD, question_key
from depot.kernel.goods_lines import GoodsLine, WantedGoods, line_items, look_up_goods
from depot.kernel.lookups import (
    LotKey,
    PartnerRow,
    find_crates,
    find_items,
    find_or_make_lots,
    find_or_make_partner,
    find_place_or_crate,
    find_places,
    load_fixed_places,
    look_up_places,
    loose_items,
    make_item_row,
    need_crate,
    need_items,
    need_usable_crates,
    went_on,
)
from depot.kernel.new_items import (
    need_category,
)
from depot.kernel.once import Work
from depot.ledger.entries import Place
from depot.models import Crate, CrateLabel, Item, Location, Lot, Partner
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
    add_partners,
    asking,
    partner_id,
)

HOUR = timedelta(hours=1)


@pytest.fixture
def work(begin: Begin) -> Work:
    return begin()


def test_items_are_found_by_id_and_by_name_however_spelled(
    work: Work, house: House, souths: House
) -> None:
    rice = work.session.get_one(Item, house.items["Rice"])
    found = find_items(work, [rice.id, " RICE", "Nothing", souths.items["Rice"], rice.id])
    row = make_item_row(rice, found[rice.id].after_best_before)
    assert found == {rice.id: row, " RICE": row}
    assert (row.id, row.name, row.name_key, row.base_unit) == (rice.id, "Rice", "rice", "piece")
    assert (row.category_id, row.is_loose) == (rice.category_id, False)
    assert row.unit_weight_milligrams is None
    loose = loose_items(work, ["Bread"])["Bread"]
    item = work.session.get_one(Item, loose.id)
    assert loose == make_item_row(item, loose.after_best_before)
    assert (loose.is_loose, loose.base_unit) == (True, "gram")


def test_the_first_item_that_is_not_there_is_named(work: Work, souths: House) -> None:
    assert need_items(work, []) == {}
    for ref in ("Barley", souths.items["Rice"]):
        with pytest.raises(UnknownItem) as unknown:
            need_items(work, iter(["Rice", ref, "Nothing"]))
        assert (unknown.value.field, unknown.value.params) == ("item", {"name": ref})


def test_loose_goods_are_those_of_their_category(begin: Begin, shared: World) -> None:
    work = begin()
    bread = need_category(work, "Bread")
    named: list[str | int] = ["bread ", bread.id, "Other", "bread "]
    rows = loose_items(work, iter(named))
    assert list(rows) == ["bread ", bread.id, "Other"]
    assert rows["bread "] == rows[bread.id] != rows["Other"]
    assert (rows[bread.id].category_id, rows[bread.id].is_loose) == (bread.id, True)
    assert loose_items(work, []) == {}
    theirs = need_category(begin(shared.cleo), "Bread")
    for ref in ("Hats", theirs.id):
        with pytest.raises(UnknownCategory) as unknown:
            loose_items(work, ["Bread", ref])
        assert (unknown.value.field, unknown.value.params) == ("category", {"name": ref})


def test_crates_are_found_by_code_and_by_number_however_spelled(
    begin: Begin, house: House, shared: World
) -> None:
    work = begin()
    typed = CRATE.lower().replace("-", " ")
    found = find_crates(work, iter([" 12", typed, PALLET, SOUTHS, "nothing"]))
    assert list(found) == [" 12", typed, PALLET]
    crate, pallet = found[typed], found[PALLET]
    assert found[" 12"] == crate
    assert (crate.place, crate.code, crate.box_number, crate.state, crate.parent_id) == (
        Place(house.places[CRATE], "crate"),
        CRATE,
        "12",
        "in_use",
        house.places["On hold"],
    )
    assert (pallet.place.id, pallet.box_number, pallet.parent_id) == (
        house.places[PALLET],
        "",
        house.places["Shelf A"],
    )
    assert find_crates(work, []) == {}
    assert find_crates(begin(shared.cleo), ["12"])["12"].code == SOUTHS
    assert need_crate(work, BLANK).parent_id is None


def test_a_label_that_was_replaced_opens_its_crate(begin: Begin, house: House) -> None:
    work = begin()
    old = CrateLabel(
        depot_id=work.depot_id, code=SOUTHS, crate_id=house.places[PALLET], replaced_at=NOW
    )
    work.session.add(old)
    work.session.flush()
    assert find_crates(work, [SOUTHS]) == {SOUTHS: need_crate(work, PALLET)}
    both = find_crates(work, [SOUTHS, CRATE, BLANK])
    assert [both[text].code for text in (SOUTHS, CRATE, BLANK)] == [PALLET, CRATE, BLANK]


def test_a_painted_number_goes_before_a_printed_code(work: Work, house: House) -> None:
    named = update(Crate).where(Crate.location_id == house.places[PALLET])
    work.session.execute(named.values(box_number=BLANK, box_number_key=BLANK.lower()))
    assert find_crates(work, [BLANK])[BLANK].code == PALLET


def test_a_crate_that_is_not_there_is_named(work: Work) -> None:
    for field in ({}, {"field": "to"}):
        with pytest.raises(UnknownCrate) as unknown:
            need_crate(work, SOUTHS, **field)
        assert unknown.value.field == field.get("field", "crate_code")
        assert unknown.value.params == {"code": SOUTHS}


def test_a_retired_crate_is_used_by_what_happened_already_alone(begin: Begin) -> None:
    now, fact = begin(), begin(occurred_at=TODAY - HOUR)
    assert list(need_usable_crates(now, iter([CRATE, "12"]))) == [CRATE, "12"]
    with pytest.raises(CrateRetired) as retired:
        need_usable_crates(now, [CRATE, RETIRED.lower()])
    assert (retired.value.field, retired.value.params) == ("crate_code", {"code": RETIRED})
    assert need_usable_crates(fact, [RETIRED])[RETIRED].state == "retired"
    with pytest.raises(UnknownCrate) as unknown:
        need_usable_crates(fact, [CRATE, SOUTHS])
    assert (unknown.value.field, unknown.value.params) == ("crate_code", {"code": SOUTHS})


def test_places_are_found_by_name_and_a_crate_is_none(work: Work, house: House) -> None:
    found = find_places(work, iter([" shelf  a", "ON HOLD", " shelf  a"]))
    assert found == {
        " shelf  a": Place(house.places["Shelf A"], "storage"),
        "ON HOLD": Place(house.places["On hold"], "quarantine"),
    }
    assert find_places(work, []) == {}
    for name in ("Shelf Z", CRATE):
        with pytest.raises(UnknownLocation) as unknown:
            find_places(work, ["Shelf A", name])
        assert (unknown.value.field, unknown.value.params) == ("location", {"name": name})


def test_a_place_or_crate_is_found_by_what_names_it(work: Work, house: House) -> None:
    assert find_place_or_crate(work, "12", "to") == (
        Place(house.places[CRATE], "crate"),
        need_crate(work, CRATE),
    )
    assert find_place_or_crate(work, "shelf a", "to") == (
        Place(house.places["Shelf A"], "storage"),
        None,
    )
    assert look_up_places(work, ["12", "Shelf A", PALLET]) == {
        "12": Place(house.places[CRATE], "crate"),
        "Shelf A": Place(house.places["Shelf A"], "storage"),
        PALLET: Place(house.places[PALLET], "crate"),
    }
    with pytest.raises(UnknownLocation):
        look_up_places(work, [CRATE, SOUTHS])


def test_each_outside_place_is_the_depots_own(work: Work, house: House) -> None:
    fixed = load_fixed_places(work)
    assert fixed.arrival == Place(house.places["Arrivals"], "storage")
    for kind in OUTSIDE_KINDS:
        own = work.session.scalars(
            select(Location.id).where(Location.depot_id == work.depot_id, Location.kind == kind)
        ).one()
        assert fixed[kind] == Place(own, kind)
    assert set(fixed.outside) == set(OUTSIDE_KINDS)
    work.session.execute(update(Location).values(is_default=False))
    with pytest.raises(NotFound) as missing:
        load_fixed_places(work)
    assert (missing.value.field, missing.value.params) == (
        None,
        {"what": "place", "name": "arrivals"},
    )


def test_a_crate_went_on_if_it_was_put_somewhere_later(begin: Begin) -> None:
    then = begin(occurred_at=NOW + HOUR)
    assert went_on(then, need_crate(then, CRATE))
    assert not went_on(then, need_crate(then, PALLET))
    now, at_once = begin(), begin(occurred_at=TODAY, recorded_at=TODAY + HOUR)
    assert not went_on(now, need_crate(now, CRATE))
    assert not went_on(at_once, need_crate(at_once, CRATE))


def test_a_partner_is_found_by_id_or_name_and_made_with_a_new_name(work: Work) -> None:
    add_partners(work)
    mill = PartnerRow(partner_id(work, "Mill & Sons"), "farm", "Mill & Sons")
    assert find_or_make_partner(work, mill.id, "rescue") == mill
    assert find_or_make_partner(work, " MILL &  sons", None) == mill
    kinds: tuple[tuple[SourceKind | None, SourceKind], ...]
    kinds = (("purchase", "purchase"), (None, "donation"))
    for kind, expected in kinds:
        made = find_or_make_partner(work, f"Grocers United {expected}", kind)
        kept = work.session.get_one(Partner, made.id)
        assert (kept.name, kept.source_kind, kept.depot_id) == (made.name, expected, work.depot_id)
        assert (kept.name_key, made.source_kind) == (made.name.lower(), expected)
        assert find_or_make_partner(work, made.name.upper(), None) == made
    theirs = partner_id(work, "Grocers United")
    with pytest.raises(NotFound) as unknown:
        find_or_make_partner(work, theirs, None)
    assert (unknown.value.field, unknown.value.params) == (
        "partner",
        {"what": "partner", "name": theirs},
    )
    assert find_or_make_partner(work, "Grocers United", "donation").id != theirs


def test_who_is_there_is_asked_whether_a_name_is_almost_a_known_donors(
    begin: Begin, shared: World
) -> None:
    work = begin(asking(shared.ada))
    add_partners(work)
    mill = partner_id(work, "Mill & Sons")
    made = find_or_make_partner(work, "Mill &  Son", "farm")
    assert made.id != mill
    (question,) = work.questions
    assert (question.code, question.params) == (
        "almost_known_name",
        {"name": "Mill & Son", "known": "Mill & Sons"},
    )
    chosen = question_key(question, work.command_id) + INSTEAD
    again = replace(work, actor=asking(shared.ada, chosen), questions=[])
    work.session.execute(delete(Partner).where(Partner.id == made.id))
    assert find_or_make_partner(again, "Mill &  Son", "farm").id == mill
    assert again.questions == []
    assert find_or_make_partner(again, "Old Bakerys", None).name == "Old Bakerys"
    assert find_or_make_partner(again, "Grocer United", None).name == "Grocer United"
    assert again.questions == []


def test_a_name_in_two_alphabets_is_refused_where_somebody_can_write_it_anew(
    begin: Begin, shared: World
) -> None:
    """The o is Cyrillic: nobody can see it, and two donors would look the same."""
    lookalike = "Mill & S\u043ens"
    work = begin(asking(shared.ada))
    add_partners(work)
    with pytest.raises(MixedAlphabets) as mixed:
        find_or_make_partner(work, lookalike, None)
    assert mixed.value.field == "partner"
    alone = replace(work, actor=shared.ada)
    assert find_or_make_partner(alone, lookalike, None).name == "Mill & Sons"


def test_lots_are_found_by_all_that_makes_them_one_and_made_where_they_are_new(
    begin: Begin, house: House
) -> None:
    work = begin(occurred_at=TODAY - HOUR)
    rice = house.items["Rice"]
    dated = parse_lot_date("2027-05")
    known = LotKey(rice, "donation", date_kind="best_before", date_text="2027-05")
    new = [
        replace(known, origin_kind="farm"),
        replace(known, partner_id=7),
        replace(known, produced_by_seq=3),
        replace(known, lot_code="L1"),
        replace(known, item_id=house.items["Salt"]),
    ]
    undated = LotKey(rice, "donation")
    wanted = [(known, dated), *((key, dated) for key in new), (undated, UNDATED)]
    lots = find_or_make_lots(work, wanted)
    assert len({lots[key] for key in (known, undated, *new)}) == 7
    assert lots[undated] == house.lots["Rice"]
    assert work.session.get_one(Lot, lots[known]).date_text == "2027-05"
    for key in new:
        lot = work.session.get_one(Lot, lots[key])
        assert (lot.item_id, lot.origin_kind) == (key.item_id, key.origin_kind)
        assert lot.partner_id == key.partner_id
        assert (lot.produced_by_seq, lot.lot_code) == (key.produced_by_seq, key.lot_code)
        assert (lot.date_kind, lot.date_text, lot.date_precision) == (
            "best_before",
            "2027-05",
            "month",
        )
        assert (lot.date_on, lot.depot_id) == (date(2027, 5, 31), work.depot_id)
        assert lot.first_received_on == work.occurred_on == date(2026, 11, 22)
    assert find_or_make_lots(work, wanted) == lots
    assert find_or_make_lots(work, []) == {}


def test_lines_are_looked_up_with_their_quantities_and_lots(work: Work, house: House) -> None:
    found = find_items(work, ["Rice", "Salt"])
    lines = [
        GoodsLine(item="Salt", quantity=4),
        GoodsLine(lot_id=house.lots["Rice"], quantity=2),
    ]
    assert look_up_goods(work, lines) == [
        WantedGoods(found["Salt"], 4, None),
        WantedGoods(found["Rice"], 2, house.lots["Rice"]),
    ]
    assert look_up_goods(work, []) == []


def test_the_first_lot_that_is_not_there_is_named(work: Work, souths: House) -> None:
    theirs = souths.lots["Rice"]
    lines = [GoodsLine(lot_id=lot, quantity=1) for lot in (10**6, theirs)]
    with pytest.raises(NotFound) as missing:
        line_items(work, lines)
    assert (missing.value.field, missing.value.params) == (
        "lot_id",
        {"what": "lot", "name": str(theirs)},
    )
