"""Visits, households told apart and own age bands are frozen with what is filed, and proved."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from depot.base.periods import parse_period
from depot.db.transaction import transaction
from depot.distribution.ages import BandPeople
from depot.distribution.commands.ages import SaveAgeBands, save_age_bands
from depot.distribution.commands.visits import (
    CountVisit,
    SaveVisitSetting,
    count_visit,
    save_visit_setting,
)
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.reports import filing
from depot.reports.filing import FileReport, file_report
from depot.reports.formats.as_csv import report_as_csv
from depot.reports.formats.as_json import figures_of
from depot.reports.formats.as_text import report_as_text
from depot.reports.formats.as_xlsx import report_as_xlsx
from depot.reports.queries.filed import filed_report
from depot.reports.queries.reports import make_report
from depot.reports.sums.frozen import unfreeze_report
from depot.reports.sums.report import BandLine, Report, Visits
from depot.verify.verify import verify
from labels.symbols.cards import new_card_code
from tests.builders import NOW, World
from tests.commands.distribution.promising import an_event

CARDS = [new_card_code(random.Random(seed)) for seed in range(3)]
#: When the week in which everything happens is over.
AFTER = NOW + timedelta(days=8)
EARLIER = NOW - timedelta(days=7)


def visit(world: World, card: str, people: int, at: datetime = NOW) -> int:
    """Count a household by card, its people all of the band from 5 on; return the entry."""
    command = CountVisit(
        command_id=uuid4(),
        event_id=an_event(world.ben, f"At {at:%d} {uuid4()}"),
        card=card,
        bands=(BandPeople(5, people),),
        occurred_at=at,
    )
    return count_visit(command, world.ben, lambda: at).entry_id or 0


def week_of(world: World) -> str:
    return parse_period(f"{NOW:%G}-W{NOW:%V}", world.north.week_start).name


def file(world: World, at: datetime = AFTER) -> Report:
    done = file_report(FileReport(command_id=uuid4(), period=week_of(world)), world.ada, lambda: at)
    found = filed_report(world.session, world.north, done.answer.number)
    assert found is not None
    return found


def _let_change(session: Session, table: str) -> None:
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text(f"DROP TRIGGER {table}_no_update"))
    else:
        session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))


def wrong(world: World) -> list[str]:
    world.session.rollback()
    return [one.sentence for one in verify(world.session, world.north.id)]


@pytest.fixture
def visited(world: World) -> World:
    """One household that was here before, twice in the week, and a new one."""
    save_visit_setting(SaveVisitSetting(command_id=uuid4(), is_on=True), world.ada, lambda: EARLIER)
    bands = SaveAgeBands(command_id=uuid4(), begins=(0, 5, 18, 65))
    save_age_bands(bands, world.ada, lambda: EARLIER)
    visit(world, CARDS[0], 1, EARLIER)
    for card, people in ((CARDS[0], 2), (CARDS[0], 2), (CARDS[1], 3)):
        visit(world, card, people)
    return world


def test_they_are_frozen_and_what_comes_later_changes_nothing(visited: World) -> None:
    filed = file(visited)
    assert filed.visits == Visits(visits=3, by_card=3, households=2, new_households=1)
    assert filed.bands == (BandLine(5, 17, 7),)
    late = visit(visited, CARDS[2], 4)
    reverse_entry(ReverseEntry(command_id=uuid4(), entry_id=late - 1), visited.ada, lambda: AFTER)
    kept = filed_report(visited.session, visited.north, 1)
    assert kept == filed
    live = make_report(visited.session, visited.north, filed.period)
    assert live.visits == Visits(visits=3, by_card=3, households=2, new_households=1)
    assert live.bands == (BandLine(5, 17, 8),)
    again = file(visited)
    assert again.filed is not None
    assert again.filed.version == 2
    assert wrong(visited) == []


def test_they_are_told_in_every_form(visited: World) -> None:
    filed = file(visited)
    assert unfreeze_report(visited.north, figures_of(filed), filed.filed) == filed
    told = report_as_text(filed)
    for words in ("Different households", "5 to 17 years", "Visits without a card"):
        assert words in told
    assert report_as_xlsx(filed)
    rows = report_as_csv(filed)
    assert "visits_new_households" in rows
    assert "5-17" in rows


def test_a_report_without_cards_is_frozen_as_it_ever_was(world: World) -> None:
    an_event(world.ben)
    figures = figures_of(file(world))
    assert not {"visits", "bands"} & figures.keys()


def test_a_report_of_before_they_were_frozen_is_not_asked_for_them(
    visited: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def as_before(report: Report) -> dict[str, Any]:
        return figures_of(replace(report, visits=None, bands=()))

    with monkeypatch.context() as before:
        before.setattr(filing, "figures_of", as_before)
        assert file(visited).visits is None
    assert wrong(visited) == []


@pytest.mark.breaks_ledger("a card is put under a visit, so that there is something to find")
def test_verify_names_visits_and_ages_that_the_lines_do_not_give(visited: World) -> None:
    file(visited)
    with transaction() as session:
        for table in ("visit", "band_count"):
            _let_change(session, table)
        session.execute(text("UPDATE visit SET card_id = (SELECT max(id) FROM visit_card)"))
        session.execute(text("UPDATE band_count SET people = people + 1"))
    told = " ".join(wrong(visited))
    assert "visits › households: filed 2, the lines give 1" in told
    assert "filed 7, the lines give 10" in told
