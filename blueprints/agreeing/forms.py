"""What a depot wants two people for: its form. For coordinators."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.agreeing.schemas import ChosenRules, rules_schema
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import actor
from blueprints.frame.language import current_reader
from blueprints.frame.web import reader, show_message
from depot.agreeing.queries import count_coordinators
from depot.agreeing.rules import CHOICES, set_rules
from depot.base.actors import Actor
from depot.kernel.answers import Answer
from depot.kernel.once import AnyOutcome, Outcome
from depot.words import figures


def edit() -> ResponseReturnValue:
    """Show what takes two people now."""
    depot = actor().depot
    values: dict[str, str] = {
        kind: "yes" if kind in depot.second_kinds.split() else "" for kind in CHOICES
    }
    limit = depot.second_write_off_grams
    values["write_off_grams"] = "" if limit is None else figures.weight(limit, current_reader())
    return _page(Form(values | {"days": str(depot.second_days)}))


def _page(form: Form) -> str:
    session, who = reader()
    coordinators = count_coordinators(session, who.depot_id)
    return show_form("agreeing/rules.html", form, is_alone=coordinators < 2)


def save() -> ResponseReturnValue:
    """Save it; what wants less than before is asked for."""
    return submit_form(rules_schema(actor().depot.weight_unit), _run, done=_saved, again=_page)


def _run(chosen: ChosenRules, who: Actor) -> Outcome[Answer]:
    return set_rules(chosen.command(), who)


def _saved(_outcome: AnyOutcome) -> ResponseReturnValue:
    show_message(_("Saved. It counts from now on."))
    return redirect(url_for("agreeing_rules.edit"), 303)
