"""A link to one report: made by coordinators, for whoever has it, until it ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import update

from depot.base.clock import utc_now
from depot.base.periods import Week, last_complete_week
from depot.db.transaction import transaction
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.models import ReportShare
from depot.people.commands.access import EndAccess, end_access
from depot.reports.filing import FileReport, file_report
from tests.builders import find_actor, make_person
from tests.clients import Client

ClientFor = Callable[[str], Client]
LINK = re.compile(r"http://127\.0\.0\.1:8000(/shared/[\w-]{40,})")


@pytest.fixture
def week(app: Flask) -> Week:
    """Last week, in which 48 tins came in."""
    with app.app_context():
        found = last_complete_week(utc_now().date(), 1)
        receive_at(48, noon_of(found))
        return found


def noon_of(week: Week) -> datetime:
    """Return noon of the week's first day."""
    return datetime.combine(week.first, time(12), UTC)


def receive_at(tins: int, at: datetime) -> None:
    """Tins that came in then, recorded now."""
    lines = (ReceiptLine(item="Beans", quantity=tins, category="Tins and jars"),)
    command = ReceiveGoods(command_id=uuid4(), lines=lines, occurred_at=at)
    receive_goods(command, find_actor("ada"))


def share(client: Client, week: Week, **more: str) -> str:
    """Make a link and return its path."""
    form = {"command_id": str(uuid4()), "period": week.name, "days": "30"} | more
    answer = client.post("/shares/new", form)
    assert answer.status_code == 201
    found = LINK.search(answer.get_data(as_text=True))
    assert found
    return found[1]


def test_whoever_has_the_link_sees_the_report_and_its_files(
    client_for: ClientFor, week: Week
) -> None:
    link = share(client_for("ada"), week, note="the county")
    funder = client_for("")
    page = funder.get(link)
    assert "North" in page
    assert "Beans" in page
    assert "not filed yet" in page
    assert "the county" not in page
    for ending, start in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("json", b"{"), ("csv", b"")):
        answer = funder.raw(f"{link}/report.{ending}")
        assert answer.status_code == 200
        assert answer.data.startswith(start)
    assert funder.raw(f"{link}/report.exe").status_code == 404
    assert 'name="robots" content="noindex' in page


def test_nothing_of_the_link_reaches_search_engines_or_other_sites(
    client_for: ClientFor, week: Week
) -> None:
    answer = client_for("").raw(share(client_for("ada"), week))
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]


def test_what_was_filed_is_shown_and_not_what_came_in_late(
    app: Flask, client_for: ClientFor, week: Week
) -> None:
    link = share(client_for("ada"), week)
    with app.app_context():
        file_report(FileReport(command_id=uuid4(), period=week.name), find_actor("ada"))
        receive_at(1000, noon_of(week))
    funder = client_for("")
    page = funder.get(link)
    assert "filed as no. 1, version 1" in page
    assert "1,048" not in page
    with app.app_context():
        file_report(FileReport(command_id=uuid4(), period=week.name), find_actor("ada"))
    page = funder.get(link)
    assert "version 2" in page
    assert "1,048" in page
    assert "1,048" not in funder.get(f"{link}/1")
    assert funder.raw(f"{link}/1.pdf").data.startswith(b"%PDF")


def test_a_link_shows_that_report_and_no_other(
    app: Flask, client_for: ClientFor, week: Week
) -> None:
    link = share(client_for("ada"), week)
    with app.app_context():
        file_report(FileReport(command_id=uuid4(), period=week.moved(-1).name), find_actor("ada"))
    funder = client_for("")
    assert funder.raw(f"{link}/1").status_code == 404
    assert funder.raw(f"{link}/1.pdf").status_code == 404
    for path in ("/", "/reports/weekly", "/shares/", "/stock/"):
        assert funder.raw(path).status_code == 302


