"""One bug that is put in by hand."""

from __future__ import annotations

from typing import NamedTuple


class Bug(NamedTuple):
    """One wrong line of a file, and who must notice."""

    kind: str
    file: str
    right: str
    wrong: str
    tests: tuple[str, ...]

    @property
    def is_in_browser(self) -> bool:
        """Say whether Node tries it: what makes mutants of its own knows Python alone."""
        return self.tests[0].startswith("tests/typescript")
