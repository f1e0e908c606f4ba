"""Every sort of doubt has its sentence, with the numbers in it."""

from __future__ import annotations

import pytest

from depot.base.questions import ToldDoubt
from depot.ledger.doubts.rules import DOUBT_SORTS
from depot.words.doubts import doubt_words
from depot.words.reader import ENGLISH

TOLD = {
    "amount": (
        ToldDoubt(sort="amount", item="Bread", unit="gram", found=12_500_000, usual=40_000),
        "Bread, 12,500 kg: it was 40 kg at most",
    ),
    "product_code": (
        ToldDoubt(sort="product_code", item="Beans", unit="piece", found=4_006_381),
        "Beans, 4,006,381: that looks like a product code",
    ),
    "unit_weight": (
        ToldDoubt(sort="unit_weight", item="Beans", unit="piece", found=400_000_000),
        "Beans: one would weigh 400 kg",
    ),
    "far_date": (
        ToldDoubt(sort="far_date", item="Ham", text="use_by 2056-05-21"),
        "Ham, use by 21 May 2056: that is far away",
    ),
    "past_date": (
        ToldDoubt(sort="past_date", item="Ham", text="best_before 2016"),
        "Ham, best before 2016: that was over when it came in",
    ),
    "long_ago": (
        ToldDoubt(sort="long_ago", text="2025-11-21"),
        "It is said to have happened on 21 Nov 2025, long before it was written down",
    ),
    "households": (
        ToldDoubt(sort="households", text="Saturday", found=900, usual=80),
        "“Saturday”, 900 households: it was 80 at most",
    ),
    "people": (
        ToldDoubt(sort="people", text="Saturday", found=90_000, usual=1),
        "“Saturday”: 90,000 people of 1 household",
    ),
    "name": (
        ToldDoubt(sort="name", item="Tomatos", text="Tomatoes"),
        "Tomatos is new here, and almost the same as Tomatoes",
    ),
}


@pytest.mark.parametrize("sort", DOUBT_SORTS)
def test_a_doubt_says_what_is_unlikely_in_a_sentence(sort: str) -> None:
    told, sentence = TOLD[sort]
    assert doubt_words(told, ENGLISH) == sentence


def test_what_never_was_before_has_no_most() -> None:
    first = ToldDoubt(sort="amount", item="Bread", unit="gram", found=12_500_000)
    assert doubt_words(first, ENGLISH) == "Bread, 12,500 kg at once: that is a lot"
    first = ToldDoubt(sort="households", text="Saturday", found=9_000)
    assert doubt_words(first, ENGLISH) == "“Saturday”, 9,000 households at once: that is a lot"


def test_a_liquid_is_told_by_the_litre_and_a_crumb_as_less_than_a_gram() -> None:
    oil = ToldDoubt(sort="unit_weight", item="Oil", unit="millilitre", found=920_000)
    assert doubt_words(oil, ENGLISH) == "Oil: a litre would weigh 920 kg"
    crumb = ToldDoubt(sort="unit_weight", item="Crumb", unit="piece", found=20)
    assert doubt_words(crumb, ENGLISH) == "Crumb: one would weigh less than 1 g"
