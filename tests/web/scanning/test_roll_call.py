"""Roll-call of a place, on its page without a script, and for the scan page's script."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from depot.base.clock import utc_now
from depot.locations.commands import SavePlace, save_place
from depot.models import StockEntry
from tests.builders import find_actor, receive
from tests.clients import Client
from tests.commands.shelves import put_crate
from tests.current import db

ClientFor = Callable[[str], Client]
HERE, THERE, NEW = "7K3M-9QX2", "84G7-ZWYX", "355Q-AKGZ"
OWN = {"Origin": "http://localhost"}


@pytest.fixture
def shelf(app: Flask) -> int:
    """Shelf B2 of the north with one crate on it; another crate stands at the door."""
    with app.app_context():
        ada = find_actor("ada")
        made = save_place(SavePlace(command_id=uuid4(), name="Shelf B2"), ada)
        put_crate(ada, HERE, at="Shelf B2", state="in_use")
        put_crate(ada, THERE, at="Arrivals", state="in_use")
        return int(made.body["id"])


def compare(client: Client, shelf: int, codes: str, **more: Any) -> str:
    answer = client.post(f"/scan/roll-call/{shelf}", {"again": codes} | more)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def act(client: Client, shelf: int, name: str, codes: str, **fields: str) -> str:
    sent = {"command_id": str(uuid4()), "again": codes} | fields
    answer = client.post(f"/scan/roll-call/{shelf}/{name}", sent)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def test_the_page_lists_what_the_book_has_there(client_for: ClientFor, shelf: int) -> None:
    ben = client_for("ben")
    assert "Shelf B2" in ben.get("/scan/roll-call")
    page = ben.get(f"/scan/roll-call/{shelf}")
    assert HERE in page
    assert THERE not in page


def test_codes_in_lines_and_ticks_are_compared_with_the_book(
    client_for: ClientFor, shelf: int
) -> None:
    ben = client_for("ben")
    page = compare(ben, shelf, f"{THERE}\r\n\r\n {NEW.lower()} \r\noat milk")
    for words in (
        "Not scanned, but here by the book",
        "It is somewhere else",
        "Here, but elsewhere by the book",
        "the book says Arrivals",
        "Labels that this depot did not make",
        "Ask a coordinator later",
    ):
        assert words in page
    ticked = compare(ben, shelf, "", seen=HERE)
    assert "Everything is where the book has it" in ticked


def test_a_missing_crate_is_looked_for_by_what_is_in_it(
    app: Flask, client_for: ClientFor, shelf: int
) -> None:
    with app.app_context():
        receive(find_actor("ada"), 24, "Rice", crate_code=HERE)
    ben = client_for("ben")
    assert "Rice: 24" in compare(ben, shelf, THERE)
    sent = {"place": shelf, "codes": [THERE]}
    told = ben.http.post("/scan/roll-call", json=sent, headers=OWN).get_json()
    assert told["missing"][0]["goods"] == "Rice: 24"
    with app.app_context():
        put_crate(find_actor("ada"), NEW, at="Shelf B2", state="in_use")
    assert "nothing in it" in compare(ben, shelf, HERE)


def test_each_difference_is_set_right_by_one_button_and_the_codes_stay(
    client_for: ClientFor, shelf: int
) -> None:
    ben = client_for("ben")
    codes = "\n".join([HERE, THERE, NEW, "96385074"])
    page = act(ben, shelf, "move", codes, crate_code=THERE, to="Shelf B2")
    assert "is at Shelf B2 now" in page
    assert "Here, but elsewhere" not in page
    page = act(ben, shelf, "adopt", codes, code=NEW, location="Shelf B2")
    assert "Labels that this depot did not make" not in page
    page = act(ben, shelf, "keep", codes, text="96385074", place="Shelf B2")
    assert "A coordinator will look at it." in page
    assert codes in page.replace("\r\n", "\n")


def hidden(page: str, name: str) -> str:
    """Return what a page's first form of that field sends unseen."""
    found: list[str] = re.findall(f'type="hidden" name="{name}" value="([^"]*)"', page)
    return found[0]


def test_what_is_set_right_happened_when_the_codes_were_taken_down(
    app: Flask, client_for: ClientFor, shelf: int
) -> None:
    ben = client_for("ben")
    day = (utc_now() - timedelta(hours=1)).astimezone(ZoneInfo("Europe/Berlin"))
    said = {"when_day": f"{day:%Y-%m-%d}", "when_time": f"{day:%H:%M}"}
    page = compare(ben, shelf, THERE, **said)
    assert [hidden(page, name) for name in said] == list(said.values())
    page = act(ben, shelf, "move", THERE, crate_code=THERE, to="Shelf B2", **said)
    assert [hidden(page, name) for name in said] == list(said.values())
    with app.app_context():
        moved = db.session.scalars(select(StockEntry).order_by(StockEntry.seq.desc())).first()
        assert moved is not None
        assert moved.occurred_at == day.replace(second=0, microsecond=0)


