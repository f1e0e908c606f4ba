"""How long one waits after failures: longer each time, never for good. And what a browser is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from depot.people.devices import Device, device_of
from depot.people.tries import DOORS


def test_the_wait_begins_after_the_free_ones_and_doubles() -> None:
    waits = [DOORS["sign-in"].wait_after(failures) for failures in range(7, 16)]
    assert waits[0] == timedelta()
    seconds = [int(wait.total_seconds()) for wait in waits[1:]]
    assert seconds == [30, 60, 120, 240, 480, 900, 900, 900]


@pytest.mark.parametrize("door", sorted(DOORS))
def test_no_door_stays_shut_longer_than_an_hour(door: str) -> None:
    assert DOORS[door].wait_after(10**9) <= timedelta(hours=1)
    assert DOORS[door].wait_after(DOORS[door].free) > timedelta()


@pytest.mark.parametrize(
    ("said", "device"),
    [
        (
            "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko)"
            " Chrome/126.0.0.0 Mobile Safari/537.36",
            Device("Chrome", "Android"),
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15"
            " (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
            Device("Safari", "iPhone"),
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
            " Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
            Device("Edge", "Windows"),
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
            Device("Firefox", "Linux"),
        ),
        ("<script>alert(1)</script>", Device()),
        ("", Device()),
    ],
)
def test_a_device_has_a_name_that_people_know(said: str, device: Device) -> None:
    assert device_of(said) == device
