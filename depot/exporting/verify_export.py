"""Check a whole export of Depot: python3 verify.py [EXPORT.zip or FOLDER]

Uses Python's standard library alone and shares no code with the program that wrote the export.
Exit code 0: all is well. 1: something is not, and each difference is named. 2: wrong usage.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

FORMAT = 1
GENESIS = "0" * 64
INSIDE = ("storage", "crate", "quarantine", "transit")
MOST_NAMED = 20


class Broken(Exception):
    """The export cannot be read at all."""


class Export:
    """The files of an export, in a zip or unpacked in a folder."""

    def __init__(self, place: Path) -> None:
        self.zip: zipfile.ZipFile | None = None
        self.folder = place
        if place.is_file():
            try:
                self.zip = zipfile.ZipFile(place)
            except zipfile.BadZipFile as error:
                raise Broken(f"{place} is no zip: {error}") from error

    def open(self, name: str) -> IO[bytes]:
        """Open one file of the export. Raises Broken if it is not there."""
        try:
            if self.zip is not None:
                return self.zip.open(name)
            return (self.folder / name).open("rb")
        except (KeyError, FileNotFoundError) as error:
            raise Broken(f"{name} is missing") from error

    def lines(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield the lines of a file, each JSON, with their numbers."""
        with self.open(name) as opened:
            for number, line in enumerate(io.TextIOWrapper(opened, "utf-8"), start=1):
                try:
                    yield number, json.loads(line)
                except ValueError as error:
                    raise Broken(f"line {number} of {name} is no JSON") from error

    def table(self, name: str) -> Iterator[dict[str, str]]:
        """Yield the rows of a table."""
        with self.open(f"tables/{name}.csv") as opened:
            text = io.TextIOWrapper(opened, "utf-8", newline="")
            yield from csv.DictReader(text)


class Check:
    """What was found: the differences, and how much was read."""

    def __init__(self, export: Export) -> None:
        self.export = export
        self.problems: list[str] = []
        self.entries = self.moves = self.reports = 0
        self.seal = GENESIS
        self.balances: dict[tuple[int, int], int] = {}
        self.kinds: dict[int, str] = {}
        self.seal_at: dict[int, str] = {}

    def wrong(self, sentence: str) -> None:
        """Note a difference."""
        self.problems.append(sentence)

    def files(self, manifest: dict[str, Any]) -> None:
        """Compare each file with its digest in the manifest."""
        for name, told in sorted(manifest["files"].items()):
            digest = hashlib.sha256()
            with self.export.open(name) as opened:
                while part := opened.read(1 << 20):
                    digest.update(part)
            if digest.hexdigest() != told["sha256"]:
                self.wrong(f"{name} is not as it was written")

    def ledger(self, manifest: dict[str, Any], wanted_line: int | None) -> None:
        """Walk the ledger: seals, numbers, moves, balances."""
        self.kinds = {int(row["id"]): row["kind"] for row in self.export.table("location")}
        for number, line in self.export.lines("ledger.jsonl"):
            self.entries += 1
            text = str(line.get("text", ""))
            self.seal = chained(self.seal, text)
            if line.get("seal") != self.seal:
                self.wrong(f"entry {number}: its seal does not follow from what it says")
                self.seal = str(line.get("seal"))
            if number == wanted_line:
                self.seal_at[number] = self.seal
            self.entry(number, line, json.loads(text) if text else {})
        if (self.entries, self.seal) != (manifest["entries"], manifest["seal"]):
            self.wrong(
                f"the ledger ends with entry {self.entries}, seal {short(self.seal)};"
                f" it was exported with {manifest['entries']}, {short(manifest['seal'])}"
            )

    def entry(self, number: int, line: dict[str, Any], told: dict[str, Any]) -> None:
        """Check one entry and add its moves up."""
        if not line.get("seq") == told.get("seq") == number:
            self.wrong(f"entry {number}: its number is {line.get('seq')} and {told.get('seq')}")
        for move in told.get("moves", ()):
            self.moves += 1
            _item, lot, source, target, quantity, *_more = move
            if type(quantity) is not int or quantity <= 0 or source == target:
                self.wrong(f"entry {number}: it moves {quantity} from {source} to {target}")
                continue
            self.add(number, source, lot, -quantity)
            self.add(number, target, lot, quantity)

    def add(self, number: int, place: int, lot: int, change: int) -> None:
        """Change what lies at a place; the world outside has no stock."""
        kind = self.kinds.get(place)
        if kind is None:
            self.wrong(f"entry {number}: place {place} is not known")
        elif kind in INSIDE:
            key = place, lot
            self.balances[key] = self.balances.get(key, 0) + change
            if not self.balances[key]:
                del self.balances[key]

    def stock(self) -> None:
        """Compare what was added up with the table of balances."""
        told: dict[tuple[int, int], int] = {}
        for row in self.export.table("stock_balance"):
            told[int(row["location_id"]), int(row["lot_id"])] = int(row["quantity"])
        for key in sorted(told.keys() | self.balances.keys()):
            here, written = self.balances.get(key, 0), told.get(key, 0)
            if here != written:
                self.wrong(
                    f"lot {key[1]} at place {key[0]}: the ledger gives {here},"
                    f" the table says {written}"
                )
            if here < 0:
                self.wrong(f"lot {key[1]} at place {key[0]}: there are {here}, less than nothing")

    def filed(self) -> None:
        """Walk the filed reports' own chain."""
        seal = GENESIS
        for number, line in self.export.lines("filed_reports.jsonl"):
            self.reports += 1
            text = str(line.get("text", ""))
            seal = chained(seal, text)
            if line.get("seal") != seal or json.loads(text or "{}").get("number") != number:
                self.wrong(f"filed report {number}: its seal does not follow from what it says")
                seal = str(line.get("seal"))

    def printed(self, line: int | None, seal: str) -> None:
        """Compare a seal that was printed on paper."""
        given = "".join(seal.split()).lower()
        found = self.seal_at.get(line, "") if line else self.seal
        if not given or not found.startswith(given):
            self.wrong(f"the seal {seal} is not that of line {line or self.entries}")


