"""What can be wrong with what was made, wasted or taken apart."""

from __future__ import annotations

from depot.base.errors import DepotError
from depot.base.text import N_


class WastedMore(DepotError):
    """More was wasted of an item than went in of it."""

    code = "wasted_more"
    template = N_("%(wasted)s of %(item)s cannot be wasted: %(used)s went in.")


class NotWhole(DepotError):
    """Goods are taken apart while all that was made of them is here."""

    code = "not_whole"
    template = N_(
        "%(item)s cannot be taken apart: %(made)s was made, and only %(here)s of that is here."
    )


class AlreadyTakenApart(DepotError):
    code = "already_taken_apart"
    template = N_("What entry %(seq)s made was already taken apart, by entry %(by)s.")


class NothingToTakeApart(DepotError):
    code = "nothing_to_take_apart"
    template = N_("Entry %(seq)s made nothing that could be taken apart.")


class OtherUnit(DepotError):
    """What stands in for a line of a parcel is counted in something else."""

    code = "other_unit"
    template = N_("%(item)s cannot stand in this line: it is counted in another unit.")


class NoVariant(DepotError):
    """A plan asks for a diet that a parcel has no variant for."""

    code = "no_variant"
    template = N_("The parcel %(parcel)s says nothing of %(diet)s.")


class NotOfTheLine(DepotError):
    """What was chosen at the table is nothing that the parcel's line offers."""

    code = "not_of_the_line"
    template = N_("That is none of what the parcel %(parcel)s lets people choose from.")


class EmptyCategory(DepotError):
    """A parcel asks for anything of a category, and nothing in it is counted in the line's unit."""

    code = "empty_category"
    template = N_("Nothing of the category %(category)s can be in a parcel: it has no item for it.")


class TooLateToFreeze(DepotError):
    """Goods are frozen on their use-by date or after it."""

    code = "too_late_to_freeze"
    template = N_("%(item)s is use by %(date)s: it is frozen before that day, or not at all.")


class AlreadyFrozen(DepotError):
    code = "already_frozen"
    template = N_("This %(item)s is frozen already.")


class AlreadyThawed(DepotError):
    """Goods that were thawed are frozen or thawed again."""

    code = "already_thawed"
    template = N_("This %(item)s was thawed already: it is used up, and not frozen again.")


class FewerHere(DepotError):
    """More is frozen or thawed than is there."""

    code = "fewer_here"
    template = N_("%(said)s of this %(item)s cannot be taken: %(here)s is there.")


class NoDateAfter(DepotError):
    """Nobody said how long goods keep once they were frozen or thawed."""

    code = "no_date_after"
    template = N_("Nobody said how long %(item)s keeps then: write until when.")


class DateOutside(DepotError):
    """Goods were frozen or thawed, and are to have a date that they cannot have then.

    Thawing makes no use-by date later.
    """

    code = "date_outside"
    template = N_("The new date is from %(first)s until %(last)s.")
