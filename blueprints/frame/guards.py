"""Who is asking: the actor behind a session or a token, and the guards of the blueprints."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final

from flask import g, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import UserMixin, current_user
from flask_login.utils import login_url
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from depot.base.actors import Actor
from depot.base.errors import Forbidden
from depot.db.database import current_session
from depot.people import queries

Guard = Callable[[], Response | None]


class SignedIn(UserMixin):
    """The signed-in person of this request, as flask-login wants to hold one."""

    def __init__(self, actor: Actor, session_version: int) -> None:
        self.actor = actor
        self.session_version = session_version

    def get_id(self) -> str:
        return session_id(self.actor.person_id or 0, self.session_version)


def session_id(person_id: int, session_version: int) -> str:
    """Return what a session cookie says about who it belongs to."""
    return f"{person_id}.{session_version}"


def load_signed_in(text: str) -> SignedIn | None:
    """Return who a session belongs to, if it still counts; one statement."""
    person, _, version = text.partition(".")
    if not (person.isascii() and person.isdigit() and version.isascii() and version.isdigit()):
        return None
    found = queries.find_session_holder(current_session(), int(person), session.get("depot"))
    if found is None or found.session_version != int(version):
        return None
    return SignedIn(found.actor, found.session_version)


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
        return token_bearer
    if g.get("storage_failed") and "_login_user" not in g:
        return None  # the database that would tell is the one that does not answer
    user = current_user
    return user.actor if user.is_authenticated else None


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


def coordinators() -> Response | None:
    """Let coordinators of the depot in. Raises Forbidden for its volunteers."""
    answer = signed_in()
    if answer is None and not actor().is_coordinator:
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


#: The blueprints whose views have a limit.
LIMITED = frozenset({"account", "mails_public", "needs_public", "sharing_public"})


class RouteLimiter(Limiter):
    """Asks only where there is a limit: to ask everywhere costs a fifth of looking a crate up."""

    def _check_request_limit(
        self, callable_name: str | None = None, in_middleware: bool = True
    ) -> None:
        # should the library call it otherwise one day, it is asked everywhere again
        if request.blueprint in LIMITED:
            super()._check_request_limit(callable_name, in_middleware)


limiter = RouteLimiter(get_remote_address, storage_uri="memory://", headers_enabled=False)
