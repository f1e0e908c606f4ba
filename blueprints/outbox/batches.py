"""A batch from end to end: whose it is, then one command after the other, in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from flask import current_app, request
from flask_babel import gettext as _
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import RequestEntityTooLarge

from blueprints.outbox.delivery import (
    EXTENSION,
    Batch,
    DeliveryTable,
    deliver,
    deliver_alone,
    id_of,
)
from blueprints.outbox.schemas import MAX_BATCH_BYTES, Sync
from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.base.errors import OtherDepot, OtherPerson, StorageUnavailable
from depot.db import transaction
from depot.db.database import current_session
from depot.devices.queries import who_was_there
from depot.kernel.once import recall_commands
from depot.people.queries import name_in_depot

log = logging.getLogger("depot")


def run_batch(sync: Sync, who: Actor) -> dict[str, Any]:
    """Do a batch and answer a result for each command.

    A refused command does not stop the others; what is done is stored together, before the answer.
    Raises OtherPerson and OtherDepot, and StorageUnavailable or DBAPIError: then nothing of
    it was done, and the same batch may be sent again.
    """
    who = _who_did_it(sync, who)
    batch = Batch(sync.sent_at, sync.done_by)
    if len(sync.commands) > 1:
        try:
            return {"results": _deliver_together(sync.commands, batch, who)}
        except StorageUnavailable:
            raise
        except Exception as error:  # a bug met by one of them, which then is refused alone
            if isinstance(error, DBAPIError) and transaction.storage_failure(error) is not None:
                raise
            log.exception("a batch met a bug, and is done command by command")
    return {"results": [deliver_alone(sent, batch, who, utc_now()) for sent in sync.commands]}


def _deliver_together(commands: Sequence[Any], batch: Batch, who: Actor) -> list[dict[str, Any]]:
    table: DeliveryTable = current_app.extensions[EXTENSION]
    with transaction.batch(), table.prepare(commands, who):
        recall_commands(current_session(), who.depot_id, list(_ids_of(commands)))
        return [deliver(sent, batch, who, utc_now()) for sent in commands]


def _ids_of(commands: Sequence[Any]) -> Iterator[str]:
    """Yield the commands' ids as they are kept; one that is none is refused when its turn comes."""
    for sent in commands:
        with suppress(ValueError):
            yield str(UUID(id_of(sent) or ""))


def _who_did_it(sync: Sync, who: Actor) -> Actor:
    """Return who did what is sent: who sends it, or who was at this device of the depot's before.

    Raises OtherDepot, OtherPerson.
    """
    if sync.depot is not None and sync.depot != who.depot_id:
        raise OtherDepot(depot=who.depot.name)
    if sync.person is None or sync.person == who.person_id:
        return who
    before = who_was_there(current_session(), who, sync.person)
    if before is not None:
        return before
    other = name_in_depot(current_session(), who.depot_id, sync.person)
    raise OtherPerson(other=other or "?", name=who.name)


def require_small_body() -> None:
    """Raise RequestEntityTooLarge for a body that no batch of a phone is as large as."""
    if (request.content_length or 0) > MAX_BATCH_BYTES:
        raise RequestEntityTooLarge(_("Send less at once."))
