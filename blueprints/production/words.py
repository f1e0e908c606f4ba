"""Cooking and packing in words: what went in, what came out, the plan, the yield, the way back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.words import entries
from blueprints.words.entries import EntryText
from depot.entries.queries.entry_lines import LineRow
from depot.production.queries.genealogy import Kin, LotFacts
from depot.production.queries.productions import Ingredient, Production
from depot.production.queries.recipes import RecipeGoods, RecipeRow
from depot.words import figures


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


def production_text(row: Production) -> ProductionText:
    """Put a production into words."""
    entry_id = row.entry.entry_id
    is_open = row.can_be_apart
    return ProductionText(
        entries.describe_entry(row.entry, current_reader(), url_for),
        tuple(_output(line) for line in row.outputs),
        tuple(_input(ingredient) for ingredient in row.inputs),
        tuple(amount_words(line.item, line.quantity, line.unit) for line in row.waste),
        tuple(_plan(row)),
        url_for("production.index", again=entry_id) if row.entry.reason != "taken_apart" else None,
        url_for("production.apart", entry_id=entry_id) if is_open else None,
    )


def amount_words(item: str, quantity: int, unit: str) -> str:
    """Return so much of an item: 12 kg Carrots."""
    amount = figures.quantity(quantity, unit, current_reader())
    return str(_("%(amount)s %(item)s", amount=amount, item=item))


def goods_words(goods: Iterable[RecipeGoods], times: int = 1) -> str:
    """Return one side of a recipe, so many times."""
    said = [amount_words(one.item, one.quantity * times, one.unit) for one in goods]
    return figures.listed(said, current_reader())


def version_words(row: RecipeRow, times: int) -> str:
    """Return which recipe it is, and how often it is made."""
    number = figures.number(times, current_reader())
    values = {"recipe": row.name, "version": row.version, "times": number}
    return str(_("%(recipe)s, version %(version)s, %(times)s times", **values))


def _plan(row: Production) -> Iterable[str]:
    used = row.recipe
    if used is None:
        return
    yield version_words(used.recipe, used.times)
    went_in = {one.item_id: one.quantity for one in row.went_in}
    for goods in used.recipe.inputs:
        planned, real = goods.quantity * used.times, went_in.get(goods.item_id, 0)
        if planned != real:
            yield _beside(goods, planned, real)
    came_out = {one.item_id: one.quantity for one in row.came_out}
    for goods in used.recipe.outputs:
        yield _yield(goods, goods.quantity * used.times, came_out.get(goods.item_id, 0))


def _beside(goods: RecipeGoods, planned: int, real: int) -> str:
    reads = current_reader()
    values = {
        "item": goods.item,
        "planned": figures.quantity(planned, goods.unit, reads),
        "real": figures.quantity(real, goods.unit, reads),
    }
    return str(_("%(item)s: %(real)s used, %(planned)s planned", **values))


def _yield(goods: RecipeGoods, planned: int, real: int) -> str:
    reads = current_reader()
    values = {
        "item": goods.item,
        "planned": figures.quantity(planned, goods.unit, reads),
        "real": figures.quantity(real, goods.unit, reads),
        "share": figures.percent((real * 1000 + planned // 2) // planned, reads),
    }
    return str(_("Yield of %(item)s: %(real)s of %(planned)s planned, %(share)s", **values))


def _output(line: LineRow) -> str:
    return str(
        _(
            "%(amount)s %(item)s, %(date)s",
            amount=figures.quantity(line.quantity, line.unit, current_reader()),
            item=line.item,
            date=figures.lot_date(line.date_kind, line.date_text, current_reader()),
        )
    )


def _input(ingredient: Ingredient) -> str:
    line, origin = ingredient.line, ingredient.origin
    params = {
        "amount": figures.quantity(line.quantity, line.unit, current_reader()),
        "item": line.item,
        "date": figures.lot_date(line.date_kind, line.date_text, current_reader()),
        "origin": _origin(ingredient),
    }
    if origin.origin_kind == "opening":
        return str(_("%(amount)s %(item)s, %(date)s, here at the start", **params))
    return str(_("%(amount)s %(item)s, %(date)s, %(origin)s", **params))


def _origin(ingredient: Ingredient) -> str:
    origin = ingredient.origin
    if origin.produced_by_seq:
        return str(_("made here, line %(seq)s", seq=origin.produced_by_seq))
    if origin.partner:
        return str(_("from %(who)s", who=origin.partner))
    return str(_(entries.SOURCE_WORDS.get(origin.origin_kind, "Other")))


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


def kin_text(kin: Kin) -> KinText:
    """Put a lot of a genealogy into words."""
    lot = kin.lot
    step = figures.number(kin.step, current_reader())
    return KinText(
        title=lot.item,
        small=" · ".join([*lot_words(lot), str(_("step %(step)s", step=step))]),
        figure=str(
            _("%(amount)s here", amount=figures.quantity(lot.here, lot.unit, current_reader()))
        ),
        href=url_for("production.lot", lot_id=lot.lot_id),
        entry_href=url_for("ledger.entry", entry_id=kin.entry_id),
        entry=str(_("Entry %(number)s", number=kin.seq)),
    )


def lot_words(lot: LotFacts) -> list[str]:
    """Return a lot's date, code and origin."""
    words = [figures.lot_date(lot.date_kind, lot.date_text, current_reader())]
    if lot.lot_code:
        words.append(str(_("lot %(code)s", code=lot.lot_code)))
    return [*words, origin_words(lot)]


def origin_words(lot: LotFacts) -> str:
    """Return where a lot has its beginning."""
    if lot.produced_by_seq:
        return str(_("made here, line %(seq)s", seq=lot.produced_by_seq))
    if lot.partner:
        return str(_("from %(who)s", who=lot.partner))
    if lot.origin_kind == "opening":
        return str(_("here at the start"))
    return str(_(entries.SOURCE_WORDS.get(lot.origin_kind, "Other")))
