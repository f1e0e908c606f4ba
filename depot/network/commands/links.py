"""Two depots agree to work together, and say what they show each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, UnknownCategory
from depot.base.kinds import SharedStock
from depot.base.secrets import command_secret, secret_hash
from depot.base.text import N_
from depot.kernel.answers import Answer, SavedId
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import Category, Depot, DepotLink, NetworkInvitation, SharedCategory
from depot.network.errors import InvitationCodeWrong
from depot.network.links import need_linked
from depot.open_book.settings import Values, note_change

#: So long an invitation may be answered.
OPEN_FOR: Final = timedelta(days=7)
#: So many may be open at once: each is one more that could be guessed.
MOST_OPEN: Final = 20
_DIGITS: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteDepot:
    """Another depot is invited: whoever coordinates it types the code in."""

    command_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinDepot:
    """A coordinator of another depot types in the code of an invitation."""

    command_id: UUID
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveDepot:
    """The two depots work together no more; either may say so."""

    command_id: UUID
    other_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveAgreement:
    """What this depot shows the other of its free stock: nothing, all, or some categories."""

    command_id: UUID
    other_id: int = 0
    shares: SharedStock
    category_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DepotJoined(Answer):
    """The depot that this one works with from now on."""

    other_id: int
    name: str


def invitation_code(secret_key: str, depot_id: int, command_id: UUID) -> str:
    """Return the code that an `InviteDepot` makes, for people to read: the same for the same
    command, four by four."""
    digits = secret_hash(command_secret(secret_key, "network", depot_id, command_id))[:_DIGITS]
    return " ".join(digits[at : at + 4] for at in range(0, _DIGITS, 4)).upper()


def _hash_of(code: str) -> str:
    return secret_hash("".join(code.split()).replace("-", "").lower())


def invite_depot(
    command: InviteDepot, actor: Actor, secret_key: str, clock: Clock = utc_now
) -> Outcome[SavedId]:
    """Open an invitation for seven days; its code is `invitation_code`. Raises Forbidden."""
    code = invitation_code(secret_key, actor.depot_id, command.command_id)

    def invite(_command: InviteDepot, work: Work) -> SavedId:
        need_coordinator(work.actor)
        _leave_room(work)
        made: int = work.session.execute(
            insert(NetworkInvitation)
            .values(
                depot_id=work.depot_id,
                code_hash=_hash_of(code),
                made_at=work.recorded_at,
                ends_at=work.recorded_at + OPEN_FOR,
                person_id=work.actor.person_id,
            )
            .returning(NetworkInvitation.id)
        ).scalar_one()
        return SavedId(id=made)

    return run_once(command, actor, clock, invite, SavedId)


def _leave_room(work: Work) -> None:
    waiting = work.session.scalar(
        select(func.count()).where(
            NetworkInvitation.depot_id == work.depot_id,
            NetworkInvitation.used_at.is_(None),
            NetworkInvitation.ends_at > work.recorded_at,
        )
    )
    if (waiting or 0) >= MOST_OPEN:
        problem = N_("There are many open invitations already. Use one of those.")
        raise Invalid(problem=problem)


def join_depot(command: JoinDepot, actor: Actor, clock: Clock = utc_now) -> Outcome[DepotJoined]:
    """Accept another depot's invitation: from now on both work together.

    Raises Forbidden, and InvitationCodeWrong for a code that does not count, whatever the reason.
    """
    return run_once(command, actor, clock, _join, DepotJoined)


def _join(command: JoinDepot, work: Work) -> DepotJoined:
    need_coordinator(work.actor)
    used = work.session.execute(
        update(NetworkInvitation)
        .where(
            NetworkInvitation.code_hash == _hash_of(command.code),
            NetworkInvitation.depot_id != work.depot_id,
            NetworkInvitation.used_at.is_(None),
            NetworkInvitation.ends_at > work.recorded_at,
        )
        .values(used_at=work.recorded_at)
        .returning(NetworkInvitation.depot_id, NetworkInvitation.person_id)
    ).one_or_none()
    if used is None:
        raise InvitationCodeWrong(field="code")
    _link(work, work.depot_id, used.depot_id, work.actor.person_id)
    _link(work, used.depot_id, work.depot_id, used.person_id)
    name = work.session.scalars(select(Depot.name).where(Depot.id == used.depot_id)).one()
    return DepotJoined(other_id=used.depot_id, name=name)


def _link(work: Work, depot_id: int, other_id: int, person_id: int | None) -> None:
    """Write down a depot's side: anew, or again where it had ended. It shows nothing yet."""
    now = {"since": work.recorded_at, "person_id": person_id, "ended_at": None}
    side = (DepotLink.depot_id == depot_id) & (DepotLink.other_id == other_id)
    known = work.session.execute(
        update(DepotLink).where(side).values(now).returning(DepotLink.depot_id)
    ).one_or_none()
    if known is None:
        work.session.execute(
            insert(DepotLink).values(depot_id=depot_id, other_id=other_id, shares="nothing", **now)
        )


