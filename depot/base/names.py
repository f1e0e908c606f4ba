"""Names as people type them, and the key under which two spellings are the same name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from depot.base.errors import Invalid, MixedAlphabets, NameAlike
from depot.base.text import N_

#: What somebody is called who took their name along: it stands in the place of the name, and is
#: said to each reader in their language. Nobody else may be called so.
LEFT: Final = N_("somebody who left")
_DIGITS: Final = re.compile(r"\d+")
#: Of names that are almost the same, the longer one has so many more letters at most.
_MOST_APART: Final = 3
_SHORTEST: Final = 5
_SHORTEST_SINGULAR: Final = 3
#: A word of so few letters may be a code.
_LONGEST_CODE: Final = 3
#: Marks up to here are accents of Latin, Greek and Cyrillic letters; those of other scripts spell.
_LAST_ACCENT: Final = "\u036f"
#: Zero-width joiner and non-joiner, and the sign that asks for an emoji in colours.
_JOINERS: Final = frozenset("\u200c\u200d")
_EMOJI: Final = "\ufe0f"
#: Letters and signs that are drawn as nothing.
_BLANKS_OF_LETTERS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_VARIANTS: Final = re.compile("[\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
#: Scripts of South and South-East Asia, and Mongolian.
_JOINED: Final = (("\u0900", "\u109f"), ("\u1780", "\u18af"))
#: Alphabets with letters that look like Latin ones; `unicodedata` names letters after them.
_ALIKE: Final = frozenset({"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC"})
_WORD: Final = re.compile(r"[^\W\d_]+")
#: Up to here letters are Latin.
_LAST_LATIN: Final = "\u024f"
_PLURALS: Final = ("s", "es", "n", "en", "e")


def clean_name(text: str) -> str:
    """Return `text` in one normal form, trimmed, every run of blanks one blank.

    What nobody can see goes: two names that look the same are the same. So does U+0000, which
    PostgreSQL takes in no text.
    """
    if text.isascii() and text.isprintable():  # as most are, and nothing but blanks can be wrong
        return " ".join(text.split())
    normal = unicodedata.normalize("NFC", text)
    if not normal.isascii() or not normal.isprintable():
        normal = "".join(letter for at, letter in enumerate(normal) if not _is_unseen(normal, at))
    return " ".join(normal.split())


def _is_unseen(text: str, at: int) -> bool:
    """Say whether the letter there is drawn as nothing, or turns others around.

    What joins or parts letters stays where it does: within words of scripts that join, and emoji.
    """
    letter = text[at]
    if letter in _JOINERS:
        return not (_joins(text[at - 1 : at]) and _joins(text[at + 1 : at + 2]))
    if letter == _EMOJI:
        return unicodedata.category(text[at - 1 : at] or " ") != "So"
    if letter in _BLANKS_OF_LETTERS or _VARIANTS.match(letter):
        return True
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs") and not letter.isspace()


def _joins(letter: str) -> bool:
    """Say whether a letter is of a script that joins its letters, or a part of an emoji."""
    if not letter:
        return False
    if letter == _EMOJI or unicodedata.category(letter) in ("So", "Sk"):
        return True
    is_joined = any(first <= letter <= last for first, last in _JOINED)
    return is_joined or unicodedata.bidirectional(letter) == "AL"


@lru_cache(maxsize=32_768)
def name_key(text: str) -> str:
    """Return what two spellings of one name share: case and blanks do not count."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split()).lower()
    return clean_name(unicodedata.normalize("NFKC", text)).casefold()


def find_almost(name: str, known: Iterable[str]) -> str | None:
    """Return which of the `known` names is almost the same, so that it may be meant; else None.

    Almost the same are names that look the same in letters of other alphabets, that differ in
    accents, blanks or hyphens, in number (Tomato, Tomatoes), or in one letter of a long word. Names
    with other digits, or with another letter of a
    code (Size 3, Shelf B), are two, and a short one is often one letter from another: Corn, Cork.
    """
    key, look = name_key(name), looks(name)
    found = [
        one
        for one in known
        if name_key(one) != key and (looks(one) == look or _is_almost(key, name_key(one)))
    ]
    return min(found, key=natural_sort_key, default=None)


