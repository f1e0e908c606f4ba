"""What hatch_build.py built for the browser: which file is which, and under which address."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parent / "dist"
_MANIFEST: Final = FOLDER / "manifest.json"


def bundle_url(name: str) -> str:
    """Return the address of a built file, with its digest in it, so that it may be kept for good.

    `name` is an entry of blueprints/browser/build.mjs. Raises RuntimeError if nothing is built.
    """
    return f"/bundles/{built_file(name)}"


def bundle_import_urls(name: str) -> list[str]:
    """Return the addresses of what the scripts of `name` import, to be fetched along with it."""
    return [f"/bundles/{found}" for found in manifest().get(f"{name} needs", ())]


def built_file(name: str) -> str:
    """Return the file name of a built entry; raises RuntimeError if there is none."""
    found = manifest().get(name)
    if not isinstance(found, str):
        raise RuntimeError(f"hatch_build.py has built no {name!r}")
    return found


def built_names() -> set[str]:
    """Return the names of every built file that may be asked for."""
    return {path.name for path in FOLDER.iterdir() if path.suffix in (".js", ".wasm")}


def manifest() -> dict[str, str | list[str]]:
    """Return what was built: entry to file name, and "<entry> needs" to what it imports."""
    try:
        changed = _MANIFEST.stat().st_mtime_ns
    except FileNotFoundError:
        raise RuntimeError(
            "the browser's scripts are not built: run python hatch_build.py, or make assets"
        ) from None
    return _read(changed)


@lru_cache(maxsize=1)
def _read(_changed: int) -> dict[str, str | list[str]]:
    read: dict[str, str | list[str]] = json.loads(_MANIFEST.read_text())
    return read
