"""Telling the other coordinators by mail that something waits for one of them."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid
from depot.base.kinds import ActKind
from depot.db.transaction import transaction
from depot.mail.addresses import clean_address
from depot.mail.commands.queue import Letter, put_in_outbox
from depot.models import ApiToken, AskedAct, Depot, Membership, Person

#: Writes subject and text, given who asks, for what, and the depot's name.
Writer = Callable[[str, ActKind, str], tuple[str, str]]


def mail_others(asked_id: int, write: Writer, clock: Clock = utc_now) -> None:
    """Queue a mail to each other coordinator who signs in with an address; nothing to nobody."""
    with transaction() as session:
        asked = session.execute(
            select(
                AskedAct,
                Depot.name,
                Person.name.label("person"),
                ApiToken.name.label("program"),
            )
            .join(Depot, Depot.id == AskedAct.depot_id)
            .outerjoin(Person, Person.id == AskedAct.asked_by_id)
            .outerjoin(
                ApiToken,
                (ApiToken.id == AskedAct.token_id) & (ApiToken.depot_id == AskedAct.depot_id),
            )
            .where(AskedAct.id == asked_id)
        ).one()
        act: AskedAct = asked.AskedAct
        logins = session.execute(
            select(Person.id, Person.login)
            .join(Membership, Membership.person_id == Person.id)
            .where(
                Membership.depot_id == act.depot_id,
                Membership.role == "coordinator",
                Membership.ended_at.is_(None),
            )
            .order_by(Person.id)
        )
        subject, text = write(asked.program or asked.person or "?", act.kind, asked.name)
        for person_id, login in logins:
            if person_id != act.asked_by_id and login and _is_address(login):
                letter = Letter(to=login, subject=subject, text=text)
                put_in_outbox(session, act.depot_id, letter, clock())


def _is_address(login: str) -> bool:
    try:
        return bool(clean_address(login))
    except Invalid:
        return False
