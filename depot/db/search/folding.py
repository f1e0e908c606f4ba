"""How a text is read for search: the words in it, and what a slip of the finger leaves of them.

One rule for what is kept and for what is asked, so that both databases answer the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from typing import Final

#: Of a text that is asked for, so many letters and words are read.
LONGEST_TEXT: Final = 200
MOST_WORDS: Final = 8
#: Of a word, so many letters.
LONGEST_WORD: Final = 32
#: Slips are looked for in a word's first letters; those behind it are compared when it is found.
_SLIP_LETTERS: Final = 7
#: From so many letters on one may be wrong, and from so many two.
_ONE_SLIP: Final = 4
_TWO_SLIPS: Final = 8
#: What is written without blanks says more with each letter.
_ONE_SLIP_UNSPACED: Final = 3
_SHORTEST_STEM: Final = 3

#: Letters that people type for each other, beyond what Unicode takes apart by itself.
_SAME: Final = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe",
        "þ": "th", "ı": "i", "ŀ": "l", "ə": "e",
        "і": "и", "ґ": "г", "є": "е", "ў": "у", "ј": "и",
        "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ڪ": "ك", "ة": "ه", "ۀ": "ه", "ە": "ه", "ہ": "ه",
        "ٱ": "ا", "ء": None, "ـ": None,
        "'": None, "’": None, "ʼ": None, "ʹ": None, "`": None, "´": None, "‘": None,
        "ъ": None, "ь": None,
        "\u200b": None, "\u200c": None, "\u200d": None, "\u00ad": None,
    }
)  # fmt: skip
#: Accents of Latin, Greek and Cyrillic; points and signs that Hebrew and Arabic leave out at will.
_ACCENTS: Final = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]"
)
#: Scripts that put no blanks between words: Han, kana, bopomofo, Thai, Lao, Burmese, Khmer.
_UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
#: Scripts of India, whose vowels are marks that belong to words; the two signs between end one.
_MARKED: Final = "\u0900-\u0963\u0966-\u0dff"
_RUN: Final = re.compile(f"[{_UNSPACED}]+|\\d+|(?:[^\\W\\d_{_UNSPACED}]|[{_MARKED}])+")
_IS_UNSPACED: Final = re.compile(f"[{_UNSPACED}]")

#: Endings of many and of cases, language by language in one: what two spellings share remains.
#: Each of the three is taken off once, the longest that fits.
_ENDINGS: Final = (
    ("ler", "lar", "ها", "هاي", "ات", "ون", "ين", "ان", "ами", "ями", "ов", "ев", "ей", "ах", "ях"),
    ("ies", "es", "en", "er", "s", "n", "ow", "ой", "ая", "ое", "ые", "ий", "ый"),
    ("a", "e", "i", "o", "u", "y", "а", "е", "и", "о", "у", "ю", "я", "ы", "ه", "ي"),
)  # fmt: skip
_ARTICLES: Final = ("وال", "بال", "ال", "لل")


def fold(text: str) -> str:
    """Return a text without case, accents, marks that are left out at will, and other digits."""
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "")
    plain = unicodedata.normalize("NFKC", text).casefold()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", plain).translate(_SAME))
    return "".join(_digit(letter) for letter in unicodedata.normalize("NFC", bare))


def _digit(letter: str) -> str:
    return str(unicodedata.digit(letter)) if letter.isdecimal() else letter


def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of a text in their order; digits are words of their own.

    What is written without blanks is one word, however long.
    """
    return tuple(word[:LONGEST_WORD] for word in _RUN.findall(fold(text)))


def is_unspaced(word: str) -> bool:
    """Say whether a word is of a script that puts no blanks between words."""
    return _IS_UNSPACED.match(word) is not None


def slips_allowed(word: str) -> int:
    """Return how many letters of a word may be wrong, missing, too many, or in each other's place.

    None of a number's: another number is another thing.
    """
    if word.isdecimal():
        return 0
    if is_unspaced(word):
        return 1 if len(word) >= _ONE_SLIP_UNSPACED else 0
    return 2 if len(word) >= _TWO_SLIPS else 1 if len(word) >= _ONE_SLIP else 0


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """Return what a word has in common with its plural, roughly; two words may share it too."""
    if word.isdecimal() or is_unspaced(word):
        return word
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _SHORTEST_STEM:
            word = word[len(article) :]
            break
    for endings in _ENDINGS:
        fitting = [
            end for end in endings if word.endswith(end) and len(word) - len(end) >= _SHORTEST_STEM
        ]
        if fitting:
            word = word[: -len(max(fitting, key=len))]
    return word


def pairs(word: str) -> Iterator[str]:
    """Yield the letters of a word without blanks two by two; a single one as it is."""
    if len(word) == 1:
        yield word
    for at in range(len(word) - 1):
        yield word[at : at + 2]


@lru_cache(maxsize=16_384)
def remains(word: str) -> tuple[str, ...]:
    """Return what slips may leave of a word's beginning: with each letter, or each two, left out.

    Two words that are as far apart as `slips_allowed` share one of them.
    """
    start = word[:_SLIP_LETTERS]
    found = {start}
    for slips in range(1, slips_allowed(word) + 1):
        for kept in combinations(start, len(start) - slips):
            found.add("".join(kept))
    return tuple(sorted(found)) if slips_allowed(word) else ()


def slips_between(asked: str, known: str, most: int) -> int:
    """Return by how many slips two words differ; more than `most` is `most` + 1.

    A slip is a letter too many, too few or another one, or two in each other's place.
    """
    if abs(len(asked) - len(known)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(known) + 1))
    for i, letter in enumerate(asked, 1):
        before, last, row = row, before, [i]
        for j, other in enumerate(known, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == known[j - 2] and asked[i - 2] == other:
                best = min(best, last[j - 2] + 1)
            row.append(best)
        if min(row) > most and (i < 2 or min(before) > most):
            return most + 1
    return min(row[-1], most + 1)
