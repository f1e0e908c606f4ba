"""Which passwords are refused: short, common, one's own name, repeats; whatever is in them."""

from __future__ import annotations

import pytest

from depot.base.errors import Invalid
from depot.people.passwords import check_password, hash_password, is_password

OWN = ("dora@example.org", "Dora Schmidt", "Norwood depot")


def refusal(password: str) -> str | None:
    """Return what is said against a password; None if it is taken."""
    try:
        check_password(password, OWN)
    except Invalid as error:
        return f"{error.field}: {error}"
    return None


@pytest.mark.parametrize(
    "password",
    [
        "three short words",
        "warm soup at noon",
        "kartoffelbrei mit ei",
        "аббатиса и груша",
        "خبز وزيتون كل يوم",
        "nfkfjqwpzx",  # no capital, no digit, no sign
        "Dora likes warm soup",
    ],
)
def test_what_nobody_guesses_is_taken(password: str) -> None:
    assert refusal(password) is None


@pytest.mark.parametrize("password", ["", "short", "nine char", "x" * 201])
def test_a_short_one_and_an_endless_one_are_refused(password: str) -> None:
    assert "Take at" in (refusal(password) or "")


@pytest.mark.parametrize(
    "password",
    ["password12", "Password1234!", "1234567890", "qwertyuiop", "letmein123", "iloveyou123"],
)
def test_what_many_people_use_is_refused(password: str) -> None:
    assert "Many people use" in (refusal(password) or "")


@pytest.mark.parametrize(
    "password", ["aaaaaaaaaaaa", "abcabcabcabc", "doradoradora", "ha ha ha ha ha"]
)
def test_a_repeat_is_refused(password: str) -> None:
    assert "repeats" in (refusal(password) or "")


@pytest.mark.parametrize(
    "password",
    [
        "Dora Schmidt",
        "dora.schmidt",
        "doraschmidt1",
        "Norwood Depot",
        "norwooddepot",
        "dora@example.org",
    ],
)
def test_ones_own_names_are_refused(password: str) -> None:
    assert "names that others know" in (refusal(password) or "")


def test_an_old_short_password_still_lets_in() -> None:
    known = hash_password("soup")
    assert is_password("soup", known)
    assert not is_password("soap", known)
    assert not is_password("soup", None)
