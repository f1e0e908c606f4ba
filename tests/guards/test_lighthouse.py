"""What `make lighthouse` counts is what Lighthouse says: nothing rounded up, nothing unpacked."""

from __future__ import annotations

import json
from typing import Any

from tests.eyes.lighthouse.__main__ import section
from tests.eyes.lighthouse.tool import FOUR, Asked, middle_of, read


def report(performance: float, *sent: dict[str, Any]) -> str:
    scores = dict.fromkeys(FOUR, 1.0) | {"performance": performance}
    return json.dumps(
        {
            "lighthouseVersion": "13.5.0",
            "categories": {name: {"score": score} for name, score in scores.items()},
            "audits": {"network-requests": {"details": {"items": sent}}},
        }
    )


def sent(kind: str, over_the_wire: int, size: int) -> dict[str, Any]:
    return {"url": "/a", "mimeType": kind, "transferSize": over_the_wire, "resourceSize": size}


def test_a_page_that_falls_short_is_named_with_its_figure() -> None:
    assert read(report(0.95)).short == []
    assert read(report(0.949)).short == ["performance 94"]
    assert read(report(0.29)).scores["performance"] == 29  # 0.29 * 100 is a little less


def test_words_that_come_unpacked_fall_short_and_pictures_may() -> None:
    assert read(report(1, sent("text/html", 9_000, 8_800))).short == ["not packed: /a"]
    packed = read(report(1, sent("text/html", 3_000, 8_800), sent("image/png", 9_000, 8_800)))
    assert (packed.short, packed.sent_bytes) == ([], 12_000)
    assert read(report(1, sent("text/css", 900, 600))).short == []  # its head is longer than it


def test_the_middle_of_several_tries_counts() -> None:
    found = [read(report(score)) for score in (0.9, 0.99, 0.96)]
    assert middle_of(found).scores["performance"] == 96


def test_figures_are_written_as_a_table() -> None:
    scores = dict.fromkeys(FOUR, 100) | {"performance": 99}
    written = section({"Today": Asked(scores, 68_400, (), "13.5.0")})
    assert "Lighthouse 13.5.0" in written
    assert "| Today | 99 | 100 | 100 | 100 | 68 kB |" in written
