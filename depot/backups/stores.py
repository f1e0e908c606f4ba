"""Where backups are kept: a folder, or a bucket of a server that speaks S3's language."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from depot.backups.plan import Bucket
from depot.base.errors import ConfigError
from depot.base.text import N_
from depot.db.files import sync_file, sync_folder

if TYPE_CHECKING:
    from minio import Minio

_CHUNK: Final = 1 << 20


class Store(Protocol):
    """A place with names in it. What it cannot do it says as OSError."""

    def names(self) -> list[str]:
        """Return the names there."""

    def put(self, file: Path, name: str) -> None:
        """Keep a file under a name, whole or not at all."""

    def fetch(self, name: str, file: Path) -> None:
        """Bring what has that name into a file."""

    def remove(self, name: str) -> None:
        """Delete what has that name."""


class FolderStore:
    """A folder of this machine, or one that is mounted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __str__(self) -> str:
        return str(self._folder)

    def names(self) -> list[str]:
        if not self._folder.is_dir():
            return []
        return [path.name for path in self._folder.iterdir() if path.is_file()]

    def put(self, file: Path, name: str) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self._folder / f"{name}.part"
        try:
            os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
            shutil.copyfile(file, part)
            sync_file(part)
            part.replace(self._folder / name)
        finally:
            part.unlink(missing_ok=True)
        sync_folder(self._folder)

    def fetch(self, name: str, file: Path) -> None:
        shutil.copyfile(self._folder / name, file)

    def remove(self, name: str) -> None:
        (self._folder / name).unlink(missing_ok=True)


class BucketStore:
    """A bucket. What its server or the way to it says wrong becomes an OSError of one line."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._client = _client(bucket)

    def __str__(self) -> str:
        return str(self._bucket)

    def names(self) -> list[str]:
        start = len(self._bucket.folder)
        with _Plainly(self._bucket):
            found = self._client.list_objects(self._bucket.bucket, prefix=self._bucket.folder)
            return [str(one.object_name)[start:] for one in found]

    def put(self, file: Path, name: str) -> None:
        with _Plainly(self._bucket):
            self._client.fput_object(self._bucket.bucket, self._key(name), str(file))

    def fetch(self, name: str, file: Path) -> None:
        with _Plainly(self._bucket):
            answer = self._client.get_object(self._bucket.bucket, self._key(name))
            try:
                with file.open("wb") as opened:
                    for part in answer.stream(_CHUNK):
                        opened.write(part)
            finally:
                answer.close()
                answer.release_conn()

    def remove(self, name: str) -> None:
        with _Plainly(self._bucket):
            self._client.remove_object(self._bucket.bucket, self._key(name))

    def _key(self, name: str) -> str:
        return self._bucket.folder + name


class _Plainly:
    """Say in an OSError what goes wrong on the way to a bucket."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, _trace: object) -> None:
        from minio.error import MinioException
        from urllib3.exceptions import HTTPError

        if isinstance(error, (MinioException, HTTPError)):
            reason = getattr(error, "code", None) or type(error).__name__
            raise OSError(f"{self._bucket}: {reason}") from error


def open_store(place: Path | Bucket) -> Store:
    """Return the store at a place. Raises ConfigError where the library for a bucket is missing."""
    return BucketStore(place) if isinstance(place, Bucket) else FolderStore(place)


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file, read piece by piece."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _client(bucket: Bucket) -> Minio:
    try:
        from minio import Minio
        from urllib3 import PoolManager, Retry, Timeout
    except ImportError as error:
        raise ConfigError(problem=NEEDS_LIBRARY) from error
    options: dict[str, Any] = {"retries": Retry(total=3, backoff_factor=1)}
    return Minio(
        endpoint=bucket.endpoint,
        access_key=bucket.key,
        secret_key=bucket.secret,
        region=bucket.region,
        secure=bucket.is_secure,
        http_client=PoolManager(timeout=Timeout(connect=10, read=60), **options),
    )


NEEDS_LIBRARY: Final = N_(
    "Backups into a bucket need the library minio: install “mutual-depot[s3]”."
)
