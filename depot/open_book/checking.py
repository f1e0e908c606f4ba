"""The chain of rights computed again: its seals, and the memberships that are its cache."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.ledger.seal import GENESIS
from depot.models import Membership, RoleChange
from depot.open_book.chain import Change, Right, rights_of, seal_change

_COLUMNS = [getattr(RoleChange, field.name) for field in fields(Change)]


def broken_rights(session: Session, depot_id: int) -> list[str]:
    """Return a sentence for each thing that does not add up: in the chain, or with its cache."""
    found: list[str] = []
    chain = list(_check_chain(session, depot_id, found))
    told = rights_of(chain)
    rows = session.execute(
        select(Membership.person_id, Membership.role, Membership.reads_names).where(
            Membership.depot_id == depot_id, Membership.ended_at.is_(None)
        )
    )
    kept = {row.person_id: Right(row.role, row.reads_names) for row in rows}
    for person_id in sorted(told.keys() | kept.keys()):
        if told.get(person_id) != kept.get(person_id):
            found.append(
                f"Person {person_id} is kept as {kept.get(person_id, 'nobody here')}, the open book"
                f" says {told.get(person_id, 'nobody here')}.",
            )
    return found


def _check_chain(session: Session, depot_id: int, found: list[str]) -> Iterator[Change]:
    """Yield the depot's changes in their order, and name what does not follow."""
    seal, last, rights = GENESIS, 0, dict[int, tuple[str | None, bool]]()
    rows = session.execute(
        select(RoleChange.seal, *_COLUMNS)
        .where(RoleChange.depot_id == depot_id)
        .order_by(RoleChange.seq)
    )
    names = [field.name for field in fields(Change)]
    for kept_seal, *values in rows:
        change = Change(**dict(zip(names, values, strict=True)))
        if change.seq != last + 1:
            found.append(
                f"In the open book {change.seq} comes after {last}: some changes are missing.",
            )
        seal, last = seal_change(seal, change), change.seq
        if seal != kept_seal:
            found.append(
                f"Change {last} of the open book: its seal does not fit what stands in it and"
                " before it.",
            )
            seal = kept_seal
        if (change.role_before, change.names_before) != rights.get(change.person_id, (None, False)):
            found.append(
                f"Change {last} of the open book begins with another right than the one before"
                " it left.",
            )
        rights[change.person_id] = (change.role_after, change.names_after)
        yield change
