"""What stands between a proposal and its outcome."""

from __future__ import annotations

from depot.base.errors import DepotError, Forbidden
from depot.base.text import N_


class ObjectionsStand(DepotError):
    """It cannot be agreed to while somebody objects."""

    code = "objections_stand"
    template = N_(
        "Somebody objects to these words: %(names)s. Find words that everybody can live with, or"
        " write down that it was not agreed."
    )


class NotYetAsked(DepotError):
    """Not everybody had the time to speak."""

    code = "not_yet_asked"
    template = N_(
        "Whoever is not here has not been asked yet. Write down how many are in the room, or give"
        " these words a day to answer by and settle it afterwards."
    )


class ProposalSettled(DepotError):
    """It is decided."""

    code = "proposal_settled"
    template = N_("“%(title)s” was settled already. To change it, propose something new.")


class NotInForce(DepotError):
    """What is no decision in force is neither replaced nor looked at again."""

    code = "not_in_force"
    template = N_("“%(title)s” is not in force, so there is nothing to change in it.")


class WordsChanged(DepotError):
    """Somebody put it in other words meanwhile."""

    code = "words_changed"
    template = N_(
        "Somebody put “%(title)s” in other words meanwhile. Read them first: this is what it says"
        " now."
    )


class NotForHelpers(Forbidden):
    """Whoever helps for today speaks, and does not decide."""

    code = "not_for_helpers"
    template = N_("Who helps for today can say what they think. Ask a volunteer to write it down.")


class NotYours(Forbidden):
    """Only who raised it takes it back."""

    code = "not_yours"
    template = N_("Only %(name)s can take this proposal back. Others can say that they object.")
