"""What agencies ask for: the list, one request, its answer, and handing it over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.fields import CommandSchema
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import need_coordinator
from blueprints.frame.language import current_reader
from blueprints.frame.security import secret_key
from blueprints.frame.web import found_or_404, query_id, reader, show_message
from blueprints.partners import words
from blueprints.partners.requests_schemas import (
    MORE_ROWS,
    DeclineForm,
    HandOverForm,
    NewRequestForm,
    TypedRequest,
    WithdrawForm,
    approve_form,
    goods_field,
    typed_goods,
)
from blueprints.words.amounts import base_quantity, typed_amount, unit_of, units_of
from depot.base.actors import Actor
from depot.base.clock import local_day, utc_now
from depot.base.text import N_
from depot.items.queries import catalog
from depot.kernel.once import Outcome
from depot.partners.commands.answers import ApproveRequest, approve_request, decline_request
from depot.partners.commands.hand_over import HandedOver, HandOverRequest, hand_over_request
from depot.partners.commands.requests import AskForGoods, ask_for_goods, withdraw_request
from depot.partners.queries import requests as query
from depot.partners.queries.agencies import list_agencies, said_by
from depot.partners.queries.requests import RequestRow
from depot.partners.request_state import RequestedGoods, SavedRequest
from depot.people.tries import Try, begin_tries
from depot.words import figures

#: So many empty lines are offered for what somebody writes down.
_NEW_ROWS: Final = 8


def index() -> str:
    """List what waits for an answer or to be handed over, and what is settled."""
    session, who = reader()
    return render_template(
        "partners/requests.html",
        who=who,
        waiting=query.open_requests(
            session, who.depot_id, local_day(utc_now(), who.depot.time_zone)
        ),
        settled=query.settled_requests(session, who.depot_id),
        agencies=list_agencies(session, who.depot_id),
        **request_words(),
    )


def request_words() -> dict[str, Any]:
    """Return what templates tell of requests with."""
    reads = current_reader()
    return {
        "kinds": words.KINDS,
        "standing": partial(words.standing_word, reader=reads),
        "when": partial(words.request_when, reader=reads),
        "asked_text": partial(words.asked_words, reader=reads),
        "said_text": partial(words.said_words, reader=reads),
    }


def show(request_id: int) -> str:
    """Show one request: its lines, its answer, what is to do next."""
    return _page(_own(request_id), Form())


def _own(request_id: int) -> RequestRow:
    session, who = reader()
    return found_or_404(
        N_("request"), request_id, query.find_request(session, who.depot_id, request_id)
    )


def _page(row: RequestRow, form: Form) -> str:
    session, who = reader()
    reads = current_reader()
    today = local_day(utc_now(), who.depot.time_zone)
    proposed = (
        query.proposals(session, who.depot_id, row, today)
        if row.standing == "asked" and who.is_coordinator
        else {}
    )
    if not form.values:
        form.values = {
            goods_field(line.item_id): typed_amount(
                proposed[line.item_id].share, line.unit, who.depot.weight_unit
            )
            for line in row.lines
            if line.item_id in proposed
        }
        form.values["starts_at"] = f"{max(row.needed_on, today)}T12:00"
    drawing = query.signature_of(session, who.depot_id, row.entry_id) if row.entry_id else None
    return show_form(
        "partners/request.html",
        form,
        who=who,
        row=row,
        said=next(iter(said_by(session, who.depot_id, row.partner_id, 1)), None),
        fields=[(line, goods_field(line.item_id), _proposed(proposed, line)) for line in row.lines],
        drawing=drawing if row.signed_how == "drawn" else None,
        signed=words.signed_words(row, reads),
        story=words.request_story(row, reads),
        **request_words(),
    )


def _proposed(proposed: Mapping[int, query.Proposal], line: query.RequestLine) -> str:
    found = proposed.get(line.item_id)
    return "" if found is None else words.proposal_words(found, line, current_reader())


def approve(request_id: int) -> ResponseReturnValue:
    """Promise what was asked for, or a part of it."""
    row = _own(request_id)
    depot = need_coordinator().depot
    units = {line.item_id: line.unit for line in row.lines}

    def run(typed: TypedRequest, by: Actor) -> Outcome[SavedRequest]:
        command = ApproveRequest(
            command_id=typed.command_id,
            request_id=row.id,
            lines=typed_goods(typed.goods, units, depot.weight_unit),
            starts_at=typed.starts_at,
            answer=typed.answer,
        )
        return approve_request(command, by)

    def done(outcome: Outcome[SavedRequest]) -> ResponseReturnValue:
        show_message(_("Approved. It is to be packed for %(name)s.", name=outcome.answer.agency))
        return redirect(url_for("requests.show", request_id=row.id), 303)

    return submit_form(
        approve_form(depot.time_zone), run, done=done, again=lambda form: _page(row, form)
    )


def decline(request_id: int) -> ResponseReturnValue:
    """Say no, or take an approval back."""
    row = _own(request_id)
    sentence = _("Declined. %(name)s reads why on its page.", name=row.agency)
    return _end(row, DeclineForm(form=True), decline_request, sentence)


def withdraw(request_id: int) -> ResponseReturnValue:
    """Take a request back for an agency that rang."""
    row = _own(request_id)
    sentence = _("Withdrawn: %(name)s does not ask for it any more.", name=row.agency)
    return _end(row, WithdrawForm(form=True), withdraw_request, sentence)


def _end(
    row: RequestRow,
    schema: CommandSchema,
    run: Callable[[Any, Actor], Outcome[SavedRequest]],
    sentence: str,
) -> ResponseReturnValue:
    """Do what ends a request, and go back to the list."""

    def done(_outcome: Outcome[SavedRequest]) -> ResponseReturnValue:
        show_message(sentence)
        return redirect(url_for("requests.index"), 303)

    return submit_form(
        schema,
        lambda command, by: run(replace(command, request_id=row.id), by),
        done=done,
        again=lambda form: _page(row, form),
    )


def new() -> str:
    """Ask what an agency that rang wants."""
    return _new_page(Form({"partner_id": str(query_id("agency") or "")}))


def _new_page(form: Form) -> str:
    session, who = reader()
    agencies = list_agencies(session, who.depot_id)
    return show_form(
        "partners/new_request.html",
        form,
        agencies=[(row.partner_id, row.name) for row in agencies if not row.archived],
        items=[row.name for row in catalog.item_names(session, who.depot_id, with_loose=True)],
        rows=range(_NEW_ROWS),
        today=local_day(utc_now(), who.depot.time_zone).isoformat(),
    )


def create() -> ResponseReturnValue:
    """Write it down."""

    def run(typed: TypedRequest, by: Actor) -> Outcome[SavedRequest]:
        command = AskForGoods(
            command_id=typed.command_id,
            partner_id=typed.partner_id,
            needed_on=typed.day,
            lines=_named_goods(typed),
            is_delivered=typed.is_delivered,
            note=typed.note,
        )
        return ask_for_goods(command, by)

    def done(outcome: Outcome[SavedRequest]) -> ResponseReturnValue:
        show_message(_("Written down for %(name)s.", name=outcome.answer.agency))
        return redirect(url_for("requests.show", request_id=outcome.answer.id), 303)

    return submit_form(NewRequestForm(form=True), run, done=done, again=_new_page)


def _named_goods(typed: TypedRequest) -> tuple[RequestedGoods, ...]:
    """Return the lines that name their item, in base units. Raises ValidationError."""
    session, who = reader()
    units = units_of(catalog.item_names(session, who.depot_id, with_loose=True))
    unit = who.depot.weight_unit
    return tuple(
        RequestedGoods(
            line.item,
            base_quantity(
                line.amount, unit_of(units, line.item, line.amount), unit, ["lines", at, "amount"]
            ),
        )
        for at, line in enumerate(typed.lines)
    )


def hand_over_try(by: Actor, request_id: int) -> Try:
    """Return the try at the code of a request: six digits are few."""
    return Try("hand-over", f"{by.depot_id} {request_id}")


def ask_hand_over(request_id: int) -> str:
    """Ask what was really taken, and who signs."""
    row = _own(request_id)
    _session, who = reader()
    values = {
        goods_field(line.item_id): typed_amount(line.approved, line.unit, who.depot.weight_unit)
        for line in row.lines
        if line.approved
    }
    return _hand_over_page(row, Form(values))


def _hand_over_page(row: RequestRow, form: Form) -> str:
    session, who = reader()
    reads = current_reader()
    return show_form(
        "partners/hand_over.html",
        form,
        row=row,
        fields=[
            (
                line,
                goods_field(line.item_id),
                figures.quantity(line.approved or 0, line.unit, reads),
            )
            for line in row.lines
            if line.approved
        ],
        items=[one.name for one in catalog.item_names(session, who.depot_id, with_loose=True)],
        more_rows=range(MORE_ROWS),
        **request_words(),
    )


def hand_over(request_id: int) -> ResponseReturnValue:
    """Book what was taken."""
    row = _own(request_id)
    key = secret_key()
    units = {line.item_id: line.unit for line in row.lines}

    def run(typed: TypedRequest, by: Actor) -> Outcome[HandedOver]:
        if typed.code:
            begin_tries(hand_over_try(by, row.id))
        known = typed_goods(typed.goods, units, by.depot.weight_unit)
        command = HandOverRequest(
            command_id=typed.command_id,
            request_id=row.id,
            lines=(*known, *_named_goods(typed)),
            signed_by=typed.signed_by,
            code=typed.code,
            signature=typed.signature,
            note=typed.note,
            occurred_at=typed.occurred_at,
        )
        return hand_over_request(command, by, key)

    def done(outcome: Outcome[HandedOver]) -> ResponseReturnValue:
        show_message(_("%(name)s has it.", name=row.agency), outcome)
        return redirect(url_for("requests.show", request_id=row.id), 303)

    return submit_form(
        HandOverForm(form=True), run, done=done, again=lambda form: _hand_over_page(row, form)
    )
