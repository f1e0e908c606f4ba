"""Every file and folder that the guides for developers name is there."""

from __future__ import annotations

import re

import pytest

from tests.guards.sources import ROOT

GUIDES = ("README.md", "CONTRIBUTING.md", "docs/glossary.md", "docs/benchmarks.md")
#: Numbers and the topic that a recipe takes as its example.
EXAMPLES = ("NNNN", "rota")
NAMED = re.compile(r"`((?:depot|blueprints|labels|templates|tests|docs)/[\w./-]*)`")


def missing(text: str) -> list[str]:
    """Return the places that a text names in backticks and that are not there."""
    named = (name for name in NAMED.findall(text) if not any(of in name for of in EXAMPLES))
    return [name for name in named if not (ROOT / name).exists()]


@pytest.mark.parametrize("guide", GUIDES)
def test_what_a_guide_names_is_there(guide: str) -> None:
    assert missing((ROOT / guide).read_text()) == []


def test_the_guard_sees_a_place_that_went() -> None:
    assert missing("see `depot/commands/base.py` and `depot/kernel/once.py`") == [
        "depot/commands/base.py"
    ]
