"""Several new crates with the same goods in one act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError

from blueprints.crates import actions, words
from blueprints.crates.forms import ItemAmount, ItemAmountSchema, TargetForm, UnitReader
from blueprints.crates.schemas import MAX_CODE
from blueprints.frame.fields import Text, WholeNumber, lines_field
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.web import query_text, reader, show_answer
from blueprints.words.listing.places import offered_places
from depot.base.actors import Actor
from depot.crates.queries.crate_lists import recent_targets
from depot.items.queries import catalog
from depot.kernel.goods_lines import GoodsLine
from depot.kernel.once import Outcome
from depot.stock.commands.new_crates import (
    MAX_PACKED_CRATES,
    PackCrates,
    PackedCrates,
    pack_crates,
)

#: Kinds of goods in one crate that the page has rows for.
ROWS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PackForm:
    """The page "Fill several crates"."""

    command_id: UUID
    count: int
    source: str
    goods: tuple[ItemAmount, ...] = ()
    to: str | None = None
    other: str | None = None
    note: str = ""
    occurred_at: datetime | None = None

    def command(self, units: UnitReader) -> PackCrates:
        """Return what it asks for. Raises ValidationError at the field."""
        if not self.goods:
            raise ValidationError(_("Write what goes into each crate."), "goods-0-item")
        lines = tuple(
            GoodsLine(item=row.item, quantity=units.of_item(row, ["goods", index, "amount"]))
            for index, row in enumerate(self.goods)
        )
        return PackCrates(
            command_id=self.command_id,
            source=self.source,
            lines=lines,
            count=self.count,
            to=self.other or self.to,
            note=self.note,
            occurred_at=self.occurred_at,
        )


class PackFormSchema(TargetForm):
    makes = PackForm
    count = WholeNumber(required=True, most=MAX_PACKED_CRATES)
    source = Text(required=True, max_length=MAX_CODE)
    goods = lines_field(ItemAmountSchema, load_default=list)


def ask_pack() -> ResponseReturnValue:
    """Ask how many crates, what goes into each, and where they stand then."""
    values = {"goods-0-item": query_text("item"), "source": query_text("from")}
    return _page(Form(values))


def _page(form: Form) -> str:
    session, who = reader()
    offered = offered_places()
    places = [place.name for place in offered.by_name()]
    if not form.values.get("source"):
        form.values["source"] = places[0]
    for name in ("to", "other"):
        if name in form.errors:
            form.errors.setdefault("other", form.errors[name])
    items = catalog.item_names(session, who.depot_id, with_loose=True)
    return show_form(
        "crates/pack.html",
        form,
        sources=offered.names(),
        places=offered.hints(),
        targets=words.target_picks(recent_targets(session, who.depot_id), places, None),
        items=[row.name for row in items],
        rows=range(ROWS),
    )


def do_pack() -> ResponseReturnValue:
    """Fill the crates and lead to their labels."""

    def run(form: PackForm, who: Actor) -> Outcome[PackedCrates]:
        return pack_crates(form.command(actions.read_units(who)), who)

    def done(outcome: Outcome[PackedCrates]) -> ResponseReturnValue:
        show_answer(actions.answer_pack(outcome), outcome)
        return redirect(url_for("printing.packed", code=outcome.answer.codes[0]), 303)

    return submit_form(PackFormSchema(form=True), run, done=done, again=_page)
