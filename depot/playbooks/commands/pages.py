"""Writing a page of the handbook. Each time is a version of its own; nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import func, insert, select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NotFound
from depot.base.names import clean_name
from depot.base.text import N_
from depot.kernel.answers import Answer
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import HandbookPage
from depot.open_book.settings import note_change
from depot.playbooks.starting.handbook import HANDBOOK

#: Letters of a page: about two sheets of paper.
MOST_LETTERS: Final = 6_000
MOST_PAGES: Final = 100
_BROUGHT: Final = frozenset(page.key for page in HANDBOOK)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavePage:
    """A page as it is to be; without a key it is a new one."""

    command_id: UUID
    title: str
    text: str
    key: str = ""
    archived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage(Answer):
    """The page is saved, and this is its version."""

    key: str
    title: str
    version: int


def save_page(command: SavePage, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedPage]:
    """Make a page of the handbook or write it anew.

    Raises Forbidden, NotFound, and Invalid for a page without title or text, one that is too long,
    and one page too many.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _save, SavedPage)


def _save(command: SavePage, work: Work) -> SavedPage:
    key = command.key or f"own-{command.command_id.hex}"
    here = HandbookPage.depot_id == work.depot_id
    last = select(func.coalesce(func.max(HandbookPage.version), 0))
    version = work.session.scalar(last.where(here, HandbookPage.key == key)) or 0
    if command.key and not version and key not in _BROUGHT:
        raise NotFound(what=N_("page"), name=key)
    if not version:
        keys = select(func.count(func.distinct(HandbookPage.key))).where(here)
        if (work.session.scalar(keys) or 0) >= MOST_PAGES:
            raise Invalid(field="title", problem=N_("A handbook has at most 100 pages."))
    return write_page(work, key, command.title, command.text, (version, command.archived))


def write_page(
    work: Work, key: str, title: str, text: str, before: tuple[int, bool] = (0, False)
) -> SavedPage:
    """Write the version of a page that follows `before`: its version, and whether it is put away.

    Raises Invalid as `save_page` does.
    """
    version, archived = before
    title = clean_name(title)
    if not title:
        raise Invalid(field="title", problem=N_("A page needs a title."))
    if not text.strip():
        raise Invalid(field="text", problem=N_("Write something here."))
    if len(text) > MOST_LETTERS:
        raise Invalid(field="text", problem=N_("A page has at most 6,000 letters."))
    values = {
        "depot_id": work.depot_id,
        "key": key,
        "version": version + 1,
        "title": title,
        "text": text.strip(),
        "archived": archived,
        "saved_at": work.recorded_at,
        "saved_by_id": work.actor.person_id,
    }
    work.session.execute(insert(HandbookPage).values(**values))
    note_change(work, "handbook", title, {"version": version or None}, {"version": version + 1})
    return SavedPage(key=key, title=title, version=version + 1)
