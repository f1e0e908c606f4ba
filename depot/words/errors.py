"""What a named error says: our words in the reader's language, people's words as written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from depot.base.errors import (
    SENTENCES,
    AlreadyReversed,
    CommandIdReused,
    CountSheetClosed,
    CrateInItself,
    CrateRetired,
    DepotError,
    DropOffSettled,
    EventState,
    Forbidden,
    HeldBack,
    HoldLifted,
    ImportUndone,
    InsufficientStock,
    NameTaken,
    NotFound,
    OnHold,
    OtherDepot,
    SignInFailed,
    TareTooHeavy,
    Unconfirmed,
    UnknownCategory,
    UnknownCrate,
    UnknownItem,
    UnknownLocation,
)
from depot.base.text import N_
from depot.base.units import Measure, Temperature
from depot.words.reader import Reader

_NOTHING_LEFT: Final = N_("There is nothing left to do.")
#: By the very class; who has no row says the way out itself, or there is none.
WAYS_OUT: Final[dict[type[DepotError], str]] = {
    AlreadyReversed: N_("If it did happen after all, log it once more."),
    CommandIdReused: N_("Open the page again and look whether it is there."),
    CountSheetClosed: N_("Begin another count."),
    CrateInItself: N_("Choose another crate, or a place."),
    CrateRetired: N_("Put another label on the crate."),
    DropOffSettled: _NOTHING_LEFT,
    EventState: N_("Open it again on its page, or choose another hand-out."),
    Forbidden: N_("Ask one of them to do it."),
    HeldBack: N_("Set it apart; a coordinator can lift the hold."),
    HoldLifted: _NOTHING_LEFT,
    ImportUndone: _NOTHING_LEFT,
    InsufficientStock: N_("Take less, or count what is there first."),
    NameTaken: N_("Take another name, or change the one that is there."),
    NotFound: N_("Somebody may have renamed it: look at the list once more."),
    OnHold: N_("Set it apart; a coordinator can lift the hold."),
    OtherDepot: N_("Go to that depot first: under Your account."),
    SignInFailed: N_("Look at capitals, or ask a coordinator for a link to a new password."),
    TareTooHeavy: N_("Look at how many you counted."),
    UnknownCategory: N_("Choose one from the list, or make it under Items."),
    UnknownCrate: N_("Look at its label again, or find it under Crates."),
    UnknownItem: N_("Choose one from the list, or make it under Items."),
    UnknownLocation: N_("Choose one from the list, or make it under Places."),
}


def error_words(error: DepotError, reader: Reader) -> str:
    """Return the error's sentence; of what is to be confirmed, that of each question."""
    if isinstance(error, Unconfirmed):
        return " ".join(error_words(question, reader) for question in error.questions.values())
    return filled_in(error.template, error.params, reader)


def filled_in(template: str, params: Mapping[str, object], reader: Reader) -> str:
    """Return a sentence with what was put beside it: figures are written, our words translated."""
    shown = {name: _shown(name, value, reader) for name, value in params.items()}
    return reader.gettext(template, **shown)


def _shown(name: str, value: object, reader: Reader) -> str:
    if isinstance(value, Measure | date):
        return _figure(value, reader)
    if isinstance(value, Temperature):
        return _degrees(value, reader)
    if isinstance(value, str) and name in SENTENCES:
        return reader.gettext(value)
    if isinstance(value, int) and name.endswith("_grams"):
        return _weight(value, reader)
    return str(value)


def _weight(grams: int, reader: Reader) -> str:
    from depot.words import figures  # with Babel's calendars, which few errors need

    return figures.weight(grams, reader)


def _degrees(value: Temperature, reader: Reader) -> str:
    from depot.words.temperatures import temperature  # with Babel, which few errors need

    return temperature(value.tenths, reader)


def _figure(value: Measure | date, reader: Reader) -> str:
    from depot.words import figures  # with Babel's calendars, which few errors need

    if isinstance(value, Measure):
        return figures.quantity(value.quantity, value.unit, reader)
    if isinstance(value, datetime):
        return figures.moment(value, reader)
    return figures.dated_day(value, reader)
