"""Reading what a request sends, to its end and in its time, before a thread is taken for it."""

from __future__ import annotations

import asyncio
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final

#: A pause longer than this ends the request.
PAUSE_SECONDS: Final = 20.0
#: Slower than this on the whole is no phone, not even one at the edge of its network.
SLOWEST_BYTES_A_SECOND: Final = 256
#: What is larger lies in a file meanwhile.
IN_MEMORY_BYTES: Final = 64 * 1024
#: So much of all bodies together may lie here.
MOST_BYTES: Final = 256 * 1024 * 1024
#: What is too large but no larger than this is read and forgotten, so that the connection stays.
DRAINED_BYTES: Final = 1024 * 1024
#: So long is still taken in from whoever sends on after a refusal: who sends everything first and
#: reads then would else find the connection broken and no answer.
_LINGER_SECONDS: Final = 10.0


class BrokenOff(Exception):
    """The rest of a body did not come, or not in time."""


class NoRoom(Exception):
    """Too much is being sent at once, by all together, or it cannot be kept."""


class Body:
    """What a request sent: `file` has all of it, unless it is larger than it may be."""

    def __init__(self, size: int) -> None:
        self.file: IO[bytes] = SpooledTemporaryFile(IN_MEMORY_BYTES)
        self.size = size
        #: How much of it lies here.
        self.held = 0
        #: Whether nothing of it is still to come.
        self.is_read = True


class Intake:
    """Takes bodies in, and knows how much of all of them lies here."""

    def __init__(self) -> None:
        self._held = 0

    async def read(self, sent: Any, announced: int, limit: int) -> Body:
        """Return what the request sends; `announced` is how much it said that is.

        Of a body above the limit nothing is kept; a large one is not read either. Raises BrokenOff
        and NoRoom.
        """
        body = Body(announced)
        if announced > max(limit, DRAINED_BYTES):
            body.is_read = False
            return body
        try:
            await self._fill(body, sent, is_kept=announced <= limit)
            body.file.seek(0)
        except BaseException as error:
            self.release(body)
            if isinstance(error, OSError) and not isinstance(error, TimeoutError):
                raise NoRoom from error  # the folder of temporary files is full
            raise
        return body

    def release(self, body: Body) -> None:
        """Forget what was kept of the body."""
        self._held -= body.held
        body.held = 0
        body.file.close()

    async def _fill(self, body: Body, sent: Any, *, is_kept: bool) -> None:
        pieces = aiter(sent)
        clock = asyncio.get_running_loop().time
        begun, received = clock(), 0
        while True:
            slowest = begun + PAUSE_SECONDS + received / SLOWEST_BYTES_A_SECOND
            try:
                async with asyncio.timeout_at(min(slowest, clock() + PAUSE_SECONDS)):
                    piece: bytes = await anext(pieces)
            except StopAsyncIteration:
                break
            except (TimeoutError, RuntimeError):  # the second is granian's
                raise BrokenOff from None
            received += len(piece)
            if is_kept:
                self._keep(body, piece)
        if received != body.size:
            raise BrokenOff  # granian ends what was broken off as it ends what is whole

    def _keep(self, body: Body, piece: bytes) -> None:
        if self._held + len(piece) > MOST_BYTES:
            raise NoRoom
        body.file.write(piece)
        body.held += len(piece)
        self._held += len(piece)


async def linger(sent: Any) -> None:
    """Take in and forget, for a little while, what is still being sent after the answer."""
    try:
        async with asyncio.timeout(_LINGER_SECONDS):
            async for _piece in sent:
                pass
    except (TimeoutError, RuntimeError):  # the second is granian's
        pass
