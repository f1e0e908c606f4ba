"""Two processes on two addresses, a pooler before the database and a replica beside it.

They serve as a database user that can only add to the book. The pooler gives every transaction to
whichever of its few connections is free, so that nothing may be left on one.
"""

from __future__ import annotations

import http.client
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from depot.db.rights import grant_serving
from depot.verify.verify import verify
from tests.beside_postgres import Replica, following, pooled
from tests.builders import find_actor, make_token, on_hand
from tests.current import at_work, db
from tests.databases import Server
from tests.serving import serve_depot, settings

pytestmark = pytest.mark.postgres
#: Writers at once on each of the two, and what each of them writes.
WRITERS, WRITES = 4, 5


@dataclass(frozen=True)
class Site:
    """Where the two listen, a program's key, and what stands behind them."""

    addresses: tuple[str, str]
    token: str
    replica: Replica


@pytest.fixture
def site(postgres: Server, postgres_url: str, tmp_path: Path) -> Iterator[Site]:
    """Two serving processes in front of all that many depots have."""
    user = f"depot_test_{secrets.token_hex(4)}"
    with at_work(postgres_url) as owner:
        with owner.engine.begin() as connection:
            connection.execute(text(f"CREATE ROLE {user} LOGIN"))
            grant_serving(connection, user)
        token = make_token("writer", "coordinator", find_actor("ada"))
    with ExitStack() as stack:
        pool = stack.enter_context(pooled(postgres, user))
        replica = stack.enter_context(following(postgres))
        addresses = [
            stack.enter_context(
                serve_depot(
                    settings(
                        tmp_path / name,
                        DEPOT_DATABASE_URL=_as(user, pool.url_of(_name(postgres_url))),
                        DEPOT_DATABASE_REPLICA=_as(user, replica.url_of(postgres_url)),
                        DEPOT_SECRET_KEY="the same for both of them",
                        DEPOT_BASE_URL="https://depot.example",
                    )
                )
            ).base_url
            for name in ("one", "two")
        ]
        yield Site((addresses[0], addresses[1]), token, replica)
    with at_work(postgres_url) as owner, owner.engine.begin() as connection:
        connection.execute(text(f"DROP OWNED BY {user}"))
        connection.execute(text(f"DROP ROLE {user}"))


def _name(url: str) -> str:
    return make_url(url).database or ""


def _as(user: str, url: str) -> str:
    return make_url(url).set(username=user).render_as_string(hide_password=False)


def ask(
    site: Site, which: int, path: str, body: dict[str, object] | None = None
) -> tuple[int, str]:
    """Ask one of the two as a program; return the status and the text of the answer."""
    connection = http.client.HTTPConnection(urlsplit(site.addresses[which]).netloc, timeout=90)
    headers = {"Authorization": f"Bearer {site.token}", "Content-Type": "application/json"}
    method = "GET" if body is None else "POST"
    connection.request(method, f"/api/v1{path}", json.dumps(body) if body else None, headers)
    answer = connection.getresponse()
    told = answer.status, answer.read().decode()
    connection.close()
    return told


def receipt(command_id: str) -> dict[str, object]:
    lines = [{"item": "Apples", "quantity": 3}]
    return {"command_id": command_id, "source": {"kind": "donation"}, "lines": lines}


def test_both_write_into_one_book_through_a_pooler(site: Site, postgres_url: str) -> None:
    statuses: list[int] = []

    def write(which: int) -> None:
        for _ in range(WRITES):
            command = str(uuid4())
            statuses.append(ask(site, which, "/receipts", receipt(command))[0])
            # the other process is asked the same again: its answer is the first one's
            statuses.append(ask(site, 1 - which, "/receipts", receipt(command))[0])
            statuses.append(ask(site, which, "/reports/period?period=2026")[0])

    threads = [threading.Thread(target=write, args=(n % 2,)) for n in range(2 * WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    written = 2 * WRITERS * WRITES
    assert sorted(statuses) == [200] * 2 * written + [201] * written
    with at_work(postgres_url):
        ada = find_actor("ada")
        assert on_hand(ada, "Apples") == 3 * written
        assert verify(db.session(), ada.depot_id) == ()
