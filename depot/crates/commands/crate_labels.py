"""A new label for a crate whose old one is torn or gone. The old one opens the crate for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import delete, exists, insert, or_, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import CodeInUse, CrateRetired, Invalid
from depot.base.names import name_key
from depot.base.text import N_
from depot.kernel.answers import Booked
from depot.kernel.crates import new_codes
from depot.kernel.draft import Draft
from depot.kernel.lookups import CrateRow, find_crates, need_crate
from depot.kernel.once import Outcome, Work, run_once
from depot.models import (
    Crate,
    CrateLabel,
    CratePlacement,
    Discrepancy,
    Location,
    StockBalance,
    StockMove,
)
from labels.symbols import codes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceLabel:
    """A crate gets another code; without `new_code` a fresh one that is to be printed."""

    command_id: UUID
    crate_code: str
    #: The code of a blank label in the hand.
    new_code: str | None = None
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacedLabel(Booked):
    """A crate's code now and the one before."""

    code: str
    old_code: str


def replace_label(
    command: ReplaceLabel, actor: Actor, clock: Clock = utc_now
) -> Outcome[ReplacedLabel]:
    """Give a crate in use another code; the old one stays its own. Nothing is posted.

    A label that nobody here made is taken and shown to a coordinator. Raises UnknownCrate,
    CrateRetired, CodeInUse for a code that was ever bound to a crate, and Invalid for a text that
    is no code and for a crate that is only a blank label itself.
    """
    return run_once(command, actor, clock, _replace, ReplacedLabel)


def _replace(command: ReplaceLabel, work: Work) -> ReplacedLabel:
    crate = need_crate(work, command.crate_code)
    if crate.state == "retired":
        raise CrateRetired(field="crate_code", code=crate.code)
    if crate.state == "blank":
        problem = N_("This label is on no crate yet. Simply take another blank one.")
        raise Invalid(field="crate_code", problem=problem)
    draft = Draft(work, "transfer")
    code = _chosen(command.new_code, draft) if command.new_code else new_codes(work, 1)[0]
    work.session.execute(
        insert(CrateLabel).values(
            depot_id=work.depot_id,
            code=crate.code,
            crate_id=crate.place.id,
            replaced_at=work.recorded_at,
            person_id=work.actor.person_id,
        )
    )
    work.session.execute(
        update(Crate)
        .where(Crate.depot_id == work.depot_id, Crate.location_id == crate.place.id)
        .values(code=code)
    )
    work.session.execute(
        update(Location)
        .where(Location.depot_id == work.depot_id, Location.id == crate.place.id)
        .values(name=code, name_key=name_key(code))
    )
    return draft.post(partial(ReplacedLabel, code=code, old_code=crate.code))


def _chosen(text: str, draft: Draft) -> str:
    """Return the code of the label in the hand, freed from the blank crate it was made as."""
    code = codes.normalise_code(text)
    if code is None:
        raise Invalid(field="new_code", problem=N_("That is not a crate's code."))
    known = find_crates(draft.work, [code]).get(code)
    if known is None:
        draft.discrepancy("unknown_code", detail=code)
        return code
    if known.code != code or known.state != "blank" or _was_used(draft.work, known):
        raise CodeInUse(field="new_code", code=code)
    _forget(draft.work, known)
    return code


def _was_used(work: Work, crate: CrateRow) -> bool:
    """Say whether anything in the book is about a blank crate: then it is more than a label."""
    here = crate.place.id
    found = work.session.scalar(
        select(
            or_(
                exists().where(CratePlacement.crate_id == here),
                exists().where(CratePlacement.to_id == here),
                exists().where(StockMove.source_id == here),
                exists().where(StockMove.target_id == here),
                exists().where(StockBalance.location_id == here),
                exists().where(Location.parent_id == here),
                exists().where(Discrepancy.location_id == here),
            )
        )
    )
    return bool(found)


def _forget(work: Work, blank: CrateRow) -> None:
    """Take the blank crate out of the list: its label is another crate's from now on."""
    owner = work.depot_id
    work.session.execute(
        delete(Crate).where(Crate.depot_id == owner, Crate.location_id == blank.place.id)
    )
    work.session.execute(
        delete(Location).where(Location.depot_id == owner, Location.id == blank.place.id)
    )
