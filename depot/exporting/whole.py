"""Writing the whole export: row by row into a zip on the disk, in memory that does not grow."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import Column, Table, Text, func, select
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.base.clock import Clock, utc_now
from depot.db.columns import Day, Flag, Instant
from depot.exporting.choice import exported_columns, exported_tables, rows_of
from depot.exporting.readme import readme
from depot.ledger.past.replay import StoredEntry, replay_entries
from depot.ledger.seal import canonical_text
from depot.lists.as_csv import guard_cell
from depot.models import ChainHead, ItemPhoto, Location, StockMove
from depot.reports.queries.filed import all_filed_reports, frozen_report
from depot.reports.sums.filing import canonical_json, sealed_text

#: The version of the form: a program that reads it refuses one it does not know.
FORMAT: Final = 1
#: Rows held in memory at once.
ROWS: Final = 2000
_PHOTOS: Final = 50
LEDGER: Final = "ledger.jsonl"
FILED: Final = "filed_reports.jsonl"
VERIFIER: Final = "verify.py"
MANIFEST: Final = "manifest.json"
#: A little slower than the fastest, a third smaller.
_LEVEL: Final = 4

Progress = Callable[[int], None]


def _nothing(_done: int) -> None:
    return


@dataclass(slots=True)
class _Made:
    """The zip as it grows, with what the manifest will say of each file."""

    archive: ZipFile
    moment: datetime
    progress: Progress
    files: dict[str, dict[str, Any]] = field(default_factory=dict)

    @contextmanager
    def file(self, name: str) -> Iterator[Callable[[str], None]]:
        """Open a file of the zip; what is yielded writes text into it."""
        info = self._info(name)
        info.compress_type = ZIP_DEFLATED
        digest, size = hashlib.sha256(), 0
        with self.archive.open(info, "w", force_zip64=True) as opened:

            def write(text: str) -> None:
                nonlocal size
                data = text.encode()
                digest.update(data)
                size += len(data)
                opened.write(data)

            yield write
        self.files[name] = {"sha256": digest.hexdigest(), "bytes": size}

    def keep(self, name: str, data: bytes) -> None:
        """Add a file that is small already."""
        self.archive.writestr(self._info(name), data)
        self.files[name] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}

    def _info(self, name: str) -> ZipInfo:
        info = ZipInfo(name, self.moment.timetuple()[:6])
        info.external_attr = 0o644 << 16
        return info


def count_steps(session: Session, depot_id: int) -> int:
    """Return how many steps `write_export` will tell its progress of."""
    moves = session.scalar(select(func.count()).where(StockMove.depot_id == depot_id)) or 0
    entries = session.scalar(select(ChainHead.seq).where(ChainHead.depot_id == depot_id)) or 0
    # the moves stand in the ledger's lines and again in their table; the rest is little beside them
    return moves + 2 * entries


def write_export(
    session: Session,
    depot: DepotView,
    to: IO[bytes] | Path,
    progress: Progress = _nothing,
    clock: Clock = utc_now,
) -> None:
    """Write the depot's whole export as a zip to a file.

    `session` should read one moment (`depot.db.transaction.snapshot_session`), so that all parts
    agree while others are writing. `progress` is told the steps done, some thousand at a time.
    """
    now = clock()
    with ZipFile(to, "w", compresslevel=_LEVEL) as archive:
        made = _Made(archive, now, progress)
        head = _write_ledger(made, session, depot)
        _write_filed(made, session, depot)
        for table in exported_tables():
            _write_table(made, session, depot.id, table)
        _write_photos(made, session, depot.id)
        with made.file("README.txt") as write:
            write(readme(depot, now, exported_tables()))
        with made.file(VERIFIER) as write:
            write((Path(__file__).parent / "verify_export.py").read_text())
        manifest = {
            "format": FORMAT,
            "depot": asdict(depot),
            "exported_at": now.isoformat(),
            "entries": head[0],
            "seal": head[1],
            "files": made.files,
        }
        archive.writestr(MANIFEST, json.dumps(manifest, indent=2, sort_keys=True) + "\n")


def _write_ledger(made: _Made, session: Session, depot: DepotView) -> tuple[int, str]:
    """Write a line for each entry; return the last one's number and seal."""
    kinds = {
        place: kind
        for place, kind in session.execute(
            select(Location.id, Location.kind).where(Location.depot_id == depot.id)
        )
    }
    seq, seal = 0, "0" * 64
    with made.file(LEDGER) as write:
        for chunk in replay_entries(session, depot.id, kinds):
            write("".join(map(_line, chunk)))
            seq, seal = chunk[-1].seq, chunk[-1].seal
            made.progress(len(chunk))
    return seq, seal


def _line(one: StoredEntry) -> str:
    told = {
        "id": one.entry_id,
        "seq": one.seq,
        "seal": one.seal,
        "text": canonical_text(one.entry, one.seq),
    }
    return canonical_json(told) + "\n"


def _write_filed(made: _Made, session: Session, depot: DepotView) -> None:
    with made.file(FILED) as write:
        for row in all_filed_reports(session, depot.id):
            text = sealed_text(frozen_report(session, depot.id, row.number))
            write(canonical_json({"number": row.number, "seal": row.seal, "text": text}) + "\n")


def _write_table(made: _Made, session: Session, depot_id: int, table: Table) -> None:
    columns = exported_columns(table)
    shapes = _shapes(columns)
    counts = table.name in (StockMove.__tablename__, "stock_entry")
    found = session.connection().execute(
        rows_of(table, depot_id), execution_options={"yield_per": ROWS}
    )
    with made.file(f"tables/{table.name}.csv") as write:
        write(_csv([[column.name for column in columns]]))
        for part in found.partitions():
            write(_csv(_shaped(part, shapes)))
            if counts:
                made.progress(len(part))


def _write_photos(made: _Made, session: Session, depot_id: int) -> None:
    statement = select(ItemPhoto.item_id, ItemPhoto.picture).where(ItemPhoto.depot_id == depot_id)
    ordered = statement.order_by(ItemPhoto.item_id)
    for item_id, picture in session.execute(ordered, execution_options={"yield_per": _PHOTOS}):
        made.keep(f"photos/{item_id}.jpg", picture)


def _csv(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV; a number is written as it is, None as nothing."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _shapes(columns: Sequence[Column[object]]) -> list[tuple[int, Callable[[Any], str]]]:
    """Return which columns are written otherwise than they are, and how: most are whole numbers."""
    shapes: list[tuple[int, Callable[[Any], str]]] = []
    for place, column in enumerate(columns):
        if isinstance(column.type, (Instant, Day)):
            shapes.append((place, lambda value: value.isoformat()))
        elif isinstance(column.type, Flag):
            shapes.append((place, lambda value: "true" if value else "false"))
        elif isinstance(column.type, Text):
            shapes.append((place, guard_cell))
    return shapes


def _shaped(
    rows: Iterable[Any], shapes: Sequence[tuple[int, Callable[[Any], str]]]
) -> Iterator[Sequence[object]]:
    """Yield rows as they are written; nothing stays nothing."""
    for row in rows:
        cells = list(row)
        for place, shape in shapes:
            if cells[place] is not None:
                cells[place] = shape(cells[place])
        yield cells
