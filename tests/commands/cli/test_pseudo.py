"""The command line in a language that wraps each sentence: what is not wrapped is none of ours."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from depot.cli import cli, main
from depot.config import from_environment
from tests.current import at_work, db
from tests.mail_server import mail_server
from tests.pantry import FILES, pantry_file
from tests.pseudo import OPEN, WRAPPED, write_pseudo
from tests.unwrapped import strange_lines, written_in

#: What is typed and read back as it is: options, names of files and fields, words of people.
_TYPED: Final = re.compile(
    r"--[a-z-]+|\S*[/.][\w/.-]*|\bDEPOT_\w+|\bL7160\b|\b(Norwood depot|Riverside pantry)\b"
    r"|^  \w+ = .*|\b(weekly|quarterly|people|kilograms|till)\b|\bsecret-[\w-]+|“[^”]*”"
    r"|^⟦?row \S+ \w+:|\b[\w-]{43}\b"
)


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, and the wrapped language for all that is printed."""
    folder = write_pseudo(tmp_path / "pseudo")
    monkeypatch.setenv("DEPOT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("DEPOT_LANGUAGE", WRAPPED)
    monkeypatch.setenv("DEPOT_TRANSLATIONS", str(folder))
    monkeypatch.delenv("DEPOT_DATABASE_URL", raising=False)
    return tmp_path


def said(*words: str | Path, written: re.Pattern[str] = _TYPED) -> list[str]:
    """Run a command, and return the lines it prints that are in no language."""
    done = CliRunner().invoke(cli, list(map(str, words)))
    assert done.exit_code == 0, (words, done.output, done.exception)
    assert OPEN in done.output, words
    return strange_lines(done.output, written)


def test_what_commands_print_is_in_the_usual_language(environment: Path) -> None:
    backup, whole, labels = (environment / name for name in ("a.depot", "a.zip", "a.pdf"))
    norwood = ("--depot", "norwood")
    assert said("demo", "--weeks", "2") == []
    with at_work(from_environment().database_url):
        written = re.compile(f"{written_in(db.session()).pattern}|{_TYPED.pattern}")
    for words in (
        ("init",),
        ("verify",),
        ("labels", "--count", "3", "--output", labels, *norwood),
        ("backup", backup),
        ("restore", backup, "--force"),
        ("export", whole, *norwood),
        ("report", "weekly", *norwood),
        ("report", "month", *norwood),
        ("report", "range", "--from", "2026-11-17", "--to", "2026-11-18", *norwood),
        ("report", "file", *norwood),
        ("report", "filed", *norwood),
        ("report", "filed", "1", *norwood),
        ("report", "form", *norwood),
        ("report", "form", "weekly", *norwood),
        ("papers", "statements", "--year", "2026", "--output", environment / "s.pdf", *norwood),
        *(("import", kind, pantry_file(kind), "--dry-run", *norwood) for kind in FILES),
        ("import", "items", pantry_file("items"), *norwood),
    ):
        assert said(*words, written=written) == [], words


def test_tokens_and_mails_are_told_in_the_usual_language(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said("init") == []
    CliRunner().invoke(cli, ["token", "create", "till", "--role", "volunteer"])
    assert said("token", "list") == []
    assert said("token", "revoke", "1") == []
    with mail_server() as room:
        monkeypatch.setenv("DEPOT_SMTP_URL", f"smtp://localhost:{room.port}")
        monkeypatch.setenv("DEPOT_MAIL_FROM", "North Depot <depot@example.org>")
        assert said("mail", "send") == []


@pytest.mark.parametrize(
    "words",
    [
        ("verify", "--depot", "nowhere"),
        ("restore", "missing.depot"),
        ("report", "weekly", "--week", "2026-W60"),
        ("report", "filed", "7"),
        ("mail", "send"),
        ("papers", "statements", "--output", "s.pdf"),
    ],
)
def test_errors_are_told_in_the_usual_language(
    environment: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
) -> None:
    monkeypatch.chdir(environment)
    (environment / "missing.depot").write_bytes(b"no database")
    CliRunner().invoke(cli, ["init"])
    monkeypatch.setattr("sys.argv", ["depot", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr().err
    assert ended.value.code == 1
    assert OPEN in told
    assert strange_lines(told, _TYPED) == []


def test_an_error_in_the_settings_is_told_in_english(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DEPOT_LANGUAGE", "xx")
    monkeypatch.setattr("sys.argv", ["depot", "verify"])
    with pytest.raises(SystemExit):
        main()
    assert "DEPOT_LANGUAGE is 'xx'" in capsys.readouterr().err
