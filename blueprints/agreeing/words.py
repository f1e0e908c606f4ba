"""What waits for a second person, in words and figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from depot.agreeing.queries import AskedRow
from depot.agreeing.words import ACT_WORDS
from depot.base.actors import ROLE_WORDS
from depot.base.kinds import ActKind
from depot.base.text import N_
from depot.reports.sums.words import COLUMNS, REASONS
from depot.words import figures
from depot.words.reader import Reader

#: A fact: what it is called, and what it is.
Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One of them as a list shows it."""

    id: int
    kind: str
    title: str
    small: str
    figure: str | None


def asked_line(row: AskedRow, now: datetime, reader: Reader) -> AskedLine:
    """Return what a list says of it."""
    grams = row.told.get("grams")
    return AskedLine(
        id=row.id,
        kind="count" if row.is_open(now) else "plain",
        title=asked_title(row, reader),
        small=asked_state(row, now, reader),
        figure=None if grams is None else figures.weight(grams, reader),
    )


def asked_title(row: AskedRow, reader: Reader) -> str:
    """Return what it is, in a few words."""
    return reader.gettext(ACT_WORDS[row.kind])


def asked_state(row: AskedRow, now: datetime, reader: Reader) -> str:
    """Return who asked, and how far it is: both names, once there are two."""
    names = {"asker": row.asked_by, "other": row.by or "?"}
    if row.answer is not None:
        when = figures.moment(row.answered_at, reader)
        return reader.gettext(_ENDED[row.answer], when=when, **names)
    if row.until > now:
        until = figures.moment(row.until, reader)
        return reader.gettext("asked by %(asker)s, until %(until)s", until=until, **names)
    return reader.gettext("asked by %(asker)s; nobody answered in time", **names)


_ENDED: Final = {
    "agreed": N_("asked by %(asker)s, agreed by %(other)s, %(when)s"),
    "declined": N_("asked by %(asker)s; %(other)s did not agree, %(when)s"),
    "withdrawn": N_("taken back by %(asker)s, %(when)s"),
}


def facts_of(row: AskedRow, name_of: Callable[[int], str | None], reader: Reader) -> list[Fact]:
    """Return what it is about, with its figures; `name_of` knows who a number of a person is."""
    told = {**row.told, "input": row.input or {}}
    if "person" in told:
        told["name"] = name_of(told["person"])
    facts = _FACTS[row.kind](told, reader)
    return [*facts, (reader.gettext("Why"), row.asked_why)] if row.asked_why else facts


def _goods(told: dict[str, Any], reader: Reader) -> list[Fact]:
    return [
        (one["item"], figures.quantity(one["quantity"], one["unit"], reader))
        for one in told.get("goods", ())
    ]


def _write_off(told: dict[str, Any], reader: Reader) -> list[Fact]:
    why = reader.gettext(REASONS.get(told["reason"], N_("taken out")))
    found = [
        *_goods(told, reader),
        (reader.gettext("Weight"), figures.weight(told["grams"], reader)),
        (reader.gettext("From"), ", ".join(told["places"])),
        (reader.gettext("Why"), why),
    ]
    if told["input"].get("note"):
        found.append((reader.gettext("Note"), told["input"]["note"]))
    return found


def _rights(told: dict[str, Any], reader: Reader) -> list[Fact]:
    def role(word: str | None) -> str:
        return reader.gettext(ROLE_WORDS[word]) if word else reader.gettext("nothing")

    name = told.get("name") or told.get("program") or told["input"].get("name")
    title = reader.gettext("Program") if "program" in told else reader.gettext("Name")
    found = [
        (title, name or reader.gettext("somebody")),
        (reader.gettext("Now"), role(told["before"])),
        (reader.gettext("Then"), role(told["after"])),
    ]
    if told.get("names"):
        found.append((reader.gettext("Reads the sign-in sheets"), reader.gettext("yes")))
    if told["input"].get("why"):
        found.append((reader.gettext("Why"), told["input"]["why"]))
    return found


def _erasure(told: dict[str, Any], reader: Reader) -> list[Fact]:
    found = [(reader.gettext("Name"), told.get("name") or reader.gettext("somebody"))]
    why = told["input"].get("why")
    return [*found, (reader.gettext("Why"), why)] if why else found


def _report(told: dict[str, Any], reader: Reader) -> list[Fact]:
    found = [
        (reader.gettext("Period"), told["period"]),
        (reader.gettext("Version"), figures.number(told["version"], reader)),
    ]
    for one in told["totals"]:
        title = COLUMNS.get(one["figure"].removesuffix("_grams"))
        if title is not None:
            change = reader.gettext(
                "%(after)s, was %(before)s",
                after=figures.weight(one["after"], reader),
                before=figures.weight(one["before"], reader),
            )
            found.append((reader.gettext(title), change))
    return found


def _recall(told: dict[str, Any], reader: Reader) -> list[Fact]:
    found = [
        (reader.gettext("Recall"), told["recall"]),
        (reader.gettext("Lots"), figures.number(told["lots"], reader)),
        *_goods(told, reader),
    ]
    why = told["input"].get("reason") or told["input"].get("note")
    return [*found, (reader.gettext("Why"), why)] if why else found


def _rules(told: dict[str, Any], reader: Reader) -> list[Fact]:
    before, after = told["before"], told["after"]

    def kinds(text: str) -> str:
        return kinds_words(text, reader)

    found = [
        (
            reader.gettext("Takes two people"),
            _was(kinds(before["second_kinds"]), kinds(after["second_kinds"]), reader),
        )
    ]
    limit = "second_write_off_grams"
    if before[limit] != after[limit]:
        weights = [
            reader.gettext("nothing") if grams is None else figures.weight(grams, reader)
            for grams in (before[limit], after[limit])
        ]
        found.append((reader.gettext("Write-offs above"), _was(weights[0], weights[1], reader)))
    days = [figures.number(part["second_days"], reader) for part in (before, after)]
    return [*found, (reader.gettext("Days to agree"), _was(days[0], days[1], reader))]


def _was(before: str, after: str, reader: Reader) -> str:
    if before == after:
        return after
    return reader.gettext("%(after)s, was %(before)s", after=after, before=before)


def kinds_words(text: str, reader: Reader) -> str:
    """Return what takes two people, in words."""
    found = [reader.gettext(ACT_WORDS[kind]) for kind in text.split()]
    return ", ".join(found) or reader.gettext("nothing")


def _nothing_more(_told: dict[str, Any], _reader: Reader) -> list[Fact]:
    return []


_FACTS: Final[dict[ActKind, Callable[[dict[str, Any], Reader], list[Fact]]]] = {
    "write_off": _write_off,
    "rights": _rights,
    "erasure": _erasure,
    "report": _report,
    "export": _nothing_more,
    "recall": _recall,
    "rules": _rules,
}
