"""A report keeps what is far from usual and names it in a line until somebody says it is right."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from depot.base.periods import parse_period
from depot.entries.commands.discrepancies import ResolveDiscrepancy, resolve_discrepancy
from depot.entries.queries.discrepancies import open_discrepancies
from depot.reports.filing import FileReport, file_report
from depot.reports.formats.formats import FORMATS
from depot.reports.queries.filed import filed_report
from depot.reports.queries.reports import make_report
from depot.reports.sums.report import Report
from depot.verify.verify import verify
from depot.words.reader import ENGLISH
from tests.builders import NOW, World, clock, receive

WEEK = "2026-W47"
SENTENCE = "Line 2 of the book (Rice, 90,000: it was 20 at most) is in the figures"


@pytest.fixture
def doubted(world: World) -> World:
    receive(world.ben, 20, "Rice", at=NOW - timedelta(days=14))
    receive(world.ben, 90_000, "Rice")
    return world


def report(world: World, week: str = WEEK) -> Report:
    return make_report(world.session, world.north, parse_period(week, 1))


def settle(world: World) -> None:
    thing = open_discrepancies(world.session, world.north.id)[0]
    resolve_discrepancy(
        ResolveDiscrepancy(command_id=uuid4(), discrepancy_id=thing.id), world.ada, clock
    )


def test_a_report_names_what_waits_in_its_days_and_keeps_it(doubted: World) -> None:
    found = report(doubted)
    (line,) = found.doubts
    assert (line.seq, line.doubt.sort, line.doubt.found, line.doubt.usual) == (
        2,
        "amount",
        90_000,
        20,
    )
    assert found.items[0].quantities.sourced == 90_000
    assert report(doubted, "2026-W45").doubts == ()
    settle(doubted)
    assert report(doubted).doubts == ()


def test_the_report_of_another_depot_names_nothing(doubted: World) -> None:
    found = make_report(doubted.session, doubted.south, parse_period(WEEK, 1))
    assert found.doubts == ()


@pytest.mark.parametrize("name", ["text", "html"])
def test_a_report_names_it_in_a_sentence(doubted: World, name: str) -> None:
    written = FORMATS[name].write(report(doubted), ENGLISH)
    text = written.decode() if isinstance(written, bytes) else written
    assert SENTENCE in " ".join(text.split())


def test_a_filed_report_says_so_for_ever_and_is_proved_again(doubted: World) -> None:
    command = FileReport(command_id=uuid4(), period=WEEK)
    file_report(command, doubted.ada, lambda: NOW + timedelta(days=2))
    settle(doubted)
    filed = filed_report(doubted.session, doubted.north, 1)
    assert filed is not None
    assert [line.seq for line in filed.doubts] == [2]
    assert verify(doubted.session, doubted.north.id) == ()
