"""First names on a screen that everybody sees, and PINs that are not the first to be tried."""

from __future__ import annotations

import pytest

from depot.base.errors import Invalid
from depot.devices.pins import clean_pin
from depot.devices.short_names import short_names


def test_a_first_name_is_all_that_is_shown() -> None:
    assert short_names([(1, "Ada Lovelace"), (2, "Ben"), (3, "Cy de la Cruz")]) == {
        1: "Ada",
        2: "Ben",
        3: "Cy",
    }


def test_those_called_alike_are_told_apart_by_as_little_as_does() -> None:
    shown = short_names([(1, "Ada Lovelace"), (2, "ada Byron"), (3, "Ada Berg"), (4, "Ben")])
    assert shown == {1: "Ada L.", 2: "ada Byron", 3: "Ada Berg", 4: "Ben"}
    assert short_names([(1, "Ana"), (2, "Ana Ruiz")]) == {1: "Ana", 2: "Ana R."}


@pytest.mark.parametrize("typed", ["2580", " 25 80 ", "٢٥٨٠", "25801479"])
def test_four_to_eight_digits_of_whatever_alphabet(typed: str) -> None:
    assert clean_pin(typed) in ("2580", "25801479")


@pytest.mark.parametrize("typed", ["", "258", "258014796", "25a0", "7777", "1234", "4321", "7890"])
def test_others_and_those_that_everybody_tries_are_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        clean_pin(typed)
