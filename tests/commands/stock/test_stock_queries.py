"""Stock now and at past moments, against a plain replay of the book."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert, select

from depot.base.clock import local_day
from depot.base.kinds import LocationKind
from depot.db.transaction import transaction
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.kernel.weights import weigh_goods
from depot.ledger.entries import Entry, Move, Place, Placement
from depot.locations.queries import places
from depot.models import (
    Category,
    Crate,
    CratePlacement,
    Item,
    Location,
    Lot,
    StockBalance,
    StockEntry,
    StockMove,
)
from depot.stock.queries import stock
from tests.book import post_by_hand
from tests.builders import NOW, World, clock, receive
from tests.current import db

START = NOW - timedelta(days=20)
HOUR = timedelta(hours=1)


def shelf(
    world: World, name: str, parent: int | None = None, kind: LocationKind = "storage"
) -> Place:
    """Make a location by hand."""
    with transaction() as session:
        values = {"depot_id": world.ada.depot_id, "kind": kind, "name": name}
        built_into = None if kind == "crate" else parent
        made = session.execute(
            insert(Location)
            .values(**values, name_key=name.casefold(), parent_id=built_into)
            .returning(Location.id)
        ).scalar_one()
        if kind == "crate":
            row = {"depot_id": world.ada.depot_id, "location_id": made, "code": name}
            session.execute(insert(Crate).values(**row, state="in_use", created_at=NOW))
    if kind == "crate" and parent is not None:
        write(world, NOW, crate=(made, parent))
    return Place(made, kind)


def outside(world: World, kind: LocationKind) -> Place:
    """Return the north's outside location of that kind."""
    found = db.session.scalar(
        select(Location.id).where(Location.depot_id == world.ada.depot_id, Location.kind == kind)
    )
    assert found is not None
    return Place(found, kind)


def write(
    world: World, at: datetime, *moves: Move, crate: tuple[int, int | None] | None = None
) -> None:
    """Post an entry as it stands, without any command's care."""
    with transaction() as session:
        placements: tuple[Placement, ...] = ()
        if crate is not None:
            stood = session.get_one(Location, crate[0]).parent_id
            placements = (Placement(crate[0], stood, crate[1]),)
        entry = Entry(
            depot_id=world.ada.depot_id,
            kind="transfer",
            occurred_at=at,
            occurred_on=local_day(at, world.north.time_zone),
            recorded_at=NOW,
            command_id=str(uuid4()),
            person_id=world.ada.person_id,
            moves=moves,
            placements=placements,
        )
        post_by_hand(session, entry)


def lots_here(world: World) -> list[tuple[int, int]]:
    """Make three items with a lot each, by receiving one of each; return (item, lot)."""
    for name in ("Rice", "Beans", "Oil"):
        receive(world.ada, 1, name, at=START)
    rows = db.session.execute(
        select(Lot.item_id, Lot.id).where(Lot.depot_id == world.ada.depot_id).order_by(Lot.id)
    )
    return [(item_id, lot_id) for item_id, lot_id in rows]


def shuffle(world: World, places_here: list[Place], seed: int) -> None:
    """Write forty random entries: late ones, goods in and out and about, crates put elsewhere."""
    chance = random.Random(seed)
    lots = lots_here(world)
    supplier, recipient = outside(world, "supplier"), outside(world, "recipient")
    crates = [place for place in places_here if place.kind == "crate"]
    shelves = [place for place in places_here if place.kind != "crate"]
    balance: Counter[tuple[int, int]] = Counter()
    for _ in range(40):
        at = START + HOUR * chance.randrange(20 * 24)
        item_id, lot_id = chance.choice(lots)
        source, target = chance.sample(places_here, 2)
        here = balance[source.id, lot_id]
        act = chance.choice(("in", "out", "about", "put"))
        if act == "put":
            write(world, at, crate=(chance.choice(crates).id, chance.choice(shelves).id))
        elif act == "in" or not here:
            quantity = chance.randint(1, 50)
            balance[target.id, lot_id] += quantity
            write(world, at, Move(item_id, lot_id, supplier, target, quantity))
        else:
            quantity = chance.randint(1, here)
            goal = recipient if act == "out" else target
            balance[source.id, lot_id] -= quantity
            balance[goal.id, lot_id] += quantity
            write(world, at, Move(item_id, lot_id, source, goal, quantity))


