"""First names by which those who are here are told apart."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import exists, or_, select

from depot.base.actors import Actor
from depot.base.errors import Invalid
from depot.base.names import name_key, need_name_of_one, need_one_alphabet, need_own_look
from depot.base.text import N_
from depot.joining.errors import SameNameHere
from depot.joining.tonight import end_of_tonight
from depot.kernel.once import Work
from depot.models import Attendance, Membership, Person, PersonSession

MAX_NAME: Final = 200
#: No night that somebody came in is over later than that.
_LONGEST_NIGHT: Final = timedelta(hours=30)


def speaks_for_all(actor: Actor) -> bool:
    """Say whether the actor may say of others that they come and leave: not a helper of a day.

    On a device of the depot's own, by the door, everybody does.
    """
    return not actor.is_helper or actor.device is not None


def need_own_name(work: Work, name: str) -> None:
    """Raise Invalid, MixedAlphabets, SameNameHere or NameAlike for a name that tells nobody apart.

    Here are those who sign in, and who helps or came today: of those who went, the name is free.
    """
    if not 1 <= len(name) <= MAX_NAME:
        raise Invalid(field="name", problem=N_("A first name, please: at most 200 letters."))
    need_one_alphabet(name)
    need_name_of_one(name)
    taken = [*_colleagues(work), *_came_today(work)]
    if name_key(name) in map(name_key, taken):
        raise SameNameHere(field="name", name=name)
    need_own_look(name, taken)


def _colleagues(work: Work) -> list[str]:
    is_here = exists().where(
        PersonSession.person_id == Person.id,
        # who hands a device of the depot to the next one is still here
        or_(PersonSession.ended_at.is_(None), PersonSession.device_id.is_not(None)),
        PersonSession.ends_at > work.recorded_at,
    )
    return list(
        work.session.scalars(
            select(Person.name)
            .join(Membership, Membership.person_id == Person.id)
            .where(
                Membership.depot_id == work.depot_id,
                Membership.ended_at.is_(None),
                or_(Person.login.is_not(None), is_here),
            )
        )
    )


def _came_today(work: Work) -> list[str]:
    """Return who walked in since the last night, and joined by no code."""
    joined = exists().where(Membership.depot_id == work.depot_id, Membership.person_id == Person.id)
    rows = work.session.execute(
        select(Person.name, Attendance.at)
        .join(Attendance, Attendance.person_id == Person.id)
        .where(
            Attendance.depot_id == work.depot_id,
            Attendance.kind == "come",
            Attendance.at > work.recorded_at - _LONGEST_NIGHT,
            ~joined,
        )
    )
    zone = work.actor.depot.time_zone
    return [name for name, at in rows if end_of_tonight(at, zone) > work.recorded_at]
