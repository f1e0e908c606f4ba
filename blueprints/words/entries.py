"""Entries of the ledger in words: one title, the small print, one figure, a colour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from blueprints.words.addresses import Address
from depot.base.text import N_
from depot.base.units import GRAM
from depot.entries.queries.entry_lines import PlaceRef
from depot.entries.queries.figures import Figure
from depot.entries.queries.ledger import EntryRow
from depot.reports.sums.words import REASONS, SOURCES
from depot.words import figures
from depot.words.reader import Reader, with_one_stop

#: The colour of each kind of act, the same everywhere.
ENTRY_COLOURS: Final = {
    "opening": "in",
    "receipt": "in",
    "return": "in",
    "production": "in",
    "issue": "out",
    "transfer": "move",
    "count": "count",
    "write_off": "stop",
    "people": "plain",
    "reversal": "plain",
}
#: What each kind of entry is called.
ENTRY_KIND_WORDS: Final = {
    "receipt": N_("Came in"),
    "issue": N_("Handed out"),
    "return": N_("Came back"),
    "transfer": N_("Moved"),
    "production": N_("Made"),
    "write_off": N_("Taken out"),
    "count": N_("Counted"),
    "people": N_("People helped"),
    "opening": N_("Here at the start"),
    "reversal": N_("Undone"),
}
SOURCE_WORDS: Final = SOURCES
REASON_WORDS: Final = REASONS
#: What is said instead of the name of a place outside, by its kind, as where from and where to.
FROM_OUTSIDE: Final = {
    "supplier": N_("came in"),
    "recipient": N_("came back"),
    "production": N_("made"),
    "loss": N_("found again"),
    "count_variance": N_("count"),
    "opening": N_("here at the start"),
    "network": N_("another depot"),
}
TO_OUTSIDE: Final = {
    "supplier": N_("taken back"),
    "recipient": N_("handed out"),
    "production": N_("used up"),
    "loss": N_("gone"),
    "count_variance": N_("count"),
    "opening": N_("taken back"),
    "network": N_("another depot"),
}


@dataclass(frozen=True, slots=True)
class EntryText:
    """An entry as a row of a list: the arguments of the component `row`."""

    kind: str
    title: Markup
    small: str
    figure: str | None
    href: str
    undo_href: str | None
    undone: bool
    #: The row's id in the page.
    anchor: str


def describe_entry(row: EntryRow, reader: Reader, address: Address) -> EntryText:
    """Put an entry into words. `undo_href` is set if the reader may undo it."""
    return EntryText(
        kind=ENTRY_COLOURS[row.kind],
        title=entry_title(row, reader),
        small=" · ".join(_small(row, reader)),
        figure=figure_text(row, reader),
        href=address("ledger.entry", entry_id=row.entry_id),
        undo_href=address("ledger.undo", entry_id=row.entry_id) if row.can_undo else None,
        undone=row.is_undone,
        anchor=f"entry-{row.entry_id}",
    )


def entry_title(row: EntryRow, reader: Reader) -> Markup:
    """Return what happened, in a few words; codes of crates stand in their own letters."""
    title = _TITLES[row.act](row, reader)
    return (
        fill_sentence(N_("Undone: %(what)s"), reader, what=title)
        if row.kind == "reversal"
        else title
    )


def author_of(row: EntryRow, reader: Reader) -> str:
    """Return who wrote it, and on which of the depot's own devices."""
    name = reader.name(row.actor_name) or reader.gettext("the computer")
    if not row.device:
        return name
    return reader.gettext("%(name)s, %(device)s", name=name, device=row.device)


def figure_text(row: EntryRow, reader: Reader) -> str | None:
    """Return how much it is about: +24 kg, −48, 3 items; None if it is about no goods."""
    if row.people is not None and row.act == "people":
        return figures.number(row.people.households, reader)
    return _amount(row.figure, reader)


