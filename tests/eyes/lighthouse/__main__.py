"""`make lighthouse`: fifteen pages of the demo, each at least 95 in each of the four; five minutes.

make lighthouse                       all of them, and writes them to docs/figures.md
make lighthouse PAGES=/hand-outs      only addresses that begin so, and writes nothing
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

from tests import figures
from tests.browser import ARGUMENTS, driver, find_chromium
from tests.eyes.demo import Demo, serve_demo
from tests.eyes.lighthouse.tool import FOUR, LEAST, Asked, ask, install
from tests.serving import free_port

HEADING: Final = "## Lighthouse"
#: What strangers see, and what somebody does on a shift. One with a backslash is of many things.
OUTSIDE: Final = (("sign-in", "/sign-in"), ("what is needed, for everybody", "/bring/norwood"))
INSIDE: Final = (
    ("Today", r"/"),
    ("log a donation", r"/donations/new"),
    ("scan", r"/scan"),
    ("crates", r"/crates"),
    ("a crate", r"/crates/\w{4}-\w{4}"),
    ("stock by item", r"/stock/"),
    ("an item", r"/stock/items/\d+"),
    ("places", r"/stock/places"),
    ("hand-outs", r"/hand-outs"),
    ("a hand-out", r"/hand-outs/\d+"),
    ("the week's report", r"/reports/weekly"),
    ("search", r"/search?q=rice"),
    ("shifts", r"/rota/"),
)


@contextmanager
def open_profile(home: Path, port: int) -> Iterator[Page]:
    """Yield a page of a Chromium that Lighthouse can join at `port`, with the same cookies."""
    arguments = [*ARGUMENTS, f"--remote-debugging-port={port}"]
    with driver() as playwright:
        context = playwright.chromium.launch_persistent_context(
            home, executable_path=find_chromium(), args=arguments, service_workers="block"
        )
        try:
            yield context.pages[0]
        finally:
            context.close()


def run(demo: Demo, home: Path) -> Iterator[tuple[str, Asked]]:
    """Yield what Lighthouse says of each page: first as a stranger, then signed in."""
    program, port, begun = install(), free_port(), os.environ.get("PAGES") or "/"
    known = demo.addresses()
    inside = [(name, _address(pattern, known)) for name, pattern in INSIDE]
    with open_profile(home, port) as page:
        for pages in (OUTSIDE, inside):
            if pages is inside:
                demo.enter(page)
                page.goto("about:blank")
            for name, path in pages:
                if path.startswith(begun):
                    yield name, ask(program, demo.running.base_url + path, port)


def _address(pattern: str, known: list[str]) -> str:
    """Return the address itself, or of one of many that look like it the first that is known."""
    if "\\" not in pattern:
        return pattern
    plain = (path.partition("?")[0] for path in known)
    return next(path for path in plain if re.fullmatch(pattern, path))


def main() -> int:
    """Ask, print and write down; return 0 if nothing falls short."""
    found: dict[str, Asked] = {}
    with tempfile.TemporaryDirectory(prefix="depot-lighthouse-") as made:
        with serve_demo(Path(made) / "depot") as demo:
            for name, asked in run(demo, Path(made) / "browser"):
                found[name] = asked
                sys.stdout.write(f"{name}: {' '.join(cells(asked))} {'; '.join(asked.short)}\n")
                sys.stdout.flush()
    if not os.environ.get("PAGES"):
        figures.put_section(figures.FIGURES, HEADING, section(found))
    return 1 if any(asked.short for asked in found.values()) else 0


def cells(asked: Asked) -> list[str]:
    """Return the figures of a page as they are written down."""
    return [*(str(asked.scores[name]) for name in FOUR), f"{asked.sent_bytes / 1000:.0f} kB"]


def section(found: dict[str, Asked]) -> str:
    """Return the section of docs/figures.md."""
    (version,) = {asked.version for asked in found.values()}
    titles = ["page", *FOUR.values(), "sent, packed"]
    rows = [titles, ["---"] + ["---:"] * (len(titles) - 1)]
    rows += [[name, *cells(asked)] for name, asked in found.items()]
    words = (
        f"`make lighthouse`: Lighthouse {version} as on a slow phone, nothing kept of before;"
        f" {LEAST} is the least in each. {figures.now_and_here()}."
    )
    return f"{words}\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows)


if __name__ == "__main__":
    sys.exit(main())
