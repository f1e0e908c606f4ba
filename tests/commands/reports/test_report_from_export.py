"""A second computation, from the exported files alone, gives the same report to the digit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from depot.base.actors import DepotView
from depot.base.periods import Period, week_of
from depot.db.database import Database, open_database, use
from depot.db.schema import migrate
from depot.demo.story import story
from depot.people.queries import console_actor
from depot.reports.formats.as_json import report_as_json
from depot.reports.queries.reports import weekly_report
from tests.builders import World
from tests.commands.reports.test_weekly_report_property import STEPS, ZONES, Step, Story
from tests.current import db
from tests.export_oracle import Oracle
from tests.exports import export_depot, parts_of, run_verifier

DEMO_NOW = datetime(2026, 11, 26, 13, 0, tzinfo=UTC)


def same_report(oracle: Oracle, depot: DepotView, week: Period) -> None:
    """The report of a week and what the oracle says of it are the same, figure by figure."""
    told = report_as_json(weekly_report(db.session(), depot, week))
    expected = oracle.week(week.first)
    compared = told.pop("compared")
    wanted = expected.pop("compared")
    for name, value in expected.items():
        assert told[name] == value, (week.name, name)
    assert compared["previous"] == wanted["previous"]
    assert compared["mean"] == wanted["mean"]
    assert [one["from"] for one in compared["periods"]] == wanted["from"]
    assert [grams_alone(one) for one in compared["periods"]] == wanted["periods"]


def grams_alone(line: dict[str, Any]) -> dict[str, int]:
    return {name: value for name, value in line.items() if name.endswith("_grams")}


@settings(
    max_examples=max((settings.default.max_examples if settings.default else 100) // 8, 1),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(STEPS, st.sampled_from(ZONES), st.integers(1, 7))
def test_any_history_is_reported_as_its_export_says(
    world: World, tmp_path: Path, steps: list[Step], zone: str, week_start: int
) -> None:
    story_told = Story(world, zone, week_start)
    for step in steps:
        story_told.do(step)
    depot = story_told.actor.depot
    oracle = Oracle(parts_of(export_depot(depot, tmp_path)))
    for week in story_told.weeks():
        same_report(oracle, depot, week)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Five weeks of the demo's two depots."""
    folder = tmp_path_factory.mktemp("demo")
    database = open_database(f"sqlite:///{folder / 'depot.sqlite3'}")
    with use(database):
        migrate(database.engine)
        for step in story(5, 2026, DEMO_NOW, "warm soup at noon", "a" * 32):
            step()
    yield database
    database.close()


@pytest.mark.parametrize("slug", ["norwood", "riverside"])
def test_the_demo_is_reported_as_its_export_says(demo: Database, tmp_path: Path, slug: str) -> None:
    with use(demo):
        depot = console_actor(db.session(), slug).depot
        file = export_depot(depot, tmp_path)
        assert run_verifier(file).code == 0
        oracle = Oracle(parts_of(file))
        present = week_of(DEMO_NOW.date(), depot.week_start)
        for number in range(7):
            same_report(oracle, depot, present.moved(-number))
