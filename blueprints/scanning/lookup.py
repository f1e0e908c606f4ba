"""What is this? A scanned or typed text, for people as a page, for pages' scripts as JSON."""

from __future__ import annotations

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.frame.forms import Form, submit
from blueprints.frame.language import current_reader
from blueprints.frame.web import say
from blueprints.scanning.actions import KEEP
from blueprints.scanning.words import body, told
from blueprints.words.scans import brought, readable, what_is
from depot.kernel.once import Outcome
from depot.scanning.commands import KeptScan


def look() -> ResponseReturnValue:
    """Say what a text is: `?text=`, as a reader read it."""
    return jsonify(body(what_is(brought()), current_reader(), url_for))


def what() -> ResponseReturnValue:
    """Show what a text is and what can be done about it."""
    return _page(brought(), Form())


def _page(text: str, form: Form) -> str:
    found = what_is(text) if text else None
    return render_template(
        "scanning/what.html",
        text=found.scan.text if found else text,
        told=told(found, current_reader(), url_for) if found else None,
        values=form.values,
        errors=form.errors,
    )


def keep() -> ResponseReturnValue:
    """Keep a code that nobody knows, to be asked about later."""

    def done(outcome: Outcome[KeptScan]) -> ResponseReturnValue:
        say(KEEP.told(outcome), outcome)
        return redirect(url_for("scanner.scan"), 303)

    text = readable(request.form.get("text", ""))
    return submit(KEEP.schema(form=True), KEEP.run, done=done, again=lambda form: _page(text, form))
