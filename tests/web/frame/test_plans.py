"""No request of a depot's day reads all of what grows: the plans of its statements say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Engine, func, insert, select, update

from depot.app import create_app
from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.db.statistics import renew_statistics
from depot.distribution.commands.events import (
    CloseEvent,
    CountPeople,
    OpenEvent,
    PlanEvent,
    close_event,
    count_people,
    open_event,
    plan_event,
)
from depot.distribution.commands.picks import PickGoods, PickLine, pick_goods
from depot.distribution.commands.plans import PlanGoods, PlannedGoods, plan_goods
from depot.load.sinks import open_sink
from depot.models import Activity, Assignment, Attendance, GoodsRequest, Location, Transfer
from depot.network.commands.files import AcceptPeer, accept_peer
from depot.network.commands.sending import AskLine, AskTransfer, ask_transfer
from depot.network.signing import public_key
from depot.partners.commands.partners import SavePartner, save_partner
from depot.partners.commands.requests import AskForGoods, ask_for_goods
from depot.partners.request_state import RequestedGoods
from depot.rota.commands.tasks import MakeTask, make_task
from tests.bench.crowd import Crowd, bring
from tests.bench.eight import Ask, Desk, Named
from tests.builders import NOW, find_actor, make_token, receive
from tests.clients import Client
from tests.conftest import config_for
from tests.current import at_work, db
from tests.plans import Asked, growing_reads, note_statements
from tests.web.network.bodies import linked_depot

#: Enough that a database tells few rows from many.
CROWD = Crowd(crates=1_500, items=1_100, places=20)
#: Of what grows slowly there are some: an empty table tells a database nothing.
FEW, MANY = 18, 600
#: What is typed may be any part of an item's name, which is sought in all (docs/benchmarks.md).
#: Forms name all items, of which one is chosen.
SOUGHT = {
    "search for goods": "item",
    "search for an item": "item",
    "picking": "item",
}


@dataclass
class Busy:
    """A depot with much in it, and the statements of its requests, by request."""

    engine: Engine
    statements: dict[str, dict[str, Asked]]


@pytest.fixture
def busy(database_url: str, tmp_path: Path) -> Iterator[Busy]:
    """The north with a crowd, after each request was made twice."""
    with at_work(database_url):
        named = _fill(database_url)
        renew_statistics()
    app = create_app(config_for(tmp_path, database_url))
    with app.app_context():
        engine = db.engine
    desk = Desk(app, Client.signed_in(app, "ada"), named)
    yield Busy(engine, _ask_all(app, desk, engine))
    engine.dispose()


def _fill(url: str) -> Named:
    ada = find_actor("ada")
    plan = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=NOW)
    event_id = plan_event(plan, ada).body["id"]
    open_event(OpenEvent(command_id=uuid4(), event_id=event_id), ada)
    receive(ada, 5, "Beans")
    token = make_token("desk", "coordinator", ada)
    _live_with_others(ada)
    _live_through(ada)
    _promise(event_id, ada)
    _work_together(ada)
    database = db.engine.url.database or ""
    db.session.remove()
    target = Path(database) if url.startswith("sqlite") else url
    with open_sink(target, CROWD.crates) as sink:
        made = bring(sink, ada.depot_id, ada.person_id or 0, CROWD, NOW.date())
    place = db.session.scalars(select(Location.id).where(Location.name == made.places[-1])).one()
    return Named(
        token=token,
        items=made.items,
        moved=made.items,
        crates=made.codes,
        places=made.places,
        place_id=place,
        event_id=event_id,
        item_part="goods 0012",
    )


def _live_with_others(ada: Actor) -> None:
    """Let agencies ask for goods, and other depots for some; most of that is long over."""
    save = SavePartner(command_id=uuid4(), name="Larder", is_agency=True)
    larder = save_partner(save, ada).answer.id
    for _number in range(FEW):
        wanted = AskForGoods(
            command_id=uuid4(),
            partner_id=larder,
            needed_on=utc_now().date() + timedelta(days=1),
            lines=(RequestedGoods("Beans", 1),),
        )
        ask_for_goods(wanted, ada)
    east = linked_depot(ada, "East", "east")
    line = AskLine(item="Beans", quantity=2)
    ask_transfer(AskTransfer(command_id=uuid4(), from_depot=east.depot.slug, lines=(line,)), ada)
    peer = AcceptPeer(command_id=uuid4(), name="Far", key=public_key("far", ada.depot_id))
    over = {
        "depot_id": ada.depot_id,
        "direction": "out",
        "peer_id": accept_peer(peer, ada).answer.id,
        "other_name": "Far",
        "state": "declined",
        "note": "",
        "made_at": NOW,
        "closed_at": NOW,
    }
    last = select(func.max(GoodsRequest.asked_at)).scalar_subquery()
    declined = {"state": "declined", "answered_at": GoodsRequest.asked_at}
    with db.engine.begin() as connection:
        connection.execute(insert(Transfer), [over | {"code": f"old {n}"} for n in range(MANY)])
        connection.execute(
            update(GoodsRequest).where(GoodsRequest.asked_at < last).values(declined)
        )


def _live_through(ada: Actor) -> None:
    """Let hand-outs be over at which people were counted and goods fetched."""
    for number in range(FEW):
        plan = PlanEvent(command_id=uuid4(), name=f"Long ago {number}", starts_at=NOW)
        event_id = plan_event(plan, ada).answer.id
        count_people(CountPeople(command_id=uuid4(), event_id=event_id, households=3), ada)
        picked = (PickLine(item="Beans", quantity=1),)
        pick_goods(PickGoods(command_id=uuid4(), event_id=event_id, lines=picked), ada)
        close_event(CloseEvent(command_id=uuid4(), event_id=event_id), ada)


def _promise(event_id: int, ada: Actor) -> None:
    """Plan goods for the hand-out, and fetch some of them."""
    tins = [f"Tins {number}" for number in range(FEW)]
    for name in tins:
        receive(ada, 5, name)
    lines = tuple(PlannedGoods(name, 1) for name in tins)
    plan_goods(PlanGoods(command_id=uuid4(), event_id=event_id, lines=lines), ada)
    picked = tuple(PickLine(item=name, quantity=1) for name in tins)
    pick_goods(PickGoods(command_id=uuid4(), event_id=event_id, lines=picked), ada)


def _work_together(ada: Actor) -> None:
    """Let shifts be over to which people came, and tasks be done; some are still to come."""
    for number in range(FEW):
        make_task(MakeTask(command_id=uuid4(), name=f"Sweep {number}"), ada)
    alike = {"depot_id": ada.depot_id, "text": "", "people_min": 1, "created_at": NOW}
    shifts, tasks = [], []
    for number in range(MANY):
        at = NOW - timedelta(days=number + 2)
        begins = {"starts_at": at, "ends_at": at + timedelta(hours=2)}
        shifts.append(alike | {"kind": "shift", "name": f"Door {number}"} | begins)
        tasks.append(alike | {"kind": "task", "name": f"Floor {number}", "done_at": at})
    with db.engine.begin() as connection:
        connection.execute(insert(Activity), shifts)
        connection.execute(insert(Activity), tasks)
        who = {"depot_id": ada.depot_id, "person_id": ada.person_id}
        numbers = connection.scalars(select(Activity.id).where(Activity.name.like("Door %"))).all()
        taken = who | {"learning": False, "taken_at": NOW}
        connection.execute(insert(Assignment), [taken | {"activity_id": one} for one in numbers])
        came = [
            who | {"kind": "come", "at": at, "recorded_at": at}
            for at in (NOW - timedelta(days=number + 2) for number in range(MANY))
        ]
        connection.execute(insert(Attendance), came)


def _ask_all(app: Flask, desk: Desk, engine: Engine) -> dict[str, dict[str, Asked]]:
    found = {}
    for name, ask in (desk.asks() | _pages(desk)).items():
        ask()
        with note_statements(engine) as seen:
            answer = ask()
        assert answer.status_code in (200, 201), (name, answer.get_data(as_text=True))
        found[name] = seen
    return found


def _pages(desk: Desk) -> dict[str, Ask]:
    """Return what else is looked at on the day of a hand-out, by name."""
    event = f"/hand-outs/{desk.named.event_id}"
    paths = {
        "recalls": "/recalls/",
        "depots": "/network/",
        "calendar": "/hand-outs/calendar",
        "series": "/hand-outs/series",
        "rota": "/rota/",
        "mine": "/rota/mine",
        "tasks": "/tasks/",
        "at the door": "/here/door",
        "ages": "/hand-outs/ages",
        "cards": "/hand-outs/cards",
        "visits": f"{event}/visits",
        "hand-out": event,
        "picking": f"{event}/picking",
    }

    def ask(path: str) -> Ask:
        return lambda: desk.person.raw(path)

    return {name: ask(path) for name, path in paths.items()}


def _told(busy: Busy) -> str:
    """Return what grows with the depot, a line each; empty where nothing does."""
    with busy.engine.connect() as connection:
        return "\n".join(
            f"{name}: {step}: {' '.join(asked.statement.split())}"
            for name, statements in busy.statements.items()
            for asked in statements.values()
            for step in growing_reads(connection, asked)
            if not (name in SOUGHT and re.search(rf"\b{SOUGHT[name]}\b", step))
        )


def test_no_request_reads_all_of_what_grows(busy: Busy) -> None:
    assert not _told(busy), _told(busy)
    if busy.engine.dialect.name == "sqlite":
        # nor as long as nobody has looked what the tables hold
        with busy.engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM sqlite_stat1")
        busy.engine.dispose()
        assert not _told(busy), _told(busy)


def test_what_reads_a_table_whole_is_seen(database_url: str) -> None:
    """The tool speaks up: for a whole table, and for all that is one depot's."""
    mark = "?" if database_url.startswith("sqlite") else "%s"
    with at_work(database_url) as database, database.engine.connect() as connection:
        for statement, values in (
            ("SELECT * FROM stock_move WHERE quantity > 3", ()),
            (f"SELECT sum(quantity) FROM stock_balance WHERE depot_id = {mark}", (1,)),
            (f"SELECT * FROM crate WHERE depot_id = {mark} AND length(code) > 3", (1,)),
        ):
            assert growing_reads(connection, Asked(statement, values))
        by_code = f"SELECT * FROM crate WHERE depot_id = {mark} AND code = 'X'"
        assert not growing_reads(connection, Asked(by_code, (1,)))