def _is_almost(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > _MOST_APART or _DIGITS.findall(one) != _DIGITS.findall(other):
        return False
    short, long = sorted((_letters(one), _letters(other)), key=len)
    if short == long or _is_plural(short, long):
        return bool(short)
    return len(short) >= _SHORTEST and _is_one_off(short, long) and _differ_in_words(one, other)


def _letters(key: str) -> str:
    """Return a name's letters and digits without their accents."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", key)
        if letter.isalnum() or (unicodedata.combining(letter) and letter > _LAST_ACCENT)
    )


def _is_plural(short: str, long: str) -> bool:
    if len(short) < _SHORTEST_SINGULAR:
        return False
    return long in {short + end for end in _PLURALS} or (short[-1], long) == (
        "y",
        short[:-1] + "ies",
    )


def _is_one_off(short: str, long: str) -> bool:
    """Say whether one letter was left out, put in or mistaken, or two have changed places."""
    start = next((at for at in range(len(short)) if short[at] != long[at]), len(short))
    ours, theirs = short[start:], long[start:]
    if len(short) < len(long):
        return ours == theirs[1:]
    return ours[1:] == theirs[1:] or (ours[:2] == theirs[1::-1] and ours[2:] == theirs[2:])


def _differ_in_words(one: str, other: str) -> bool:
    ours, theirs = one.split(), other.split()
    if len(ours) != len(theirs):
        return True
    return all(
        len(word) > _LONGEST_CODE
        for pair in zip(ours, theirs, strict=True)
        if pair[0] != pair[1]
        for word in pair
    )


def looks(name: str) -> str:
    """Return what two names share that look the same, whatever their letters are; case aside."""
    if name.isascii():
        return name.casefold()
    plain = unicodedata.normalize("NFKC", name)
    twins = ((letter, _latin_twin(letter)) for letter in plain)
    # those that look like two letters are left: what looks the same is as long, which is asked for
    return "".join(twin if len(twin) == 1 else letter for letter, twin in twins).casefold()


def need_own_look(name: str, known: Iterable[str]) -> None:
    """Raise NameAlike for a name that looks like a `known` one and is written in other letters.

    Whichever was there first, and whichever of the two is written in Latin letters.
    """
    key, look = name_key(name), looks(name)
    for one in known:
        if looks(one) == look and name_key(one) != key:
            raise NameAlike(field="name", name=name, known=one)


def need_one_alphabet(name: str, field: str = "name") -> None:
    """Raise MixedAlphabets for a word with Latin letters and others that only look like them."""
    for word in _WORD.findall(name):
        foreign = [letter for letter in word if _latin_twin(letter)]
        if foreign and any(_alphabet(letter) == "LATIN" for letter in word):
            raise MixedAlphabets(field=field, word=word, letter=foreign[0], twin=looks(foreign[0]))


def need_name_of_one(name: str) -> None:
    """Raise Invalid for the words that stand in the place of a name that is gone."""
    if looks(name) == looks(LEFT):
        raise Invalid(field="name", problem=N_("That is what we call people who left."))


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


def slug_of(name: str) -> str:
    """Return a short name for addresses and commands: lower case, ASCII, hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    return "-".join(words)[:40]


#: Letters that follow another in the alphabets of our languages, wherever Unicode has put them.
_BEHIND: Final = "\uffff"
_FOLLOWS: Final = str.maketrans(
    {
        letter: first + _BEHIND
        for letter, first in zip("ñłøđıйґєіپچژگ", "nlodhигеиبجزك", strict=True)
    }
    | {"ї": "и" + 2 * _BEHIND, "æ": "ae", "œ": "oe", "ک": "ك", "ی": "ي"}
)


@lru_cache(maxsize=16_384)  # lists are sorted with every page
def natural_sort_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts names as people do: Shelf 2 before Shelf 10, case and accents aside.

    Letters of their own stand behind the one that they follow in their alphabet: ñ after n, і after
    и, پ after ب. Names that differ in nothing else stand in the order of their letters.
    """
    key = name_key(text)
    if key.isascii():
        return _sort_parts(key)
    return *_sort_parts(_alphabetical(key)), (2, 0, key)


def _sort_parts(key: str) -> tuple[tuple[int, int, str], ...]:
    parts = re.split(r"(\d+)", key)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)


def _alphabetical(key: str) -> str:
    """Return a name without accents, each letter of its own behind the one that it follows."""
    told = unicodedata.normalize("NFC", key).translate(_FOLLOWS)
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", told)
        if not unicodedata.combining(letter)
    )
