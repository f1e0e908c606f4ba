"""Every form that a phone may send later: where it is, what is refused, and what mends it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Locator, Page

from tests.e2e.other_depot import linked_depot, sent_here, use_cards
from tests.e2e.phones import Site
from tests.web.visits.bodies import CARD

TEMPLATES = Path(__file__).parents[2] / "templates"
Typed = dict[str, str]
#: No number: what everybody types once.
SLIP = "9-1"


@dataclass(frozen=True)
class Trial:
    """A form of a page, filled in so that it is refused, and what then sets it right."""

    page: str
    wrong: Typed
    right: Typed
    #: Which of the page's forms it is.
    nth: int = 0


@dataclass(frozen=True)
class Trying:
    """A trial's name, the form it is about, and how to make ready what it needs."""

    name: str
    form: str
    ready: Callable[[Site], Trial]


def filled(place: Site, item: str = "Rice") -> str:
    """Return the code of a new crate with rice, or another item, in it."""
    (code,) = place.codes(1)
    line = {"item": item, "quantity": 9, "crate_code": code}
    place.api("POST", "/receipts", {"source": {"kind": "donation"}, "lines": [line]})
    return code


def misread(code: str) -> str:
    """Return the code with its last letter read wrongly."""
    return code[:-1] + ("0" if code[-1] != "0" else "1")


def _no_number(_place: Site) -> Trial:
    return Trial("/donations/new", {"what": "Bread", "weight": SLIP}, {"weight": "9.1"})


def _no_category(_place: Site) -> Trial:
    return Trial("/donations/new", {"weight": "2"}, {"what": "Bread"})


def _into_a_crate(place: Site) -> Trial:
    (code,) = place.codes(1)
    page = f"/donations/new?crate={code}"
    return Trial(page, {"what": "Bread", "weight": SLIP}, {"weight": "3"})


def _move(place: Site) -> Trial:
    page = f"/crates/{filled(place)}/move"
    return Trial(page, {"other": "No such shelf"}, {"other": "On hold"})


def _take_out(place: Site) -> Trial:
    wrong = {"what_for": "Handed out", "which": "Some of it", "lines-0-amount": SLIP}
    return Trial(f"/crates/{filled(place)}/take-out", wrong, {"lines-0-amount": "1"})


def _count(place: Site) -> Trial:
    page = f"/crates/{filled(place)}/count"
    return Trial(page, {"lines-0-amount": SLIP}, {"lines-0-amount": "8"})


def _fill(place: Site) -> Trial:
    page = f"/crates/{filled(place)}/fill?from={filled(place)}"
    return Trial(page, {"lines-0-amount": SLIP}, {"lines-0-amount": "1"})


def _empty(place: Site) -> Trial:
    wrong = {"which": "Some of it", "lines-0-amount": SLIP, "other": "On hold"}
    return Trial(f"/crates/{filled(place)}/empty", wrong, {"lines-0-amount": "1"})


def _hand_out_crate(place: Site) -> Trial:
    code = filled(place)
    page = f"/hand-outs/{place.event()}/hand-out"
    return Trial(page, {"crate_code": misread(code)}, {"crate_code": code})


def _hand_out_item(place: Site) -> Trial:
    filled(place)
    wrong = {"lines-0-item": "Rice", "lines-0-amount": SLIP}
    page = f"/hand-outs/{place.event()}/hand-out"
    return Trial(page, wrong, {"lines-0-amount": "1"}, nth=1)


def _table_crate(place: Site) -> Trial:
    code = filled(place)
    page = f"/hand-outs/{place.event()}/table"
    return Trial(page, {"crate_code": misread(code)}, {"crate_code": code})


def _table_item(place: Site) -> Trial:
    filled(place)
    wrong = {"lines-0-item": "Rice", "lines-0-amount": SLIP}
    page = f"/hand-outs/{place.event()}/table"
    return Trial(page, wrong, {"lines-0-amount": "1"}, nth=6)


def _table_parcel(place: Site) -> Trial:
    filled(place)
    line = {"item": "Rice", "per": {"adult": 1}}
    place.api("POST", "/parcels", {"name": "Bag", "lines": [line]})
    page = f"/hand-outs/{place.event()}/table"
    return Trial(page, {"adults": SLIP}, {"adults": "1"}, nth=7)


