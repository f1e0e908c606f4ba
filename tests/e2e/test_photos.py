"""A photo of an item on a small phone: shrunk there before it is sent, or sent as it is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Request, expect

from tests.browser import PATIENCE_MS, open_window
from tests.e2e.test_crates import join
from tests.serving import serve_depot, settings

pytestmark = pytest.mark.e2e

SMALL_PHONE = (360, 640)


def taken(folder: Path) -> Path:
    """A photo of twelve million pixels that no file format makes small."""
    grain = Image.frombytes("L", (400, 300), random.Random(5).randbytes(400 * 300))
    photo = folder / "IMG_0001.jpg"
    grain.resize((4000, 3000)).convert("RGB").save(photo, quality=95)
    return photo


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_photo_is_added_on_a_small_phone(browser: Browser, tmp_path: Path, scripts: bool) -> None:
    photo, sent = taken(tmp_path), list[int]()

    def note(request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/photo"):
            sent.append(request.sizes()["requestBodySize"])

    with (
        serve_depot(settings(tmp_path / "data")) as running,
        open_window(browser, running.base_url, SMALL_PHONE, scripts=scripts) as opened,
    ):
        page = opened.page
        join(page, running)
        page.on("requestfinished", note)
        page.goto("/stock/items/new")
        page.get_by_label("Name", exact=True).fill("Beans")
        page.get_by_label("Category").select_option(index=1)
        page.get_by_text("pieces", exact=True).click()
        page.get_by_role("button", name="Save the item").click()
        page.get_by_text("Add a photo").click()
        page.get_by_label("Photo", exact=True).set_input_files(photo)
        page.get_by_role("button", name="Keep the photo").click()
        shown = page.locator("img.photo")
        expect(shown).to_be_visible(timeout=PATIENCE_MS)  # a slow machine shrinks slowly
        assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 320
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALL_PHONE[0]
        if scripts:
            assert max(sent) < photo.stat().st_size // 4
        page.goto("/stock/items?q=Beans")
        thumb = page.locator("table .picture img")
        expect(thumb).to_be_visible()
        assert thumb.evaluate("image => image.decode().then(() => image.naturalWidth)") == 96
        assert not opened.complaints


def test_the_first_crate_stands_in_the_upper_half_of_a_small_phone(
    browser: Browser, tmp_path: Path
) -> None:
    with (
        serve_depot(settings(tmp_path / "data")) as running,
        open_window(browser, running.base_url, SMALL_PHONE) as opened,
    ):
        page = opened.page
        join(page, running)
        running.command("labels", "--count", "2", "--output", str(tmp_path / "labels.pdf"))
        page.goto("/crates?state=blank")
        first = page.locator("tbody tr").first.bounding_box()
        assert first is not None
        assert first["y"] <= 360
        page.locator("summary").filter(has_text="Order").click()
        expect(page.get_by_label("Rows on a page")).to_be_visible()
