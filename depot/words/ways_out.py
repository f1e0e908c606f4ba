"""What somebody can do who meets an error: a sentence after its own."""

from __future__ import annotations

from typing import Final

from depot.base import errors
from depot.base.text import N_

_NOTHING_LEFT: Final = N_("There is nothing left to do.")
#: By the very class; who has no row says the way out itself, or there is none.
WAYS_OUT: Final[dict[type[errors.DepotError], str]] = {
    errors.AlreadyReversed: N_("If it did happen after all, log it once more."),
    errors.CommandIdReused: N_("Open the page again and look whether it is there."),
    errors.CountSheetClosed: N_("Begin another count."),
    errors.CrateInItself: N_("Choose another crate, or a place."),
    errors.CrateRetired: N_("Put another label on the crate."),
    errors.DropOffSettled: _NOTHING_LEFT,
    errors.EventState: N_("Open it again on its page, or choose another hand-out."),
    errors.Forbidden: N_("Ask one of them to do it."),
    errors.HeldBack: N_("Set it apart; a coordinator can lift the hold."),
    errors.HoldLifted: _NOTHING_LEFT,
    errors.ImportUndone: _NOTHING_LEFT,
    errors.InsufficientStock: N_("Take less, or count what is there first."),
    errors.NameTaken: N_("Take another name, or change the one that is there."),
    errors.NotFound: N_("Somebody may have renamed it: look at the list once more."),
    errors.OnHold: N_("Set it apart; a coordinator can lift the hold."),
    errors.OtherDepot: N_("Go to that depot first: under Your account."),
    errors.SignInFailed: N_("Look at capitals, or ask a coordinator for a link to a new password."),
    errors.TareTooHeavy: N_("Look at how many you counted."),
    errors.UnknownCategory: N_("Choose one from the list, or make it under Items."),
    errors.UnknownCrate: N_("Look at its label again, or find it under Crates."),
    errors.UnknownItem: N_("Choose one from the list, or make it under Items."),
    errors.UnknownLocation: N_("Choose one from the list, or make it under Places."),
}
