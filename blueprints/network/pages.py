"""Transfers: their list, one of them, sending, asking, receiving."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.api import base_url
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import (
    found_or_404,
    query_id,
    query_text,
    reader,
    show_answer,
    show_message,
)
from blueprints.network.actions import answer_receive, answer_send, run_receive, run_send
from blueprints.network.forms import (
    AskForm,
    AskFormSchema,
    OnlyIdSchema,
    ReceiveForm,
    ReceiveFormSchema,
    SendFormSchema,
)
from blueprints.words.amounts import typed_amount
from blueprints.words.listing.places import offered_places
from blueprints.words.network import transfers as words
from depot.base.actors import Actor
from depot.base.text import N_
from depot.items.queries import catalog
from depot.kernel.once import Outcome
from depot.network.commands.receiving import ReceivedTransfer
from depot.network.commands.sending import (
    DeclineTransfer,
    SentTransfer,
    TransferSaid,
    ask_transfer,
    decline_transfer,
)
from depot.network.links import PEER, linked_depots, peers
from depot.network.queries import transfers as query
from depot.network.queries.transfers import TransferRow
from labels.symbols.addresses import transfer_url

#: Lines of goods that an empty form offers.
LINES: Final = 3
#: A basket of some hundred crates; what is longer is no basket.
MAX_CRATES_TEXT: Final = 6_000


def index() -> ResponseReturnValue:
    """List what is on the way, what is asked for, and what is over."""
    session, who = reader()
    rows = query.listed_transfers(session, who.depot_id, query.CLOSED_SHOWN)
    return render_template(
        "network/transfers.html",
        who=who,
        here=[row for row in rows if row.is_open and row.direction == "in"],
        away=[row for row in rows if row.is_open and row.direction == "out"],
        over=[row for row in rows if not row.is_open],
        depots=[*linked_depots(session, who.depot_id), *peers(session, who.depot_id)],
        **_words(),
    )


def _words() -> dict[str, Any]:
    reads = current_reader()
    return {
        "title_of": partial(words.transfer_title, reader=reads),
        "goods_of": partial(words.transfer_goods, reader=reads),
        "when_of": partial(words.transfer_when, reader=reads),
        "colours": words.STATE_COLOURS,
        "facts_of": partial(words.line_facts, reader=reads),
    }


def _own(transfer_id: int) -> TransferRow:
    session, who = reader()
    return found_or_404(
        N_("transfer"), transfer_id, query.transfer_row(session, who.depot_id, transfer_id)
    )


def show(transfer_id: int) -> ResponseReturnValue:
    """Show a transfer: what it is, how far, and what became of each line."""
    session, who = reader()
    row = _own(transfer_id)
    return render_template(
        "network/transfer.html",
        who=who,
        transfer=row,
        state=_(words.STATE_WORDS[row.state]),
        entries=query.transfer_entries(session, who.depot_id, transfer_id),
        address=transfer_url(base_url(), row.code),
        outcome_of=partial(words.line_outcome, row=row, reader=current_reader()),
        **_words(),
    )


def ask_send() -> ResponseReturnValue:
    """Ask what goes where; what was asked for is filled in."""
    asked_id = query_id("asked")
    values: dict[str, Any] = {
        "to_depot": query_text("to"),
        "crate_codes": _scanned_crates(),
    }
    if asked_id is not None:
        values |= _asked_values(_own(asked_id))
    return _send_page(Form(values))


def _asked_values(row: TransferRow) -> dict[str, Any]:
    session, who = reader()
    slug = next(
        (one.slug for one in linked_depots(session, who.depot_id) if one.id == row.other_id), ""
    )
    values: dict[str, Any] = {"to_depot": slug, "asked_id": row.id}
    for index, line in enumerate(row.asked):
        values[f"lines-{index}-item"] = line.item
        amount = typed_amount(line.quantity, line.unit, who.depot.weight_unit)
        values[f"lines-{index}-amount"] = amount
    return values


def _send_page(form: Form) -> str:
    return _goods_page("network/send.html", form)


def _goods_page(template: str, form: Form) -> str:
    session, who = reader()
    depots = [(one.slug, one.name) for one in linked_depots(session, who.depot_id)]
    if template == "network/send.html":
        others = peers(session, who.depot_id)
        depots += [(f"{PEER}{one.id}", _("%(name)s, by a file", name=one.name)) for one in others]
    if len(depots) == 1:
        for name in ("to_depot", "from_depot"):
            form.values[name] = form.values.get(name) or depots[0][0]
    return show_form(
        template,
        form,
        who=who,
        depots=depots,
        lines=range(max(LINES, _filled(form) + 1)),
        items=[row.name for row in catalog.item_names(session, who.depot_id, with_loose=True)],
    )


def _filled(form: Form) -> int:
    """Return how many lines the form has up to the last one with something in it."""
    numbers = [int(name.split("-")[1]) for name in form.values if name.startswith("lines-")]
    return max(numbers, default=-1) + 1


def send() -> ResponseReturnValue:
    """Send it."""

    def done(outcome: Outcome[SentTransfer]) -> ResponseReturnValue:
        show_answer(answer_send(outcome), outcome)
        return redirect(url_for("transfers.show", transfer_id=outcome.answer.id), 303)

    return submit_form(SendFormSchema(form=True), run_send, done=done, again=_send_page)


def ask() -> ResponseReturnValue:
    """Ask which goods of which depot are wanted."""
    return _ask_page(Form({"from_depot": query_text("from"), "lines-0-item": query_text("item")}))


def _ask_page(form: Form) -> str:
    return _goods_page("network/ask.html", form)


def ask_for() -> ResponseReturnValue:
    """Ask the other depot for them."""

    def run(form: AskForm, who: Actor) -> Outcome[TransferSaid]:
        return ask_transfer(form.command(who), who)

    def done(outcome: Outcome[TransferSaid]) -> ResponseReturnValue:
        show_message(_("Asked. They see it on their Today page."))
        return redirect(url_for("transfers.show", transfer_id=outcome.answer.id), 303)

    return submit_form(AskFormSchema(form=True), run, done=done, again=_ask_page)


def ask_receive(transfer_id: int) -> ResponseReturnValue:
    """Ask what came."""
    return _receive_page(transfer_id, Form({"crate_codes": _scanned_crates()}))


def _scanned_crates() -> str:
    """Return the crates that the address brings along, as the field takes them: one in a line."""
    return "\n".join(request.args.get("crates", "")[:MAX_CRATES_TEXT].split(",")).strip()


def _receive_page(transfer_id: int, form: Form) -> str:
    session, who = reader()
    row = found_or_404(
        N_("transfer"), transfer_id, query.incoming_row(session, who.depot_id, transfer_id)
    )
    return show_form(
        "network/receive.html",
        form,
        who=who,
        transfer=row,
        places=offered_places().names(),
        items=[one.name for one in catalog.item_names(session, who.depot_id, with_loose=True)],
        **_words(),
    )


def receive(transfer_id: int) -> ResponseReturnValue:
    """Book what came."""

    def run(form: ReceiveForm, who: Actor) -> Outcome[ReceivedTransfer]:
        return run_receive(form, transfer_id, who)

    def done(outcome: Outcome[ReceivedTransfer]) -> ResponseReturnValue:
        show_answer(answer_receive(outcome), outcome)
        return redirect(url_for("transfers.show", transfer_id=transfer_id), 303)

    return submit_form(
        ReceiveFormSchema(form=True),
        run,
        done=done,
        again=lambda form: _receive_page(transfer_id, form),
    )


def decline(asked_id: int) -> ResponseReturnValue:
    """Say that what was asked for does not go."""
    _own(asked_id)

    def run(form: Any, who: Actor) -> Outcome[TransferSaid]:
        command = DeclineTransfer(command_id=form.command_id, transfer_id=asked_id)
        return decline_transfer(command, who)

    def done(_outcome: Outcome[TransferSaid]) -> ResponseReturnValue:
        show_message(_("It is not sent, and both depots see that."))
        return redirect(url_for("transfers.show", transfer_id=asked_id), 303)

    def again(form: Form) -> ResponseReturnValue:
        for sentence in form.errors.get("form", []):
            show_message(sentence, kind="problem")
        return show(asked_id)

    return submit_form(OnlyIdSchema(form=True), run, done=done, again=again)
