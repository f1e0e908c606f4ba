"""What is wrong with one cell: named, with its row as the spreadsheet counts it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from depot.base.errors import DepotError
from depot.base.text import N_


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `template` is English with %(name)s places, translated at the edge."""

    row_number: int
    field: str
    code: str
    template: str
    params: Mapping[str, object] = dataclasses.field(default_factory=dict, hash=False)

    @classmethod
    def of(cls, row_number: int, field: str, error: DepotError) -> Problem:
        """Return the problem that `error` is when met in this row and field."""
        return cls(row_number, field, error.code, error.template, error.params)

    @property
    def message(self) -> str:
        """The sentence in English."""
        return self.template % self.params if self.params else self.template


class BadValue(DepotError):
    """The root of what is wrong with one value; `text` is what was written."""

    code = "bad_value"
    template = N_("“%(text)s” cannot be read.")


class MissingValue(BadValue):
    code = "missing"
    template = N_("This must be filled in.")


class TooLong(BadValue):
    code = "too_long"
    template = N_("“%(text)s” is longer than %(limit)s characters.")


class HasControlCharacter(BadValue):
    code = "control_character"
    template = N_("There is an invisible control character in it.")


class LooksLikeFormula(BadValue):
    code = "formula"
    template = N_("“%(text)s” is a formula. Write its result.")


class FormulaWithoutValue(BadValue):
    code = "formula_without_value"
    template = N_("The formula in this cell has no saved result. Open and save the file in Excel.")


class ErrorCell(BadValue):
    code = "error_cell"
    template = N_("The spreadsheet shows an error (%(text)s) in this cell.")


class NotANumber(BadValue):
    code = "not_a_number"
    template = N_("“%(text)s” is not a number. Write, for example, 24.")


class NoAllergen(BadValue):
    code = "no_allergen"
    template = N_(
        "“%(text)s” is not one of the fourteen allergens. Write, for example, milk, nuts."
    )


class AmbiguousNumber(BadValue):
    code = "ambiguous_number"
    template = N_("“%(text)s” can be read in two ways. Write it without a mark for thousands.")


class NotWhole(BadValue):
    code = "not_whole"
    template = N_("“%(text)s” is not a whole number.")


class NotPositive(BadValue):
    code = "not_positive"
    template = N_("“%(text)s” is not more than zero.")


class TooLarge(BadValue):
    code = "too_large"
    template = N_("“%(text)s” is too large to be right.")


class NotAWeight(BadValue):
    code = "not_a_weight"
    template = N_("“%(text)s” is not a weight. Write, for example, 400 g, 1.5 kg or 14 oz.")


class NoWeightUnit(BadValue):
    code = "no_weight_unit"
    template = N_("“%(text)s” lacks its unit. Write, for example, 400 g, 1.5 kg or 14 oz.")


class PackWeight(BadValue):
    code = "pack_weight"
    template = N_("“%(text)s” is a whole pack. Write the weight of one: %(one)s.")


class UnknownPack(BadValue):
    code = "unknown_pack"
    template = N_("“%(text)s” does not say how many are in one. Write, for example, case of 12.")


class UnknownUnit(BadValue):
    code = "unknown_unit"
    template = N_("“%(text)s” is not a unit known here. Write piece, g, kg, lb, oz, ml or l.")


class NotADate(BadValue):
    code = "not_a_date"
    template = N_("“%(text)s” is not a date. Write 2027-05-21, 2027-05 or 2027.")


class AmbiguousDate(BadValue):
    code = "ambiguous_date"
    template = N_("“%(text)s” can be read in two ways. Write it as 2027-05-21.")


class ShortYear(BadValue):
    code = "short_year"
    template = N_("In “%(text)s” the year has two digits. Write all four.")


class NoSuchDay(BadValue):
    code = "no_such_day"
    template = N_("“%(text)s” is not in the calendar.")


class AbsurdYear(BadValue):
    code = "absurd_year"
    template = N_("The year %(text)s cannot be right. It must be from %(earliest)s to %(latest)s.")


class NotAMonth(BadValue):
    code = "not_a_month"
    template = N_("“%(text)s” is not a month. Write a number from 1 to 12.")


class MonthWithoutYear(BadValue):
    code = "month_without_year"
    template = N_("There is a month, so the year must be filled in too.")


class MonthsReversed(BadValue):
    code = "months_reversed"
    template = N_("The first month (%(start)s) is after the last (%(end)s).")


class RepeatedValue(BadValue):
    code = "repeated"
    template = N_("“%(text)s” is in row %(row)s already.")


class ShortenedCode(BadValue):
    code = "shortened_code"
    template = N_("In “%(text)s” the spreadsheet shortened this code: format the column as text.")
