"""From what a page says of goods to a command, and from the answer to a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from flask_babel import gettext as _
from marshmallow import ValidationError

from blueprints.distribution.schemas import EventGoodsForm
from blueprints.frame.forms import Form
from blueprints.frame.language import current_reader
from blueprints.words.amounts import base_quantity, unit_of, units_of
from blueprints.words.scan_fields import look_up_scan
from depot.base.actors import Actor
from depot.db.database import current_session
from depot.distribution.commands.events import IssueAtEvent, IssueLine, ReturnGoods, ReturnLine
from depot.distribution.commands.handouts import IssuedGoods
from depot.distribution.commands.picks import PickedGoods
from depot.distribution.commands.returns import ReturnedGoods
from depot.items.queries import catalog
from depot.kernel.once import Outcome
from depot.words import figures

L = TypeVar("L", IssueLine, ReturnLine)
#: Fields of a command's line as the pages name them.
_FIELDS = {"item": "lines-0-item", "location": "lines-0-location", "quantity": "lines-0-amount"}
MAX_LINES_NAMED = 3


def issue_command(form: EventGoodsForm, event_id: int, actor: Actor) -> IssueAtEvent:
    """Return what the page "Hand out" asks for. Raises ValidationError at the field."""
    _something(form, _("Type or scan a code, or choose an item."))
    product = _product(form)
    return IssueAtEvent(
        command_id=form.command_id,
        event_id=event_id,
        crate_code=None if product else form.crate_code,
        lines=(product,) if product else tuple(_lines(form, actor, IssueLine)),
        note=form.note,
        occurred_at=form.occurred_at,
    )


def _product(form: EventGoodsForm) -> IssueLine | None:
    """Return the line of a product whose code stands where a crate's may stand as well."""
    if form.crate_code is None:
        return None
    found = look_up_scan(form.crate_code)
    is_product = found.kind == "item" or (found.kind == "unknown_code" and found.scan.is_gs1)
    if not is_product and not (form.learn_item and found.can_be_learned):
        return None
    return IssueLine(
        scanned=form.crate_code,
        times=form.times,
        item=form.learn_item if found.kind != "item" else None,
        pack_quantity=form.learn_pack,
    )


def return_command(form: EventGoodsForm, event_id: int, actor: Actor) -> ReturnGoods:
    """Return what the page "Bring back" asks for. Raises ValidationError at the field."""
    _something(form, _("Type or scan a code, or choose an item."))
    return ReturnGoods(
        command_id=form.command_id,
        event_id=event_id,
        crate_code=form.crate_code,
        lines=tuple(_lines(form, actor, ReturnLine)),
        note=form.note,
        occurred_at=form.occurred_at,
    )


def _something(form: EventGoodsForm, sentence: str) -> None:
    if form.crate_code is None and not form.lines:
        raise ValidationError(sentence, "crate_code")


def _lines(form: EventGoodsForm, actor: Actor, make: Callable[..., L]) -> Iterator[L]:
    if not form.lines:
        return
    units = units_of(catalog.item_names(current_session(), actor.depot_id, with_loose=True))
    for index, line in enumerate(form.lines):
        unit, where = unit_of(units, line.item, line.amount), ["lines", index, "amount"]
        amount = base_quantity(line.amount, unit, actor.depot.weight_unit, where)
        yield make(item=line.item, quantity=amount, location=line.location)


def place_errors(form: Form) -> Form:
    """Put a command's complaint about its line at the page's field of it."""
    for name, field in _FIELDS.items():
        if name in form.errors:
            form.errors[field] = form.errors.pop(name)
    return form


def moved_lines_words(outcome: Outcome[IssuedGoods | ReturnedGoods | PickedGoods]) -> str:
    """Say what moved: Chickpeas (36), Bread, loose (4 kg)."""
    lines = outcome.answer.lines
    told = ", ".join(
        _(
            "%(item)s (%(amount)s)",
            item=line.item,
            amount=figures.quantity(line.quantity, line.unit, current_reader()),
        )
        for line in lines[:MAX_LINES_NAMED]
    )
    more = len(lines) - MAX_LINES_NAMED
    return _("%(told)s and %(count)s more", told=told, count=more) if more > 0 else told
