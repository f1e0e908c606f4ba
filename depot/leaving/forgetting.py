"""What goes when somebody takes their name along; in an open transaction.

Entries, counts, rights and turns bear the number of a person, and stay. `docs/what-is-stored.md`
says it of every column.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from depot.base.actors import ROLE_WORDS
from depot.base.names import LEFT
from depot.kernel.once import Work
from depot.mail.forgetting import forget_addresses
from depot.models import (
    AccessEvent,
    Activity,
    Assignment,
    CalendarFeed,
    ConductSeen,
    Confidant,
    DevicePin,
    DutyWilling,
    Invitation,
    Membership,
    Passkey,
    Person,
    PersonSession,
    PutAwaySteps,
    RecallNotice,
    RecoveryCode,
    RecoveryLink,
    ReminderWish,
    ReportSubscription,
    SecondFactor,
)
from depot.people.login import login_key
from depot.people.tries import Try, forgive_tries

#: Tables of which every row of the person goes.
GONE: Final = (
    PersonSession,
    DevicePin,
    Passkey,
    SecondFactor,
    RecoveryCode,
    RecoveryLink,
    ReportSubscription,
    ReminderWish,
    CalendarFeed,
    ConductSeen,
    Confidant,
    PutAwaySteps,
)


def forget_person(session: Session, person: Person, now: datetime) -> None:
    """Take away the name of somebody who works nowhere any more, and all that lets them in."""
    depots = session.scalars(
        select(Membership.depot_id)
        .where(Membership.person_id == person.id)
        .order_by(Membership.depot_id)
    ).all()
    addresses = _addresses(session, person)
    _forget_tries(session, person)
    for table in GONE:
        session.execute(delete(table).where(table.person_id == person.id))
    forget_addresses(session, depots, addresses, now)
    _forget_in_journal(session, person, depots)
    _forget_notices(session, person, depots)
    _forget_invitations(session, person.name, depots)
    person.login = person.password_hash = None
    person.name, person.left_at = LEFT, now
    session.flush()


def give_back_what_is_to_come(work: Work, person_id: int) -> None:
    """End what somebody said yes to in the depot and is not over; what is over stays theirs."""
    to_come = select(Activity.id).where(
        Activity.depot_id == work.depot_id,
        Activity.done_at.is_(None),
        or_(
            Activity.ends_at > work.recorded_at,
            Activity.ends_on >= work.today,
            Activity.kind == "task",
        ),
    )
    session, theirs = (
        work.session,
        (
            Assignment.depot_id == work.depot_id,
            Assignment.person_id == person_id,
            Assignment.given_back_at.is_(None),
        ),
    )
    session.execute(
        update(Assignment)
        .where(
            *theirs,
            Assignment.came_at.is_(None),
            or_(Assignment.routine_id.is_not(None), Assignment.activity_id.in_(to_come)),
        )
        .values(given_back_at=work.recorded_at)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(DutyWilling)
        .where(
            DutyWilling.depot_id == work.depot_id,
            DutyWilling.person_id == person_id,
            DutyWilling.ended_at.is_(None),
        )
        .values(ended_at=work.recorded_at)
    )


def _addresses(session: Session, person: Person) -> list[str]:
    """Return the mail addresses that are theirs."""
    found: set[str] = set()
    for table in (ReportSubscription, ReminderWish):
        asked = select(table.address).where(table.person_id == person.id)
        found |= set(session.scalars(asked))
    if person.login and "@" in person.login:
        found.add(person.login)
    return sorted(found)


def _forget_tries(session: Session, person: Person) -> None:
    """Drop what is counted under their number; the rest is no name, and is gone within a day."""
    own = [Try("password", str(person.id)), Try("code", f"{person.id}\n")]
    if person.login:
        own.append(Try("recovery mail", login_key(person.login)))
    forgive_tries(session, *own)


def _forget_in_journal(session: Session, person: Person, depots: Collection[int]) -> None:
    """Take the name out of the access journal, and on which device they signed in."""
    by_them = update(AccessEvent).where(
        AccessEvent.depot_id.in_(depots), AccessEvent.person_id == person.id
    )
    session.execute(by_them.values(actor=LEFT))
    session.execute(by_them.where(AccessEvent.kind == "signed_in").values(subject=""))
    # lines from before the number was written down say the name alone
    to_them = update(AccessEvent).where(
        AccessEvent.depot_id.in_(depots),
        or_(AccessEvent.subject_id == person.id, AccessEvent.subject_id.is_(None)),
    )
    for before, after in ((person.name, LEFT), *_with_roles(person.name)):
        session.execute(to_them.where(AccessEvent.subject == before).values(subject=after))


def _with_roles(name: str) -> list[tuple[str, str]]:
    """Return how the journal says somebody's name beside a role, before and after."""
    return [(f"{role}: {name}", f"{role}: {LEFT}") for role in ROLE_WORDS]


def _forget_notices(session: Session, person: Person, depots: Collection[int]) -> None:
    session.execute(
        update(RecallNotice)
        .where(
            RecallNotice.depot_id.in_(depots),
            RecallNotice.kind == "coordinator",
            RecallNotice.contact_id == person.id,
        )
        .values(name=LEFT, address="")
    )


def _forget_invitations(session: Session, name: str, depots: Collection[int]) -> None:
    """Take the name out of invitations that count no longer: they say nothing more than it."""
    over = or_(Invitation.used_at.is_not(None), Invitation.revoked_at.is_not(None))
    session.execute(
        update(Invitation)
        .where(Invitation.depot_id.in_(depots), Invitation.name == name, over)
        .values(name=LEFT)
    )
