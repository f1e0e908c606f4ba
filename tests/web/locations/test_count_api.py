"""POST /locations/<id>/count, as programs see it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask import Flask

from depot.models import Location
from tests.builders import find_actor, make_token, stock_at
from tests.web.crates.test_crates_api import Program
from tests.web.stock_setup import number_of, stock_up

CODE = "7K3M-9QX2"
RICE = {"item": "Rice", "quantity": 18}


def coordinator(app: Flask) -> Program:
    program = Program(app)
    with app.app_context():
        token = make_token("stocktake", "coordinator", find_actor("ada"))
    program.headers = {"Authorization": f"Bearer {token}"}
    return program


def counts_of(app: Flask, name: str = "Arrivals") -> str:
    stock_up(app)
    return f"/locations/{number_of(app, Location, name)}/count"


def held(app: Flask, name: str) -> dict[str, int]:
    with app.app_context():
        return stock_at(find_actor("ada"), name)


def test_lines_are_counted_and_a_repeat_says_the_same(app: Flask) -> None:
    path, program = counts_of(app), Program(app)
    rolls = {"item": "Rolls", "quantity": 10, "crate_code": CODE.lower()}
    sent = {"command_id": str(uuid4()), "lines": [RICE, rolls], "complete": False, "note": "Twice"}
    first = program.post(path, sent)
    assert program.post(path, sent, 200) == first
    assert (first["location"], first["missing"], first["put_here"]) == ("Arrivals", [], [])
    assert first["entry_id"] == first["entries"][-1]
    assert [one["variance"] for one in first["lines"]] == [-2, 1]
    entries = [program.get(f"/entries/{entry_id}") for entry_id in first["entries"]]
    assert [(one["kind"], one["note"]) for one in entries] == [("count", "Twice")] * 2
    assert (held(app, "Arrivals"), held(app, CODE)) == ({"Rice": 18}, {"Rolls": 10})
    other = sent | {"complete": True}
    assert coordinator(app).post(path, other, 409)["code"] == "command_id_reused"


def test_a_complete_count_is_a_coordinators(app: Flask) -> None:
    path = counts_of(app)
    whole = {"lines": [{"crate_code": CODE}], "complete": True}
    assert Program(app).post(path, whole, 403)["code"] == "forbidden"
    assert held(app, "Arrivals") == {"Rice": 20}
    done = coordinator(app).post(path, whole)
    assert held(app, "Arrivals") == {}
    assert held(app, CODE) == {"Rolls": 9}
    assert done["missing"] == []
    bare = coordinator(app).post(path, {"complete": True, "note": "Bare"})
    assert (bare["entry_id"], bare["note_kept"], bare["missing"]) == (None, False, [CODE])
    assert [one["kind"] for one in bare["discrepancies"]] == ["crate_missing"]


def test_a_crate_is_a_location_too(app: Flask) -> None:
    done = Program(app).post(counts_of(app, CODE), {"lines": [{"item": "Rolls", "quantity": 7}]})
    assert (done["location"], held(app, CODE)) == (CODE, {"Rolls": 7})


def test_an_outsider_counts_nothing_here(app: Flask) -> None:
    path, outsider = counts_of(app), Program(app, "cleo")
    assert outsider.post(path, {"lines": [RICE]}, 404)["code"] == "not_found"
    assert held(app, "Arrivals") == {"Rice": 20}


def test_what_cannot_be_taken_is_said_at_its_field(app: Flask) -> None:
    path, program = counts_of(app), Program(app)
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"lines": [RICE | {"quantity": -1}]}, "lines"),
        ({"lines": [RICE | {"quantity": 1.5}]}, "lines"),
        ({"lines": [{"item": "Rice"}]}, "lines"),
        ({"lines": [RICE | {"date": "yesterday"}]}, "lines"),
        ({"lines": [RICE], "place": "Arrivals"}, "place"),
        ({"lines": []}, "lines"),
        ({"lines": [RICE] * 1001}, "lines"),
    ]
    for body, field in wrong:
        assert field in program.post(path, body, 422)["errors"], body
    assert program.post("/locations/4711/count", {"lines": [RICE]}, 404)["code"] == "not_found"
    assert program.post(path, {"lines": [RICE | {"crate_code": "ABCD-EFGH"}]}, 404)
    assert held(app, "Arrivals") == {"Rice": 20}
