"""What pages and phones do alike on a count sheet, and the sentences that answer it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext as _

from blueprints.counts.schemas import FoundForm, LineForm, LinesForm
from blueprints.frame.web import Answer
from blueprints.words.amounts import base_quantity, unit_of, units_of
from depot.base.actors import Actor
from depot.base.units import PIECE
from depot.counts.commands.sheets import (
    AddCrateToSheet,
    CrateOnSheet,
    Tallied,
    TallyFound,
    TallyLine,
    TallyLines,
    add_crate_to_sheet,
    tally_found,
    tally_lines,
)
from depot.counts.queries.sheets import units_of_lines
from depot.counts.sheets import FIRST
from depot.db.database import current_session
from depot.items.queries import catalog
from depot.kernel.once import Outcome

#: So many lines stand on a page; what is sent at once has at most 200.
LINES_ON_PAGE: Final = 100


def write_lines(form: LinesForm, sheet_id: int, who: Actor) -> Outcome[Tallied]:
    """Write down what was typed. Raises ValidationError at the field, DepotError."""
    units = units_of_lines(current_session(), who.depot_id, sheet_id)
    lines = tuple(
        TallyLine(
            number=line.number,
            quantity=_quantity(line, units.get(line.number, PIECE), who, index),
            date=line.date,
        )
        for index, line in enumerate(form.lines)
    )
    command = TallyLines(
        command_id=form.command_id,
        sheet_id=sheet_id,
        counter=form.counter,
        lines=lines,
        occurred_at=form.occurred_at,
    )
    if form.counted_at is None:
        return tally_lines(command, who)
    stated = form.counted_at.replace(tzinfo=ZoneInfo(who.depot.time_zone))
    # what stands on the paper is known better than when a phone sent it
    carried = who.carriage and replace(who.carriage, happened_at=None)
    return tally_lines(replace(command, occurred_at=stated), replace(who, carriage=carried))


def _quantity(line: LineForm, unit: str, who: Actor, index: int) -> int | None:
    if line.amount is None:
        return None
    if not line.amount:
        return 0
    return base_quantity(line.amount, unit, who.depot.weight_unit, ["lines", index, "amount"])


def write_found(form: FoundForm, sheet_id: int, who: Actor) -> Outcome[Tallied]:
    """Write down what has no line. Raises ValidationError at the field, DepotError."""
    items = catalog.item_names(current_session(), who.depot_id, with_loose=True)
    unit = unit_of(units_of(items), form.item)
    command = TallyFound(
        command_id=form.command_id,
        sheet_id=sheet_id,
        counter=form.counter,
        item=form.item,
        quantity=base_quantity(form.amount, unit, who.depot.weight_unit, ["amount"]),
        date=form.date,
        crate=form.crate,
        occurred_at=form.occurred_at,
    )
    return tally_found(command, who)


def put_crate(command: AddCrateToSheet, sheet_id: int, who: Actor) -> Outcome[CrateOnSheet]:
    """Put a crate on the sheet. Raises DepotError."""
    return add_crate_to_sheet(replace(command, sheet_id=sheet_id), who)


def page_start(number: int) -> int:
    """Return the first line of the page on which a line stands."""
    return (number - 1) // LINES_ON_PAGE * LINES_ON_PAGE + 1


def sheet_address(sheet_id: int, counter: int) -> str:
    """Return the page on which the first or the second counter writes."""
    return url_for("counts.sheet" if counter == FIRST else "counts.second", sheet_id=sheet_id)


def answer_lines(outcome: Outcome[Tallied]) -> Answer:
    """Say how many lines are counted by now."""
    done = outcome.answer
    words = {"place": done.place, "counted": done.counted, "lines": done.lines}
    return Answer(_("%(place)s: %(counted)s of %(lines)s lines counted.", **words))


def answer_crate(outcome: Outcome[CrateOnSheet]) -> Answer:
    """Say where the crate stands on the sheet."""
    done = outcome.answer
    if not done.numbers:
        return Answer(
            _("The book has nothing in %(code)s. Write what you find in it.", code=done.crate_code)
        )
    first, last = done.numbers[0], done.numbers[-1]
    sentence = _("%(code)s is line %(first)s.", code=done.crate_code, first=first)
    if first != last:
        words = {"code": done.crate_code, "first": first, "last": last}
        sentence = _("%(code)s is lines %(first)s to %(last)s.", **words)
    address = f"{sheet_address(done.sheet_id, FIRST)}?from={page_start(first)}#line-{first}"
    return Answer(sentence, href=address, link_text=_("Show"))
