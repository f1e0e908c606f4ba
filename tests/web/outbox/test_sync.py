"""POST /sync: what a phone kept is delivered in order, each command once, each answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from blueprints.outbox.delivery import EXTENSION, Delivery, DeliveryTable
from depot.app import create_app
from depot.base.clock import utc_now
from depot.base.errors import StorageUnavailable
from depot.crates.commands.crate_labels import ReplaceLabel, replace_label
from depot.distribution.commands.events import PlanEvent, plan_event
from depot.models import Crate, Location
from tests.builders import find_actor, make_token, on_hand, stock_at
from tests.commands.shelves import put_crate
from tests.conftest import config_for
from tests.current import db
from tests.web.phone_client import CODE, Phone, entries, form, make_command, receipt, things
from tests.web.stock_setup import number_of


@pytest.fixture
def app(tmp_path: Path, database_url: str) -> Iterator[Flask]:
    """The application, on SQLite and on PostgreSQL."""
    found = create_app(config_for(tmp_path, database_url))
    yield found
    with found.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def ben(app: Flask) -> Phone:
    return Phone(app, "ben")


@pytest.fixture
def event_id(app: Flask) -> int:
    with app.app_context():
        plan = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=utc_now())
        return int(plan_event(plan, find_actor("ada")).body["id"])


def crate(app: Flask, code: str = CODE, at: str | None = None) -> str:
    with app.app_context():
        put_crate(find_actor("ada"), code, at=at)
    return code


def test_a_batch_is_done_in_order_and_each_command_answers(
    app: Flask, ben: Phone, event_id: int
) -> None:
    crate(app, at="Arrivals")
    put = entries(app)
    results = ben.sync(
        receipt(20, crate_code=CODE),
        make_command("move", crate_code=CODE.lower(), to="Arrivals"),
        make_command("count", crate_code=CODE, lines=[{"item": "Rice", "counted_quantity": 18}]),
        make_command(
            "take_out", crate_code=CODE, reason="use", lines=[{"item": "Rice", "quantity": 2}]
        ),
        make_command("issue", event_id=event_id, crate_code=CODE),
        make_command("return", event_id=event_id, crate_code=CODE),
        make_command("people", event_id=event_id, households=21),
        make_command(
            "fill", crate_code=CODE, source="Arrivals", lines=[{"item": "Rice", "quantity": 1}]
        ),
    )
    assert [one["result"] for one in results] == ["posted"] * 8
    assert [one["message"] for one in results] == [
        "Saved: Rice, 20",
        f"{CODE} stood there already: Arrivals.",
        f"{CODE} counted: Rice, 2 fewer than the book.",
        f"Taken out of {CODE} — Rice: 2.",
        f"Crate {CODE} handed out: Rice (16).",
        "Brought back: Rice (16).",
        "21 households added.",
        f"Put into {CODE} — Rice: 1. A coordinator will look at it.",
    ]
    kinds = [entry.kind for entry in entries(app)[len(put) :]]
    expected = ["receipt", "count", "write_off", "issue", "return", "people", "transfer"]
    assert kinds == expected
    with app.app_context():
        assert stock_at(find_actor("ada"), CODE) == {"Rice": 17}


def test_a_repeat_is_answered_with_the_first_answer(app: Flask, ben: Phone) -> None:
    sent = receipt(5)
    first, again = ben.sync(sent)[0], ben.sync(sent)[0]
    assert first.pop("result") == "posted"
    assert again.pop("result") == "repeated"
    assert first == again
    assert len(entries(app)) == 1


def test_a_command_that_comes_by_the_page_and_by_the_phone_is_one(app: Flask, ben: Phone) -> None:
    typed = {"source": "anyone", "what": "items", "lines-0-item": "Peas", "lines-0-quantity": "4"}
    command_id = str(uuid4())
    answer = ben.client.post("/donations/new", typed | {"command_id": command_id})
    assert answer.status_code == 303
    kept = form("donation") | {"command_id": command_id, "fields": typed}
    assert ben.sync(kept)[0]["result"] == "repeated"
    assert len(entries(app)) == 1


def test_a_command_that_comes_by_the_api_and_by_the_phone_is_one(app: Flask, ben: Phone) -> None:
    crate(app)
    with app.app_context():
        token = make_token("till", "volunteer", find_actor("ada"))
    body = {"command_id": str(uuid4()), "to": "Arrivals"}
    headers = {"Authorization": f"Bearer {token}"}
    path = f"/api/v1/crates/{CODE}/move"
    assert app.test_client().post(path, json=body, headers=headers).status_code == 201
    sent = body | {"type": "move", "crate_code": CODE}
    assert ben.sync(sent)[0]["result"] == "repeated"
    batch = {"device_id": "till", "commands": [sent]}
    answer = app.test_client().post("/api/v1/sync", json=batch, headers=headers)
    assert answer.get_json()["results"][0]["result"] == "repeated"


def test_a_refused_command_is_named_and_does_not_stop_the_others(app: Flask, ben: Phone) -> None:
    crate(app)
    good = receipt(3)
    results = ben.sync(
        make_command("move", crate_code="7K3M-9QX3", to="Arrivals"),
        make_command("move", crate_code=CODE, to="Nowhere"),
        make_command("dance"),
        {"type": "receipt", "command_id": "not an id", "source": {}, "lines": []},
        good | {"colour": "red"},
        good,
        good | {"note": "other"},
    )
    assert [one["result"] for one in results] == ["refused"] * 5 + ["posted", "refused"]
    codes = [one.get("code") for one in results]
    expected = ["unknown_crate", "unknown_location", "invalid", "invalid", "invalid"]
    assert codes == [*expected, None, "command_id_reused"]
    assert results[0]["body"]["near"] == [CODE]
    assert "Nowhere" in results[1]["message"]
    assert results[1]["body"]["errors"] == {"to": [results[1]["message"]]}
    assert len(entries(app)) == 1


def test_two_phones_hand_out_the_same_crate(app: Flask, ben: Phone, event_id: int) -> None:
    crate(app)
    ben.sync(receipt(9, crate_code=CODE))
    first = ben.sync(make_command("issue", event_id=event_id, crate_code=CODE))[0]
    second = Phone(app, "ada").sync(make_command("issue", event_id=event_id, crate_code=CODE))[0]
    assert first["message"] == f"Crate {CODE} handed out: Rice (9)."
    assert second["message"] == (
        f"The book says crate {CODE} is empty. Thank you for telling."
        " A coordinator will look at it."
    )
    assert [entry.kind for entry in entries(app)] == ["receipt", "issue"]
    assert things(app) == ["crate_empty"]


def test_an_undo_finds_what_it_undoes_by_its_command(app: Flask, ben: Phone) -> None:
    given = receipt(7)
    undo = make_command("undo", of=given["command_id"])
    assert [one["result"] for one in ben.sync(given, undo)] == ["posted", "posted"]
    assert ben.sync(undo)[0]["result"] == "repeated"
    late = ben.sync(make_command("undo", of=given["command_id"], at=utc_now()))[0]
    assert (late["result"], late["message"]) == ("posted", "There is nothing left to undo.")
    assert [entry.kind for entry in entries(app)] == ["receipt", "reversal"]
    with app.app_context():
        assert on_hand(find_actor("ben"), "Rice") == 0


def test_what_posted_nothing_is_undone_by_nothing_and_what_never_came_is_refused(
    app: Flask, ben: Phone
) -> None:
    crate(app, at="Arrivals")
    put = entries(app)
    stays = make_command("move", crate_code=CODE, to="Arrivals")
    ben.sync(stays)
    nothing, unknown = ben.sync(
        make_command("undo", of=stays["command_id"]), make_command("undo", of=str(uuid4()))
    )
    assert nothing["message"] == "There is nothing left to undo."
    assert (unknown["result"], unknown["code"]) == ("refused", "not_found")
    assert [entry.id for entry in entries(app)] == [entry.id for entry in put]


def test_a_label_that_two_phones_take_up_is_one_crate(app: Flask, ben: Phone) -> None:
    results = ben.sync(
        make_command("adopt", code=CODE, location="Arrivals"), make_command("adopt", code=CODE)
    )
    assert [one["message"] for one in results] == [
        f"{CODE} is a crate of this depot now. A coordinator will look at it.",
        f"{CODE} is a crate of this depot now.",
    ]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Crate)) == 1


def test_a_repeat_is_a_repeat_though_the_label_was_replaced(app: Flask, ben: Phone) -> None:
    crate(app)
    sent = [receipt(4, crate_code=CODE), make_command("move", crate_code=CODE, to="Arrivals")]
    sent.append(form("crate-move", {"code": CODE}, other="Arrivals"))
    ben.sync(*sent)
    with app.app_context():
        replace_label(ReplaceLabel(command_id=uuid4(), crate_code=CODE), find_actor("ada"))
    assert [one["result"] for one in ben.sync(*sent[1:])] == ["repeated"] * 2
    other = ben.sync(sent[1] | {"to": "Elsewhere"})[0]
    assert other["code"] == "command_id_reused"


def test_forms_are_read_by_the_pages_own_rules(app: Flask, ben: Phone, event_id: int) -> None:
    crate(app)
    results = ben.sync(
        form("donation", source="anyone", what="items", lines_0_item="Rice", lines_0_quantity="30"),
        form("crate-fill", {"code": CODE}, source="Arrivals", others_0_item="Rice",
             others_0_amount="12", which="some"),
        form("crate-count", {"code": CODE}, found_0_item="Peas", found_0_amount="3"),
        form("crate-take-out", {"code": CODE}, which="some", what_for="damaged",
             others_0_item="Peas", others_0_amount="1"),
        form("crate-empty", {"code": CODE}, which="all", to="Arrivals"),
        form("crate-move", {"code": CODE}, other="Arrivals", knows_empty="yes"),
        form("hand-out", {"event_id": event_id}, lines_0_item="Rice", lines_0_amount="4"),
        form("bring-back", {"event_id": event_id}, lines_0_item="Rice", lines_0_amount="1"),
        form("people", {"event_id": event_id}, households="2", adults=""),
        form("temperature", {"location_id": number_of(app, Location, "Arrivals")}, degrees="-3,5"),
    )  # fmt: skip
    assert [one["result"] for one in results] == ["posted"] * 10, results
    assert results[-1]["message"] == "Arrivals: −3.5 °C"
    assert results[0]["link_text"] == "Same again"
    assert results[0]["href"].startswith("/donations/new?again=")
    with app.app_context():
        assert stock_at(find_actor("ada"), "Arrivals") == {"Rice": 27, "Peas": 2}


def test_a_form_that_cannot_be_taken_says_what_is_wrong_at_the_field(ben: Phone) -> None:
    results = ben.sync(
        form("donation", source="anyone", what="items", lines_0_quantity="5"),
        form("donation", source="anyone", what="items", lines_0_item="Peas", colour="red"),
        form("no-such-form"),
        form("crate-move", {"code": "??", "more": 1}, to="Arrivals"),
    )
    assert [one["result"] for one in results] == ["refused"] * 4
    assert "lines-0-item" in results[0]["body"]["errors"]
    assert "colour" in results[1]["body"]["errors"]
    assert results[3]["code"] == "unknown_crate"


def test_the_outsider_names_nothing_of_the_north(app: Flask, event_id: int) -> None:
    crate(app)
    ben = Phone(app, "ben")
    given = receipt(7, crate_code=CODE)
    ben.sync(given)
    before = len(entries(app))
    cleo = Phone(app, "cleo")
    results = cleo.sync(
        make_command("move", crate_code=CODE, to="Arrivals"),
        make_command("take_out", crate_code=CODE, reason="use"),
        make_command("issue", event_id=event_id, crate_code=CODE),
        make_command("people", event_id=event_id, households=1),
        make_command("undo", of=given["command_id"]),
        form("crate-count", {"code": CODE}, found_0_item="Peas", found_0_amount="3"),
        form("people", {"event_id": event_id}, households="2"),
    )
    assert {one["code"] for one in results} == {"unknown_crate", "not_found"}
    assert results[0]["body"]["near"] == []
    assert len(entries(app)) == before


def test_another_person_is_asked_for_and_nothing_is_done(app: Flask, ben: Phone) -> None:
    with app.app_context():
        ada, cleo = find_actor("ada"), find_actor("cleo")
    answer = ben.post({"commands": [receipt()], "person": ada.person_id})
    assert answer.status_code == 409
    assert answer.get_json()["code"] == "other_person"
    assert answer.get_json()["message"] == "Ada did this, and Ben is signed in."
    stranger = ben.post({"commands": [receipt()], "person": cleo.person_id}).get_json()
    assert "Cleo" not in stranger["message"]
    elsewhere = ben.post({"commands": [receipt()], "depot": cleo.depot_id})
    assert (elsewhere.status_code, elsewhere.get_json()["code"]) == (409, "other_depot")
    assert not entries(app)


def test_what_is_sent_for_somebody_else_says_so(app: Flask, ben: Phone) -> None:
    with app.app_context():
        me = find_actor("ben")
    more = {"person": me.person_id, "depot": me.depot_id, "done_by": "Ada"}
    sent = receipt() | {"note": "from the van"}
    assert ben.sync(sent, **more)[0]["result"] == "posted"
    assert ben.sync(sent)[0]["result"] == "repeated"
    (entry,) = entries(app)
    assert (entry.person_id, entry.note) == (me.person_id, "from the van · done by Ada")


@pytest.mark.parametrize("ahead", [timedelta(hours=3), timedelta(days=-40), timedelta(days=-20000)])
def test_a_phone_whose_clock_is_wrong_is_set_right_by_what_it_says_when_it_sends(
    app: Flask, ben: Phone, ahead: timedelta
) -> None:
    now = utc_now()
    sent = receipt() | {"occurred_at": (now - timedelta(hours=1) + ahead).isoformat()}
    assert ben.sync(sent, sent_at=(now + ahead).isoformat())[0]["result"] == "posted"
    assert (
        ben.sync(sent, sent_at=(now + ahead + timedelta(minutes=9)).isoformat())[0]["result"]
        == "repeated"
    )
    (entry,) = entries(app)
    assert abs(entry.occurred_at - (now - timedelta(hours=1))) < timedelta(minutes=1)
    assert entry.note.startswith("the phone’s clock said ")


def test_a_time_that_has_not_come_is_now_and_the_note_keeps_it(app: Flask, ben: Phone) -> None:
    future = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
    last = datetime.max.replace(tzinfo=UTC)
    undo_later = receipt()
    results = ben.sync(
        receipt() | {"occurred_at": future.isoformat()},
        receipt() | {"occurred_at": last.isoformat()},
        receipt() | {"occurred_at": "0001-01-01T00:00:00+14:00"},
        receipt() | {"occurred_at": "yesterday"},
        undo_later,
        sent_at="0001-01-01T00:00:00+00:00",
    )
    assert [one["result"] for one in results] == ["posted"] * 3 + ["refused", "posted"]
    first, *_rest = entries(app)
    assert utc_now() - first.occurred_at < timedelta(minutes=1)
    assert "2031" in first.note


def test_a_time_that_is_right_is_kept_without_a_word(app: Flask, ben: Phone) -> None:
    then = utc_now() - timedelta(hours=2)
    ben.sync(receipt() | {"occurred_at": then.isoformat()}, sent_at=utc_now().isoformat())
    (entry,) = entries(app)
    assert (entry.occurred_at, entry.note) == (then, "")


def _row(app: Flask, run: Any) -> None:
    """Let the type `stumble` do what `run` does."""
    table: DeliveryTable = app.extensions[EXTENSION]
    known = table.commands["receipt"]
    deeds = {**table.commands, "stumble": Delivery(known.schema, run, known.say)}
    app.extensions[EXTENSION] = DeliveryTable(deeds, table.forms)


def test_storage_that_fails_stops_the_batch_which_may_then_be_sent_again(
    app: Flask, ben: Phone
) -> None:
    def run(*_given: Any) -> Any:
        raise StorageUnavailable(reason="busy")

    _row(app, run)
    batch = [receipt(), receipt() | {"type": "stumble"}, receipt()]
    answer = ben.post({"commands": batch})
    assert (answer.status_code, answer.get_json()["code"]) == (503, "storage_unavailable")
    assert entries(app) == []
    assert [one["result"] for one in ben.sync(batch[0], batch[2])] == ["posted", "posted"]


def test_a_bug_met_by_one_command_does_not_hold_up_the_others(app: Flask, ben: Phone) -> None:
    def run(*_given: Any) -> Any:
        raise KeyError("a bug")

    _row(app, run)
    results = ben.sync(receipt(), receipt() | {"type": "stumble"}, receipt())
    assert [one["result"] for one in results] == ["posted", "refused", "posted"]
    assert results[1]["code"] == "internal"
    assert "a bug" not in str(results[1])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_however_batches_are_cut_repeated_and_mixed_up_each_command_counts_once(
    app: Flask, ben: Phone, data: st.DataObject
) -> None:
    item = f"Rice {uuid4()}"
    amounts = data.draw(st.lists(st.integers(1, 50), min_size=1, max_size=6))
    deeds = [receipt(amount, item) for amount in amounts]
    undone = data.draw(st.sets(st.sampled_from(range(len(deeds)))))
    undos = [make_command("undo", of=deeds[number]["command_id"]) for number in undone]
    sent = data.draw(st.lists(st.lists(st.sampled_from(deeds + undos), max_size=5), max_size=6))
    seen: dict[str, str] = {}
    for batch in [*sent, deeds, undos]:
        for one in ben.sync(*batch):
            first = one["result"] != "refused" and one["command_id"] not in seen
            if first:
                seen[one["command_id"]] = one["message"]
            if one["result"] == "repeated":
                assert one["message"] == seen[one["command_id"]]
            elif one["result"] == "posted":
                assert first
            else:
                assert one["code"] == "not_found"  # an undo came before what it undoes
    with app.app_context():
        left = sum(amount for number, amount in enumerate(amounts) if number not in undone)
        assert on_hand(find_actor("ben"), item) == left
