"""The composition root: puts configuration, database, edge and errors together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from flask import Flask, Response, appcontext_pushed, g, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from jinja2 import StrictUndefined

from blueprints import deliveries, mounts
from blueprints.browser.bundles import bundle_import_urls, bundle_url
from blueprints.browser.words import CAMERA_WORDS
from blueprints.frame import guards, language, problems, web
from blueprints.frame.api import DepotApi
from blueprints.frame.edge import bodies, packing, positions
from blueprints.frame.edge.form_tokens import FormTokens
from blueprints.frame.edge.letters import letters_are_larger
from blueprints.frame.guards import anyone, current_actor, load_signed_in
from blueprints.frame.guides.how import how_url
from blueprints.frame.menu import menu
from blueprints.frame.security import policy
from blueprints.outbox import delivery
from blueprints.outbox import pages as outbox
from blueprints.outbox import words as outbox_words
from blueprints.words.exports import export_links
from depot.config import Config, data_dir, from_environment
from depot.db.columns import Base
from depot.db.database import (
    SESSION_OPTIONS,
    Database,
    begin_use,
    current_database,
    end_use,
    prepare_engine,
)
from depot.models.item_names import read_names_in
from depot.people.sessions import LONGEST
from depot.words.languages import begin_words, end_words
from labels.symbols.qr import qr_symbol

if TYPE_CHECKING:
    from sqlalchemy.orm import Session, scoped_session

    from depot.db.replica import Replica

db: SQLAlchemy = SQLAlchemy(model_class=Base, session_options=dict(SESSION_OPTIONS))
csrf = FormTokens()
SHELL = Path(mounts.__file__).resolve().parent / "browser" / "static"
#: Where the application keeps its database.
_DATABASE: Final = "depot-database"


class DepotApp(Flask):
    """Flask, knowing that no view of ours is a coroutine."""

    url_rule_class = web.LateRule

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function: Flask would inspect it, a dozen times a request."""
        return func


class KeptSessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie, of which an answer that anybody may keep says nothing.

    Flask-Login looks into the session on every request, and Flask then lets the answer vary by the
    cookie: scripts and styles would be fetched again whenever it changed.
    """

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie along, except with what is public and what a script asks for beside.

        An answer to a script may come after one that signed out or that told something, and must
        not bring back the session as it was when it was asked for.
        """
        if not (response.cache_control.public or web.is_background_request()):
            super().save_session(app, session, response)


def create_app(config: Config | None = None) -> Flask:
    """Return the application; `config` defaults to what the environment says.

    Raises ConfigError for a wrong setting. The database is not migrated here.
    """
    config = config or from_environment()
    app = DepotApp(
        "depot",
        template_folder=str(data_dir("templates", "base.html")),
        static_folder=str(SHELL),
        static_url_path="/static",
    )
    app.session_interface = KeptSessions()
    app.url_map.converters["int"] = web.IdConverter
    _configure(app, config)
    _connect(app, config)
    problems.register(app)  # before all that may refuse a request: its log has a line for each
    packing.register(app)
    bodies.register(app)
    positions.register(app)
    csrf.init_app(app)
    language.register(app, config.languages)
    _sign_in(app)
    add_template_helpers(app)
    app.context_processor(_page_context)
    _mount_all(app)
    app.extensions[delivery.EXTENSION] = deliveries.DELIVERIES
    app.after_request(_keep_description)
    app.after_request(add_security_headers)
    if config.insists_on_https:
        app.after_request(add_strict_transport)
    app.after_request(outbox.mark_response)
    return app


def _configure(app: Flask, config: Config) -> None:
    app.config.update(
        SECRET_KEY=config.secret_key,
        # the prefix binds it to this host and to https, whatever a neighbour sets
        SESSION_COOKIE_NAME="__Host-depot" if config.is_secure else "depot",
        PERMANENT_SESSION_LIFETIME=LONGEST,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.is_secure,
        MAX_CONTENT_LENGTH=bodies.USUAL_BYTES,  # each view then has its own
        MAX_FORM_PARTS=5000,
        # as long as the session: a form left open over a shift still saves
        WTF_CSRF_TIME_LIMIT=None,
        DEPOT=config,
        API_TITLE="Depot",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
    )


