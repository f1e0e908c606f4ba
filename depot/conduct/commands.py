"""Wording how people treat each other here, saying that one read it, and whom to turn to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import delete, func, insert, select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Forbidden, Invalid, NotFound
from depot.base.names import clean_name
from depot.base.text import N_
from depot.conduct.errors import WordedMeanwhile
from depot.kernel.answers import SavedId
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import ConductSeen, ConductWording, Confidant, Membership
from depot.open_book.settings import note_change, write_down

MAX_TEXT: Final = 8000
MAX_NAME: Final = 120
MAX_REACH: Final = 300
#: More are no help to who has to choose.
MOST_CONFIDANTS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WordConduct:
    """What people here promise each other is to be this from now on."""

    command_id: UUID
    text: str
    #: The wording that it is instead of; 0: there is none yet.
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadConduct:
    """The actor has read a wording of it."""

    command_id: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidantSaid:
    """Somebody to turn to: of the depot, or from outside by name; and how to reach them."""

    person_id: int | None = None
    name: str = ""
    reach: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveConfidants:
    """Whom to turn to from now on, at most three, in this order."""

    command_id: UUID
    confidants: tuple[ConfidantSaid, ...] = ()


def word_conduct(command: WordConduct, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """Put how people treat each other into words; each is asked to read new ones.

    Raises Forbidden for who does not coordinate, Invalid without a text, WordedMeanwhile.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _word, SavedId)


def read_conduct(command: ReadConduct, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """Write down that the actor has read it. Raises NotFound, Forbidden for a program."""
    if actor.person_id is None:
        raise Forbidden()
    return run_once(command, actor, clock, _read, SavedId)


def save_confidants(
    command: SaveConfidants, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedId]:
    """Say whom to turn to. Raises Forbidden, Invalid for too many, NotFound for a stranger."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _save_confidants, SavedId)


def _word(command: WordConduct, work: Work) -> SavedId:
    if not command.text.strip():
        raise Invalid(field="text", problem=N_("Write something here."))
    last = work.session.scalar(
        select(func.max(ConductWording.version)).where(ConductWording.depot_id == work.depot_id)
    )
    version = last or 0
    if command.version != version:
        raise WordedMeanwhile()
    work.session.execute(
        insert(ConductWording).values(
            depot_id=work.depot_id,
            version=version + 1,
            text=command.text,
            worded_at=work.recorded_at,
            worded_by_id=work.actor.person_id,
            worded_token_id=work.actor.token_id,
        )
    )
    note_change(work, "conduct", "", {"version": version or None}, {"version": version + 1})
    return SavedId(id=version + 1)


def _read(command: ReadConduct, work: Work) -> SavedId:
    of = (ConductWording.depot_id == work.depot_id, ConductWording.version == command.version)
    if work.session.scalar(select(ConductWording.id).where(*of)) is None:
        raise NotFound(what=N_("wording"), name=str(command.version))
    person_id = work.actor.person_id or 0
    seen = (
        ConductSeen.depot_id == work.depot_id,
        ConductSeen.person_id == person_id,
        ConductSeen.version == command.version,
    )
    if work.session.scalar(select(ConductSeen.id).where(*seen)) is None:
        work.session.execute(
            insert(ConductSeen).values(
                depot_id=work.depot_id,
                person_id=person_id,
                version=command.version,
                seen_at=work.recorded_at,
            )
        )
    return SavedId(id=command.version)


def _save_confidants(command: SaveConfidants, work: Work) -> SavedId:
    named = [one for one in command.confidants if one.person_id is not None or clean_name(one.name)]
    if len(named) > MOST_CONFIDANTS:
        raise Invalid(problem=N_("At most three, so that nobody has to choose for long."))
    _check_people(work, [one.person_id for one in named if one.person_id is not None])
    work.session.execute(
        delete(Confidant)
        .where(Confidant.depot_id == work.depot_id)
        .execution_options(synchronize_session=False)
    )
    for place, one in enumerate(named, start=1):
        work.session.execute(
            insert(Confidant).values(
                depot_id=work.depot_id,
                place=place,
                person_id=one.person_id,
                name="" if one.person_id is not None else clean_name(one.name),
                reach=one.reach,
            )
        )
    # who it is stands in no book that is kept for good: people from outside are among them
    changed = [["confidants", None, None]]
    write_down(work.session, work.actor, work.recorded_at, "conduct", "", changed)
    return SavedId(id=len(named))


def _check_people(work: Work, ids: Sequence[int]) -> None:
    known = work.session.scalars(
        select(Membership.person_id).where(
            Membership.depot_id == work.depot_id,
            Membership.ended_at.is_(None),
            Membership.person_id.in_(ids),
        )
    ).all()
    for person_id in ids:
        if person_id not in known:
            raise NotFound(what=N_("person"), name=str(person_id))
