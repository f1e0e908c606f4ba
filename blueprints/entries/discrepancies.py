"""Things to look at: a coordinator settles each in one step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from blueprints.entries.lists import send_discrepancies
from blueprints.entries.schemas import ResolutionSchema
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import reader, show_message
from blueprints.words.discrepancies import (
    UNLIKELY,
    after_closing_title,
    both_numbers_words,
    clock_words,
    discrepancy_note,
    discrepancy_title,
    is_unknown_scan,
    resolution_words,
)
from blueprints.words.entries import describe_entry
from depot.base.actors import Actor
from depot.base.kinds import UNSAFE_KINDS
from depot.base.text import N_
from depot.entries.commands.discrepancies import (
    ACCEPTED,
    IGNORED,
    UNDONE,
    ResolvedDiscrepancy,
    ResolveDiscrepancy,
    resolve_discrepancy,
)
from depot.entries.queries.clock import entries_meanwhile
from depot.entries.queries.discrepancies import (
    DiscrepancyRow,
    open_count,
    open_discrepancies,
    settled_discrepancies,
)
from depot.entries.queries.entry_lines import PlaceRef
from depot.kernel.once import Outcome
from depot.rota.queries.tasks import grown_from
from labels.symbols.codes import is_valid

_SETTLED: Final = {
    ACCEPTED: N_("Looked at: right as it is."),
    UNDONE: N_("Undone, and looked at."),
    IGNORED: N_("Looked at: never mind."),
}


@dataclass(frozen=True, slots=True)
class DiscrepancyText:
    """One thing in words, with what can be done about it."""

    id: int
    title: Markup
    small: str
    numbers: Markup | None
    entry_id: int | None
    entry_seq: int | None
    can_undo: bool
    settled: str
    #: What else can be done: address and words.
    ways: tuple[tuple[str, str], ...]
    #: A code that nobody knew; that it is "right as it is" would say nothing of it.
    is_unknown_scan: bool
    #: A number that is far from any before: what is said of it is that it is right.
    is_unlikely: bool
    #: About food safety: in red.
    is_urgent: bool
    #: Of several entries after one closing: all of them, id and number, and since which thing.
    entries: tuple[tuple[int, int], ...] = ()
    since_id: int | None = None


def index() -> ResponseReturnValue:
    """List what waits, and what was looked at."""
    return _page(Form())


def index_file(ending: str) -> Response:
    """Send all of it, what was settled too."""
    return send_discrepancies(ending)


def meanwhile(discrepancy_id: int) -> str:
    """List what was written while the clock was wrong."""
    session, who = reader()
    found = entries_meanwhile(session, who, discrepancy_id)
    return render_template(
        "entries/meanwhile.html",
        said=clock_words(found.jump, current_reader()),
        entries=[describe_entry(row, current_reader(), url_for) for row in found.rows],
        more=found.more,
    )


def _page(form: Form) -> str:
    session, who = reader()
    waiting = open_discrepancies(session, who.depot_id)
    return show_form(
        "entries/look.html",
        form,
        waiting=[_things(rows) for rows in _together(waiting)],
        more=open_count(session, who.depot_id) > len(waiting),
        grown=grown_from(session, who.depot_id, "discrepancy", [row.id for row in waiting]),
        settled=[_thing(row) for row in settled_discrepancies(session, who.depot_id)],
    )


def _together(rows: Iterable[DiscrepancyRow]) -> list[list[DiscrepancyRow]]:
    """Put what came after the closing of one hand-out together, where the newest of it stands."""
    found: dict[tuple[str, int], list[DiscrepancyRow]] = {}
    for row in rows:
        is_late = row.kind == "event_closed" and row.event_id is not None
        key = ("event", row.event_id or 0) if is_late else ("", row.id)
        found.setdefault(key, []).append(row)
    return list(found.values())


def _things(rows: list[DiscrepancyRow]) -> DiscrepancyText:
    newest, *older = rows
    one = _thing(newest)
    if not older:
        return one
    return replace(
        one,
        title=after_closing_title(newest.detail, len(rows), current_reader()),
        can_undo=False,
        entries=tuple((row.entry_id or 0, row.entry_seq or 0) for row in rows),
        since_id=older[-1].id,
    )


def _thing(row: DiscrepancyRow) -> DiscrepancyText:
    return DiscrepancyText(
        id=row.id,
        title=discrepancy_title(row, current_reader()),
        small=discrepancy_note(row, current_reader()),
        numbers=both_numbers_words(row, current_reader()),
        entry_id=row.entry_id,
        entry_seq=row.entry_seq,
        can_undo=row.can_undo,
        settled=resolution_words(row, current_reader()),
        ways=_ways(row),
        is_unknown_scan=is_unknown_scan(row),
        is_unlikely=row.kind == UNLIKELY,
        is_urgent=row.kind in UNSAFE_KINDS,
    )


#: What is settled by looking: how many are there?
_TO_COUNT: Final = frozenset({"short_stock", "undo_short", "counted_since", "large_difference"})


def _ways(row: DiscrepancyRow) -> tuple[tuple[str, str], ...]:
    """Return where a thing can be set right, other than by a button here."""
    if row.kind == "crate_missing":
        return ((f"/C/{row.detail}", _("Open the crate")),)
    if row.kind == UNLIKELY and row.entry_id is None and row.item_id is not None:
        return ((url_for("items.item", item_id=row.item_id), _("Open the item")),)
    if row.kind == "clock_jump":
        address = url_for("discrepancies.meanwhile", discrepancy_id=row.id)
        return ((address, _("See the entries")),)
    if row.kind in _TO_COUNT:
        return tuple([*_way_to_count(row.place), *_way_to_write_again(row)])
    if not is_unknown_scan(row):
        return ()
    if is_valid(row.detail):
        return ((f"/C/{row.detail}", _("Use it as a new crate")),)
    return ((url_for("scans.learn", code=row.detail), _("Say what it is")),)


def _way_to_count(place: PlaceRef | None) -> Iterator[tuple[str, str]]:
    if place is not None and place.is_crate:
        yield url_for("crates.count", code=place.name), _("Count what is there")
    elif place is not None and place.is_physical:
        yield url_for("locations.place", location_id=place.id), _("See what is there")


def _way_to_write_again(row: DiscrepancyRow) -> Iterator[tuple[str, str]]:
    """What was undone and had gone out already did come in: it can be written once more."""
    if row.kind == "undo_short" and row.undone_receipt_id is not None:
        again = url_for("intake.new", again=row.undone_receipt_id)
        yield again, _("It did come in: log it again")


def resolve(discrepancy_id: int) -> ResponseReturnValue:
    """Settle one."""

    def run(command: ResolveDiscrepancy, who: Actor) -> Outcome[ResolvedDiscrepancy]:
        return resolve_discrepancy(replace(command, discrepancy_id=discrepancy_id), who)

    return submit_form(ResolutionSchema(form=True), run, done=_settled, again=_page)


def _settled(outcome: Outcome[ResolvedDiscrepancy]) -> ResponseReturnValue:
    show_message(_(_SETTLED.get(outcome.answer.resolution, _SETTLED[ACCEPTED])))
    return redirect(url_for("discrepancies.index"), 303)
