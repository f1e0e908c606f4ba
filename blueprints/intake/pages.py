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
from blueprints.intake.picks import goods_picks, repeat_values, source_kinds, source_picks
from blueprints.intake.scans import fill_from_scan
from blueprints.intake.schemas import donation_schema
from blueprints.words.needs import bring_note
from blueprints.words.scans import SCAN_FIELD, read_scan_argument, strip_control_characters
from depot.base.clock import utc_now
from depot.intake.commands.receipts import ReceivedGoods, receive_goods
from depot.intake.queries import find_receipt, usual_categories
from depot.items.queries import catalog
from depot.kernel.once import Outcome
from depot.words import figures

#: Lines of items on the page; another delivery takes the rest.
EMPTY_LINES = 8
RECENT_PARTNERS = 5
USUAL_PERIOD = timedelta(days=28)


def new() -> ResponseReturnValue:
    """Ask who brought what; `again` fills in an earlier delivery."""
    session, who = reader()
    earlier = find_receipt(session, who.depot_id, query_id("again") or 0)
    values: dict[str, Any] = {"source": "anyone"}
    if earlier:
        partners = catalog.partners_recent(session, who.depot_id, RECENT_PARTNERS)
        values = repeat_values(earlier, partners, who.depot.weight_unit)
    if crate := request.args.get("crate", ""):
        values["crate_code"] = crate[:40]
    form = Form(values)
    if text := read_scan_argument():
        form = fill_from_scan(form, text, EMPTY_LINES, who.depot.weight_unit)
    return _page(form)


def _page(form: Form) -> str:
    session, who = reader()
    partners = catalog.partners_recent(session, who.depot_id, RECENT_PARTNERS)
    usual = usual_categories(
        session, who.depot_id, figures.to_local(utc_now(), current_reader()).date() - USUAL_PERIOD
    )
    whats, others = goods_picks(catalog.categories(session, who.depot_id), usual)
    return show_form(
        "intake/new.html",
        form,
        sources=source_picks(partners),
        kinds=source_kinds(),
        whats=whats,
        others=others,
        other_open=any(value == form.values.get("what") for value, _text in others),
        items=[row.name for row in catalog.item_names(session, who.depot_id)],
        unit=who.depot.weight_unit,
        lines=range(EMPTY_LINES),
        door=bring_note(session, who),
    )


def create() -> ResponseReturnValue:
    """Book the delivery; a code that was scanned and not looked up yet is looked up first."""
    if request.form.get(SCAN_FIELD, "").strip():
        return look()
    schema = donation_schema(actor().depot.weight_unit)
    return submit_form(schema, receive_goods, done=_saved, again=_page)


def look() -> ResponseReturnValue:
    """Fill in what a scanned code says; nothing is booked."""
    text = strip_control_characters(request.form.get(SCAN_FIELD, ""))
    return _page(fill_from_scan(Form(read_form()), text, EMPTY_LINES, actor().depot.weight_unit))


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
    href = url_for("intake.new", again=outcome.entry_id)
    return Answer(_("Saved: %(what)s", what=told), href=href, link_text=_("Same again"))
