"""Another label for a crate whose own is torn or gone."""

from __future__ import annotations

from dataclasses import replace

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.crates.pages import find_crate_by_address
from blueprints.crates.schemas import MAX_CODE, AddressedSchema
from blueprints.frame.fields import Text
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.web import show_message
from blueprints.words.crate_help import answer_no_crate
from depot.base.actors import Actor
from depot.crates.commands.crate_labels import ReplacedLabel, ReplaceLabel, replace_label
from depot.crates.queries.crates import CrateHead
from depot.kernel.once import Outcome


class ReplaceLabelSchema(AddressedSchema):
    """The code of the blank label in the hand; without one a fresh one."""

    makes = ReplaceLabel
    new_code = Text(load_default=None, allow_none=True, max_length=MAX_CODE)


def ask_relabel(code: str) -> ResponseReturnValue:
    """Ask for the code of the new label, or offer to print one."""
    head = find_crate_by_address(code)
    return answer_no_crate(code) if head is None else _page(head, Form())


def _page(head: CrateHead, form: Form) -> str:
    return show_form("crates/relabel.html", form, code=head.code)


def do_relabel(code: str) -> ResponseReturnValue:
    """Give the crate another label."""
    head = find_crate_by_address(code)
    if head is None:
        return answer_no_crate(code)

    in_hand: list[bool] = []

    def run(command: ReplaceLabel, who: Actor) -> Outcome[ReplacedLabel]:
        in_hand.append(command.new_code is not None)
        return replace_label(replace(command, crate_code=head.key), who)

    def done(outcome: Outcome[ReplacedLabel]) -> ResponseReturnValue:
        new, old = outcome.answer.code, outcome.answer.old_code
        show_message(
            _("The crate is %(new)s now. %(old)s opens it too.", new=new, old=old), outcome
        )
        return redirect(_next(new, print_it=not in_hand[0]), 303)

    schema = ReplaceLabelSchema(form=True)
    return submit_form(schema, run, done=done, again=lambda form: _page(head, form))


def _next(code: str, *, print_it: bool) -> str:
    """A code that is on no label yet has to be printed first."""
    page = url_for("crates.show", code=code)
    return f"{page}/label" if print_it else page