def chained(previous: str, text: str) -> str:
    """Return the seal of `text` after the seal `previous`."""
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def short(seal: str) -> str:
    """Return a seal as reports print it: sixteen digits in groups of four."""
    return " ".join(seal[start : start + 4] for start in range(0, 16, 4))


def checked(place: Path, line: int | None = None, seal: str | None = None) -> Check:
    """Check the export at `place`; return what was found. Raises Broken."""
    export = Export(place)
    with export.open("manifest.json") as opened:
        manifest = json.load(opened)
    if manifest.get("format") != FORMAT:
        raise Broken(f"this checks exports of form {FORMAT}, not {manifest.get('format')}")
    check = Check(export)
    check.files(manifest)
    check.ledger(manifest, line)
    check.stock()
    check.filed()
    if seal:
        check.printed(line, seal)
    return check


def main(words: list[str]) -> int:
    """Check what is named, say what was found, return the exit code."""
    parser = argparse.ArgumentParser(description="Check a whole export of Depot.")
    here = Path(__file__).resolve().parent
    parser.add_argument("export", nargs="?", type=Path, default=here, help="the zip, or its folder")
    parser.add_argument("--seal", help="a seal as it is printed on a report")
    parser.add_argument("--line", type=int, help="the line of the book that the seal is of")
    asked = parser.parse_args(words)
    try:
        check = checked(asked.export, asked.line, asked.seal)
    except (Broken, OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        sys.stdout.write(f"This export cannot be read: {error}\n")
        return 1
    for sentence in check.problems[:MOST_NAMED]:
        sys.stdout.write(f"{sentence}\n")
    if len(check.problems) > MOST_NAMED:
        sys.stdout.write(f"... and {len(check.problems) - MOST_NAMED} more\n")
    sys.stdout.write(
        f"{check.entries} entries, {check.moves} moves, {check.reports} filed reports: "
        f"{'it does NOT add up' if check.problems else 'all is well'}."
        f" Seal {short(check.seal)}\n"
    )
    return 1 if check.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
