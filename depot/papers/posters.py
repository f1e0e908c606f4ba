"""What all posters are made with: one page, and lines in the largest type in which they fit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from depot.papers.letters import text_width
from depot.papers.paper import Paper
from depot.papers.pdf import draw_pages
from depot.papers.sheet import Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterHead:
    """What every poster says of itself, in the reader's language. `size` is A4 or Letter."""

    owner: str
    title: str
    size: str = "A4"
    language: str = "en"


def draw_poster(head: PosterHead, marks: Iterable[Mark]) -> bytes:
    """Return a poster as a PDF of one page; no text makes it fail."""
    paper = Paper(
        title=f"{head.title} · {head.owner}",
        owner=head.owner,
        blocks=(),
        size=head.size,
        language=head.language,
    )
    return draw_pages(paper, [list(marks)])


def fitting_size(
    text: str, room: float, largest: float, *, smallest: float = 0.0, bold: bool = False
) -> float:
    """Return the largest type in which a line fits, but none below the smallest."""
    wide = text_width(text, largest, bold)
    return largest if wide <= room else max(largest * room / wide, smallest)
