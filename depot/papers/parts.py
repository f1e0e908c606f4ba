"""What the papers of a depot have in common: head and foot, columns, weights in words."""

from __future__ import annotations

from collections.abc import Sequence

from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.base.units import GRAM, MILLILITRE
from depot.papers.paper import Block, Column, Paper
from depot.words import figures
from depot.words.reader import Reader


def make_paper(
    title: str,
    blocks: Sequence[Block],
    who: Actor,
    reader: Reader,
    *,
    lead: Sequence[str] = (),
    mark: str = "",
    foot: str = "",
) -> Paper:
    """Return a paper of the depot, in the reader's size; its foot says when who printed it."""
    printed = reader.gettext(
        "printed %(when)s by %(who)s", when=figures.moment(utc_now(), reader), who=who.name
    )
    return Paper(
        title=title,
        owner=who.depot.name,
        blocks=tuple(blocks),
        lead=tuple(line for line in lead if line),
        mark=mark,
        foot=" · ".join(part for part in (foot, printed) if part),
        page_of=reader.gettext("page %(page)s of %(pages)s"),
        size=reader.paper_size,
        language=reader.tag,
    )


def figure_column(title: str) -> Column:
    """Return a column of figures."""
    return Column(title, is_figure=True)


def blank_column(title: str) -> Column:
    """Return a column to be filled in by hand."""
    return Column(title, is_blank=True)


def name_column(title: str) -> Column:
    """Return a column for a name or a signature."""
    return Column(title, is_blank=True, is_wide=True)


def box_unit(unit: str, reader: Reader) -> str:
    """Return what a number is written in beside an empty box: nothing for pieces."""
    sign = {GRAM: reader.weight_unit, MILLILITRE: "l"}.get(unit, "")
    return figures.unit_sign(sign, reader)


def paper_weight_words(grams: int | None, reader: Reader, *, is_estimated: bool = False) -> str:
    """Return a weight as people read it; an estimated one says so."""
    shown = figures.weight(grams, reader)
    return reader.gettext("about %(weight)s", weight=shown) if is_estimated else shown
