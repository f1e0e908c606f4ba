"""What can be wrong about name sheets."""

from __future__ import annotations

from depot.base.errors import Forbidden, Invalid
from depot.base.text import N_


class NamesNotForYou(Forbidden):
    """Somebody, or a program, without the right to read names."""

    code = "names_not_for_you"
    template = N_(
        "Only who was given the right reads the names, coordinators too. Who gave it to whom stands"
        " under “Who may do what”."
    )


class NameSheetsAreOff(Invalid):
    code = "name_sheets_are_off"
    template = N_("No sign-in sheets are kept here. A coordinator can change that.")


class SheetIsErased(Invalid):
    code = "sheet_is_erased"
    template = N_("The years of this sheet are over: no name is kept on it any more.")
