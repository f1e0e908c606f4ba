"""Asking for what takes two people, and answering, in tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.agreeing.acts import acts
from depot.agreeing.commands import AnswerAsked, Answered, answer_asked
from depot.base.actors import Actor
from depot.base.kinds import ActAnswer
from depot.base.units import GRAM
from depot.exporting.taking import TakeEverything
from depot.kernel.asked.errors import (
    AwaitsSecond,
)
from depot.kernel.goods_lines import GoodsLine
from depot.models import Membership
from depot.people.commands import access
from depot.stock.commands.take_out import TakeOut
from tests.builders import (
    NOW,
    SECRET_KEY,
    receive,
)
from tests.current import db
from tests.stock_text import set_up

ALL = ("write_off", "rights", "report", "export", "recall")
LATER = NOW + timedelta(days=4)


def answer(
    asked: AwaitsSecond | int,
    who: Actor,
    said: ActAnswer = "agreed",
    *,
    why: str = "",
    at: datetime = NOW,
) -> Answered:
    asked_id = asked if isinstance(asked, int) else asked.asked_id
    command = AnswerAsked(command_id=uuid4(), answer=said, asked_id=asked_id, why=why)
    return answer_asked(command, acts(SECRET_KEY), who, lambda: at)


def asked_of(run: Any, *args: Any) -> AwaitsSecond:
    with pytest.raises(AwaitsSecond) as raised:
        run(*args)
    return raised.value


def spoiled(place: str = "Shelf B2", **more: Any) -> TakeOut:
    return TakeOut(
        command_id=uuid4(),
        place=place,
        reason="damaged",
        lines=rice(40_000),
        **more,
    )


def rice(grams: int) -> tuple[GoodsLine, ...]:
    return (GoodsLine(item="Rice", quantity=grams),)


def everything() -> TakeEverything:
    return TakeEverything(command_id=uuid4())


def to_be(person_id: int | None, role: str) -> access.ChangeRole:
    return access.ChangeRole(command_id=uuid4(), person_id=person_id or 0, role=role)


def put_rice(who: Actor, kilograms: int = 60) -> None:
    set_up(who, "place Shelf B2")
    receive(who, kilograms * 1000, "Rice", unit=GRAM, location="Shelf B2")


def role_of(who: Actor) -> str | None:
    return db.session.scalar(
        select(Membership.role).where(
            Membership.person_id == who.person_id, Membership.ended_at.is_(None)
        )
    )
