"""Names that look like others and are not: letters of other alphabets, and what nobody can see."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from depot.base.errors import MixedAlphabets

#: Alphabets with letters that look like Latin ones; `unicodedata` names letters after them.
_ALIKE: Final = frozenset({"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC"})
_WORD: Final = re.compile(r"[^\W\d_]+")
#: Up to here letters are Latin.
_LAST_LATIN: Final = "\u024f"


def looks(name: str) -> str:
    """Return what two names share that look the same, whatever their letters are; case aside."""
    plain = unicodedata.normalize("NFKC", name)
    return "".join(_latin_twin(letter) or letter for letter in plain).casefold()


def need_one_alphabet(name: str, field: str = "name") -> None:
    """Raise MixedAlphabets for a word with Latin letters and others that only look like them."""
    for word in _WORD.findall(name):
        foreign = [letter for letter in word if _latin_twin(letter)]
        if foreign and any(_alphabet(letter) == "LATIN" for letter in word):
            raise MixedAlphabets(field=field, word=word, letter=foreign[0], twin=looks(foreign[0]))


@lru_cache(maxsize=4096)
def _latin_twin(letter: str) -> str:
    """Return the plain Latin letter that one of another alphabet looks like; else nothing."""
    if letter <= _LAST_LATIN or _alphabet(letter) not in _ALIKE:
        return ""
    # a megabyte of Unicode's own tables, for those who write such letters
    from confusable_homoglyphs.confusables import confusables_data

    twins = (one["c"] for one in confusables_data.get(letter, ()))
    return next((twin for twin in twins if twin.isascii() and twin.isalpha()), "")


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
