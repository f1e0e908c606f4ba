"""Notes on moves, counts and hand-outs: typed on a form, sent by a phone, shown where lines are."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from depot.base.clock import utc_now
from depot.distribution.commands.events import PlanEvent, plan_event
from depot.models import Item, Location, Lot
from tests.builders import find_actor
from tests.clients import Client
from tests.commands.counts.sheet_acts import started, wrote
from tests.current import db
from tests.web.crates.test_crates_api import Program
from tests.web.phone_client import CODE, Phone, entries, make_command
from tests.web.phone_client import form as kept_form
from tests.web.stock_setup import form, number_of, stock_up

ClientFor = Callable[[str], Client]
WHY = "Fell <b>off</b> the van"
SHOWN = "Fell &lt;b&gt;off&lt;/b&gt; the van"
CANNOT_BE_READ = "van\x07"
#: Page, what its form says beside the note, and what is wrong enough for it to come back.
PAGES: dict[str, tuple[str, dict[str, str], dict[str, str]]] = {
    "move": ("/crates/{code}/move", {"to": "Shelf A"}, {"to": "Nowhere at all"}),
    "take out": (
        "/crates/{code}/take-out",
        {"which": "all", "what_for": "damaged"},
        {"what_for": "nonsense"},
    ),
    "count": (
        "/crates/{code}/count",
        {"lines-0-lot_id": "{rolls}", "lines-0-unit": "piece", "lines-0-amount": "7"},
        {"lines-0-amount": "seven"},
    ),
    "fill": (
        "/crates/{code}/fill",
        {"source": "Arrivals", "others-0-item": "Rice", "others-0-amount": "2"},
        {"others-0-amount": "two"},
    ),
    "put elsewhere": (
        "/crates/{code}/empty",
        {"which": "all", "to": "Arrivals"},
        {"to": "Nowhere at all"},
    ),
    "several crates": (
        "/crates/pack",
        {"count": "2", "source": "Arrivals", "goods-0-item": "Rice", "goods-0-amount": "1"},
        {"count": "many"},
    ),
    "move goods": (
        "/stock/places/{arrivals}/goods/{rice}/move",
        {"amount": "2", "to": "Shelf A"},
        {"amount": "two"},
    ),
    "take goods out": (
        "/stock/places/{arrivals}/goods/{rice}/out",
        {"amount": "2", "what_for": "use"},
        {"amount": "two"},
    ),
    "count goods": (
        "/stock/places/{arrivals}/goods/{rice}/count",
        {"amount": "19"},
        {"amount": "some"},
    ),
    "hand out a crate": (
        "/hand-outs/{event}/hand-out",
        {"crate_code": CODE},
        {"crate_code": "XXXX-XXXX"},
    ),
    "hand out goods": (
        "/hand-outs/{event}/hand-out",
        {"lines-0-item": "Rice", "lines-0-amount": "2"},
        {"lines-0-amount": "two"},
    ),
    "bring back": (
        "/hand-outs/{event}/bring-back",
        {"lines-0-item": "Rice", "lines-0-amount": "2"},
        {"lines-0-amount": "two"},
    ),
    "bring a crate back": (
        "/hand-outs/{event}/bring-back",
        {"crate_code": CODE},
        {"crate_code": "XXXX-XXXX"},
    ),
    "people": ("/hand-outs/{event}/people", {"households": "3"}, {"households": "-3"}),
}


@pytest.fixture
def known(app: Flask) -> dict[str, Any]:
    """A depot with goods, a shelf and a hand-out; what addresses and fields name of it."""
    stock_up(app)
    with app.app_context():
        ada = find_actor("ada")
        own = {"depot_id": ada.depot_id, "kind": "storage", "name": "Shelf A"}
        db.session.add(Location(name_key="shelf a", **own))
        db.session.commit()
        plan = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=utc_now())
        event = plan_event(plan, ada).answer.id
    rice, rolls = (_lot(app, name) for name in ("Rice", "Rolls"))
    arrivals = number_of(app, Location, "Arrivals")
    return {"code": CODE, "event": event, "rice": rice, "rolls": rolls, "arrivals": arrivals}


def _lot(app: Flask, item: str) -> int:
    with app.app_context():
        own = select(Lot.id).join(Item, Item.id == Lot.item_id).where(Item.name == item)
        return int(db.session.scalars(own).one())


def filled(typed: dict[str, str], known: dict[str, Any]) -> dict[str, str]:
    return {name: value.format(**known) for name, value in typed.items()}


def folds(page: str) -> list[str]:
    """Return each form's fold of a note, as it stands in the page."""
    return re.findall(r'<details class="quiet noting".*?</details>', page, re.DOTALL)


@pytest.mark.parametrize("act", PAGES)
def test_a_form_has_a_fold_for_a_note_and_keeps_it_when_it_comes_back(
    app: Flask, client_for: ClientFor, known: dict[str, Any], act: str
) -> None:
    address, typed, wrong = PAGES[act]
    client, path = client_for("ben"), address.format(**known)
    if act == "bring a crate back":
        client.post(f"/hand-outs/{known['event']}/hand-out", form(crate_code=CODE))
    before = folds(client.get(path if act != "fill" else f"{path}?from=Arrivals"))
    assert before
    assert not any(" open" in fold for fold in before)
    said = len(entries(app))
    sent = form(note=WHY) | filled(typed | wrong, known)
    answer = client.post(path, sent)
    assert 400 <= answer.status_code < 500
    kept = [fold for fold in folds(answer.get_data(as_text=True)) if SHOWN in fold]
    assert len(kept) == 1
    assert " open" in kept[0].split(">")[0]
    answer = client.post(path, form(note=CANNOT_BE_READ) | filled(typed, known))
    assert answer.status_code == 422
    assert "cannot be read" in answer.get_data(as_text=True)
    assert len(entries(app)) == said
    answer = client.post(path, form(note=f"  {WHY} ") | filled(typed, known))
    assert answer.status_code == 303, answer.get_data(as_text=True)
    assert entries(app)[-1].note == WHY