def replay(world: World, moment: datetime) -> Counter[tuple[int, int]]:
    """Add up every move until the moment, by (location, item), in plain Python."""
    held: Counter[tuple[int, int]] = Counter()
    inside = {
        place.id
        for place in db.session.scalars(select(Location))
        if place.kind in ("storage", "crate", "quarantine", "transit")
    }
    rows = db.session.execute(
        select(StockMove, StockEntry.occurred_at)
        .join(StockEntry, StockEntry.id == StockMove.entry_id)
        .where(StockMove.depot_id == world.ada.depot_id)
    )
    for move, occurred_at in rows:
        if occurred_at <= moment:
            for place_id, change in (
                (move.source_id, -move.quantity),
                (move.target_id, move.quantity),
            ):
                if place_id in inside:
                    held[place_id, move.item_id] += change
    return Counter({key: quantity for key, quantity in held.items() if quantity})


def parents_then(moment: datetime) -> dict[int, int | None]:
    """Replay where things stood at the moment: shelves as now, crates where last put."""
    parents = {
        place.id: place.parent_id if place.kind != "crate" else None
        for place in db.session.scalars(select(Location))
    }
    rows = db.session.execute(
        select(
            StockEntry.occurred_at, CratePlacement.id, CratePlacement.crate_id, CratePlacement.to_id
        ).join(StockEntry, StockEntry.id == CratePlacement.entry_id)
    ).all()
    for row in sorted(rows, key=lambda row: (row.occurred_at, row.id)):
        if row.occurred_at <= moment:
            parents[row.crate_id] = row.to_id
    return parents


def rolled_up(world: World, moment: datetime) -> dict[int, set[tuple[int, int]]]:
    """Replay what stands in each place, however deep, as (item, quantity)."""
    parents, sums = parents_then(moment), Counter[tuple[int, int]]()
    for (place_id, item_id), quantity in replay(world, moment).items():
        at: int | None = place_id
        while at is not None:
            sums[at, item_id] += quantity
            at = parents[at]
    found: dict[int, set[tuple[int, int]]] = {}
    for (place_id, item_id), quantity in sums.items():
        if quantity:
            found.setdefault(place_id, set()).add((item_id, quantity))
    return found


def moments() -> list[datetime]:
    return [START - HOUR, START, *(START + timedelta(days=day, hours=7) for day in range(0, 21, 4))]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_past_equals_a_replay_of_the_moves(world: World, seed: int) -> None:
    room = shelf(world, "Cold room")
    places_here = [room, shelf(world, "Shelf A", room.id)]
    places_here += [shelf(world, name, kind="crate") for name in ("7K3M-9QX2", "4FJH-22ME")]
    shuffle(world, places_here, seed)
    depot_id = world.ada.depot_id
    for moment in moments():
        by_item: Counter[int] = Counter()
        for (_, item_id), quantity in replay(world, moment).items():
            by_item[item_id] += quantity
        shown = stock.stock_by_item(world.session, depot_id, moment)
        assert {row.item_id: row.quantity for row in shown} == {
            item_id: quantity for item_id, quantity in by_item.items() if quantity
        }
        for item_id, quantity in by_item.items():
            assert stock.quantity_on_hand(world.session, depot_id, item_id, moment) == quantity
        house = places.load_place_tree(world.session, depot_id, moment)
        expected = rolled_up(world, moment)
        for place in places_here:
            assert house.inside(place.id) == dict(expected.get(place.id, set()))


def test_now_is_the_past_of_this_moment(world: World) -> None:
    shuffle(world, [shelf(world, "A"), shelf(world, "B"), shelf(world, "C1", kind="crate")], 7)
    depot_id = world.ada.depot_id
    assert stock.stock_by_item(world.session, depot_id) == stock.stock_by_item(
        world.session, depot_id, NOW
    )
    assert sum(row.quantity for row in stock.stock_by_item(world.session, depot_id)) == sum(
        db.session.scalars(select(StockBalance.quantity))
    )


def test_a_room_holds_what_stands_in_its_shelves_and_crates(world: World) -> None:
    room = shelf(world, "Cold room")
    rack = shelf(world, "Rack 2", room.id)
    pallet = shelf(world, "7K3M-9QX2", rack.id, "crate")
    crate = shelf(world, "4FJH-22ME", pallet.id, "crate")
    item_id, lot_id = lots_here(world)[0]
    supplier = outside(world, "supplier")
    write(world, NOW, Move(item_id, lot_id, supplier, crate, 5))
    write(world, NOW, Move(item_id, lot_id, supplier, rack, 2))
    found = {row.name: row for row in places.stock_by_place(world.session, 1).places}
    assert [(found[name].depth, found[name].crates) for name in ("Cold room", "Rack 2")] == [
        (0, 1),
        (1, 1),
    ]
    house = places.load_place_tree(world.session, world.ada.depot_id)
    assert house.inside(room.id) == {item_id: 7}
    assert [row.code for row in house.crates(rack.id)] == ["7K3M-9QX2"]
    assert house.crates(rack.id)[0].contents[0].quantity == 5


