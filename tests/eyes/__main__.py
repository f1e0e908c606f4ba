"""`make axe`: every page of the demo depot, in every way of looking; a quarter of an hour.

make axe                              everything
make axe WAYS="dark,320 px"           some ways of looking only
make axe PAGES=/hand-outs             only addresses that begin so
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tests.browser import run_chromium
from tests.eyes.demo import OUTSIDE, serve_demo
from tests.eyes.looking import WAYS, look, open_way


def main() -> int:
    """Look, print what is wrong, and return 0 if nothing is."""
    named = os.environ.get("WAYS")
    ways = [way for way in WAYS if not named or way.name in named.split(",")]
    begun = os.environ.get("PAGES") or "/"
    wrong = 0
    with (
        tempfile.TemporaryDirectory(prefix="depot-eyes-") as data,
        serve_demo(Path(data)) as demo,
        run_chromium() as browser,
    ):
        inside = [path for path in demo.addresses() if path.startswith(begun)]
        state = demo.sign_in(browser)
        for way in ways:
            for addresses, cookies in ((OUTSIDE, None), (inside, state)):
                with open_way(browser, demo.running.base_url, way, cookies) as page:
                    for address in addresses:
                        found = look(page, address, way)
                        wrong += len(found)
                        sys.stdout.writelines(f"{one}\n" for one in found)
                        sys.stdout.flush()
    sys.stdout.write(f"{len(inside) + len(OUTSIDE)} pages, {len(ways)} ways, {wrong} findings\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
