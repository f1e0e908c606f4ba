"""Many depots in one PostgreSQL database: loaded, and then asked what one of them alone was asked.

    python -m tests.bench.many [URL] --depots 1000 --moves 10000000

loads invented depots into the database at URL, which stays, with a bar; without one into a server
of its own, which goes. Each has a dozen items, and a history of entries, moves, seals and totals as
the commands would have made it: `depot verify` finds nothing wrong. URL must be that of a user who
may leave foreign keys unchecked while loading, as a superuser may.

The last depot is then asked for the report of a week, its stock and an item's card, and a receipt
is saved in it. The first was asked the same when there was no other: what it costs more now is the
price of the others. Each is the quickest of some tries in this process.
"""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from datetime import datetime
from typing import NamedTuple
from uuid import uuid4

import click
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.clock import local_day, utc_now
from depot.base.periods import last_complete_period
from depot.db.schema import migrate
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.load.depots import found_made_up, made_up_history, write_histories
from depot.models import Lot
from depot.people.commands import accounts
from depot.people.commands.depots import FoundDepot, found_depot
from depot.people.queries import console_actor
from depot.reports.queries.reports import make_report
from depot.stock.queries.items import movements
from depot.stock.queries.stock import stock_by_item
from depot.verify.verify import verify
from tests.bench.ground import LOGIN, PASSWORD, yesterday
from tests.bench.history import quickest
from tests.builders import make_invitation
from tests.current import at_work, db
from tests.databases import postgres_server
from tests.programs import Missing

CARD_LINES = 50


class Cost(NamedTuple):
    """Milliseconds for each question to one depot."""

    week: float
    stock: float
    card: float
    receipt: float


@click.command()
@click.argument("url", required=False)
@click.option("--depots", type=click.IntRange(1), default=1000, show_default=True)
@click.option("--moves", type=click.IntRange(3), default=10_000_000, show_default=True)
def main(url: str | None, depots: int, moves: int) -> None:
    """Load many depots into the PostgreSQL database at URL, or into one that goes again."""
    with ExitStack() as stack:
        if url is None:
            try:
                url = stack.enter_context(postgres_server()).create()
            except Missing as missing:
                raise click.ClickException(str(missing)) from missing
        stack.enter_context(at_work(url))
        _measure(url, depots, moves)


def _measure(url: str, depots: int, moves: int) -> None:
    migrate(db.engine)
    person = _person()
    each = moves // depots
    (first,) = load(url, range(1), person, each)
    alone = _cost(first)
    began = time.monotonic()
    others = load(url, range(1, depots), person, each)
    took = time.monotonic() - began
    click.echo(f"{depots:,} depots with {each * depots:,} moves, the others in {took:,.0f} s")
    last = others[-1] if others else first
    for name, one, many in zip(Cost._fields, alone, _cost(last), strict=True):
        click.echo(f"{name:10}{one:8.1f} ms alone{many:8.1f} ms among all{many / one:8.2f} x")
    for who in (first, last):
        if verify(db.session(), who.depot_id):
            raise click.ClickException(f"{who.depot.slug} does not verify")


def load(url: str, numbers: range, person: int, moves: int) -> list[Actor]:
    """Found the depots of these numbers by commands, and write as many moves for each in bulk."""
    with click.progressbar(numbers, label="depots", file=sys.stderr) as bar:
        found = [found_made_up(number + 1, yesterday()) for number in bar]
    histories = [made_up_history(db.session(), who, yesterday(), person) for who in found]
    db.session.remove()
    written = write_histories(url, histories, moves)
    with click.progressbar(
        written, length=len(histories), label="histories", file=sys.stderr
    ) as bar_of_histories:
        for _history in bar_of_histories:
            pass
    return found


def _person() -> int:
    """Found a depot for who is said to have done it all, and return who that is."""
    found_depot(FoundDepot(name="Office", slug="office"))
    secret = make_invitation("Ada", "coordinator", console_actor(db.session(), "office"))
    joining = accounts.AcceptInvitation(secret, "Ada", LOGIN, PASSWORD)
    return accounts.accept_invitation(joining).person_id


def _receive(who: Actor, lines: tuple[ReceiptLine, ...], at: datetime | None = None) -> None:
    receive_goods(ReceiveGoods(command_id=uuid4(), lines=lines, occurred_at=at), who)


def _cost(who: Actor) -> Cost:
    session, depot = db.session(), who.depot
    today = local_day(utc_now(), depot.time_zone)
    week = last_complete_period("week", today, depot.week_start)
    item = session.scalars(select(Lot.item_id).where(Lot.depot_id == who.depot_id)).first() or 0
    one = (ReceiptLine(item=item, quantity=6),)
    watch = time.perf_counter
    return Cost(
        week=quickest(watch, lambda: make_report(session, depot, week, today)),
        stock=quickest(watch, lambda: stock_by_item(session, who.depot_id)),
        card=quickest(watch, lambda: movements(session, who, item, None, CARD_LINES)),
        receipt=quickest(watch, lambda: _receive(who, one)),
    )


if __name__ == "__main__":
    main()
