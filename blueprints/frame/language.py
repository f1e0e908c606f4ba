"""Who reads this answer: made once a request, from its language and the depot of who is signed in.

Flask-Babel's `_()` and the templates' get their sentences from the same catalogue.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, wraps
from gettext import NullTranslations
from typing import Any, Final, NamedTuple

from babel.support import Translations
from flask import Flask, current_app, g, request
from flask_babel import Babel, Domain
from flask_babel import gettext as _
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from marshmallow import ValidationError, fields

from blueprints.frame.edge.cookies import keep_cookie, kept_cookie
from blueprints.frame.guards import current_actor, own_session
from depot.base.actors import DepotView
from depot.base.names import LEFT
from depot.models.item_names import read_names_in
from depot.words import figures, temperatures
from depot.words.languages import (
    Languages,
    Wishes,
    chosen_language,
    own_name,
)
from depot.words.reader import Reader, direction_of

_EXTENSION: Final = "depot-languages"
#: So many sentences of templates are kept, in all languages together, and so many languages.
_MOST_KEPT: Final = 16_384
_MOST_LANGUAGES: Final = 32
#: In an address, what this page is read in; in a form, what is chosen.
LANGUAGE: Final = "language"
_COOKIE: Final = "language"


def register(app: Flask, languages: Languages) -> None:
    """Let the application speak these languages."""
    app.extensions[_EXTENSION] = languages
    babel = Babel(app, locale_selector=lambda: current_reader().formats)
    babel.domain_instance = _ReadersDomain()
    app.jinja_env.globals.update(gettext=_told, _=_told, ngettext=_counted)
    app.jinja_env.finalize = _named_aright


def current_reader() -> Reader:
    """Return who reads the answer to this request."""
    found: _Known | None = g.get("reader")
    if (
        found is None
        or found.token_actor is not g.get("token_actor")
        or found.user is not g.get("_login_user")
    ):
        made = _languages().reader(_depot(), _wanted())
        found = g.reader = _Known(g.get("token_actor"), g.get("_login_user"), made)
        # a program knows things by the names that the depot gave them
        read_names_in("" if g.get("token_actor") else made.language)
    return found.reader


def reader_in(language: str) -> Reader:
    """Return who reads what is made for others, in `language` if that is one of ours.

    Else in the depot's language, whoever makes it; of a depot that has none, in the maker's.
    """
    depot = _depot()
    said = known_language(language) or known_language(depot.language if depot else "")
    return _languages().reader(depot, said or current_reader().language)


def reader_for_all() -> Reader:
    """Return who reads what sticks or hangs where all see it: as the address asks, or the depot."""
    return reader_in(request.args.get(LANGUAGE, ""))


class _Known(NamedTuple):
    """The reader of a request, and who it was when that was found out."""

    token_actor: object
    user: object
    reader: Reader


def speak_to(depot: DepotView, language: str = "") -> None:
    """Answer this request in the units of a depot to whoever holds a link of it.

    In the language that the link was made in; empty, or one that is no more: as the browser asks.
    """
    g.link_reader = (depot, language)
    g.pop("reader", None)


def offered_languages() -> list[tuple[str, str]]:
    """Return the languages there are, each under its own name."""
    return [(one.name, one.own_name) for one in language_choices()]


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """A language to choose, under its own name."""

    name: str
    own_name: str
    tag: str
    direction: str


def language_choices() -> list[LanguageChoice]:
    """Return the languages there are, the usual one first, then by their own names."""
    usual, *others = map(_choice, _languages().names())
    return [usual, *sorted(others, key=lambda one: one.own_name.casefold())]


class Language(fields.String):
    """One of our languages; what is none of them is nothing."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        return known_language(super()._deserialize(value, attr, data, **kwargs))


class StatedLanguage(Language):
    """One of our languages, or nothing; a program that says another one is told so."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        found = super()._deserialize(value, attr, data, **kwargs)
        if value and not found:
            raise ValidationError(_("That language is not known here."))
        return found


def own_language(depot: DepotView) -> str:
    """Return what the depot's own names are in."""
    return _languages().of_depot(depot)


def known_language(language: str) -> str:
    """Return which of our languages that is, empty for none."""
    return _languages().known(language)


def _choice(name: str) -> LanguageChoice:
    return LanguageChoice(name, own_name(name), name.replace("_", "-"), direction_of(name))


def read_in_depot(language: str) -> None:
    """Answer this request in a depot's language to whoever asks for none of ours."""
    g.depot_language = language
    g.pop("reader", None)


def _depot() -> DepotView | None:
    if "link_reader" in g:
        found: DepotView = g.link_reader[0]
        return found
    if not hasattr(current_app, "login_manager"):
        return None  # the set-up page knows nobody
    who = current_actor()
    return who.depot if who else None