def place_markup(place: PlaceRef | None, reader: Reader, is_target: bool = False) -> Markup:
    """Return a place by name, a crate by its code, the world outside by what happens there."""
    if place is None:
        return escape(reader.gettext("no known place"))
    if place.is_crate:
        return code_markup(place.name)
    outside = TO_OUTSIDE if is_target else FROM_OUTSIDE
    return escape(place.name if place.is_physical else reader.gettext(outside[place.kind]))


def code_markup(text: str) -> Markup:
    """Return a crate's code in its own letters."""
    return Markup('<span class="code">{}</span>').format(text)


def fill_sentence(sentence: str, reader: Reader, **params: Markup | str) -> Markup:
    """Translate the sentence and fill it in; what is filled in is escaped unless it is markup."""
    told = escape(reader.gettext(sentence))
    return told % with_one_stop(params, told)


def _amount(figure: Figure, reader: Reader) -> str | None:
    show = figures.signed_number if figure.is_signed else figures.quantity
    if figure.quantity is not None and figure.unit is not None:
        return show(figure.quantity, figure.unit, reader)
    if figure.weight_grams is not None:
        return show(figure.weight_grams, GRAM, reader)
    if figure.items:
        return reader.ngettext("%(num)s item", "%(num)s items", len(figure.items))
    return None


def _small(row: EntryRow, reader: Reader) -> Iterable[str]:
    if row.act == "issue" and len(_sources(row)) == 1 and _sources(row)[0].is_crate:
        yield _items(row, reader)
    yield author_of(row, reader)
    yield figures.ago(row.recorded_at if row.kind == "reversal" else row.occurred_at, reader)
    if row.event:
        yield row.event
    if row.is_late and row.kind != "reversal":
        yield reader.gettext(
            "entered later, on %(day)s",
            day=figures.day(figures.to_local(row.recorded_at, reader).date(), reader),
        )
    if row.undone_note:
        yield reader.gettext("“%(note)s”", note=row.undone_note)
    if row.note:
        yield row.note


def _items(row: EntryRow, reader: Reader) -> str:
    return _named(row.figure.items or tuple(dict.fromkeys(line.item for line in row.lines)), reader)


def _named(names: Sequence[str], reader: Reader) -> str:
    if len(names) <= 2:
        return ", ".join(names)
    more = len(names) - 1
    return reader.ngettext(
        "%(first)s and %(num)s more", "%(first)s and %(num)s more", more, first=names[0]
    )


def _sources(row: EntryRow) -> list[PlaceRef]:
    return _physical(line.source for line in row.lines)


def _targets(row: EntryRow) -> list[PlaceRef]:
    return _physical(line.target for line in row.lines)


def _physical(places: Iterable[PlaceRef]) -> list[PlaceRef]:
    return list(dict.fromkeys(place for place in places if place.is_physical))


def _several(places: list[PlaceRef], reader: Reader) -> Markup:
    if len(places) == 1:
        return place_markup(places[0], reader)
    return escape(reader.ngettext("%(num)s place", "%(num)s places", len(places)))


def _receipt(row: EntryRow, reader: Reader) -> Markup:
    who = row.partner or reader.gettext(SOURCE_WORDS.get(row.source_kind, N_("Came in")))
    return fill_sentence(N_("%(who)s, %(what)s"), reader, who=who, what=_items(row, reader))


def _issue(row: EntryRow, reader: Reader) -> Markup:
    ends = _sources(row) or _targets(row)
    if len(ends) == 1 and ends[0].is_crate:
        return fill_sentence(N_("%(what)s handed out"), reader, what=place_markup(ends[0], reader))
    return fill_sentence(N_("%(what)s handed out"), reader, what=_items(row, reader))


def _return(row: EntryRow, reader: Reader) -> Markup:
    return fill_sentence(N_("%(what)s came back"), reader, what=_items(row, reader))


