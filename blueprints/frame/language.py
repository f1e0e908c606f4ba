"""Who reads this answer: made once a request, from its language and the depot of who is signed in.

Flask-Babel's `_()` and the templates' get their sentences from the same catalogue.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from gettext import NullTranslations
from typing import Final, cast

from babel.support import Translations
from flask import Flask, current_app, g, request
from flask_babel import Babel, Domain
from jinja2 import pass_context
from jinja2.runtime import Context

from blueprints.frame.guards import current_actor
from depot.base.actors import DepotView
from depot.words import figures
from depot.words.languages import Languages
from depot.words.reader import Reader

_EXTENSION: Final = "depot-languages"


def register(app: Flask, languages: Languages) -> None:
    """Let the application speak these languages."""
    app.extensions[_EXTENSION] = languages
    babel = Babel(app, locale_selector=lambda: current_reader().formats)
    babel.domain_instance = _ReadersDomain()
    plain = cast("Callable[..., str]", app.jinja_env.globals["ngettext"])
    app.jinja_env.globals["ngettext"] = _counted(plain)


def current_reader() -> Reader:
    """Return who reads the answer to this request."""
    depot = _depot()
    found: tuple[DepotView | None, Reader] | None = g.get("reader")
    if found is None or found[0] is not depot:
        found = g.reader = (depot, _languages().reader(depot, _wanted()))
    return found[1]


def _depot() -> DepotView | None:
    if not hasattr(current_app, "login_manager"):
        return None  # the set-up page knows nobody
    who = current_actor()
    return who.depot if who else None


def _languages() -> Languages:
    found: Languages = current_app.extensions[_EXTENSION]
    return found


def _wanted() -> str:
    """Return which of our languages the reader's browser likes best."""
    languages = _languages()
    if not request:
        return languages.usual
    tags = {name.replace("_", "-"): name for name in languages.names()}
    usual = languages.usual.replace("_", "-")
    return tags[request.accept_languages.best_match(list(tags), usual) or usual]


class _ReadersDomain(Domain):
    """Flask-Babel's sentences, from the reader's own catalogue."""

    def get_translations(self) -> NullTranslations:
        """Return the catalogue, with the methods that Flask-Babel calls."""
        if not g:
            return Translations()
        return _Named(current_reader().catalogue)

    def ngettext(self, singular: str, plural: str, num: int, /, **named: object) -> str:
        """Return the form for `num`, which stands in it as %(num)s, grouped."""
        told = current_reader().catalogue.ngettext(singular, plural, num)
        return told % _with_figure(num, named)


def _counted(plain: Callable[..., str]) -> Callable[..., str]:
    """Return what templates count with: the form for `num`, with the number grouped."""

    @pass_context
    def counted(page: Context, one: str, many: str, num: int, /, **named: object) -> str:
        return plain(page, one, many, num, **_with_figure(num, named))

    return counted


def _with_figure(num: int, named: dict[str, object]) -> dict[str, object]:
    shown = named.get("num", num)
    if isinstance(shown, int):
        shown = figures.number(shown, current_reader())
    return {**named, "num": shown}


class _Named(NullTranslations):
    """A catalogue under the names that Flask-Babel knows its methods by."""

    def __init__(self, catalogue: NullTranslations) -> None:
        super().__init__()
        # in a catalogue, what stands for nothing is its own head
        self.ugettext = lambda message: catalogue.gettext(message) if message else ""
        self.ungettext = catalogue.ngettext
        self.upgettext = catalogue.pgettext
        self.unpgettext = catalogue.npgettext


def _for_reader(write: Callable[..., str]) -> Callable[..., str]:
    @wraps(write)
    def filtered(*values: object) -> str:
        return write(*values, current_reader())

    return filtered


#: Figures and dates in templates, for who reads the page.
FILTERS: Final = {
    write.__name__: _for_reader(write)
    for write in (
        figures.number,
        figures.quantity,
        figures.unit_beside,
        figures.weight,
        figures.signed_number,
        figures.day,
        figures.long_day,
        figures.today_day,
        figures.moment,
        figures.clock_time,
        figures.ago,
        figures.lot_date,
        figures.unit_sign,
    )
}
