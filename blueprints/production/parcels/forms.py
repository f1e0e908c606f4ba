"""What is typed in a parcel's form, and the grid of households, before it is a command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _
from marshmallow import ValidationError, fields

from blueprints.frame.editor import EditSchema
from blueprints.frame.fields import (
    Choice,
    CommandSchema,
    Text,
    ToldSchema,
    lines_field,
    read_amount,
)
from blueprints.words.amounts import CountedAmount, base_quantity, typed_amount
from depot.base.allergens import DIETS
from depot.base.names import name_key
from depot.base.units import BASE_UNITS, PIECE
from depot.imports.amounts import WrittenAmount
from depot.production.commands.parcels import InsteadSaid, ParcelLineSaid, PerSaid, SaveParcel
from depot.production.multiplied import HouseholdsSaid
from depot.production.parcel_rows import Named, ParcelLineRow, ParcelRow

#: The longest grid, and the fields in one.
MOST_LETTERS: Final = 20_000
MOST_FIELDS: Final = 1_000
#: The longest list of names that one field takes.
MOST_TYPED: Final = 2000
#: So much of a number of households is read.
_MOST_DIGITS: Final = 9
#: How a field of the grid begins.
CELL: Final = "households"
#: What people write between the amounts for each size, and for nothing of a line.
BETWEEN: Final = "/"
NOTHING: Final = ("", "-", "–")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelFormLine:
    """A line, as typed: an item or a category, how much for whom, and what else it may be."""

    item: str | None = None
    category: str | None = None
    unit: str | None = None
    household: WrittenAmount | None = None
    adult: WrittenAmount | None = None
    child: WrittenAmount | None = None
    sizes: str = ""
    choices: str = ""
    swaps: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelForm:
    """A parcel's form, before it is a command."""

    command_id: UUID
    name: str
    archived: bool = False
    parcel_id: int | None = None
    sizes: str = ""
    lines: tuple[ParcelFormLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GridForm:
    """A grid as it stood in the address of its page, to be made a plan."""

    command_id: UUID
    grid: str


class GridSchema(CommandSchema):
    """The grid whose needs were shown."""

    makes = GridForm
    command_id = fields.UUID(required=True)
    grid = Text(required=True, max_length=MOST_LETTERS)


def parcel_form() -> CommandSchema:
    """Return the schema of a parcel's form."""

    class Line(CommandSchema):
        makes = ParcelFormLine
        item = Text(load_default=None, max_length=200)
        category = Text(load_default=None)
        unit = Choice(BASE_UNITS, load_default=None)
        household = CountedAmount(load_default=None)
        adult = CountedAmount(load_default=None)
        child = CountedAmount(load_default=None)
        sizes = Text(load_default="")
        choices = Text(load_default="", multiline=True, max_length=MOST_TYPED)
        swaps = Text(load_default="", multiline=True, max_length=MOST_TYPED)
        instead = Text(load_default="", multiline=True, max_length=MOST_TYPED)

    class Edited(ToldSchema, EditSchema):
        makes = ParcelForm
        parcel_id = fields.Integer(load_default=None)
        sizes = Text(load_default="", multiline=True, max_length=MOST_TYPED)
        lines = lines_field(Line, load_default=list)

    return Edited(form=True)


def parcel_command(form: ParcelForm, units: Mapping[str, str], weight_unit: str) -> SaveParcel:
    """Turn the form's amounts into base units. Raises ValidationError at the field."""
    if not form.lines:
        raise ValidationError(_("What is in it?"), "lines-0-item")
    return SaveParcel(
        command_id=form.command_id,
        name=form.name,
        archived=form.archived,
        parcel_id=form.parcel_id,
        must_be_new=form.parcel_id is None,
        sizes=tuple(_names(form.sizes)),
        lines=tuple(
            _line(index, line, units, weight_unit) for index, line in enumerate(form.lines)
        ),
    )


def _names(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _line(
    index: int, line: ParcelFormLine, units: Mapping[str, str], weight_unit: str
) -> ParcelLineSaid:
    choices = _names(line.choices)
    if line.item is not None and choices:
        choices = [line.item, *choices]
    meant = [line.item] if line.item and not choices else choices
    if not meant and line.category is None:
        raise ValidationError(_("Which item, or which category?"), f"lines-{index}-item")
    unit = line.unit or PIECE
    if meant:
        unit = units.get(name_key(meant[0]), PIECE)
    return ParcelLineSaid(
        item=meant[0] if meant and not choices else None,
        choices=tuple(choices),
        category=line.category if not meant else None,
        unit=unit,
        per=_per(index, line, unit, weight_unit),
        swaps=tuple(_names(line.swaps)),
        instead=tuple(_instead(index, row) for row in _names(line.instead)),
    )


def _per(index: int, line: ParcelFormLine, unit: str, weight_unit: str) -> PerSaid:
    def read(name: str, amount: WrittenAmount | None) -> int:
        if not amount:
            return 0
        return base_quantity(amount, unit, weight_unit, ["lines", index, name])

    return PerSaid(
        household=read("household", line.household),
        adult=read("adult", line.adult),
        child=read("child", line.child),
        sizes=tuple(read("sizes", amount) for amount in _by_size(index, line.sizes)),
    )


def _by_size(index: int, text: str) -> list[WrittenAmount]:
    parts = text.split(BETWEEN) if text else []
    try:
        return [read_amount(part.strip() or "0") for part in parts]
    except ValidationError as error:
        raise ValidationError(error.messages, f"lines-{index}-sizes") from error


def _instead(index: int, text: str) -> InsteadSaid:
    diet, colon, item = (part.strip() for part in text.partition(":"))
    if not colon:
        problem = _("Write the diet, a colon, and what there is instead: vegan: Chickpeas")
        raise ValidationError(problem, f"lines-{index}-instead")
    return InsteadSaid(diet=_diet_meant(diet), item=None if item in NOTHING else item)


def _diet_meant(said: str) -> str:
    """Return a diet's own word for its name in the reader's language; else what was said."""
    names = {_(name).casefold(): word for word, name in DIETS.items()}
    return names.get(said.casefold(), said)


def _diet_said(word: str) -> str:
    return _(DIETS[word]) if word in DIETS else word


def form_values(row: ParcelRow, weight_unit: str) -> dict[str, Any]:
    """Return a parcel as its form shows it."""
    values: dict[str, Any] = {
        "name": row.name,
        "archived": "yes" if row.archived else "",
        "sizes": "\n".join(row.sizes),
    }
    for index, line in enumerate(row.lines):
        shown = _shown(line, weight_unit)
        values |= {f"lines-{index}-{name}": value for name, value in shown.items()}
    return values


def _shown(line: ParcelLineRow, weight_unit: str) -> dict[str, str]:
    amounts, unit = line.goods.amounts, line.goods.unit
    by_people = {
        "household": amounts.household,
        "adult": amounts.adult,
        "child": amounts.child,
    }
    instead = [
        f"{_diet_said(diet)}: {item.name if item else NOTHING[1]}" for diet, item in line.instead
    ]
    return {
        "item": line.items[0].name if line.items else "",
        "category": line.category.name if line.category else "",
        "unit": unit if line.category and unit != PIECE else "",
        "choices": _listed(line.items[1:]),
        "swaps": _listed(line.swaps),
        "instead": "\n".join(instead),
        "sizes": f" {BETWEEN} ".join(
            typed_amount(quantity, unit, weight_unit) for quantity in amounts.sizes
        ),
    } | {
        name: typed_amount(quantity, unit, weight_unit) if quantity else ""
        for name, quantity in by_people.items()
    }


def _listed(named: tuple[Named, ...]) -> str:
    return "\n".join(one.name for one in named)


def cell(diet: int, adults: int, children: int) -> str:
    """Return the name of a field of the grid, so that a grid fits into an address."""
    return f"{CELL}-{diet}-{adults}-{children}"


def size_cell(diet: int, size: int) -> str:
    """Return the name of the field of a size."""
    return f"{CELL}-{diet}-{size}"


def read_grid(row: ParcelRow, typed: Mapping[str, str]) -> tuple[HouseholdsSaid, ...]:
    """Return the households of a grid. Raises ValidationError at a field that is no number."""
    diets = ("", *row.diets)
    found: list[HouseholdsSaid] = []
    for name, text in typed.items():
        numbers = _cell_numbers(name)
        if not numbers or not text.strip() or numbers[0] >= len(diets):
            continue
        count = _count(name, text)
        diet = diets[numbers[0]]
        if count and row.sizes and len(numbers) == 2:
            found.append(HouseholdsSaid(count=count, size=numbers[1], diet=diet))
        elif count and not row.sizes and len(numbers) == 3:
            found.append(
                HouseholdsSaid(count=count, adults=numbers[1], children=numbers[2], diet=diet)
            )
    return tuple(found) + (() if row.sizes else tuple(_larger(row, typed)))


def _cell_numbers(name: str) -> tuple[int, ...]:
    head, *parts = name.split("-")
    if head != CELL or not all(part.isascii() and part.isdigit() for part in parts):
        return ()
    return tuple(int(part[:_MOST_DIGITS]) for part in parts)


def _larger(row: ParcelRow, typed: Mapping[str, str]) -> list[HouseholdsSaid]:
    """Return the households that are too large for the grid, each in a line of its own."""
    found = []
    for number in range(LARGER_LINES):
        said = {
            name: _count(f"more-{number}-{name}", typed.get(f"more-{number}-{name}", ""))
            for name in ("adults", "children", "count")
        }
        if said["count"]:
            diet = typed.get(f"more-{number}-diet", "").strip()
            found.append(HouseholdsSaid(diet=diet if diet in row.diets else "", **said))
        elif said["adults"] or said["children"]:
            raise ValidationError(_("How many households?"), f"more-{number}-count")
    return found


#: Lines for households that are too large for the grid.
LARGER_LINES: Final = 3


def _count(name: str, text: str) -> int:
    plain = text.strip()
    if not plain:
        return 0
    if not (plain.isascii() and plain.isdigit() and len(plain) <= _MOST_DIGITS):
        raise ValidationError(_("This must be a whole number."), name)
    return int(plain)


def grid_values(row: ParcelRow, households: tuple[HouseholdsSaid, ...]) -> dict[str, str]:
    """Return the fields of a grid that says these households; too large ones in their lines."""
    diets, values, larger = ("", *row.diets), dict[str, str](), 0
    for one in households:
        diet = diets.index(one.diet) if one.diet in diets else 0
        if isinstance(one.size, int):
            values[size_cell(diet, one.size)] = str(one.count)
        elif 0 < one.adults <= MOST_ADULTS and one.children <= MOST_CHILDREN:
            values[cell(diet, one.adults, one.children)] = str(one.count)
        elif larger < LARGER_LINES:
            values |= {
                f"more-{larger}-adults": str(one.adults),
                f"more-{larger}-children": str(one.children),
                f"more-{larger}-count": str(one.count),
                f"more-{larger}-diet": one.diet,
            }
            larger += 1
    return values


#: How far the grid goes; what is larger has lines below it.
MOST_ADULTS: Final = 5
MOST_CHILDREN: Final = 5
