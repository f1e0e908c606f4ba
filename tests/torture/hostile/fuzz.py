"""atheris, which looks which branches an input reaches, on the readers that take most.

    python -m tests.torture.hostile.fuzz gs1 5000       one reader, so many inputs

Its library is installed by `make torture` alone.
"""

from __future__ import annotations

import importlib
import importlib.util
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from tests.programs import Missing
from tests.torture.result import Result, tell

#: What is fuzzed, and how many of 100 inputs it gets.
FUZZED: Final = {"code": 25, "date": 25, "gs1": 25, "sheet": 20, "photo": 5}
_SEPARATE: Final = ("depot.imports", "depot.items.gs1", "depot.base", "labels.symbols")


def fuzz(name: str, runs: int, corpus: Path) -> None:
    """Fuzz a reader in this process, which libFuzzer ends."""
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=list(_SEPARATE)):
        from tests.torture.hostile.readers import READERS, problem_with
    reader = READERS[name]
    for number, seed in enumerate(reader.seeds):
        file = corpus / f"seed{number}"
        file.write_bytes(seed if isinstance(seed, bytes) else seed.encode())

    def one_input(data: bytes) -> None:
        given = data if reader.takes_bytes else data.decode("utf-8", "surrogateescape")
        if problem := problem_with(reader, given):
            raise RuntimeError(f"{problem}: {given!r}")

    options = [f"-runs={runs}", "-timeout=30", "-rss_limit_mb=2048", "-max_len=8192"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], one_input)
    atheris.Fuzz()


def torture(count: int) -> Iterator[Result]:
    """Fuzz each reader in a process of its own. Raises Missing without atheris."""
    if importlib.util.find_spec("atheris") is None:
        raise Missing("atheris is missing (`make torture` installs it where it can be had)")
    wrong = list[str]()
    for name, share in FUZZED.items():
        runs = max(1, count * share // 100)
        with tempfile.TemporaryDirectory(prefix="depot-fuzz-") as corpus:
            words = [sys.executable, "-m", __spec__.name, name, str(runs), corpus]
            done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode:
            wrong.append(f"{name}: {done.stdout[-1500:]} {done.stderr[-1500:]}")
        tell(f"atheris {name}: {runs} inputs, {'wrong' if done.returncode else 'well'}")
    seen = "each read or refused with an error of its own, none hung"
    yield Result("fuzzed readings", f"{count:,} inputs: {', '.join(FUZZED)}", seen, wrong)


if __name__ == "__main__":
    fuzz(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
