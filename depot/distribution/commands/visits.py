"""Visits by card: a depot uses cards or not, and a household that comes with one is counted."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import insert, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid
from depot.base.text import N_
from depot.distribution.ages import BandPeople, ages_said, keep_bands
from depot.distribution.event_state import event_for_issue, note_late
from depot.distribution.visit_rows import card_digest, is_not_undone, visit_setting
from depot.kernel.answers import Answer, Booked
from depot.kernel.draft import Draft
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.ledger.entries import People
from depot.models import StockEntry, Visit, VisitCard, VisitSetting
from depot.open_book.settings import note_row, standing
from labels.symbols.cards import read_card_code


class BadCard(Invalid):
    code = "bad_card"
    template = N_("That is no visit card. Twelve letters and digits stand on one.")


class CardsAreOff(Invalid):
    code = "cards_are_off"
    template = N_("Visit cards are not used here. A coordinator can change that.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveVisitSetting:
    """Whether visits are counted by card from now on. What was counted stays."""

    command_id: UUID
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedVisitSetting(Answer):
    """Whether a depot uses visit cards."""

    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CountVisit:
    """A household came, with its card; None means not asked, which is not zero."""

    command_id: UUID
    event_id: int = 0
    card: str
    adults: int | None = None
    children: int | None = None
    seniors: int | None = None
    bands: tuple[BandPeople, ...] = ()
    note: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedVisit(Booked):
    """A visit; one that was counted at this event already posts nothing."""

    event_id: int
    households: int
    #: Whether the card was never used before.
    is_new: bool = False
    was_counted: bool = False


def save_visit_setting(
    command: SaveVisitSetting, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedVisitSetting]:
    """Use visit cards, or use them no more. The depot's key is made once. Raises Forbidden."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _save, SavedVisitSetting)


def count_visit(command: CountVisit, actor: Actor, clock: Clock = utc_now) -> Outcome[CountedVisit]:
    """Count one household by its card, as `count_people` does; the code itself is kept nowhere.

    A card that was counted at the event already is not counted again: it was scanned twice, or the
    household came back for what it forgot. Raises NotFound, BadCard, and CardsAreOff where no
    cards are used, unless it happened already and they were.
    """
    return run_once(command, actor, clock, _count, CountedVisit)


def _save(command: SaveVisitSetting, work: Work) -> SavedVisitSetting:
    before = standing(work, VisitSetting)
    known = visit_setting(work.session, work.depot_id)
    values = {"is_on": command.is_on, "changed_at": work.recorded_at}
    if known is None:
        row = {"depot_id": work.depot_id, "card_secret": secrets.token_hex(32)}
        work.session.execute(insert(VisitSetting).values(**values, **row))
    else:
        own = VisitSetting.depot_id == work.depot_id
        work.session.execute(update(VisitSetting).where(own).values(**values))
    note_row(work, VisitSetting, "", before)
    return SavedVisitSetting(is_on=command.is_on)


def _count(command: CountVisit, work: Work) -> CountedVisit:
    event_id, was_closed, _partner = event_for_issue(work, command.event_id)
    setting = visit_setting(work.session, work.depot_id)
    if setting is None or not (setting.is_on or work.is_fact):
        raise CardsAreOff(field="card")
    code = read_card_code(command.card)
    if code is None:
        raise BadCard(field="card")
    card_id, is_new = _card(work, card_digest(setting.card_secret, code))
    if _was_counted(work, card_id, event_id):
        return CountedVisit(event_id=event_id, households=0, was_counted=True)
    ages = ages_said(command.adults, command.children, command.seniors, command.bands)
    people = People(event_id, 1, ages.adults, ages.children, ages.seniors)
    draft = Draft(work, "people", event_id=event_id, people=people, note=command.note)
    note_late(draft, was_closed)
    made = partial(CountedVisit, event_id=event_id, households=1, is_new=is_new)
    counted = draft.post(made)
    keep_bands(work, counted.entry_id, command.bands)
    work.session.execute(
        insert(Visit).values(
            entry_id=counted.entry_id,
            depot_id=work.depot_id,
            card_id=card_id,
            occurred_on=work.occurred_on,
        )
    )
    return counted


def _card(work: Work, digest: str) -> tuple[int, bool]:
    """Return the number of a card, and whether no visit with it stands."""
    card_id = work.session.scalar(
        select(VisitCard.id).where(
            VisitCard.depot_id == work.depot_id, VisitCard.card_hash == digest
        )
    )
    if card_id is None:
        made = insert(VisitCard).values(depot_id=work.depot_id, card_hash=digest)
        return work.session.execute(made.returning(VisitCard.id)).scalar_one(), True
    earlier = select(Visit.entry_id).where(
        Visit.depot_id == work.depot_id, Visit.card_id == card_id, is_not_undone()
    )
    return card_id, work.session.scalar(earlier.limit(1)) is None


def _was_counted(work: Work, card_id: int, event_id: int) -> bool:
    found = (
        select(Visit.entry_id)
        .join(StockEntry, StockEntry.id == Visit.entry_id)
        .where(
            Visit.depot_id == work.depot_id,
            Visit.card_id == card_id,
            StockEntry.depot_id == work.depot_id,
            StockEntry.event_id == event_id,
            is_not_undone(),
        )
    )
    return work.session.scalar(found.limit(1)) is not None
