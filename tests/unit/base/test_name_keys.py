"""What most names are made of takes a short way, to the same end."""

from __future__ import annotations

import string
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from depot.base.names import clean_name, name_key
from labels.symbols.codes import normalise_code

#: A letter that is not ASCII, and sends a name the long way.
LONG_WAY = "é"


@given(st.text(st.sampled_from(string.printable + "\0\x1f\x7f"), max_size=12))
def test_names_in_ascii_are_cleaned_as_others_are(text: str) -> None:
    assert clean_name(text + LONG_WAY) == clean_name(clean_name(text + LONG_WAY))
    assert clean_name(f"{text} {LONG_WAY}") == f"{clean_name(text)} {LONG_WAY}".strip()
    assert name_key(f"{text} {LONG_WAY}") == f"{name_key(text)} {LONG_WAY}".strip()
    assert name_key(text) == clean_name(unicodedata.normalize("NFKC", text)).casefold()


@given(st.lists(st.sampled_from(" -_.\t\x1f"), min_size=8, max_size=8))
def test_codes_in_ascii_are_read_as_others_are(between: list[str]) -> None:
    typed = "".join(letter + gap for letter, gap in zip("7k3m9qx2", between, strict=True))
    assert normalise_code(typed) == normalise_code(typed + "\u00ad")  # a hyphen that nobody sees
