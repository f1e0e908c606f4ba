"""The borrowed programs: they run, and their absence is said or, in CI, a failure."""

from __future__ import annotations

import psycopg
import pytest
from playwright.sync_api import Browser

from tests import browser as browsers
from tests import databases
from tests.browser import find_chromium, open_window
from tests.databases import Server
from tests.programs import Missing, skip_or_fail


@pytest.mark.postgres
def test_a_copied_database_holds_what_was_prepared_once(postgres: Server) -> None:
    prepared: list[str] = []

    def prepare(url: str) -> None:
        prepared.append(url)
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE shelf (name text)")

    for _ in range(2):
        url = postgres.copy_of("shelf", prepare)
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT count(*) FROM shelf").fetchone() == (0,)
            connection.execute("INSERT INTO shelf VALUES ('A1')")
        postgres.drop(url)
    assert len(prepared) == 1


@pytest.mark.e2e
def test_the_browser_runs_and_its_complaints_are_heard(browser: Browser) -> None:
    with open_window(browser, "http://127.0.0.1:9") as opened:
        opened.page.set_content("<h1>Depot</h1>")
        assert opened.page.get_by_role("heading").inner_text() == "Depot"
    with (
        pytest.raises(AssertionError, match="broken shelf"),
        open_window(browser, "http://127.0.0.1:9") as opened,
    ):
        opened.page.set_content("<script>throw new Error('broken shelf')</script>")


def test_a_missing_program_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(browsers.PATH_VARIABLE, "no-such-browser")
    with pytest.raises(Missing, match="apt install chromium"):
        find_chromium()
    monkeypatch.delenv(databases.URL_VARIABLE, raising=False)
    monkeypatch.setattr(databases, "_programs", lambda: _missing())
    with pytest.raises(Missing, match="nothing here"), databases.postgres_server():
        pass


def test_a_missing_program_skips_at_home_and_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no browser"):
        skip_or_fail(Missing("no browser"))
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no browser"):
        skip_or_fail(Missing("no browser"))


def _missing() -> None:
    raise Missing("nothing here")


def test_without_a_browser_the_driver_is_not_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would fail where its own libraries are missing too."""
    monkeypatch.setenv(browsers.PATH_VARIABLE, "no-such-browser")
    monkeypatch.setattr(browsers, "sync_playwright", lambda: pytest.fail("it was started"))
    with pytest.raises(Missing), browsers.driver():
        pass
