"""What a person is shown: an answer without its markup, and without what is made by chance."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any, Final

from werkzeug.test import TestResponse

#: Made by chance or by the clock, for each answer anew: ids of commands, codes, times, seals.
_CHANGES: Final = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"  # a command's id
    r"|\b[0-9A-Z]{4}-[0-9A-Z]{4}\b"  # a crate's code
    r"|\b\d{1,2}:\d{2}(:\d{2})?(\.\d+)?( [AP]M)?\b"  # a time of day
    r"|just now|\d+ min ago"
    r"|\b[0-9a-f]{4}( [0-9a-f]{4}){3}\b|\b[0-9a-f]{64}\b"  # a seal
    r"|depot-\w+-[\w-]+"  # a file's name, with its moment
    r"|https?://\S+"  # a link, with a secret in it
    r"|(?<!\w)/[a-z][\w/.-]*"  # an address, with ids in it
)
#: Of what programs are told, what names a row or a moment.
_NAMES: Final = re.compile(r"(^|_)(ids?|code|codes|href|seal|etag|at|url|path|token)$")


class _Text(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A figure may stand in a field or in a label for screen readers too."""
        found = {name: value or "" for name, value in attrs}
        wanted = ["aria-label", "title", "placeholder"]
        if tag in ("input", "meter", "progress") and found.get("type") not in ("hidden", "radio"):
            wanted += ["value", "min", "max"]
        self.parts += [found[name] for name in wanted if name in found]


def shown_text(answer: TestResponse) -> str:
    """Return what the answer tells: a page's text, a program's figures; "" for files of bytes."""
    if answer.mimetype == "application/json":
        return json.dumps(_plain(answer.get_json()), sort_keys=True)
    kind = answer.mimetype or ""
    if not kind.startswith("text/") and not kind.endswith("xml"):
        return ""
    text = answer.get_data(as_text=True)
    parts = _Text(text).parts if kind == "text/html" else [text]
    return " ".join(_CHANGES.sub("…", " ".join(parts)).split())


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: _plain(one)
            for name, one in value.items()
            if not (_NAMES.search(name) or (name == "entries" and _are_ids(one)))
        }
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return _CHANGES.sub("…", value) if isinstance(value, str) else value


def _are_ids(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, int) for one in value)
