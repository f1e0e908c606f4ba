"""Making, ending, resuming and trying webhooks. For coordinators.

The secret of one is made from the command's id (docs/adr/0015): a form sent twice makes one and
shows it twice, and it is stored nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NotFound
from depot.base.kinds import ENTRY_KINDS, EntryKind
from depot.base.names import clean_name, need_one_alphabet
from depot.base.text import N_
from depot.kernel.answers import Saved
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.ledger.posting import lock_head
from depot.models import Webhook
from depot.open_book.settings import note_change, note_row, standing
from depot.people.access_journal import note
from depot.programs.addresses import Network, read_address

#: As many as a depot can have at once: each may keep the round waiting for its answer.
MOST: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class AddWebhook:
    """An address is to be told what is booked from now on; no kinds: of all kinds."""

    command_id: UUID
    name: str
    address: str
    kinds: tuple[EntryKind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EndWebhook:
    """A webhook is to be told nothing any more."""

    command_id: UUID
    webhook_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeWebhook:
    """A webhook that failed is to be told again now, from where it was left."""

    command_id: UUID
    webhook_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TryWebhook:
    """A webhook is to be sent something that tells nothing, to see whether it works."""

    command_id: UUID
    webhook_id: int = 0


def add_webhook(
    command: AddWebhook, actor: Actor, allowed: Sequence[Network], clock: Clock = utc_now
) -> Outcome[Saved]:
    """Make a webhook of the actor's depot; `webhook_secret` is what its signatures are made with.

    `allowed` are networks of the house that it may reach. Raises Forbidden for a volunteer, Invalid
    for an address that none may have.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, lambda asked, work: _add(asked, work, allowed), Saved)


def _add(command: AddWebhook, work: Work, allowed: Sequence[Network]) -> Saved:
    name = clean_name(command.name)
    if not name:
        raise Invalid(field="name", problem=N_("Say what it is for."))
    need_one_alphabet(name)
    host = read_address(command.address, allowed).host
    if any(kind not in ENTRY_KINDS for kind in command.kinds):
        raise Invalid(field="kinds", problem=N_("Choose kinds of entries."))
    _keep_few(work)
    made = Webhook(
        depot_id=work.depot_id,
        name=name,
        address=command.address,
        kinds=" ".join(kind for kind in ENTRY_KINDS if kind in command.kinds),
        command_id=str(command.command_id),
        after=lock_head(work.session, work.depot_id).seq,
        created_at=work.recorded_at,
        created_by_id=work.actor.person_id,
        next_try_at=work.recorded_at,
    )
    work.session.add(made)
    work.session.flush()
    note(work, "webhook_made", name)
    note_change(work, "webhook", name, {"host": None}, {"host": host})
    return Saved(id=made.id, name=name)


def _keep_few(work: Work) -> None:
    counting = select(func.count()).where(
        Webhook.depot_id == work.depot_id, Webhook.ended_at.is_(None)
    )
    if (work.session.scalar(counting) or 0) >= MOST:
        raise Invalid(problem=N_("There are too many webhooks here. End one first."))


def end_webhook(command: EndWebhook, actor: Actor, clock: Clock = utc_now) -> Outcome[Saved]:
    """End a webhook of the actor's depot at once. Raises Forbidden, NotFound."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _end, Saved)


def _end(command: EndWebhook, work: Work) -> Saved:
    found = _need(work, command.webhook_id)
    if found.ended_at is None:
        is_this = Webhook.id == found.id
        before = standing(work, Webhook, is_this)
        found.ended_at = work.recorded_at
        note(work, "webhook_ended", found.name)
        note_row(work, Webhook, found.name, before, is_this)
    return Saved(id=found.id, name=found.name)


def resume_webhook(command: ResumeWebhook, actor: Actor, clock: Clock = utc_now) -> Outcome[Saved]:
    """Tell a webhook again now, from the entry on that it did not take.

    Raises Forbidden, NotFound.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _resume, Saved)


def _resume(command: ResumeWebhook, work: Work) -> Saved:
    found = _need(work, command.webhook_id)
    found.paused_at = found.failing_since = None
    found.tries, found.next_try_at = 0, work.recorded_at
    return Saved(id=found.id, name=found.name)


def try_webhook(command: TryWebhook, actor: Actor, clock: Clock = utc_now) -> Outcome[Saved]:
    """Have a webhook sent a test by the next round, also one that is paused.

    Raises Forbidden, NotFound.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _try, Saved)


def _try(command: TryWebhook, work: Work) -> Saved:
    found = _need(work, command.webhook_id)
    found.is_test_asked = True
    return Saved(id=found.id, name=found.name)


def _need(work: Work, webhook_id: int) -> Webhook:
    found = None
    if 0 < webhook_id < 2**63:
        found = work.session.scalar(
            select(Webhook).where(Webhook.id == webhook_id, Webhook.depot_id == work.depot_id)
        )
    if found is None:
        raise NotFound(what=N_("webhook"), name=str(webhook_id))
    return found
