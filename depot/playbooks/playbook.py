"""What a playbook holds: places, goods, parcels, work that comes round, and pages. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Final, TypeVar

from depot.base.kinds import ActivityKind, PlaceKind, Recurrence
from depot.base.units import PIECE

Told = TypeVar("Told")

#: Parts that are codes, and read the same in every language.
_CODES: Final = frozenset({"key", "kind", "unit", "frequency", "local_start"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookCategory:
    """A category, with what one piece of it weighs on average, in grams."""

    name: str
    average_unit_grams: int | None = None
    is_food: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookPlace:
    """A place to keep things; `inside` names the place it is in."""

    name: str
    note: str = ""
    inside: str = ""
    kind: PlaceKind = "storage"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookItem:
    """An item, what it is counted in, and what one of it weighs in grams."""

    name: str
    category: str
    unit: str = PIECE
    unit_grams: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookInstead:
    """What those who eat so get instead of a line's goods; without an item, nothing of it."""

    diet: str
    item: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookParcelLine:
    """A line: an item, one of several, or anything of a category that is counted in `unit`.

    So much of it for each household, adult and child; or for each of the parcel's sizes.
    """

    item: str = ""
    choices: tuple[str, ...] = ()
    category: str = ""
    unit: str = ""
    household: int = 0
    adult: int = 0
    child: int = 0
    sizes: tuple[int, ...] = ()
    swaps: tuple[str, ...] = ()
    instead: tuple[PlaybookInstead, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookParcel:
    """A kind of parcel; without sizes it goes by adults and children."""

    name: str
    lines: tuple[PlaybookParcelLine, ...]
    sizes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookRecipeLine:
    """So much of an item, in its unit; what comes out may keep so many days."""

    item: str
    quantity: int
    keeps_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookRecipe:
    """What goes in and what comes out when it is made once."""

    name: str
    inputs: tuple[PlaybookRecipeLine, ...]
    outputs: tuple[PlaybookRecipeLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookRoutine:
    """Work that comes round: a shift, a task, a meeting, or a duty that passes on.

    When it is, is said as a routine's version says it (`depot.models.rota`): `weekdays` are ISO day
    numbers, `nths` 1 to 5 or -1 for the last of a month. A duty lasts up to the next of its days.
    """

    kind: ActivityKind
    name: str
    text: str = ""
    steps: tuple[str, ...] = ()
    people_min: int = 1
    people_max: int | None = None
    open_places: int = 0
    frequency: Recurrence = "weekly"
    every: int = 1
    weekdays: tuple[int, ...] = ()
    nths: tuple[int, ...] = ()
    month_day: int | None = None
    #: HH:MM on the depot's wall clock; of shifts and meetings.
    local_start: str = ""
    minutes: int | None = None
    #: How many days a duty lasts; None: up to the next one.
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookPage:
    """A page to read: paragraphs; those that begin with "- " are points of a list."""

    key: str
    title: str
    blocks: tuple[str, ...]

    @property
    def text(self) -> str:
        """The page as people edit it: points line by line, an empty line between paragraphs."""
        text = ""
        for before, block in zip(("", *self.blocks), self.blocks, strict=False):
            is_list = before.startswith("- ") and block.startswith("- ")
            text += ("" if not text else "\n" if is_list else "\n\n") + block
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """A way to begin. What it names and a depot has already stays as the depot has it."""

    key: str
    name: str
    about: str
    guide: PlaybookPage
    categories: tuple[PlaybookCategory, ...] = ()
    places: tuple[PlaybookPlace, ...] = ()
    items: tuple[PlaybookItem, ...] = ()
    parcels: tuple[PlaybookParcel, ...] = ()
    recipes: tuple[PlaybookRecipe, ...] = ()
    routines: tuple[PlaybookRoutine, ...] = ()
    #: Pages beside the guide; those every depot begins with are not repeated here.
    pages: tuple[PlaybookPage, ...] = ()


def in_words(told: Told, gettext: Callable[[str], str]) -> Told:
    """Return a playbook, or a part of one, with every sentence in the words of `gettext`."""
    if not is_dataclass(told) or isinstance(told, type):
        raise TypeError(f"no part of a playbook: {told!r}")
    words = {
        field.name: _worded(getattr(told, field.name), gettext)
        for field in fields(told)
        if field.name not in _CODES
    }
    return replace(told, **words)


def _worded(value: Any, gettext: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return gettext(value) if value else value
    if isinstance(value, tuple) and value and not isinstance(value[0], int):
        return tuple(_worded(one, gettext) for one in value)
    return in_words(value, gettext) if is_dataclass(value) else value


def blocks_of(text: str) -> tuple[str, ...]:
    """Return the paragraphs and points of a page as somebody wrote it."""
    blocks: list[str] = []
    for paragraph in text.split("\n\n"):
        plain: list[str] = []
        for line in filter(None, map(str.strip, paragraph.split("\n"))):
            if line.startswith("- "):
                blocks += _joined(plain)
                plain = []
                blocks.append(line)
            else:
                plain.append(line)
        blocks += _joined(plain)
    return tuple(blocks)


def _joined(lines: list[str]) -> list[str]:
    return [" ".join(lines)] if lines else []
