"""The chain of rights: every change of what somebody may do, each sealed with the one before.

Sealed as entries are (`depot.ledger.seal`). Pure.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from depot.base.clock import to_milliseconds
from depot.base.kinds import RightCause
from depot.ledger.seal import seal_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of somebody's rights, as number `seq` of its depot."""

    depot_id: int
    seq: int
    person_id: int
    #: None: no right.
    role_before: str | None
    role_after: str | None
    cause: RightCause
    changed_at: datetime
    #: Whether they could, and can, read who signed in at hand-outs.
    names_before: bool = False
    names_after: bool = False
    until_at: datetime | None = None
    why: str = ""
    #: Who decided it, a person or a program; neither: whoever runs the program.
    by_id: int | None = None
    token_id: int | None = None
    #: The proposal that was agreed to, by which it was decided.
    proposal_id: int | None = None
    #: The second person, where one had to agree.
    agreed_by_id: int | None = None


def canonical_text(change: Change) -> str:
    """Return the text that is sealed for a change.

    A proposal stands in it only where there is one: what was sealed before changes could name one
    reads as it did.
    """
    until = change.until_at
    fields: dict[str, object] = {
        "depot": change.depot_id,
        "seq": change.seq,
        "person": change.person_id,
        "role_before": change.role_before,
        "role_after": change.role_after,
        "cause": change.cause,
        "changed_at": to_milliseconds(change.changed_at),
        "until_at": None if until is None else to_milliseconds(until),
        "why": change.why,
        "by": change.by_id,
        "token": change.token_id,
    }
    if change.proposal_id is not None:
        fields["proposal"] = change.proposal_id
    if change.agreed_by_id is not None:  # so that what was sealed before there were two stays
        fields["agreed_by"] = change.agreed_by_id
    if change.names_before or change.names_after:  # rows of before there was such a right: as ever
        fields |= {"names_before": change.names_before, "names_after": change.names_after}
    return json.dumps(fields, sort_keys=True, separators=(",", ":"))


def seal_change(previous: str, change: Change) -> str:
    """Return the seal (64 hexadecimal digits) of a change after the seal `previous`."""
    return seal_text(previous, canonical_text(change))


class Right(NamedTuple):
    """What somebody may do."""

    role: str
    reads_names: bool = False

    def __str__(self) -> str:
        return f"{self.role} who reads names" if self.reads_names else self.role


def rights_of(changes: Iterable[Change]) -> dict[int, Right]:
    """Return what each person may do after the changes, in their order; of none, nothing."""
    rights: dict[int, Right] = {}
    for change in changes:
        if change.role_after is None:
            rights.pop(change.person_id, None)
        else:
            rights[change.person_id] = Right(change.role_after, change.names_after)
    return rights
