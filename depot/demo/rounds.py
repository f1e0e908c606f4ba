"""What happens every week: goods come in, are put away, cooked, counted, and thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from depot.base.dates import ShelfLife
from depot.counts.commands.counts import Count, CountLine, book_count
from depot.crates.queries.crate_lists import CrateFilter, CrateLine, crate_list
from depot.crates.queries.standing import find_place
from depot.demo import goods
from depot.demo.goods import COLD, Kind
from depot.demo.stage import Stage
from depot.entries.commands.discrepancies import ResolveDiscrepancy, resolve_discrepancy
from depot.entries.queries.discrepancies import open_discrepancies
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.kernel.goods_lines import GoodsLine
from depot.production.commands.frozen_lives import SaveFrozenLife, save_frozen_life
from depot.production.commands.parcels import (
    InsteadSaid,
    ParcelLineSaid,
    PerSaid,
    SaveParcel,
    save_parcel,
)
from depot.production.commands.production import (
    ProduceGoods,
    ProductionInput,
    ProductionOutput,
    produce_goods,
)
from depot.production.commands.recipes import RecipeInput, RecipeOutput, SaveRecipe, save_recipe
from depot.stock.commands.take_out import TakeOut, take_out
from depot.stock.commands.transfers import MoveCrate, MoveGoods, move_crate, move_goods
from depot.stock.queries.stock import LotStock, expiring_lots, lots_at

_MOST = 200
_KEPT_BLANK = 9
_DAMAGED: Final[dict[str, Any]] = {"reason": "write_off", "write_off_reason": "damaged"}


def line(stage: Stage, kind: Kind, amount: int, **where: Any) -> ReceiptLine:
    """Return a line of a delivery: pieces, or grams of what is weighed, with a date."""
    return ReceiptLine(
        item=kind.name, quantity=stage.about(amount), **where, **stage.date_on(kind.keeps)
    )


def receive(stage: Stage, lines: list[ReceiptLine], **about: Any) -> None:
    """Log a delivery."""
    stage.do(receive_goods, ReceiveGoods, lines=tuple(lines), **about)


def hub_delivery(stage: Stage) -> None:
    """The week's big delivery: into empty crates, those onto the pallets and the shelves."""
    free = empty_crates(stage)[:9]
    kinds = iter(stage.some(goods.HUB, 15))
    lines, filled = [], []
    for crate in free:
        lines.append(line(stage, next(kinds), 30, crate_code=crate))
        filled.append(crate)
    lines += [line(stage, kind, 36) for kind in kinds]
    receive(stage, lines, partner="South Thames Food Hub", note="Two pallets, all counted")
    places = [*stage.pallets, "Shelf 1", "Shelf 2", "Shelf 3"]
    for crate in filled:
        stage.do(move_crate, MoveCrate, crate_code=crate, to=stage.chance.choice(places))
    put_away(stage, "Arrivals", "Shelf 4")


def put_away(stage: Stage, source: str, target: str) -> None:
    """Carry what waits at the door to a shelf, unless nothing does."""
    if lying(stage, source):
        stage.do(move_goods, MoveGoods, source=source, target=target)


def supermarket(stage: Stage) -> None:
    """The evening's rescue: loose bread and vegetables by weight, chilled goods by piece."""
    lines = [
        ReceiptLine(category="Bread", weight_grams=stage.about(13_000), location="Store room"),
        ReceiptLine(
            category="Fruit and veg", weight_grams=stage.about(34_000), location="Veg rack"
        ),
    ]
    lines += [line(stage, kind, 22, location="Cold store") for kind in stage.some(goods.CHILLER, 4)]
    receive(stage, lines, partner="Brightway, Norwood Road")


def bakery(stage: Stage) -> None:
    """Bread of the day before, twice a week."""
    lines = [line(stage, kind, 16, location="Store room") for kind in stage.some(goods.BAKERY, 2)]
    receive(stage, lines, partner="Kestrel Street Bakery")


def farm(stage: Stage) -> None:
    """Vegetables by weight, as the season has them."""
    lines = [
        line(stage, kind, 38_000 if kind.grams is None else 24, location="Veg rack")
        for kind in stage.some(goods.FARM, 4)
    ]
    receive(stage, lines, partner="Chalk Hill Farm")


