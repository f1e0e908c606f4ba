"""Crate codes: eight letters of Crockford's base 32, shown 4-4, the last one a check letter.

A code is seven random letters (35 bits) and a check letter out of the same 32. The letters are
read as elements of the finite field GF(32) and position i (0 to 7, from the left) has the weight
a**(7 - i), where a is a primitive element; the weighted sum of a code is zero. All eight weights
are different and none is zero, therefore

* one wrong letter changes the sum by weight * difference, which is never zero;
* two letters swapped, neighbours or not, change it by (difference of the weights) * (difference
  of the letters), which is never zero either;
* a pair of equal letters misread as another pair (AA for BB) changes it by (sum of the weights) *
  difference, and so it is caught too.

No other error is caught for certain; one code in 32 is valid by chance.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final, NewType
from urllib.parse import urlsplit

from labels.errors import CodeProblem, InvalidBaseUrl, InvalidCrateCode

CrateCode = NewType("CrateCode", str)
"""A valid code in its one canonical form, e.g. ``7K3M-9QX2``: upper case, hyphen in the middle."""

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O (they read as 1, 1, 0) and no U."""

CODE_LENGTH: Final = 8
RANDOM_LETTERS: Final = CODE_LENGTH - 1
#: So many of them make a letter: there are 32.
_BITS: Final = 5

_LONGEST_TEXT = 300
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}
_ALIASES = str.maketrans({"I": "1", "L": "1", "O": "0"})
_IN_URL = re.compile(r"^(?:https?://[^/?#]*)?/(?:[^?#]*/)?c/([^/?#]*)/?(?:[?#].*)?$", re.IGNORECASE)
_LOOKALIKES = ("8B", "5S", "2Z", "0DQ", "6G", "17", "VY", "MN", "4A", "PR", "EF", "VW", "9G")
_POLYNOMIAL = 0b111011  # x^5 + x^4 + x^3 + x + 1, irreducible over GF(2)


def _times_x(value: int) -> int:
    """Multiply an element of GF(32) by x."""
    doubled = value << 1
    return doubled ^ _POLYNOMIAL if doubled & 0b100000 else doubled


# The primitive element is a = x^2 + x. As 31 is prime every element but 0 and 1 is primitive; this
# one was taken because it makes the documentation's example, 7K3M-9QX2, a true code.
_TIMES_A = tuple(_times_x(_times_x(value)) ^ _times_x(value) for value in range(32))


def check_sum(letters: Iterable[str]) -> int:
    """Return the weighted sum in GF(32), 0 to 31, by Horner's rule; the last weight is one."""
    total = 0
    for letter in letters:
        total = _TIMES_A[total] ^ _VALUE[letter]
    return total


def check_letter(letters: str) -> str:
    """Return the check letter for the seven letters of the alphabet given.

    Raises InvalidCrateCode when they are not seven letters of ALPHABET.
    """
    if len(letters) != RANDOM_LETTERS:
        raise InvalidCrateCode(letters, CodeProblem.LENGTH)
    if not all(letter in _VALUE for letter in letters):
        raise InvalidCrateCode(letters, CodeProblem.LETTER)
    return ALPHABET[_TIMES_A[check_sum(letters)]]


def new_code(rng: random.Random) -> CrateCode:
    """Draw a new random code, canonical.

    `rng` is `secrets.SystemRandom()` in use, a seeded `random.Random` for repeatable data. That
    a code is not yet taken is for the caller to see to: among a million codes a new one collides
    with a probability of 1 in 34,000.
    """
    # drawn at once: each draw of SystemRandom asks the operating system
    drawn = rng.getrandbits(_BITS * RANDOM_LETTERS)
    places = range(0, _BITS * RANDOM_LETTERS, _BITS)
    letters = "".join([ALPHABET[drawn >> place & len(ALPHABET) - 1] for place in places])
    return format_code(letters + check_letter(letters))


def _plain_letter(letter: str) -> str:
    """Turn one typed character into what it stands for: blanks and dashes vanish."""
    category = unicodedata.category(letter)
    if letter.isspace() or letter in "_." or category in {"Pd", "Cf", "Cc"} or letter == "\u2212":
        return ""
    digit = unicodedata.decimal(letter, None)
    return letter.upper() if digit is None else str(digit)


#: Of ASCII: blanks, dashes and what nobody sees.
_DROPPED: Final = dict.fromkeys([*range(33), 127, *map(ord, "-_.")])


def plain_letters(text: str) -> str:
    """Strip a typed or scanned text down to its letters; nothing is checked yet."""
    if len(text) > _LONGEST_TEXT:
        return text
    if text.isascii() and "/" not in text:
        return text.translate(_DROPPED).upper().translate(_ALIASES)
    text = unicodedata.normalize("NFKC", text).strip()
    found = _IN_URL.match(text)
    if found:
        text = found.group(1)
    return "".join(map(_plain_letter, text)).translate(_ALIASES)


