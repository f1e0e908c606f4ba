"""Playbooks: look at one, take it, bring one from another depot, hand on one's own."""

from __future__ import annotations

from typing import Any, Final

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError, fields

from blueprints.frame.fields import ToldSchema
from blueprints.frame.forms import Form, read_form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import reader, show_message
from blueprints.playbooks.files import MOST_BYTES, as_file, read_file
from blueprints.playbooks.words import parts_of, taken_sentence
from depot.base.actors import Actor
from depot.base.errors import NotFound
from depot.base.text import N_
from depot.items.queries.category_facts import listed_categories
from depot.kernel.once import Outcome
from depot.playbooks.commands.taking import TakenPlaybook, TakePlaybook, take_playbook
from depot.playbooks.missing import missing
from depot.playbooks.playbook import Playbook, in_words
from depot.playbooks.queries.own import own_playbook
from depot.playbooks.starting import STARTING


class TakeForm(ToldSchema):
    """What the form of a playbook sends beside the playbook."""

    makes = dict
    command_id = fields.UUID(required=True)


_FORM: Final = TakeForm(form=True)


def index() -> str:
    """Show the playbooks there are, ask for a file, and offer the depot's own."""
    return _index(Form())


def _index(form: Form) -> str:
    gettext = current_reader().gettext
    offered = [in_words(one, gettext) for one in STARTING.values()]
    return show_form("playbooks/index.html", form, offered=offered)


def offered_playbook(key: str) -> Playbook:
    """Return a playbook of the program in the reader's words, with the depot's own categories.

    A category that the depot has by its first name keeps it, whatever the reader calls it. Raises
    NotFound.
    """
    session, who = reader()
    found = STARTING.get(key)
    if found is None:
        raise NotFound(what=N_("playbook"), name=key)
    known = {one.name for one in listed_categories(session, who.depot_id)}
    gettext = current_reader().gettext
    return in_words(found, lambda words: words if words in known else gettext(words))


def look(key: str) -> str:
    """Show what is in a playbook, and what of it is here already."""
    return _look(offered_playbook(key), Form(), url_for("playbooks.take", key=key))


def _look(playbook: Playbook, form: Form, action: str, content: str = "") -> str:
    session, who = reader()
    new = missing(session, who.depot_id, playbook)
    return show_form(
        "playbooks/show.html",
        form,
        playbook=playbook,
        parts=parts_of(playbook, new, current_reader()),
        is_whole=not any((new.places, new.parcels, new.recipes, new.routines, new.pages)),
        action=action,
        content=content,
    )


def take(key: str) -> ResponseReturnValue:
    """Take a playbook of the program."""
    playbook = offered_playbook(key)
    action = url_for("playbooks.take", key=key)
    return _taken(playbook, lambda form: _look(playbook, form, action))


def _taken(playbook: Playbook, again: Any) -> ResponseReturnValue:
    def run(typed: dict[str, Any], who: Actor) -> Outcome[TakenPlaybook]:
        return take_playbook(TakePlaybook(playbook=playbook, **typed), who)

    return submit_form(_FORM, run, done=_done, again=again, values=_command())


def _command() -> dict[str, str]:
    return {name: read_form().get(name, "") for name in ("command_id", "why")}


def _done(outcome: Outcome[TakenPlaybook]) -> ResponseReturnValue:
    show_message(taken_sentence(outcome.answer, current_reader()))
    return redirect(url_for("playbooks.index"), 303)


def read() -> ResponseReturnValue:
    """Take a file that another depot handed on, and show what is in it."""
    file = request.files.get("file")
    data = file.stream.read(MOST_BYTES + 1) if file is not None else b""
    return _read(data.decode("utf-8-sig", "replace"), len(data))


def _read(content: str, size: int) -> ResponseReturnValue:
    try:
        if not content.strip():
            raise ValidationError(_("Choose a file."))
        if size > MOST_BYTES:
            raise ValidationError(_("That is too large for a playbook."))
        playbook = read_file(content)
    except ValidationError as error:
        return _index(Form(errors={"file": [str(words) for words in error.messages]})), 422
    return _look(playbook, Form(), url_for("playbooks.take_read"), content)


def take_read() -> ResponseReturnValue:
    """Take the playbook that was looked at: the form brings it along."""
    content = request.form.get("content", "")
    try:
        playbook = read_file(content)
    except ValidationError:
        return _read(content, len(content))
    action = url_for("playbooks.take_read")
    return _taken(playbook, lambda form: _look(playbook, form, action, content))


def own() -> Response:
    """Hand on how this depot works, as a file."""
    session, who = reader()
    text = as_file(own_playbook(session, who.depot))
    answer = Response(text, content_type="application/json; charset=utf-8")
    name = f"{who.depot.slug}.playbook.json"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def about_own() -> str:
    """Say what the file would hold, before it leaves."""
    session, who = reader()
    playbook = own_playbook(session, who.depot)
    return render_template(
        "playbooks/own.html",
        parts=parts_of(playbook, playbook, current_reader()),
        pages=playbook.pages,
    )
