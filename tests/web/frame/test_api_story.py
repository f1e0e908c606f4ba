"""One small story told over the API, whose answers stay byte for byte what they were.

`tests/data/api_story.json` holds them. What differs from run to run is written as what it is: codes
of crates, seals, and when the server took something down. Who changes an answer on purpose writes
the file anew, with `DEPOT_WRITE_STORY=1`, and reads what changed in it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from flask import Flask

from tests.builders import find_actor, make_token

STORED = Path(__file__).parents[2] / "data" / "api_story.json"
BREAD = {"item": "Bread", "quantity": 12, "unit": "piece", "category": "Bread"}
RICE = {"item": "Rice", "quantity": 40, "date": "2026-05", "lot_code": "L7"}
#: Method, path and body; {1} and {2} are the first crates that were made.
STORY: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("POST", "/crates", {"count": 2}),
    ("POST", "/receipts", {"source": {"kind": "farm", "partner": "Hill farm"}, "lines": [RICE]}),
    (
        "POST",
        "/receipts",
        {
            "source": {"kind": "donation"},
            "note": "Left early",
            "lines": [BREAD | {"crate_code": "{1}"}],
        },
    ),
    ("POST", "/receipts", {"source": {"kind": "gift"}, "lines": []}),
    ("POST", "/receipts", {"source": {"kind": "farm"}, "lines": [RICE | {"date": "2026-13"}]}),
    ("GET", "/crates/{1}", {}),
    ("POST", "/crates/{1}/move", {"to": "Arrivals"}),
    (
        "POST",
        "/crates/{2}/fill",
        {"source": "Arrivals", "lines": [{"item": "Rice", "quantity": 15}]},
    ),
    ("POST", "/crates/{2}/move", {"to": "{1}"}),
    ("POST", "/crates/{1}/count", {"lines": [{"item": "Bread", "counted_quantity": 11}]}),
    (
        "POST",
        "/crates/{2}/take-out",
        {"reason": "damaged", "lines": [{"item": "Rice", "quantity": 2}]},
    ),
    (
        "POST",
        "/crates/{2}/take-out",
        {"reason": "issue", "lines": [{"item": "Rice", "quantity": 99}]},
    ),
    ("POST", "/crates/{2}/take-out", {"reason": "mislaid"}),
    ("POST", "/crates/{1}/retire", {}),
    ("POST", "/crates/ABCD-EFGH/move", {"to": "Arrivals"}),
    ("GET", "/crates/{2}", {}),
    (
        "POST",
        "/events",
        {"name": "Market", "starts_at": "2025-03-14T10:00:00+00:00", "place": "Hall"},
    ),
    ("POST", "/events/1/issues", {"lines": [{"item": "Rice", "quantity": 5}], "crate_code": None}),
    ("POST", "/events/1/returns", {"lines": [{"item": "Rice", "quantity": 1}]}),
    ("POST", "/events/1/people", {"households": 7, "adults": 9, "children": 4}),
    ("POST", "/events/1/close", {}),
    ("POST", "/events/1/people", {"households": -1}),
    (
        "POST",
        "/production",
        {
            "inputs": [{"item": "Rice", "quantity": 3}],
            "outputs": [
                {"item": "Rice bowl", "quantity": 6, "unit": "piece", "date": "2025-03-20"}
            ],
        },
    ),
    ("POST", "/entries/2/reversal", {"reason": "Logged twice"}),
    ("POST", "/entries/2/reversal", {"reason": "Logged twice, again"}),
    ("GET", "/entries?limit=5", {}),
    ("GET", "/entries/1", {}),
    ("GET", "/entries/4711", {}),
    ("GET", "/items", {}),
    ("GET", "/items?text=rice", {}),
    ("GET", "/locations", {}),
    ("GET", "/partners", {}),
    ("GET", "/stock", {}),
    ("GET", "/stock?as_of=2025-03-14T12:00:00Z", {}),
    ("GET", "/reports/weekly?week=2025-W11", {}),
    ("GET", "/reports/weekly?week=2025-W99", {}),
    ("GET", "/reports/period?period=2025-03", {}),
    ("POST", "/reports/filed", {"period": "2025-W11"}),
    ("GET", "/reports/filed", {}),
    ("GET", "/reports/filed/1/late", {}),
    ("GET", "/events", {}),
    (
        "POST",
        "/sync",
        {
            "device_id": "phone-1",
            "commands": [
                {
                    "type": "move",
                    "command_id": "4f0e8f3e-3f0c-4a53-9d5e-0d5a1f1f1f1f",
                    "occurred_at": "2025-03-14T12:00:00Z",
                    "crate_code": "{2}",
                    "to": "Arrivals",
                }
            ],
        },
    ),
    ("GET", "/nothing", {}),
)
#: Writes that take no time of their own.
TIMELESS = ("/reversal", "/sync", "/filed")
_VARYING = (
    (
        re.compile(
            r'("(?:recorded|generated|opened|closed|called_off|packed|filed)_at": ?)"[^"]+"'
        ),
        r'\1"WHEN"',
    ),
    (re.compile(r"\b[0-9a-f]{64}\b"), "SEAL"),
    (re.compile(r'("(?:seal|ledger_seal|short_seal)": ?)"[0-9A-Fa-f -]+"'), r'\1"SEAL"'),
)


def told(app: Flask, headers: dict[str, str]) -> Iterator[str]:
    """Yield every step of the story with its status and the text of its answer."""
    http, codes = app.test_client(), ["", ""]
    for number, (method, path, body) in enumerate(STORY):
        sent = dict(body)
        if method == "POST" and not path.endswith("/sync"):
            sent["command_id"] = str(uuid5(NAMESPACE_URL, f"step {number}"))
            if not path.endswith(TIMELESS):
                sent["occurred_at"] = f"2025-03-14T{8 + number // 12:02}:{number % 12 * 5:02}:00Z"
        asked = json.loads(_filled(json.dumps([path, sent]), codes))
        answer = http.open(
            "/api/v1" + asked[0],
            method=method,
            json=asked[1] if method == "POST" else None,
            headers=headers,
        )
        text = answer.get_data(as_text=True)
        if path == "/crates":
            codes = json.loads(text)["codes"]
        for pattern, plain in _VARYING:
            text = pattern.sub(plain, text)
        for place, code in enumerate(codes, start=1):
            text = text.replace(code, f"CODE-{place}") if code else text
        yield f"{method} {path} -> {answer.status_code} {text}"


def _filled(text: str, codes: list[str]) -> str:
    return text.replace("{1}", codes[0]).replace("{2}", codes[1])


def test_the_story_is_answered_as_it_was(app: Flask) -> None:
    with app.app_context():
        token = make_token("story", "coordinator", find_actor("ada"))
    answers = list(told(app, {"Authorization": f"Bearer {token}"}))
    if os.environ.get("DEPOT_WRITE_STORY"):
        STORED.write_text(json.dumps(answers, indent=1, ensure_ascii=False) + "\n")
    assert answers == json.loads(STORED.read_text())
