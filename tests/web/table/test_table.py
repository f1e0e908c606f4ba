"""The table: a parcel with one press and its household, by page, API and phone, exactly once."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask

from depot.base.clock import utc_now
from depot.distribution.commands.ages import SaveAgeBands, save_age_bands
from depot.distribution.commands.events import PlanEvent, plan_event
from depot.production.commands.parcel_plans import PlanParcels, plan_parcels
from depot.production.commands.parcels import (
    InsteadSaid,
    ParcelLineSaid,
    PerSaid,
    SaveParcel,
    save_parcel,
)
from depot.production.multiplied import HouseholdsSaid, ParcelSaid
from tests.builders import find_actor, make_token, on_hand, receive
from tests.clients import Client

ClientFor = Callable[[str], Client]
HOUSEHOLDS = (
    HouseholdsSaid(count=3, adults=2, children=1),
    HouseholdsSaid(count=1, adults=1, diet="vegan"),
)


def form(**values: str) -> dict[str, str]:
    return {"command_id": str(uuid4())} | values


@pytest.fixture
def event_id(app: Flask) -> int:
    with app.app_context():
        ada = find_actor("ada")
        for item in ("Rice", "Tuna", "Peas", "Tea", "Coffee"):
            receive(ada, 20, item)
        lines = (
            ParcelLineSaid(item="Rice", per=PerSaid(adult=1)),
            ParcelLineSaid(
                item="Tuna",
                per=PerSaid(household=1),
                instead=(InsteadSaid(diet="vegan", item="Peas"),),
            ),
            ParcelLineSaid(choices=("Tea", "Coffee"), per=PerSaid(household=1)),
        )
        save_parcel(SaveParcel(command_id=uuid4(), name="Bag", lines=lines), ada)
        sized = (ParcelLineSaid(item="Rice", per=PerSaid(sizes=(1, 4))),)
        box = SaveParcel(command_id=uuid4(), name="Box", sizes=("small", "large"), lines=sized)
        save_parcel(box, ada)
        planned = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=utc_now())
        event_id = plan_event(planned, ada).answer.id
        asked = (ParcelSaid(parcel="Bag", households=HOUSEHOLDS),)
        plan_parcels(PlanParcels(command_id=uuid4(), event_id=event_id, parcels=asked), ada)
        return event_id


def on_the_shelf(app: Flask, item: str) -> int:
    with app.app_context():
        return on_hand(find_actor("ben"), item)


def test_the_planned_parcels_go_out_with_a_press_each(
    app: Flask, client_for: ClientFor, event_id: int
) -> None:
    client, page = client_for("ben"), f"/hand-outs/{event_id}/table"
    shown = client.get(page)
    for words in ("2 adults, 1 child", "1 adult, vegan", "Bag · 3 planned", "Tea / Coffee"):
        assert words in shown
    assert "Box for another household" in shown
    said = form(parcel="Bag", adults="2", children="1", counts="yes")
    said |= {"choices-0-line": "3", "choices-0-item_id": ""}
    answer = client.post(page, said, follow_redirects=True)
    assert "Bag handed out and counted: Rice (2), Tuna (1), Tea (1)." in answer.text
    assert "<b>1</b>" in answer.text
    client.post(page, said)
    assert on_the_shelf(app, "Rice") == 18
    vegan = client.post(page, form(parcel="Bag", adults="1", diet="vegan"), follow_redirects=True)
    assert "Bag handed out: Rice (1), Peas (1), Coffee (1)." in vegan.text
    assert "<b>1</b>" in vegan.text
    box = client.post(page, form(parcel="Box", size="large", counts="yes"), follow_redirects=True)
    assert "Box handed out and counted: Rice (4)." in box.text
    for wrong in ({"parcel": "Box", "size": "huge"}, {"parcel": "Bag"}, {"parcel": "Sack"}):
        refused = client.post(page, form(**wrong))
        assert refused.status_code in (404, 422)
        assert "At the table" in refused.text
    assert "At the table" not in client_for("cleo").get(page, 404)
    assert client_for("cleo").post(page, form(parcel="Bag", adults="1")).status_code == 404


def test_programs_and_phones_hand_out_a_parcel_once(
    app: Flask, client_for: ClientFor, event_id: int
) -> None:
    with app.app_context():
        token = make_token("till", "volunteer", find_actor("ada"))
    said = {"command_id": str(uuid4()), "parcel": "Bag", "adults": 1, "households": 2}
    bearer = {"Authorization": f"Bearer {token}"}
    address = f"/api/v1/events/{event_id}/parcels"
    first = app.test_client().post(address, json=said, headers=bearer)
    assert first.status_code == 201, first.text
    assert first.json is not None
    assert (first.json["parcel"], first.json["households"]) == ("Bag", 2)
    assert app.test_client().post(address, json=said, headers=bearer).json == first.json
    assert on_the_shelf(app, "Rice") == 18


def test_one_person_more_of_each_own_band(app: Flask, client_for: ClientFor, event_id: int) -> None:
    with app.app_context():
        begins = SaveAgeBands(command_id=uuid4(), begins=(0, 5, 18, 65))
        save_age_bands(begins, find_actor("ada"))
    client = client_for("ben")
    shown = client.get(f"/hand-outs/{event_id}/table")
    for words in ("0 to 4 years", "65 and over", ">household<"):
        assert words in shown
    assert ">one adult<" not in shown
    band = {"bands-0-from_age": "65", "bands-0-people": "1", "households": "0"}
    counted = client.post(f"/hand-outs/{event_id}/people", form(**band), follow_redirects=True)
    assert "Added to the people" in counted.text
