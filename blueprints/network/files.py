"""Transfers between servers: the signed file, taking one, and whose keys are accepted."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.edge.bodies import FILE_BYTES
from blueprints.frame.forms import Form, read_form, show_form, submit_form
from blueprints.frame.security import secret_key
from blueprints.frame.web import found_or_404, reader, show_message
from blueprints.network.codes import read_sent
from blueprints.network.forms import (
    FileForm,
    FileFormSchema,
    OnlyId,
    OnlyIdSchema,
    PeerForm,
    PeerFormSchema,
)
from depot.base.actors import Actor
from depot.base.text import N_
from depot.kernel.answers import SavedId
from depot.kernel.once import Outcome
from depot.network.commands.files import (
    AcceptPeer,
    ConfirmArrival,
    ForgetPeer,
    TakeFile,
    accept_peer,
    confirm_arrival,
    forget_peer,
    take_file,
)
from depot.network.links import peers
from depot.network.parts import split_file
from depot.network.queries.files import transfer_file
from depot.network.signing import fingerprint, public_key
from labels.symbols.qr import qr_symbol


def index() -> ResponseReturnValue:
    """Show the depot's own key, and whose keys are accepted."""
    return _page(Form())


def _page(form: Form) -> str:
    session, who = reader()
    key = public_key(secret_key(), who.depot_id)
    return show_form(
        "network/peers.html",
        form,
        key=[key[at : at + 8] for at in range(0, len(key), 8)],
        fingerprint=fingerprint(key),
        peers=[
            (one.id, one.name, one.accepted_at, fingerprint(one.public_key))
            for one in peers(session, who.depot_id)
        ],
    )


def accept() -> ResponseReturnValue:
    """Accept the key of a depot on another server."""

    def run(form: PeerForm, who: Actor) -> Outcome[SavedId]:
        command = AcceptPeer(command_id=form.command_id, name=form.name, key=form.key)
        return accept_peer(command, who)

    def done(_outcome: Outcome[SavedId]) -> ResponseReturnValue:
        show_message(_("Accepted. Files that it signs can be taken, and goods sent to it."))
        return redirect(url_for("network.peers"), 303)

    return submit_form(PeerFormSchema(form=True), run, done=done, again=_page)


def forget(peer_id: int) -> ResponseReturnValue:
    """Take no file of that depot any more."""

    def run(form: OnlyId, who: Actor) -> Outcome[SavedId]:
        return forget_peer(ForgetPeer(command_id=form.command_id, peer_id=peer_id), who)

    def done(_outcome: Outcome[SavedId]) -> ResponseReturnValue:
        show_message(_("Its files are not taken any more."))
        return redirect(url_for("network.peers"), 303)

    return submit_form(OnlyIdSchema(form=True), run, done=done, again=_page)


def download(filed_id: int) -> Response:
    """Send the signed file of a transfer to another server."""
    session, who = reader()
    found = transfer_file(session, who, filed_id, secret_key())
    text = found_or_404(N_("transfer"), filed_id, found)
    name = f"transfer-{filed_id}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, mimetype="application/json", headers=headers)


def codes(filed_id: int) -> str:
    """Show the signed file of a small transfer as QR codes; of a larger one, that it is none."""
    session, who = reader()
    found = transfer_file(session, who, filed_id, secret_key())
    text = found_or_404(N_("transfer"), filed_id, found)
    return render_template(
        "network/codes.html", who=who, filed_id=filed_id, parts=split_file(text), qr=qr_symbol
    )


def ask_file() -> ResponseReturnValue:
    """Ask for the file of a transfer from another server."""
    return _file_page(Form())


def _file_page(form: Form) -> str:
    return show_form("network/take_file.html", form)


def take() -> ResponseReturnValue:
    """Put the transfer that a file or its codes tell of on the list of what is on its way."""
    values: dict[str, Any] = read_form()
    sent = request.files.get("file")
    data = sent.stream.read(FILE_BYTES) if sent is not None else b""

    def run(form: FileForm, who: Actor) -> Outcome[SavedId]:
        text = read_sent(data or form.file.encode(), form.codes)
        return take_file(TakeFile(command_id=form.command_id, file=text), who, secret_key())

    def done(outcome: Outcome[SavedId]) -> ResponseReturnValue:
        show_message(_("It is signed, sealed and on its way. Receive it when it is here."))
        return redirect(url_for("transfers.show", transfer_id=outcome.answer.id), 303)

    return submit_form(FileFormSchema(form=True), run, done=done, again=_file_page, values=values)


def confirm(filed_id: int) -> ResponseReturnValue:
    """Say that the depot on the other server has all of it."""

    def run(form: OnlyId, who: Actor) -> Outcome[SavedId]:
        command = ConfirmArrival(command_id=form.command_id, transfer_id=filed_id)
        return confirm_arrival(command, who)

    def done(_outcome: Outcome[SavedId]) -> ResponseReturnValue:
        show_message(_("It is there, and over."))
        return redirect(url_for("transfers.show", transfer_id=filed_id), 303)

    return submit_form(OnlyIdSchema(form=True), run, done=done, again=_file_page)
