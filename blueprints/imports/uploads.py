"""Files on their way: kept from the first look at them until they are imported, a day at most.

A file lies in the data folder under a random name. The address of its review page holds that name,
signed together with whose file it is: nobody else's session and no other depot can open it.
"""

from __future__ import annotations

import os
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from depot.base.actors import Actor
from depot.base.errors import StorageUnavailable
from depot.config import Config

KEPT_SECONDS: Final = 24 * 3600
#: More than people can be looking at; beyond this the oldest go first.
MAX_UPLOADS: Final = 40


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was uploaded, and what its sender called it."""

    filename: str
    data: bytes


def keep_upload(data: bytes, filename: str, owner: Actor) -> str:
    """Keep a file and return the token that finds it again. Raises StorageUnavailable."""
    name = secrets.token_hex(16)
    try:
        _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        _clear_out()
        descriptor = os.open(_folder() / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
    except OSError as error:
        raise StorageUnavailable(reason=error.strerror or "disk") from error
    # only the end of a long name: that is where its ending is
    return _signer().dumps([name, filename[-80:], *_of(owner)])


def find_upload(token: str, owner: Actor) -> Upload | None:
    """Return the owner's file; None if it is somebody else's, forged, too old or gone."""
    try:
        name, filename, *whose = _signer().loads(token, max_age=KEPT_SECONDS)
        if whose != _of(owner):
            return None
        return Upload(filename, (_folder() / name).read_bytes())
    except (BadSignature, FileNotFoundError):
        return None


def delete_upload(token: str) -> None:
    """Delete a file that has been imported."""
    with suppress(BadSignature, OSError):
        name = _signer().loads(token, max_age=KEPT_SECONDS)[0]
        (_folder() / name).unlink()


def _of(owner: Actor) -> list[int | None]:
    return [owner.depot_id, owner.person_id]


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(_config().secret_key, salt="import-upload")


def _folder() -> Path:
    return _config().data / "uploads"


def _config() -> Config:
    config: Config = current_app.config["DEPOT"]
    return config


def _clear_out() -> None:
    """Delete what is older than a day, and the oldest of too many."""
    aged = sorted((_changed_at(path), path) for path in _folder().iterdir())
    too_many = len(aged) - MAX_UPLOADS + 1
    for at, (changed_at, path) in enumerate(aged):
        if at < too_many or changed_at < time.time() - KEPT_SECONDS:
            path.unlink(missing_ok=True)


def _changed_at(path: Path) -> float:
    with suppress(FileNotFoundError):  # another request was quicker
        return path.stat().st_mtime
    return 0.0
