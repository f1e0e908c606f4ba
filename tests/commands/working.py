"""What a command's body gets, for tests of the functions commands are made of."""

from __future__ import annotations

from uuid import uuid4

from depot.base.actors import Actor
from depot.kernel.once import Work
from depot.ledger.posting import lock_head
from tests.builders import NOW
from tests.current import db


def work_of(actor: Actor) -> Work:
    """Return the work of some command of `actor`, in the session's own transaction."""
    session = db.session()
    return Work(session, actor, str(uuid4()), NOW, NOW, lock_head(session, actor.depot_id))
