"""The whole export: complete, without secrets, and checked by its own program alone."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text

from depot.distribution.commands.events import CountPeople, PlanEvent, count_people, plan_event
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.exporting.choice import (
    LEFT_OUT,
    SECRET,
    SUSPICIOUS,
    exported_columns,
    exported_tables,
    rows_of,
)
from depot.kernel.goods_lines import GoodsLine
from depot.models import ChainHead, StockEntry, all_tables
from depot.reports.commands.sharing import ShareReport, share_report
from depot.reports.filing import FileReport, file_report
from depot.stock.commands.take_out import TakeOut, take_out
from tests.builders import NOW, World, clock, make_invitation, make_person, make_token, receive
from tests.exports import change_export, export_depot, lines_of, parts_of, run_verifier
from tests.exports import rows_of as csv_rows
from tests.letters import write

Parts = dict[str, str]


@pytest.fixture
def north(world: World) -> World:
    """A little of everything, in both depots."""
    ada = world.ada
    received = receive(ada, 48, "Beans", category="Tins and jars", at=NOW - timedelta(days=9))
    receive(ada, 5000, "=Flour", category="Pasta, rice and grains", at=NOW - timedelta(days=8))
    take = TakeOut(
        command_id=uuid4(),
        place="Arrivals",
        reason="issue",
        lines=(GoodsLine(item="Beans", quantity=50),),
    )
    take_out(take, ada, clock)
    event = plan_event(PlanEvent(command_id=uuid4(), name="Market", starts_at=NOW), ada, clock)
    people = CountPeople(command_id=uuid4(), event_id=event.body["id"], households=7, adults=9)
    count_people(people, ada, clock)
    reverse_entry(ReverseEntry(command_id=uuid4(), entry_id=received.entry_id or 0), ada, clock)
    file_report(FileReport(command_id=uuid4(), period="2026-W46"), ada, clock)
    receive(ada, 2, "Late beans", at=clock() - timedelta(days=8))
    file_report(FileReport(command_id=uuid4(), period="2026-W46"), ada, clock)
    receive(world.cleo, 3, "Southern rum", category="Drinks")
    return world


def test_the_program_in_the_export_finds_it_right(north: World, tmp_path: Path) -> None:
    file = export_depot(north.north, tmp_path)
    said = run_verifier(file)
    assert said.code == 0, said.text
    assert "2 filed reports: all is well" in said.text
    entries = north.session.scalar(
        select(func.count()).where(StockEntry.depot_id == north.north.id)
    )
    assert said.text.startswith(f"{entries} entries")


def test_an_empty_depot_is_right_too(world: World, tmp_path: Path) -> None:
    said = run_verifier(export_depot(world.south, tmp_path))
    assert (said.code, said.text.split(":")[1][:12]) == (0, " all is well")


def test_it_is_checked_unpacked_as_well(north: World, tmp_path: Path) -> None:
    file = export_depot(north.north, tmp_path)
    folder = tmp_path / "unpacked"
    for name, content in parts_of(file).items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode())
    done = subprocess.run(
        [sys.executable, "-I", "-S", folder / "verify.py"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "all is well" in done.stdout


def change_line(number: int, field: str, value: object) -> Callable[[Parts], None]:
    """Return what changes a field of the sealed text of an entry, and its seal with it."""

    def change(parts: Parts) -> None:
        lines = lines_of(parts)
        told = json.loads(lines[number]["text"])
        told[field] = value
        lines[number]["text"] = json.dumps(told, sort_keys=True, separators=(",", ":"))
        parts["ledger.jsonl"] = "".join(json.dumps(line) + "\n" for line in lines)

    return change


def drop_line(number: int) -> Callable[[Parts], None]:
    """Return what leaves out an entry."""

    def change(parts: Parts) -> None:
        lines = parts["ledger.jsonl"].splitlines(keepends=True)
        del lines[number]
        parts["ledger.jsonl"] = "".join(lines)

    return change


def replace(name: str, old: str, new: str) -> Callable[[Parts], None]:
    """Return what replaces a text in a file that has it."""

    def change(parts: Parts) -> None:
        assert old in parts[name], (name, old)
        parts[name] = parts[name].replace(old, new, 1)

    return change


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (change_line(0, "note", "x"), "entry 1: its seal does not follow"),
        (change_line(1, "occurred_at", 5), "entry 2: its seal does not follow"),
        (drop_line(0), "entry 1: its number is 2"),
        (drop_line(-1), "it was exported with"),
        (replace("tables/stock_balance.csv", "5000", "4000"), "the ledger gives 5000"),
        (replace("tables/location.csv", ",storage,", ",supplier,"), "the ledger gives"),
        (replace("filed_reports.jsonl", "2026-W46", "2026-W45"), "filed report 1"),
    ],
)
def test_what_was_changed_is_found_even_if_the_digests_were_put_right(
    north: World, tmp_path: Path, change: Callable[[Parts], None], sentence: str
) -> None:
    said = run_verifier(change_export(export_depot(north.north, tmp_path), change))
    assert said.code == 1
    assert sentence in said.text
    assert "does NOT add up" in said.text


@pytest.mark.parametrize("name", ["tables/item.csv", "README.txt", "verify.py"])
def test_any_file_that_was_changed_is_named(north: World, tmp_path: Path, name: str) -> None:
    def change(parts: Parts) -> None:
        parts[name] += "\n"

    said = run_verifier(change_export(export_depot(north.north, tmp_path), change, cover_up=False))
    assert said.code == 1
    assert f"{name} is not as it was written" in said.text


def test_a_file_that_is_missing_or_no_export_is_a_sentence(north: World, tmp_path: Path) -> None:
    file = export_depot(north.north, tmp_path)

    def drop_ledger(parts: Parts) -> None:
        del parts["ledger.jsonl"]

    said = run_verifier(change_export(file, drop_ledger))
    assert said.code == 1
    assert "ledger.jsonl" in said.text
    newer = replace("manifest.json", '"format": 1', '"format": 2')
    other = change_export(file, newer, cover_up=False)
    assert run_verifier(other).code == 1


def test_a_forger_who_seals_everything_again_is_caught_by_a_printed_seal(
    north: World, tmp_path: Path
) -> None:
    file = export_depot(north.north, tmp_path)
    line = lines_of(parts_of(file))[1]
    printed = " ".join(line["seal"][start : start + 4] for start in range(0, 16, 4))
    assert run_verifier(file, "--line", "2", "--seal", printed).code == 0

    def forge(parts: Parts) -> None:
        seal, lines = "0" * 64, lines_of(parts)
        for one in lines:
            one["text"] = one["text"].replace('"note":""', '"note":"forged"')
            seal = hashlib.sha256(f"{seal}\n{one['text']}".encode()).hexdigest()
            one["seal"] = seal
        parts["ledger.jsonl"] = "".join(json.dumps(one) + "\n" for one in lines)
        parts["manifest.json"] = json.dumps(json.loads(parts["manifest.json"]) | {"seal": seal})

    forged = change_export(file, forge)
    assert run_verifier(forged).code == 0
    said = run_verifier(forged, "--line", "2", "--seal", printed)
    assert said.code == 1
    assert "is not that of line 2" in said.text


def test_it_holds_every_row_of_the_depot_and_none_of_the_other(
    north: World, tmp_path: Path
) -> None:
    parts = parts_of(export_depot(north.north, tmp_path))
    for table in exported_tables():
        found = north.session.execute(rows_of(table, north.north.id)).all()
        assert len(csv_rows(parts, table.name)) == len(found), table.name
    everything = "".join(parts.values())
    for foreign in ("Southern rum", "Cleo", "South"):
        assert foreign not in everything
    assert "Ada" in parts["tables/person.csv"]
    head = north.session.get_one(ChainHead, north.north.id)
    assert json.loads(parts["manifest.json"])["seal"] == head.seal


def test_a_name_that_looks_like_a_formula_is_made_harmless(north: World, tmp_path: Path) -> None:
    parts = parts_of(export_depot(north.north, tmp_path))
    names = [row["name"] for row in csv_rows(parts, "item")]
    assert "'=Flour" in names


def test_nothing_in_it_gets_anybody_in(north: World, tmp_path: Path) -> None:
    make_person("Dora", "volunteer", north.north)
    token = make_token("till", "coordinator", north.ada, clock)
    make_invitation("Emil", "volunteer", north.ada, clock)
    share = ShareReport(command_id=uuid4(), period="2026-W46", days=9)
    share_report(share, north.ada, "a key of sixteen letters", clock)
    write(north.ada, "open https://depot.example/mails/end/Signed.abc")
    everything = "".join(parts_of(export_depot(north.north, tmp_path)).values())
    secrets = [token, "Signed.abc", "$argon2"]
    for table, column in (
        ("person", "password_hash"),
        ("api_token", "token_hash"),
        ("invitation", "token_hash"),
        ("report_share", "token_hash"),
    ):
        found = north.session.execute(text(f"SELECT {column} FROM {table}")).scalars().all()
        assert found
        secrets += found
    assert not [secret for secret in secrets if secret in everything]


def test_every_table_is_either_in_it_or_left_out_for_a_reason() -> None:
    tables = all_tables().tables
    assert set(LEFT_OUT) <= set(tables)
    assert {table.name for table in exported_tables()} == set(tables) - set(LEFT_OUT)
    for name, columns in SECRET.items():
        assert columns <= set(tables[name].columns.keys()), name
    for table in exported_tables():
        rows_of(table, 1)
        for column in exported_columns(table):
            suspicious = [word for word in SUSPICIOUS if word in column.name]
            is_id = column.name.endswith("token_id")
            assert not suspicious or is_id, f"{table.name}.{column.name}"
