"""What a depot starts with, in the words of its language: categories, boxes, two places.

They are the depot's own from then on. What nobody renamed follows when another language is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import select, update

from depot.base.kinds import SettingKind
from depot.base.names import name_key
from depot.base.text import N_
from depot.items.start_categories import START_NAMES, loose_in
from depot.kernel.once import Work
from depot.models import Category, Item, Location, TareBox
from depot.open_book.settings import note_change
from depot.words.languages import Languages

#: Puts a sentence of the program into the words of a language.
Say = Callable[[str], str]
ARRIVALS: Final = N_("Arrivals")
ON_HOLD: Final = N_("On hold")


class _Start(NamedTuple):
    """Rows of a table that a depot starts with: their names in a language, in one order."""

    table: Any
    names: Callable[[Say], Sequence[str]]
    is_such: Any
    #: As which kind the open book tells of a new name; empty: it does not.
    told: SettingKind | None = None


def _boxes(say: Say) -> list[str]:
    from depot.intake.tare import START_BOXES  # a depot starts once

    return [say(name) for name, _grams in START_BOXES]


_STARTS: Final = (
    _Start(Category, lambda say: [say(name) for name in START_NAMES], Category.id > 0, "category"),
    _Start(TareBox, _boxes, TareBox.id > 0, "tare_box"),
    _Start(Location, lambda say: [say(ARRIVALS)], Location.is_default),
    _Start(Location, lambda say: [say(ON_HOLD)], Location.kind == "quarantine"),
)


def say_start_in(work: Work, language: str, languages: Languages) -> None:
    """Call what still bears a name it started with, in any language, by that of this language.

    A name that something else bears by now is left as it is.
    """
    says = [languages.reader(language=name).gettext for name in languages.names()]
    say = languages.reader(language=language).gettext
    _rename_loose(work, says, say)
    for start in _STARTS:
        known = {name_key(name): at for each in says for at, name in enumerate(start.names(each))}
        _rename(work, start, known, start.names(say))


def _rename_loose(work: Work, says: Sequence[Say], say: Say) -> None:
    """Call the loose goods of each category anew, where they are called after it."""
    here = Item.depot_id == work.depot_id
    taken = set(work.session.scalars(select(Item.name_key).where(here)))
    asked = select(Item.id, Item.name_key, Category.name).join(Category).where(here, Item.is_loose)
    begun = {name_key(each(name)): name for each in says for name in START_NAMES}
    for number, key, category in work.session.execute(asked).all():
        if key not in {name_key(loose_in(category, each)) for each in says}:
            continue
        start = begun.get(name_key(category))
        wanted = loose_in(say(start) if start else category, say)
        if name_key(wanted) not in taken:
            values = {"name": wanted, "name_key": name_key(wanted)}
            work.session.execute(update(Item).where(Item.id == number).values(**values))


def _rename(work: Work, start: _Start, known: Mapping[str, int], names: Sequence[str]) -> None:
    table = start.table
    here = table.depot_id == work.depot_id
    taken = set(work.session.scalars(select(table.name_key).where(here)))
    asked = select(table.id, table.name, table.name_key).where(here, start.is_such)
    for number, name, key in work.session.execute(asked).all():
        wanted = names[known[key]] if key in known else name
        if name_key(wanted) == key or name_key(wanted) in taken:
            continue
        values = {"name": wanted, "name_key": name_key(wanted)}
        work.session.execute(update(table).where(table.id == number).values(**values))
        taken.add(values["name_key"])
        if start.told is not None:
            note_change(work, start.told, name, {"name": name}, {"name": wanted})
