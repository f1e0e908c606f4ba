"""The first five minutes: serve an empty depot, follow the printed link, be its coordinator."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import open_window
from tests.serving import serve_depot, settings

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_printed_link_makes_the_first_coordinator(
    browser: Browser, tmp_path: Path, scripts: bool
) -> None:
    with (
        serve_depot(settings(tmp_path)) as running,
        open_window(browser, running.base_url, scripts=scripts) as opened,
    ):
        assert running.first_link is not None
        page = opened.page
        page.goto(running.first_link)
        page.get_by_label("Your name").fill("Ada")
        page.get_by_label("A name to sign in with").fill("ada")
        page.get_by_label("A password").fill("bread and butter")
        page.get_by_role("button", name="Make my account").click()
        expect(page).to_have_url(f"{running.base_url}/")
        assert page.goto(running.first_link)
        expect(page.get_by_label("A password")).to_have_count(0)
