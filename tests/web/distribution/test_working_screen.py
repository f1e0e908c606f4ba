"""The page of a hand-out: one next step, what to take, a household more with a press."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from depot.base.clock import utc_now
from depot.distribution.commands.planning import PlanEvent, plan_event
from depot.distribution.commands.plans import PlanGoods, PlannedGoods, plan_goods
from tests.builders import find_actor, receive
from tests.clients import Client
from tests.commands.shelves import put_crate
from tests.stock_text import rows, stock

ClientFor = Callable[[str], Client]
CODE = "7K3M-9QX2"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def ben(client_for: ClientFor) -> Client:
    return client_for("ben")


@pytest.fixture
def event_id(app: Flask) -> int:
    """A hand-out that is to take 8 rice, which are in a crate, and 5 beans of which 3 are here."""
    with app.app_context():
        ada = find_actor("ada")
        put_crate(ada, CODE, at="Arrivals")
        receive(ada, 8, "Rice", crate_code=CODE)
        receive(ada, 3, "Beans")
        command = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=utc_now())
        found = plan_event(command, ada).answer.id
        lines = (PlannedGoods("Rice", 8), PlannedGoods("Beans", 5))
        plan_goods(PlanGoods(command_id=uuid4(), event_id=found, lines=lines), ada)
        return found


def press(client: Client, page: str, action: str, number: int = 0, **more: str) -> Any:
    """Press the button of a form of the page, as it stands there."""
    forms = re.findall(rf'<form [^>]*action="{action}".*?</form>', page, re.S)
    fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', forms[number]))
    done = client.post(action, fields | more)
    assert done.status_code == 303, done.get_data(as_text=True)
    return done


def test_a_hand_out_goes_step_by_step(app: Flask, ben: Client, event_id: int) -> None:
    address = f"/hand-outs/{event_id}"
    page = ben.get(address)
    assert "All is packed" in page
    assert "0 of 2 picked" in page
    assert "not enough here" in page
    picked = press(ben, page, f"{address}/pick")
    assert re.fullmatch(rf"{address}#take-\d+-\d+", picked.location)
    assert "1 of 2 picked" in ben.get(address)
    press(ben, page, f"{address}/pack")
    page = ben.get(address)
    assert "Open the doors" in page
    press(ben, page, f"{address}/open")
    page = ben.get(address)
    assert "Open the doors" not in page
    handed = press(ben, page, f"{address}/hand-out", number=0)
    assert handed.location == f"{address}#take"
    with app.app_context():
        assert stock(find_actor("ben")) in (rows(f"8 Rice @ {CODE}"), rows("3 Beans @ Arrivals"))
    page = ben.get(address)
    assert "1 picked" in page or "of 1 picked" in page


def test_a_household_more_with_a_press_and_undone_in_its_place(ben: Client, event_id: int) -> None:
    address = f"/hand-outs/{event_id}"
    press(ben, ben.get(address), f"{address}/open")
    page = ben.get(address)
    assert "Undo last" not in page
    for number in (0, 1, 3):  # one adult, a couple, a child
        done = press(ben, page, f"{address}/people", number=number)
        assert done.location == f"{address}#count"
    page = ben.get(f"{address}/people")
    assert re.search(r"Households so far.*?<b>2</b>", page, re.S)
    assert re.search(r"Adults.*?<b>3</b>", page, re.S)
    assert re.search(r"Children.*?<b>1</b>", page, re.S)
    page = ben.get(address)
    undo = re.search(r'action="(/ledger/\d+/undo)".*?Undo last', page, re.S)
    assert undo
    undone = ben.post(undo[1], {"command_id": str(uuid4()), "next": f"{address}#count"})
    assert undone.location == f"{address}#count"
    assert not re.search(r"Children.*?<b>1</b>", ben.get(f"{address}/people"), re.S)


def test_a_hand_out_is_changed_copied_and_called_off(ben: Client, event_id: int) -> None:
    address = f"/hand-outs/{event_id}"
    form = {"name": f"Sunday {SCRIPT}", "starts_at": "2030-05-05T11:00", "place": SCRIPT}
    page = ben.get(f"{address}/change")
    assert 'value="Saturday"' in page
    ben.post(f"{address}/change", form | {"command_id": str(uuid4())})
    page = ben.get(address)
    assert "Sunday" in page
    assert SCRIPT not in page
    copy = ben.get(f"/hand-outs/new?like={event_id}")
    assert 'value="2030-05-12T11:00"' in copy
    assert "What it is to take along is copied too." in copy
    made = press(ben, copy, "/hand-outs/new", name="Next", starts_at="2030-05-12T11:00")
    assert "to take" in ben.get(made.location).lower()
    assert "Call it off" in page
    off = {"command_id": str(uuid4()), "reason": SCRIPT}
    assert ben.post(f"{address}/call-off", off).location == address
    page = ben.get(address)
    assert "Called off" in page
    assert SCRIPT not in page
    assert "called off" in ben.get("/hand-outs")
    press(ben, page, f"{address}/open")
    assert "Called off" not in ben.get(address)


def test_a_change_that_says_too_little_is_shown_again(ben: Client, event_id: int) -> None:
    refused = ben.post(f"/hand-outs/{event_id}/change", {"command_id": str(uuid4()), "name": "X"})
    assert refused.status_code == 422
    assert "When does it begin?" in refused.get_data(as_text=True)


def test_another_depot_does_none_of_it(client_for: ClientFor, event_id: int) -> None:
    cleo = client_for("cleo")
    address = f"/hand-outs/{event_id}"
    for page in ("change", "call-off"):
        assert cleo.raw(f"{address}/{page}").status_code == 404
    for act in ("change", "call-off", "pack", "pick", "people", "open"):
        form = {"command_id": str(uuid4()), "name": "X", "starts_at": "2030-05-05T11:00"}
        form |= {"location_id": "1", "lot_id": "1", "quantity": "1", "households": "1"}
        assert cleo.post(f"{address}/{act}", form).status_code in (404, 422), act
    assert "What it is to take" not in cleo.get(f"/hand-outs/new?like={event_id}")


def test_a_long_pick_list_of_a_planned_hand_out_stands_on_its_own_page(
    app: Flask, ben: Client, event_id: int
) -> None:
    names = [f"Soup {number}" for number in range(8)]
    with app.app_context():
        ada = find_actor("ada")
        for name in names:
            receive(ada, 2, name)
        lines = (PlannedGoods("Rice", 8), *(PlannedGoods(name, 2) for name in names))
        plan_goods(PlanGoods(command_id=uuid4(), event_id=event_id, lines=lines), ada)
    page = ben.get(f"/hand-outs/{event_id}")
    assert "0 of 9 picked" in page
    assert f'action="/hand-outs/{event_id}/pick"' not in page
    picking = ben.get(f"/hand-outs/{event_id}/picking")
    assert picking.count(f'action="/hand-outs/{event_id}/pick"') == 9
    press(ben, page, f"/hand-outs/{event_id}/open")
    page = ben.get(f"/hand-outs/{event_id}")
    assert page.count(f'action="/hand-outs/{event_id}/pick"') == 9
