"""What the writers do: stories over all commands of the API, of the phone and of the pages."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from tests.torture.ground import Ground
from tests.torture.writers import Json, Story, of_api, of_form
from tests.web.phone_client import form, make_command

RICE: Json = {"item": "Rice", "quantity": 3}


def teller(ground: Ground, seed: object) -> Callable[[], Story]:
    """Return what tells one story after another, each of another kind than the one before."""
    chance = random.Random(str(seed))
    kinds = [of_crates, of_hand_outs, of_counts, of_books, of_phones]
    kinds += [of_pages] if ground.forms else []
    chance.shuffle(kinds)
    told = iter(range(1_000_000_000))
    return lambda: kinds[next(told) % len(kinds)](ground, chance)


def of_crates(ground: Ground, chance: random.Random) -> Story:
    """Goods come, are packed, moved, counted, taken out, and a crate is given up."""
    made = yield of_api("/crates", {"count": 2})
    one, two = made["codes"]
    lines = [
        {"item": f"Goods {chance.randrange(40)}", "quantity": chance.randrange(5, 60)},
        RICE | {"crate_code": one, "quantity": 20},
    ]
    source = {"kind": "farm", "partner": f"Farm {chance.randrange(10)}"}
    got = yield of_api("/receipts", {"source": source, "lines": lines})
    crate = f"/crates/{one}"
    for path, body in (
        ("move", {"to": "Arrivals"}),
        ("count", {"lines": [{"item": "Rice", "counted_quantity": chance.randrange(15, 22)}]}),
        ("take-out", {"reason": "damaged", "lines": [RICE]}),
    ):
        yield of_api(f"{crate}/{path}", body, f"/crates/{path}")
    goods = {"source": "Arrivals", "lines": [{"item": "Rice", "quantity": 1}]}
    yield of_api(f"/crates/{two}/fill", goods, "/crates/fill")
    yield of_api(f"/crates/{two}/move", {"to": one}, "/crates/move")
    yield of_api("/crates/tags", {"crate_codes": [one, two], "add": [f"tag {two[:2]}"]})
    yield of_api("/crates/pack", {"source": "Arrivals", "count": 1, "lines": [RICE]})
    yield of_api(f"/entries/{got['entry_id']}/reversal", {"reason": "Twice"}, "/entries/reversal")
    yield of_api(f"/crates/{two}/retire", {}, "/crates/retire")


def of_hand_outs(_ground: Ground, chance: random.Random) -> Story:
    """One is planned, changed and held; every third is called off."""
    plan = {"name": f"Market {chance.randrange(999)}", "starts_at": "2030-05-05T11:00:00+00:00"}
    made = yield of_api("/events", plan)
    event = f"/events/{made['id']}"
    yield of_api(event, plan | {"place": "Hall"}, "/events/change", "PUT")
    if chance.random() < 0.3:
        yield of_api(f"{event}/call-off", {"reason": "Snow"}, "/events/call-off")
        return
    for path, body in (
        ("issues", {"lines": [RICE]}),
        ("returns", {"lines": [{"item": "Rice", "quantity": 1}]}),
        ("people", {"households": 7, "adults": 9}),
        ("close", {}),
    ):
        yield of_api(f"{event}/{path}", body, f"/events/{path}")


def of_counts(ground: Ground, chance: random.Random) -> Story:
    """A shelf is counted on a sheet, line by line; another at once."""
    place = ground.north.ids["location_id"]
    lines = [{"item": f"Tin {chance.randrange(20)}", "quantity": chance.randrange(1, 9)}]
    yield of_api(f"/locations/{place}/count", {"lines": lines}, "/locations/count")
    made = yield of_api("/count-sheets", {"location_id": place})
    sheet = f"/count-sheets/{made['id']}"
    number = {"lines": [{"number": 1, "quantity": chance.randrange(9)}]}
    for path, body in (
        ("lines", number),
        ("found", {"item": "Rice", "quantity": 2}),
        ("crates", {"crate": ground.north.ids["code"]}),
    ):
        yield of_api(f"{sheet}/{path}", body, f"/count-sheets/{path}")
    if chance.random() < 0.3:
        yield of_api(f"{sheet}/call-off", {}, "/count-sheets/call-off")
        return
    yield of_api(f"{sheet}/post", {}, "/count-sheets/post")
    yield of_api(f"{sheet}/undo", {"reason": "Miscounted"}, "/count-sheets/undo")


def of_books(_ground: Ground, chance: random.Random) -> Story:
    """Something is cooked, and weeks of long ago are filed."""
    soup = {"item": "Soup", "quantity": 6, "unit": "piece"}
    yield of_api("/production", {"inputs": [RICE], "outputs": [soup]})
    day = date(2012, 1, 2) + timedelta(days=7 * chance.randrange(600))
    year, week, _day = day.isocalendar()
    name = f"{year}-W{week:02}"
    yield of_api(f"/reports/weekly/{name}/file", {}, "/reports/weekly/file")
    yield of_api("/reports/filed", {"period": f"{year}-{chance.randrange(1, 13):02}"})


def of_phones(ground: Ground, chance: random.Random) -> Story:
    """A phone delivers what waited on it, of every type it knows."""
    code, event = str(ground.north.ids["code"]), ground.north.ids["event_id"]
    sheet = ground.north.ids["counts_api.sheet_id"]
    got = make_command("receipt", source={"kind": "donation"}, lines=[RICE])
    line: Json = {"item": "Rice", "quantity": 1}
    brought = {"source": "anyone", "what": "items", "lines_0_item": "Peas", "lines_0_quantity": "4"}
    commands: list[dict[str, Any]] = [
        got,
        make_command("move", crate_code=code, to="Arrivals"),
        make_command("count", crate_code=code, found=[line]),
        make_command("take_out", crate_code=code, reason="use", lines=[line]),
        make_command("fill", crate_code=code, source="Arrivals", lines=[line]),
        make_command("pack", source="Arrivals", count=1, lines=[line]),
        make_command("tag", crate_codes=[code], add=[f"p{chance.randrange(9)}"]),
        make_command("issue", event_id=event, lines=[line]),
        make_command("return", event_id=event, lines=[line]),
        make_command("people", event_id=event, households=2),
        make_command("count_found", sheet_id=sheet, **line),
        make_command("unknown_scan", text=f"box {chance.randrange(99)}"),
        make_command("learn_code", code="5000112637922", item="Rice"),
        make_command("undo", of=got["command_id"]),
        form("donation", None, **brought),
        form("crate-move", {"code": code}, to="Arrivals"),
        form("people", {"event_id": event}, households="1"),
    ]
    for start in range(0, len(commands), 6):
        batch = commands[start : start + 6]
        yield of_api("/sync", {"device_id": f"phone {uuid4()}", "commands": batch})


def of_pages(ground: Ground, chance: random.Random) -> Story:
    """A person fills in some of the forms that there are."""
    asked = [form for form in ground.forms if form.method == "POST"]
    for found in chance.sample(asked, min(12, len(asked))):
        yield of_form(found, chance, f"Word {chance.randrange(10**9)}")
