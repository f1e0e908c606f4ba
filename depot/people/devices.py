"""What a browser says of itself, as far as somebody recognises a device of theirs by it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: What stands in a browser's own words, and its name; those that pretend to be others come first.
_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Device:
    """The names of a browser and of what it runs on; empty where they are not known."""

    browser: str = ""
    system: str = ""


def device_of(said: str) -> Device:
    """Return the device that a browser's User-Agent names."""
    return Device(_first(_BROWSERS, said), _first(_SYSTEMS, said))


def _first(known: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for sign, name in known if sign in said), "")
