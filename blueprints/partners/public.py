"""The pages of one agency, for whoever holds its link: what is offered, and what it asked for.

It sees what is free and never more, its own requests, and nothing else of the depot.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Any, Final
from uuid import uuid4

from flask import Response, make_response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError
from werkzeug.exceptions import NotFound

from blueprints.frame.errors import message_of, status_of
from blueprints.frame.fields import CommandSchema
from blueprints.frame.forms import Form, load_form, read_form, sentences_of, show_form
from blueprints.frame.guards import token_hash
from blueprints.frame.language import current_reader, speak_to
from blueprints.frame.security import client_address, keep_quiet, secret_key
from blueprints.partners import words
from blueprints.partners.requests_schemas import (
    AskForm,
    StateForm,
    TypedRequest,
    WithdrawForm,
    goods_field,
    typed_goods,
)
from blueprints.words.amounts import typed_amount
from depot.base.actors import Actor
from depot.base.clock import local_day, utc_now
from depot.base.errors import CommandIdReused, DepotError, LinkExpired, StorageUnavailable
from depot.db.database import current_session
from depot.partners.commands.agencies import AGENCY, StateAgency, state_agency
from depot.partners.commands.hand_over import hand_over_code
from depot.partners.commands.requests import (
    AskForGoods,
    ChangeRequest,
    WithdrawRequest,
    ask_for_goods,
    change_request,
    withdraw_request,
)
from depot.partners.offers import Offer, free_goods
from depot.partners.queries import requests as query
from depot.partners.queries.agencies import LinkHolder, find_link_holder, said_by
from depot.partners.queries.requests import RequestRow
from depot.people.tries import Try, begin_tries
from depot.words import figures

#: So many kinds of goods stand in the form; a name in the list finds the rest on another day.
_MOST_OFFERS: Final = 300


def home(secret: str) -> Response:
    """Show what is offered, what was asked for, and what the agency said of itself."""
    return _home(_holder(secret), secret, Form())


def state(secret: str) -> ResponseReturnValue:
    """Keep how many people the agency serves, and what it needs."""
    holder = _holder(secret)

    def run(command: StateAgency) -> object:
        return state_agency(replace(command, partner_id=holder.partner_id), _actor(holder))

    again = partial(_home, holder, secret)
    return _submit(secret, StateForm(form=True), run, again, _at("home", secret))


def ask(secret: str) -> Response:
    """Ask what the agency wants, and by when."""
    holder = _holder(secret)
    return _ask_page(holder, secret, Form())


def create(secret: str) -> ResponseReturnValue:
    """Keep what it asks for."""
    holder = _holder(secret)

    def run(typed: TypedRequest) -> object:
        command = AskForGoods(
            command_id=typed.command_id, partner_id=holder.partner_id, **_said(typed, holder)
        )
        return ask_for_goods(command, _actor(holder))

    again = partial(_ask_page, holder, secret)
    return _submit(secret, AskForm(form=True), run, again, _at("home", secret))


def show(secret: str, request_id: int) -> Response:
    """Show one request, to be changed while it is not answered."""
    holder = _holder(secret)
    row = _own(holder, request_id)
    if row.standing != "asked":
        return _shown(holder, secret, row)
    return _change_page(holder, secret, row, Form(_typed(row, holder)))


def change(secret: str, request_id: int) -> ResponseReturnValue:
    """Keep what it asks for now."""
    holder = _holder(secret)
    row = _own(holder, request_id)

    def run(typed: TypedRequest) -> object:
        command = ChangeRequest(
            command_id=typed.command_id,
            request_id=row.id,
            partner_id=holder.partner_id,
            **_said(typed, holder, row),
        )
        return change_request(command, _actor(holder))

    again = partial(_change_page, holder, secret, row)
    return _submit(secret, AskForm(form=True), run, again, _at("home", secret))


def withdraw(secret: str, request_id: int) -> ResponseReturnValue:
    """Take it back."""
    holder = _holder(secret)
    row = _own(holder, request_id)

    def run(command: WithdrawRequest) -> object:
        own = replace(command, request_id=row.id, partner_id=holder.partner_id)
        return withdraw_request(own, _actor(holder))

    again = partial(_change_page, holder, secret, row)
    return _submit(secret, WithdrawForm(form=True), run, again, _at("home", secret))


def _holder(secret: str) -> LinkHolder:
    """Return whose link it is, and speak their language. Raises LinkExpired."""
    found = find_link_holder(current_session(), token_hash(secret))
    if found is None:
        raise LinkExpired()
    speak_to(found.depot, found.language)
    return found


def _actor(holder: LinkHolder) -> Actor:
    return Actor(holder.depot, AGENCY, holder.name)


def _own(holder: LinkHolder, request_id: int) -> RequestRow:
    session = current_session()
    found = query.find_request(session, holder.depot.id, request_id, holder.partner_id)
    if found is None:
        raise NotFound()
    return found


def _at(page: str, secret: str) -> str:
    return url_for(f"agency_public.{page}", secret=secret)


def _submit(
    secret: str,
    schema: CommandSchema,
    run: Callable[[Any], object],
    again: Callable[[Form], Response],
    then: str,
) -> ResponseReturnValue:
    """Load, run and go on; else show the form again with what was typed. Tries are counted."""
    kept = dict(read_form())
    try:
        begin_tries(Try("agency", f"{token_hash(secret)}\n{client_address()}"))
        run(load_form(schema))
    except ValidationError as error:
        return _with_status(again(Form(kept, sentences_of(error))), 422)
    except StorageUnavailable:
        raise
    except CommandIdReused as error:
        kept |= {"command_id": str(uuid4())}
        sentence = _("This form was already saved once. If this is something new, save it again.")
        return _with_status(again(Form(kept, {"form": [sentence]})), status_of(error))
    except DepotError as error:
        return _with_status(again(Form(kept, {"form": [message_of(error)]})), status_of(error))
    return keep_quiet(make_response(redirect(then, 303)))


def _said(typed: TypedRequest, holder: LinkHolder, row: RequestRow | None = None) -> dict[str, Any]:
    """Return what was typed as a command has it. Raises ValidationError, UnknownItem."""
    units = {offer.item_id: offer.unit for offer in _offers(holder)}
    units |= {line.item_id: line.unit for line in row.lines} if row else {}
    return {
        "needed_on": typed.day,
        "lines": typed_goods(typed.goods, units, holder.depot.weight_unit),
        "is_delivered": typed.is_delivered,
        "note": typed.note,
    }


def _offers(holder: LinkHolder) -> list[Offer]:
    today = local_day(utc_now(), holder.depot.time_zone)
    return free_goods(current_session(), holder.depot.id, today, today)[:_MOST_OFFERS]


def _typed(row: RequestRow, holder: LinkHolder) -> dict[str, Any]:
    unit = holder.depot.weight_unit
    amounts = {
        goods_field(line.item_id): typed_amount(line.asked, line.unit, unit) for line in row.lines
    }
    return amounts | {
        "needed_on": row.needed_on.isoformat(),
        "note": row.note,
        "is_delivered": "yes" if row.is_delivered else "",
    }


def _home(holder: LinkHolder, secret: str, form: Form) -> Response:
    session = current_session()
    said = said_by(session, holder.depot.id, holder.partner_id, 5)
    if not form.values and said:
        form.values = {"people": said[0].people, "per": said[0].per, "needs": said[0].needs}
    requests = query.requests_of(session, holder.depot.id, holder.partner_id, 50)
    return _answer(
        "partners/public_home.html",
        holder,
        secret,
        form,
        shelves=_shelves(_offers(holder)),
        said=said,
        per=[(per, _(word)) for per, word in words.PER_WORDS.items()],
        waiting=[row for row in requests if row.standing in query.OPEN],
        settled=[row for row in requests if row.standing not in query.OPEN],
    )


def _shelves(offers: list[Offer]) -> list[tuple[str, list[Offer]]]:
    """Return what is offered by category."""
    return [(name, list(found)) for name, found in groupby(offers, lambda one: one.category)]


def _ask_page(
    holder: LinkHolder, secret: str, form: Form, row: RequestRow | None = None
) -> Response:
    offers = _offers(holder)
    offered = {offer.item_id for offer in offers}
    return _answer(
        "partners/public_ask.html",
        holder,
        secret,
        form,
        row=row,
        shelves=_shelves(offers),
        gone=[line for line in row.lines if line.item_id not in offered] if row else [],
        goods_field=goods_field,
        unit_of=lambda unit: figures.unit_beside(unit, current_reader()),
        today=local_day(utc_now(), holder.depot.time_zone).isoformat(),
    )


def _change_page(holder: LinkHolder, secret: str, row: RequestRow, form: Form) -> Response:
    if row.standing != "asked":
        return _shown(holder, secret, row, form)
    return _ask_page(holder, secret, form, row)


def _shown(holder: LinkHolder, secret: str, row: RequestRow, form: Form | None = None) -> Response:
    key = secret_key()
    is_ready = row.standing in ("approved", "packed")
    code = hand_over_code(key, holder.depot.id, row.id) if is_ready else ""
    return _answer(
        "partners/public_request.html",
        holder,
        secret,
        form or Form(),
        row=row,
        code=f"{code[:3]} {code[3:]}",
        has_code=is_ready,
        signed=words.signed_words(row, current_reader()),
    )


def _answer(template: str, holder: LinkHolder, secret: str, form: Form, **context: Any) -> Response:
    reads = current_reader()
    html = show_form(
        template,
        form,
        depot_name=holder.depot.name,
        agency=holder.name,
        secret=secret,
        kinds=words.KINDS,
        standing=partial(words.standing_word, reader=reads, for_agency=True),
        when=partial(words.request_when, reader=reads),
        asked_text=partial(words.asked_words, reader=reads),
        said_text=partial(words.said_words, reader=reads),
        **context,
    )
    return keep_quiet(Response(html, content_type="text/html; charset=utf-8"))


def _with_status(response: Response, status: int) -> Response:
    response.status_code = status
    return response
