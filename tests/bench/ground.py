"""The depot that is measured: founded by the real commands, its history filled in as bulk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy import select

from depot.app import create_app
from depot.base.actors import Actor
from depot.base.periods import Week, week_of
from depot.config import from_environment
from depot.crates.commands.blank_crates import CreateCrates, create_crates
from depot.db.schema import migrate
from depot.distribution.commands.events import OpenEvent, PlanEvent, open_event, plan_event
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.items.commands.items import SaveItem, save_item
from depot.load.bulk import History, fill
from depot.load.sinks import open_sink
from depot.models import Lot
from depot.people.commands import accounts
from depot.people.commands.depots import FoundDepot, found_depot
from depot.people.queries import console_actor
from depot.stock.commands.transfers import MoveCrate, move_crate
from tests.bench.crowd import Crowd, bring
from tests.builders import make_invitation, make_token
from tests.current import db
from tests.serving import settings

ITEMS = 120
LINES_AT_ONCE = 4
LOGIN, PASSWORD = "ada", "a slow loaf rises"
#: The bulk's history ends yesterday: what is measured is written today.
YEARS = 2


@dataclass(frozen=True)
class Ground:
    """A database with so many moves, and what the measured requests name in it."""

    environment: dict[str, str]
    database: Path
    depot_id: int
    token: str
    crates: tuple[str, ...]
    items: tuple[int, ...]
    event_id: int
    week: Week
    moves: int
    #: Of the crowd, if one was brought.
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shape:
    """Over how many years a history goes, and how much of it happened lately."""

    years: int = YEARS
    recent_days: int = 0
    recent_moves: int = 0
    #: More items, places and filled crates than commands make in a while.
    crowd: Crowd | None = None


def make_ground(
    folder: Path, moves: int, crates: int, shape: Shape = Shape(), url: str | None = None
) -> Ground:
    """Make a depot with `crates` filled crates and a history of `moves` moves.

    In an SQLite file in the folder, or in the empty PostgreSQL database at `url`.
    """
    environment = settings(folder, **({"DEPOT_DATABASE_URL": url} if url else {}))
    with _app(environment):
        actor, token = _people()
        items, codes, event_id = _goods(actor, crates, shape.years)
        places: tuple[str, ...] = ()
        lots = _lots(actor)
        database = Path(db.engine.url.database or "")
    history = History(
        actor.depot_id,
        actor.person_id or 0,
        tuple(lots),
        yesterday(),
        shape.years * 365,
        shape.recent_days,
        shape.recent_moves,
    )
    fill(url or database, history, moves)
    if shape.crowd:
        with open_sink(url or database, shape.crowd.crates) as sink:
            made = bring(sink, actor.depot_id, actor.person_id or 0, shape.crowd, yesterday())
        items, codes, places = (*items, *made.items), (*codes, *made.codes), made.places
    return Ground(
        environment,
        database,
        actor.depot_id,
        token,
        codes,
        items,
        event_id,
        week_of(yesterday() - timedelta(days=14), 1),
        moves,
        places,
    )


def yesterday() -> date:
    """Return the day on which the bulk ends."""
    return datetime.now(UTC).date() - timedelta(days=1)


@contextmanager
def _app(environment: dict[str, str]) -> Iterator[None]:
    Path(environment["DEPOT_DATA"]).mkdir(parents=True, exist_ok=True)
    with create_app(from_environment(environment)).app_context():
        migrate(db.engine)
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def _people() -> tuple[Actor, str]:
    depot = found_depot(FoundDepot(name="Bench", slug="bench"))
    console = console_actor(db.session(), depot.slug)
    secret = make_invitation("Ada", "coordinator", console)
    joining = accounts.AcceptInvitation(secret, "Ada", LOGIN, PASSWORD)
    begun = accounts.accept_invitation(joining)
    actor = Actor(depot, "coordinator", "Ada", person_id=begun.person_id)
    return actor, make_token("bench", "coordinator", actor)


def _goods(actor: Actor, crates: int, years: int) -> tuple[tuple[int, ...], tuple[str, ...], int]:
    items = tuple(_item(actor, number) for number in range(ITEMS))
    made = create_crates(CreateCrates(command_id=uuid4(), count=crates), actor)
    codes: list[str] = made.body["codes"]
    first = datetime.combine(yesterday(), time(8), UTC) - timedelta(days=years * 365 + 1)
    # everything is there once, in plenty, at the door; and a little of it in each crate
    _receive(actor, [ReceiptLine(item=item, quantity=1_000_000) for item in items], first)
    for start in range(0, crates, LINES_AT_ONCE):
        lines = [
            ReceiptLine(item=items[number % ITEMS], quantity=12, crate_code=code)
            for number, code in enumerate(codes[start : start + LINES_AT_ONCE], start)
        ]
        _receive(actor, lines, first)
    for code in codes[:20]:
        move_crate(MoveCrate(command_id=uuid4(), crate_code=code, to="Arrivals"), actor)
    plan = PlanEvent(command_id=uuid4(), name="Hand-out", starts_at=datetime.now(UTC))
    event_id: int = plan_event(plan, actor).body["id"]
    open_event(OpenEvent(command_id=uuid4(), event_id=event_id), actor)
    return items, tuple(codes), event_id


def _item(actor: Actor, number: int) -> int:
    command = SaveItem(
        command_id=uuid4(),
        name=f"Item {number:03}",
        category="Tins and jars",
        base_unit="piece",
        unit_weight_milligrams=400_000 + number,
    )
    made: int = save_item(command, actor).body["id"]
    return made


def _receive(actor: Actor, lines: list[ReceiptLine], at: datetime) -> None:
    command = ReceiveGoods(command_id=uuid4(), lines=tuple(lines), occurred_at=at)
    receive_goods(command, actor)


def _lots(actor: Actor) -> list[tuple[int, int]]:
    """Return (item, lot) of all goods."""
    rows = db.session().execute(
        select(Lot.item_id, Lot.id).where(Lot.depot_id == actor.depot_id).order_by(Lot.id)
    )
    return [(row.item_id, row.id) for row in rows]
