"""Where backups go and how often, as two settings say it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from depot.base.errors import ConfigError

USUAL_HOURS: Final = 24
_MOST_HOURS: Final = 24 * 31


@dataclass(frozen=True, slots=True)
class Bucket:
    """A store that speaks S3's language; `folder` stands before each name, with its slash."""

    endpoint: str
    bucket: str
    folder: str
    key: str
    secret: str
    region: str | None = None
    is_secure: bool = True

    def __str__(self) -> str:
        """Return what people read: never the secret."""
        return f"s3://{self.endpoint}/{self.bucket}/{self.folder}"


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """`to` is a folder, a bucket, or None: the folder `backups` of the data folder.

    `hours` lie between two backups; 0: `depot serve` makes none by itself.
    """

    to: Path | Bucket | None = None
    hours: int = USUAL_HOURS

    def folder(self, data: Path) -> Path | Bucket:
        """Return where backups go, for a data folder."""
        return self.to or data / "backups"


def backup_plan(to: str | None, hours: str | None) -> BackupPlan:
    """Read DEPOT_BACKUP_TO and DEPOT_BACKUP_HOURS. Raises ConfigError for a wrong value."""
    return BackupPlan(_place(to) if to else None, _hours(hours) if hours else USUAL_HOURS)


def _hours(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > _MOST_HOURS:
        raise ConfigError(
            problem=f"DEPOT_BACKUP_HOURS is {text!r}, not a number of hours from 0 (never) to"
            f" {_MOST_HOURS}."
        )
    return int(text)


def _place(text: str) -> Path | Bucket:
    if not text.startswith(("s3://", "s3+plain://")):
        return Path(text).resolve()
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    bucket, _, folder = parts.path.strip("/").partition("/")
    if not (parts.hostname and parts.username and parts.password and bucket):
        # the value itself is not repeated: it holds a secret
        raise ConfigError(
            problem="DEPOT_BACKUP_TO is not a folder and not an address like"
            " s3://key:secret@s3.example.org/bucket/folder?region=eu-1."
        )
    region = dict(
        pair.partition("=")[::2] for pair in parts.query.split("&") if pair.startswith("region=")
    ).get("region")
    return Bucket(
        endpoint=parts.netloc.rpartition("@")[2],
        bucket=bucket,
        folder=f"{folder}/" if folder else "",
        key=unquote(parts.username),
        secret=unquote(parts.password),
        region=region,
        is_secure=parts.scheme == "s3",
    )
