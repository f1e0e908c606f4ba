"""A million mixed requests in one process, whose memory must not grow with them.

What is read and written is what a busy day has: crates looked up, goods in and out, a phone's
batches, pages, lists, papers. After the first tenth everything that is kept is kept; from then on
the memory may wander and must not climb.
"""

from __future__ import annotations

import gc
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from tests.clients import Client
from tests.torture.ground import Ground, made_in
from tests.torture.result import Result, tell
from tests.web.phone_client import make_command

#: What is asked for, and how often among 100.
READ: Final = (
    ("/crates/{code}", 20),
    ("/api/v1/crates/{code}", 20),
    ("/api/v1/stock", 3),
    ("/", 3),
    ("/stock/items", 3),
    ("/scan", 2),
    ("/sign-in", 3),
    ("/crates/list.csv", 1),
    ("/crates/list.xlsx", 1),
    ("/crates/{code}/label.png", 1),
    ("/nothing-here", 3),
    ("/healthz", 10),
)
_SAMPLES: Final = 50
_MB: Final = 1_000_000
#: So much may the later half hold above the earlier one, each by its middle.
MOST_GROWTH_MB: Final = 8.0


def resident_mb() -> float:
    """Return how much memory this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / _MB


class Day:
    """The requests of a busy day, one after another."""

    def __init__(self, ground: Ground, seed: int = 1) -> None:
        self._chance = random.Random(seed)
        self._client = Client.signed_in(ground.app(), "ada").http
        self._headers = dict(ground.headers)
        self._code = str(ground.north.ids["code"])
        self._paths = [path for path, share in READ for _ in range(share)]
        self._reads = len(self._paths)

    def ask(self) -> str:
        """Send the next request; return what was wrong with its answer, if anything was."""
        at = self._chance.randrange(100)
        if at < self._reads:
            path = self._paths[at].format(code=self._code)
            answer = self._client.get(path, headers=self._headers if "/api/" in path else None)
            is_well = answer.status_code in (200, 304, 302) or path == "/nothing-here"
        else:
            path, body = self._write(at)
            answer = self._client.post(path, json=body, headers=self._headers)
            is_well = answer.status_code in (200, 201)
        said = "" if is_well else f"{path} is answered {answer.status_code}"
        answer.close()
        return said

    def _write(self, at: int) -> tuple[str, dict[str, Any]]:
        lines = [{"item": "Rice", "quantity": 1 + at % 3}]
        source = {"kind": "donation"}
        if at % 3:
            body = {"command_id": str(uuid4()), "source": source, "lines": lines}
            return "/api/v1/receipts", body
        moved = make_command("move", crate_code=self._code, to=("Arrivals", "On hold")[at % 2])
        got = make_command("receipt", source=source, lines=lines)
        return "/api/v1/sync", {"device_id": "x", "commands": [got, moved]}


def is_flat(samples: list[float]) -> bool:
    """Say whether the memory stopped growing after the first tenth of the samples."""
    kept = samples[len(samples) // 10 :]
    half = len(kept) // 2
    return _middle(kept[half:]) - _middle(kept[:half]) <= MOST_GROWTH_MB


def _middle(samples: list[float]) -> float:
    return sorted(samples)[len(samples) // 2]


def watch(ground: Ground, count: int) -> tuple[list[float], list[str]]:
    """Send so many requests; return the memory every so often, and what was wrong."""
    day, wrong, samples = Day(ground), set[str](), list[float]()
    step = max(1, count // _SAMPLES)
    for number in range(1, count + 1):
        if said := day.ask():
            wrong.add(said)
        if number % step == 0:
            gc.collect()
            samples.append(resident_mb())
            tell(f"{number} requests, {samples[-1]:.1f} MB")
    return samples, sorted(wrong)


def torture(count: int) -> Iterator[Result]:
    """Send so many requests to a depot in this process."""
    with made_in() as ground:
        samples, wrong = watch(ground, count)
    if not is_flat(samples):
        wrong.append(f"the memory climbs: {', '.join(f'{one:.0f}' for one in samples)}")
    tenth = samples[len(samples) // 10]
    seen = f"{tenth:.0f} MB after a tenth, {samples[-1]:.0f} MB at the end, {max(samples):.0f} most"
    yield Result("mixed requests", f"{count:,} requests, one process", seen, wrong)
