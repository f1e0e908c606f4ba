"""Tags: free words on crates, by which they are found together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import delete, func, insert, select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, UnknownCrate
from depot.base.names import name_key
from depot.base.text import N_
from depot.kernel.answers import Answer
from depot.kernel.lookups import CrateRow, find_crates
from depot.kernel.once import Outcome, Work, run_once
from depot.models import CrateTag

MAX_TAG_LENGTH: Final = 40
#: More words on a crate than these nobody reads.
MAX_TAGS: Final = 8
#: A basket is no larger.
MAX_TAGGED_CRATES: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class TagCrates:
    """Words are put on crates, or taken off them; stock stays as it is."""

    command_id: UUID
    #: Codes or box numbers.
    crate_codes: tuple[str, ...]
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedCrates(Answer):
    """The crates as printed, and the words that were put on or taken off."""

    codes: tuple[str, ...]
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def tag_crates(command: TagCrates, actor: Actor, clock: Clock = utc_now) -> Outcome[TaggedCrates]:
    """Put words on crates and take others off; a word that is there already stays as it is.

    Anybody of the depot may. Raises UnknownCrate, Invalid for no or too many words or crates.
    """
    return run_once(command, actor, clock, _tag, TaggedCrates)


def _tag(command: TagCrates, work: Work) -> TaggedCrates:
    add, remove = _words(command.add), _words(command.remove)
    if not add and not remove:
        raise Invalid(field="add", problem=N_("Write a word."))
    if not 1 <= len(command.crate_codes) <= MAX_TAGGED_CRATES:
        raise Invalid(field="crate_codes", problem=N_("Between 1 and 500 crates at once, please."))
    crates = _crates(work, command.crate_codes)
    ids = [crate.place.id for crate in crates]
    _take_off(work, ids, remove.keys() - add.keys())
    _put_on(work, ids, add)
    printed = tuple(crate.code for crate in crates)
    return TaggedCrates(codes=printed, added=tuple(add.values()), removed=tuple(remove.values()))


def _words(texts: Iterable[str]) -> dict[str, str]:
    """Return the words by their key. Raises Invalid for one that is too long."""
    found = {name_key(word): word for text in texts if (word := " ".join(text.split()))}
    for word in found.values():
        if len(word) > MAX_TAG_LENGTH:
            raise Invalid(field="add", problem=N_("At most 40 letters, please."))
    return found


def _crates(work: Work, texts: tuple[str, ...]) -> list[CrateRow]:
    known = find_crates(work, texts)
    for text in texts:
        if text not in known:
            raise UnknownCrate(field="crate_codes", code=text)
    return list({known[text].place.id: known[text] for text in texts}.values())


def _take_off(work: Work, ids: list[int], keys: Iterable[str]) -> None:
    work.session.execute(
        delete(CrateTag).where(
            CrateTag.depot_id == work.depot_id,
            CrateTag.crate_id.in_(ids),
            CrateTag.tag_key.in_(sorted(keys)),
        )
    )


def _put_on(work: Work, ids: list[int], words: dict[str, str]) -> None:
    if not words:
        return
    there = {
        (crate_id, key)
        for crate_id, key in work.session.execute(
            select(CrateTag.crate_id, CrateTag.tag_key).where(CrateTag.crate_id.in_(ids))
        )
    }
    new = [
        {"depot_id": work.depot_id, "crate_id": crate_id, "tag_key": key, "tag": word}
        for crate_id in ids
        for key, word in words.items()
        if (crate_id, key) not in there
    ]
    if new:
        work.session.execute(insert(CrateTag), new)
    _check_number(work, ids)


def _check_number(work: Work, ids: list[int]) -> None:
    most = work.session.scalar(
        select(func.count())
        .where(CrateTag.crate_id.in_(ids))
        .group_by(CrateTag.crate_id)
        .order_by(func.count().desc())
        .limit(1)
    )
    if (most or 0) > MAX_TAGS:
        raise Invalid(field="add", problem=N_("At most 8 words on a crate. Take one off first."))