def leave_depot(command: LeaveDepot, actor: Actor, clock: Clock = utc_now) -> Outcome[DepotJoined]:
    """End working together; what is on the way can still be received. Raises NotLinked."""
    return run_once(command, actor, clock, _leave, DepotJoined)


def _leave(command: LeaveDepot, work: Work) -> DepotJoined:
    need_coordinator(work.actor)
    other = need_linked(work.session, work.depot_id, command.other_id, "other_id")
    before = _shown(work, other.id)
    for depot_id, other_id in ((work.depot_id, other.id), (other.id, work.depot_id)):
        work.session.execute(
            update(DepotLink)
            .where(DepotLink.depot_id == depot_id, DepotLink.other_id == other_id)
            .values(ended_at=work.recorded_at, shares="nothing")
        )
        _share(work, depot_id, other_id, ())
    note_change(work, "network", other.name, before, _shown(work, other.id))
    return DepotJoined(other_id=other.id, name=other.name)


def save_agreement(
    command: SaveAgreement, actor: Actor, clock: Clock = utc_now
) -> Outcome[DepotJoined]:
    """Say what this depot shows another. Raises Forbidden, NotLinked, UnknownCategory, Invalid."""
    return run_once(command, actor, clock, _save, DepotJoined)


def _save(command: SaveAgreement, work: Work) -> DepotJoined:
    need_coordinator(work.actor)
    other = need_linked(work.session, work.depot_id, command.other_id, "other_id")
    chosen = command.category_ids if command.shares == "chosen" else ()
    if command.shares == "chosen" and not chosen:
        raise Invalid(field="category_ids", problem=N_("Choose at least one category."))
    known = set(
        work.session.scalars(
            select(Category.id).where(
                Category.depot_id == work.depot_id, Category.id.in_(set(chosen))
            )
        )
    )
    for category_id in chosen:
        if category_id not in known:
            raise UnknownCategory(field="category_ids", name=category_id)
    before = _shown(work, other.id)
    work.session.execute(
        update(DepotLink)
        .where(DepotLink.depot_id == work.depot_id, DepotLink.other_id == other.id)
        .values(shares=command.shares)
    )
    _share(work, work.depot_id, other.id, sorted(known))
    note_change(work, "network", other.name, before, _shown(work, other.id))
    return DepotJoined(other_id=other.id, name=other.name)


def _shown(work: Work, other_id: int) -> Values:
    """Return what this depot shows the other of its free stock, as the open book tells it."""
    shares = work.session.scalar(
        select(DepotLink.shares).where(
            DepotLink.depot_id == work.depot_id, DepotLink.other_id == other_id
        )
    )
    names = work.session.scalars(
        select(Category.name)
        .join(SharedCategory, SharedCategory.category_id == Category.id)
        .where(SharedCategory.depot_id == work.depot_id, SharedCategory.other_id == other_id)
        .order_by(Category.name)
    )
    return {"shares": shares, "categories": ", ".join(names)}


def _share(work: Work, depot_id: int, other_id: int, categories: Sequence[int]) -> None:
    work.session.execute(
        delete(SharedCategory).where(
            SharedCategory.depot_id == depot_id, SharedCategory.other_id == other_id
        )
    )
    if categories:
        work.session.execute(
            insert(SharedCategory),
            [
                {"depot_id": depot_id, "other_id": other_id, "category_id": category_id}
                for category_id in categories
            ],
        )
