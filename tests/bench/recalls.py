"""What a recall costs: four steps of making, some hand-outs, over 10,000 and 1,000,000 moves.

What is called back is the same in each depot: flour that became dough, bread, toast and pudding,
of which each was handed out in part. Asked is all that a recall's page shows. The quickest of some
tries counts, as CPU time of SQLite in this process; the aim is three times the smallest depot.
"""

from __future__ import annotations

import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

from depot.base.actors import Actor
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.kernel.goods_lines import GoodsLine
from depot.people.queries import console_actor
from depot.production.commands.production import (
    ProduceGoods,
    ProductionInput,
    ProductionOutput,
    produce_goods,
)
from depot.safety.commands.holds import HeldBy
from depot.safety.commands.recalls import StartRecall, start_recall
from depot.safety.queries.recall_traces import trace_of
from depot.safety.queries.recalls import goods_here, recall_row
from depot.stock.commands.take_out import TakeOut, take_out
from tests.bench.ground import make_ground
from tests.bench.history import opened, quickest
from tests.current import db
from tests.statements import count_statements

SIZES = (10_000, 1_000_000)
STEPS = ("Flour", "Dough", "Bread", "Toast", "Pudding")
_HEAD = ("moves", "start ms", "recall ms", "x", "statements")


def make_chain(who: Actor, batches: int, lot_code: str = "L 27") -> None:
    """Receive flour of one lot, and make the rest of it, handing out a part of each."""
    for _ in range(batches):
        came = ReceiptLine(item=STEPS[0], quantity=100, lot_code=lot_code)
        receive_goods(ReceiveGoods(command_id=uuid4(), lines=(came,)), who)
        for used, made in pairwise(STEPS):
            _hand_out(who, used)
            cooked = ProduceGoods(
                command_id=uuid4(),
                inputs=(ProductionInput(item=used, quantity=10),),
                outputs=(ProductionOutput(item=made, quantity=20),),
            )
            produce_goods(cooked, who)
        _hand_out(who, STEPS[-1])


def _hand_out(who: Actor, item: str) -> None:
    line = GoodsLine(item=item, quantity=2)
    out = TakeOut(command_id=uuid4(), place="Arrivals", reason="issue", lines=(line,))
    take_out(out, who)


def call_back(who: Actor, lot_code: str = "L27") -> int:
    """Call the flour of a lot back."""
    named = StartRecall(command_id=uuid4(), name="Flour: glass", by=HeldBy(lot_code=lot_code))
    return start_recall(named, who).answer.id


def ask(depot_id: int, recall_id: int) -> None:
    """Ask for all that the page of a recall shows of where it is and went."""
    found = recall_row(db.session(), depot_id, recall_id)
    if found is None:
        raise LookupError(recall_id)
    goods_here(db.session(), depot_id, found)
    trace_of(db.session(), depot_id, found)


def main(sizes: tuple[int, ...]) -> None:
    """Print a line a size."""
    print("".join(f"{cell:>12}" for cell in _HEAD), flush=True)
    first = 0.0
    with tempfile.TemporaryDirectory(prefix="depot-recalls-") as folder:
        for moves in sizes:
            ground = make_ground(Path(folder) / str(moves), moves, 20)
            with opened(ground):
                who = console_actor(db.session(), None)
                db.session.remove()
                make_chain(who, 10)
                began = time.process_time()
                recall_id = call_back(who)
                start = (time.process_time() - began) * 1000
                cost = quickest(time.process_time, lambda: ask(who.depot_id, recall_id))  # noqa: B023
                with count_statements(db.engine) as seen:
                    ask(who.depot_id, recall_id)
            first = first or cost
            cells = (
                f"{moves:,}",
                f"{start:.0f}",
                f"{cost:.1f}",
                f"{cost / first:.2f}",
                f"{len(seen)}",
            )
            print("".join(f"{cell:>12}" for cell in cells), flush=True)


if __name__ == "__main__":
    main(tuple(int(word.replace(",", "")) for word in sys.argv[1:]) or SIZES)
