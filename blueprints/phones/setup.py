"""All that is answered without https: how a phone is set up, and the certificate it needs.

This blueprint has an application of its own (`depot/serving/setup_app.py`): no session, no
database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.frame.web import is_own_page, query_text
from labels.symbols.qr import qr_symbol

bp = Blueprint("phone_setup", __name__)
SETTING: Final = "PHONE_SETUP"
#: Of an address that is kept for after the set-up.
_LONGEST: Final = 200
#: Words in a User-Agent header, the more telling first, and the steps that such a device needs.
_DEVICES: Final = (
    ("iPhone", "apple"),
    ("iPad", "apple"),
    ("Android", "android"),
    ("Windows", "windows"),
    ("Macintosh", "mac"),
    ("Linux", "linux"),
    ("CrOS", "linux"),
)


@dataclass(frozen=True, slots=True)
class PhoneSetup:
    """What the page has to say.

    `base_url` is the https address, `setup_url` this page's own; `authority` is the certificate to
    trust (PEM), `title` its name in a phone's list, `fingerprint` its SHA-256.
    """

    base_url: str
    setup_url: str
    authority: bytes
    title: str
    fingerprint: str
    depot_name: str | None = None


def setup_facts() -> PhoneSetup:
    """Return what this application was made with."""
    found: PhoneSetup = current_app.config[SETTING]
    return found


def detect_device(user_agent: str) -> str | None:
    """Return which steps the sender of a User-Agent header needs, as far as it says."""
    return next((device for word, device in _DEVICES if word in user_agent), None)


@bp.get("/")
def show() -> ResponseReturnValue:
    """Show the steps, those of the phone that asks opened up."""
    known = setup_facts()
    wanted = query_text("to")
    suffix = f"?to={quote(wanted, safe='/')}" if is_own_page(wanted) else ""
    return render_template(
        "phones/setup.html",
        setup=known,
        symbol=qr_symbol(known.setup_url),
        device=detect_device(request.headers.get("User-Agent", "")),
        check_url=f"{known.base_url}/phone-ready{suffix}",
    )


@bp.get("/ca.crt")
def certificate() -> Response:
    """Return the certificate to trust, in the type that phones offer to install."""
    answer = Response(setup_facts().authority, mimetype="application/x-x509-ca-cert")
    answer.headers["Content-Disposition"] = 'attachment; filename="depot-ca.crt"'
    return answer


@bp.app_errorhandler(404)
@bp.app_errorhandler(405)
def elsewhere(_error: Exception) -> ResponseReturnValue:
    """Lead everything else to the page: a label printed before there was https, for example."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" else ""
    kept = wanted if is_own_page(wanted) and len(wanted) <= _LONGEST else None
    return redirect(url_for("phone_setup.show", to=kept), 303)
