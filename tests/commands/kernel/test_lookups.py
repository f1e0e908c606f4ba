"""What commands find by name, make in place and settle: of their own depot, whole, and named."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid5

import pytest
from sqlalchemy import select, update

from depot.base.errors import Invalid, NotFound, UnknownItem, UnknownLocation
from depot.kernel.draft import settle_discrepancies
from depot.kernel.goods_lines import GoodsLine, line_items
from depot.kernel.lookups import find_items, find_place_or_crate, load_fixed_places, need_items
from depot.kernel.new_items import NewItem, add_item, check_name_is_free
from depot.kernel.once import Work, begin_part
from depot.models import CommandLog, Discrepancy, Location, Lot, Partner
from tests.builders import NOW, World, receive
from tests.commands.working import work_of


@pytest.fixture
def work(world: World) -> Iterator[Work]:
    """A command of Ada's whose transaction is never committed."""
    found = work_of(world.ada)
    yield found
    found.session.rollback()


def test_an_item_made_in_place_is_what_is_found_afterwards(work: Work) -> None:
    new = NewItem("  Brown   Rice", "piece", "Other", unit_weight_milligrams=400_000)
    made = add_item(work, new)
    assert (made.name, made.name_key, made.base_unit) == ("Brown Rice", "brown rice", "piece")
    assert (made.unit_weight_milligrams, made.is_loose) == (400_000, False)
    assert find_items(work, ["BROWN RICE", made.id]) == {"BROWN RICE": made, made.id: made}
    assert find_items(work, []) == {}


def test_an_item_that_is_not_there_is_named(work: Work) -> None:
    made = add_item(work, NewItem("Rice", "piece"))
    with pytest.raises(UnknownItem) as unknown:
        need_items(work, ["Rice", "Barley"])
    assert (unknown.value.field, unknown.value.params) == ("item", {"name": "Barley"})
    assert need_items(work, [made.id, "rice"]) == {made.id: made, "rice": made}


def test_a_depot_without_a_place_where_goods_arrive_says_so(work: Work) -> None:
    fixed = load_fixed_places(work)
    assert (fixed.arrival.kind, fixed["recipient"].kind) == ("storage", "recipient")
    work.session.execute(update(Location).values(is_default=False))
    with pytest.raises(NotFound) as missing:
        load_fixed_places(work)
    assert missing.value.params == {"what": "place", "name": "arrivals"}


def test_a_lot_of_another_depot_is_none(world: World) -> None:
    receive(world.cleo, 4, "Rice")
    receive(world.ada, 4, "Rice")
    lots = {row.depot_id: row.id for row in world.session.scalars(select(Lot))}
    theirs, ours = lots[world.south.id], lots[world.north.id]
    work = work_of(world.ada)
    assert [one.name for one in line_items(work, [GoodsLine(lot_id=ours, quantity=1)])] == ["Rice"]
    with pytest.raises(NotFound) as missing:
        line_items(work, [GoodsLine(lot_id=theirs, quantity=1)])
    assert (missing.value.field, missing.value.params) == (
        "lot_id",
        {"what": "lot", "name": str(theirs)},
    )


def test_what_another_depot_is_to_look_at_is_not_settled_with_ones_own(
    world: World, work: Work
) -> None:
    def note(depot_id: int, detail: str) -> int:
        one = Discrepancy(depot_id=depot_id, kind="unknown_code", detail=detail, opened_at=NOW)
        work.session.add(one)
        work.session.flush()
        return one.id

    ours, other = note(world.north.id, "7K3M-9QX2"), note(world.north.id, "else")
    theirs = note(world.south.id, "7K3M-9QX2")
    settle_discrepancies(work, "adopted", Discrepancy.detail == "7K3M-9QX2")
    rows = work.session.execute(
        select(
            Discrepancy.id,
            Discrepancy.resolution,
            Discrepancy.resolved_at,
            Discrepancy.resolved_by_id,
        )
    )
    assert {row.id: tuple(row)[1:] for row in rows} == {
        ours: ("adopted", work.recorded_at, world.ada.person_id),
        other: ("", None, None),
        theirs: ("", None, None),
    }


def test_the_parts_of_a_command_have_ids_of_their_own_which_are_noted(work: Work) -> None:
    first, second = begin_part(work, 0, NOW), begin_part(work, 1, NOW)
    assert (first.command_id, first.occurred_at) == (work.command_id, NOW)
    assert second.command_id == str(uuid5(UUID(work.command_id), "1"))
    noted = work.session.scalars(select(CommandLog).where(CommandLog.depot_id == work.depot_id))
    found = {row.command_id: row for row in noted}[second.command_id]
    assert (found.answer, len(found.body_hash), work.command_id in found.body_hash) == (
        "{}",
        64,
        False,
    )


def test_a_line_names_its_goods_by_lot_or_by_item_and_not_by_two(world: World) -> None:
    for name in ("Rice", "Beans"):
        receive(world.ada, 4, name)
    rows = world.session.execute(select(Lot.item_id, Lot.id))
    lots = {item_id: lot_id for item_id, lot_id in rows}
    work = work_of(world.ada)
    found = find_items(work, ["Rice", "Beans"])
    rice, lot = found["Rice"], lots[found["Rice"].id]
    for line in (GoodsLine(lot_id=lot, quantity=1), GoodsLine(item="Rice", quantity=1)):
        assert line_items(work, [line]) == [rice]
    assert line_items(work, [GoodsLine(lot_id=lot, item="rice", quantity=1)]) == [rice]
    for wrong, field, problem in (
        (GoodsLine(lot_id=lot, item="Beans", quantity=1), "lot_id", "That lot is of another item."),
        (GoodsLine(quantity=1), "item", "Say which item."),
    ):
        with pytest.raises(Invalid) as refused:
            line_items(work, [wrong])
        assert (refused.value.field, refused.value.params) == (field, {"problem": problem})


def test_what_is_wrong_with_a_name_or_a_place_is_said_at_its_field(work: Work) -> None:
    with pytest.raises(Invalid) as nameless:
        check_name_is_free(work, Partner, " \u200b", None)
    assert (nameless.value.field, nameless.value.params) == (
        "name",
        {"problem": "It needs a name."},
    )
    with pytest.raises(UnknownLocation) as unknown:
        find_place_or_crate(work, "Shelf Z", "target")
    assert (unknown.value.field, unknown.value.params) == ("target", {"name": "Shelf Z"})
