"""The short versions of `make torture` that need a real server: each a matter of seconds."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.databases import DURABLE, Cluster, own_cluster
from tests.faulty import FaultyProxy, faulty_connection
from tests.programs import Missing, need_program, skip_or_fail
from tests.serving import free_port, serve_depot, settings
from tests.torture import cutting, killing, outages, phone
from tests.torture.ground import Ground, make_ground


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """A ground on SQLite, made once; each test serves a copy."""
    return make_ground(tmp_path_factory.mktemp("laid"), with_forms=False)


@pytest.fixture
def ground(laid: Ground, tmp_path: Path) -> Ground:
    """A copy of the ground."""
    shutil.copytree(laid.environment["DEPOT_DATA"], tmp_path / "data")
    own = settings(tmp_path / "data")
    return replace(laid, environment=own, url=f"sqlite:///{tmp_path / 'data' / 'depot.sqlite3'}")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL that may be stopped."""
    try:
        with own_cluster(DURABLE) as found:
            yield found
    except Missing as missing:
        skip_or_fail(missing)


def test_nothing_answered_is_lost_by_a_kill(ground: Ground) -> None:
    for seen in killing.kill_again_and_again(ground, 1):
        assert not seen.wrong
    assert seen.answered


def test_a_disk_that_turns_read_only_loses_nothing(ground: Ground) -> None:
    need_program("cc", "gcc")
    with outages.failing_disk(Path(ground.environment["DEPOT_DATA"])) as disk:
        assert not [
            one for wrong in outages.on_sqlite(ground, disk, ["read-only"]) for one in wrong
        ]


@pytest.mark.postgres
def test_a_postgresql_that_goes_away_loses_nothing(cluster: Cluster, tmp_path: Path) -> None:
    ground = make_ground(tmp_path / "data", cluster.new_database())
    with cutting.cutting_proxy(cluster) as proxy:
        place = cutting.Place(cluster, proxy)
        said = list(cutting.cut_again_and_again(cutting.through(ground, proxy), place, 1))
    assert not [one for one in said if not one.startswith("= ")]


def test_a_phone_on_the_worst_connection_delivers_each_command_once(ground: Ground) -> None:
    chance = random.Random(7)
    commands = list(phone.made_on_a_phone(ground, 40, chance))
    proxy = FaultyProxy(int(ground.environment["DEPOT_PORT"]), path="/api/v1/sync", stall=0.01)
    proxy.share = phone.SHARE
    with serve_depot(ground.environment), faulty_connection(proxy, port := free_port()):
        sender = phone.Phone(phone.sender(ground, port), chance)
        assert list(phone.deliver_all(ground, commands, sender))
    assert not phone.what_is_wrong(ground, commands, sender)
    assert proxy.met.total() > proxy.met["none"]
