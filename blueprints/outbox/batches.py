"""A batch from end to end: whose it is, then one command after the other."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from blueprints.outbox.delivery import Batch, deliver
from blueprints.outbox.schemas import MAX_BATCH_BYTES, Sync
from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.base.errors import OtherDepot, OtherPerson
from depot.db.database import current_session
from depot.people.queries import name_in_depot


def run_batch(sync: Sync, who: Actor) -> dict[str, Any]:
    """Do a batch and answer a result for each command.

    A refused command does not stop the others. Raises OtherPerson and OtherDepot before anything
    is done, and StorageUnavailable after what could be done: sent again, that is answered again.
    """
    _same_person(sync, who)
    batch = Batch(sync.sent_at, sync.done_by)
    return {"results": [deliver(sent, batch, who, utc_now()) for sent in sync.commands]}


def _same_person(sync: Sync, who: Actor) -> None:
    if sync.depot is not None and sync.depot != who.depot_id:
        raise OtherDepot(depot=who.depot.name)
    if sync.person is not None and sync.person != who.person_id:
        other = name_in_depot(current_session(), who.depot_id, sync.person)
        raise OtherPerson(other=other or "?", name=who.name)


def require_small_body() -> None:
    """Raise RequestEntityTooLarge for a body that no batch of a phone is as large as."""
    if (request.content_length or 0) > MAX_BATCH_BYTES:
        raise RequestEntityTooLarge(_("Send less at once."))
