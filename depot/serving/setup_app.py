"""The second, tiny application: what is served without https beside `depot serve --tls`."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response
from sqlalchemy import select

from blueprints.frame import language
from blueprints.phones.setup import SETTING, PhoneSetup, bp
from depot.app import SHELL, DepotApp, add_security_headers, add_template_helpers
from depot.config import Config, data_dir
from depot.db.database import current_session
from depot.models import Depot
from depot.serving.tls.renewal import ServingFiles
from depot.words.languages import Languages


def setup_of(config: Config, certificate: ServingFiles) -> PhoneSetup:
    """Return what the page says; needs the database at work, for the name of an only depot."""
    known = current_session().scalars(select(Depot.name).limit(2)).all()
    return PhoneSetup(
        base_url=config.base_url,
        setup_url=config.setup_url,
        authority=certificate.authority,
        title=certificate.title,
        fingerprint=certificate.fingerprint,
        depot_name=known[0] if len(known) == 1 else None,
    )


def create_setup_app(setup: PhoneSetup) -> Flask:
    """Return the application that shows how a phone is set up, and nothing of the depot's book."""
    app = DepotApp(
        "depot",
        template_folder=str(data_dir("templates", "base.html")),
        static_folder=str(SHELL),
        static_url_path="/static",
    )
    app.config[SETTING] = setup
    language.register(app, Languages())
    add_template_helpers(app)
    app.register_blueprint(bp)
    app.after_request(_plain)  # the last registered runs first: this one after the other
    app.after_request(add_security_headers)

    @app.context_processor
    def _nobody() -> dict[str, Any]:
        """Return what pages expect to know of who is signed in: here it is never anybody."""
        return {
            "actor": None,
            "depot_name": setup.depot_name,
            "nav": [],
            "answers": [],
            "locale": language.current_reader().tag,
            "direction": language.current_reader().direction,
        }

    return app


def _plain(response: Response) -> Response:
    """Leave out a header that browsers heed over https alone and complain about else."""
    del response.headers["Cross-Origin-Opener-Policy"]
    return response