def purchase(stage: Stage) -> None:
    """What is never given enough of is bought."""
    lines = [
        line(stage, kind, 24, location="Cold store" if kind.category in COLD else "Shelf 3")
        for kind in goods.BOUGHT
    ]
    receive(stage, lines, partner="Cash & Carry Croydon", note="Paid from the winter fund")


def school_collection(stage: Stage) -> None:
    """Whatever was in the cupboards: weighed as mixed food, hygiene counted."""
    lines = [ReceiptLine(category="Mixed food", weight_grams=stage.about(46_000))]
    lines += [line(stage, kind, 18) for kind in stage.some(goods.DRIVE, 4)]
    receive(stage, lines, partner="St Luke's school collection")
    put_away(stage, "Arrivals", "Shelf 4")


def passers_by(stage: Stage) -> None:
    """A bag at the door: no name, sometimes only the scale."""
    if stage.chance.random() < 0.5:
        grams = stage.about(4_200, 0.6)
        category = stage.chance.choice(["Mixed food", "Mixed food", "Hygiene", "Tins and jars"])
        receive(stage, [ReceiptLine(category=category, weight_grams=grams)], source_kind="donation")
        return
    kinds = stage.some((*goods.HUB, *goods.DRIVE), 2)
    receive(stage, [line(stage, kind, 4, location="Shelf 4") for kind in kinds])


def soup(stage: Stage) -> None:
    """Vegetables that would not last until Saturday become soup."""
    stock = stage.stock()
    inputs = [
        ProductionInput(item=name, quantity=grams)
        for name, grams in (("Carrots", 6_000), ("Onions", 3_000), ("Potatoes", 8_000))
        if name in stock and stock[name].quantity > 2 * grams
    ]
    if not inputs:
        return
    grams = sum(one.quantity for one in inputs)
    output = ProductionOutput(
        item=goods.SOUP.name,
        quantity=grams * 2 // goods.SOUP.grams if goods.SOUP.grams else 0,
        location="Cold store",
        **stage.date_on(goods.SOUP.keeps),
    )
    note = "The kitchen's Thursday soup"
    stage.do(produce_goods, ProduceGoods, inputs=tuple(inputs), outputs=(output,), note=note)


