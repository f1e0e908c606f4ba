"""Goods that lie loose at a place: moving, taking out and counting one lot of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.fields import Choice, NotedSchema, Text, WriteSchema
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import found_or_404, reader, show_message
from blueprints.words.amounts import Amount, CountedAmount, base_quantity
from blueprints.words.entries import REASON_WORDS
from blueprints.words.listing.places import offered_places
from depot.base.actors import Actor
from depot.base.errors import NotFound
from depot.base.kinds import TAKE_OUT_REASONS, TakeOutReason
from depot.base.text import N_
from depot.counts.commands.counts import Count, CountedGoods, CountLine, book_count
from depot.imports.amounts import WrittenAmount
from depot.kernel.goods_lines import GoodsLine
from depot.kernel.once import AnyOutcome, Outcome
from depot.locations.queries.places import place_row
from depot.locations.tree import Node
from depot.stock.commands.take_out import TakenOut, TakeOut, take_out
from depot.stock.commands.transfers import MovedGoods, MoveGoods, move_goods
from depot.stock.queries import stock
from depot.stock.queries.stock import LotStock
from depot.words import figures

GOODS_ACTIONS: Final = ("move", "out", "count")
#: Buttons of where goods are taken out to: those that a person picks, not the umbrella word.
PURPOSES: Final = tuple(reason for reason in TAKE_OUT_REASONS if reason != "write_off")


@dataclass(frozen=True, slots=True)
class LooseLot:
    """A lot that lies at a place itself."""

    place: Node
    lot: LotStock


@dataclass(frozen=True, slots=True, kw_only=True)
class LotGoodsForm:
    """What one of the three forms asks for."""

    command_id: UUID
    amount: WrittenAmount
    to: str = ""
    #: Asked by "Take out" alone.
    what_for: TakeOutReason = "lost"
    note: str = ""
    occurred_at: datetime | None = None


def goods_schema(act: str) -> WriteSchema:
    """Return the schema of one of the three forms."""
    needed = {"required": _("How much of it?")}

    class Move(NotedSchema):
        makes = LotGoodsForm
        amount = Amount(required=True, error_messages=needed)
        to = Text(required=True, max_length=200, error_messages={"required": _("Where to?")})

    class Out(NotedSchema):
        makes = LotGoodsForm
        amount = Amount(required=True, error_messages=needed)
        what_for = Choice(PURPOSES, required=True, error_messages={"required": _("What for?")})

    class Count(NotedSchema):
        makes = LotGoodsForm
        amount = CountedAmount(required=True, error_messages={"required": _("How much is there?")})

    return {"move": Move, "out": Out, "count": Count}[act](form=True)


def goods(location_id: int, lot_id: int, act: str) -> ResponseReturnValue:
    """Ask how much of the lot is moved, taken out, or there."""
    return _page(_loose(location_id, lot_id), _known(act), Form({}))


def do_goods(location_id: int, lot_id: int, act: str) -> ResponseReturnValue:
    """Move, take out or count the lot."""
    loose = _loose(location_id, lot_id)
    run, done = _WORK[_known(act)]

    def saved(outcome: AnyOutcome) -> ResponseReturnValue:
        show_message(done(loose, outcome), outcome)
        return redirect(url_for("locations.place", location_id=location_id), 303)

    return submit_form(
        goods_schema(act),
        lambda form, who: run(form, loose, who),
        done=saved,
        again=lambda form: _page(loose, act, _at_field(form)),
    )


def _known(act: str) -> str:
    """Return one of the three acts; any other word is an address of nothing."""
    return act if act in GOODS_ACTIONS else abort(404)


def _at_field(form: Form) -> Form:
    """What is wrong with the target of the command stands at the field where it was typed."""
    if "target" in form.errors:
        form.errors.setdefault("to", form.errors["target"])
    return form


def _loose(location_id: int, lot_id: int) -> LooseLot:
    """Return the lot at the place, also where the book has none of it there any more."""
    session, who = reader()
    place = found_or_404(N_("place"), location_id, place_row(session, who.depot_id, location_id))
    if place.kind == "crate":
        raise NotFound(what=N_("place"), name=location_id)
    lot = stock.lot_at(session, who.depot_id, location_id, lot_id)
    return LooseLot(place, found_or_404(N_("lot"), lot_id, lot))


def _page(loose: LooseLot, act: str, form: Form) -> str:
    where: dict[str, Any] = {"location_id": loose.place.id, "lot_id": loose.lot.lot_id}
    words = {"move": _("Move"), "out": _("Take out"), "count": _("Count")}
    return show_form(
        "stock/goods.html",
        form,
        act=act,
        kind=act,
        place=loose.place,
        lot=loose.lot,
        tabs=[
            (url_for("stock.goods", act=name, **where), words[name], name == act)
            for name in GOODS_ACTIONS
        ],
        action=url_for("stock.do_goods", act=act, **where),
        names=offered_places().hints(without=[loose.place.name]),
        purposes=_purposes(),
    )


def _purposes() -> list[tuple[str, str]]:
    words = {
        reason: _(REASON_WORDS[reason]).capitalize() for reason in PURPOSES if reason != "issue"
    }
    return [("issue", _("Handed out")), *words.items()]


def _quantity(form: LotGoodsForm, loose: LooseLot, who: Actor) -> int:
    if not form.amount:
        return 0
    return base_quantity(form.amount, loose.lot.unit, who.depot.weight_unit, ["amount"])


def _move(form: LotGoodsForm, loose: LooseLot, who: Actor) -> Outcome[MovedGoods]:
    line = GoodsLine(lot_id=loose.lot.lot_id, quantity=_quantity(form, loose, who))
    command = MoveGoods(
        command_id=form.command_id,
        source=loose.place.name,
        target=form.to,
        lines=(line,),
        note=form.note,
        occurred_at=form.occurred_at,
    )
    return move_goods(command, who)


def _take_out(form: LotGoodsForm, loose: LooseLot, who: Actor) -> Outcome[TakenOut]:
    line = GoodsLine(lot_id=loose.lot.lot_id, quantity=_quantity(form, loose, who))
    command = TakeOut(
        command_id=form.command_id,
        place=loose.place.name,
        reason=form.what_for,
        lines=(line,),
        note=form.note,
        occurred_at=form.occurred_at,
    )
    return take_out(command, who)


def _count(form: LotGoodsForm, loose: LooseLot, who: Actor) -> Outcome[CountedGoods]:
    counted = _quantity(form, loose, who)
    line = CountLine(lot_id=loose.lot.lot_id, counted_quantity=counted)
    command = Count(
        command_id=form.command_id,
        place=loose.place.name,
        lines=(line,),
        note=form.note,
        occurred_at=form.occurred_at,
    )
    return book_count(command, who)


def _amount(outcome: Outcome[MovedGoods | TakenOut]) -> str:
    lines = outcome.answer.lines
    return figures.quantity(sum(line.quantity for line in lines), lines[0].unit, current_reader())


def _moved(loose: LooseLot, outcome: Outcome[MovedGoods]) -> str:
    if outcome.entry_id is None:
        return str(_("It lies there already."))
    what = {"item": loose.lot.item, "amount": _amount(outcome)}
    return str(_("Moved: %(item)s, %(amount)s.", **what))


def _taken(loose: LooseLot, outcome: Outcome[TakenOut]) -> str:
    what = {"item": loose.lot.item, "amount": _amount(outcome)}
    return str(_("Taken out: %(item)s, %(amount)s.", **what))


def _counted(loose: LooseLot, outcome: Outcome[CountedGoods]) -> str:
    line = outcome.answer.lines[0]
    variance = line.variance
    shown = {
        "item": line.item,
        "amount": figures.quantity(abs(variance), line.unit, current_reader()),
    }
    if variance > 0:
        return str(_("%(item)s: %(amount)s more than the book.", **shown))
    if variance < 0:
        return str(_("%(item)s: %(amount)s fewer than the book.", **shown))
    return str(_("%(item)s: just as the book says.", item=line.item))


_Run = Callable[[LotGoodsForm, LooseLot, Actor], AnyOutcome]
_Told = Callable[[LooseLot, Outcome[Any]], str]
_WORK: Final[dict[str, tuple[_Run, _Told]]] = {
    "move": (_move, _moved),
    "out": (_take_out, _taken),
    "count": (_count, _counted),
}
