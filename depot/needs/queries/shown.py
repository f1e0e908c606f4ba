"""Where a depot shows its needs, and the list it shows: all that anybody outside may ever read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from depot.models import Depot, Item, NeedsList, NeedsSetting
from depot.models.item_names import ITEM_NAME
from depot.needs.queries.needs import NeedLine, short_first

#: How many changes a feed tells.
FEED_LENGTH: Final = 20


@dataclass(frozen=True, slots=True)
class Switches:
    """Where the needs are shown; `words` say where and when to bring things."""

    at_door: bool = False
    on_poster: bool = False
    on_page: bool = False
    as_json: bool = False
    as_feed: bool = False
    words: str = ""
    #: Where that is: millionths of a degree north and east; None: nobody said.
    place: tuple[int, int] | None = None

    @property
    def any_on(self) -> bool:
        """Whether anybody is shown anything."""
        return self.at_door or self.on_poster or self.on_page or self.as_json or self.as_feed


@dataclass(frozen=True, slots=True)
class WantedGoodsLine:
    """One thing people are asked for, or not to bring: its name and a few words."""

    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PublishedList:
    """The list as it was shown from `changed_at` on."""

    id: int
    changed_at: datetime
    short: tuple[WantedGoodsLine, ...]
    too_much: tuple[WantedGoodsLine, ...]


@dataclass(frozen=True, slots=True)
class PublicNeeds:
    """What anybody may read of a depot: its name, where to bring things, and its list."""

    depot_name: str
    slug: str
    time_zone: str
    switches: Switches
    now: PublishedList
    #: What is spoken to who asks for nothing else; empty: what the program usually speaks.
    language: str = ""
    earlier: tuple[PublishedList, ...] = ()


def list_content(lines: Iterable[NeedLine]) -> str:
    """Return the list that lines make, as canonical text: names and notes, no figure."""
    found = list(lines)
    told = {
        "short": [_wanted(line) for line in short_first(found)],
        "too_much": [_wanted(line) for line in found if line.is_too_much],
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def _wanted(line: NeedLine) -> dict[str, str]:
    return {"name": line.name, "note": line.rule.note}


def needs_settings(session: Session, depot_id: int) -> Switches:
    """Return where the depot shows its needs; nowhere unless it was turned on."""
    row = session.get(NeedsSetting, depot_id)
    if row is None:
        return Switches()
    north, east = row.latitude_microdegrees, row.longitude_microdegrees
    place = None if north is None or east is None else (north, east)
    ways = (row.at_door, row.on_poster, row.on_page, row.as_json, row.as_feed)
    return Switches(*ways, row.words, place)


def newest_list(session: Session, depot_id: int) -> PublishedList | None:
    """Return the list that is shown now, in the reader's words; None if none was ever made."""
    lists = _in_words(session, Item.depot_id == depot_id, newest_lists(session, depot_id, 1))
    return lists[0] if lists else None


def newest_lists(session: Session, depot_id: int, count: int) -> tuple[PublishedList, ...]:
    """Return the last lists, the newest first."""
    rows = session.scalars(
        select(NeedsList)
        .where(NeedsList.depot_id == depot_id)
        .order_by(NeedsList.id.desc())
        .limit(count)
    )
    return tuple(_shown(row) for row in rows)


def public_needs(session: Session, slug: str, lists: int = 1) -> PublicNeeds | None:
    """Return what the depot of that short name shows everybody; None if it shows nothing at all."""
    depot = session.scalar(select(Depot).where(Depot.slug == slug))
    if depot is None:
        return None
    found = needs_settings(session, depot.id)
    shown = newest_lists(session, depot.id, lists)
    if not found.any_on or not shown:
        return None
    return PublicNeeds(
        depot.name, depot.slug, depot.time_zone, found, shown[0], depot.language, shown[1:]
    )


def in_readers_words(session: Session, found: PublicNeeds) -> PublicNeeds:
    """Return what a depot shows with its goods called as the reader calls them (one statement)."""
    depot_id = select(Depot.id).where(Depot.slug == found.slug).scalar_subquery()
    now, *earlier = _in_words(session, Item.depot_id == depot_id, (found.now, *found.earlier))
    return replace(found, now=now, earlier=tuple(earlier))


def _in_words(
    session: Session, of_depot: ColumnElement[bool], lists: tuple[PublishedList, ...]
) -> list[PublishedList]:
    named = {line.name for one in lists for line in (*one.short, *one.too_much)}
    rows = session.execute(
        select(Item.name, ITEM_NAME).where(of_depot, Item.name.in_(sorted(named)))
    )
    called = {name: told for name, told in rows if name != told}
    return [_called(one, called) for one in lists] if called else list(lists)


def _called(shown: PublishedList, called: Mapping[str, str]) -> PublishedList:
    def anew(lines: tuple[WantedGoodsLine, ...]) -> tuple[WantedGoodsLine, ...]:
        return tuple(replace(line, name=called.get(line.name, line.name)) for line in lines)

    return replace(shown, short=anew(shown.short), too_much=anew(shown.too_much))


def _shown(row: NeedsList) -> PublishedList:
    told: dict[str, Any] = json.loads(row.content)
    return PublishedList(
        row.id,
        row.changed_at,
        tuple(WantedGoodsLine(**one) for one in told["short"]),
        tuple(WantedGoodsLine(**one) for one in told["too_much"]),
    )
