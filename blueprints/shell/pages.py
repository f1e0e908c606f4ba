"""What makes the program open without a connection: service worker, manifest, icons, one page."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from flask import Response, abort, current_app, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.browser.bundles import FOLDER, built_file, bundle_import_urls, bundle_url
from blueprints.frame.edge.packing import may_be_kept
from blueprints.shell.icons import ICONS, INK, PAPER, icon
from depot.backups.status import backups_told
from depot.db.database import current_session
from depot.db.files import takes_files
from depot.db.schema import is_newest
from depot.mail.queries import mails_waiting

#: Raised when what pages keep on a phone changes its shape (VERSION in outbox/store.ts): a new
#: service worker then waits until no page of the old kind is open.
PROTOCOL: Final = 1
#: The scripts of the pages that open without a connection.
SCRIPTS: Final = ("outbox", "wedge", "scan", "goods", "donation")
_STATIC: Final = (".css", ".js", ".svg")


def service_worker() -> Response:
    """Answer with the service worker, which knows the files of this very version."""
    files = _files()
    digest = hashlib.sha256("\n".join([*files, built_file("sw")]).encode()).hexdigest()[:12]
    shell = {
        "protocol": PROTOCOL,
        "version": digest,
        "files": files,
        "offline": url_for("shell.offline"),
    }
    script = (FOLDER / built_file("sw")).read_text()
    answer = Response(f"self.DEPOT={json.dumps(shell)};\n{script}", mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return may_be_kept(answer)


def _files() -> list[str]:
    asset: Any = current_app.jinja_env.globals["asset"]  # Jinja keeps no types
    names = sorted(
        path.name
        for path in Path(str(current_app.static_folder)).iterdir()
        if path.suffix in _STATIC
    )
    built = [
        address for name in SCRIPTS for address in (bundle_url(name), *bundle_import_urls(name))
    ]
    icons = [url_for("shell.icon_png", name=name) for name in ICONS if name.startswith("icon")]
    return [*(asset(name) for name in names), *dict.fromkeys(built), *icons]


def healthz() -> Response:
    """Tell whoever watches the program that it answers; of its database it says nothing."""
    return Response("ok\n", mimetype="text/plain")


def readyz() -> tuple[Response, int]:
    """Tell whoever watches whether one may work here, how many mails wait, and how old backups are.

    503 where the database is at another revision than the program, or nothing can be written to
    the data folder. Raises StorageUnavailable for a database that does not answer: 503 as well.
    """
    config = current_app.config["DEPOT"]
    problems = [] if is_newest(current_session().connection()) else ["migrations"]
    problems += [] if takes_files(config.data) else ["data_folder"]
    told = backups_told(config)
    answer: dict[str, Any] = {
        "ready": not problems,
        "database": "other revision" if "migrations" in problems else "ok",
        "outbox": None if "migrations" in problems else mails_waiting(current_session()),
        "last_backup": told.good_at.isoformat() if told and told.good_at else None,
        "backup_late": bool(told and told.is_late),
    }
    if problems:
        return jsonify(answer | {"problems": problems}), 503
    return jsonify(answer), 200


def offline() -> ResponseReturnValue:
    """Say that there is no connection and what can be done all the same."""
    return render_template("outbox/offline.html")


def icon_png(name: str) -> Response:
    """Answer with one of the program's icons."""
    if name not in ICONS:
        abort(404)
    answer = Response(icon(name), mimetype="image/png")
    answer.headers["Cache-Control"] = "public, max-age=604800"
    return may_be_kept(answer)


def manifest() -> Response:
    """Say what a phone needs to put the program on its home screen."""
    told = {
        "id": "/",
        "name": _("Depot"),
        "short_name": _("Depot"),
        "description": _("What comes in, where it is and what is handed out."),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": INK,
        "background_color": PAPER,
        "share_target": {
            "action": url_for("search.shared"),
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "title": "title",
                "text": "text",
                "url": "url",
                "files": [{"name": "photo", "accept": ["image/*"]}],
            },
        },
        "icons": [_icon(name) for name in ("icon-192", "icon-512", "maskable-512")],
        "shortcuts": [
            _shortcut(_("Scan"), "/scan"),
            _shortcut(_("Log a donation"), "/donations/new"),
            _shortcut(_("Today"), "/"),
        ],
    }
    answer = jsonify(told)
    answer.mimetype = "application/manifest+json"
    answer.headers["Cache-Control"] = "no-cache"
    return may_be_kept(answer)


def _icon(name: str) -> dict[str, str]:
    side, is_cut = ICONS[name]
    return {
        "src": url_for("shell.icon_png", name=name),
        "sizes": f"{side}x{side}",
        "type": "image/png",
        "purpose": "maskable" if is_cut else "any",
    }


def _shortcut(name: str, address: str) -> dict[str, Any]:
    return {"name": name, "url": address, "icons": [_icon("icon-192")]}
