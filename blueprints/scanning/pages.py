"""The scan page, where labels point to, and what a typed or scanned code opens."""

from __future__ import annotations

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.browser.words import SCANNER_WORDS
from blueprints.frame.fields import Text, WriteSchema
from blueprints.frame.forms import submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.security import policy
from blueprints.frame.web import Answer, query_text, reader, show_answer
from blueprints.words.crate_help import answer_no_crate
from blueprints.words.listing.places import MOST_BUTTONS, OfferedPlaces, offered_places
from blueprints.words.network.transfers import travel_words
from blueprints.words.scan_fields import look_up_scan
from depot.base.actors import Actor
from depot.base.errors import NameTaken
from depot.crates.commands.crates import AdoptCrate, AdoptedCrate, KnownCrate, adopt_crate
from depot.crates.queries.crate_lists import recent_targets
from depot.crates.queries.crates import CrateHead, find_crate
from depot.crates.queries.tags import used_tags
from depot.distribution.queries.events import event_lists
from depot.items.queries.catalog import PlaceInTree
from depot.kernel.once import Outcome
from depot.network.links import linked_depots, peers
from depot.network.queries.transfers import crate_travels, depots_with_crate


def scan() -> ResponseReturnValue:
    """Show the scan page; a code that was typed without its script opens what it names."""
    if text := query_text("code"):
        return redirect(url_for("codes.open_typed", code=text))
    session, who = reader()
    lists = event_lists(session, who)
    offered = offered_places()
    places = _places_lately(offered)
    page = render_template(
        "scanning/scan.html",
        places=[{"id": place.id, "name": place.name} for place in places],
        all_places=offered.hints() if len(places) > MOST_BUTTONS else [],
        events=[
            {"id": event.id, "name": event.name}
            for event in (*lists.today, *lists.planned)
            if event.is_on
        ],
        tags=used_tags(session, who.depot_id),
        sends=bool(linked_depots(session, who.depot_id) or peers(session, who.depot_id)),
        whose=f"{who.depot_id}.{who.person_id}",
        words=SCANNER_WORDS(current_reader()),
        values={},
        errors={},
    )
    answer = make_response(page)
    # Whether a worker obeys its own policy or its page's differs among browsers.
    answer.headers["Content-Security-Policy"] = policy(wasm=True)
    return answer


def _places_lately(offered: OfferedPlaces) -> list[PlaceInTree]:
    """Return the places, those first where crates were lately put."""
    session, who = reader()
    lately = [target.name for target in recent_targets(session, who.depot_id)]
    rank = {name: number for number, name in enumerate(lately)}
    return sorted(offered.by_name(), key=lambda place: rank.get(place.name, len(rank)))


def open_typed() -> ResponseReturnValue:
    """Open what a code names that was typed or scanned into the scan page."""
    text = query_text("code")
    found = look_up_scan(text)
    if found.crate or found.near or found.kind == "unknown_crate":
        return _open(text)
    return redirect(url_for("scans.what", text=text))


def follow(code: str) -> ResponseReturnValue:
    """Open the crate whose label a phone's camera has read."""
    return _open(code)


def _open(text: str) -> ResponseReturnValue:
    session, who = reader()
    head = find_crate(session, who.depot_id, text)
    if head is None or head.stored_state == "retired":
        depots = depots_with_crate(session, who, head.code if head else text)
        if depots:
            return render_template("scanning/elsewhere.html", code=text, depots=depots), 404
    if head is None:
        return answer_no_crate(text)
    if head.stored_state == "retired":
        travels = crate_travels(session, who.depot_id, head.code)[:1]
        told = [travel_words(travel, current_reader()) for travel in travels]
        return render_template("scanning/retired.html", head=head, travels=told), 404
    return redirect(_address(head))


def _address(head: CrateHead) -> str:
    if head.stored_state == "blank":
        return url_for("crates.fill", code=head.code)
    return url_for("crates.show", code=head.code)


class AdoptSchema(WriteSchema):
    """A label that nobody here has made."""

    makes = AdoptCrate
    code = Text(required=True, max_length=200)
    location = Text(load_default=None, max_length=200)


def adopt(code: str) -> ResponseReturnValue:
    """Make the label a crate of this depot; if somebody just did, go to it."""

    def done(outcome: Outcome[AdoptedCrate | KnownCrate]) -> ResponseReturnValue:
        if isinstance(outcome.answer, AdoptedCrate):
            show_answer(answer_adopt(outcome), outcome)
        return redirect(url_for("crates.fill", code=outcome.answer.code), 303)

    return submit_form(
        AdoptSchema(form=True),
        adopt_label,
        done=done,
        again=lambda form: answer_no_crate(code, form)[0],
        extra={"code": code},
    )


def answer_adopt(outcome: Outcome[AdoptedCrate | KnownCrate]) -> Answer:
    """Say that the label is a crate's of this depot."""
    return Answer(_("%(code)s is a crate of this depot now.", code=outcome.answer.code))


def adopt_label(command: AdoptCrate, who: Actor) -> Outcome[AdoptedCrate | KnownCrate]:
    """Make the label a crate, or say that somebody just did. Raises DepotError."""
    try:
        return adopt_crate(command, who)
    except NameTaken as error:
        return Outcome(KnownCrate(code=str(error.params["name"])))