def parcels(stage: Stage) -> None:
    """Family parcels are packed ahead, as many as the shelves allow."""
    stock = stage.stock()
    most = min(
        stock[name].quantity // each if name in stock else 0 for name, each in goods.PARCEL_LIST
    )
    count_made = min(most // 2, stage.about(14))
    if count_made < 1:
        return
    output = ProductionOutput(item=goods.PARCEL.name, quantity=count_made, location="Shelf 2")
    made: dict[str, Any] = {"recipe": goods.PARCEL.name, "times": count_made}
    stage.do(produce_goods, ProduceGoods, outputs=(output,), **made)


def write_recipe(stage: Stage) -> None:
    """What goes into a family parcel is written down once."""
    stage.do(
        save_recipe,
        SaveRecipe,
        stage.coordinator,
        name=goods.PARCEL.name,
        inputs=tuple(RecipeInput(item=name, quantity=each) for name, each in goods.PARCEL_LIST),
        outputs=(RecipeOutput(item=goods.PARCEL.name, quantity=1),),
    )


def write_parcel(stage: Stage) -> None:
    """What a household gets is written down once, with what vegetarians get instead of tuna."""
    rice, pasta = "Long grain rice, 1 kg", "Pasta, 500 g"
    tuna = ParcelLineSaid(
        item="Tuna in brine, 145 g",
        per=PerSaid(adult=1, child=1),
        swaps=("Baked beans, 400 g",),
        instead=(
            InsteadSaid(diet="vegetarian", item="Chickpeas, 400 g"),
            InsteadSaid(diet="vegan", item="Chickpeas, 400 g"),
        ),
    )
    milk = ParcelLineSaid(
        item="Long-life milk, 1 litre",
        per=PerSaid(household=1, child=1),
        swaps=("Oat drink, 1 litre",),
        instead=(InsteadSaid(diet="vegan", item="Oat drink, 1 litre"),),
    )
    stage.do(
        save_parcel,
        SaveParcel,
        stage.coordinator,
        name="Weekend bag",
        lines=(
            ParcelLineSaid(item=rice, per=PerSaid(household=1), swaps=(pasta,)),
            ParcelLineSaid(item="Chopped tomatoes, 400 g", per=PerSaid(adult=1, child=1)),
            tuna,
            milk,
            ParcelLineSaid(
                choices=("Peanut butter, 340 g", "Strawberry jam, 454 g"),
                per=PerSaid(household=1),
            ),
            ParcelLineSaid(category="Drinks", per=PerSaid(household=1)),
        ),
    )
    bread = ShelfLife(3, "month")
    words = {"thawed_days": 1, "source": "Ms Ochs, kitchen"}
    stage.do(
        save_frozen_life,
        SaveFrozenLife,
        stage.coordinator,
        category="Bread",
        frozen=bread,
        **words,
    )


def throw_away(stage: Stage) -> None:
    """Write off what nobody may have any more."""
    yesterday = stage.today - timedelta(days=1)
    past = expiring_lots(stage.session, stage.depot.id, yesterday, timedelta(0))
    for place, lines in _by_place(past):
        stage.do(
            take_out,
            TakeOut,
            place=place,
            reason="write_off",
            write_off_reason="expired",
            lines=tuple(lines),
        )


def _by_place(lots: list[LotStock]) -> Iterator[tuple[str, list[GoodsLine]]]:
    found: dict[str, list[GoodsLine]] = {}
    for lot in lots:
        for held in lot.places:
            lines = found.setdefault(held.name, [])
            lines.append(GoodsLine(quantity=held.quantity, lot_id=lot.lot_id))
    yield from found.items()


def damaged(stage: Stage) -> None:
    """Something fell, or a mouse was there."""
    lots = lying(stage, "Shelf 4")
    if lots:
        lot = stage.chance.choice(lots)
        lines = (GoodsLine(quantity=min(2, lot.quantity), lot_id=lot.lot_id),)
        stage.do(take_out, TakeOut, place="Shelf 4", lines=lines, **_DAMAGED)


def count_shelf(stage: Stage) -> None:
    """One shelf is counted; most of it is right."""
    shelf = stage.chance.choice(["Shelf 3", "Shelf 4"])
    lots = lying(stage, shelf)[:8]
    if not lots:
        return
    off = stage.chance.choice(lots)
    lines = tuple(
        CountLine(lot_id=lot.lot_id, counted_quantity=_counted(stage, lot, lot is off))
        for lot in lots
    )
    stage.do(book_count, Count, place=shelf, lines=lines)


def _counted(stage: Stage, lot: LotStock, is_off: bool) -> int:
    return max(0, lot.quantity + stage.chance.choice([-2, -1, 1])) if is_off else lot.quantity


def look_at_questions(stage: Stage) -> None:
    """The coordinator settles what has waited for some days; the newest still waits."""
    settled = stage.at - timedelta(days=3)
    for found in open_discrepancies(stage.session, stage.depot.id):
        if found.opened_at < settled:
            who = stage.coordinator
            stage.do(resolve_discrepancy, ResolveDiscrepancy, who, discrepancy_id=found.id)


def empty_crates(stage: Stage) -> list[str]:
    """Return crates with nothing in them, new ones first; some labels always stay blank."""
    used = [row.code for row in crates(stage, "empty") if row.code not in stage.pallets]
    blank = [row.code for row in crates(stage, "blank")]
    return blank[_KEPT_BLANK:] + used


def crates(stage: Stage, state: str) -> list[CrateLine]:
    """Return the crates in that state, the oldest labels first."""
    found = crate_list(stage.session, stage.depot.id, CrateFilter(state=state), limit=_MOST)
    return list(reversed(found.rows))


def lying(stage: Stage, place: str) -> list[LotStock]:
    """Return what lies loose at the place of that name."""
    found = find_place(stage.session, stage.depot.id, place)
    return lots_at(stage.session, stage.depot.id, found.id) if found else []
