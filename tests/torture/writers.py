"""Eight writers of every kind of command, and what each of them was answered.

One request of theirs is one command or a batch of them. Who is answered remembers it: the answer
is a promise. Who is not answered (the server died first) remembers that too.
"""

from __future__ import annotations

import http.client
import json
import random
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from tests.builders import PASSWORD
from tests.torture.ground import Ground, csrf_in
from tests.web.form_reader import FoundForm

WRITERS: Final = 8
Json = dict[str, Any]
_FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Sent:
    """A request that writes: its kind, how it is sent, and the commands it carries."""

    kind: str
    method: str
    path: str
    body: str
    content_type: str
    command_ids: tuple[str, ...]


@dataclass
class Book:
    """What was promised, what was left open, and how often each kind was done; for many threads."""

    answered: list[Sent] = field(default_factory=list)
    promised: set[str] = field(default_factory=set)
    open: list[Sent] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    #: How often each status was answered.
    statuses: Counter[int] = field(default_factory=Counter)
    #: Answers that no writer may get: status, kind and the beginning of the text.
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, sent: Sent, status: int, text: str, *, is_kept: bool) -> None:
        """Write down an answer; `is_kept` says that the commands are done by it."""
        with self.lock:
            self.statuses[status] += 1
            if is_kept:
                self.answered.append(sent)
                self.promised |= set(sent.command_ids)
                self.done[sent.kind] += 1
            elif status >= 500 and status != 503:
                self.wrong.append(f"{status} {sent.kind}: {text[:200]}")

    def leave_open(self, sent: Sent) -> None:
        """Write down a request that nobody answered."""
        with self.lock:
            self.open.append(sent)


class Writer:
    """One connection of somebody who coordinates, and of a program of hers."""

    def __init__(self, ground: Ground, cookie: str, csrf: str) -> None:
        self.ground = ground
        self._csrf = csrf
        port = int(ground.environment["DEPOT_PORT"])
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._page_headers = {"Cookie": cookie}

    def ask(self, sent: Sent) -> tuple[int, str]:
        """Send and return status and text. Raises OSError or HTTPException without an answer."""
        own = dict(self.ground.headers if sent.path.startswith("/api/") else self._page_headers)
        body = sent.body
        if sent.content_type == _FORM:
            body += "&" + urlencode({"csrf_token": self._csrf})
        self._connection.request(
            sent.method, sent.path, body, own | {"Content-Type": sent.content_type}
        )
        answer = self._connection.getresponse()
        text = answer.read().decode(errors="replace")
        if answer.status == 302 and "/sign-in" in answer.headers.get("Location", ""):
            raise RuntimeError("the writer was signed out")
        return answer.status, text

    def show(self, path: str) -> tuple[int, str]:
        """Ask for a page and return status and text."""
        self._connection.request("GET", path, headers=self._page_headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def sign_in(ground: Ground) -> tuple[str, str]:
    """Sign Ada in and return her cookie and the token of her forms."""
    host = urlsplit(ground.environment["DEPOT_BASE_URL"]).netloc
    connection = http.client.HTTPConnection(host, timeout=120)
    connection.request("GET", "/sign-in")
    page = connection.getresponse()
    token = csrf_in(page.read().decode())
    fields = {"login": "ada", "password": PASSWORD, "csrf_token": token}
    headers = {"Cookie": _cookie(page), "Content-Type": _FORM}
    connection.request("POST", "/sign-in", urlencode(fields), headers)
    answer = connection.getresponse()
    answer.read()
    cookie = _cookie(answer)
    connection.request("GET", "/account", headers={"Cookie": cookie})
    csrf = csrf_in(connection.getresponse().read().decode())
    connection.close()
    return cookie, csrf


def _cookie(answer: http.client.HTTPResponse) -> str:
    given = answer.headers.get_all("Set-Cookie") or []
    return "; ".join(one.partition(";")[0] for one in given)


def of_api(path: str, body: Json, kind: str = "", method: str = "POST") -> Sent:
    """Return a request of a program; a batch for /sync carries its commands' ids itself."""
    carried = [one["command_id"] for one in body.get("commands", [])]
    if not carried:
        body = {"command_id": str(uuid4())} | body
        carried = [body["command_id"]]
    kind = f"api {kind or path}"
    return Sent(
        kind, method, f"/api/v1{path}", json.dumps(body), "application/json", tuple(carried)
    )


def of_form(form: FoundForm, chance: random.Random, word: str) -> Sent:
    """Return a form as a person sends it."""
    typed = form.filled(chance, word) | {"command_id": str(uuid4())}
    typed.pop("csrf_token", None)
    # what is asked about ("that many?") is confirmed at once
    return Sent(
        f"page {form.endpoint}",
        "POST",
        form.action,
        urlencode(typed),
        _FORM,
        (typed["command_id"],),
    )


Story = Generator[Sent, Json, None]


def write(writer: Writer, book: Book, story: Story) -> bool:
    """Send what the story asks for, in order; return False once nobody answers."""
    answer: Json | None = None
    while True:
        try:
            sent = story.send(answer) if answer is not None else next(story)
        except (StopIteration, KeyError, IndexError, TypeError):
            return True  # told to its end, or a refusal left it nothing to go on with
        try:
            status, text = writer.ask(sent)
        except (OSError, http.client.HTTPException):
            book.leave_open(sent)
            return False
        answer = _json(text) if sent.content_type == "application/json" else {}
        book.note(_kept(sent, answer), status, text, is_kept=_is_kept(sent, status))


def _is_kept(sent: Sent, status: int) -> bool:
    return status in ((200, 201) if sent.path.startswith("/api/") else (201, 303))


def _kept(sent: Sent, answer: Json) -> Sent:
    """Return the request with those of its commands that the answer says are done."""
    if "results" not in answer:
        return sent
    done = [r["command_id"] for r in answer["results"] if r["result"] in ("posted", "repeated")]
    return Sent(sent.kind, sent.method, sent.path, sent.body, sent.content_type, tuple(done))


def _json(text: str) -> Json:
    try:
        found: Json = json.loads(text)
    except ValueError:
        return {}
    return found


@contextmanager
def at_work(
    ground: Ground, book: Book, session: tuple[str, str], stories: Sequence[Callable[[], Story]]
) -> Iterator[threading.Event]:
    """Let writers tell stories until the event is set or nobody answers; wait for them."""
    stop = threading.Event()

    def work(number: int) -> None:
        writer = Writer(ground, *session)
        try:
            while not stop.is_set() and write(writer, book, stories[number]()):
                pass
        except Exception as error:
            with book.lock:
                book.wrong.append(f"a writer broke: {error!r}")
        finally:
            writer.close()

    threads = [threading.Thread(target=work, args=(one,)) for one in range(len(stories))]
    for thread in threads:
        thread.start()
    try:
        yield stop
    finally:
        stop.set()
        for thread in threads:
            thread.join()
