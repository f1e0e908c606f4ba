"""How a paper is shown: as a page that prints, and as PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from flask import Blueprint, Response, render_template, request, url_for

from blueprints.frame.guards import actor
from blueprints.frame.language import (
    LANGUAGE,
    current_reader,
    known_language,
    reader_in,
)
from blueprints.frame.web import reader
from depot.base.allergens import FoodWish
from depot.base.clock import utc_now
from depot.base.errors import NotFound
from depot.items.queries.foods import used_diets
from depot.papers.lacking import lacking_words
from depot.papers.paper import SIZES, Paper, texts_of
from depot.papers.pdf import paper_as_pdf
from depot.words import figures
from depot.words.allergens import WishChoices, wish_choices
from depot.words.reader import Reader

T = TypeVar("T")
#: A choice of what is on the paper: its address, its words, whether it is the present one.
Tab = tuple[str, str, bool]
PDF: Final = "application/pdf"


@dataclass(frozen=True, slots=True)
class PaperOption:
    """One thing that may be put on a paper, asked for on its page: a parameter and its words."""

    name: str
    label: str
    hint: str
    value: str


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A paper with the way back and what can be chosen about it on its page."""

    paper: Paper
    back: str
    tabs: tuple[tuple[str, tuple[Tab, ...]], ...] = ()
    newer: str | None = None
    older: str | None = None
    asks: PaperOption | None = None
    #: The allergens and diets by which it can be narrowed.
    wishes: WishChoices | None = None
    #: What who gets it reads; empty: it is for all.
    language: str = ""
    #: The places it may be narrowed to, where they are too many for tabs.
    places: tuple[tuple[str, str], ...] = ()


def paper_reader() -> Reader:
    """Return who reads the paper, in the size asked for, else the depot's own."""
    return _in_size(current_reader())


def letter_reader(language: str) -> Reader:
    """Return who reads a letter: in the language asked for, else in theirs, else the depot's."""
    return _in_size(reader_in(request.args.get(LANGUAGE, "") or language))


def _in_size(found: Reader) -> Reader:
    wanted = request.args.get("paper", "")
    return replace(found, paper_size=wanted) if wanted in SIZES else found


def wish_page(wish: FoodWish) -> WishChoices:
    """Return the boxes by which a paper is narrowed, the depot's own diets among them."""
    session, who = reader()
    return wish_choices(wish, used_diets(session, who.depot_id), current_reader())


def add_paper(bp: Blueprint, rule: str, endpoint: str, make: Callable[..., PaperPage]) -> None:
    """Add the two addresses of a paper: its page at `rule`, and its PDF at `rule`.pdf."""

    def page(**names: Any) -> str:
        shown = make(**names)
        asked = {name: some for name, some in request.args.lists() if not name.startswith("_")}
        asked.pop(LANGUAGE, None)
        return render_template(
            "papers/paper.html",
            paper=shown.paper,
            shown=shown,
            pdf=url_for(f"papers.{endpoint}_pdf", **names),
            pdf_here=url_for(f"papers.{endpoint}_pdf", **(asked | names)),
            asked=asked,
            read_in=_asked_language() or shown.language or reader_in("").language,
            lacking=_lacking_words(shown.paper),
        )

    def pdf(**names: Any) -> Response:
        paper = make(**names).paper
        lacking = _lacking_words(paper)
        return send_paper(replace(paper, lead=(*paper.lead, *lacking)), endpoint)

    bp.add_url_rule(rule, endpoint, page)
    bp.add_url_rule(f"{rule}.pdf", f"{endpoint}_pdf", pdf)


def _asked_language() -> str:
    return known_language(request.args.get(LANGUAGE, ""))


def _lacking_words(paper: Paper) -> list[str]:
    """Say which letters no typeface here shows, and so stand as a question mark in the PDF."""
    said = lacking_words(texts_of(paper), current_reader())
    return [said] if said else []


def send_paper(paper: Paper, name: str) -> Response:
    """Answer with a paper as PDF, shown by the browser and kept under the depot's name."""
    return send_pdf(paper_as_pdf(paper), name)


def send_pdf(pdf: bytes, name: str) -> Response:
    """Answer with a finished PDF."""
    day = figures.to_local(utc_now(), current_reader()).date().isoformat()
    answer = Response(pdf, content_type=PDF)
    words = name.replace("_", "-")
    answer.headers.set(
        "Content-Disposition", "inline", filename=f"{actor().depot.slug}-{words}-{day}.pdf"
    )
    return answer


def found_or_404(what: str, name: object, found: T | None) -> T:
    """Return what was found; raises NotFound where nothing was."""
    if found is None:
        raise NotFound(what=what, name=name)
    return found