def test_a_link_expires_and_can_be_ended(app: Flask, client_for: ClientFor, week: Week) -> None:
    ada, funder = client_for("ada"), client_for("")
    first, second = share(ada, week), share(ada, week)
    with app.app_context():
        long_ago = {"created_at": utc_now() - timedelta(days=9), "expires_at": utc_now()}
        with transaction() as session:  # as time would
            session.execute(update(ReportShare).where(ReportShare.id == 1).values(**long_ago))
    assert funder.raw(first).status_code == 410
    assert funder.raw(second).status_code == 200
    assert ada.post("/shares/2/end", {"command_id": str(uuid4())}).status_code == 303
    for path in (second, f"{second}/report.pdf", "/shared/" + "x" * 43):
        assert funder.raw(path).status_code == 410
    page = ada.get("/shares/")
    assert "expired on" in page
    assert "ended on" in page


def test_the_list_says_who_made_it_and_never_the_link_itself(
    client_for: ClientFor, week: Week
) -> None:
    ada = client_for("ada")
    link = share(ada, week, note="the county")
    page = ada.get("/shares/")
    assert "made by Ada" in page
    assert "the county" in page
    assert link.rpartition("/")[2] not in page


def test_a_form_sent_twice_makes_one_link_and_shows_it_twice(
    client_for: ClientFor, week: Week
) -> None:
    ada, same = client_for("ada"), str(uuid4())
    assert share(ada, week, command_id=same) == share(ada, week, command_id=same)
    assert ada.get("/shares/").count("/end") == 1


def test_only_coordinators_share_and_only_their_own_depots_links_end(
    client_for: ClientFor, week: Week
) -> None:
    share(client_for("ada"), week)
    form = {"command_id": str(uuid4()), "period": week.name, "days": "7"}
    assert client_for("ben").post("/shares/new", form).status_code == 403
    cleo = client_for("cleo")
    assert cleo.post("/shares/1/end", {"command_id": str(uuid4())}).status_code in (404, 422)
    assert "made by Ada" not in cleo.get("/shares/")
    assert client_for("ada").get("/shares/").count("/end") == 1


def test_links_end_with_the_access_of_who_made_them(
    app: Flask, client_for: ClientFor, week: Week
) -> None:
    with app.app_context():
        dora = make_person("Dora", "coordinator", find_actor("ada").depot)
    link = share(client_for("dora"), week)
    assert client_for("").raw(link).status_code == 200
    with app.app_context():
        command = EndAccess(command_id=uuid4(), person_id=dora.person_id or 0)
        end_access(command, find_actor("ada"))
    assert client_for("").raw(link).status_code == 410


@pytest.mark.parametrize(("field", "value"), [("days", "0"), ("days", "400"), ("note", "x" * 121)])
def test_what_cannot_be_stands_at_its_field(
    client_for: ClientFor, week: Week, field: str, value: str
) -> None:
    form = {"command_id": str(uuid4()), "period": week.name, "days": "7"} | {field: value}
    assert client_for("ada").post("/shares/new", form).status_code == 422


def test_a_period_that_is_none_is_a_sentence(client_for: ClientFor) -> None:
    assert client_for("ada").raw("/shares/new?period=2026-W77").status_code == 422


def test_who_guesses_links_finds_none_and_keeps_nobody_out(
    client_for: ClientFor, week: Week
) -> None:
    """A link has 256 bits: no limit is needed, and one by address would hit a whole town hall."""
    path, anybody = share(client_for("ada"), week), client_for("")
    answers = [anybody.raw(f"/shared/{number:043}").status_code for number in range(70)]
    assert answers == [410] * 70
    assert {anybody.raw(path).status_code for _ in range(70)} == {200}


def test_a_report_that_many_look_at_is_made_once_and_still_of_this_moment(
    app: Flask, client_for: ClientFor, week: Week
) -> None:
    path, anybody = share(client_for("ada"), week), client_for("")
    first = anybody.raw(path).get_data(as_text=True)
    assert anybody.raw(path).get_data(as_text=True) == first
    with app.app_context():
        receive_at(1000, noon_of(week))
    assert anybody.raw(path).get_data(as_text=True) != first
