"""Sessions: begun at sign-in, ended by signing out, by hand, or by a new password.

They carry no command_id: ending a session twice is the same as once, and one that begins is kept by
its own random key.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from depot.base.clock import Clock, utc_now
from depot.base.errors import NotFound
from depot.base.secrets import secret_hash
from depot.base.text import N_
from depot.db.transaction import transaction
from depot.models import Person, PersonSession
from depot.people.access_journal import note_access, note_of_person
from depot.people.devices import Device
from depot.people.sessions import LONGEST, QUEUE_KEPT, SessionStart, end_sessions


def start_session(start: SessionStart, device: Device, clock: Clock = utc_now) -> str:
    """Begin a session and return the key that its cookie bears."""
    key, now = secrets.token_urlsafe(32), clock()
    with transaction() as session:
        session.add(
            PersonSession(
                person_id=start.person_id,
                key_hash=secret_hash(key),
                browser=device.browser,
                system=device.system,
                created_at=now,
                seen_at=now,
                ends_at=start.ends_at,
                device_id=start.device_id,
            )
        )
        if start.device_id is None:  # a name that was tapped is no sign-in, and would fill the list
            note_access(
                session,
                start.depot_id,
                "signed_in",
                now,
                actor=start.name,
                person_id=start.person_id,
                subject=", ".join(filter(None, (device.browser, device.system))),
            )
    return key


def note_seen(session_id: int, now: datetime) -> None:
    """Write down that a session is in use."""
    with transaction() as session:
        session.execute(
            update(PersonSession)
            .where(PersonSession.id == session_id, PersonSession.ended_at.is_(None))
            .values(seen_at=now)
        )


def sign_out(person_id: int, session_id: int, clock: Clock = utc_now) -> None:
    """End the session that asks: its cookie opens nothing any more, wherever it was copied to."""
    with transaction() as session:
        end_sessions(session, person_id, clock(), only=session_id)


def end_session(person_id: int, session_id: int, clock: Clock = utc_now) -> None:
    """End one of somebody's own sessions. Raises NotFound for one that is not theirs."""
    with transaction() as session:
        known = session.scalar(
            select(PersonSession.id).where(
                PersonSession.id == session_id, PersonSession.person_id == person_id
            )
        )
        if known is None:
            raise NotFound(what=N_("device"), name=session_id)
        now = clock()
        if end_sessions(session, person_id, now, only=session_id):
            note_of_person(session, session.get_one(Person, person_id), "session_ended", now)


def sign_out_everywhere(person_id: int, keep: int | None = None, clock: Clock = utc_now) -> None:
    """End every session of the person, on every phone, at once; but the one to `keep`."""
    with transaction() as session:
        now = clock()
        if end_sessions(session, person_id, now, keep=keep):
            note_of_person(session, session.get_one(Person, person_id), "session_ended", now)


def drop_old_sessions(clock: Clock = utc_now) -> None:
    """Drop the rows of sessions that ended long ago or can count no longer.

    Who was at a device of the depot's own is known for longer: what waits there may be theirs.
    """
    with transaction() as session:
        now = clock()
        session.execute(
            delete(PersonSession).where(
                (PersonSession.ended_at < now - timedelta(days=1))
                & PersonSession.device_id.is_(None)
                | (PersonSession.created_at < now - QUEUE_KEPT)
                & PersonSession.device_id.is_not(None)
                | (PersonSession.created_at < now - LONGEST)
            )
        )
