"""Latitude and longitude: read as maps write them, kept as whole millionths of a degree."""

from __future__ import annotations

import pytest

from depot.needs.coordinates import is_on_earth, parse_coordinates, written_degrees


@pytest.mark.parametrize(
    "place", [(0, 0), (52_520_008, 13_404_954), (-90_000_000, 180_000_000), (1, -1), (-500_000, 10)]
)
def test_what_is_written_is_read_as_the_same(place: tuple[int, int]) -> None:
    assert parse_coordinates(", ".join(map(written_degrees, place))) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("52.5200085 13.4049545", (52_520_008, 13_404_954)),  # half to even
        ("\u221233.5; 18", (-33_500_000, 18_000_000)),
        ("(48.1°, 11.5°)", (48_100_000, 11_500_000)),
        ("٥٢٫٥", None),
        ("90.0000004, 0", (90_000_000, 0)),
        ("90.000001, 0", None),
        ("0, -180.000001", None),
        ("", None),
        ("1" * 50 + ", 2", None),
        ("1_0, 2", None),
    ],
)
def test_what_maps_write_is_read(text: str, place: tuple[int, int] | None) -> None:
    assert parse_coordinates(text) == place


def test_both_are_told_or_none_is() -> None:
    assert is_on_earth(None, None)
    assert not is_on_earth(1, None)
    assert not is_on_earth(None, 1)
    assert not is_on_earth(90_000_001, 0)
