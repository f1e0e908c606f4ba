"""What every test of a request ends with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.ledger_check import checked


@pytest.fixture(autouse=True)
def ledger_holds(request: pytest.FixtureRequest) -> Iterator[None]:
    """After the test everything kept beside the book adds up, unless it is marked otherwise."""
    yield from checked(request)
