"""What is answered with every page: its security policy; and who is asking, from where."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from flask import Response, current_app, request
from flask_babel import gettext as _
from werkzeug.exceptions import Forbidden

from blueprints.frame.api import base_url
from depot.config import Config, Network

#: 'self' alone: no inline script or style, no other host, no frame around us.
_EVERYWHERE = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
#: WebAssembly counts as evaluation; this allows it and no eval().
_WITH_WASM = f"{_EVERYWHERE}; script-src 'self' 'wasm-unsafe-eval'"


def policy(*, wasm: bool = False) -> str:
    """Return the policy; `wasm` only where the decoder of codes is loaded."""
    return _WITH_WASM if wasm else _EVERYWHERE


def keep_quiet(response: Response) -> Response:
    """Keep a link out of search engines, and out of what other sites hear of where one was."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def require_own_page() -> None:
    """Raise Forbidden unless one of our own pages asks.

    It stands in for a form's CSRF token, which would not last as long as a phone may be offline:
    the browser says where a request comes from, and no page can make it say otherwise.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site != "same-origin":
            raise Forbidden(_("Only pages of this program may send this."))
        return
    # plain http: browsers name the origin alone
    if _origin() not in (request.host, urlsplit(base_url()).netloc):
        raise Forbidden(_("Only pages of this program may send this."))


def _origin() -> str | None:
    """Return the host from which a page asks, None if that is not said or is no host."""
    try:
        return urlsplit(request.headers.get("Origin", "")).netloc or None
    except ValueError:
        return None


def secret_key() -> str:
    """Return the secret that this program makes keys, links and codes from."""
    config: Config = current_app.config["DEPOT"]
    return config.secret_key


def client_address() -> str:
    """Return where the request comes from, of an IPv6 address the network that a house has.

    What a proxy says of it counts if the proxy is one of ours (DEPOT_TRUSTED_PROXY).
    """
    config: Config = current_app.config["DEPOT"]
    asked_by = request.remote_addr or ""
    if config.trusted_proxies:
        said = request.headers.getlist("X-Forwarded-For")
        hops = [hop.strip() for line in said for hop in line.split(",")]
        while hops and _is_among(asked_by, config.trusted_proxies):
            asked_by = hops.pop()
    return _household(asked_by)


def _is_among(address: str, networks: tuple[Network, ...]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in networks)


def _household(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(ip_network((found, 64), strict=False))
    return str(getattr(found, "ipv4_mapped", None) or found)
