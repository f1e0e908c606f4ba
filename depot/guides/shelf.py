"""Which guides there are, and each in the reader's language as far as somebody wrote it so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from depot.base.text import N_
from depot.config import data_dir

#: The language in which there is every guide.
WRITTEN_IN: Final = "en"
#: The guides as they are listed: by what people come for, as the menu does.
GROUPS: Final = (
    (
        N_("To begin"),
        ("today", "joining", "who-is-here", "search", "scan", "offline", "undo", "phones"),
    ),
    (
        N_("The work"),
        (
            "donation",
            "announced-deliveries",
            "crates",
            "labels",
            "product-codes",
            "amounts",
            "hand-out",
            "parcels",
            "visits",
            "sign-in-sheets",
            "coming-round",
            "agencies",
            "tasks",
            "passing-on",
            "kitchen",
            "between-depots",
        ),
    ),
    (N_("What is here"), ("stock", "counting", "roll-call", "needs", "items-and-places")),
    (N_("Safe food"), ("temperatures", "holds", "recalls")),
    (
        N_("The book"),
        (
            "weekly-report",
            "pictures",
            "board",
            "mail",
            "funder-forms",
            "in-kind-value",
            "papers",
            "ledger",
            "things-to-look-at",
        ),
    ),
    (
        N_("You and the others"),
        (
            "shifts",
            "duties",
            "hours",
            "in-your-calendar",
            "decisions",
            "open-book",
            "two-people",
            "sign-in",
            "languages",
            "shared-devices",
            "leaving",
        ),
    ),
    (
        N_("The depot"),
        ("settings", "playbooks", "import", "everything", "for-programs"),
    ),
)


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide as it was written: its Markdown, and in which language."""

    name: str
    text: str
    language: str

    @property
    def title(self) -> str:
        """The words of its first line."""
        return self.text.partition("\n")[0].removeprefix("#").strip()


def names() -> frozenset[str]:
    """Return the names of all guides."""
    return frozenset(name for _title, listed in GROUPS for name in listed)


def folder() -> Path:
    """Return where the guides lie: in a wheel beside the program, in a checkout in docs."""
    return data_dir("docs", "user/README.md") / "user"


def find_picture(name: str) -> Path | None:
    """Return the file of a guide's picture, if there is one."""
    found = folder().parent / "pictures" / "guides" / f"{name}.png"
    return found if name in names() and found.is_file() else None


@lru_cache(maxsize=512)
def read_guide(name: str, tag: str = WRITTEN_IN) -> Guide:
    """Return the guide in the language `tag` (pt-BR), else in the language without its country.

    Where nobody wrote it in either, it is the English one. Raises KeyError for a name of none.
    """
    if name not in names():
        raise KeyError(name)
    for language in (tag, tag.partition("-")[0]):
        path = folder() / language.replace("-", "_") / f"{name}.md"
        if path.is_file():
            return Guide(name, path.read_text("utf-8"), language)
    return Guide(name, (folder() / f"{name}.md").read_text("utf-8"), WRITTEN_IN)
