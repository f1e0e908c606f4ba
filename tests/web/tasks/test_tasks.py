"""Tasks on pages without scripts, one tap each; helpers, outsiders, programs and late phones."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from depot.base.clock import local_day, utc_now
from depot.distribution.series.repeating import RepeatRule
from depot.models import Discrepancy, DistributionEvent, Item, Recall, TemperatureReading
from depot.rota.commands.routines import RoutineFacts, StartRoutine, start_routine
from tests.builders import find_actor, make_token, receive
from tests.clients import Client
from tests.current import db
from tests.web.depot_addresses import furnish
from tests.web.joining.test_joining import Program, hang_up, join
from tests.web.phone_client import Phone, form

ClientFor = Callable[[str], Client]


def send(client: Client, path: str, **said: str) -> int:
    return client.post(path, {"command_id": str(uuid4())} | said).status_code


def a_day(ahead: int = 0) -> date:
    """Return a day so long from today in the north."""
    return local_day(utc_now(), "Europe/Berlin") + timedelta(days=ahead)


def make(client: Client, name: str = "Fix the side door", **said: str) -> str:
    """Write a task down by the form; return its address."""
    answer = client.post("/tasks/", {"command_id": str(uuid4()), "name": name} | said)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.headers["Location"])


def test_a_task_from_the_form_to_done_and_back(client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    assert "Nothing waits for somebody." in ben.get("/tasks/")
    task = make(ada, text="It sticks.", steps="Screws\nOil", due_on=str(a_day(30)))
    page = ben.get(task)
    assert all(word in page for word in ("It sticks.", "Screws", "Oil", "by "))
    assert send(ben, f"{task}/take") == 303
    assert "It is yours: Fix the side door" in ben.get("/tasks/")
    assert send(ada, f"{task}/steps/1", done="yes") == 303
    assert "1 of 2 steps" in ben.get("/tasks/")
    assert send(ben, f"{task}/done") == 303
    page = ben.get("/tasks/")
    assert "Done: Fix the side door" in page
    undo = re.search(r'action="(/tasks/\d+/open)"', page)
    assert undo
    assert send(ben, undo[1]) == 303
    assert "Not done yet: Fix the side door" in ben.get("/tasks/")


def test_what_was_typed_stays_where_it_is_refused(client_for: ClientFor) -> None:
    ada = client_for("ada")
    answer = ada.post("/tasks/", {"command_id": str(uuid4()), "name": "", "text": "It sticks."})
    page = answer.get_data(as_text=True)
    assert (answer.status_code, "It needs a name." in page, "It sticks." in page) == (
        422,
        True,
        True,
    )
    task = make(ada)
    assert ada.post(f"{task}/call-off", {"command_id": str(uuid4())}).status_code == 422


def test_asked_is_not_agreed(app: Flask, client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    task = make(ada)
    with app.app_context():
        number = str(find_actor("ben").person_id)
    assert send(ada, f"{task}/ask", person_id=number) == 303
    assert "it is theirs when they say yes" in ada.get(task)
    assert "You are asked" in ben.get("/tasks/")
    assert send(ben, f"{task}/give-back") == 303
    assert "You are asked" not in ben.get("/tasks/")


def test_called_off_says_why(client_for: ClientFor) -> None:
    ada = client_for("ada")
    task = make(ada)
    assert send(ada, f"{task}/call-off", why="A new door comes") == 303
    assert "called off: A new door comes" in ada.get(task)
    assert send(ada, f"{task}/done") == 409
    changed = {"name": "Side door", "due_on": "", "text": "", "steps": ""}
    assert send(ada, task, **changed) == 303
    assert "Side door" in ada.get(f"{task}/edit")


def test_a_thing_is_a_task_in_one_tap_and_says_so(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        receive(find_actor("ada"), 3, "Rice")
        rice = str(db.session.scalars(select(Item.id).where(Item.name == "Rice")).one())
    ben = client_for("ben")
    task = make(ben, "Get rice", grown_from="item", grown_from_id=rice)
    assert make(ben, "Get rice", grown_from="item", grown_from_id=rice) == task
    assert f'href="/stock/items/{rice}"' in ben.get(task)
    assert (
        send(client_for("cleo"), "/tasks/", name="x", grown_from="item", grown_from_id=rice) == 404
    )


def test_a_helper_does_and_plans_nothing(client_for: ClientFor) -> None:
    ada, ana = client_for("ada"), client_for("")
    join(ana, hang_up(ada), "Ana")
    task = make(ada, steps="Oil")
    assert "/tasks/new" not in ana.get("/tasks/")
    page = ana.get(task)
    assert "Ask somebody" not in page
    assert "Call it off" not in page
    assert send(ana, "/tasks/", name="Mine") == 403
    assert send(ana, f"{task}/call-off", why="no") == 403
    assert send(ana, f"{task}/take") == 303
    assert send(ana, f"{task}/steps/1", done="yes") == 303
    assert send(ana, f"{task}/done") == 303


def test_an_outsider_finds_nothing(client_for: ClientFor) -> None:
    task, cleo = make(client_for("ada"), steps="Oil"), client_for("cleo")
    assert cleo.raw(task).status_code == 404
    assert cleo.raw(f"{task}/edit").status_code == 404
    for act in ("take", "give-back", "done", "open", "steps/1"):
        assert send(cleo, f"{task}/{act}") == 404, act
    assert cleo.raw("/tasks/no-such").status_code == 404
    assert "Fix the side door" not in cleo.get("/tasks/")


def test_a_phone_ticks_and_finishes_late(app: Flask, client_for: ClientFor) -> None:
    task = make(client_for("ada"), steps="Oil").rpartition("/")[2]
    phone = Phone(app)
    told = phone.sync(
        form("task-tick", {"activity": task, "number": 1}, done="yes"),
        form("task-done", {"activity": task}),
    )
    assert [one["result"] for one in told] == ["posted", "posted"]
    assert [one["message"] for one in told] == ["Ticked: Oil", "Done: Fix the side door"]


def test_programs_make_tick_and_finish(app: Flask) -> None:
    with app.app_context():
        token = make_token("board", "volunteer", find_actor("ada"))
    board = Program(app.test_client(), token)
    body = {
        "command_id": str(uuid4()),
        "name": "Sweep",
        "due_on": str(a_day(30)),
        "steps": ["Floor"],
    }
    status, made = board.post("/tasks", body)
    assert (status, board.post("/tasks", body)) == (201, (200, made))
    address = f"/activities/{made['id']}"
    assert board.post(f"{address}/steps/1", {"command_id": str(uuid4())})[1]["is_done"] is True
    (row,) = board.get("/tasks")["tasks"]
    assert (row["name"], row["due_on"], row["steps_done"]) == ("Sweep", str(a_day(30)), 1)
    assert board.post(f"{address}/finish", {"command_id": str(uuid4())})[1]["is_done"] is True
    assert board.get("/tasks")["tasks"] == []
    assert board.post(f"{address}/reopen", {"command_id": str(uuid4())})[0] == 201


def test_a_program_says_who_does_a_task_and_who_does_it_no_more(
    app: Flask, client_for: ClientFor
) -> None:
    with app.app_context():
        ada, ben = find_actor("ada"), find_actor("ben")
        cleo = find_actor("cleo").person_id
        lead = Program(app.test_client(), make_token("lead", "coordinator", ada))
        board = Program(app.test_client(), make_token("board", "volunteer", ada))
    said: dict[str, Any] = {"person_id": ben.person_id}
    task = make(client_for("ada"))
    address = f"/activities/{task.rsplit('/', 1)[1]}"

    def act(program: Program, what: str, **more: Any) -> tuple[int, Any]:
        return program.post(f"{address}/{what}", {"command_id": str(uuid4())} | more)

    status, taken = act(lead, "take", **said)
    assert (status, taken["standing"]) == (201, "in")
    assert "Ben" in str(lead.get("/tasks")["tasks"])
    assert act(board, "take", **said)[0] == 403
    assert act(lead, "take")[0] == 422
    assert act(lead, "take", person_id=cleo)[0] == 404
    assert act(lead, "give-back", **said)[0] == 201
    assert "Ben" not in str(lead.get("/tasks")["tasks"])
    assert act(lead, "ask", **said)[0] == 201
    assert act(lead, "seek-stand-in", **said)[0] == 409
    for other in ("take", "give-back", "seek-stand-in"):
        assert lead.post(f"/activities/999/{other}", {"command_id": str(uuid4())} | said)[0] == 404


def test_every_thing_has_its_tap_and_shows_what_grew(app: Flask, client_for: ClientFor) -> None:
    furnish(app)
    with app.app_context():
        seen = {
            "event": db.session.scalars(select(DistributionEvent.id)).first(),
            "recall": db.session.scalars(select(Recall.id)).first(),
            "discrepancy": db.session.scalars(select(Discrepancy.id)).first(),
        }
        reading = db.session.scalars(select(TemperatureReading)).first()
        assert reading is not None
        warm = {"reading": reading.id}
        fridge = f"/temperatures/{reading.location_id}"
    ada = client_for("ada")
    pages = {
        "event": f"/hand-outs/{seen['event']}",
        "recall": f"/recalls/{seen['recall']}",
        "discrepancy": "/to-look-at/",
    }
    for kind, page in pages.items():
        assert f'name="grown_from" value="{kind}"' in ada.get(page), kind
        task = make(ada, f"About {kind}", grown_from=kind, grown_from_id=str(seen[kind]))
        shown = ada.get(page)
        assert "A task grew from this:" in shown, kind
        assert f'href="{task}"' in shown
        assert f'href="{page}' in ada.get(task), kind
    task = make(ada, "Warm", grown_from="reading", grown_from_id=str(warm["reading"]))
    assert "A task grew from this:" in ada.get(fridge)
    assert f'href="{fridge}"' in ada.get(task)


def test_a_task_grows_from_a_day_that_nobody_touched(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        ada = find_actor("ada")
        today = local_day(utc_now(), ada.depot.time_zone)
        facts = RoutineFacts(
            name="Door",
            rule=RepeatRule("daily"),
            steps=("Ramp", "Lights"),
            begins_minute=600,
            minutes=60,
        )
        start = StartRoutine(command_id=uuid4(), kind="shift", facts=facts, from_on=today)
        routine = start_routine(start, ada).answer.id
    ben, shift = client_for("ben"), f"/rota/{routine}.{today}"
    page = ben.get(shift)
    assert "Ramp" in page
    named = re.search(r'name="grown_from_activity" value="([^"]+)"', page)
    assert named
    task = make(ben, "Bring a ramp", grown_from_activity=named[1])
    assert f'href="{task}"' in ben.get(shift)
    assert "the shift it grew from" in ben.get(task)
    assert send(ben, f"/tasks/{named[1]}/steps/2", done="yes") == 303
    assert "Not done" in ben.get(shift)


def test_a_task_comes_round_by_the_form_of_what_comes_round(client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    typed = {"kind": "task", "name": "Read the fridge", "rhythm": "daily", "every": "1"}
    typed |= {"from_on": str(a_day()), "begins": "10:00", "people_min": "1"}
    answer = ada.post("/rota/routines/new", {"command_id": str(uuid4())} | typed)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    routine = answer.headers["Location"]
    assert "Read the fridge" in ben.get("/tasks/")
    changed = typed | {"name": "Read both fridges", "kind": "shift"}
    assert send(ada, f"{routine}/change", **changed) == 303
    ada.get(routine)
    page = ben.get("/tasks/")
    assert "Read both fridges" in page
    named = re.search(r'action="(/tasks/[0-9.-]+)/take"', page)
    assert named
    assert send(ben, f"{named[1]}/take") == 303
    assert "It is yours: Read both fridges" in ben.get("/tasks/")
