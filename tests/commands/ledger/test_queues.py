"""On a server a depot's writers wait for one another and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import make_url

from depot.base.errors import StorageUnavailable
from depot.ledger import sql
from tests.builders import find_actor, on_hand, receive
from tests.current import at_work, db

pytestmark = pytest.mark.postgres


@pytest.fixture
def held(postgres_url: str) -> Iterator[str]:
    """Ada's depot has a writer that does not come to an end; the address, with little patience."""
    with at_work(postgres_url):
        north = find_actor("ada").depot_id
        with db.engine.begin() as connection:
            connection.execute(sql.LOCK_HEAD, {"depot": north})
            yield _impatient(postgres_url)


def _impatient(url: str) -> str:
    """Return the address of which who waits for a lock is told so soon."""
    changed = make_url(url).update_query_dict({"options": "-c lock_timeout=300"})
    return changed.render_as_string(hide_password=False)


def test_another_depots_writer_does_not_wait(held: str) -> None:
    with at_work(held):
        cleo = find_actor("cleo")
        receive(cleo, 12, "Apples")
        assert on_hand(cleo, "Apples") == 12


def test_the_depots_own_next_writer_waits(held: str) -> None:
    with at_work(held), pytest.raises(StorageUnavailable):
        receive(find_actor("ben"), 12, "Apples")
