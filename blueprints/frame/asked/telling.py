"""What waits for a second person: whoever asked is told, and the other coordinators by mail."""

from __future__ import annotations

from flask import current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.api import base_url
from blueprints.frame.errors import message_of
from blueprints.frame.web import show_message
from depot.agreeing.letters import mail_others
from depot.agreeing.words import ACT_WORDS
from depot.base.kinds import ActKind
from depot.kernel.asked.errors import AwaitsSecond


def tell_others(error: AwaitsSecond) -> None:
    """Have the other coordinators told, once, where mails are sent."""
    if error.is_new and current_app.config["DEPOT"].mail is not None:
        mail_others(error.asked_id, lambda *told: _letter(error.asked_id, *told))


def show_asked(error: AwaitsSecond) -> ResponseReturnValue:
    """Say on the page of what is asked that it waits for a second person."""
    show_message(message_of(error))
    return redirect(url_for("agreeing.show", act_id=error.asked_id), 303)


def _letter(asked_id: int, name: str, kind: ActKind, depot: str) -> tuple[str, str]:
    link = base_url() + url_for("agreeing.show", act_id=asked_id)
    words = _(ACT_WORDS[kind])
    text = _(
        "%(name)s asks for something at %(depot)s that takes two people: %(what)s.\n\n"
        "Look at it, and agree or say why not:\n%(link)s\n\n"
        "If nobody answers, nothing is done.\n",
        name=name,
        depot=depot,
        what=words,
        link=link,
    )
    return str(_("To agree to at %(depot)s: %(what)s", depot=depot, what=words)), str(text)
