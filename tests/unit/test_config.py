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


def test_a_key_made_twice_at_once_is_one_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = "k" * 48
    monkeypatch.setattr(
        "depot.config.secrets.token_urlsafe",
        lambda _length: (tmp_path / "secret_key").write_text(others) and "mine" * 12,
    )
    assert from_environment({"DEPOT_DATA": str(tmp_path)}).secret_key == others
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


@pytest.mark.parametrize("kept", [b"", b"\n", b"short", b"\xff\xfe" * 20])
def test_a_damaged_secret_key_is_refused_and_stays(tmp_path: Path, kept: bytes) -> None:
    (tmp_path / "secret_key").write_bytes(kept)
    with pytest.raises(ConfigError, match="secret_key is damaged"):
        from_environment({"DEPOT_DATA": str(tmp_path)})
    assert (tmp_path / "secret_key").read_bytes() == kept


def test_a_secret_key_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    first = from_environment({"DEPOT_DATA": str(tmp_path)}).secret_key
    (tmp_path / "secret_key").chmod(0o644)
    assert from_environment({"DEPOT_DATA": str(tmp_path)}).secret_key == first
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_a_key_that_could_not_be_written_whole_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("depot.db.files.os.fsync", full)
    with pytest.raises(ConfigError, match="No space left"):
        from_environment({"DEPOT_DATA": str(tmp_path)})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEPOT_BACKUP_HOURS", "often"),
        ("DEPOT_BACKUP_TO", "s3://nowhere"),
        ("DEPOT_COLOUR", "green"),
        ("DEPOT_PORT", "0"),
        ("DEPOT_PORT", "80o0"),
        ("DEPOT_PORT", "65536"),
        ("DEPOT_LOG", "loud"),
        ("DEPOT_DATABASE_URL", "mysql://here"),
        ("DEPOT_DATABASE_REPLICA", "postgresql://copy/depot"),
        ("DEPOT_BASE_URL", "depot.example"),
        ("DEPOT_BASE_URL", "ftp://depot.example"),
        ("DEPOT_BASE_URL", "https://[depot.example"),
        ("DEPOT_BACKUP_TO", "s3://key:secret@[s3.example/bucket"),
        ("DEPOT_SECRET_KEY", "short"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        from_environment({"DEPOT_DATA": str(tmp_path), name: value})


def test_a_replica_follows_a_server(tmp_path: Path) -> None:
    given = {"DEPOT_DATA": str(tmp_path), "DEPOT_DATABASE_URL": "postgresql://here/depot"}
    assert from_environment(given).replica_url == ""
    given |= {"DEPOT_DATABASE_REPLICA": "postgres://copy/depot"}
    assert from_environment(given).replica_url == "postgresql://copy/depot"
    with pytest.raises(ConfigError, match="DEPOT_DATABASE_REPLICA"):
        from_environment(given | {"DEPOT_DATABASE_REPLICA": "sqlite:///copy"})


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
