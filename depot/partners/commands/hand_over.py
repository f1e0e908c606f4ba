"""What was approved is handed over or brought: what was really taken, and who signed for it."""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, insert, select, update
from sqlalchemy.orm import aliased

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid
from depot.base.secrets import short_code
from depot.base.text import N_
from depot.base.units import Measure
from depot.distribution.commands.handouts import IssueAtEvent, IssuedGoods, IssueLine, book_issue
from depot.distribution.event_state import goods_out_at_event, load_event, set_state
from depot.kernel.answers import Booked, BookedGoods
from depot.kernel.lookups import ItemRow, load_fixed_places
from depot.kernel.once import Outcome, Work, run_once
from depot.kernel.promises.reserving import free_event
from depot.models import GoodsRequest, GoodsRequestLine, HandOverSignature, StockEntry
from depot.partners.errors import AlreadyHandedOver, MoreIsOut, NotApproved, WrongHandOverCode
from depot.partners.request_state import (
    RequestedGoods,
    added_up,
    entry_that_counts,
    need_request,
    request_lines,
    set_request,
)
from depot.partners.signatures import clean_signature


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverRequest:
    """An agency took what was approved, or what the lines say was really taken.

    Who took it signs with a drawing, or with the code that stands on the agency's own page.
    """

    command_id: UUID
    request_id: int = 0
    lines: tuple[RequestedGoods, ...] | None = None
    signed_by: str = ""
    code: str = ""
    #: A drawing as a browser sends it: a data address with a PNG.
    signature: str = ""
    note: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Booked):
    """What an agency took with it, by item."""

    request_id: int
    agency: str
    event_id: int
    lines: tuple[BookedGoods, ...] = ()


def hand_over_code(secret_key: str, depot_id: int, request_id: int) -> str:
    """Return the code by which an agency confirms that it took what it asked for."""
    return short_code(secret_key, "hand-over code", depot_id, request_id)


def hand_over_request(
    command: HandOverRequest, actor: Actor, secret_key: str, clock: Clock = utc_now
) -> Outcome[HandedOver]:
    """Book what an agency took as one issue that has it as its partner, and close its hand-out.

    What went out at its hand-out before, crate by crate, is not booked again. Raises NotFound,
    NotApproved, AlreadyHandedOver, MoreIsOut, UnknownItem, WrongHandOverCode, BadSignature,
    Invalid where nothing was taken or a drawing or code has no name, and what `issue_at_event`
    raises.
    """
    code = hand_over_code(secret_key, actor.depot_id, command.request_id)
    return run_once(
        command, actor, clock, lambda asked, work: _hand_over(asked, work, code), HandedOver
    )


def _hand_over(command: HandOverRequest, work: Work, code: str) -> HandedOver:
    request = need_request(work, command.request_id)
    event_id = _need_approved(work, request)
    how = _signed_how(command, code)
    drawing = clean_signature(command.signature) if how == "drawn" else ""
    taken, items = _taken(command, work, request)
    rest = _not_out_yet(work, event_id, taken, items)
    booked = _book(command, work, event_id, rest)
    entry_id = booked.entry_id or _last_entry(work, event_id)
    set_state(work, event_id, "closed")
    free_event(work, event_id, "closed")
    _keep_taken(work, request, taken)
    set_request(work, request.id, entry_id=entry_id, signed_by=command.signed_by, signed_how=how)
    if drawing:
        work.session.execute(
            insert(HandOverSignature).values(entry_id=entry_id, depot_id=work.depot_id, png=drawing)
        )
    return HandedOver(
        entry_id=booked.entry_id,
        seq=booked.seq,
        discrepancies=booked.discrepancies,
        note_kept=booked.note_kept,
        request_id=request.id,
        agency=load_event(work, event_id).name,
        event_id=event_id,
        lines=booked.lines,
    )


def _need_approved(work: Work, request: GoodsRequest) -> int:
    """Return the id of the request's hand-out. Raises NotApproved, AlreadyHandedOver."""
    if request.state != "approved" or request.event_id is None:
        raise NotApproved()
    seq = entry_that_counts(work, request)
    if seq is not None:
        raise AlreadyHandedOver(seq=seq)
    event = load_event(work, request.event_id)
    work.session.refresh(event)
    if event.called_off_at is not None:
        raise NotApproved()
    if event.state == "closed":  # by hand, or it was handed over and that was undone
        set_state(work, event.id, "open")
    return event.id


