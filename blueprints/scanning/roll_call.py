"""Roll-call of a place: scan every crate that stands there, then set right what differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from flask import abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError

from blueprints.frame.forms import WHEN_DAY, WHEN_TIME, Form, flatten, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.security import require_own_page
from blueprints.frame.web import query_id, reader, show_answer, show_message
from blueprints.scanning.actions import (
    ADOPT_LABEL,
    KEEP_UNKNOWN,
    MOVE_HERE,
    NOTE_MISSING,
    ScanAction,
)
from blueprints.scanning.schemas import MAX_SCANS, RollCallNoteSchema, RollCallSchema
from blueprints.words.listing.places import MOST_BUTTONS, offered_places
from blueprints.words.scan_fields import strip_control_characters
from depot.base.actors import Actor
from depot.base.errors import NotFound
from depot.base.text import N_
from depot.entries.queries.discrepancies import open_subjects
from depot.kernel.once import AnyOutcome, Outcome
from depot.locations.queries.places import place_row
from depot.locations.tree import Node
from depot.scanning.commands import NotedRollCall, NoteRollCall, note_roll_call
from depot.scanning.queries.roll_call import (
    RollCallCrate,
    RollCallResult,
    compare_roll_call,
    expected_at,
    last_roll_call,
)
from depot.words.goods import name_goods

#: What one tap does on the page, by the name of its button.
ROLL_CALL_ACTIONS: Final[Mapping[str, ScanAction[Any]]] = {
    "move": MOVE_HERE,
    "missing": NOTE_MISSING,
    "adopt": ADOPT_LABEL,
    "keep": KEEP_UNKNOWN,
}


def _place(location_id: int) -> Node:
    """Return the place; raises NotFound. What stands on a crate its own page shows."""
    session, who = reader()
    node = place_row(session, who.depot_id, location_id)
    if node is None or node.kind == "crate":
        raise NotFound(what=N_("place"), name=location_id)
    return node


def choose_place() -> ResponseReturnValue:
    """Ask which place is called over."""
    if (chosen := query_id("place")) is not None:
        return redirect(url_for("scans.roll_call_of", location_id=chosen))
    places = offered_places().ids()
    return render_template(
        "scanning/choose_place.html", places=places, are_many=len(places) > MOST_BUTTONS
    )


def roll_call_of(location_id: int) -> ResponseReturnValue:
    """Show which crates the book has there, and take down which ones are."""
    return _page(_place(location_id), Form(), compared=False)


def compare(location_id: int) -> ResponseReturnValue:
    """Compare what was taken down with the book; nothing is written."""
    return _page(_place(location_id), Form(), compared=True)


def set_right(location_id: int, deed: str) -> ResponseReturnValue:
    """Do what the button beside a difference says, and compare again."""
    place = _place(location_id)
    found = ROLL_CALL_ACTIONS.get(deed)
    if found is None:
        abort(404)

    def done(outcome: AnyOutcome) -> ResponseReturnValue:
        show_answer(found.answer(outcome), outcome)
        return _page(place, Form(), compared=True)

    def again(form: Form) -> str:
        return _page(place, form, compared=True)

    return submit_form(found.schema(form=True), found.run, done=done, again=again)


def finish(location_id: int) -> ResponseReturnValue:
    """Note that the place was called over, by whom and with which result."""
    place = _place(location_id)

    def run(command: NoteRollCall, who: Actor) -> Outcome[NotedRollCall]:
        return note_roll_call(replace(command, location_id=location_id), who)

    def done(_outcome: AnyOutcome) -> ResponseReturnValue:
        show_message(_("Noted: %(place)s was called over.", place=place.name))
        return redirect(url_for("locations.place", location_id=location_id), 303)

    def again(form: Form) -> str:
        return _page(place, form, compared=True)

    return submit_form(RollCallNoteSchema(form=True), run, done=done, again=again)


def _taken_down() -> list[str]:
    """Return the codes of the form: a line each, and those ticked in the list."""
    lines = request.form.get("again", "").splitlines()
    texts = [strip_control_characters(text) for text in [*lines, *request.form.getlist("seen")]]
    return list(dict.fromkeys(text for text in texts if text))[:MAX_SCANS]


def _page(place: Node, form: Form, *, compared: bool) -> str:
    session, who = reader()
    texts = _taken_down()
    for name in (WHEN_DAY, WHEN_TIME):  # what is set right happened when the codes were taken down
        form.values.setdefault(name, request.form.get(name, ""))
    called = (
        compare_roll_call(session, who.depot_id, place.id, texts) if compared else RollCallResult()
    )
    asked = open_subjects(session, who.depot_id, "crate_missing", [c.code for c in called.missing])
    return show_form(
        "scanning/roll_call.html",
        form,
        place=place,
        expected=expected_at(session, who.depot_id, place.id),
        called=called if compared else None,
        asked=asked,
        last=last_roll_call(session, who.depot_id, place.id),
        looked_for=[(crate, _box_and_goods(crate)) for crate in called.missing],
        taken_down="\n".join(texts),
        count=len(texts),
    )


def _box_and_goods(crate: RollCallCrate) -> str:
    goods = name_goods(crate.goods, current_reader()) or _("nothing in it")
    return " · ".join(part for part in (crate.box_number, goods) if part)


def compare_for_script() -> ResponseReturnValue:
    """Compare what was scanned at a place with the book: lists, each with what sets it right."""
    require_own_page()
    try:
        sent = RollCallSchema().load(request.get_json(silent=True) or {})
    except ValidationError as error:
        body = {"code": "invalid", "message": _("Something in it cannot be taken.")}
        return jsonify(body | {"errors": flatten(error.messages)}), 422
    place = _place(sent.place)
    session, who = reader()
    called = compare_roll_call(session, who.depot_id, place.id, sent.codes)
    return jsonify({"place": {"id": place.id, "name": place.name}} | _lists(called, place.name))


def _lists(called: RollCallResult, place: str) -> dict[str, Any]:
    def rows(crates: tuple[RollCallCrate, ...], make: Callable[[RollCallCrate], Any]) -> list[Any]:
        return [_said(crate) | {"deed": make(crate)} for crate in crates]

    def move(crate: RollCallCrate) -> dict[str, Any]:
        return {"type": "move", "crate_code": crate.code, "to": place}

    def missing(crate: RollCallCrate) -> dict[str, Any]:
        return {"type": "missing", "crate_code": crate.code, "place": place}

    return {
        "is_complete": called.is_complete,
        "found": [_said(crate) for crate in called.found],
        "missing": rows(called.missing, missing),
        "misplaced": rows(called.misplaced, move),
        "unexpected": rows(called.retired, move),
        "blank": [
            row | {"href": url_for("crates.fill", code=row["code"])}
            for row in rows(called.blank, move)
        ],
        "unknown": [
            {"code": code, "deed": {"type": "adopt", "code": code, "location": place}}
            for code in called.unknown
        ],
        "no_crates": [
            {"code": text, "deed": {"type": "unknown_scan", "text": text, "place": place}}
            for text in called.no_crates
        ],
    }


def _said(crate: RollCallCrate) -> dict[str, Any]:
    at = crate.at.name if crate.at else None
    goods = name_goods(crate.goods, current_reader())
    return {"code": crate.code, "box_number": crate.box_number, "at": at, "goods": goods}
