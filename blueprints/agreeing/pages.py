"""What waits for a second person: the list, one of them, and the answers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.agreeing.schemas import AgreeSchema, DeclineSchema, WithdrawSchema
from blueprints.agreeing.words import asked_line, asked_state, asked_title, facts_of
from blueprints.frame.fields import CommandSchema
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.security import secret_key
from blueprints.frame.web import found_or_404, keep_no_copy, reader, show_message
from depot.agreeing import queries
from depot.agreeing.acts import acts
from depot.agreeing.commands import AnswerAsked, AnsweredAct, answer_asked
from depot.agreeing.queries import AskedRow
from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.base.kinds import ActAnswer
from depot.base.text import N_
from depot.kernel.once import AnyOutcome, Outcome
from depot.people.queries import name_in_depot

#: So many that ended stand under those that wait.
ENDED: Final = 30
#: What was agreed to and is shown or made by sending the same form once more: where, and its words.
_ONCE_MORE: Final = {
    "Invite": ("people.invite", N_("Show the invitation link")),
    "CreateToken": ("people.create_token", N_("Show the token")),
    "TakeEverything": ("exporting.export", N_("Make the file")),
}
_SAID: Final[dict[ActAnswer, str]] = {
    "agreed": N_("Agreed, and done."),
    "declined": N_("Not done. They can read why."),
    "withdrawn": N_("Taken back. Nothing is done."),
}


def index() -> str:
    """List what waits, and how the last ones ended."""
    keep_no_copy()
    session, who = reader()
    now, reads = utc_now(), current_reader()
    return render_template(
        "agreeing/index.html",
        waiting=[asked_line(row, now, reads) for row in queries.waiting_acts(session, who, now)],
        ended=[asked_line(row, now, reads) for row in queries.ended_acts(session, who, now, ENDED)],
        is_coordinator=who.is_coordinator,
    )


def show(act_id: int) -> ResponseReturnValue:
    """Show what is asked, with its figures."""
    return _page(act_id, Form())


def _own(act_id: int) -> AskedRow:
    session, who = reader()
    found = queries.asked_act(session, who, act_id)
    return found_or_404(N_("thing to agree to"), act_id, found)


def _page(act_id: int, form: Form) -> str:
    keep_no_copy()
    session, who = reader()
    row, now, reads = _own(act_id), utc_now(), current_reader()
    is_own = who.person_id == row.asked_by_id
    return show_form(
        "agreeing/show.html",
        form,
        asked=row,
        title=asked_title(row, reads),
        state=asked_state(row, now, reads),
        facts=facts_of(row, partial(name_in_depot, session, who.depot_id), reads),
        is_open=row.is_open(now),
        is_own=is_own,
        may_answer=who.is_coordinator and not is_own,
        once_more=_once_more(row) if is_own and row.answer == "agreed" else None,
    )


def _once_more(row: AskedRow) -> tuple[str, str, dict[str, str]] | None:
    """Return the form that shows what came of it: its address, its button and what it sends."""
    if row.command not in _ONCE_MORE or row.input is None:
        return None
    endpoint, word = _ONCE_MORE[row.command]
    return url_for(endpoint), _(word), {name: str(value) for name, value in row.input.items()}


def agree(act_id: int) -> ResponseReturnValue:
    """Agree: it is done at once."""
    return _answer(act_id, "agreed", AgreeSchema(form=True))


def decline(act_id: int) -> ResponseReturnValue:
    """Say no, with a reason."""
    return _answer(act_id, "declined", DeclineSchema(form=True))


def withdraw(act_id: int) -> ResponseReturnValue:
    """Take back what one asked for."""
    return _answer(act_id, "withdrawn", WithdrawSchema(form=True))


def _answer(act_id: int, answer: ActAnswer, schema: CommandSchema) -> ResponseReturnValue:
    _own(act_id)

    def run(command: AnswerAsked, who: Actor) -> Outcome[AnsweredAct]:
        said = replace(command, asked_id=act_id, answer=answer)
        return answer_asked(said, acts(secret_key()), who).outcome

    def done(_outcome: AnyOutcome) -> ResponseReturnValue:
        show_message(_(_SAID[answer]))
        return redirect(url_for("agreeing.show", act_id=act_id), 303)

    return submit_form(schema, run, done=done, again=partial(_page, act_id))
