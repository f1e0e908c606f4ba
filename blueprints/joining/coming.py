"""At the door: who is here, who is expected, and one tap for coming and leaving."""

from __future__ import annotations

from dataclasses import replace

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.web import Answer, next_page, reader, show_answer
from blueprints.joining.actions import answer_mark, answer_taken_back
from blueprints.joining.schemas import ComeSchema, LeaveSchema, TakeBackMarkSchema
from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.joining.commands import coming
from depot.joining.commands.coming import Marked, TakeBackMark
from depot.joining.queries import door_list
from depot.kernel.once import Outcome


def show() -> ResponseReturnValue:
    """Show the names to tap."""
    return _page(Form())


def _page(form: Form) -> str:
    session, who = reader()
    return show_form("joining/door.html", form, who=who, door=door_list(session, who, utc_now()))


def by_oneself() -> ResponseReturnValue:
    """Show the two taps for oneself: a phone keeps this page for a wall without a connection."""
    _session, who = reader()
    return show_form("joining/by_oneself.html", Form(), who=who)


def come() -> ResponseReturnValue:
    """Write down that somebody is here."""
    return submit_form(ComeSchema(form=True), coming.come, done=_done, again=_page)


def leave() -> ResponseReturnValue:
    """Write down that somebody goes."""
    return submit_form(LeaveSchema(form=True), coming.leave, done=_done, again=_page)


def take_back(mark_id: int) -> ResponseReturnValue:
    """Take it back: the wrong name was tapped."""

    def run(command: TakeBackMark, who: Actor) -> Outcome[Marked]:
        return coming.take_back_mark(replace(command, mark_id=mark_id), who)

    def done(outcome: Outcome[Marked]) -> ResponseReturnValue:
        return _told(answer_taken_back(outcome))

    return submit_form(TakeBackMarkSchema(form=True), run, done=done, again=_page)


def _done(outcome: Outcome[Marked]) -> ResponseReturnValue:
    return _told(answer_mark(outcome))


def _told(answer: Answer) -> ResponseReturnValue:
    show_answer(answer)
    return redirect(next_page(url_for("coming.show")), 303)
