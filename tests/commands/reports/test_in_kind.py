"""In-kind value: off by default, in every format, frozen with what was filed, on receipts."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import openpyxl
import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.errors import Forbidden, Invalid, NotFound
from depot.base.periods import parse_period
from depot.models import Category, Item, StockEntry
from depot.papers.paper import Paper, Words
from depot.partners.papers import receipt_paper, statement_paper
from depot.partners.queries.donations import find_donation, letter_words, statement_of
from depot.reports.commands.in_kind import (
    AddGoodsValue,
    DropGoodsValue,
    SaveValueSetting,
    add_goods_value,
    drop_goods_value,
    save_value_setting,
)
from depot.reports.filing import FileReport, file_report
from depot.reports.formats.as_csv import report_as_csv
from depot.reports.formats.as_json import figures_of
from depot.reports.formats.as_paper import report_as_paper
from depot.reports.formats.as_text import report_as_text
from depot.reports.formats.as_xlsx import report_as_xlsx
from depot.reports.queries.filed import filed_report
from depot.reports.queries.in_kind import value_rows
from depot.reports.queries.reports import make_report
from depot.reports.sums.report import Report
from depot.verify.verify import verify_with_counts
from depot.words.reader import Reader
from tests.builders import World, receive
from tests.current import db

MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
WEEK = "2026-W47"


def tell(actor: Actor, *, in_reports: bool = True, on_receipts: bool = False) -> None:
    setting = SaveValueSetting(
        command_id=uuid4(), currency="USD", in_reports=in_reports, on_receipts=on_receipts
    )
    save_value_setting(setting, actor)


def rate(actor: Actor, minor: int, **more: int) -> int:
    command = AddGoodsValue(
        command_id=uuid4(),
        minor_units=minor,
        per="kg",
        valid_from=date(2026, 1, 1),
        source="County study",
        **more,
    )
    return add_goods_value(command, actor).answer.id


def report(world: World) -> Report:
    period = parse_period(WEEK, world.north.week_start)
    return make_report(world.session, world.north, period, NOW.date())


@pytest.fixture
def flour(world: World) -> int:
    """Three kilograms were given on the Monday; its number."""
    receive(world.ada, 3000, "Flour", unit="gram", at=MONDAY)
    found = db.session.scalar(select(Item.id).where(Item.name == "Flour"))
    assert found is not None
    return found


@pytest.mark.usefixtures("flour")
def test_nothing_is_told_unless_somebody_says_so(world: World) -> None:
    rate_before = report(world)
    assert rate_before.in_kind is None
    assert "in_kind" not in figures_of(rate_before)
    tell(world.ada, in_reports=False)
    rate(world.ada, 193)
    assert report(world).in_kind is None
    assert "in_kind" not in report_as_csv(report(world))


@pytest.mark.usefixtures("flour")
def test_every_format_tells_it(world: World) -> None:
    tell(world.ada)
    rate(world.ada, 193)
    found = report(world)
    assert figures_of(found)["in_kind"]["given_minor_units"] == 579
    assert "in_kind_given" in report_as_csv(found)
    reader = Reader("en", "en", "UTC", "kg")
    assert "$5.79" in report_as_text(found, reader)
    paper = report_as_paper(found, reader)
    assert any("$5.79" in str(block) for block in paper.blocks)
    book = openpyxl.load_workbook(io.BytesIO(report_as_xlsx(found, reader)))
    assert book["In-kind value"]["B2"].value == pytest.approx(5.79)


def test_a_filed_report_keeps_the_rates_it_was_filed_with(world: World, flour: int) -> None:
    tell(world.ada)
    first = rate(world.ada, 193)
    filed = file_report(FileReport(command_id=uuid4(), period=WEEK), world.ada, lambda: NOW)
    again = file_report(FileReport(command_id=uuid4(), period=WEEK), world.ada, lambda: NOW)
    assert again.answer.is_known
    rate(world.ada, 250, item_id=flour)
    drop_goods_value(DropGoodsValue(command_id=uuid4(), value_id=first), world.ada)
    kept = filed_report(world.session, world.north, filed.answer.number)
    assert kept is not None
    assert kept.in_kind is not None
    assert (kept.in_kind.given, kept.in_kind.rates[0].minor) == (579, 193)
    now = report(world).in_kind
    assert now is not None
    assert now.given == 750
    world.session.rollback()
    audit = verify_with_counts(world.session, world.north.id)
    assert [one for one in audit.differences if one.check == "filed_report"] == []
    tell(world.ada, in_reports=False)
    second = file_report(FileReport(command_id=uuid4(), period=WEEK), world.ada, lambda: NOW)
    assert second.answer.version == 2


def words_of(paper: Paper) -> str:
    return " ".join(block.text for block in paper.blocks if isinstance(block, Words))


@pytest.mark.usefixtures("flour")
def test_receipts_and_statements_tell_it_where_a_funder_asks(world: World) -> None:
    rate_reader = Reader("en", "en", "UTC", "kg")
    session, depot_id = world.session, world.north.id
    entry_id = session.scalars(select(StockEntry.id).order_by(StockEntry.id)).first()
    gift = find_donation(session, depot_id, entry_id or 0)
    assert gift is not None
    for on_receipts in (False, True):
        tell(world.ada, in_reports=False, on_receipts=on_receipts)
        if on_receipts:
            rate(world.ada, 193)
        letter = letter_words(session, depot_id)
        receipt = words_of(receipt_paper(gift, letter, "", world.ada, rate_reader))
        assert ("$5.79" in receipt) is on_receipts
    partner_statement = statement_of(session, depot_id, 1, 2026)
    assert partner_statement is None or "$" in words_of(
        statement_paper(partner_statement, letter, world.ada, rate_reader)
    )


def test_who_helps_and_who_is_elsewhere_changes_nothing(world: World, flour: int) -> None:
    with pytest.raises(Forbidden):
        tell(world.ben)
    with pytest.raises(Invalid):
        rate(world.ada, 193)  # in which currency?
    tell(world.ada)
    number = rate(world.ada, 193)
    with pytest.raises(Forbidden):
        rate(world.ben, 1)
    tell(world.cleo)
    with pytest.raises(NotFound):
        rate(world.cleo, 1, item_id=flour)
    category = db.session.scalar(select(Category.id).where(Category.depot_id == world.north.id))
    with pytest.raises(NotFound):
        rate(world.cleo, 1, category_id=category or 0)
    with pytest.raises(NotFound):
        drop_goods_value(DropGoodsValue(command_id=uuid4(), value_id=number), world.cleo)
    assert value_rows(world.session, world.south.id) == []
    for wrong in (-1, 10**9 + 1):
        with pytest.raises(Invalid):
            rate(world.ada, wrong)
    with pytest.raises(Invalid):
        save_value_setting(SaveValueSetting(command_id=uuid4(), currency="XX1"), world.ada)


def test_a_rate_counts_from_its_day_on(world: World, flour: int) -> None:
    tell(world.ada)
    rate(world.ada, 100)
    later = AddGoodsValue(
        command_id=uuid4(),
        minor_units=300,
        per="kg",
        valid_from=(MONDAY + timedelta(days=30)).date(),
        source="Next study",
        item_id=flour,
    )
    add_goods_value(later, world.ada)
    found = report(world).in_kind
    assert found is not None
    assert found.given == 300
