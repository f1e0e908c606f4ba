"""Why a file, or the way its columns were matched, cannot be taken: one sentence each."""

from __future__ import annotations

from depot.base.errors import DepotError
from depot.base.text import N_


class SheetRefused(DepotError):
    """The root of what is wrong with a whole file."""

    code = "sheet_refused"
    template = N_("“%(name)s” cannot be read as a table.")


class EmptySheet(SheetRefused):
    code = "empty_sheet"
    template = N_("“%(name)s” is empty: there is no row in it.")


class SheetTooBig(SheetRefused):
    code = "sheet_too_big"
    template = N_("“%(name)s” is larger than %(limit)s MB. Split it into smaller files.")


class TooMuchInside(SheetRefused):
    code = "too_much_inside"
    template = N_("“%(name)s” unpacks to far more than a table needs. Save it as CSV.")


class TooManyRows(SheetRefused):
    code = "too_many_rows"
    template = N_("“%(name)s” has more than %(limit)s rows. Split it into smaller files.")


class TooManyColumns(SheetRefused):
    code = "too_many_columns"
    template = N_("“%(name)s” has more than %(limit)s columns. Remove those not needed.")


class NotATable(SheetRefused):
    code = "not_a_table"
    template = N_("“%(name)s” is not a table. Save it as CSV or as an Excel workbook (.xlsx).")


class OldWorkbook(NotATable):
    code = "old_workbook"
    template = N_("“%(name)s” is an old Excel file or has a password. Save it as plain .xlsx.")


class OpenDocument(NotATable):
    code = "open_document"
    template = N_("“%(name)s” is an OpenDocument file but no spreadsheet. Save it as .ods or CSV.")


class HasPassword(NotATable):
    code = "has_password"
    template = N_("“%(name)s” has a password. Save it without one.")


class Pdf(NotATable):
    code = "pdf"
    template = N_("“%(name)s” is a PDF. Save the table it was made from as .xlsx or CSV.")


class Picture(NotATable):
    code = "picture"
    template = N_("“%(name)s” is a picture. Save the table as .xlsx or CSV.")


class WebPage(NotATable):
    code = "web_page"
    template = N_("“%(name)s” is a web page. Open it in a spreadsheet and save it as .xlsx or CSV.")


class NotAWorkbook(SheetRefused):
    code = "not_a_workbook"
    template = N_("“%(name)s” is called an Excel workbook but is none. Save it again as .xlsx.")


class BrokenWorkbook(SheetRefused):
    code = "broken_workbook"
    template = N_("“%(name)s” is damaged or not an Excel workbook. Save it again as .xlsx or CSV.")


class UnreadableText(SheetRefused):
    code = "unreadable_text"
    template = N_("“%(name)s” is not text in an encoding known here. Save it as CSV UTF-8.")


class BrokenQuotes(SheetRefused):
    code = "broken_quotes"
    template = N_("In row %(row)s of “%(name)s” a quotation mark is not closed or not doubled.")


class ControlCharacter(SheetRefused):
    code = "control_character"
    template = N_("Row %(row)s of “%(name)s” has an invisible control character in it.")


class CellTooLong(SheetRefused):
    code = "cell_too_long"
    template = N_("Row %(row)s of “%(name)s” has a cell of more than %(limit)s characters.")


class UnknownSheet(SheetRefused):
    code = "unknown_sheet"
    template = N_("“%(name)s” has no sheet called “%(sheet)s”. It has: %(sheets)s.")


class UnknownKind(DepotError):
    code = "unknown_kind"
    template = N_("“%(kind)s” cannot be imported. What can: %(kinds)s.")


class UnknownField(DepotError):
    code = "unknown_field"
    template = N_("There is no field “%(name)s”. The fields are: %(fields)s.")


class UnknownColumn(DepotError):
    code = "unknown_column"
    template = N_("There is no column “%(name)s” in the file. Its columns are: %(columns)s.")


class BadOverride(DepotError):
    code = "bad_override"
    template = N_("Write “%(text)s” as FIELD=COLUMN, for example name=Product.")


class MissingColumns(DepotError):
    code = "missing_columns"
    template = N_(
        "No column was found for: %(fields)s. The columns of the file are: %(columns)s."
        " Say which column it is."
    )


class NoBoxNumbers(MissingColumns):
    template = N_(
        "No column was found for: %(fields)s. The columns of the file are: %(columns)s."
        " A list without crate numbers is imported as stock."
    )
