"""What a product's code stands for: told once, changed, forgotten."""

from __future__ import annotations

from dataclasses import replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.web import query_text, reader, show_answer, show_message
from blueprints.scanning.actions import answer_learn
from blueprints.scanning.schemas import ForgetSchema, LearnForm, LearnFormSchema
from blueprints.words.amounts import units_of
from blueprints.words.scans import (
    code_readings,
    look_up_scan,
    scan_facts,
    strip_control_characters,
)
from depot.base.actors import Actor
from depot.items.commands.item_codes import (
    ForgetCode,
    ForgottenCode,
    LearnedCode,
    forget_code,
    learn_code,
)
from depot.items.queries import catalog
from depot.kernel.once import Outcome


def learn() -> ResponseReturnValue:
    """Ask what a code stands for and how many are in it."""
    return _page(
        Form(
            {
                "code": strip_control_characters(request.args.get("code", "")),
                "item": query_text("item"),
            }
        )
    )


def _page(form: Form) -> str:
    session, who = reader()
    found = look_up_scan(strip_control_characters(str(form.values.get("code", ""))))
    if form.values.get("amount") is None and found.scan.count and not found.scan.is_content:
        form.values["amount"] = str(found.scan.count)
    return show_form(
        "scanning/learn.html",
        form,
        code=found.code,
        meaning=found.meaning,
        facts=scan_facts(found.scan),
        readings=code_readings(found.scan) if found.meaning is None else [],
        items=[row.name for row in catalog.item_names(session, who.depot_id, with_loose=True)],
        category_choices=[
            (row.name, row.name) for row in catalog.categories(session, who.depot_id)
        ],
        unit=who.depot.weight_unit,
        taken=form.status == 409 and "item" in form.errors,
    )


def do_learn() -> ResponseReturnValue:
    """Remember it."""
    return submit_form(LearnFormSchema(form=True), _learn, done=_done, again=_page)


def _learn(form: LearnForm, who: Actor) -> Outcome[LearnedCode]:
    session, _who = reader()
    names = catalog.item_names(session, who.depot_id, with_loose=True)
    return learn_code(form.command(units_of(names), who.depot.weight_unit), who)


def _done(outcome: Outcome[LearnedCode]) -> ResponseReturnValue:
    show_answer(answer_learn(outcome), outcome)
    return redirect(url_for("scans.what", text=request.form.get("code", "")), 303)


def forget(code_id: int) -> ResponseReturnValue:
    """Forget what a code stands for."""

    def run(command: ForgetCode, who: Actor) -> Outcome[ForgottenCode]:
        return forget_code(replace(command, code_id=code_id), who)

    def done(outcome: Outcome[ForgottenCode]) -> ResponseReturnValue:
        show_message(
            _("Forgotten: %(code)s. The next scan of it asks again.", code=outcome.answer.code)
        )
        return redirect(url_for("items.item", item_id=outcome.answer.item_id), 303)

    return submit_form(ForgetSchema(form=True), run, done=done, again=_not_forgotten)


def _not_forgotten(form: Form) -> str:
    sentence = next(iter(form.errors.values()))[0]
    shown = {"kept": [], "action": "", "number": "", "status": form.status}
    return render_template("problem.html", message=sentence, **shown)
