"""What of a playbook is here already, and what taking it would make, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from depot.base.names import name_key
from depot.playbooks.commands.taking import TakenPlaybook
from depot.playbooks.playbook import Playbook
from depot.words.reader import Reader


class _Named(Protocol):
    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing in a playbook: its title, and names with whether each is new."""

    title: str
    lines: tuple[tuple[str, bool], ...]


def parts_of(playbook: Playbook, new: Playbook, reader: Reader) -> list[Part]:
    """Return what a playbook holds, kind by kind, those that it has something of."""
    _ = reader.gettext
    said: list[tuple[str, Sequence[_Named], Sequence[_Named]]] = [
        (_("Shifts, tasks, meetings and duties"), playbook.routines, new.routines),
        (_("Places"), playbook.places, new.places),
        (_("Parcels"), playbook.parcels, new.parcels),
        (_("Recipes"), playbook.recipes, new.recipes),
        (_("Items"), playbook.items, new.items),
        (_("Categories"), _either(playbook.categories, new.categories), new.categories),
    ]
    return [Part(title, _lines(whole, fresh)) for title, whole, fresh in said if whole]


def _either(whole: Iterable[_Named], fresh: Iterable[_Named]) -> tuple[_Named, ...]:
    """Categories that only an item names stand in no list of the playbook's own."""
    found = {name_key(one.name): one for one in (*whole, *fresh)}
    return tuple(found.values())


def _lines(whole: Iterable[_Named], fresh: Iterable[_Named]) -> tuple[tuple[str, bool], ...]:
    names = {name_key(one.name) for one in fresh}
    return tuple((one.name, name_key(one.name) in names) for one in whole)


def taken_sentence(taken: TakenPlaybook, reader: Reader) -> str:
    """Say what was made."""
    _, ngettext = reader.gettext, reader.ngettext
    counts = [
        ngettext("%(num)s category", "%(num)s categories", taken.categories),
        ngettext("%(num)s place", "%(num)s places", taken.places),
        ngettext("%(num)s item", "%(num)s items", taken.items),
        ngettext("%(num)s parcel", "%(num)s parcels", taken.parcels),
        ngettext("%(num)s recipe", "%(num)s recipes", taken.recipes),
        ngettext("%(num)s routine", "%(num)s routines", taken.routines),
        ngettext("%(num)s page", "%(num)s pages", taken.pages),
    ]
    made = (
        taken.categories,
        taken.places,
        taken.items,
        taken.parcels,
        taken.recipes,
        taken.routines,
        taken.pages,
    )
    told = ", ".join(words for words, count in zip(counts, made, strict=True) if count)
    if not told:
        return _("Nothing was missing: all of “%(name)s” is here.", name=taken.name)
    return _("Taken from “%(name)s”: %(what)s. It is yours now.", name=taken.name, what=told)
