"""What the scan page makes a phone fetch: little, over a slow line."""

from __future__ import annotations

import gzip
import re

from flask import Flask

from blueprints.browser.bundles import FOLDER, bundle_import_urls, bundle_url
from tests.clients import Client

#: Bytes of all scripts of the scan page as they are sent, without the decoder.
MOST = 60_000


def scripts_of(page: str) -> set[str]:
    """Return the addresses of a page's scripts and of what they import."""
    found = set(re.findall(r'<script[^>]*src="([^"]+)"', page))
    for name in ("scan", "wedge", "outbox"):
        if any(f"/{name}-" in address for address in found):
            found |= set(bundle_import_urls(name))
    return found


def test_the_scripts_of_the_scan_page_are_light(app: Flask) -> None:
    ben = Client.signed_in(app, "ben")
    addresses = scripts_of(ben.get("/scan"))
    assert bundle_url("scan") in addresses
    weights = {
        address: len(gzip.compress(ben.raw(address, buffered=True).data, 9))
        for address in addresses
    }
    assert min(weights.values()) > 0
    assert sum(weights.values()) <= MOST, weights


def test_the_decoder_is_in_none_of_them(app: Flask) -> None:
    ben = Client.signed_in(app, "ben")
    for address in scripts_of(ben.get("/scan")):
        assert b"readBarcodes" not in ben.raw(address, buffered=True).data, address
    decoder = FOLDER / bundle_url("decoder").rpartition("/")[2]
    assert b"readBarcodes" in decoder.read_bytes()
