"""The handbook: pages that the program brings along, and those that a depot wrote itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from depot.models import HandbookPage, Person
from depot.playbooks.playbook import PlaybookPage, blocks_of, in_words
from depot.playbooks.starting.handbook import HANDBOOK


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page of the handbook as it is now."""

    key: str
    title: str
    text: str
    #: 0: as the program brings it along, in the reader's words.
    version: int = 0
    archived: bool = False
    saved_at: datetime | None = None
    saved_by: str | None = None

    @property
    def blocks(self) -> tuple[str, ...]:
        """Its paragraphs and points."""
        return blocks_of(self.text)


def handbook(session: Session, depot_id: int, gettext: Callable[[str], str]) -> list[PageFacts]:
    """Return all pages, also those no longer in use: first those every depot begins with."""
    own = {page.key: page for page in own_pages(session, depot_id)}
    begun = [own.get(page.key) or _as_facts(page, gettext) for page in HANDBOOK]
    brought = {page.key for page in HANDBOOK}
    return begun + [page for key, page in own.items() if key not in brought]


def find_page(
    session: Session, depot_id: int, key: str, gettext: Callable[[str], str]
) -> PageFacts | None:
    """Return the page with this key; None if there is none."""
    row = session.execute(_newest(depot_id).where(HandbookPage.key == key)).one_or_none()
    if row is not None:
        return PageFacts(*row)
    return next((_as_facts(page, gettext) for page in HANDBOOK if page.key == key), None)


def own_pages(session: Session, depot_id: int) -> list[PageFacts]:
    """Return the pages that the depot wrote itself, those that were begun first standing first."""
    return [PageFacts(*row) for row in session.execute(_newest(depot_id))]


def earlier_versions(session: Session, depot_id: int, key: str) -> list[PageFacts]:
    """Return every version of a page, the newest first."""
    statement = _rows().where(HandbookPage.depot_id == depot_id, HandbookPage.key == key)
    found = session.execute(statement.order_by(HandbookPage.version.desc()))
    return [PageFacts(*row) for row in found]


def _newest(depot_id: int) -> Select[*tuple[Any, ...]]:
    last = (
        select(
            HandbookPage.key,
            func.max(HandbookPage.version).label("version"),
            func.min(HandbookPage.id).label("begun"),
        )
        .where(HandbookPage.depot_id == depot_id)
        .group_by(HandbookPage.key)
        .subquery()
    )
    is_last = (HandbookPage.key == last.c.key) & (HandbookPage.version == last.c.version)
    here = HandbookPage.depot_id == depot_id
    return _rows().join(last, is_last).where(here).order_by(last.c.begun)


def _rows() -> Select[*tuple[Any, ...]]:
    return select(
        HandbookPage.key,
        HandbookPage.title,
        HandbookPage.text,
        HandbookPage.version,
        HandbookPage.archived,
        HandbookPage.saved_at,
        Person.name,
    ).outerjoin(Person, Person.id == HandbookPage.saved_by_id)


def _as_facts(page: PlaybookPage, gettext: Callable[[str], str]) -> PageFacts:
    told = in_words(page, gettext)
    return PageFacts(told.key, told.title, told.text)
