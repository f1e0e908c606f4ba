"""Two partner agencies of the first depot: one has what it asked for, both ask for the same."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final

from PIL import Image, ImageDraw

from depot.demo.stage import Stage
from depot.partners.commands.agencies import StateAgency, state_agency
from depot.partners.commands.answers import ApproveRequest, approve_request
from depot.partners.commands.hand_over import HandOverRequest, hand_over_request
from depot.partners.commands.partners import SavePartner, save_partner
from depot.partners.commands.requests import AskForGoods, ask_for_goods
from depot.partners.offers import Offer, free_goods
from depot.partners.request_state import RequestedGoods
from depot.reports.commands.in_kind import (
    AddGoodsValue,
    SaveValueSetting,
    add_goods_value,
    save_value_setting,
)

#: So much at least is free of what is asked for: base units, a large part of a crate.
_WORTH_ASKING: Final = 10


def show_agencies(stage: Stage) -> None:
    """Let two agencies ask: one has its goods, one is to be packed, two share what is short."""
    stage.at = stage.now
    kitchen = new_agency(stage, "Mill Lane Kitchen", 120, "Tins and anything for a stew, no nuts.")
    shelter = new_agency(stage, "Eastside Night Shelter", 60, "Soap, and what needs no cooking.")
    today = stage.last_day
    offers = [offer for offer in _offers(stage) if offer.free >= _WORTH_ASKING][:4]
    if len(offers) < 4:
        return
    taken, packed, short, plenty = offers
    day_after = today + timedelta(days=2)  # the first of them is fetched before its day
    first = ask(stage, shelter, day_after, {taken.item_id: taken.free // 4})
    approve(stage, first, "Back door, ring twice.")
    take_along(stage, first, {taken.item_id: taken.free // 4 - 1}, "Noa")
    approve(stage, ask(stage, kitchen, day_after, {packed.item_id: packed.free // 3}))
    soon = today + timedelta(days=3)
    ask(stage, kitchen, soon, {short.item_id: short.free, plenty.item_id: plenty.free // 3})
    ask(stage, shelter, soon, {short.item_id: short.free * 2 // 3})


def show_values(stage: Stage) -> None:
    """Tell in reports what gifts are worth, by a study that is made up."""
    stage.at = stage.now
    stage.do(
        save_value_setting, SaveValueSetting, stage.coordinator, currency="USD", in_reports=True
    )
    stage.do(
        add_goods_value,
        AddGoodsValue,
        stage.coordinator,
        minor_units=193,
        per="lb",
        valid_from=date(2025, 7, 1),
        source="the county’s study of 2025 (an example)",
    )


def _offers(stage: Stage) -> list[Offer]:
    soon = stage.last_day + timedelta(days=3)
    return free_goods(stage.session, stage.depot.id, soon, stage.last_day)


def new_agency(stage: Stage, name: str, people: int, needs: str) -> int:
    """Write down a partner that asks for goods, and how many people it serves; return its id."""
    saved: Any = stage.do(save_partner, SavePartner, stage.coordinator, name=name, is_agency=True)
    number: int = saved.answer.id
    stage.do(
        state_agency, StateAgency, stage.coordinator, partner_id=number, people=people, needs=needs
    )
    return number


def ask(stage: Stage, partner_id: int, day: date, wanted: Mapping[int | str, int]) -> int:
    """Ask for so much of items, by their ids or names, for a day; return the request's id."""
    asked: Any = stage.do(
        ask_for_goods,
        AskForGoods,
        stage.coordinator,
        partner_id=partner_id,
        needed_on=day,
        lines=_goods(wanted),
    )
    number: int = asked.answer.id
    return number


def approve(
    stage: Stage,
    request_id: int,
    answer: str = "",
    starts_at: datetime | None = None,
    less: Mapping[int | str, int] | None = None,
) -> None:
    """Promise what was asked for, or only so much of it."""
    stage.do(
        approve_request,
        ApproveRequest,
        stage.coordinator,
        request_id=request_id,
        lines=None if less is None else _goods(less),
        starts_at=starts_at,
        answer=answer,
    )


def take_along(stage: Stage, request_id: int, taken: Mapping[int | str, int], who: str) -> None:
    """Let an agency take so much with it, and sign for it."""
    stage.do(
        partial(_take, secret_key=""),
        HandOverRequest,
        request_id=request_id,
        lines=_goods(taken),
        signed_by=who,
        signature=_signature(),
    )


def _goods(wanted: Mapping[int | str, int]) -> tuple[RequestedGoods, ...]:
    return tuple(RequestedGoods(item, amount) for item, amount in wanted.items())


def _take(command: HandOverRequest, who: Any, clock: Any, *, secret_key: str) -> Any:
    return hand_over_request(command, who, secret_key, clock)


def _signature() -> str:
    """Return a hand's drawing of a name, as a browser sends it."""
    picture = Image.new("RGBA", (600, 220))
    points = [(60, 150), (110, 60), (150, 160), (200, 70), (260, 150), (330, 100), (420, 140)]
    ImageDraw.Draw(picture).line(points, fill="black", width=4, joint="curve")
    sent = io.BytesIO()
    picture.save(sent, "PNG")
    return "data:image/png;base64," + base64.b64encode(sent.getvalue()).decode("ascii")
