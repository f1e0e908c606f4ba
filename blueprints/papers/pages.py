"""All papers in one place. The slice's one blueprint, complete once its papers are imported."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from blueprints.frame.web import reader
from depot.distribution.queries.events import event_lists


def index() -> ResponseReturnValue:
    """List what can be printed."""
    session, who = reader()
    lists = event_lists(session, who)
    return render_template(
        "papers/index.html", who=who, events=[*lists.today, *lists.planned, *lists.past[:3]]
    )