def _signed_how(command: HandOverRequest, code: str) -> str:
    """Return how it was signed. Raises WrongHandOverCode, Invalid."""
    if not command.code and not command.signature:
        if command.signed_by:
            raise Invalid(field="code", problem=N_("Let them draw their name, or take their code."))
        return ""
    if not command.signed_by:
        raise Invalid(field="signed_by", problem=N_("Who took it?"))
    if command.signature:
        return "drawn"
    said = "".join(letter for letter in command.code if letter.isalnum())
    if not hmac.compare_digest(said.encode(), code.encode()):
        raise WrongHandOverCode(field="code")
    return "code"


def _taken(
    command: HandOverRequest, work: Work, request: GoodsRequest
) -> tuple[dict[int, int], dict[int, ItemRow]]:
    """Return how much of each item was taken; what was approved where nobody says otherwise."""
    lines = command.lines
    if lines is None:
        rows = request_lines(work, request.id).values()
        lines = tuple(RequestedGoods(row.item_id, row.approved) for row in rows if row.approved)
    taken, items = added_up(work, lines)
    if not any(taken.values()):
        raise Invalid(field="lines", problem=N_("If nothing was taken, take the approval back."))
    return taken, items


def _not_out_yet(
    work: Work, event_id: int, taken: Mapping[int, int], items: Mapping[int, ItemRow]
) -> dict[int, int]:
    """Return what is still to be booked of each item. Raises MoreIsOut."""
    recipient = load_fixed_places(work)["recipient"]
    out: defaultdict[int, int] = defaultdict(int)
    for goods in goods_out_at_event(work, event_id, recipient):
        out[goods.item_id] += goods.quantity
    for item_id, quantity in out.items():
        said = taken.get(item_id, 0)
        if quantity > said:
            item = items.get(item_id) or _item(work, item_id)
            raise MoreIsOut(
                field="lines",
                item=item.name,
                out=Measure(quantity, item.base_unit),
                taken=Measure(said, item.base_unit),
            )
    return {number: quantity - out[number] for number, quantity in taken.items()}


def _item(work: Work, item_id: int) -> ItemRow:
    _sums, items = added_up(work, [RequestedGoods(item_id, 0)])
    return items[item_id]


def _book(
    command: HandOverRequest, work: Work, event_id: int, rest: Mapping[int, int]
) -> IssuedGoods:
    lines = tuple(
        IssueLine(item=number, quantity=quantity) for number, quantity in rest.items() if quantity
    )
    if not lines:
        return IssuedGoods(event_id=event_id)
    issue = IssueAtEvent(
        command_id=command.command_id,
        event_id=event_id,
        lines=lines,
        note=command.note,
        occurred_at=command.occurred_at,
    )
    return book_issue(issue, work)


def _last_entry(work: Work, event_id: int) -> int | None:
    """Return the entry by which the last of it went out at the hand-out itself."""
    undoing = aliased(StockEntry)
    undone = exists().where(undoing.depot_id == work.depot_id, undoing.reverses_id == StockEntry.id)
    return work.session.scalar(
        select(func.max(StockEntry.id)).where(
            StockEntry.depot_id == work.depot_id,
            StockEntry.event_id == event_id,
            StockEntry.kind == "issue",
            ~undone,
        )
    )


def _keep_taken(work: Work, request: GoodsRequest, taken: Mapping[int, int]) -> None:
    """Write down what was taken of each line; what nobody asked for gets a line of its own."""
    known = request_lines(work, request.id)
    for item_id in known:
        work.session.execute(
            update(GoodsRequestLine)
            .where(
                GoodsRequestLine.depot_id == work.depot_id,
                GoodsRequestLine.request_id == request.id,
                GoodsRequestLine.item_id == item_id,
            )
            .values(taken=taken.get(item_id, 0))
            .execution_options(synchronize_session=False)
        )
    more = [number for number, quantity in taken.items() if number not in known and quantity]
    if more:
        owner = {"depot_id": work.depot_id, "request_id": request.id, "asked": 0}
        work.session.execute(
            insert(GoodsRequestLine),
            [owner | {"item_id": number, "taken": taken[number]} for number in more],
        )
