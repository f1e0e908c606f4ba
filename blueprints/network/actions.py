"""What pages and phones do alike: send, and receive; and the sentences that answer."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.frame.language import current_reader
from blueprints.frame.web import Answer
from blueprints.network.forms import ReceiveForm, SendForm
from depot.base.actors import Actor
from depot.base.errors import NotFound
from depot.base.text import N_
from depot.db.database import current_session
from depot.kernel.answers import BookedGoods
from depot.kernel.once import Outcome
from depot.network.commands.receiving import LackingGoods, ReceivedTransfer, receive_transfer
from depot.network.commands.sending import SentTransfer, send_transfer
from depot.network.queries.transfers import transfer_row
from depot.words import figures

_NAMED = 3


def run_send(form: SendForm, who: Actor) -> Outcome[SentTransfer]:
    """Do what the page "Send" asks for. Raises ValidationError, DepotError."""
    return send_transfer(form.command(who), who)


def answer_send(outcome: Outcome[SentTransfer]) -> Answer:
    """Say what is on the way."""
    sent = outcome.answer
    return Answer(
        _("On the way to %(depot)s: %(what)s.", depot=sent.to_depot, what=_goods(sent)),
        href=url_for("transfers.show", transfer_id=sent.id),
        link_text=_("See it"),
    )


def run_receive(form: ReceiveForm, transfer_id: int, who: Actor) -> Outcome[ReceivedTransfer]:
    """Do what the page "Receive" asks for. Raises ValidationError, DepotError."""
    row = transfer_row(current_session(), who.depot_id, transfer_id)
    if row is None or row.direction != "in":
        raise NotFound(what=N_("transfer"), name=str(transfer_id))
    return receive_transfer(form.command(row, who), who)


def answer_receive(outcome: Outcome[ReceivedTransfer]) -> Answer:
    """Say what came, and what is missing or broken."""
    came = outcome.answer
    told = [_("From %(depot)s: %(what)s.", depot=came.from_depot, what=_goods(came))]
    for sentence, lacking in (
        (N_("Missing: %(what)s."), [(one, one.missing) for one in came.missing if one.missing]),
        (N_("Broken: %(what)s."), [(one, one.damaged) for one in came.missing if one.damaged]),
    ):
        if lacking:
            told.append(_(sentence, what=_lacking(lacking)))
    return Answer(
        " ".join(told),
        href=url_for("transfers.show", transfer_id=came.id),
        link_text=_("See it"),
    )


def _goods(said: SentTransfer | ReceivedTransfer) -> str:
    parts = []
    if said.crate_codes:
        count = len(said.crate_codes)
        parts.append(ngettext("%(num)s crate", "%(num)s crates", count))
    parts += [_amount_of(line) for line in said.lines[:_NAMED]]
    more = len(said.lines) - _NAMED
    if more > 0:
        parts.append(ngettext("%(num)s more", "%(num)s more", more))
    return ", ".join(parts) or _("nothing")


def _amount_of(line: BookedGoods) -> str:
    amount = figures.quantity(line.quantity, line.unit, current_reader())
    return str(_("%(item)s (%(amount)s)", item=line.item, amount=amount))


def _lacking(lines: list[tuple[LackingGoods, int]]) -> str:
    return ", ".join(
        _(
            "%(item)s (%(amount)s)",
            item=line.item,
            amount=figures.quantity(quantity, line.unit, current_reader()),
        )
        for line, quantity in lines[:_NAMED]
    )
