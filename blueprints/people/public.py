"""What this browser is spoken to in, and how large: for anybody, signed in or not."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import redirect
from flask.typing import ResponseReturnValue

from blueprints.frame.edge.letters import LARGER, remember_letters
from blueprints.frame.language import LANGUAGE, remember_language
from blueprints.frame.web import next_page, query_text


def choose() -> ResponseReturnValue:
    """Read on in another language, in this browser.

    By GET: it changes nothing but the browser's own cookie, and stands on pages kept for all.
    """
    remember_language(query_text(LANGUAGE))
    return redirect(_without_language(next_page("/")))


def choose_letters() -> ResponseReturnValue:
    """Read on in larger letters, or in usual ones, in this browser. By GET, as the language is."""
    remember_letters(query_text("letters") == LARGER)
    return redirect(next_page("/"))


def _without_language(address: str) -> str:
    """Return the address without the language that it names: another was chosen."""
    parts = urlsplit(address)
    kept = [pair for pair in parse_qsl(parts.query, True) if pair[0] != LANGUAGE]
    return parts._replace(query=urlencode(kept)).geturl()