def _bring_back_item(place: Site) -> Trial:
    wrong = {"lines-0-item": "Rice", "lines-0-amount": SLIP}
    page, _code = _went_out(place)
    return Trial(page, wrong, {"lines-0-amount": "1"})


def _bring_back_crate(place: Site) -> Trial:
    page, code = _went_out(place)
    return Trial(page, {"crate_code": misread(code)}, {"crate_code": code}, nth=1)


def _went_out(place: Site) -> tuple[str, str]:
    """Hand a crate out and return the page that brings it back, and its code."""
    code, event_id = filled(place), place.event()
    place.api("POST", f"/events/{event_id}/issues", {"crate_code": code})
    return f"/hand-outs/{event_id}/bring-back", code


def _people(place: Site) -> Trial:
    page = f"/hand-outs/{place.event()}/people"
    return Trial(page, {"households": SLIP}, {"households": "3"})


def _visit(place: Site) -> Trial:
    use_cards(place)
    page = f"/hand-outs/{place.event()}/visits"
    return Trial(page, {"card": SLIP}, {"card": CARD})


def _to_be_picked(place: Site) -> tuple[str, str]:
    """Plan a hand-out with rice and return its pick list, and the code of a crate with some."""
    code, event_id = filled(place), place.event()
    place.api("PUT", f"/events/{event_id}/plan", {"lines": [{"item": "Rice", "quantity": 3}]})
    return f"/hand-outs/{event_id}/picking", code


def _pick_crate(place: Site) -> Trial:
    page, code = _to_be_picked(place)
    return Trial(page, {"crate_code": misread(code)}, {"crate_code": code})


def _pick_item(place: Site) -> Trial:
    page, _code = _to_be_picked(place)
    wrong = {"lines-0-item": "Rice", "lines-0-amount": SLIP}
    return Trial(page, wrong, {"lines-0-amount": "1"}, nth=1)


def _on_a_sheet(place: Site) -> str:
    """Count where goods arrive and return the sheet's page."""
    arrivals = place.api("GET", "/locations")["locations"][0]["id"]
    return f"/counts/{place.api('POST', '/count-sheets', {'location_id': arrivals})['id']}"


def _count_found(place: Site) -> Trial:
    wrong = {"item": "Salt", "amount": SLIP}
    return Trial(f"{_on_a_sheet(place)}/found", wrong, {"amount": "2"})


def _count_crate(place: Site) -> Trial:
    code = filled(place)
    return Trial(_on_a_sheet(place), {"crate": misread(code)}, {"crate": code})


def _temperature(place: Site) -> Trial:
    arrivals = place.api("GET", "/locations")["locations"][0]["id"]
    return Trial(f"/temperatures/{arrivals}", {"degrees": SLIP}, {"degrees": "4"})


def _hold(place: Site) -> Trial:
    filled(place, "Salt")  # nobody hands out rice that is held
    wrong = {"reason": "Glass", "item": "No such thing"}
    return Trial("/holds/new", wrong, {"item": "Salt"})


def _recall_finding(place: Site) -> Trial:
    code = filled(place, "Salt")
    recall = {"name": "Glass", "by": {"crate_code": code}}
    page = f"/recalls/{place.api('POST', '/recalls', recall)['id']}"
    wrong = {"crate_code": misread(code), "outcome": "Found and kept apart"}
    return Trial(page, wrong, {"crate_code": code})


def _send(place: Site) -> Trial:
    filled(place)
    linked_depot(place)
    wrong = {"lines-0-item": "Rice", "lines-0-amount": SLIP}
    return Trial("/transfers/send", wrong, {"lines-0-amount": "1"})


def _receive(place: Site) -> Trial:
    page = f"/transfers/{sent_here(place)}/receive"
    return Trial(page, {"lines-1-good": SLIP}, {"lines-1-good": "1"}, nth=1)


def _note(_place: Site) -> Trial:
    return Trial("/handover/new", {"text": " "}, {"text": "The side door sticks."})


def _proposal(_place: Site) -> Trial:
    wrong = {"title": "Tea", "text": "There is tea.", "answer_by": "2020-01-01"}
    return Trial("/decisions/new", wrong, {"answer_by": ""})


