"""Codes of an app as the standard has them, and codes on paper as people type them."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest

from depot.people.second_factor import (
    CODES,
    app_address,
    app_secret,
    matching_step,
    plain_code,
    recovery_codes,
)

#: RFC 6238, appendix B: its secret, and the last six of its eight digits at its times.
RFC = base64.b32encode(b"12345678901234567890").decode()
KEY = "not-a-secret-in-a-test"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    now = datetime.fromtimestamp(seconds, UTC)
    assert matching_step(RFC, code, now) == seconds // 30
    assert matching_step(RFC, f"{code[:3]} {code[3:]}", now) == seconds // 30


def test_a_clock_may_differ_by_half_a_minute_and_no_more() -> None:
    now = datetime.fromtimestamp(1234567890, UTC)
    for away, is_taken in ((-30, True), (30, True), (-60, False), (60, False)):
        found = matching_step(RFC, "005924", now + timedelta(seconds=away))
        assert (found == 1234567890 // 30) is is_taken
        assert (found is not None) is is_taken


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "०००००५", "005924x", "-05924"])
def test_what_is_no_code_counts_as_none(typed: str) -> None:
    assert matching_step(RFC, typed, datetime.fromtimestamp(1234567890, UTC)) is None


def test_what_codes_are_made_from_needs_key_person_and_salt() -> None:
    made = {
        app_secret(KEY, 1, "salt"),
        app_secret("another key, as long", 1, "salt"),
        app_secret(KEY, 2, "salt"),
        app_secret(KEY, 1, "other"),
    }
    assert len(made) == 4
    assert {len(secret) for secret in made} == {32}


def test_an_app_is_told_depot_and_name() -> None:
    address = app_address(RFC, "dora@example.org", "Norwood: depot & more")
    assert address.startswith("otpauth://totp/")
    assert f"secret={RFC}" in address
    assert "dora" in address


def test_codes_on_paper_differ_and_are_typed_as_they_come() -> None:
    codes = recovery_codes(KEY, 1, "salt")
    assert len(set(codes)) == CODES
    for code in codes:
        assert [len(part) for part in code.split("-")] == [4, 4, 4]
        loosely = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
        assert plain_code(loosely) == plain_code(code)
    assert not set(codes) & set(recovery_codes(KEY, 2, "salt"))
