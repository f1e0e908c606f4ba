"""Lines of one delivery on the page: kept in the form, added, taken off; nothing is booked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext as _
from marshmallow import ValidationError

from blueprints.frame.fields import WeightField
from blueprints.frame.forms import Form
from blueprints.frame.language import current_reader
from depot.base.units import MAX_LINES
from depot.intake.queries import BoxChoice
from depot.intake.tare import Tare
from depot.words import figures

#: So many rows for items stand ready, and so many more below the last one that is filled in.
EMPTY_ROWS: Final = 8
MORE_ROWS: Final = 4
#: What moves from the fields of the kind that is being weighed into a line of its own.
MOVED: Final = ("what", "weight", "date", "date_kind", "crate_code")
_PART = re.compile(r"(?P<list>weighed|lines|boxes)-(?P<index>\d{1,3})-(?P<name>\w+)")


@dataclass(frozen=True, slots=True)
class WeighedRow:
    """A kind that was weighed before, as the page shows it."""

    index: int
    name: str
    #: The boxes, the date and the crate, in words.
    small: str


def add_line(values: Mapping[str, str], weight_unit: str, started: Mapping[str, str]) -> Form:
    """Return the form with the kind that is being weighed as a line, ready for the next kind.

    `started` is what a new line begins with. Where the kind or its weight is missing or no weight,
    it is the form as it was, with what is wrong.
    """
    form = Form(dict(values))
    if form.values.get("what") == "items":
        return form
    form.errors = _missing(form.values, weight_unit)
    if form.errors:
        form.status = 422
        return form
    at = f"weighed-{1 + max(_indices(values, 'weighed'), default=-1)}"
    form.values |= {f"{at}-{name}": form.values.pop(name, "") for name in MOVED}
    form.values[f"{at}-tare"] = _counted(form.values)
    form.values = {name: text for name, text in form.values.items() if not _is_count(name)}
    form.values |= started
    return form


def drop_line(values: Mapping[str, str], index: str) -> Form:
    """Return the form without one of its lines."""
    kept = {k: text for k, text in values.items() if not k.startswith(f"weighed-{index}-")}
    return Form(kept)


def _missing(values: Mapping[str, str], weight_unit: str) -> dict[str, list[str]]:
    if not values.get("what"):
        return {"what": [_("What is it?")]}
    try:
        WeightField(unit=weight_unit, required=True).deserialize(values.get("weight") or "?")
    except ValidationError as error:
        said = [_("How much does it weigh?")] if not values.get("weight") else error.messages
        return {"weight": [str(sentence) for sentence in said]}
    return {}


def _counted(values: Mapping[str, str]) -> str:
    """Return the boxes that were counted, as a line keeps them: 3x2."""
    found = [
        (values.get(f"boxes-{index}-box", ""), values.get(f"boxes-{index}-count", "").strip())
        for index in _indices(values, "boxes")
    ]
    return " ".join(f"{box}x{count}" for box, count in found if count not in ("", "0"))


def _is_count(name: str) -> bool:
    return name.startswith("boxes-") and name.endswith("-count")


def _indices(values: Mapping[str, Any], which: str) -> list[int]:
    parts = (_PART.fullmatch(name) for name in values)
    return sorted({int(part["index"]) for part in parts if part and part["list"] == which})


def item_rows(values: Mapping[str, Any]) -> range:
    """Return the rows for items that the page shows: there are always some free ones."""
    filled = [at for at in _indices(values, "lines") if values.get(f"lines-{at}-item")]
    rows = max(EMPTY_ROWS, max(filled, default=0) + 1 + MORE_ROWS)
    return range(min(rows, MAX_LINES))


def weighed_rows(
    values: Mapping[str, Any], names: Mapping[str, str], boxes: Sequence[BoxChoice]
) -> list[WeighedRow]:
    """Return the kinds that were weighed before, with their words."""
    rows = []
    for index in _indices(values, "weighed"):
        said = {name: str(values.get(f"weighed-{index}-{name}", "")) for name in _SAID}
        told = [tare_words(said["tare"], boxes), said["date"], said["crate_code"]]
        small = " · ".join(part for part in told if part)
        rows.append(WeighedRow(index, names.get(said["what"], ""), small))
    return rows


_SAID = ("what", "tare", "date", "crate_code")


def tare_words(text: str, boxes: Sequence[BoxChoice]) -> str:
    """Say which boxes come off a weight: less 2 × Banana box, 2.8 kg."""
    known = {str(box.id): box for box in boxes}
    found = [part.partition("x") for part in text.split()]
    tares = [
        Tare(known[box].name, known[box].grams, int(count))
        for box, _x, count in found
        if box in known and count.isascii() and count.isdigit()
    ]
    return ", ".join(
        _(
            "less %(count)s × %(box)s, %(weight)s",
            count=tare.count,
            box=tare.name,
            weight=figures.weight(tare.total_grams, current_reader()),
        )
        for tare in tares
    )
