"""Calling a WSGI application with a request that is here whole, and keeping its whole answer.

PEP 3333 is the contract; nothing here waits for whoever asked.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from contextlib import closing, nullcontext
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from itertools import chain
from pathlib import Path
from typing import IO, Any, Final
from wsgiref.types import WSGIApplication

from werkzeug.wsgi import FileWrapper

#: A larger answer lies in a file until it is fetched.
IN_MEMORY_BYTES: Final = 128 * 1024
#: What is between two machines alone, and what the server says itself.
_OF_THE_CONNECTION: Final = frozenset(
    {"connection", "keep-alive", "transfer-encoding", "upgrade", "server", "date"}
)
Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the application answers; a large body lies in a file.

    `is_ours` says whether the file was made for this answer, so that whoever sends it removes it.
    """

    status: int
    headers: Headers
    body: bytes = b""
    file: Path | None = None
    is_ours: bool = False


class FileOnDisk(FileWrapper):
    """PEP 3333's `wsgi.file_wrapper`: a file that the application answers with, whole."""

    @property
    def path(self) -> Path | None:
        """Return where it lies, if it has a name there."""
        name = getattr(self.file, "name", None)
        return Path(name) if isinstance(name, str) else None


def make_environ(scope: Any, size: int | None, body: IO[bytes], **more: object) -> dict[str, Any]:
    """Return the environ of a request whose body is here; `size` is how long that is, if any is."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": _address(scope.client),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileOnDisk,
        **more,
    }
    host, _, port = scope.server.rpartition(":")
    environ |= {"SERVER_NAME": host.strip("[]"), "SERVER_PORT": port}
    _add_headers(environ, scope.headers.items())
    if size is not None:
        environ["CONTENT_LENGTH"] = str(size)
    return environ


def _add_headers(environ: dict[str, Any], headers: Iterable[tuple[str, str]]) -> None:
    for name, value in headers:
        if name in ("content-length", "transfer-encoding") or "_" in name:
            continue  # the body is here; X_Forwarded_For must not pass for X-Forwarded-For
        key = "CONTENT_TYPE" if name == "content-type" else f"HTTP_{name.upper().replace('-', '_')}"
        if key in environ:
            value = f"{environ[key]}{'; ' if name == 'cookie' else ', '}{value}"
        environ[key] = value


def _address(client: str) -> str:
    """Return the address alone, and one of four parts as such."""
    host = client.rpartition(":")[0].strip("[]")
    if ":" not in host:
        return host
    found = ip_address(host)
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return str(mapped or found)


def call(app: WSGIApplication, environ: dict[str, Any], folder: Path) -> Answer:
    """Return the application's answer, whole; what is large lies in a new file of `folder`."""
    told: list[tuple[int, Headers]] = []

    def start(status: str, headers: Headers, _error: object = None) -> Any:
        kept = [(name, text) for name, text in headers if name.lower() not in _OF_THE_CONNECTION]
        told[:] = [(int(status[:3]), kept)]

    pieces: Any = app(environ, start)
    with closing(pieces) if hasattr(pieces, "close") else nullcontext():
        if isinstance(pieces, FileOnDisk) and pieces.path is not None:
            return Answer(*told[0], file=pieces.path)
        body, file = _gathered(pieces, folder)
    return Answer(*told[0], body, file, is_ours=file is not None)


def _gathered(pieces: Iterable[bytes], folder: Path) -> tuple[bytes, Path | None]:
    head: list[bytes] = []
    size = 0
    rest = iter(pieces)
    for piece in rest:
        head.append(piece)
        size += len(piece)
        if size > IN_MEMORY_BYTES:
            return b"", _in_file(chain(head, rest), folder)
    return b"".join(head), None


def _in_file(pieces: Iterable[bytes], folder: Path) -> Path:
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        path = Path(file.name)
        try:
            file.writelines(pieces)
        except BaseException:
            path.unlink()
            raise
    return path
