"""The answer to what an agency asks for: approved in full or in part, or declined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import update

from depot.base.actors import Actor
from depot.base.clock import Clock, local_day, utc_now
from depot.base.errors import Invalid
from depot.base.text import N_
from depot.base.units import Measure
from depot.distribution.commands.planning import (
    CallOffEvent,
    PlanEvent,
    make_event,
    stop_event,
)
from depot.distribution.plan_lines import load_planned_event, write_plan
from depot.kernel.lookups import need_items
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import GoodsRequest, GoodsRequestLine
from depot.partners.errors import AlreadyHandedOver, MoreThanAsked, MoreThanFree, RequestSettled
from depot.partners.request_state import (
    RequestedGoods,
    SavedRequest,
    added_up,
    entry_that_counts,
    need_agency,
    need_request,
    request_lines,
    saved_request,
    set_request,
)

#: When it is to be ready unless somebody says so.
_NOON: Final = time(12)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveRequest:
    """So much of what was asked for is promised; without lines, all of it."""

    command_id: UUID
    request_id: int = 0
    lines: tuple[RequestedGoods, ...] | None = None
    #: When it is fetched or brought; None: at noon of the day it is needed.
    starts_at: datetime | None = None
    #: What the agency is told.
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineRequest:
    """Nothing of it is promised, or not any more."""

    command_id: UUID
    request_id: int = 0
    #: What the agency is told.
    answer: str = ""


def approve_request(
    command: ApproveRequest, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedRequest]:
    """Promise goods to an agency: they become the plan of a hand-out that is this agency's.

    Raises Forbidden for a volunteer, NotFound, NotAnAgency, RequestSettled, UnknownItem, Invalid,
    and MoreThanAsked or MoreThanFree for more of an item than there is to promise.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _approve, SavedRequest)


def decline_request(
    command: DeclineRequest, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedRequest]:
    """Say no to a request, or take an approval back: its hand-out is called off.

    Raises Forbidden for a volunteer, NotFound, RequestSettled, AlreadyHandedOver, and Invalid if
    something went out for it already.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _decline, SavedRequest)


def _approve(command: ApproveRequest, work: Work) -> SavedRequest:
    request = need_request(work, command.request_id)
    if request.state != "asked":
        raise RequestSettled()
    name = need_agency(work, request.partner_id)
    given = _given(command, work, request)
    event_id = _plan(command, work, request, name, given)
    _promise(work, request.id, given)
    set_request(
        work, request.id, state="approved", event_id=event_id, **_answered(work, command.answer)
    )
    return SavedRequest(id=request.id, agency=name, state="approved", event_id=event_id)


def _given(command: ApproveRequest, work: Work, request: GoodsRequest) -> dict[int, int]:
    """Return how much of each item is promised. Raises MoreThanAsked, Invalid for nothing."""
    asked = request_lines(work, request.id)
    lines = command.lines
    if lines is None:
        lines = tuple(RequestedGoods(row.item_id, row.asked) for row in asked.values())
    given, items = added_up(work, lines)
    for item_id, quantity in given.items():
        most = asked[item_id].asked if item_id in asked else 0
        if quantity > most:
            item = items[item_id]
            raise MoreThanAsked(
                field="lines",
                item=item.name,
                wanted=Measure(quantity, item.base_unit),
                asked=Measure(most, item.base_unit),
            )
    if not any(given.values()):
        raise Invalid(field="lines", problem=N_("If they get nothing of it, decline it."))
    return {number: given.get(number, 0) for number in asked}


def _plan(
    command: ApproveRequest,
    work: Work,
    request: GoodsRequest,
    name: str,
    given: Mapping[int, int],
) -> int:
    """Make the hand-out that is to be packed for it; what is planned is set aside.

    Return its id. Raises MoreThanFree where something of it is promised to others, or not here.
    """
    zone = ZoneInfo(work.actor.depot.time_zone)
    day = max(request.needed_on, work.today)
    starts_at = command.starts_at or datetime.combine(day, _NOON, zone)
    if local_day(starts_at, work.actor.depot.time_zone) < work.today:
        raise Invalid(field="starts_at", problem=N_("Choose a day from today on, please."))
    event = make_event(
        PlanEvent(command_id=command.command_id, name=name, starts_at=starts_at), work
    )
    wanted = {item_id: quantity for item_id, quantity in given.items() if quantity}
    items = need_items(work, wanted).values()
    for line in write_plan(work, load_planned_event(work, event.id), wanted, items).lines:
        if line.short:
            raise MoreThanFree(
                field="lines",
                item=line.item,
                wanted=Measure(line.planned, line.unit),
                free=Measure(line.promised, line.unit),
            )
    return event.id


def _promise(work: Work, request_id: int, given: Mapping[int, int]) -> None:
    for item_id, quantity in given.items():
        work.session.execute(
            update(GoodsRequestLine)
            .where(
                GoodsRequestLine.depot_id == work.depot_id,
                GoodsRequestLine.request_id == request_id,
                GoodsRequestLine.item_id == item_id,
            )
            .values(approved=quantity)
            .execution_options(synchronize_session=False)
        )


def _answered(work: Work, answer: str) -> dict[str, object]:
    return {
        "answer": answer,
        "answered_at": work.recorded_at,
        "answered_by_id": work.actor.person_id,
    }


def _decline(command: DeclineRequest, work: Work) -> SavedRequest:
    request = need_request(work, command.request_id)
    if request.state not in ("asked", "approved"):
        raise RequestSettled()
    seq = entry_that_counts(work, request)
    if seq is not None:
        raise AlreadyHandedOver(seq=seq)
    if request.event_id is not None:
        stop_event(
            CallOffEvent(
                command_id=command.command_id, event_id=request.event_id, reason=command.answer
            ),
            work,
        )
    set_request(
        work, request.id, state="declined", entry_id=None, **_answered(work, command.answer)
    )
    return saved_request(work, request, "declined")
