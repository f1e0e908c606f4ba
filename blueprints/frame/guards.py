"""Who is asking: the actor behind a session or a token, and the guards of the blueprints."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Final

from flask import g, request, session, url_for
from flask_login import UserMixin, current_user
from flask_login.utils import login_url
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from depot.base.actors import Actor, Asking
from depot.base.clock import utc_now
from depot.base.errors import Forbidden, StorageUnavailable
from depot.db.database import current_session
from depot.people import queries
from depot.people.commands.sessions import note_seen
from depot.people.queries import SessionHolder

Guard = Callable[[], Response | None]
#: The hidden field of a form, and the field of a body, that says yes to what was asked.
CONFIRMED: Final = "confirmed"
#: The field of a form or a body that says why something is changed.
WHY: Final = "why"
_MOST_KEYS: Final = 500


class SignedIn(UserMixin):
    """The signed-in person of this request, as flask-login wants to hold one."""

    def __init__(self, holder: SessionHolder, key: str) -> None:
        self.actor = holder.actor
        self.session_id = holder.session_id
        self.lacks_factor = holder.lacks_factor
        self.language = holder.language
        self._key = key

    def get_id(self) -> str:
        """Return what the cookie says of them: the key of their session."""
        return self._key


def load_signed_in(key: str) -> SignedIn | None:
    """Return whose session has that key, if it still counts; one statement.

    From time to time it is written down that the session is in use.
    """
    now, depot_id = utc_now(), session.get("depot")
    sends = request.method != "GET"
    found = queries.find_session_holder(current_session(), key, depot_id, now, sends=sends)
    if found is None:
        return None
    if now - found.seen_at >= found.seen_every and not _asks_by_itself():
        with suppress(StorageUnavailable):  # who reads needs no database that can be written to
            note_seen(found.session_id, now)
    return SignedIn(found, key)


def _asks_by_itself() -> bool:
    """Say whether a page's script asks: nobody need be there."""
    return request.accept_mimetypes.best == "application/json"


def own_session() -> SignedIn | None:
    """Return the session of who is signed in at this page; None for a program and for nobody."""
    if current_actor() is None or "token_actor" in g:
        return None
    found: SignedIn = current_user
    return found


def bearer_actor() -> Actor | None:
    """Return the actor of the request's API token, if it bears one that counts; one statement."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        return None
    return queries.token_actor(current_session(), token_hash(token.strip()))


def token_hash(token: str) -> str:
    """Return what the database keeps of a token: it is random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def actor() -> Actor:
    """Return who acts in this request; a guard has already made sure that there is someone."""
    found = current_actor()
    if found is None:
        raise Forbidden()
    return found


def need_coordinator() -> Actor:
    """Return who acts. Raises Forbidden unless they coordinate the depot."""
    who = actor()
    if not who.is_coordinator:
        raise Forbidden()
    return who


def current_actor() -> Actor | None:
    """Return who acts in this request, or None when nobody has signed in."""
    token_bearer: Actor | None = g.get("token_actor")
    if token_bearer is not None:
        confirmed: frozenset[str] | None = g.get(CONFIRMED)
        return _saying_why(
            token_bearer if confirmed is None else replace(token_bearer, asking=Asking(confirmed))
        )
    if g.get("storage_failed") and "_login_user" not in g:
        return None  # the database that would tell is the one that does not answer
    user = current_user
    return _saying_why(user.actor) if user.is_authenticated else None


def _saying_why(who: Actor) -> Actor:
    why: str = g.get(WHY, "")
    return replace(who, why=why) if why else who


def keep_why(said: str) -> None:
    """Keep for this request why something is changed, until it is asked who acts."""
    g.why = said


def read_confirmed(sent: object) -> frozenset[str]:
    """Return the keys of the questions that are confirmed: words of a text, or a list of texts.

    What is neither says yes to nothing: it is asked again.
    """
    keys = sent.split() if isinstance(sent, str) else sent
    if not isinstance(keys, list):
        return frozenset()
    return frozenset(key for key in keys[:_MOST_KEYS] if isinstance(key, str))


def keep_confirmed(sent: object) -> None:
    """Keep for this request what a program's body confirms, until it is asked who acts."""
    g.confirmed = read_confirmed(sent)


def anyone() -> None:
    """Let everybody in. It is a guard too, so that an open door is a decision."""


def link_holders() -> None:
    """Let everybody in: what they may do is signed into the address, and no session counts.

    So that another site cannot do it in somebody's name, and forms need no token against that.
    """


def signed_in() -> Response | None:
    """Let people of the depot in; send others to sign in and bring them back afterwards."""
    if current_actor() is not None:
        return None
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(login_url("account.sign_in", next_url=wanted))


def own_hands() -> Response | None:
    """Let people in about themselves. Raises Forbidden on a device of the depot's own.

    Whose name was tapped there is not shown by anything to be who taps.
    """
    answer = signed_in()
    if answer is None and actor().device is not None:
        raise Forbidden()
    return answer


def members() -> Response | None:
    """Let people of the depot in. Raises Forbidden for who helps for today only."""
    answer = signed_in()
    if answer is None and actor().is_helper:
        raise Forbidden()
    return answer


def coordinators() -> Response | None:
    """Let coordinators of the depot in. Raises Forbidden for its volunteers."""
    answer = signed_in()
    if answer is None and not actor().is_coordinator:
        held = own_session()
        if held is not None and held.lacks_factor and request.method == "GET":
            return redirect(url_for("own.factor"))
        raise Forbidden()
    return answer


def signed_in_program() -> None:
    """Let a page's scripts in for who is signed in: JSON, never a redirect. Raises SessionEnded."""
    g.answers_json = True
    if current_actor() is None:
        raise SessionEnded()


def signed_in_either() -> Response | None:
    """Let who is signed in in; a script is told so in JSON, a person is sent to sign in."""
    if request.accept_mimetypes.best == "application/json":
        signed_in_program()
        return None
    return signed_in()


#: Where forms need no token of ours: scripts' doors look where a request comes from instead, and
#: behind a signed link there is no session to abuse.
WITHOUT_FORM_TOKEN: Final = (signed_in_program, signed_in_either, link_holders)


def require_token() -> None:
    """Let API tokens in. Raises Unauthenticated without one."""
    g.token_actor = bearer_actor()
    if g.token_actor is None:
        raise Unauthenticated()


class SessionEnded(Exception):
    """Nobody is signed in any more where a page's script asks."""


class Unauthenticated(Exception):
    """An API request without a token that counts."""