def test_a_note_is_shown_wherever_its_line_is(
    app: Flask, client_for: ClientFor, known: dict[str, Any]
) -> None:
    client, event = client_for("ben"), f"/hand-outs/{known['event']}"
    client.post(f"{event}/hand-out", form(crate_code=CODE, note=WHY))
    client.post(f"{event}/people", form(households=2, note="All at once"))
    entry_id = entries(app)[-2].id
    pages = ("/ledger/", f"/ledger/{entry_id}", f"/crates/{CODE}", f"/papers/crates/{CODE}", event)
    for path in pages:
        assert SHOWN in client.get(path), path
    assert "All at once" in client.get(event)
    assert "All at once" in client.get(f"{event}/people")
    listed = client.http.get("/ledger/list.csv").get_data(as_text=True)
    assert WHY in listed
    assert "All at once" in listed
    assert Program(app).get(f"/entries/{entry_id}")["note"] == WHY


def test_an_undone_line_says_what_was_noted_on_it(
    app: Flask, client_for: ClientFor, known: dict[str, Any]
) -> None:
    client = client_for("ben")
    client.post(f"/crates/{CODE}/move", form(to="Shelf A", note=WHY))
    client.post(f"/ledger/{entries(app)[-1].id}/undo", form(reason="Another crate"))
    for path in ("/ledger/", f"/crates/{CODE}"):
        page = client.get(path)
        assert f"“{SHOWN}” · Another crate" in page, path


def test_a_note_that_stands_on_nothing_is_not_taken_silently(
    client_for: ClientFor, known: dict[str, Any]
) -> None:
    client = client_for("ben")
    address, typed, _wrong = PAGES["count goods"]
    path = address.format(**known)
    client.post(path, form(note=WHY) | typed | {"amount": "20"})
    page = client.get("/")
    assert "just as the book says. Your note was not kept: nothing was booked" in page
    client.post(path, form() | typed | {"amount": "20"})
    assert "Your note was not kept" not in client.get("/")


def test_what_a_code_may_have_meant_keeps_the_note_and_the_day(
    client_for: ClientFor, known: dict[str, Any]
) -> None:
    client, path = client_for("ben"), f"/hand-outs/{known['event']}/hand-out"
    sent = form(crate_code=f"{CODE[:-1]}3", note=WHY, when_day="2026-01-05")
    page = client.post(path, sent).get_data(as_text=True)
    meant = next(one for one in page.split("<form") if f"Hand out {CODE}" in one)
    assert f'name="note" value="{SHOWN}"' in meant
    assert 'name="when_day" value="2026-01-05"' in meant


def test_a_phone_delivers_notes_with_commands_and_with_forms(
    app: Flask, known: dict[str, Any]
) -> None:
    rice = [{"item": "Rice", "quantity": 1}]
    event = {"event_id": known["event"]}
    ben = Phone(app)
    results = ben.sync(
        make_command("move", crate_code=CODE, to="Shelf A", note="1"),
        make_command("fill", crate_code=CODE, source="Arrivals", lines=rice, note="2"),
        make_command(
            "count",
            crate_code=CODE,
            lines=[{"item": "Rolls", "counted_quantity": 8}],
            note="3",
        ),
        make_command("take_out", crate_code=CODE, reason="use", lines=rice, note="4"),
        make_command("pack", source="Arrivals", lines=rice, note="5"),
        make_command("issue", **event, lines=rice, note="6"),
        make_command("return", **event, lines=rice, note="7"),
        make_command("people", **event, households=2, note="8"),
        kept_form("crate-move", {"code": CODE}, to="Arrivals", note="9"),
        kept_form("hand-out", event, crate_code=CODE, note="10"),
        kept_form("people", event, households="1", note="11"),
    )
    assert [one["result"] for one in results] == ["posted"] * 11, results
    assert [entry.note for entry in entries(app)[-11:]] == [str(n) for n in range(1, 12)]


def test_programs_send_notes_that_are_bounded_and_can_be_read(
    app: Flask, known: dict[str, Any]
) -> None:
    program = Program(app)
    moved = program.post(f"/crates/{CODE}/move", {"to": "Shelf A", "note": f" {WHY}\n"})
    assert program.get(f"/entries/{moved['entry_id']}")["note"] == WHY
    for wrong in ("x" * 2001, CANNOT_BE_READ, "\u202eabc", 7, None):
        refused = program.post(f"/crates/{CODE}/move", {"to": "Arrivals", "note": wrong}, 422)
        assert list(refused["errors"]) == ["note"]
    same = program.post(f"/crates/{CODE}/move", {"to": "Shelf A", "note": WHY})
    assert same["entry_id"] is None
    assert same["note_kept"] is False


def test_the_note_of_a_count_sheet_is_asked_where_it_is_posted(
    app: Flask, client_for: ClientFor, known: dict[str, Any]
) -> None:
    with app.app_context():
        ben = find_actor("ben")
        sheet_id = started(ben, place="Arrivals")
        wrote(ben, sheet_id, {1: 18})
    client, path = client_for("ada"), f"/counts/{sheet_id}/review"
    page = client.get(path)
    assert len(folds(page)) == 1
    version = re.findall(r'name="version" value="(\d+)"', page)[0]
    back = client.post(path, form(version="x", note=WHY)).get_data(as_text=True)
    assert SHOWN in folds(back)[0]
    assert client.post(path, form(version=version, note=WHY)).status_code == 303
    assert entries(app)[-1].note == WHY
