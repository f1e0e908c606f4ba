"""What all slices share at the edge: answers with undo, API answers, paging."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit
from uuid import uuid4

from flask import Blueprint, current_app, flash, g, get_flashed_messages, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.routing import IntegerConverter, Rule

from blueprints.frame.guards import actor
from blueprints.frame.language import current_reader
from depot.base.actors import Actor
from depot.base.allergens import MAX_DIET, MAX_DIETS, FoodWish, clean_diets, from_words
from depot.base.errors import NotFound
from depot.base.kinds import UNSAFE_KINDS
from depot.db.database import current_session
from depot.kernel.once import AnyOutcome

ANSWER = "answer"
Found = TypeVar("Found")
#: What a column takes.
LARGEST_ID = 2**63 - 1
#: So many letters of the allergens in an address are read.
_MAX_WISH = 400


#: Answers for everybody that a process keeps, and for how many seconds.
_MOST_KEPT = 200
_KEPT_SECONDS = 10.0
_kept_lock = threading.Lock()


#: A row of a slice's table: method, address, endpoint, view.
Route = tuple[str, str, str, Callable[..., Any]]


def add_routes(blueprint: Blueprint, *routes: Route) -> None:
    """Add a table of addresses to a blueprint."""
    for method, address, endpoint, view in routes:
        blueprint.add_url_rule(address, endpoint, view, methods=[method])


class IdConverter(IntegerConverter):
    """A number in an address, small enough for a column: a longer one is no page of ours."""

    LARGEST: Final = 10**18 - 1
    regex = r"\d{1,18}"


class LateRule(Rule):
    """A rule of the table of addresses: what writes its address is compiled when one is written.

    Werkzeug compiles two functions for each rule, which made half of an application's start; most
    are never called.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled, made = super()._compile_builder, None

        def write(rule: Rule, /, **named: Any) -> tuple[str, str]:
            nonlocal made
            made = made or compiled(append_unknown)
            return made(rule, **named)

        return write


@dataclass(frozen=True, slots=True)
class Answer:
    """The dark strip: what happened, perhaps with a way back and a way on."""

    message: str
    undo_href: str | None = None
    href: str | None = None
    link_text: str | None = None
    kind: str = "done"


def show_message(
    message: str,
    outcome: AnyOutcome | None = None,
    *,
    href: str | None = None,
    link_text: str | None = None,
    kind: str = "done",
) -> None:
    """Say on the next page what happened, with Undo if `outcome` posted an entry.

    If a coordinator was asked to look at something, the sentence says so.
    """
    show_answer(Answer(message, None, href, link_text, kind), outcome)


def show_answer(answer: Answer, outcome: AnyOutcome | None = None) -> None:
    """Show the answer on the next page, as `complete` makes it."""
    flash(json.dumps(asdict(complete_answer(answer, outcome))), ANSWER)


def complete_answer(answer: Answer, outcome: AnyOutcome | None) -> Answer:
    """Return the answer with what the outcome adds: Undo, and that a coordinator will look."""
    if outcome is None:
        return answer
    if outcome.entry_id is not None:
        undo_href = url_for("ledger.undo", entry_id=outcome.entry_id)
        answer = replace(answer, undo_href=undo_href)
    if not outcome.note_kept:
        not_kept = _("Your note was not kept: nothing was booked that it could stand on.")
        answer = replace(answer, message=f"{answer.message} {not_kept}")
    if outcome.discrepancies:
        if outcome.is_doubted:
            message = _(
                "%(message)s. That is far from what is usual: a coordinator will say whether it is"
                " right.",
                message=answer.message.removesuffix("."),
            )
        else:
            message = " ".join([answer.message, *_asked_words(outcome)])
        answer = replace(answer, message=message)
    if outcome.asks & UNSAFE_KINDS:
        answer = replace(answer, kind="stop")
    return answer


def _asked_words(outcome: AnyOutcome) -> list[str]:
    """Say that a coordinator will look at it, and before that what cannot wait."""
    told = []
    if "recalled_gone" in outcome.asks:
        told.append(_("Some of it has been called back since. Tell a coordinator who got it."))
    if outcome.asks & UNSAFE_KINDS - {"recalled_gone"}:
        told.append(_("This must not go out: past its use-by day, or on hold. Tell somebody now."))
    if "counted_since" in outcome.asks:
        told.append(counted_since_words())
    return [*told, _("A coordinator will look at it.")]


def counted_since_words() -> str:
    """Say what a count that came after it means for what is written late."""
    return str(_("It was counted since, so the stock stays as counted."))


