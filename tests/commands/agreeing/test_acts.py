"""Each command that may wait for a second person can be done later, as it was sent."""

from __future__ import annotations

import ast
import json
from dataclasses import fields
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from depot.agreeing.acts import acts
from depot.kernel.answers import as_json, dataclass_from
from depot.kernel.goods_lines import GoodsLine
from depot.kernel.once import fingerprint
from depot.stock.commands.take_out import TakeOut
from tests.builders import NOW, SECRET_KEY
from tests.guards.sources import python_files, relative_name

#: Where a command asks for a second person, and which ones do there.
ASKING = {
    "depot/agreeing/rules.py": {"SetRules"},
    "depot/exporting/taking.py": {"TakeEverything"},
    "depot/kernel/draft.py": {"TakeOut"},
    "depot/leaving/commands.py": {"ErasePerson"},
    "depot/people/commands/access.py": {"Invite", "CreateToken", "ChangeRole", "EndAccess"},
    "depot/people/commands/names.py": {"LetReadNames"},
    "depot/reports/filing.py": {"FileReport"},
    "depot/safety/commands/holds.py": {"ReleaseHold"},
    "depot/safety/commands/recalls.py": {"CloseRecall"},
}
ASKS = {"need_second", "look_at_write_off"}


def asking(source: str) -> bool:
    """Say whether a module brings in what asks for a second person."""
    return any(
        name.name in ASKS
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    )


def test_every_command_that_may_wait_is_an_act() -> None:
    found = {relative_name(path) for path in python_files("depot") if asking(path.read_text())}
    assert found - {"depot/kernel/second/write_offs.py"} == set(ASKING), (
        "a command that asks for a second person is a row here, and in depot/agreeing/acts.py"
    )
    assert set().union(*ASKING.values()) == set(acts(SECRET_KEY))


def value_for(name: str, hint: str) -> Any:
    """Return something that a command's field may hold."""
    if name == "command_id":
        return uuid4()
    if "tuple" in hint:
        return ("rights", "export")
    if "bool" in hint:
        return True
    return 7 if "int" in hint else "some words"


@pytest.mark.parametrize("name", sorted(acts(SECRET_KEY).keys() - {"TakeOut"}))
def test_a_command_reads_back_as_it_was(name: str) -> None:
    kind = acts(SECRET_KEY)[name].command
    command = kind(**{one.name: value_for(one.name, str(one.type)) for one in fields(kind)})
    assert_reads_back(command)


def test_a_write_off_reads_back_with_its_lines_and_its_time() -> None:
    lines = (GoodsLine(item="Rice", quantity=2), GoodsLine(item=7, quantity=3, lot_id=9))
    assert_reads_back(
        TakeOut(
            command_id=uuid4(),
            place="Shelf B2",
            reason="write_off",
            write_off_reason="damaged",
            lines=lines,
            note="Mice",
            occurred_at=NOW - timedelta(days=1),
        )
    )


def assert_reads_back(command: Any) -> None:
    kept = json.loads(json.dumps(as_json(command)))
    again = dataclass_from(type(command), kept)
    assert again == command
    assert fingerprint(again) == fingerprint(command)
