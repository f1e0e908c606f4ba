"""Who may read who signed in at hand-outs: a right of its own, that no role brings along."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid
from depot.base.names import clean_name
from depot.base.text import N_
from depot.kernel.answers import SavedId
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.kernel.second.needed import need_second
from depot.models import Membership, Person
from depot.open_book.giving import decided, give_role
from depot.people.members import need_member_row


@dataclass(frozen=True, slots=True, kw_only=True)
class LetReadNames:
    """A member is to read the names on sign-in sheets from now on, or no more."""

    command_id: UUID
    person_id: int
    reads_names: bool
    why: str = ""


def let_read_names(command: LetReadNames, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """Give a member the right to read names, or take it; it stands in the open book.

    Where rights take two people, giving it does. Raises Forbidden for a volunteer, NotFound for
    somebody who is not in the depot, Invalid for who has no sign-in of their own.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _let, SavedId)


def _let(command: LetReadNames, work: Work) -> SavedId:
    member: Membership = need_member_row(work, command.person_id)
    if work.session.get_one(Person, command.person_id).login is None:
        raise Invalid(problem=N_("They need a sign-in of their own first."))
    if command.reads_names:  # to take it is no way to harm anybody
        told = {"person": member.person_id, "names": True}
        need_second(work, "rights", {**told, "before": member.role, "after": member.role})
    decision = decided(work.actor, "role_changed", work.recorded_at, clean_name(command.why))
    give_role(
        work.session,
        work.depot_id,
        command.person_id,
        member.role,
        decision,
        reads_names=command.reads_names,
    )
    return SavedId(id=command.person_id)
