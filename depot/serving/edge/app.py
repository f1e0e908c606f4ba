"""Between the network and the application: no thread ever waits for somebody's connection.

granian speaks HTTP and hands over the head of each request (docs/adr/0028-the-edge.md). Here the
body is read to its end, the application is called in a lane of threads, and granian sends what it
answered.
"""

from __future__ import annotations

import asyncio
import io
import logging
import tempfile
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from wsgiref.types import WSGIApplication

from blueprints.frame.edge.bodies import REFUSED, RETRY_SECONDS
from depot.serving.edge.bodies import Body, BrokenOff, Intake, NoRoom, linger
from depot.serving.edge.calls import Answer, call, make_environ
from depot.serving.edge.lanes import Busy, Lane

log = logging.getLogger("depot.edge")
#: Threads for requests that only read.
READERS: Final = 4
#: So long one of them works alone: more at once would hand Python's lock to each other.
READING_TURN_SECONDS: Final = 0.02
#: Threads for all others: on SQLite one writes, and the next ones are prepared meanwhile.
WRITERS: Final = 4
_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
#: Seconds after which granian has surely opened the file it was told to send.
_OPENED_SECONDS: Final = 30.0
#: Seconds in which a refusal is to be written; it needs no database.
_REFUSAL_SECONDS: Final = 5.0
#: Of five hundred that broke off at once none will read a page about it.
_MOST_REFUSALS: Final = 4
#: How much the address it is sent to takes.
LimitOf = Callable[[str, str], int]


class Unannounced(Exception):
    """A body in pieces that does not say how long it is: nothing would tell whether it is whole."""


class Edge:
    """An application of granian's own interface around one of WSGI."""

    def __init__(self, app: WSGIApplication, limit_of: LimitOf) -> None:
        self._app = app
        self._limit_of = limit_of
        self._intake = Intake()
        self._reading = Lane("reader", READERS, turn_seconds=READING_TURN_SECONDS)
        self._writing = Lane("writer", WRITERS)
        self._refusing = Lane("refusals", 1, _MOST_REFUSALS)
        self._folder = tempfile.TemporaryDirectory(prefix="depot-", ignore_cleanup_errors=True)
        #: Requests that have not been answered yet.
        self.unanswered = 0
        #: Requests that were refused so far as there was too much to do.
        self.refused = 0

    @property
    def waiting(self) -> dict[str, int]:
        """How many requests wait for a thread, by lane."""
        return {"reading": self._reading.waiting, "writing": self._writing.waiting}

    def close(self) -> None:
        """Remove the folder of large answers."""
        self._folder.cleanup()

    async def __call__(self, scope: Any, proto: Any) -> None:
        """Answer a request."""
        self.unanswered += 1
        try:
            body = await self._body(scope, proto)
        except Unannounced:
            await self._refuse(scope, proto, HTTPStatus.LENGTH_REQUIRED)
        except BrokenOff:
            await self._refuse(scope, proto, HTTPStatus.REQUEST_TIMEOUT)
        except NoRoom:
            self.refused += 1
            await self._refuse(scope, proto, HTTPStatus.SERVICE_UNAVAILABLE)
        else:
            try:
                await self._answer(scope, proto, body)
            finally:
                if body is not None:
                    self._intake.release(body)
        finally:
            self.unanswered -= 1

    async def _body(self, scope: Any, proto: Any) -> Body | None:
        """Return what the request sends, None for nothing.

        Raises Unannounced, BrokenOff and NoRoom.
        """
        if "transfer-encoding" in scope.headers:
            raise Unannounced
        announced = int(scope.headers.get("content-length", 0))
        if not announced:
            return None
        return await self._intake.read(proto, announced, self._limit_of(scope.method, scope.path))

    async def _answer(self, scope: Any, proto: Any, body: Body | None) -> None:
        lane = self._reading if scope.method in _READING else self._writing
        is_read = body is None or body.is_read
        try:
            answer = await lane.run(self._work(scope, body))
        except Busy:
            self.refused += 1
            answer = await self._refusal(scope, body, HTTPStatus.SERVICE_UNAVAILABLE)
        except Exception:
            log.exception("a bug, outside of all that the application answers itself")
            answer = _plain(HTTPStatus.INTERNAL_SERVER_ERROR)
        self._send(proto, answer, goes_on=is_read)
        if not is_read:
            await linger(proto)

    def _work(self, scope: Any, body: Body | None, **more: object) -> Callable[[], Answer]:
        file = body.file if body is not None else io.BytesIO()
        environ = make_environ(scope, body.size if body is not None else None, file, **more)
        return partial(call, self._app, environ, Path(self._folder.name))

    async def _refuse(self, scope: Any, proto: Any, status: HTTPStatus) -> None:
        """Refuse a request whose body is not here, and hang up."""
        self._send(proto, await self._refusal(scope, None, status), goes_on=False)

    async def _refusal(self, scope: Any, body: Body | None, status: HTTPStatus) -> Answer:
        """Let the application say, in its reader's language, why it was not asked."""
        try:
            work = self._work(scope, body, **{REFUSED: status})
            return await self._refusing.run(work, _REFUSAL_SECONDS)
        except Busy:
            return _plain(status, ("Retry-After", str(RETRY_SECONDS)))

    def _send(self, proto: Any, answer: Answer, *, goes_on: bool) -> None:
        """Hand the answer over; from here on it costs neither thread nor loop."""
        headers = [*answer.headers, ("server", "Depot")]
        if not goes_on:
            headers.append(("connection", "close"))
        if answer.file is not None:
            proto.response_file(answer.status, headers, str(answer.file))
            if answer.is_ours:
                forget = partial(answer.file.unlink, missing_ok=True)
                asyncio.get_running_loop().call_later(_OPENED_SECONDS, forget)
        elif answer.body:
            proto.response_bytes(answer.status, headers, answer.body)
        else:
            proto.response_empty(answer.status, headers)


def _plain(status: HTTPStatus, *headers: tuple[str, str]) -> Answer:
    """Answer when nobody is there to find better words."""
    return Answer(status, [("Content-Type", "text/plain"), *headers], status.phrase.encode())
