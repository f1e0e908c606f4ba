"""Cooking and packing in words: what went in, what came out, the plan, the yield, the way back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from blueprints.words import entries
from blueprints.words.addresses import Address
from blueprints.words.entries import EntryText
from depot.entries.queries.entry_lines import LineRow
from depot.production.queries.genealogy import Kin, LotFacts
from depot.production.queries.productions import Ingredient, Production
from depot.production.queries.recipes import RecipeGoods, RecipeRow
from depot.words import figures
from depot.words.reader import Reader


@dataclass(frozen=True, slots=True)
class ProductionText:
    """A production in words: its row, what went in by lot, what it was made by."""

    told: EntryText
    came_out: tuple[str, ...]
    went_in: tuple[str, ...]
    waste: tuple[str, ...]
    #: By which recipe, and real use and yield beside its plan; empty without one.
    plan: tuple[str, ...]
    again_href: str | None
    apart_href: str | None


def production_text(row: Production, reader: Reader, address: Address) -> ProductionText:
    """Put a production into words."""
    entry_id = row.entry.entry_id
    is_open = row.can_be_apart
    return ProductionText(
        entries.describe_entry(row.entry, reader, address),
        tuple(_output(line, reader) for line in row.outputs),
        tuple(_input(ingredient, reader) for ingredient in row.inputs),
        tuple(amount_words(line.item, line.quantity, line.unit, reader) for line in row.waste),
        tuple(_plan(row, reader)),
        None if row.is_other else address("production.index", again=entry_id),
        address("production.apart", entry_id=entry_id) if is_open else None,
    )


def amount_words(item: str, quantity: int, unit: str, reader: Reader) -> str:
    """Return so much of an item: 12 kg Carrots."""
    amount = figures.quantity(quantity, unit, reader)
    return reader.gettext("%(amount)s %(item)s", amount=amount, item=item)


def goods_words(goods: Iterable[RecipeGoods], reader: Reader, times: int = 1) -> str:
    """Return one side of a recipe, so many times."""
    said = [amount_words(one.item, one.quantity * times, one.unit, reader) for one in goods]
    return " · ".join(said)


def version_words(row: RecipeRow, times: int, reader: Reader) -> str:
    """Return which recipe it is, and how often it is made."""
    return reader.ngettext(
        "%(recipe)s, version %(version)s, %(num)s time",
        "%(recipe)s, version %(version)s, %(num)s times",
        times,
        recipe=row.name,
        version=row.version,
    )


def _plan(row: Production, reader: Reader) -> Iterable[str]:
    used = row.recipe
    if used is None:
        return
    yield version_words(used.recipe, used.times, reader)
    went_in = {one.item_id: one.quantity for one in row.went_in}
    for goods in used.recipe.inputs:
        planned, real = goods.quantity * used.times, went_in.get(goods.item_id, 0)
        if planned != real:
            yield _beside(goods, planned, real, reader)
    came_out = {one.item_id: one.quantity for one in row.came_out}
    for goods in used.recipe.outputs:
        yield _yield(goods, goods.quantity * used.times, came_out.get(goods.item_id, 0), reader)


def _beside(goods: RecipeGoods, planned: int, real: int, reader: Reader) -> str:
    values = {
        "item": goods.item,
        "planned": figures.quantity(planned, goods.unit, reader),
        "real": figures.quantity(real, goods.unit, reader),
    }
    return reader.gettext("%(item)s: %(real)s used, %(planned)s planned", **values)


def _yield(goods: RecipeGoods, planned: int, real: int, reader: Reader) -> str:
    values = {
        "item": goods.item,
        "planned": figures.quantity(planned, goods.unit, reader),
        "real": figures.quantity(real, goods.unit, reader),
        "share": figures.percent((real * 1000 + planned // 2) // planned, reader),
    }
    return reader.gettext("Yield of %(item)s: %(real)s of %(planned)s planned, %(share)s", **values)


def _output(line: LineRow, reader: Reader) -> str:
    return reader.gettext(
        "%(amount)s %(item)s, %(date)s",
        amount=figures.quantity(line.quantity, line.unit, reader),
        item=line.item,
        date=figures.lot_date(line.date_kind, line.date_text, reader),
    )


def _input(ingredient: Ingredient, reader: Reader) -> str:
    line, origin = ingredient.line, ingredient.origin
    params = {
        "amount": figures.quantity(line.quantity, line.unit, reader),
        "item": line.item,
        "date": figures.lot_date(line.date_kind, line.date_text, reader),
        "origin": _origin(ingredient, reader),
    }
    if origin.origin_kind == "opening":
        return reader.gettext("%(amount)s %(item)s, %(date)s, here at the start", **params)
    return reader.gettext("%(amount)s %(item)s, %(date)s, %(origin)s", **params)


def _origin(ingredient: Ingredient, reader: Reader) -> str:
    origin = ingredient.origin
    if origin.produced_by_seq:
        return reader.gettext("made here, line %(seq)s", seq=origin.produced_by_seq)
    if origin.partner:
        return reader.gettext("from %(who)s", who=origin.partner)
    return reader.gettext(entries.SOURCE_WORDS.get(origin.origin_kind, "Other"))


@dataclass(frozen=True, slots=True)
class KinText:
    """A lot that another is made of or went into, as a row."""

    title: str
    small: str
    figure: str
    href: str
    #: The entry that made one of the other, and its number.
    entry_href: str
    entry: str


def kin_text(kin: Kin, reader: Reader, address: Address) -> KinText:
    """Put a lot of a genealogy into words."""
    lot = kin.lot
    step = figures.number(kin.step, reader)
    return KinText(
        title=lot.item,
        small=" · ".join([*lot_words(lot, reader), reader.gettext("step %(step)s", step=step)]),
        figure=reader.gettext(
            "%(amount)s here", amount=figures.quantity(lot.here, lot.unit, reader)
        ),
        href=address("production.lot", lot_id=lot.lot_id),
        entry_href=address("ledger.entry", entry_id=kin.entry_id),
        entry=reader.gettext("Entry %(number)s", number=kin.seq),
    )


def lot_words(lot: LotFacts, reader: Reader) -> list[str]:
    """Return a lot's date, code and origin."""
    words = [figures.lot_date(lot.date_kind, lot.date_text, reader)]
    if lot.lot_code:
        words.append(reader.gettext("lot %(code)s", code=lot.lot_code))
    if lot.gtin:
        words.append(reader.gettext("product code %(code)s", code=lot.gtin.lstrip("0")))
    return [*words, origin_words(lot, reader)]


def origin_words(lot: LotFacts, reader: Reader) -> str:
    """Return where a lot has its beginning."""
    if lot.produced_by_seq:
        return reader.gettext("made here, line %(seq)s", seq=lot.produced_by_seq)
    if lot.partner:
        return reader.gettext("from %(who)s", who=lot.partner)
    if lot.origin_kind == "opening":
        return reader.gettext("here at the start")
    return reader.gettext(entries.SOURCE_WORDS.get(lot.origin_kind, "Other"))
