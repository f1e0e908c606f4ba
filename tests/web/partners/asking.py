"""What a depot that has one of everything has of agencies, and of what goods are worth."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.partners.commands.agencies import (
    MakeAgencyLink,
    StateAgency,
    make_agency_link,
    state_agency,
)
from depot.partners.commands.partners import SavePartner, save_partner
from depot.partners.commands.requests import AskForGoods, ask_for_goods
from depot.partners.request_state import RequestedGoods
from depot.reports.commands.in_kind import (
    AddGoodsValue,
    SaveValueSetting,
    add_goods_value,
    save_value_setting,
)
from tests.builders import NOW


def ask_for_kale(ada: Actor, mark: str) -> dict[str, int]:
    """Have an agency ask for kale, twice; return what names it and its requests."""
    save = SavePartner(command_id=uuid4(), name=f"{mark} ark", is_agency=True)
    agency = save_partner(save, ada).answer.id
    said = StateAgency(command_id=uuid4(), partner_id=agency, people=5, needs=f"{mark} soap")
    state_agency(said, ada)
    link = MakeAgencyLink(command_id=uuid4(), partner_id=agency)
    make_agency_link(link, ada, "a key of sixteen letters")
    first, second = (
        ask_for_goods(
            AskForGoods(
                command_id=uuid4(),
                partner_id=agency,
                needed_on=utc_now().date() + timedelta(days=2),
                lines=(RequestedGoods(f"{mark} kale", 1),),
                note=f"{mark} note",
            ),
            ada,
        ).answer.id
        for _number in range(2)
    )
    return {"requests.partner_id": agency, "request_id": first, "other_request_id": second}


def tell_value(ada: Actor, mark: str) -> None:
    """Say what goods are worth, and tell it in reports."""
    setting = SaveValueSetting(command_id=uuid4(), currency="EUR", in_reports=True)
    save_value_setting(setting, ada)
    worth = AddGoodsValue(
        command_id=uuid4(),
        minor_units=193,
        per="kg",
        valid_from=NOW.date(),
        source=f"{mark} study",
    )
    add_goods_value(worth, ada)
