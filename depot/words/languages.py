"""The languages there are, and which of them somebody reads.

English, and one for each catalogue in a folder of translations.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import astuple, dataclass
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Final

from depot.base.actors import DepotView
from depot.words.reader import Reader

ENGLISH: Final = "en"
#: The catalogues that come with the program.
FOLDER: Final = Path(__file__).resolve().parent.parent / "translations"
_CATALOGUE: Final = Path("LC_MESSAGES") / "messages.mo"
#: In a catalogue's header: the locale whose numbers and dates its readers know.
_FORMATS: Final = "language"

#: What a language is written in where its tag names a country only.
_SCRIPT_OF: Final = {
    ("zh", "tw"): "hant",
    ("zh", "hk"): "hant",
    ("zh", "mo"): "hant",
    ("zh", ""): "hans",
}
#: Tags of people whose language has another name here: Dari is read as Persian.
_ALSO: Final = {"prs": "fa"}


@dataclass(frozen=True, slots=True)
class Languages:
    """The catalogues in some folders; of two for one language the last folder's counts.

    `usual` is the language of who asks for none: the command line, mails, other visitors.
    """

    folders: tuple[Path, ...] = (FOLDER,)
    usual: str = ENGLISH

    def names(self) -> list[str]:
        """Return the languages there are, the usual one first: en, de, pt_BR."""
        found = {path.parent.parent.name for folder in self.folders for path in _files(folder)}
        return [self.usual, *sorted((found | {ENGLISH}) - {self.usual})]

    def of_depot(self, depot: DepotView | None) -> str:
        """Return what is read in a depot by who chose nothing, the usual one if it has none."""
        return (self.known(depot.language) if depot else "") or self.usual

    def known(self, tag: str) -> str:
        """Return which of the languages a reader of `tag` reads; empty for none of them."""
        return matching_language(tag, self.names())

    def reader(
        self, depot: DepotView | None = None, language: str = "", *, paper_size: str = ""
    ) -> Reader:
        """Return somebody who reads `language` (else the depot's, else the usual one) in `depot`.

        What a language lacks is English. `paper_size` is the depot's unless another is wanted.
        """
        wanted = language or self.of_depot(depot)
        catalogue = _catalogue(self.folders, wanted)
        formats = _known_locale(catalogue.info().get(_FORMATS, ""), wanted)
        if depot is None:
            return Reader(wanted, formats, paper_size=paper_size or "A4", catalogue=catalogue)
        return Reader(
            wanted,
            formats,
            depot.time_zone,
            depot.weight_unit,
            paper_size or depot.paper_size,
            catalogue,
            depot.date_order,
        )


def in_all_languages(messages: Sequence[str], languages: Languages) -> list[tuple[str, ...]]:
    """Return for each message what it is in every language there is, English first.

    It reads every catalogue and keeps none: for what is worked out once.
    """
    files = [file for folder in languages.folders for file in _files(folder)]
    told = [list(messages)]
    for file in files:
        with file.open("rb") as opened:
            catalogue = GNUTranslations(opened)
        told.append([catalogue.gettext(message) for message in messages])
    return list(zip(*told, strict=True))


#: What comes with the program, English for who asks for nothing.
USUAL: Final = Languages()
_AT_WORK: Final[ContextVar[Languages]] = ContextVar("languages_at_work", default=USUAL)


def languages_at_work() -> Languages:
    """Return the languages of the program that runs here, for what is kept in its words."""
    return _AT_WORK.get()


@contextmanager
def at_work(languages: Languages) -> Iterator[None]:
    """Keep what is made in the `with` in the words of these languages."""
    token = begin_words(languages)
    try:
        yield
    finally:
        end_words(token)


def begin_words(languages: Languages) -> Token[Languages]:
    """Begin it, for who cannot write a `with`; `end_words` takes the answer."""
    return _AT_WORK.set(languages)


def end_words(token: Token[Languages]) -> None:
    """Keep what is made in the words of before."""
    _AT_WORK.reset(token)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is known of a reader's language, in the order in which it counts; empty: nothing.

    Each is a language's tag as people and browsers write it: es-MX, pt_BR, zh-CN.
    """

    #: In the address of this page: ?language=es.
    asked: str = ""
    #: What the person chose in their account.
    account: str = ""
    #: What was chosen in this browser.
    cookie: str = ""
    #: What the link was made in by which a stranger came: what somebody else thought they read.
    link: str = ""
    #: What the browser asks for, the best first.
    browser: tuple[str, ...] = ()
    #: What the depot has set for all.
    depot: str = ""


def chosen_language(wishes: Wishes, names: Sequence[str], usual: str) -> str:
    """Return the first of `names` that is wished for, else the usual one.

    A wish for a language that is not there counts for nothing.
    """
    for wish in astuple(wishes):
        for tag in (wish,) if isinstance(wish, str) else wish:
            if found := matching_language(tag, names):
                return found
    return usual


def matching_language(tag: str, names: Sequence[str]) -> str:
    """Return which of `names` a reader of `tag` reads; empty for none of them.

    The same name counts first, then the language in the same script, whatever the country.
    """
    wanted = _subtags(tag)
    if not wanted:
        return ""
    told = sorted(names, key=lambda name: (_subtags(name) != wanted, len(name)))
    is_same = (name for name in told if _spoken(_subtags(name)) == _spoken(wanted))
    return next(is_same, "")


def _subtags(tag: str) -> tuple[str, ...]:
    parts = tuple(part for part in tag.strip().lower().replace("_", "-").split("-") if part)
    return (_ALSO.get(parts[0], parts[0]), *parts[1:]) if parts else ()


def _spoken(parts: tuple[str, ...]) -> tuple[str, str]:
    """Return a language and what it is written in, the latter if that matters."""
    language, rest = parts[0], parts[1:]
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    country = next((part for part in rest if len(part) == 2), "")
    usual = _SCRIPT_OF.get((language, country), _SCRIPT_OF.get((language, ""), ""))
    return language, script or usual


#: What speakers of the languages that are there call them. Every page lists them, and Babel would
#: keep a megabyte of each for it.
_OWN_NAMES: Final = {
    "ar": "العربية",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fa": "فارسی",
    "fr": "Français",
    "it": "Italiano",
    "pl": "Polski",
    "pt_BR": "Português (Brasil)",
    "ru": "Русский",
    "tr": "Türkçe",
    "uk": "Українська",
    "zh_Hans": "中文 (简体)",
}


def own_name(name: str) -> str:
    """Return what its speakers call a language: Español; the name itself of one nobody speaks."""
    return _OWN_NAMES.get(name) or babel_name(name)


@lru_cache(maxsize=64)
def babel_name(name: str) -> str:
    """Return the same as Babel knows it."""
    from babel import Locale, UnknownLocaleError  # loaded where languages are chosen from

    try:
        own = Locale.parse(name).get_display_name(name) or name
    except (UnknownLocaleError, ValueError):
        return name
    return own[:1].upper() + own[1:]


@lru_cache(maxsize=64)  # asked for at every request; the catalogues are read but once as well
def _files(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(folder.glob(f"*/{_CATALOGUE}")))


@lru_cache(maxsize=64)
def _catalogue(folders: tuple[Path, ...], language: str) -> NullTranslations:
    for folder in reversed(folders):
        file = folder / language / _CATALOGUE
        if file.is_file():
            with file.open("rb") as opened:
                return GNUTranslations(opened)
    return NullTranslations()


@lru_cache(maxsize=64)
def _known_locale(stated: str, language: str) -> str:
    """Return the locale stated, else that of the language, else of its first part, else English."""
    if not stated and language == ENGLISH:
        return ENGLISH
    from babel import Locale, UnknownLocaleError  # loaded when somebody reads, not at the start

    for name in (stated, language, language.partition("_")[0]):
        try:
            return str(Locale.parse(name))
        except (UnknownLocaleError, ValueError):
            continue
    return ENGLISH
