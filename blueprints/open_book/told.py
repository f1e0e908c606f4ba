"""What was set otherwise, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from blueprints.open_book.words import deciders
from blueprints.words.network.transfers import SHARED_WORDS
from depot.agreeing.words import ACT_WORDS
from depot.base.actors import ROLE_WORDS
from depot.base.kinds import SettingKind
from depot.base.text import N_
from depot.needs.coordinates import MICRODEGREES
from depot.open_book.queries import FieldChange, SettingRow
from depot.safety.papers.temperatures import EVERY_WORDS, KIND_WORDS
from depot.words import figures, numbers
from depot.words.languages import own_name
from depot.words.reader import Reader
from depot.words.temperatures import temperature

#: What was changed, and the colour of its row.
_SETTINGS: Final[dict[SettingKind, tuple[str, str]]] = {
    "depot": (N_("Settings"), "plain"),
    "category": (N_("Category: %(name)s"), "plain"),
    "meal_factor": (N_("What counts as a meal: %(name)s"), "plain"),
    "meal_factor_chosen": (N_("Reports count meals by: %(name)s"), "count"),
    "report_form": (N_("Report form: %(name)s"), "plain"),
    "token": (N_("A program may ask: %(name)s"), "count"),
    "export": (N_("Everything taken along in one file"), "count"),
    "erasure": (N_("Erased on request: %(name)s"), "stop"),
    "conduct": (N_("How we treat each other, and whom to turn to"), "plain"),
    "name_sheets": (N_("Sign-in sheets"), "count"),
    "item": (N_("Item: %(name)s"), "plain"),
    "donor_letter": (N_("Letters to donors"), "plain"),
    "in_kind": (N_("In-kind value"), "plain"),
    "goods_value": (N_("What goods are worth: %(name)s"), "plain"),
    "label_sheet": (N_("Label sheet: %(name)s"), "plain"),
    "printer": (N_("Printer: %(name)s"), "plain"),
    "mail": (N_("Report by mail"), "plain"),
    "visits": (N_("Visit cards"), "count"),
    "needs": (N_("Where needs are shown"), "count"),
    "need_rule": (N_("What we need: %(name)s"), "plain"),
    "frozen_life": (N_("Frozen and thawed: %(name)s"), "plain"),
    "temperature_rule": (N_("Limits: %(place)s"), "plain"),
    "age_bands": (N_("Ages of people helped"), "plain"),
    "tare_box": (N_("Box to weigh in: %(name)s"), "plain"),
    "parcel": (N_("Parcel: %(name)s"), "plain"),
    "recipe": (N_("Recipe: %(name)s"), "plain"),
    "handbook": (N_("Page of the handbook: %(name)s"), "plain"),
    "network": (N_("Working with: %(name)s"), "count"),
    "webhook": (N_("A webhook tells of what is booked: %(name)s"), "count"),
}
#: Where it is about everything of its kind, and not one of them by its name.
_OF_ALL: Final[dict[SettingKind, str]] = {"goods_value": N_("What goods are worth")}
_FIELDS: Final = {
    "name": N_("Name"),
    "time_zone": N_("Time zone"),
    "week_start": N_("A week begins on"),
    "weight_unit": N_("Weights in"),
    "paper_size": N_("Paper"),
    "date_order": N_("How days are written"),
    "language": N_("Language of the depot"),
    "needs_second_factor": N_("Coordinators need a second step"),
    "second_kinds": N_("Takes two people"),
    "second_write_off_grams": N_("Write-offs above"),
    "second_days": N_("Days to agree"),
    "asks_pin": N_("The depot’s devices ask for a PIN"),
    "own_device": N_("A device of the depot’s own"),
    "note": N_("Note"),
    "shelf_life_amount": N_("Given out after best before for so long"),
    "shelf_life_unit": N_("counted in"),
    "shelf_life_source": N_("Who says so"),
    "average_unit_milligrams": N_("Weight of a piece, in milligrams"),
    "unit_weight_milligrams": N_("Weight of one, in milligrams"),
    "sender": N_("Who sends it"),
    "thanks": N_("What it says"),
    "says_nothing_in_return": N_("Says that nothing was given in return"),
    "is_food": N_("Counts as meals"),
    "archived": N_("No longer in use"),
    "grams_per_meal": N_("Grams a meal"),
    "stated": N_("As it is stated"),
    "source": N_("Source"),
    "version": N_("Version"),
    "role": N_("Role"),
    "definition": N_("What the form asks for"),
    "why": N_("Why"),
    "confidants": N_("Whom to turn to"),
    "is_on": N_("Kept here"),
    "years": N_("Years that names are kept"),
    "columns": N_("Columns on the paper"),
    "statement": N_("What is declared"),
    "currency": N_("Currency"),
    "in_reports": N_("In reports"),
    "on_receipts": N_("On donors’ receipts and statements"),
    "minor_units": N_("It is worth"),
    "per": N_("counted in"),
    "valid_from": N_("Valid from"),
    "page_width_micrometres": N_("Page’s width, mm"),
    "page_height_micrometres": N_("Page’s height, mm"),
    "label_width_micrometres": N_("Label’s width, mm"),
    "label_height_micrometres": N_("Label’s height, mm"),
    "left_micrometres": N_("From the left edge, mm"),
    "top_micrometres": N_("From the top edge, mm"),
    "pitch_x_micrometres": N_("From label to label across, mm"),
    "pitch_y_micrometres": N_("From label to label down, mm"),
    "across": N_("Labels side by side"),
    "down": N_("Labels in a column"),
    "kind": N_("What it is"),
    "sheet": N_("Which sheet is in the printer"),
    "offset_x_tenths": N_("Moved right, mm"),
    "offset_y_tenths": N_("Moved down, mm"),
    "label_width_tenths": N_("Label’s width, mm"),
    "label_height_tenths": N_("Label’s height, mm"),
    "dpi": N_("How fine it prints"),
    "model": N_("Model"),
    "is_native": N_("Let the printer draw symbols and letters itself"),
    "host": N_("Its address in your network"),
    "port": N_("Port"),
    "hour": N_("Mondays at"),
    "readers": N_("Addresses outside that get it"),
    "at_door": N_("At the door"),
    "on_poster": N_("On a poster"),
    "on_page": N_("On a page for everybody"),
    "as_json": N_("To programs"),
    "as_feed": N_("As a feed"),
    "words": N_("Where and when to bring things"),
    "latitude_microdegrees": N_("Latitude"),
    "longitude_microdegrees": N_("Longitude"),
    "share_permille": N_("Share of the stock it should have"),
    "minimum_quantity": N_("The least that should be here"),
    "said": N_("What is said of it"),
    "said_until": N_("Until which day"),
    "is_left_out": N_("Left out of the list"),
    "frozen_days": N_("Frozen it keeps"),
    "frozen_months": N_("Frozen it keeps"),
    "thawed_days": N_("Thawed it keeps, days"),
    "lowest_tenths": N_("At least"),
    "highest_tenths": N_("At most"),
    "every_hours": N_("How often it is read"),
    "begins": N_("Ages at which a band begins"),
    "grams": N_("Empty it weighs"),
    "shares": N_("We show them"),
    "categories": N_("Categories"),
    "public_key": N_("Its key"),
    "ended_at": N_("No longer in use"),
}
#: Where one of them means something else than in the others.
_FIELDS_OF: Final[dict[tuple[SettingKind, str], str]] = {
    ("visits", "is_on"): N_("Use visit cards"),
    ("webhook", "host"): N_("Address"),
}
#: Too long for a line, or not for a book that is kept for good: that it is another is enough.
_UNTOLD: Final = {"definition", "confidants", "sender", "thanks"}
#: Words of ours among what is set.
_VALUES: Final = ROLE_WORDS | {
    "day": N_("days"),
    "month": N_("months"),
    "year": N_("years"),
    "never": N_("never"),
    "dmy": N_("day first"),
    "mdy": N_("month first"),
    "sheet": N_("any laser or inkjet printer"),
    "pdf_roll": N_("any label printer, by its own driver"),
    "zebra": "Zebra",
    "brother": "Brother",
    "short": N_("short"),
    "enough": N_("enough"),
    "too_much": N_("too much"),
    "kg": "kg",
    "lb": "lb",
    "piece": N_("pieces"),
    **KIND_WORDS,
    **SHARED_WORDS,
}
#: Where they stand; what people wrote is never taken for one.
_OURS: Final = {"role", "shelf_life_unit", "date_order", "kind", "said", "per", "shares"}


@dataclass(frozen=True, slots=True)
class SettingLine:
    """A change of a setting as a page shows it."""

    kind: str
    title: str
    by: str
    fields: tuple[str, ...]
    at: datetime
    why: str = ""


def setting_lines(rows: Iterable[SettingRow], reader: Reader) -> list[SettingLine]:
    """Return what was set otherwise."""
    return [_setting_line(row, reader) for row in rows]


def _setting_line(row: SettingRow, reader: Reader) -> SettingLine:
    title, kind = _SETTINGS[row.kind]
    if not row.subject:
        title = _OF_ALL.get(row.kind, title)
    title = reader.gettext(title, name=row.subject, place=row.subject)
    fields = tuple(_field(row, one, reader) for one in row.fields)
    by = deciders(row.by, row.agreed_by, reader)
    return SettingLine(kind, title, by, fields, row.at, row.why)


def _field(row: SettingRow, one: FieldChange, reader: Reader) -> str:
    name = reader.gettext(_FIELDS_OF.get((row.kind, one.name)) or _FIELDS[one.name])
    if one.name in _UNTOLD:
        return name
    before, after = (_value(row, one.name, value, reader) for value in (one.before, one.after))
    return reader.gettext(
        "%(field)s: %(after)s, was %(before)s", field=name, after=after, before=before
    )


def _value(row: SettingRow, name: str, value: str | int | bool | None, reader: Reader) -> str:
    if value is None or value == "":
        return reader.gettext("nothing")
    if isinstance(value, bool):
        return reader.gettext("yes") if value else reader.gettext("no")
    if name == "minor_units":
        return _money(row, int(value), reader)
    if name in _WRITTEN:
        return _WRITTEN[name](value, reader)
    if isinstance(value, int):
        return figures.number(value, reader)
    return reader.gettext(_VALUES[value]) if name in _OURS else value


def _money(row: SettingRow, minor_units: int, reader: Reader) -> str:
    """Return a rate in its currency, which is told with it: a rate is made and dropped whole."""
    said = [one.after or one.before for one in row.fields if one.name == "currency"]
    return numbers.money(minor_units, str(said[0]), reader.locale)


def _length(parts: int) -> Callable[[Any, Reader], str]:
    """Return how parts of a millimetre are written in millimetres."""
    return lambda value, reader: figures.decimal(Decimal(value) / parts, reader, most=3)


def _degrees(value: int, reader: Reader) -> str:
    return figures.decimal(Decimal(value) / MICRODEGREES, reader, most=6)


def _days(value: int, reader: Reader) -> str:
    return reader.ngettext("%(num)s day", "%(num)s days", value)


def _months(value: int, reader: Reader) -> str:
    return reader.ngettext("%(num)s month", "%(num)s months", value)


#: How values are written that are more than a number or a word.
_WRITTEN: Final[Mapping[str, Callable[[Any, Reader], str]]] = {
    "week_start": lambda value, reader: figures.weekdays(reader)[int(value)],
    "second_kinds": lambda value, reader: ", ".join(
        reader.gettext(ACT_WORDS[kind]) for kind in str(value).split()
    ),
    "language": lambda value, _reader: own_name(str(value)),
    "second_write_off_grams": lambda value, reader: figures.weight(int(value), reader),
    "grams": lambda value, reader: figures.weight(int(value), reader),
    "share_permille": figures.percent,
    "valid_from": lambda value, reader: figures.dated_day(date.fromisoformat(value), reader),
    "said_until": lambda value, reader: figures.dated_day(date.fromisoformat(value), reader),
    "lowest_tenths": temperature,
    "highest_tenths": temperature,
    "every_hours": lambda value, reader: reader.gettext(EVERY_WORDS[value]),
    "frozen_days": _days,
    "frozen_months": _months,
    "latitude_microdegrees": _degrees,
    "longitude_microdegrees": _degrees,
    "dpi": figures.plain_number,
    "port": figures.plain_number,
    "hour": figures.plain_number,
    **dict.fromkeys(("offset_x_tenths", "offset_y_tenths"), _length(10)),
    **dict.fromkeys(("label_width_tenths", "label_height_tenths"), _length(10)),
    **{name: _length(1000) for name in _FIELDS if name.endswith("_micrometres")},
}
