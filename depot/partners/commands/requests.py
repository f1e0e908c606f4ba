"""What agencies ask for by a day: asked, changed and withdrawn until it is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import func, insert, select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Forbidden, Invalid
from depot.base.text import N_
from depot.base.units import Measure
from depot.kernel.lookups import ItemRow
from depot.kernel.once import Outcome, Work, run_once
from depot.models import GoodsRequest
from depot.partners.commands.agencies import AGENCY
from depot.partners.errors import MoreThanFree, RequestSettled, TooManyRequests
from depot.partners.offers import free_of
from depot.partners.request_state import (
    MAX_LINES,
    RequestedGoods,
    SavedRequest,
    added_up,
    need_agency,
    need_request,
    saved_request,
    set_request,
    write_lines,
)

#: So many of an agency wait at most: a link that was passed on too far fills no database.
MOST_WAITING: Final = 20
#: Nobody asks further ahead.
_FARTHEST: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForGoods:
    """An agency asks for goods by a day."""

    command_id: UUID
    partner_id: int
    needed_on: date
    lines: tuple[RequestedGoods, ...]
    is_delivered: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRequest:
    """What is asked for, said anew as a whole. `partner_id`: only if it is that agency's."""

    command_id: UUID
    request_id: int = 0
    needed_on: date
    lines: tuple[RequestedGoods, ...]
    is_delivered: bool = False
    note: str = ""
    partner_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawRequest:
    """It is not asked for any more. `partner_id`: only if it is that agency's."""

    command_id: UUID
    request_id: int = 0
    partner_id: int | None = None


def ask_for_goods(
    command: AskForGoods, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedRequest]:
    """Keep what an agency asks for. It is no stock, and nothing is promised yet.

    Through its link an agency asks for what is offered and never for more of it than is free; what
    somebody here writes down may be more. Raises NotFound, NotAnAgency, UnknownItem, Invalid,
    MoreThanFree, TooManyRequests.
    """
    return run_once(command, actor, clock, _ask, SavedRequest)


def change_request(
    command: ChangeRequest, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedRequest]:
    """Put what is asked for in place of what was. Raises as `ask_for_goods`, and RequestSettled."""
    _need_own(actor, command.partner_id)
    return run_once(command, actor, clock, _change, SavedRequest)


def withdraw_request(
    command: WithdrawRequest, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedRequest]:
    """Take a request back that was not answered. Raises NotFound, RequestSettled."""
    _need_own(actor, command.partner_id)
    return run_once(command, actor, clock, _withdraw, SavedRequest)


def _need_own(actor: Actor, partner_id: int | None) -> None:
    """Raise Forbidden for an agency that does not say which one it is."""
    if actor.role == AGENCY and partner_id is None:
        raise Forbidden()


def _ask(command: AskForGoods, work: Work) -> SavedRequest:
    name = need_agency(work, command.partner_id)
    asked = _checked(command, work)
    _check_room(work, command.partner_id)
    request_id = work.session.execute(
        insert(GoodsRequest)
        .values(
            depot_id=work.depot_id,
            partner_id=command.partner_id,
            state="asked",
            by_agency=work.actor.role == AGENCY,
            person_id=work.actor.person_id,
            asked_at=work.recorded_at,
            changed_at=work.recorded_at,
            answer="",
            signed_by="",
            signed_how="",
            **_said(command),
        )
        .returning(GoodsRequest.id)
    ).scalar_one()
    write_lines(work, request_id, asked)
    return SavedRequest(id=request_id, agency=name, state="asked")


def _said(command: AskForGoods | ChangeRequest) -> dict[str, object]:
    return {
        "needed_on": command.needed_on,
        "is_delivered": command.is_delivered,
        "note": command.note,
    }


def _change(command: ChangeRequest, work: Work) -> SavedRequest:
    request = _still_asked(work, command.request_id, command.partner_id)
    need_agency(work, request.partner_id)
    asked = _checked(command, work)
    set_request(work, request.id, **_said(command))
    write_lines(work, request.id, asked)
    return saved_request(work, request, "asked")


def _withdraw(command: WithdrawRequest, work: Work) -> SavedRequest:
    request = _still_asked(work, command.request_id, command.partner_id)
    set_request(work, request.id, state="withdrawn")
    return saved_request(work, request, "withdrawn")


def _still_asked(work: Work, request_id: int, partner_id: int | None) -> GoodsRequest:
    request = need_request(work, request_id, partner_id)
    if request.state != "asked":
        raise RequestSettled()
    return request


def _checked(command: AskForGoods | ChangeRequest, work: Work) -> Mapping[int, int]:
    """Return what is asked for by item. Raises Invalid, UnknownItem, MoreThanFree."""
    if not work.today <= command.needed_on <= work.today + _FARTHEST:
        raise Invalid(field="needed_on", problem=N_("Choose a day from today on, please."))
    if len(command.lines) > MAX_LINES:
        raise Invalid(field="lines", problem=N_("At most 100 kinds of goods at once, please."))
    sums, items = added_up(work, command.lines)
    asked = {item_id: quantity for item_id, quantity in sums.items() if quantity}
    if not asked:
        raise Invalid(field="lines", problem=N_("Say how much of at least one of them."))
    if work.actor.role == AGENCY:
        _check_free(work, command.needed_on, asked, items)
    return asked


def _check_free(
    work: Work, day: date, asked: Mapping[int, int], items: Mapping[int, ItemRow]
) -> None:
    free = free_of(work.session, work.depot_id, day, work.today, asked)
    for item_id, quantity in asked.items():
        if quantity > free[item_id]:
            item = items[item_id]
            raise MoreThanFree(
                field="lines",
                item=item.name,
                wanted=Measure(quantity, item.base_unit),
                free=Measure(free[item_id], item.base_unit),
            )


def _check_room(work: Work, partner_id: int) -> None:
    waiting = work.session.scalar(
        select(func.count())
        .select_from(GoodsRequest)
        .where(
            GoodsRequest.depot_id == work.depot_id,
            GoodsRequest.partner_id == partner_id,
            GoodsRequest.state == "asked",
        )
    )
    if (waiting or 0) >= MOST_WAITING:
        raise TooManyRequests(count=waiting)
