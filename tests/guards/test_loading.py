"""What a command loads: that, and nothing else, is what starting it costs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import click
import pytest

from depot.cli import COMMANDS, Listed, cli
from tests.guards.sources import ROOT
from tests.serving import settings

WEB = {"flask", "flask_babel", "flask_sqlalchemy", "marshmallow", "werkzeug", "blueprints"}
HEAVY = {"alembic", "argon2", "babel", "cryptography", "fpdf", "openpyxl", "PIL", "xlsxwriter"}
#: What only the edge, the servers and the commands that start them may load.
_EDGE = ("depot.app", "depot.serving", "depot.cli", "depot.migrations")
_REPORT = "import sys; print(*sys.modules, file=sys.stderr)"


def loaded(program: str, environment: dict[str, str] | None = None) -> set[str]:
    """Run a program in a process of its own and return the names of the packages it loaded."""
    return {name.partition(".")[0] for name in loaded_modules(program, environment)}


def loaded_modules(program: str, environment: dict[str, str] | None = None) -> set[str]:
    """Run a program in a process of its own and return the names of the modules it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.splitlines()[-1].split())


def command(*words: str) -> str:
    """Return a program that runs `depot` with the words and then names all modules."""
    return (
        "import atexit, sys\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        f"sys.argv = ['depot', *{words!r}]\n"
        "from depot.cli import main\n"
        "main()\n"
    )


def core_modules() -> Iterable[str]:
    """Return the names of all modules of `depot` that are no edge."""
    for path in sorted((ROOT / "depot").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if not name.startswith(_EDGE):
            yield name


def test_the_guard_sees_what_is_loaded() -> None:
    assert "flask" in loaded(f"import flask; {_REPORT}")


def test_the_version_loads_no_database_no_web_and_no_words() -> None:
    found = loaded(command("--version"))
    assert sorted(found & (WEB | HEAVY | {"sqlalchemy", "email"})) == []


def test_the_list_of_commands_loads_none_of_them() -> None:
    found = loaded(command("--help"))
    assert sorted(found & (WEB | HEAVY | {"sqlalchemy"})) == []


def disagreeing(listed: Mapping[str, Listed]) -> list[str]:
    """Return the commands that say something else of themselves than the list says of them."""
    context = click.Context(cli)
    wrong = []
    for name in listed:
        found = cli.get_command(context, name)
        if found is None or found.get_short_help_str(limit=1000) != listed[name].help:
            wrong.append(name)
    return wrong


def test_the_list_of_commands_says_what_they_say_themselves() -> None:
    assert disagreeing(COMMANDS) == []


def test_the_guard_sees_a_list_that_says_something_else() -> None:
    other = COMMANDS["mail"]._replace(help="Send a mail.")
    gone = Listed("mail", "gone", "Nothing.")
    assert disagreeing({"verify": COMMANDS["verify"], "mail": other, "gone": gone}) == [
        "mail",
        "gone",
    ]


def test_serving_loads_what_counts_requests_only_when_it_is_asked_to() -> None:
    assert "prometheus_client" not in loaded(f"import depot.serving.worker; {_REPORT}")
    assert "prometheus_client" in loaded(f"import depot.serving.metrics; {_REPORT}")


def test_importing_the_web_loads_no_slice() -> None:
    assert loaded(f"import blueprints; {_REPORT}") & WEB == {"blueprints"}


def test_the_whole_core_loads_no_flask() -> None:
    names = list(core_modules())
    assert "depot.db.transaction" in names
    assert sorted(loaded(f"import {', '.join(names)}; {_REPORT}") & WEB) == []


@pytest.mark.parametrize(
    ("words", "unused"),
    [
        # these say a number or a day, which Babel writes
        (("verify",), WEB | HEAVY - {"babel"}),
        (
            ("labels", "--output", "labels.pdf"),
            WEB | HEAVY - {"babel", "fpdf", "PIL"},
        ),
        (("token", "list"), WEB | HEAVY - {"babel"}),
        (("backup", "copy.depot"), WEB | HEAVY - {"babel", "alembic"}),  # restores it to prove it
        (("report", "weekly", "--format", "json"), WEB | {"alembic", "argon2", "openpyxl"}),
    ],
    ids=lambda words: words[0] if isinstance(words, tuple) else "",
)
def test_a_command_loads_only_what_it_uses(
    tmp_path: Path, words: tuple[str, ...], unused: set[str]
) -> None:
    environment = settings(tmp_path) | {"PYTHONPATH": str(ROOT)}
    loaded(command("init"), environment)
    paths = {"labels.pdf", "copy.depot"}
    given = tuple(str(tmp_path / word) if word in paths else word for word in words)
    assert sorted(loaded(command(*given), environment) & unused) == []


def test_a_server_starts_without_what_few_requests_need() -> None:
    # PDFs, workbooks, pictures, symbols, photos, passwords: loaded with the first of them
    later = (HEAVY - {"babel"}) | {"qrcode", "zxingcpp", "biip", "icalendar", "psycopg"}
    found = loaded(f"import depot.serving.worker; {_REPORT}")
    assert "granian" in found
    assert sorted(found & later) == []


def test_serving_without_certificates_loads_nothing_that_makes_them(tmp_path: Path) -> None:
    environment = settings(tmp_path) | {"PYTHONPATH": str(ROOT)}
    loaded(command("init"), environment)
    stopped = "import depot.serving.server as server\nserver.run_server = lambda *_: None\n"
    found = loaded(stopped + command("serve"), environment)
    assert "depot" in found
    assert sorted(found & {"alembic", "cryptography"}) == []


def test_blank_labels_load_no_table_no_engine_and_no_printer_that_they_do_not_use(
    tmp_path: Path,
) -> None:
    environment = settings(tmp_path) | {"PYTHONPATH": str(ROOT)}
    loaded(command("init"), environment)
    found = loaded_modules(command("labels", "--output", str(tmp_path / "out.pdf")), environment)
    assert "depot.models.places" in found
    unused = {
        "depot.kernel.draft",
        "depot.models.counts",
        "depot.models.mail",
        "depot.people.commands",
        "labels.printers.brother",
        "labels.printers.zpl",
        "labels.sheets.png",
        "sqlalchemy.dialects.postgresql",
    }
    assert sorted(found & unused) == []