#: Loaded by the browser for a page that shows them, however late.
_PICTURES: Final = frozenset({"items.picture", "items.thumb"})


def is_background_request() -> bool:
    """Say whether it is asked beside what the person does: it leaves the session as it is.

    A script asks so, and the browser for the pictures of a page.
    """
    is_beside = request.headers.get("Purpose") == "prefetch" or request.endpoint in _PICTURES
    return bool(g.get("answers_json")) or is_beside


def keep_no_copy() -> None:
    """Let no phone keep a copy of this page for later: it shows what opens a door, or who came."""
    g.keeps_no_copy = True


def take_answers() -> list[Answer]:
    """Return what the page has to tell, once; a copy that is fetched for later has nothing to."""
    if is_background_request():
        return []
    told = [
        Answer(**json.loads(str(text))) for text in get_flashed_messages(category_filter=[ANSWER])
    ]
    g.has_told = bool(told)
    return told


def is_own_page(text: str) -> bool:
    """Say whether `text` is the path of a page here, and not an address on another site."""
    if "\\" in text or not text.startswith("/") or text.startswith("//"):
        return False
    if not text.isprintable():  # a line break has no place in a header; browsers skip a tab
        return False
    parts = urlsplit(text)
    return not parts.scheme and not parts.netloc


def next_page(default: str) -> str:
    """Return the page of ours that the request names as `next`, else `default`. Never raises."""
    wanted = request.values.get("next", "")
    return wanted if is_own_page(wanted) else default


def this_page(anchor: str | None = None) -> str:
    """Return the address of the page that is shown, to come back to; at `anchor` if one is given.

    The answer to a form is no page to come back to: empty then.
    """
    if request.method != "GET":
        return ""
    address = request.full_path if request.query_string else request.path
    return f"{address}#{anchor}" if anchor else address


def command_id() -> str:
    """Return a new command id for a form."""
    return str(uuid4())


def write_answer(outcome: AnyOutcome) -> tuple[dict[str, Any], int]:
    """Return an API write's answer: 201 the first time, 200 with the same body afterwards."""
    return outcome.body, 200 if outcome.repeated else 201


def query_text(name: str, default: str = "") -> str:
    """Return a query parameter, trimmed and short; never raises.

    U+0000 goes, as in names: PostgreSQL takes it in no text, not even in a search.
    """
    return request.args.get(name, default).replace("\x00", "").strip()[:200]


def query_wish() -> FoodWish:
    """Return which allergens goods are to be without, and for which diets; never raises.

    Words that name no allergen are left out: a page says what it was narrowed to.
    """
    without, _unknown = from_words(" ".join(request.args.getlist("without"))[:_MAX_WISH])
    diets = [word.replace("\x00", "")[:MAX_DIET] for word in request.args.getlist("diet")]
    return FoodWish(without, clean_diets(diets[:MAX_DIETS]))


def query_id(name: str) -> int | None:
    """Return a query parameter that is an id or a cursor; None for nonsense. Never raises."""
    found = request.args.get(name, None, int)
    return found if found is not None and 0 < found <= LARGEST_ID else None


def reader() -> tuple[Session, Actor]:
    """Return the session and the actor, the two arguments of every query of a page.

    What is read from then on bears its name in the language of who reads the page.
    """
    current_reader()
    return current_session(), actor()


def numbered_address(endpoint: str, name: str) -> Callable[[int], str]:
    """Return what gives the address of a page that is numbered by `name`.

    For long lists: building an address anew for each row takes as long as the row.
    """
    numbered: dict[str, Any] = {name: 0}
    before, _zero, after = url_for(endpoint, **numbered).rpartition("0")
    return lambda number: f"{before}{number}{after}"


def found_or_404(what: str, number: int, found: Found | None) -> Found:
    """Return what was found; raises NotFound where nothing was."""
    if found is None:
        raise NotFound(what=what, name=number)
    return found


def kept_for_all(key: Hashable, make: Callable[[], Found]) -> Found:
    """Return what `make` answered to everybody some seconds ago, or have it made.

    So that many who look at once cost little, and nobody is refused. The key names all that the
    answer depends on, and who may see it has been asked before.
    """
    kept: dict[Hashable, tuple[float, Any]] = current_app.extensions.setdefault("kept-for-all", {})
    now = time.monotonic()
    with _kept_lock:
        since, answer = kept.get(key, (float("-inf"), None))
    if now - since < _KEPT_SECONDS:
        found: Found = answer
        return found
    made = make()
    with _kept_lock:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[key] = (now, made)
    return made
