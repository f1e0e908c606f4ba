"""One search over everything, as a page and as what is suggested while one types."""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

from flask import jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.frame.guards import actor
from blueprints.frame.language import current_reader
from blueprints.frame.web import query_text
from blueprints.search.words import (
    SEARCH_WORDS,
    Result,
    page_results,
    result_groups,
    thing_results,
)
from blueprints.words.scan_fields import look_up_scan
from depot.base.actors import Actor
from depot.db.database import current_session
from depot.search.queries import find_things, may_be_code
from depot.words.reader import Reader

#: So many of a kind are suggested; the page has more.
_SUGGESTED: Final = 3
#: As long as a note for the next shift may be.
_LONGEST_NOTE: Final = 500
_CRATES: Final = frozenset({"crate", "blank_crate", "retired_crate"})


def index() -> ResponseReturnValue:
    """Show what a text finds, kind by kind; a code leads straight to what bears it."""
    asked = query_text("q")
    if straight := _straight_to(asked):
        return redirect(straight)
    reader = current_reader()
    groups = result_groups(found_by(asked, actor(), reader), reader) if asked else []
    words = SEARCH_WORDS(reader)
    return render_template("search/index.html", asked=asked, groups=groups, words=words)


def suggest() -> ResponseReturnValue:
    """Answer a script with the likeliest of each kind."""
    reader = current_reader()
    groups = result_groups(found_by(query_text("q"), actor(), reader), reader)
    return jsonify(
        groups=[
            asdict(group) | {"results": [asdict(one) for one in group.results[:_SUGGESTED]]}
            for group in groups
        ]
    )


def shared() -> ResponseReturnValue:
    """Lead what was shared to where it is of use: a code to what bears it, words to a note.

    The phone's service worker asks here, with photos taken out for the scan page.
    """
    parts = [query_text(name) for name in ("title", "text", "url")]
    for part in parts:
        if straight := _straight_to(part):
            return redirect(straight)
    words = " ".join(dict.fromkeys(part for part in parts if part))
    return redirect(url_for("handover.new", text=words[:_LONGEST_NOTE]))


def found_by(asked: str, who: Actor, reader: Reader) -> list[Result]:
    """Return all that a text may mean to who asks."""
    things = find_things(current_session(), who, asked)
    return [
        *page_results(asked, who, reader, url_for),
        *thing_results(things, who, reader, url_for),
    ]


def _straight_to(asked: str) -> str | None:
    """Return the page of what bears a code that was scanned or typed."""
    if not may_be_code(asked):
        return None
    found = look_up_scan(asked)
    if found.kind in _CRATES:
        return url_for("crates.show", code=found.code)
    if found.kind == "item" and found.meaning is not None:
        return url_for("items.item", item_id=found.meaning.item_id)
    return None
