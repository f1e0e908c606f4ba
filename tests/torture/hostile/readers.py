"""Every reader of what people and files say, and what it may answer whatever it is given.

A reader returns something or refuses with an error of its own; anything else is a bug, and so is
one that thinks longer than `MOST_SECONDS` of CPU about one input.
"""

from __future__ import annotations

import io
import signal
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, TypeAlias

import openpyxl
import qrcode

from depot.backups.proving import restore_beside
from depot.base.dates import parse_lot_date
from depot.base.errors import BackupRefused, DepotError
from depot.base.names import clean_name, find_almost
from depot.base.periods import parse_period
from depot.imports.amounts import parse_amount
from depot.imports.rows.fields import CRATES, ITEMS, LOCATIONS, STOCK
from depot.imports.rows.matching import guess_columns
from depot.imports.rows.stated_dates import date_order, parse_date
from depot.imports.rows.values import parse_quantity, parse_text, parse_weight
from depot.imports.sheets.reader import read_table
from depot.imports.stated_times import parse_moment
from depot.items.gs1 import read_code
from labels.errors import LabelError
from labels.symbols.codes import normalise_code, parse_code, suggestions
from labels.symbols.reading import read_photo

Given: TypeAlias = str | bytes
MOST_SECONDS: Final = 10.0
_TODAY: Final = date(2026, 11, 27)
_NOW: Final = datetime(2026, 11, 27, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Reader:
    """Something that reads: what it does, what it may refuse with, and what is right for it."""

    read: Callable[[Any], object]
    seeds: Sequence[Given]
    refuses: tuple[type[Exception], ...] = (DepotError,)
    #: How many of 1,000 hostile inputs it gets; files cost more than words.
    share: int = 60

    @property
    def takes_bytes(self) -> bool:
        return isinstance(self.seeds[0], bytes)


class TookTooLong(Exception):
    """One input took more CPU time than it may."""


@contextmanager
def limited() -> Iterator[None]:
    """Raise TookTooLong in here after MOST_SECONDS of CPU time."""

    def ring(_signal: int, _frame: object) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def problem_with(reader: Reader, given: Given) -> str:
    """Let it read, and return what was wrong with that; nothing if it read or refused."""
    try:
        with limited():
            reader.read(given)
    except reader.refuses:
        return ""
    except TookTooLong:
        return f"thinks longer than {MOST_SECONDS:g} s"
    except Exception as error:
        return f"{type(error).__name__}: {error}"[:300]
    return ""


def _sheet(data: bytes) -> object:
    """Read a table and guess what each column of it is, as the page of an import does."""
    table = read_table(data, "list")
    return [
        guess_columns(kind, table.headers, table.rows) for kind in (ITEMS, LOCATIONS, CRATES, STOCK)
    ]


def _backup(data: bytes) -> object:
    with tempfile.TemporaryDirectory(prefix="depot-hostile-") as folder:
        file = Path(folder) / "kept.depot"
        file.write_bytes(data)
        return restore_beside(file, Path(folder) / "copy.sqlite3")


def _period(text: str) -> object:
    return [parse_period(text, start) for start in (0, 1, 6)]


def _name(text: str) -> object:
    return find_almost(clean_name(text), ["Rice", "Beans, dried", text])


def _moment(text: str) -> object:
    day, _blank, clock = text.partition(" ")
    return parse_moment(day, clock, "America/New_York", _NOW)


def workbook() -> bytes:
    """Return a small workbook with words, numbers, a date and a formula."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    rows: tuple[tuple[Any, ...], ...] = (
        ("Name", "Quantity", "Best before", "Weight"),
        ("Rice", 12, date(2027, 5, 1), "=B2*2"),
        ("Beans", 3.5, "05/2027", "2 kg"),
    )
    for row in rows:
        book.worksheets[0].append(row)
    book.save(out)
    return out.getvalue()


def photo(form: str = "PNG") -> bytes:
    """Return a small picture of a crate's label."""
    out = io.BytesIO()
    picture = qrcode.make("https://depot.example/C/7K3M9QX2", box_size=3)
    picture.get_image().convert("L").save(out, form)
    return out.getvalue()


def backup() -> bytes:
    """Return a database that is no depot's, which is what most damaged backups look like."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.sqlite3"
        with sqlite3.connect(file) as connection:
            connection.execute("CREATE TABLE depot (id INTEGER, name TEXT)")
            connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
            connection.execute("INSERT INTO alembic_version VALUES ('0001')")
        connection.close()
        return file.read_bytes()


_CSV: Final = (
    b'Name;Quantity;Best before\nRice;12;2027-05\n"Beans; dried";3,5 kg;31.12.2026\n',
    "Artikel\tMenge\nÄpfel\t1.200 g\n".encode("utf-16"),
    b"name,code\nOats,5000112637922\n",
)
READERS: Final[dict[str, Reader]] = {
    "code": Reader(parse_code, ("7K3M-9QX2", "https://a.b/C/7K3M9QX2"), (LabelError,)),
    "near code": Reader(
        lambda text: (normalise_code(text), suggestions(text, ["7K3M-9QX2", "ABCD-EFGH"])),
        ("7K3M-9QX3", "7K3M9QX"),
        (),
    ),
    "gs1": Reader(
        lambda text: read_code(text, _TODAY, "Europe/Berlin"),
        (
            "]C10109506000134352\x1d17270531\x1d10ABC123",
            "(01)09506000134352(17)270531(10)ABC",
            "https://id.example.org/01/09506000134352?17=270531",
            "2012345006504",
        ),
        (),
    ),
    "date": Reader(parse_date, ("2027-05-31", "end of May 2027", "31.12.26", "05/2027")),
    "dates": Reader(
        lambda text: date_order(text.split("|")), ("31/12/2026|12/31/2026", "1.2.26|2.1.26"), ()
    ),
    "lot date": Reader(parse_lot_date, ("2027-05-31", "2027-05", "2027-Q2", "2027")),
    "moment": Reader(_moment, ("2026-11-27 14:30", "27.11. 2:30 pm")),
    "period": Reader(_period, ("2026-W47", "2026-11", "2026-01-05..2026-01-11", "2026-Q4")),
    "amount": Reader(parse_amount, ("3 x 2 kg + 1", "1½", "12 cans", "2,5 kg")),
    "quantity": Reader(parse_quantity, ("about 12", "3 boxes", "1.200,5 g")),
    "weight": Reader(parse_weight, ("2 lb 3 oz", "1,5 kg", "500")),
    "text": Reader(parse_text, ("Rice, white", "Ünïcode")),
    "name": Reader(_name, ("Rice", "Beans,  dried")),
    "sheet": Reader(_sheet, (*_CSV, workbook()), share=200),
    "photo": Reader(read_photo, (photo(), photo("JPEG")), (LabelError,), share=20),
    "backup": Reader(_backup, (backup(),), (BackupRefused,), share=20),
}
