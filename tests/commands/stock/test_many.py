"""What is loaded for many depots is a ledger like any other, each by itself."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from depot.load.depots import ITEMS
from depot.models import Depot, StockMove
from depot.verify.verify import verify
from tests.bench.many import load
from tests.builders import find_actor, receive
from tests.current import at_work, db

pytestmark = pytest.mark.postgres


def test_many_depots_are_loaded_and_each_verifies(postgres_url: str) -> None:
    with at_work(postgres_url):
        loaded = load(postgres_url, range(3), find_actor("ada").person_id or 0, 60)
        counts = select(StockMove.depot_id, func.count()).group_by(StockMove.depot_id)
        found = {depot_id: count for depot_id, count in db.session().execute(counts)}
        assert found == {who.depot_id: ITEMS + 60 for who in loaded}
        receive(loaded[-1], 3, "Item 00")  # ids and the chain go on where the load ended
        for depot_id in db.session().scalars(select(Depot.id)).all():
            assert verify(db.session(), depot_id) == ()