def _languages() -> Languages:
    found: Languages = current_app.extensions[_EXTENSION]
    return found


def _wanted() -> str:
    """Return which of our languages the reader reads best."""
    languages = _languages()
    return chosen_language(_wishes(), languages.names(), languages.usual)


def _wishes() -> Wishes:
    depot = _depot()
    found = Wishes(depot=depot.language if depot else g.get("depot_language", ""))
    if not request:
        return found
    return replace(
        found,
        asked=request.args.get(LANGUAGE, ""),
        link=g.link_reader[1] if "link_reader" in g else "",
        account=_account_language(),
        cookie=kept_cookie(_COOKIE) or "",
        browser=tuple(tag for tag, quality in request.accept_languages if quality > 0),
    )


def _account_language() -> str:
    """Return what whoever is signed in chose; their account, not the depot's own device's."""
    held = own_session() if hasattr(current_app, "login_manager") else None
    return held.language if held else ""


def remember_language(language: str) -> None:
    """Speak to this browser in that language from now on, if it is one of ours."""
    if name := known_language(language):
        keep_cookie(_COOKIE, name)


def has_chosen_language() -> bool:
    """Say whether a language was chosen in this browser."""
    return kept_cookie(_COOKIE) is not None


class _ReadersDomain(Domain):
    """Flask-Babel's sentences, from the reader's own catalogue."""

    def get_translations(self) -> NullTranslations:
        """Return the catalogue, with the methods that Flask-Babel calls."""
        if not g:
            return Translations()
        return _named(current_reader().catalogue)

    def gettext(self, string: str, **named: object) -> str:
        """Return the sentence, with the values filled in by name."""
        if not g:  # nobody reads it
            return string % named if named else string
        told = _sentence(current_reader().catalogue, string)
        return told % current_reader().name_all(named, told) if named else told

    def ngettext(self, singular: str, plural: str, num: int, /, **named: object) -> str:
        """Return the form for `num`, which stands in it as %(num)s, grouped."""
        told = current_reader().catalogue.ngettext(singular, plural, num)
        return told % _with_figure(num, named, told)


@pass_context
def _told(page: Context, message: str, /, **named: object) -> str:
    """Return a template's sentence in the reader's language."""
    catalogue = current_reader().catalogue
    if not page.eval_ctx.autoescape:
        told = _sentence(catalogue, message)
        return told % current_reader().name_all(named, told)
    if not named:
        return _as_is(catalogue, message)
    safe = _safe_sentence(catalogue, message)
    return safe % current_reader().name_all(named, safe)


@pass_context
def _counted(page: Context, one: str, many: str, num: int, /, **named: object) -> str:
    """Return a template's sentence in the form for `num`, which stands in it grouped."""
    told = current_reader().catalogue.ngettext(one, many, num)
    if page.eval_ctx.autoescape:
        told = Markup(told)  # noqa: S704 - a sentence of the program
    return told % _with_figure(num, named, told)


def _sentence(catalogue: NullTranslations, message: str) -> str:
    return catalogue.gettext(message) if message else ""


# A page has some hundred sentences, the same for all who speak the language.


@lru_cache(maxsize=_MOST_KEPT)
def _safe_sentence(catalogue: NullTranslations, message: str) -> Markup:
    return Markup(_sentence(catalogue, message))  # noqa: S704 - a sentence of the program


@lru_cache(maxsize=_MOST_KEPT)
def _as_is(catalogue: NullTranslations, message: str) -> Markup:
    return _safe_sentence(catalogue, message) % {}


def _with_figure(num: int, named: dict[str, object], told: str) -> dict[str, object]:
    shown = named.get("num", num)
    if isinstance(shown, int):
        shown = figures.number(shown, current_reader())
    return {**current_reader().name_all(named, told), "num": shown}


def _named_aright(value: object) -> object:
    """Return what a template shows as it stands: a name, in the reader's words if they left."""
    return current_reader().name(value) if value == LEFT else value


class _Named(NullTranslations):
    """A catalogue under the names that Flask-Babel knows its methods by."""

    def __init__(self, catalogue: NullTranslations) -> None:
        super().__init__()
        # in a catalogue, what stands for nothing is its own head
        self.ugettext = lambda message: catalogue.gettext(message) if message else ""
        self.ungettext = catalogue.ngettext
        self.upgettext = catalogue.pgettext
        self.unpgettext = catalogue.npgettext


@lru_cache(maxsize=_MOST_LANGUAGES)
def _named(catalogue: NullTranslations) -> _Named:
    return _Named(catalogue)


def _for_reader(write: Callable[..., str]) -> Callable[..., str]:
    # without the page Jinja would work out 'gram'|unit_beside once, for whoever asked first
    @pass_context
    @wraps(write)
    def filtered(_page: Context, /, *values: object) -> str:
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
        temperatures.temperature,
    )
}