def _transfer(row: EntryRow, reader: Reader) -> Markup:
    kinds = {line.source.kind for line in row.lines}, {line.target.kind for line in row.lines}
    is_undo = row.kind == "reversal"
    if "network" in kinds[not is_undo]:
        return fill_sentence(N_("%(what)s sent to another depot"), reader, what=_items(row, reader))
    if "network" in kinds[is_undo]:
        return fill_sentence(
            N_("%(what)s came from another depot"), reader, what=_items(row, reader)
        )
    if not row.placements:
        sources, targets = _sources(row), _targets(row)
        return fill_sentence(
            N_("%(what)s: %(source)s → %(target)s"),
            reader,
            what=_items(row, reader),
            source=_several(sources, reader)
            if sources
            else escape(reader.gettext("no known place")),
            target=_several(targets, reader)
            if targets
            else escape(reader.gettext("no known place")),
        )
    first = row.placements[0]
    crate = place_markup(first.crate, reader)
    if len(row.placements) > 1:
        more = reader.ngettext("%(num)s crate", "%(num)s crates", len(row.placements))
        return fill_sentence(
            N_("%(what)s → %(target)s"),
            reader,
            what=more,
            target=place_markup(first.target, reader),
        )
    if first.source is None:
        return fill_sentence(
            N_("%(what)s → %(target)s"),
            reader,
            what=crate,
            target=place_markup(first.target, reader),
        )
    return fill_sentence(
        N_("%(what)s: %(source)s → %(target)s"),
        reader,
        what=crate,
        source=place_markup(first.source, reader),
        target=place_markup(first.target, reader),
    )


#: What became of goods that were put into a freezer, or taken out of it to be eaten.
_STATE_WORDS: Final = {"frozen": N_("%(what)s frozen"), "thawed": N_("%(what)s thawed")}


def _production(row: EntryRow, reader: Reader) -> Markup:
    if row.reason == "taken_apart":
        return fill_sentence(N_("%(what)s taken apart"), reader, what=_taken_apart(row, reader))
    if row.reason in _STATE_WORDS:
        return fill_sentence(_STATE_WORDS[row.reason], reader, what=_items(row, reader))
    ends = {place.kind for line in row.lines for place in (line.source, line.target)}
    is_made = any(line.source.kind == "production" for line in row.lines)
    if "production" in ends and (is_made or row.kind == "reversal"):
        return fill_sentence(N_("%(what)s made"), reader, what=_items(row, reader))
    return fill_sentence(N_("%(what)s used up"), reader, what=_items(row, reader))


def _taken_apart(row: EntryRow, reader: Reader) -> str:
    """Return the names of what was taken apart; its undo has the lines the other way round."""
    is_undo = row.kind == "reversal"
    lines = [
        one for one in row.lines if (one.source if is_undo else one.target).kind == "production"
    ]
    return _named(tuple(dict.fromkeys(line.item for line in lines)), reader)


def _write_off(row: EntryRow, reader: Reader) -> Markup:
    reason = reader.gettext(REASON_WORDS.get(row.reason, N_("taken out")))
    return fill_sentence(
        N_("%(what)s: %(reason)s"), reader, what=_items(row, reader), reason=reason
    )


def _count(row: EntryRow, reader: Reader) -> Markup:
    places = list(dict.fromkeys([*_sources(row), *_targets(row)]))
    if len(places) == 1:
        return fill_sentence(N_("%(what)s counted"), reader, what=place_markup(places[0], reader))
    return fill_sentence(N_("%(what)s counted"), reader, what=_items(row, reader))


def _people(row: EntryRow, reader: Reader) -> Markup:
    return escape(reader.gettext("Households helped"))


def _opening(row: EntryRow, reader: Reader) -> Markup:
    return fill_sentence(N_("%(what)s, here at the start"), reader, what=_items(row, reader))


_TITLES: Final[dict[str, Callable[[EntryRow, Reader], Markup]]] = {
    "receipt": _receipt,
    "issue": _issue,
    "return": _return,
    "transfer": _transfer,
    "production": _production,
    "write_off": _write_off,
    "count": _count,
    "people": _people,
    "opening": _opening,
}
