"""In which language somebody reads, on every device on which they are signed in.

It carries no command_id: to choose the same twice is to choose it once.
"""

from __future__ import annotations

from sqlalchemy import update

from depot.base.actors import Actor
from depot.base.errors import Forbidden
from depot.db.transaction import transaction
from depot.models import Person


def choose_language(actor: Actor, language: str) -> None:
    """Keep a catalogue's name for the actor; empty: as their browser asks.

    Raises Forbidden for a program, and on a device that the depot's people share.
    """
    if actor.person_id is None or actor.device is not None:
        raise Forbidden()
    with transaction() as session:
        this = Person.id == actor.person_id
        session.execute(update(Person).where(this).values(language=language))
