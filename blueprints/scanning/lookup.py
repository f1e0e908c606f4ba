"""What is this? A scanned or typed text, for people as a page, for pages' scripts as JSON."""

from __future__ import annotations

from flask import jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import actor
from blueprints.frame.language import current_reader
from blueprints.frame.web import show_answer
from blueprints.scanning.actions import KEEP_UNKNOWN
from blueprints.scanning.words import describe_scan, scan_body
from blueprints.words.scan_fields import look_up_scan, read_scan_argument, strip_control_characters
from depot.kernel.once import Outcome
from depot.scanning.commands import KeptScan


def look() -> ResponseReturnValue:
    """Say what a text is: `?text=`, as a reader read it."""
    return jsonify(
        scan_body(look_up_scan(read_scan_argument()), actor().depot.name, current_reader(), url_for)
    )


def what() -> ResponseReturnValue:
    """Show what a text is and what can be done about it."""
    return _page(read_scan_argument(), Form())


def _page(text: str, form: Form) -> str:
    found = look_up_scan(text) if text else None
    return show_form(
        "scanning/what.html",
        form,
        text=found.scan.text if found else text,
        told=describe_scan(found, actor().depot.name, current_reader(), url_for) if found else None,
    )


def keep() -> ResponseReturnValue:
    """Keep a code that nobody knows, to be asked about later."""

    def done(outcome: Outcome[KeptScan]) -> ResponseReturnValue:
        show_answer(KEEP_UNKNOWN.answer(outcome), outcome)
        return redirect(url_for("scanner.scan"), 303)

    text = strip_control_characters(request.form.get("text", ""))
    return submit_form(
        KEEP_UNKNOWN.schema(form=True),
        KEEP_UNKNOWN.run,
        done=done,
        again=lambda form: _page(text, form),
    )
