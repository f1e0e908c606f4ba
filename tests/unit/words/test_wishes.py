"""Which language somebody reads: who says so counts in one order, and tags are read as meant."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from depot.words.languages import Wishes, chosen_language, matching_language

NAMES: Final = ("en", "ar", "de", "en_XA", "es", "fa", "pt_BR", "uk", "zh_Hans")
#: Everybody wishes for another one.
ALL: Final = Wishes("es", "uk", "de", "fa", ("ar", "en"), "pt_BR")
NOBODY: Final = Wishes("", "", "", "", (), "")


@pytest.mark.parametrize(
    ("silent", "read"),
    [
        ((), "es"),
        (("asked",), "uk"),
        (("asked", "account"), "de"),
        (("asked", "account", "cookie"), "fa"),
        (("asked", "account", "cookie", "link"), "ar"),
        (("asked", "account", "cookie", "link", "browser"), "pt_BR"),
        (("asked", "account", "cookie", "link", "browser", "depot"), "en"),
    ],
)
def test_who_wishes_counts_in_one_order(silent: tuple[str, ...], read: str) -> None:
    left = replace(ALL, **{name: getattr(NOBODY, name) for name in silent})
    assert chosen_language(left, NAMES, "en") == read


@pytest.mark.parametrize(
    ("tag", "read"),
    [
        ("es", "es"),
        ("es-MX", "es"),
        ("ES_419", "es"),
        ("pt", "pt_BR"),
        ("pt-PT", "pt_BR"),
        ("pt-BR", "pt_BR"),
        ("pt_BR", "pt_BR"),
        ("fa-IR", "fa"),
        ("prs", "fa"),
        ("zh", "zh_Hans"),
        ("zh-CN", "zh_Hans"),
        ("zh-SG", "zh_Hans"),
        ("zh-Hans-HK", "zh_Hans"),
        ("zh-TW", ""),
        ("zh-Hant", ""),
        ("en-GB", "en"),
        ("en-XA", "en_XA"),
        ("uk-UA", "uk"),
        ("fi", ""),
        ("*", ""),
        ("", ""),
        ("../../etc", ""),
        ("-", ""),
    ],
)
def test_a_tag_is_read_as_it_is_meant(tag: str, read: str) -> None:
    assert matching_language(tag, NAMES) == read


def test_a_wish_for_none_of_ours_is_passed_over() -> None:
    wishes = Wishes(asked="fi", account="sv", browser=("nb-NO", "zh-TW", "de-AT"), depot="es")
    assert chosen_language(wishes, NAMES, "en") == "de"
    assert chosen_language(replace(wishes, browser=("nb",)), NAMES, "en") == "es"
    assert chosen_language(Wishes(browser=("en", "de")), NAMES, "de") == "en"
