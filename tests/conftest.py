"""What every test may ask for."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.databases import Server, postgres_server
from tests.outside import Missing, skip_or_fail

# No deadline: a shared machine stalls now and then, and time is the benchmark's business.
settings.register_profile(
    "depot", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("torture", settings.get_profile("depot"), max_examples=10_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "depot"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server; skips (under CI=true: fails) where none can be found or started."""
    try:
        with postgres_server() as server:
            yield server
    except Missing as missing:
        skip_or_fail(missing)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; skips (under CI=true: fails) where none is installed."""
    try:
        with chromium() as running:
            yield running
    except Missing as missing:
        skip_or_fail(missing)
