"""What every client begins with: asking, waiting, repeating, and what went wrong.

The text of this module from its first class on stands in each client that `written.py` makes, so it
uses the standard library alone and none of the program's own modules.
"""

from __future__ import annotations

import datetime
import http.client
import json
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from email.message import Message
from typing import Any, Final, Generic, TypeVar
from urllib.parse import quote, urlencode, urlsplit
from uuid import UUID, uuid4

Row = TypeVar("Row")
#: Answers that another try may better: too much going on, or a gateway without the server.
_PASSING: Final = frozenset({429, 502, 503, 504})
_FIRST_WAIT_SECONDS: Final = 0.5
#: What is to be waited for longer than this is told to the program instead.
_LONGEST_WAIT_SECONDS: Final = 60.0


class DepotError(Exception):
    """What was asked for was not done, or nobody knows: no answer came.

    `status` is the number of the answer, 0 if none came; `code` a word for programs, as
    `not_found`; `words` a sentence for people, in the client's language. `details` is the answer as
    it came: `errors` by field, `questions` to say yes to, `asked` of what waits for a second person
    (202). `command_id` is that of the write: the same call with it is done once, whatever became of
    this one. `request_id` finds the request in the server's log.
    """

    def __init__(
        self,
        status: int,
        code: str,
        words: str,
        details: Mapping[str, Any] | None = None,
        *,
        retry_after: float | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(status, code, words)
        self.status = status
        self.code = code
        self.words = words
        self.details: Mapping[str, Any] = details or {}
        self.retry_after = retry_after
        self.request_id = request_id
        self.command_id: str | None = None

    def __str__(self) -> str:
        """Return what a log needs: number, word, sentence, and what is wrong with which field."""
        named = f" {json.dumps(self.errors, ensure_ascii=False)}" if self.errors else ""
        return f"{self.status} {self.code}: {self.words}{named}"

    @property
    def errors(self) -> Mapping[str, Any]:
        """What is wrong, by field."""
        found: Mapping[str, Any] = self.details.get("errors") or {}
        return found


class Feed(Generic[Row]):
    """Entries in their order, from `place` on; gone over again later, it goes on where it ended.

    `place` is the number of the entry that was given last. Keep it once the entry is dealt with,
    and begin with it after a restart: no entry is left out and none comes twice.
    """

    def __init__(self, read: Callable[[int], Mapping[str, Any]], rows: str, place: int) -> None:
        self.place = place
        self._read = read
        self._rows = rows

    def __iter__(self) -> Iterator[Row]:
        """Give the entries that are there by now; it ends with the newest."""
        more = True
        while more:
            page = self._read(self.place)
            for row in page[self._rows]:
                self.place = row["seq"]
                yield row
            self.place, more = page["next"], page["more"]


def _all_rows(
    read: Callable[[int | None], Mapping[str, Any]], rows: str, after: int | None
) -> Iterator[Any]:
    """Give the rows of a list, page after page."""
    place, more = after, True
    while more:
        page = read(place)
        yield from page[rows]
        place = page["next"]
        more = place is not None


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """The API sends nobody elsewhere; the token must not travel on."""

    def redirect_request(self, *_args: Any, **_kw: Any) -> None:
        """Follow none: the answer is an error."""


class _Asking:
    """One depot, asked with one token. What is lost on the way is asked for again.

    `tries` is how often at most a request is sent, `timeout` seconds without a byte end one.
    `language` is that of the sentences in errors, as `es`; else it is the depot's. `context` holds
    the certificates that count, where the server's is of an authority of the house.
    """

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        language: str | None = None,
        timeout: float = 30.0,
        tries: int = 6,
        context: ssl.SSLContext | None = None,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        if urlsplit(base_url).scheme not in ("http", "https"):
            raise ValueError("the address of a depot begins with https:// or http://")
        self._base_url = base_url.rstrip("/")
        self._token = token
        self._language = language
        self._timeout = timeout
        self._tries = tries
        self._sleep = sleep
        secured = urllib.request.HTTPSHandler(context=context)
        self._opener = urllib.request.build_opener(secured, _NoRedirects())

    def _write(
        self,
        method: str,
        path: str,
        body: Mapping[str, object] | None,
        command_id: UUID | str | None,
    ) -> Any:
        """Send a command under its number, the given one or a new one, the same at each try."""
        sent = dict(body or {})
        if command_id is not None:
            sent["command_id"] = command_id
        sent.setdefault("command_id", uuid4())
        try:
            return self._ask(method, path, None, sent)
        except DepotError as error:
            error.command_id = str(sent["command_id"])
            raise

    def _ask(
        self,
        method: str,
        path: str,
        query: Mapping[str, object] | None = None,
        body: Mapping[str, object] | None = None,
    ) -> Any:
        """Return the JSON of the answer, or None where there is none."""
        status, raw = self._repeated(method, path, query, body)
        if not raw:
            return None
        try:
            return json.loads(raw)
        except ValueError as error:
            raise DepotError(status, "no_json", "That was no answer of a depot.") from error

    def _file(self, path: str, query: Mapping[str, object]) -> bytes:
        """Return the answer's bytes as they are."""
        return self._repeated("GET", path, query, None)[1]

    def _repeated(
        self,
        method: str,
        path: str,
        query: Mapping[str, object] | None,
        body: Mapping[str, object] | None,
    ) -> tuple[int, bytes]:
        asked = {name: value for name, value in (query or {}).items() if value is not None}
        if self._language is not None:
            asked.setdefault("language", self._language)
        address = f"{self._base_url}{path}"
        if asked:
            address += f"?{urlencode({key: _words(asked[key]) for key in asked}, doseq=True)}"
        data = None if body is None else json.dumps(body, default=_plain).encode()
        tried = 1
        while True:
            try:
                return self._send(method, address, data)
            except DepotError as error:
                seconds = _wait(error, tried)
                if seconds is None or tried >= self._tries:
                    raise
            self._sleep(seconds)
            tried += 1

    def _send(self, method: str, address: str, data: bytes | None) -> tuple[int, bytes]:
        headers = {"Authorization": f"Bearer {self._token}", "Accept": "*/*"}
        if data is not None:
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(  # noqa: S310  # it is http or https: see __init__
            address, data, headers, method=method
        )
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                status, raw, heads = int(answer.status), bytes(answer.read()), answer.headers
        except urllib.error.HTTPError as error:
            with error:
                raise _refusal(error.code, _rest_of(error), error.headers) from None
        except (OSError, http.client.HTTPException) as error:
            raise _no_answer(error) from error
        if status == 202:  # a second person has to agree: nothing was done yet
            raise _refusal(status, raw, heads)
        return status, raw


def _rest_of(error: urllib.error.HTTPError) -> bytes:
    """Return the body of a refusal; one that breaks off says no more than its number."""
    try:
        return bytes(error.read())
    except (OSError, http.client.HTTPException):
        return b""


def _refusal(status: int, raw: bytes, headers: Message) -> DepotError:
    """Return what an answer that is no success says."""
    try:
        body = json.loads(raw)
    except ValueError:
        body = None
    told: dict[str, Any] = body if isinstance(body, dict) else {}
    seconds = headers.get("Retry-After", "")
    return DepotError(
        status,
        str(told.get("code", "")),
        str(told.get("message", http.client.responses.get(status, ""))),
        told,
        retry_after=float(seconds) if seconds.isdecimal() else None,
        request_id=headers.get("X-Request-ID"),
    )


def _no_answer(error: Exception) -> DepotError:
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    is_wrong_server = isinstance(reason, ssl.SSLCertVerificationError)
    code = "certificate" if is_wrong_server else "no_answer"
    return DepotError(0, code, f"No answer came: {reason or type(error).__name__}")


def _wait(error: DepotError, tried: int) -> float | None:
    """Return for how many seconds to wait before the next try; None: another helps nothing."""
    if error.status not in _PASSING and error.code != "no_answer":
        return None
    if error.retry_after is None:
        return None if error.status == 429 else _FIRST_WAIT_SECONDS * 2.0 ** (tried - 1)
    return error.retry_after if error.retry_after <= _LONGEST_WAIT_SECONDS else None


def _part(value: object) -> str:
    """Return a value as a part of an address."""
    return quote(str(value), safe="")


def _words(value: object) -> object:
    """Return a value, or each of several, as it stands behind the question mark."""
    if isinstance(value, list):
        return [_words(one) for one in value]
    if isinstance(value, bool):
        return str(value).lower()
    return _plain(value)


def _plain(value: object) -> object:
    """Return what JSON has no word for as a text."""
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