def parse_code(text: str) -> CrateCode:
    """Read a typed or scanned code and return it in canonical form.

    Forgiven are case, blanks, hyphens and dashes of any kind, I and L for 1, O for 0, full-width
    letters and other scripts' digits. A label's whole address (``https://HOST/C/CODE``, any
    host) or its path is accepted too.

    Raises InvalidCrateCode with the problem: EMPTY, LENGTH (not eight), LETTER (one that no code
    has, U among them) or CHECK (the check letter does not agree).
    """
    letters = plain_letters(text)
    if not letters:
        raise InvalidCrateCode(text, CodeProblem.EMPTY)
    if len(letters) != CODE_LENGTH:
        raise InvalidCrateCode(text, CodeProblem.LENGTH)
    if not all(letter in _VALUE for letter in letters):
        raise InvalidCrateCode(text, CodeProblem.LETTER)
    if check_sum(letters):
        raise InvalidCrateCode(text, CodeProblem.CHECK)
    return format_code(letters)


def normalise_code(text: str) -> CrateCode | None:
    """Return the canonical form of a typed or scanned code, or None if `parse` would refuse it."""
    try:
        return parse_code(text)
    except InvalidCrateCode:
        return None


def typed_letters(text: str) -> str:
    """Return the letters of a typed part of a code; the empty text if no code can have them.

    What is forgiven is what `parse_code` forgives.
    """
    letters = plain_letters(text)
    return letters if len(letters) <= CODE_LENGTH and _VALUE.keys() >= set(letters) else ""


def is_valid(text: str) -> bool:
    """Say whether `parse` would accept the text."""
    return normalise_code(text) is not None


def format_code(letters: str) -> CrateCode:
    """Show eight letters 4-4: ``7K3M9QX2`` becomes ``7K3M-9QX2``. Only the length is checked.

    Raises InvalidCrateCode when there are not eight.
    """
    if len(letters) != CODE_LENGTH:
        raise InvalidCrateCode(letters, CodeProblem.LENGTH)
    half = CODE_LENGTH // 2
    return CrateCode(f"{letters[:half]}-{letters[half:]}")


def _looks_like(letter: str) -> list[str]:
    groups = (group for group in _LOOKALIKES if letter in group)
    return sorted({other for group in groups for other in group} - {letter})


def _mistaken(letters: str) -> list[str]:
    return [
        letters[:i] + other + letters[i + 1 :]
        for i in range(len(letters))
        for other in _looks_like(letters[i])
    ]


def _near(letters: str) -> Iterator[str]:
    """Yield what may have been meant, the likelier slips first; repeats and misfits included."""
    places = range(len(letters))
    gaps = range(len(letters) + 1)
    yield letters
    yield from (letters[:i] + letters[i + 1] + letters[i] + letters[i + 2 :] for i in places[:-1])
    yield from _mistaken(letters)
    yield from (letters[:i] + new + letters[i + 1 :] for i in places for new in ALPHABET)
    yield from (letters[:i] + letters[i + 1 :] for i in places)
    yield from (letters[:i] + new + letters[i:] for i in gaps for new in ALPHABET)
    yield from (twice for once in _mistaken(letters) for twice in _mistaken(once))


def candidate_codes(text: str) -> list[CrateCode]:
    """List the valid codes that a mistyped text may have meant, the likeliest first.

    They are the codes that are one slip away: two neighbours swapped, one letter wrong, missing or
    too many, or up to two letters mistaken for look-alikes (8 and B, 5 and S, 2 and Z ...). A few
    dozen, so that a caller can ask a database which of them exist. Never raises; a text that is
    no near miss gives an empty list.
    """
    letters = plain_letters(text)
    if not CODE_LENGTH - 1 <= len(letters) <= CODE_LENGTH + 1:
        return []
    found = dict.fromkeys(
        near
        for near in _near(letters)
        if len(near) == CODE_LENGTH and _VALUE.keys() >= set(near) and not check_sum(near)
    )
    return [format_code(near) for near in found]


def suggestions(text: str, known: Iterable[str]) -> list[CrateCode]:
    """List the known codes that a mistyped text may have meant, the likeliest first.

    `known` holds canonical codes. See `candidates` for what counts as near. Never raises.
    """
    existing = set(known)
    return [code for code in candidate_codes(text) if code in existing]


def code_url(base_url: str, code: str) -> str:
    """Return the address a label points to: ``https://DEPOT.EXAMPLE/C/7K3M-9QX2``.

    Raises InvalidCrateCode for a code that is none, and what `label_base` raises.
    """
    canonical = parse_code(code)
    return f"{label_base(base_url)}/C/{canonical}"


def label_base(base_url: str) -> str:
    """Return what the addresses in our symbols begin with: ``https://DEPOT.EXAMPLE``.

    The host and the path are in upper case, because a QR symbol packs capitals, digits and
    ``:/.-`` in 5.5 bits each. The scheme stays in lower case: RFC 3986 allows either, but the
    cameras of some phones do not open an address that begins with HTTPS. A host name outside
    ASCII is written in its ASCII form (IDNA).

    Raises InvalidBaseUrl unless the base is http or https with a host and without user, query and
    fragment.
    """
    try:
        parts = urlsplit(base_url.strip())
        host, port = parts.hostname or "", parts.port
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except ValueError as error:
        raise InvalidBaseUrl(f"{base_url!r} is not a web address.") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise InvalidBaseUrl(f"{base_url!r} does not begin with http:// or https:// and a host.")
    if parts.username is not None or parts.query or parts.fragment:
        raise InvalidBaseUrl(f"{base_url!r} has more than a host and a path.")
    place = f"[{host}]" if ":" in host else host
    place = place if port is None else f"{place}:{port}"
    return f"{parts.scheme}://{place.upper()}{parts.path.rstrip('/').upper()}"
