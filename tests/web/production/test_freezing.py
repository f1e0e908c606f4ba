"""Freezing and thawing through pages and the API, and the table of how long goods keep."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from depot.base.clock import utc_now
from depot.models import Item, Lot
from tests.builders import find_actor, make_token, receive
from tests.clients import Client
from tests.current import db

ClientFor = Callable[[str], Client]


def bread(app: Flask) -> int:
    """Have bread that is to be used soon, and return its lot."""
    with app.app_context():
        soon = (utc_now() + timedelta(days=4)).date().isoformat()
        receive(find_actor("ada"), 10, "Bread", date=soon, date_kind="use_by")
        return db.session.scalars(
            select(Lot.id).join(Item, Item.id == Lot.item_id).where(Item.name == "Bread")
        ).one()


def form(**said: str) -> dict[str, Any]:
    return {"command_id": str(uuid4())} | said


def test_bread_is_frozen_thawed_and_undone(app: Flask, client_for: ClientFor) -> None:
    lot = bread(app)
    ada, ben = client_for("ada"), client_for("ben")
    page = f"/production/lots/{lot}"
    assert "Freeze" in ben.get(page)
    assert "Nobody said how long it keeps" in ben.get(f"{page}/freeze")
    refused = ben.post(f"{page}/freeze", form())
    assert (refused.status_code, "write until when" in refused.text) == (422, True)
    life = form(item="Bread", frozen_amount="3", thawed_days="1", source="Ms Ochs")
    assert ada.post("/production/frozen", life).status_code == 303
    assert "3 months" in ben.get("/production/frozen")
    assert ben.post("/production/frozen", form(item="Bread")).status_code == 403
    assert "as Ms Ochs says" in ben.get(f"{page}/freeze")
    frozen = ben.post(f"{page}/freeze", form(amount="4"))
    assert frozen.status_code == 303
    new = frozen.headers["Location"]
    told = ben.get(new)
    assert "Frozen: 4 Bread, to be used by" in told
    assert "used by use by" not in told
    assert "step 1" in told
    assert "Bread frozen" in ben.get("/production")
    assert "was thawed already" not in ben.post(f"{new}/thaw", form(amount="1")).text
    late = ben.post(f"{new}/thaw", form(amount="1", date="2033-05-05"))
    assert (late.status_code, "The new date is from" in late.text) == (422, True)
    again = ben.post(f"{new}/freeze", form(amount="1"))
    assert (again.status_code, "is frozen already" in again.text) == (409, True)
    assert "Ms Ochs" in ben.get("/production/frozen.csv")
    client_for("cleo").get(f"{page}/freeze", status=404)


def test_programs_freeze_and_thaw(app: Flask) -> None:
    lot = bread(app)
    client: Any = app.test_client()
    with app.app_context():
        ada = find_actor("ada")
        sent = {"Authorization": f"Bearer {make_token('kitchen', 'coordinator', ada)}"}
    life = {
        "command_id": str(uuid4()),
        "item": "Bread",
        "frozen": {"amount": 3, "unit": "month"},
        "thawed_days": 1,
    }
    assert client.post("/api/v1/frozen-lives", json=life, headers=sent).json == {"name": "Bread"}
    listed = client.get("/api/v1/frozen-lives", headers=sent).json["frozen_lives"]
    assert [(row["name"], row["frozen"]["amount"]) for row in listed] == [("Bread", 3)]
    body = {"command_id": str(uuid4()), "lot_id": lot, "quantity": 4}
    done = client.post("/api/v1/freezing", json=body, headers=sent)
    assert (done.status_code, done.json["quantity"]) == (201, 4)
    body = {"command_id": str(uuid4()), "lot_id": done.json["lot_id"]}
    thawed = client.post("/api/v1/thawing", json=body, headers=sent).json
    assert (thawed["quantity"], thawed["date_kind"]) == (4, "use_by")
    late = {"command_id": str(uuid4()), "lot_id": thawed["lot_id"]}
    refused = client.post("/api/v1/freezing", json=late, headers=sent)
    assert (refused.status_code, refused.json["code"]) == (409, "already_thawed")
    past = {"command_id": str(uuid4()), "lot_id": lot, "quantity": 99}
    few = client.post("/api/v1/freezing", json=past, headers=sent)
    assert (few.status_code, few.json["code"]) == (409, "fewer_here")


def test_a_public_guide_is_shown_and_taken_over_line_by_line(client_for: ClientFor) -> None:
    page = client_for("ada").get("/production/frozen")
    assert "FoodSafety.gov" in page
    assert "Nobody said yet" in page  # none of it counts by itself
    typed = client_for("ada").get("/production/frozen?months=3")
    assert re.search(r'name="frozen_amount"[^>]*value="3"', typed)
    assert "Cold Food Storage Chart, 2026-11" in typed.split('name="source"')[1][:300]
    assert not re.search(r'value="77"', client_for("ada").get("/production/frozen?months=77"))
    assert "months=" not in client_for("ben").get("/production/frozen")