def _response(place: Site) -> Trial:
    raised = place.api("POST", "/proposals", {"title": "Tea", "text": "There is tea."})
    page = f"/decisions/{raised['id']}"
    return Trial(page, {"kind": "I object"}, {"text": "Coffee!"})


def _walk_in(_place: Site) -> Trial:
    own = f"Una {uuid4().hex[:6]}"
    return Trial("/here/door", {"name": "Ben"}, {"name": own}, nth=-1)


#: What a script sends line by line, and no form as a whole; tests/e2e/test_counting.py tries it.
#: And what is one tap, into which nothing is typed.
BY_LINES = {
    "count-lines",
    "give-back",
    "leave",
    "note-task",
    "seek-stand-in",
    "seen",
    "take-part",
    "task-done",
    "task-tick",
    "tick",
}
TRIALS = (
    Trying("a donation without a number", "donation", _no_number),
    Trying("a donation of no category", "donation", _no_category),
    Trying("a donation into a crate", "donation", _into_a_crate),
    Trying("move", "crate-move", _move),
    Trying("take out", "crate-take-out", _take_out),
    Trying("count", "crate-count", _count),
    Trying("fill", "crate-fill", _fill),
    Trying("empty", "crate-empty", _empty),
    Trying("hand out a crate", "hand-out", _hand_out_crate),
    Trying("hand out an item", "hand-out", _hand_out_item),
    Trying("hand out a crate at the table", "hand-out", _table_crate),
    Trying("hand out an item at the table", "hand-out", _table_item),
    Trying("hand out a parcel", "parcel", _table_parcel),
    Trying("bring back an item", "bring-back", _bring_back_item),
    Trying("bring back a crate", "bring-back", _bring_back_crate),
    Trying("pick of a crate", "pick", _pick_crate),
    Trying("pick of an item", "pick", _pick_item),
    Trying("people", "people", _people),
    Trying("a visit by card", "visit", _visit),
    Trying("found while counting", "count-found", _count_found),
    Trying("a crate to count", "count-crate", _count_crate),
    Trying("a temperature", "temperature", _temperature),
    Trying("goods to another depot", "transfer-send", _send),
    Trying("goods from another depot", "transfer-receive", _receive),
    Trying("a hold", "hold", _hold),
    Trying("a note for the next shift", "note", _note),
    Trying("a finding of a recall", "recall-finding", _recall_finding),
    Trying("somebody who walks in", "come", _walk_in),
    Trying("a proposal", "proposal", _proposal),
    Trying("an answer to a proposal", "response", _response),
)


#: Forms that are one button: nothing is typed into them, and nothing in them can be mended.
ONE_PRESS = {
    "components/tasks.html",
    "distribution/parts.html",
    "handover/parts.html",
    "joining/by_oneself.html",
    "network/all_of_it.html",
    "tasks/show.html",
    "today/people.html",
}


def forms_in_templates() -> Counter[str]:
    """Return how many forms of each name the templates have."""
    texts = [
        template.read_text()
        for template in TEMPLATES.rglob("*.html")
        if template.relative_to(TEMPLATES).as_posix() not in ONE_PRESS
    ]
    return Counter(name for text in texts for name in re.findall(r"\{\{ queued\('([^']+)'", text))


def form_of(page: Page, trial: Trial) -> Locator:
    """Return the trial's form of the page that is open, with all that was folded in it unfolded."""
    form = page.locator("form[data-outbox]").nth(trial.nth)
    form.evaluate("(form) => { for (let at = form; at; at = at.parentElement) at.open = true }")
    form.evaluate("(form) => form.querySelectorAll('details').forEach((at) => { at.open = true })")
    return form


def type_into(form: Locator, typed: Typed) -> None:
    """Fill fields in by their names; a pick button is named by its words."""
    for name, value in typed.items():
        fields = form.locator(f"[name='{name}']")
        if fields.first.get_attribute("type") == "radio":
            fields.and_(form.get_by_label(value)).first.check()
        else:
            fields.first.fill(value)


def save(form: Locator) -> None:
    main = form.locator("button.main")
    (main if main.count() else form.locator("button.full")).click()