def test_a_crate_of_which_nobody_knows_the_place_is_listed_apart(world: World) -> None:
    lost = shelf(world, "7K3M-9QX2", kind="crate")
    item_id, lot_id = lots_here(world)[0]
    write(world, NOW, Move(item_id, lot_id, outside(world, "supplier"), lost, 5))
    unplaced = places.stock_by_place(world.session, world.ada.depot_id).unplaced
    assert unplaced is not None
    assert (unplaced.crates, unplaced.total.kinds) == (1, 1)


def test_what_must_go_first_comes_first(world: World) -> None:
    with transaction() as session:
        bread = session.scalars(
            select(Category).where(
                Category.depot_id == world.ada.depot_id, Category.name == "Bread"
            )
        ).one()
        bread.shelf_life_amount, bread.shelf_life_unit = 3, "day"
    for item, day, kind in (
        ("Rolls", "2026-11-20", "best_before"),
        ("Rye", "2026-11-25", "best_before"),
        ("Ham", "2026-11-22", "use_by"),
    ):
        receive(world.ada, 4, item, date=day, date_kind=kind, category="Bread")
    receive(world.ada, 4, "Salt")
    found = stock.expiring_lots(
        world.session, world.ada.depot_id, date(2026, 11, 21), timedelta(days=3)
    )
    assert [(lot.item, lot.give_out_until) for lot in found] == [
        ("Ham", date(2026, 11, 22)),
        ("Rolls", date(2026, 11, 23)),
    ]
    assert [place.name for place in found[0].places] == ["Arrivals"]


def test_a_weight_is_known_estimated_or_not_known() -> None:
    assert weigh_goods(3, "gram", None, 500_000).grams == 3
    assert weigh_goods(3, "piece", 400_000, 500_000) == weigh_goods(3, "piece", 400_000, None)
    estimated = weigh_goods(3, "piece", None, 500_000)
    assert (estimated.grams, estimated.is_estimated) == (1500, True)
    assert weigh_goods(3, "millilitre", None, 500_000).grams is None


def test_search_finds_part_of_a_name_and_takes_signs_as_letters(world: World) -> None:
    receive(world.ada, 1, "Rice 100% whole")
    receive(world.ada, 1, "Rice")
    depot_id = world.ada.depot_id
    assert [row.item for row in stock.stock_by_item(world.session, depot_id, search="0% W")] == [
        "Rice 100% whole"
    ]


def test_the_other_depot_sees_nothing(world: World) -> None:
    receive(world.ada, 5, "Rice", date="2026-11-22")
    south, session = world.cleo.depot_id, world.session
    item_id = db.session.scalar(select(Item.id).where(Item.name == "Rice")) or 0
    assert stock.stock_by_item(session, south) == []
    assert stock.stock_by_item(session, south, NOW) == []
    assert stock.quantity_on_hand(session, south, item_id) == 0
    assert stock.lots_of_item(session, south, item_id) == []
    assert stock.expiring_lots(session, south, NOW.date()) == []
    assert all(not row.total.kinds for row in places.stock_by_place(session, south).places)


def test_a_lot_says_who_brought_it(world: World) -> None:
    command = ReceiveGoods(
        command_id=uuid4(), partner="Bakery Lindt", lines=(ReceiptLine(item="Rolls", quantity=9),)
    )
    receive_goods(command, world.ben, clock)
    item_id = db.session.scalar(select(Item.id).where(Item.name == "Rolls")) or 0
    lots = stock.lots_of_item(world.session, world.ada.depot_id, item_id)
    assert [(lot.partner, lot.quantity) for lot in lots] == [("Bakery Lindt", 9)]


def test_moments_are_compared_to_the_millisecond(world: World) -> None:
    at = datetime(2026, 11, 20, 8, 0, 0, 5000, tzinfo=UTC)
    receive(world.ada, 5, "Rice", at=at)
    depot_id = world.ada.depot_id
    before = at - timedelta(milliseconds=1)
    assert [row.quantity for row in stock.stock_by_item(world.session, depot_id, at)] == [5]
    assert stock.stock_by_item(world.session, depot_id, before) == []
