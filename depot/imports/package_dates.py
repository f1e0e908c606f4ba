"""What is printed around a date on a package, and forms of dates that only packages have. Pure.

`24DEC26`, `MHD 05/2027`, `2. Quartal 2027`, `1er mai`: what people copy as it stands there.
"""

from __future__ import annotations

import re
from typing import Final

#: What best before is called. What use by is called is not left out: it is about safety, and which
#: kind of date it is must be said beside it.
_BEST_BEFORE: Final = (
    "best before",
    "bbe",
    "bbd",
    "bb",
    "mhd",
    "mindestens haltbar bis",
    "mind haltbar bis",
    "haltbar bis",
    "bis",
    "consumir preferentemente antes",
    "cons pref",
    "a consommer preference avant",
    "ddm",
    "dluo",
    "краще спожити до",
    "до",
)
_LABEL: Final = re.compile(rf"(?:{'|'.join(_BEST_BEFORE)}) (?=.)")
#: Letters and figures that stand close, as in 24DEC26; so few as in 2nd, 2ème, Q2 are left so.
_CLOSE: Final = re.compile(r"(?<=\d)(?!eme\b)(?=[^\W\d_]{3})|(?<=[^\W\d_]{3})(?=\d)")
#: The year's apostrophe, and the colon after a word.
_SIGNS: Final = re.compile(r"['’](?=\d\d\b)|(?<=[^\W\d_]) ?:")
_FIRST: Final = re.compile(r"\b1(?:er|o)\b")
_QUARTER: Final = re.compile(
    r"\b(?:([1-4])(?:st|nd|rd|th|o|e|er|eme)?|(iv|і?і?і|i?i?i|іv))"
    r" (?:quarter|quartal|trimestre|trim|квартал|квартала|кварталу|кв)\b"
)
_QUARTER_SIGN: Final = re.compile(r"\b(?:t([1-4])|([1-4])t)\b")


def part_close_words(plain: str) -> str:
    """Return plain text with its words parted from its figures, and without their signs."""
    return _CLOSE.sub(" ", _SIGNS.sub(" ", plain)).strip()


def name_quarters(words: str) -> str:
    """Return plain words without what best before is called, a quarter in any form as q2."""
    bare = _LABEL.sub("", words, count=1) if _LABEL.match(words) else words
    bare = _QUARTER.sub(lambda found: f"q{found[1] or _roman(found[2])}", bare)
    bare = _QUARTER_SIGN.sub(lambda found: f"q{found[1] or found[2]}", bare)
    return _FIRST.sub("1", bare)


def _roman(number: str) -> int:
    return 4 if number.endswith("v") else len(number)
