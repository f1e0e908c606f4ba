"""The people part of Today: who is here, what is on, what lacks people, what is mine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from flask import Flask

from depot.base.actors import Actor
from depot.base.clock import local_day, utc_now
from depot.distribution.series.repeating import RepeatRule
from depot.duties.commands import AcceptTerm, accept_term
from depot.joining.commands.coming import Come, come
from depot.joining.commands.helpers import JoinByLink, join_by_link
from depot.rota.commands.routines import RoutineFacts, StartRoutine, start_routine
from depot.rota.commands.singles import ActivityFacts, MakeActivity, make_activity
from depot.rota.commands.taking import TakePart, take_part
from depot.rota.commands.tasks import MakeTask, make_task
from depot.rota.naming import name_of_day
from tests.builders import find_actor
from tests.clients import Client
from tests.commands.joining.test_joining import hang_up
from tests.current import db
from tests.statements import count_statements

ClientFor = Callable[[str], Client]


def shift(ada: Actor, name: str, begins: timedelta, people: int = 2) -> str:
    """Plan two hours that begin so long from now; return its name in addresses."""
    at = utc_now() + begins
    facts = ActivityFacts(
        name=name,
        starts_at=at,
        ends_at=at + timedelta(hours=2),
        people_min=people,
        people_max=people,
    )
    made = make_activity(MakeActivity(command_id=uuid4(), facts=facts), ada)
    return str(made.answer.id)


def is_here(who: Actor) -> None:
    come(Come(command_id=uuid4()), who)


def takes(who: Actor, activity: str) -> None:
    take_part(TakePart(command_id=uuid4(), activity=activity), who)


def test_one_tap_says_that_i_am_here(client_for: ClientFor) -> None:
    ben = client_for("ben")
    page = ben.get("/")
    assert "Nobody yet" in page
    assert "I’m here" in page
    form = {"command_id": str(uuid4()), "next": "/"}
    assert ben.post("/here/come", form).headers["Location"] == "/"
    page = ben.get("/")
    assert "Ben is here." in page
    assert "1 here" in page
    assert "I’m leaving" in page
    assert "Here now: Ben" in client_for("ada").get("/")
    assert "Ben" not in client_for("cleo").get("/")


def test_what_is_on_what_lacks_people_and_what_is_mine(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        ada, ben = find_actor("ada"), find_actor("ben")
        on = shift(ada, "Door", timedelta(minutes=-10), people=3)
        mine = shift(ada, "Kitchen", timedelta(days=1), people=1)
        shift(ada, "Van", timedelta(days=2))
        shift(ada, "Much later", timedelta(days=9))
        takes(ada, on)
        takes(ben, mine)
        is_here(ada)
        make_task(MakeTask(command_id=uuid4(), name="Oil the ramp"), ada)
        own = make_task(MakeTask(command_id=uuid4(), name="Sweep"), ada).answer.id
        takes(ben, str(own))
        today = local_day(utc_now(), ada.depot.time_zone)
        make_task(MakeTask(command_id=uuid4(), name="Read the fridge", due_on=today), ada)
    ben_page = client_for("ben").get("/")
    assert "1 of 3" in ben_page
    for told in ("Door", "on until", "2 more needed", "yours:", "Kitchen", "Van", "Sweep"):
        assert told in ben_page, told
    assert "1 task that nobody does yet" in ben_page
    for untold in ("Much later", "Oil the ramp"):
        assert untold not in ben_page
    form = {"command_id": str(uuid4()), "next": "/"}
    assert client_for("ben").post(f"/rota/{on}/take", form).headers["Location"] == "/"
    assert "1 more needed" in client_for("ben").get("/")


def crowd(ada: Actor, count: int) -> None:
    """Let so many more people work in the depot and be here, each with a task."""
    _, secret = hang_up(ada)
    for number in range(count):
        name = f"Person {number} of {count}"
        joined = join_by_link(
            JoinByLink(command_id=uuid4(), secret=secret, name=name), ada.depot
        ).answer
        who = Actor(ada.depot, "helper", name, person_id=joined.person_id)
        task = MakeTask(command_id=uuid4(), name=f"Task of {name}")
        takes(who, str(make_task(task, ada).answer.id))


def comes_round(ada: Actor, name: str, hour: int) -> None:
    facts = RoutineFacts(
        name=name, rule=RepeatRule("daily"), people_min=8, begins_minute=hour * 60, minutes=120
    )
    today = local_day(utc_now(), ada.depot.time_zone)
    start = StartRoutine(command_id=uuid4(), kind="shift", facts=facts, from_on=today)
    start_routine(start, ada)


#: The pages of people that many look at every day.
PAGES = ("/", "/rota/", "/here/", "/duties/", "/hours/", "/tasks/")


def rotates(ada: Actor, name: str) -> None:
    """Have a duty go round; Ada holds it this week."""
    today = local_day(utc_now(), ada.depot.time_zone)
    facts = RoutineFacts(name=name, rule=RepeatRule("weekly", weekdays=(today.isoweekday(),)))
    start = StartRoutine(command_id=uuid4(), kind="duty", facts=facts, from_on=today)
    duty = start_routine(start, ada).answer.id
    accept_term(AcceptTerm(command_id=uuid4(), term=name_of_day(duty, today)), ada)


def statements(app: Flask, ben: Client) -> dict[str, int]:
    """Return how many statements each page needs."""
    found = {}
    for page in PAGES:
        ben.get(page)
        with app.app_context(), count_statements(db.engine) as seen:
            ben.get(page)
        found[page] = len(seen)
    return found


def test_pages_of_people_ask_as_often_with_forty_people_and_five_shifts_a_day(
    app: Flask, client_for: ClientFor
) -> None:
    ben = client_for("ben")
    with app.app_context():
        ada = find_actor("ada")
        comes_round(ada, "Door", 10)
        rotates(ada, "Keys")
        crowd(ada, 3)
    few = statements(app, ben)
    with app.app_context():
        for hour in (8, 12, 14, 16):
            comes_round(ada, f"Shift at {hour}", hour)
            rotates(ada, f"Duty {hour}")
        crowd(ada, 37)
    many = statements(app, ben)
    assert "40" in ben.get("/")
    assert many == few
