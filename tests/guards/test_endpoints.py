"""Every address that a template or a view asks for by name is there.

A page that is seldom opened would else break when a view of another slice is renamed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from blueprints.phones import setup
from tests.guards.sources import ROOT, python_files, relative_name

_ASKED = re.compile(r"""url_for\(\s*f?(["'])([\w-]+\.\w+)\1""")


def asked_for(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and endpoint of each address that `text` asks for by a name written out."""
    for found in _ASKED.finditer(text):
        yield text.count("\n", 0, found.start()) + 1, found[2]


def sources() -> list[Path]:
    return [*sorted((ROOT / "templates").rglob("*.html")), *python_files("blueprints", "depot")]


def test_every_address_that_is_asked_for_by_name_is_there(app: Flask) -> None:
    known = set(app.view_functions) | {
        f"{setup.bp.name}.{name}" for name in ("show", "certificate")
    }
    found = [(path, *asked) for path in sources() for asked in asked_for(path.read_text())]
    assert len(found) > 100
    assert not [
        f"{relative_name(path)}:{line}: {name}" for path, line, name in found if name not in known
    ]


def test_the_guard_sees_each_way_of_asking() -> None:
    text = "url_for('a.b', x=1)\nurl_for(\n  \"c.d\")\n{{ url_for('e-f.g') }} url_for(name)"
    assert list(asked_for(text)) == [(1, "a.b"), (2, "c.d"), (4, "e-f.g")]
