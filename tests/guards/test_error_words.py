"""Every named error has words of its own, and those that people meet most say the way out."""

from __future__ import annotations

import importlib
from typing import Final

from depot.base import errors
from depot.base.errors import DepotError, Question
from depot.words.errors import WAYS_OUT
from tests.guards.sources import ROOT

#: What people meet most: of a form, a scan, a sign-in, a page that somebody else was quicker with.
MOST_MET: Final = {
    errors.AlreadyReversed,
    errors.CodeInUse,
    errors.CommandIdReused,
    errors.CountChanged,
    errors.CountSheetClosed,
    errors.CrateNotEmpty,
    errors.CrateRetired,
    errors.EventState,
    errors.Forbidden,
    errors.HeldBack,
    errors.InsufficientStock,
    errors.LinkExpired,
    errors.NameTaken,
    errors.NotFound,
    errors.PastUseBy,
    errors.SignInFailed,
    errors.TooManyTries,
    errors.UnknownCategory,
    errors.UnknownCrate,
    errors.UnknownItem,
    errors.UnknownLocation,
    errors.WrongCode,
}


def named() -> set[type[DepotError]]:
    """Return the errors of the base and of the wings' modules of errors."""
    found = set()
    for path in [*(ROOT / "depot").glob("*/errors.py"), *(ROOT / "depot").glob("*/*/errors.py")]:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        module = importlib.import_module(name)
        found |= {
            one
            for one in vars(module).values()
            if isinstance(one, type) and issubclass(one, DepotError) and one.__module__ == name
        }
    return found


def wordless(one: type[DepotError]) -> bool:
    """Say whether an error says what the root of all says, or half a sentence."""
    return one.template == DepotError.template or not (
        one.template.endswith((".", "?", "s")) or one.template == "%(problem)s"
    )


def says_a_way_out(one: type[DepotError]) -> bool:
    """Say whether a second sentence, its own or the one beside it, says what to do."""
    return one in WAYS_OUT or len(one.template.rstrip(".").split(". ")) > 1 or ": " in one.template


def test_every_error_has_words_and_a_code_of_its_own() -> None:
    roots = {DepotError, Question}
    found = named() - roots
    assert len(found) > 100
    assert [one.__name__ for one in found if wordless(one)] == []
    assert [one.__name__ for one in found if one.code == DepotError.code] == []


def test_the_most_met_say_the_way_out() -> None:
    assert [one.__name__ for one in MOST_MET if not says_a_way_out(one)] == []
    assert all(words.endswith(".") for words in WAYS_OUT.values())


def test_the_guard_sees_an_error_without_words_or_a_way_out() -> None:
    class Wordless(DepotError):
        code = "wordless"

    class Stuck(DepotError):
        code = "stuck"
        template = "It is stuck."

    assert wordless(Wordless)
    assert not wordless(Stuck)
    assert not says_a_way_out(Stuck)
