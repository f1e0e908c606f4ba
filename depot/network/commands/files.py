"""Transfers between servers: whose key is accepted, a file that came, and that it arrived there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NotFound
from depot.base.names import clean_name
from depot.base.text import N_
from depot.kernel.answers import SavedId
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import NetworkPeer, Transfer
from depot.network.arrivals import write_lines
from depot.network.balance import SentGoods
from depot.network.envelopes import (
    add_crates,
    add_end,
    add_lines,
    find_end,
    load_lines,
    need_state,
    set_state,
)
from depot.network.errors import ChainBroken, FileForOthers, SenderUnknown, TransferOver
from depot.network.links import peers
from depot.network.signing import Letter, fingerprint, public_key, read_file
from depot.open_book.settings import note_row, standing

_KEY_DIGITS = 64
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptPeer:
    """A depot on another server is known by its key from now on; its fingerprint was compared."""

    command_id: UUID
    name: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetPeer:
    """No file of that depot is taken any more."""

    command_id: UUID
    peer_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeFile:
    """A transfer came as a file."""

    command_id: UUID
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmArrival:
    """The depot on the other server said that all of a transfer came."""

    command_id: UUID
    transfer_id: int = 0


def accept_peer(command: AcceptPeer, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """Accept the key of a depot on another server. Raises Forbidden, Invalid."""
    return run_once(command, actor, clock, _accept, SavedId)


def _accept(command: AcceptPeer, work: Work) -> SavedId:
    need_coordinator(work.actor)
    key = "".join(command.key.split()).lower()
    if len(key) != _KEY_DIGITS or not set(key) <= set("0123456789abcdef"):
        raise Invalid(field="key", problem=N_("A key is 64 digits and letters from a to f."))
    name = clean_name(command.name)
    if not name:
        raise Invalid(field="name", problem=N_("It needs a name."))
    mine = (NetworkPeer.depot_id == work.depot_id) & (NetworkPeer.public_key == key)
    before = standing(work, NetworkPeer, mine)
    said: dict[str, Any] = {
        "name": name,
        "accepted_at": work.recorded_at,
        "person_id": work.actor.person_id,
        "ended_at": None,
    }
    known = work.session.scalar(
        update(NetworkPeer).where(mine).values(said).returning(NetworkPeer.id)
    )
    if known is None:
        row = said | {"depot_id": work.depot_id, "public_key": key, "last_seq": 0, "last_seal": ""}
        known = work.session.scalars(
            insert(NetworkPeer).values(row).returning(NetworkPeer.id)
        ).one()
    note_row(work, NetworkPeer, name, before, mine)
    return SavedId(id=known)


def forget_peer(command: ForgetPeer, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """Take no file of that depot any more. Raises Forbidden, NotFound."""
    return run_once(command, actor, clock, _forget, SavedId)


def _forget(command: ForgetPeer, work: Work) -> SavedId:
    need_coordinator(work.actor)
    this = (NetworkPeer.depot_id == work.depot_id, NetworkPeer.id == command.peer_id)
    before = standing(work, NetworkPeer, *this)
    ended = work.session.scalar(
        update(NetworkPeer)
        .where(*this, NetworkPeer.ended_at.is_(None))
        .values(ended_at=work.recorded_at)
        .returning(NetworkPeer.name)
    )
    if ended is None:
        raise NotFound(what=N_("depot"), name=str(command.peer_id))
    note_row(work, NetworkPeer, ended, before, *this)
    return SavedId(id=command.peer_id)


def take_file(
    command: TakeFile, actor: Actor, secret_key: str, clock: Clock = utc_now
) -> Outcome[SavedId]:
    """Put a transfer that came as a file on the list of what is on its way here, once.

    The same file again answers with the same transfer. Raises FileNotSigned, SenderUnknown,
    FileForOthers, and ChainBroken where the sender's seals are not what an earlier file told.
    """
    letter = read_file(command.file)
    own_key = public_key(secret_key, actor.depot_id)

    def take(_command: TakeFile, work: Work) -> SavedId:
        return _take(letter, own_key, work)

    return run_once(command, actor, clock, take, SavedId)


def _take(letter: Letter, own_key: str, work: Work) -> SavedId:
    peer = next(
        (one for one in peers(work.session, work.depot_id) if one.public_key == letter.sender_key),
        None,
    )
    if peer is None:
        raise SenderUnknown(field="file", fingerprint=fingerprint(letter.sender_key))
    if letter.receiver_key != own_key:
        raise FileForOthers(field="file")
    known = work.session.scalar(
        select(Transfer.id).where(Transfer.depot_id == work.depot_id, Transfer.code == letter.code)
    )
    if known is not None:
        return SavedId(id=known)
    _follow_chain(letter, peer, work)
    made = add_end(
        work,
        depot_id=work.depot_id,
        direction="in",
        code=letter.code,
        peer_id=peer.id,
        other_name=peer.name,
        state="sent",
        note=letter.note,
        sent_at=min(_EPOCH + timedelta(milliseconds=letter.sent_at), work.recorded_at),
    )
    add_lines(work, work.depot_id, made, letter.lines)
    add_crates(work, work.depot_id, made, letter.crates)
    return SavedId(id=made)


def _follow_chain(letter: Letter, peer: NetworkPeer, work: Work) -> None:
    """Check the file's entry against the newest one known, and keep whichever is newer."""
    seq, previous, _text, seal = letter.sealed
    is_same = seq == peer.last_seq and seal != peer.last_seal
    is_next = seq == peer.last_seq + 1 and peer.last_seq and previous != peer.last_seal
    if is_same or is_next:
        raise ChainBroken(field="file", name=peer.name, seq=peer.last_seq)
    if seq > peer.last_seq:
        peer.last_seq, peer.last_seal = seq, seal


def confirm_arrival(
    command: ConfirmArrival, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedId]:
    """Say that what was sent by a file is all there. Raises NotFound, TransferOver."""
    return run_once(command, actor, clock, _confirm, SavedId)


def _confirm(command: ConfirmArrival, work: Work) -> SavedId:
    end = find_end(work, command.transfer_id, "out")
    need_state(end, ("sent",), N_("it is not on the way."))
    if end.peer_id is None:
        raise TransferOver(reason=N_("the other depot receives it itself."))
    lines = [line.sent for line in load_lines(work, work.depot_id, end.id)]
    write_lines(
        work,
        work.depot_id,
        end.id,
        [SentGoods(line.line, line.quantity, line.quantity) for line in lines],
    )
    set_state(work, end, "arrived", closed_at=work.recorded_at)
    return SavedId(id=end.id)
