"""Donation at the door: four taps and one number."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, read_form, show_form, submit_form
from blueprints.frame.guards import actor
from blueprints.frame.language import current_reader
from blueprints.frame.web import Answer, query_id, reader, show_answer
from blueprints.intake.lines import add_line, drop_line, item_rows, weighed_rows
from blueprints.intake.picks import goods_picks, repeat_values, source_kinds, source_picks
from blueprints.intake.scans import fill_from_scan
from blueprints.intake.schemas import (
    DonationForm,
    DoorUnits,
    donation_schema,
    receipt_command,
)
from blueprints.intake.words import donation_texts
from blueprints.words.amounts import grams_per, units_of
from blueprints.words.needs import bring_note
from blueprints.words.scan_fields import (
    SCAN_FIELD,
    look_up_scan,
    read_scan_argument,
    strip_control_characters,
)
from depot.base.actors import Actor
from depot.base.clock import local_day, utc_now
from depot.base.periods import day_begins
from depot.db.database import current_session
from depot.intake.commands.receipts import ReceivedGoods, receive_goods
from depot.intake.queries import (
    crates_in_sight,
    find_receipt,
    tare_boxes,
    usual_categories,
)
from depot.items.queries import catalog
from depot.items.queries.catalog import PartnerChoice
from depot.kernel.once import Outcome
from depot.words import figures

#: A passer-by, so many partners and somebody else: two rows of buttons on a phone.
RECENT_PARTNERS = 4
USUAL_PERIOD = timedelta(days=28)
#: Crates that can be chosen without their code.
CRATES_SHOWN = 6
#: The button of a line that takes it off again; its value is the line's number.
DROP = "drop"


def new() -> ResponseReturnValue:
    """Ask who brought what; `again` fills in an earlier delivery."""
    session, who = reader()
    earlier = find_receipt(session, who.depot_id, query_id("again") or 0)
    values: dict[str, Any] = {"source": "anyone"}
    if earlier:
        values = repeat_values(earlier, _partners(), who.depot.weight_unit)
    values |= _started()
    form = Form(values)
    if text := read_scan_argument():
        form = fill_from_scan(form, text, who.depot.weight_unit)
    return _page(form)


def _started() -> dict[str, str]:
    """Return what every line begins with: the crate that the address names."""
    crate = request.args.get("crate", "")
    return {"crate_code": crate[:40]} if crate else {}


def _partners() -> list[PartnerChoice]:
    """Return those who have a button: what comes in today moves none of them."""
    session, who = reader()
    today = day_begins(local_day(utc_now(), who.depot.time_zone), who.depot.time_zone)
    return catalog.partners_recent(session, who.depot_id, RECENT_PARTNERS, today)


def _page(form: Form) -> str:
    session, who = reader()
    today = figures.to_local(utc_now(), current_reader()).date()
    usual = usual_categories(session, who.depot_id, today - USUAL_PERIOD, today)
    categories = catalog.categories(session, who.depot_id)
    whats, others = goods_picks(categories, usual)
    boxes = tare_boxes(session, who.depot_id)
    names = {str(category.id): category.name for category in categories}
    return show_form(
        "intake/new.html",
        form,
        sources=source_picks(_partners()),
        kinds=source_kinds(),
        whats=whats,
        others=others,
        other_open=any(value == form.values.get("what") for value, _text in others),
        items=[row.name for row in catalog.item_names(session, who.depot_id)],
        unit=who.depot.weight_unit,
        unit_grams=grams_per(who.depot.weight_unit),
        donation_words=donation_texts(current_reader()),
        weighed=weighed_rows(form.values, names, boxes),
        lines=item_rows(form.values),
        boxes=boxes,
        crates=crates_in_sight(session, who.depot_id, CRATES_SHOWN),
        door=bring_note(session, who),
    )


def create() -> ResponseReturnValue:
    """Book the delivery; a code that was scanned and not looked up yet is looked up first."""
    if request.form.get(SCAN_FIELD, "").strip():
        return look()
    schema = donation_schema(actor().depot.weight_unit)
    return submit_form(schema, run_donation, done=_saved, again=_page)


def run_donation(form: DonationForm, who: Actor) -> Outcome[ReceivedGoods]:
    """Book what the page "Donation at the door" says. Raises ValidationError, DepotError."""
    items = catalog.item_names(current_session(), who.depot_id)
    units = DoorUnits(who.depot.weight_unit, units_of(items), _unit_of_code)
    return receive_goods(receipt_command(form, units), who)


def _unit_of_code(text: str) -> str | None:
    meaning = look_up_scan(text).meaning
    return meaning.unit if meaning else None


def look() -> ResponseReturnValue:
    """Fill in what a scanned code says; nothing is booked."""
    text = strip_control_characters(request.form.get(SCAN_FIELD, ""))
    return _page(fill_from_scan(Form(read_form()), text, actor().depot.weight_unit))


def line() -> ResponseReturnValue:
    """Make a line of the kind that is being weighed, or take one off; nothing is booked."""
    values = read_form()
    if index := values.pop(DROP, ""):
        return _page(drop_line(values, index))
    form = add_line(values, actor().depot.weight_unit, _started())
    return _page(form), form.status


def _saved(outcome: Outcome[ReceivedGoods]) -> ResponseReturnValue:
    show_answer(answer_receipt(outcome), outcome)
    if crate := request.form.get("crate_code", "").strip():
        return redirect(url_for("codes.follow", code=crate), 303)
    return redirect(url_for("today.show"), 303)


def answer_receipt(outcome: Outcome[ReceivedGoods]) -> Answer:
    """Say what came in, with a way to log the same again."""
    told = ", ".join(
        _(
            "%(item)s, %(amount)s",
            item=line.item,
            amount=figures.quantity(line.quantity, line.unit, current_reader()),
        )
        for line in outcome.answer.lines[:3]
    )
    more = len(outcome.answer.lines) - 3
    if more > 0:
        told = _("%(told)s and %(count)s more", told=told, count=more)
    partner = outcome.answer.partner
    said = _("Saved from %(partner)s: %(what)s", partner=partner, what=told)
    href = url_for("intake.new", again=outcome.entry_id)
    return Answer(
        said if partner else _("Saved: %(what)s", what=told), href=href, link_text=_("Same again")
    )
