"""The languages there are: English, and one for each catalogue in a folder of translations."""

from __future__ import annotations

from dataclasses import dataclass
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

    def reader(
        self, depot: DepotView | None = None, language: str = "", *, paper_size: str = ""
    ) -> Reader:
        """Return somebody who reads `language` (else the usual one) in `depot` (else in none).

        What a language lacks is English. `paper_size` is the depot's unless another is wanted.
        """
        wanted = language or self.usual
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


#: What comes with the program, English for who asks for nothing.
USUAL: Final = Languages()


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
