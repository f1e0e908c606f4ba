"""Visits by card: at the table, over the months, and the cards themselves."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError

from blueprints.frame.forms import Form, load_form, read_form, sentences_of, show_form, submit_form
from blueprints.frame.guards import need_coordinator
from blueprints.frame.language import current_reader, offered_languages, reader_in
from blueprints.frame.web import (
    found_or_404,
    keep_no_copy,
    next_page,
    query_text,
    reader,
    show_answer,
    show_message,
)
from blueprints.visits.actions import answer_visit, run_visit
from blueprints.visits.schemas import (
    CardOrder,
    CardOrderSchema,
    VisitQuery,
    VisitSettingSchema,
    visit_form,
)
from blueprints.words.entries import EntryText, describe_entry
from depot.base.actors import Actor
from depot.base.clock import local_day, utc_now
from depot.base.periods import month_of
from depot.base.text import N_
from depot.distribution.ages import bands_of
from depot.distribution.commands.visits import (
    CountedVisit,
    CountVisit,
    SavedVisitSetting,
    save_visit_setting,
)
from depot.distribution.queries.ages import people_by_band
from depot.distribution.queries.events import event_row, latest_entries, people_at
from depot.distribution.queries.visits import VisitSums, visits_by_period, visits_in
from depot.distribution.visit_rows import uses_cards
from depot.distribution.words import asked_bands, band_facts
from depot.kernel.once import Outcome
from depot.words import figures
from depot.words.reader import Reader
from labels.sheets.layout import CrateLabel
from labels.sheets.pdf import sheet_pdf
from labels.sheets.sheets import A4, LETTER, Sheet
from labels.symbols.cards import new_card_code

#: So many months stand on the page.
MONTHS: Final = 12
_RECENT: Final = 5
#: A card in mm, two across and five down.
_WIDTH, _HEIGHT, _ACROSS, _DOWN = 86.0, 50.0, 2, 5


@dataclass(frozen=True, slots=True)
class NamedSums:
    """Visits of a period with its name in words."""

    name: str
    sums: VisitSums


def at_table(event_id: int) -> ResponseReturnValue:
    """Ask for a card."""
    return _table_page(event_id, Form())


def count(event_id: int) -> ResponseReturnValue:
    """Count it; the same page asks for the next."""

    def run(command: CountVisit, who: Actor) -> Outcome[CountedVisit]:
        return run_visit(command, event_id, who)

    def done(outcome: Outcome[CountedVisit]) -> ResponseReturnValue:
        show_answer(answer_visit(outcome), outcome)
        return redirect(next_page(url_for("visits.at_table", event_id=event_id)), 303)

    return submit_form(visit_form(), run, done=done, again=lambda form: _table_page(event_id, form))


def _table_page(event_id: int, form: Form) -> str:
    session, who = reader()
    event = found_or_404(N_("hand-out"), event_id, event_row(session, who.depot_id, event_id))
    return show_form(
        "visits/table.html",
        form,
        event=event,
        who=who,
        is_on=uses_cards(session, who.depot_id),
        people=people_at(session, who.depot_id, event_id),
        bands=asked_bands(bands_of(session, who.depot_id), current_reader()),
        told=_just_now(event_id),
    )


def _just_now(event_id: int) -> list[EntryText]:
    session, who = reader()
    rows = latest_entries(session, who, event_id, "people", _RECENT)
    return [describe_entry(row, current_reader(), url_for) for row in rows]


def index() -> ResponseReturnValue:
    """Show the visits of the last months, and of the days asked for."""
    session, who = reader()
    asked: VisitSums | None = None
    values = {"from": query_text("from"), "to": query_text("to")}
    ages: list[tuple[str, str]] = []
    errors: dict[str, list[str]] = {}
    if values["from"] or values["to"]:
        try:
            wanted = VisitQuery().load({name: text for name, text in values.items() if text})
            days = wanted["first"], wanted["last"]
            asked = visits_in(session, who.depot_id, *days)
            ages = band_facts(people_by_band(session, who.depot_id, *days), current_reader())
        except ValidationError as error:
            errors = sentences_of(error)
    return render_template(
        "visits/index.html",
        months=months(),
        asked=asked,
        ages=ages,
        values=values,
        errors=errors,
        who=who,
        is_on=uses_cards(session, who.depot_id),
    )


def months() -> list[NamedSums]:
    """Return the visits of this month and those before, the newest first."""
    session, who = reader()
    newest = month_of(local_day(utc_now(), who.depot.time_zone))
    found = visits_by_period(
        session, who.depot_id, [newest.moved(-number) for number in range(MONTHS)]
    )
    return [NamedSums(_month_words(sums.first), sums) for sums in found]


def _month_words(first: date) -> str:
    return figures.day_in("long_month", first, current_reader())


def cards() -> ResponseReturnValue:
    """Show whether cards are used, and print some."""
    need_coordinator()
    return _cards_page(Form())


def _cards_page(form: Form) -> str:
    session, who = reader()
    form.values = {"language": reader_in("").language} | form.values
    return show_form(
        "visits/cards.html",
        form,
        is_on=uses_cards(session, who.depot_id),
        languages=offered_languages(),
    )


def save_setting() -> ResponseReturnValue:
    """Use cards, or use them no more."""
    need_coordinator()

    def done(outcome: Outcome[SavedVisitSetting]) -> ResponseReturnValue:
        on = outcome.answer.is_on
        show_message(
            _("Visits are counted by card.") if on else _("Cards are no longer asked for.")
        )
        return redirect(url_for("visits.cards"), 303)

    schema = VisitSettingSchema(form=True)
    return submit_form(schema, save_visit_setting, done=done, again=_cards_page)


def print_cards() -> ResponseReturnValue:
    """Send new cards to print. Nothing is kept of them: one is known when it is first used."""
    who = need_coordinator()
    values = {name: text for name, text in read_form().items() if name != "command_id"}
    try:
        order: CardOrder = load_form(CardOrderSchema(form=True), values=values)
    except ValidationError as error:
        return _cards_page(Form(values, sentences_of(error), 422)), 422
    rng = secrets.SystemRandom()
    reads = reader_in(order.language)
    made = [_card(new_card_code(rng), who.depot.name, reads) for _number in range(order.cards)]
    page = LETTER if who.depot.paper_size == "Letter" else A4
    left, top = (page.width - _ACROSS * _WIDTH) / 2, (page.height - _DOWN * _HEIGHT) / 2
    sheet = Sheet("cards", page, _WIDTH, _HEIGHT, _ACROSS, _DOWN, left, top, _WIDTH, _HEIGHT)
    answer = Response(sheet_pdf(made, sheet), content_type="application/pdf")
    answer.headers.set("Content-Disposition", "attachment", filename="visit-cards.pdf")
    keep_no_copy()
    return answer


def _card(code: str, depot: str, reads: Reader) -> CrateLabel:
    told = reads.gettext(N_("No name is kept with it."))
    return CrateLabel(code, code, depot, reads.gettext(N_("Visit card")), (told,))