def test_a_day_that_cannot_be_or_is_unlikely_is_said_beside_the_codes(
    client_for: ClientFor, shelf: int
) -> None:
    ben = client_for("ben")
    here = {"crate_code": THERE, "to": "Shelf B2", "again": THERE}
    path, sent = f"/scan/roll-call/{shelf}/move", {"command_id": str(uuid4())} | here
    ahead = (utc_now() + timedelta(days=2)).date().isoformat()
    answer = ben.post(path, sent | {"when_day": ahead})
    assert answer.status_code == 422
    assert "still to come" in answer.get_data(as_text=True)
    asked = ben.post(path, sent | {"when_day": "2001-01-01"})
    assert asked.status_code == 409
    page = asked.get_data(as_text=True)
    form = page[: page.index("Yes, save it</button>")].rpartition("<form")[2]
    again = {name: hidden(form, name) for name in ("command_id", "crate_code", "to", "when_day")}
    confirmed = hidden(form, "confirmed")
    assert again == {name: (sent | {"when_day": "2001-01-01"})[name] for name in again}
    answer = ben.post(path, again | {"confirmed": confirmed, "again": THERE})
    assert answer.status_code == 200
    # it was put elsewhere after that day, and there it stays
    assert f"{THERE} was moved on since" in answer.get_data(as_text=True)


def test_a_missing_crate_is_told_to_a_coordinator(client_for: ClientFor, shelf: int) -> None:
    page = act(client_for("ben"), shelf, "missing", "", crate_code=HERE, place="Shelf B2")
    assert "a coordinator was told" in page
    assert "was not found at Shelf B2" in client_for("ada").get("/to-look-at/")


def test_a_roll_call_is_noted_and_its_place_says_so(client_for: ClientFor, shelf: int) -> None:
    ben = client_for("ben")
    sent = {"command_id": str(uuid4()), "found": "1", "missing": "0", "misplaced": "0"}
    answer = ben.post(f"/scan/roll-call/{shelf}/done", sent, follow_redirects=True)
    assert "was called over" in answer.get_data(as_text=True)
    assert "by Ben" in ben.get(f"/scan/roll-call/{shelf}")
    assert "by Ben: 1 found, 0 missing" in ben.get(f"/stock/places/{shelf}")


def test_a_button_pressed_twice_does_it_once(client_for: ClientFor, shelf: int) -> None:
    ben = client_for("ben")
    sent = {"command_id": str(uuid4()), "again": THERE, "crate_code": THERE, "to": "Shelf B2"}
    for _ in range(2):
        answer = ben.post(f"/scan/roll-call/{shelf}/move", sent)
        assert answer.status_code == 200
    # an undo button is called like its line
    page = ben.get(f"/crates/{THERE}").replace(": Arrivals → Shelf B2", "")
    assert page.count("Arrivals → Shelf B2") <= 1


def test_what_a_button_cannot_do_is_said_and_the_codes_stay(
    client_for: ClientFor, shelf: int
) -> None:
    sent = {"command_id": str(uuid4()), "again": HERE, "crate_code": "ZZZZ", "to": "Shelf B2"}
    answer = client_for("ben").post(f"/scan/roll-call/{shelf}/move", sent)
    assert answer.status_code == 404
    page = answer.get_data(as_text=True)
    assert "No crate of this depot has the code" in page
    assert HERE in page


def test_a_script_gets_lists_with_what_sets_each_right(client_for: ClientFor, shelf: int) -> None:
    sent = {"place": shelf, "codes": [THERE, NEW, "96385074"]}
    answer = client_for("ben").http.post("/scan/roll-call", json=sent, headers=OWN).get_json()
    assert answer["place"] == {"id": shelf, "name": "Shelf B2"}
    assert not answer["is_complete"]
    assert answer["missing"][0]["deed"] == {
        "type": "missing",
        "crate_code": HERE,
        "place": "Shelf B2",
    }
    assert answer["misplaced"][0]["at"] == "Arrivals"
    assert answer["misplaced"][0]["deed"]["type"] == "move"
    assert answer["unknown"] == [
        {"code": NEW, "deed": {"type": "adopt", "code": NEW, "location": "Shelf B2"}}
    ]
    assert answer["no_crates"][0]["code"] == "96385074"
    assert answer["no_crates"][0]["deed"]["type"] == "unknown_scan"


def test_the_deeds_of_a_roll_call_can_be_delivered_by_a_phone(
    client_for: ClientFor, shelf: int
) -> None:
    ben = client_for("ben")
    sent = {"place": shelf, "codes": [THERE, NEW, "96385074"]}
    lists = ben.http.post("/scan/roll-call", json=sent, headers=OWN).get_json()
    names = ("missing", "misplaced", "unknown", "no_crates")
    deeds = [row["deed"] | {"command_id": str(uuid4())} for name in names for row in lists[name]]
    deeds.append(
        {"type": "learn_code", "command_id": str(uuid4()), "code": "96385074", "item": "Oat milk"}
    )
    batch = {"device_id": "phone", "commands": deeds}
    answer = ben.http.post("/sync", json=batch, headers=OWN).get_json()
    assert [one["result"] for one in answer["results"]] == ["posted"] * len(deeds), answer


@pytest.mark.parametrize("sent", [{}, {"place": "x", "codes": []}, {"place": 1, "codes": [3]}])
def test_a_script_s_nonsense_is_refused(client_for: ClientFor, sent: dict[str, Any]) -> None:
    answer = client_for("ben").http.post("/scan/roll-call", json=sent, headers=OWN)
    assert answer.status_code == 422


def test_a_crate_is_no_place_to_call_over(app: Flask, client_for: ClientFor, shelf: int) -> None:
    client_for("ben").get("/scan/roll-call/999999999999999999", status=404)
    answer = client_for("cleo").http.post(
        "/scan/roll-call", json={"place": shelf, "codes": [HERE]}, headers=OWN
    )
    assert answer.status_code == 404
