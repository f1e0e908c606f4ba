"""The configuration: what is wrong stops the program with a sentence."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from depot.base.errors import ConfigError
from depot.config import from_environment


def test_the_default_is_sqlite_in_the_data_folder(tmp_path: Path) -> None:
    config = from_environment({"DEPOT_DATA": str(tmp_path)})
    assert config.database_url == f"sqlite:///{tmp_path / 'depot.sqlite3'}"
    assert config.base_url == "http://127.0.0.1:8000"
    assert not config.is_secure


def test_a_secret_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    first = from_environment({"DEPOT_DATA": str(tmp_path)}).secret_key
    second = from_environment({"DEPOT_DATA": str(tmp_path)}).secret_key
    assert first == second
    assert len(first) >= 48
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEPOT_COLOUR", "green"),
        ("DEPOT_PORT", "0"),
        ("DEPOT_PORT", "80o0"),
        ("DEPOT_PORT", "65536"),
        ("DEPOT_LOG", "loud"),
        ("DEPOT_DATABASE_URL", "mysql://here"),
        ("DEPOT_BASE_URL", "depot.example"),
        ("DEPOT_BASE_URL", "ftp://depot.example"),
        ("DEPOT_SECRET_KEY", "short"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        from_environment({"DEPOT_DATA": str(tmp_path), name: value})


def test_https_makes_the_cookies_secure(tmp_path: Path) -> None:
    given = {"DEPOT_DATA": str(tmp_path), "DEPOT_BASE_URL": "https://depot.example/"}
    config = from_environment(given)
    assert config.base_url == "https://depot.example"
    assert config.is_secure


def test_a_data_folder_that_cannot_be_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cannot be used"):
        from_environment({"DEPOT_DATA": str(tmp_path / "file" / "data")})


def test_a_database_file_is_the_same_for_server_and_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    given = {"DEPOT_DATA": str(tmp_path), "DEPOT_DATABASE_URL": "sqlite:///own.sqlite3"}
    assert from_environment(given).database_url == f"sqlite:///{tmp_path / 'own.sqlite3'}"
