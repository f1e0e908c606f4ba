"""Needs: what a coordinator knows better than the figures, where needs are shown, and the list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NotFound
from depot.base.text import N_
from depot.db.transaction import transaction
from depot.kernel.answers import Answer
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import Category, Item, NeedRule, NeedsList, NeedsSetting
from depot.needs.coordinates import NO_COORDINATES, is_on_earth
from depot.needs.shares import VERDICTS
from depot.open_book.settings import note_row, standing

MAX_NOTE: Final = 80
MAX_WORDS: Final = 400
#: What is said by hand ends by itself: nobody remembers to take it back.
SAID_AT_MOST: Final = timedelta(days=366)
WHOLE_PERMILLE: Final = 1000
#: A list this young is replaced only by a coordinator's own change: it must not flicker.
STEADY: Final = timedelta(hours=12)
#: How many lists are kept of a depot.
LISTS_KEPT: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveNeedRule:
    """The whole rule of one category or one item; a rule that says nothing is taken away."""

    command_id: UUID
    kind: str
    subject_id: int
    share_permille: int | None = None
    #: In the item's base unit; for a category in grams.
    minimum_quantity: int | None = None
    said: str = ""
    said_until: date | None = None
    note: str = ""
    is_left_out: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether the figures alone decide."""
        return not (
            self.share_permille
            or self.minimum_quantity
            or self.said
            or self.note
            or self.is_left_out
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedNeedRule(Answer):
    """The rule of the category or item of this name is saved."""

    name: str


def save_need_rule(
    command: SaveNeedRule, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedNeedRule]:
    """Save a rule. Raises Forbidden, NotFound, and Invalid for a share, a day or a minimum that
    cannot be, and if the shares of all categories are more than the whole."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _save_rule, SavedNeedRule)


def _save_rule(command: SaveNeedRule, work: Work) -> SavedNeedRule:
    name = _subject_name(command, work)
    _check(command, work.today)
    _check_shares(command, work)
    is_category = command.kind == "category"
    this = _this(command)
    before = standing(work, NeedRule, this)
    work.session.execute(delete(NeedRule).where(NeedRule.depot_id == work.depot_id, this))
    if not command.is_blank:
        work.session.execute(
            insert(NeedRule).values(
                depot_id=work.depot_id,
                category_id=command.subject_id if is_category else None,
                item_id=None if is_category else command.subject_id,
                share_permille=command.share_permille,
                minimum_quantity=command.minimum_quantity,
                said=command.said,
                said_until=command.said_until if command.said else None,
                note=command.note,
                is_left_out=command.is_left_out,
                changed_by_id=work.actor.person_id,
                changed_at=work.recorded_at,
            )
        )
    note_row(work, NeedRule, name, before, this)
    return SavedNeedRule(name=name)


def _this(command: SaveNeedRule) -> ColumnElement[bool]:
    if command.kind == "category":
        return NeedRule.category_id == command.subject_id
    return NeedRule.item_id == command.subject_id


def _subject_name(command: SaveNeedRule, work: Work) -> str:
    model = Category if command.kind == "category" else Item
    found = work.session.scalar(
        select(model.name).where(model.depot_id == work.depot_id, model.id == command.subject_id)
    )
    if found is None:
        what = N_("category") if command.kind == "category" else N_("item")
        raise NotFound(what=what, name=command.subject_id)
    return found


def _check(command: SaveNeedRule, today: date) -> None:
    share, minimum = command.share_permille, command.minimum_quantity
    if share is not None and not 0 < share <= WHOLE_PERMILLE:
        raise Invalid(field="share", problem=N_("A share is more than 0 and at most 100 %."))
    if minimum is not None and minimum <= 0:
        raise Invalid(field="minimum", problem=N_("The least must be more than nothing."))
    if command.said and command.said not in VERDICTS:
        raise Invalid(field="said", problem=N_("Choose what is to be said."))
    until = command.said_until
    if command.said and (until is None or not today <= until <= today + SAID_AT_MOST):
        raise Invalid(
            field="said_until", problem=N_("Say until which day, from today to a year from now.")
        )
    if len(command.note) > MAX_NOTE:
        raise Invalid(field="note", problem=N_("That is too long to be read at a door."))


def _check_shares(command: SaveNeedRule, work: Work) -> None:
    if command.kind != "category" or command.share_permille is None:
        return
    others = work.session.scalar(
        select(func.sum(NeedRule.share_permille))
        .join(Category, Category.id == NeedRule.category_id)
        .where(
            NeedRule.depot_id == work.depot_id,
            NeedRule.category_id != command.subject_id,
            ~Category.archived,
        )
    )
    if int(others or 0) + command.share_permille > WHOLE_PERMILLE:
        raise Invalid(
            field="share", problem=N_("With the other categories that is more than 100 %.")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveNeedsSetting:
    """Where the needs are shown, and the words beside them."""

    command_id: UUID
    at_door: bool = False
    on_poster: bool = False
    on_page: bool = False
    as_json: bool = False
    as_feed: bool = False
    words: str = ""
    #: Where that is: millionths of a degree, both or none.
    latitude_microdegrees: int | None = None
    longitude_microdegrees: int | None = None


def save_needs_setting(
    command: SaveNeedsSetting, actor: Actor, clock: Clock = utc_now
) -> Outcome[Answer]:
    """Turn each way of showing the needs on or off. Raises Forbidden, Invalid."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _save_setting, Answer)


def _save_setting(command: SaveNeedsSetting, work: Work) -> Answer:
    if len(command.words) > MAX_WORDS:
        raise Invalid(field="words", problem=N_("That is too long for a poster."))
    if not is_on_earth(command.latitude_microdegrees, command.longitude_microdegrees):
        raise Invalid(field="coordinates", problem=NO_COORDINATES)
    values = {
        "at_door": command.at_door,
        "on_poster": command.on_poster,
        "on_page": command.on_page,
        "as_json": command.as_json,
        "as_feed": command.as_feed,
        "words": command.words,
        "latitude_microdegrees": command.latitude_microdegrees,
        "longitude_microdegrees": command.longitude_microdegrees,
    }
    before = standing(work, NeedsSetting)
    known = work.session.get(NeedsSetting, work.depot_id)
    if known is None:
        work.session.execute(insert(NeedsSetting).values(depot_id=work.depot_id, **values))
    else:
        work.session.execute(
            update(NeedsSetting).where(NeedsSetting.depot_id == work.depot_id).values(**values)
        )
    note_row(work, NeedsSetting, "", before)
    return Answer()


def note_needs_list(depot_id: int, content: str, *, at_once: bool, clock: Clock = utc_now) -> bool:
    """Make `content` the depot's list if it differs from the last; return whether it was written.

    `content` is what `depot.needs.queries.shown.list_content` makes. Unless `at_once`, a list that
    is younger than half a day stays. It has no actor: the figures changed, not somebody's mind.
    """
    now = clock()
    with transaction() as session:
        # two processes on their rounds at once: the second one then sees what the first wrote
        session.execute(
            select(NeedsSetting.depot_id).where(NeedsSetting.depot_id == depot_id).with_for_update()
        )
        last = session.scalar(
            select(NeedsList)
            .where(NeedsList.depot_id == depot_id)
            .order_by(NeedsList.id.desc())
            .limit(1)
        )
        if last is not None and (last.content == content or _is_steady(last, now, at_once)):
            return False
        session.add(NeedsList(depot_id=depot_id, changed_at=now, content=content))
        session.flush()
        _drop_old(session, depot_id)
    return True


def _is_steady(last: NeedsList, now: datetime, at_once: bool) -> bool:
    return not at_once and now < last.changed_at + STEADY


def _drop_old(session: Any, depot_id: int) -> None:
    oldest_kept = session.scalar(
        select(NeedsList.id)
        .where(NeedsList.depot_id == depot_id)
        .order_by(NeedsList.id.desc())
        .offset(LISTS_KEPT - 1)
        .limit(1)
    )
    if oldest_kept is not None:
        session.execute(
            delete(NeedsList).where(NeedsList.depot_id == depot_id, NeedsList.id < oldest_kept)
        )