def _connect(app: Flask, config: Config) -> None:
    """Open the database; in each context of the application it is at work, with a session of its.

    The core knows nothing of Flask: it takes the database that is at work (`depot.db.database`).
    """
    app.config["SQLALCHEMY_DATABASE_URI"] = config.database_url
    # what people typed has no place in a log, not even in that of an error
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"hide_parameters": True}
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
        session = cast("scoped_session[Session]", db.session)
        app.extensions[_DATABASE] = Database(db.engine, session, _replica(config.replica_url))
    app.teardown_appcontext(_end_use)


def _replica(url: str) -> Replica | None:
    if not url:
        return None
    from depot.db.reading import open_replica  # for the few who have one

    return open_replica(url)


@appcontext_pushed.connect
def _begin_use(app: Flask, **_: Any) -> None:
    database = app.extensions.get(_DATABASE)
    if database is not None and "database_use" not in g:  # a streamed answer comes back to its own
        g.database_use = begin_use(database)
        g.words_use = begin_words(app.config["DEPOT"].languages)
        read_names_in("")  # the thread may have read for somebody else before


def _end_use(_: BaseException | None) -> None:
    token = g.pop("database_use", None)
    if token is not None:
        current_database().give_back()  # before the extension does, which fails if the server fails
        end_use(token)
        end_words(g.pop("words_use"))


def _sign_in(app: Flask) -> None:
    manager = LoginManager()
    # templates know the actor; asking again while an error is answered could fail again
    manager.init_app(app, add_context_processor=False)
    manager.session_protection = None  # phones change networks; the cookie is signed
    manager.user_loader(load_signed_in)


def add_template_helpers(app: Flask) -> None:
    """Give templates what all of them may use."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(language.FILTERS)
    app.jinja_env.globals.update(
        asset=_asset,
        bundle=bundle_url,
        bundle_needs=bundle_import_urls,
        command_id=web.command_id,
        export_links=export_links,
        language_choices=language.language_choices,
        letters_are_larger=letters_are_larger,
        outbox_me=outbox.signed_in_state,
        outbox_words=lambda: outbox_words.OUTBOX_WORDS(language.current_reader()),
        camera_words=lambda: CAMERA_WORDS(language.current_reader()),
        how_url=how_url,
        qr=qr_symbol,
        this_page=web.this_page,
    )


def _page_context() -> dict[str, Any]:
    found = current_actor()
    return {
        "actor": found,
        "depot_name": found.depot.name if found else None,
        "nav": menu(),
        "answers": web.take_answers(),
        "locale": language.current_reader().tag,
        "direction": language.current_reader().direction,
    }


def _asset(name: str) -> str:
    """Return the address of a static file, with its contents' digest, so that it may be kept."""
    return f"/static/{name}?v={packing.digest_of(SHELL / name)}"


def _mount_all(app: Flask) -> None:
    for mount in mounts.PAGES:
        if mount.guard in guards.WITHOUT_FORM_TOKEN:
            csrf.exempt(mount.blueprint)
        app.register_blueprint(mount.blueprint, url_prefix=mount.prefix or None)
    api = DepotApi(app)
    for mount in mounts.API:
        csrf.exempt(mount.blueprint)
        api.register_blueprint(mount.blueprint, url_prefix=mount.prefix)
    guard_of = {mount.blueprint.name: mount.guard for mount in mounts.PAGES + mounts.API}
    guard_of["api-docs"] = anyone  # the description of the API, flask-smorest's own

    @app.before_request
    def _guard() -> Any:
        """Ask the blueprint's guard; one without a row in the table lets nobody in."""
        if request.blueprint is None:
            return None
        return guard_of[request.blueprint]()


def _keep_description(response: Response) -> Response:
    """Let the API's description be kept, and asked for again by its mark: it is for everybody."""
    if request.endpoint != "api-docs.openapi_json" or response.status_code != 200:
        return response
    response.headers["Cache-Control"] = "no-cache"
    return packing.may_be_kept(response)


def add_strict_transport(response: Response) -> Response:
    """Tell the browser to come by https only, for a year from now on."""
    response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def add_security_headers(response: Response) -> Response:
    """Add the headers that every answer has: no other site's parts, no guessing, no keeping."""
    response.headers.setdefault("Content-Security-Policy", policy())
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.endpoint == "static" and response.status_code in (200, 206, 304):
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    return response
