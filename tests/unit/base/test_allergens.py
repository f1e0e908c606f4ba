from __future__ import annotations

import pytest

from depot.base.allergens import (
    ALLERGENS,
    allergens_to_text,
    from_stored,
    from_words,
    sort_allergens,
)
from depot.words.languages import Languages


def test_there_are_fourteen() -> None:
    assert len(ALLERGENS) == 14


def test_what_is_stored_is_read_back_in_order() -> None:
    assert allergens_to_text(("nuts", "milk", "nuts", "stones")) == "milk nuts"
    assert from_stored("nuts milk") == sort_allergens(("milk", "nuts")) == ("milk", "nuts")
    assert from_stored("") == ()


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("Contains: milk, nuts", ("milk", "nuts")),
        ("Weizen; Milch / Ei", ("gluten", "eggs", "milk")),
        ("EGGS and soy", ("eggs", "soya")),
        ("none", ()),
        ("", ()),
    ],
)
def test_a_persons_list_is_read(typed: str, codes: tuple[str, ...]) -> None:
    assert from_words(typed) == (codes, ())


@pytest.mark.parametrize("language", Languages().names())
def test_each_allergen_is_read_as_each_language_writes_it(language: str) -> None:
    say = Languages().reader(language=language).gettext
    for code, name in ALLERGENS.items():
        assert from_words(say(name)) == ((code,), ()), say(name)
        assert from_words(say(name).upper()) == ((code,), ()), say(name).upper()


@pytest.mark.parametrize(
    "typed",
    [
        "contiene leche, huevos y cacahuetes",
        "contient lait, œufs et cacahuètes",
        "Enthält: Milch, Eier und Erdnüsse",
        "contém leite, ovos, amendoins",
        "contiene latte, uova e arachidi",
        "zawiera mleko, jaja i orzeszki arachidowe",
        "містить молоко, яйця та арахіс",
        "содержит молоко, яйца и арахис",
        "SÜT, YUMURTA VE YER FISTIĞI İÇERİR",
        "يحتوي على الحليب والبيض، وفول سوداني",
        "شير، تخم‌مرغ و بادام زمینی",
        "含牛奶、鸡蛋及花生",
    ],
)
def test_a_label_is_copied_as_it_stands_in_any_language(typed: str) -> None:
    assert from_words(typed) == (("eggs", "peanuts", "milk"), ())


@pytest.mark.parametrize("typed", ["yok", "لا يوجد", "ندارد", "无", "нет", "немає", "brak"])
def test_none_is_read_in_any_language(typed: str) -> None:
    assert from_words(typed) == ((), ())


def test_words_that_are_none_are_told() -> None:
    assert from_words("milk, stones") == (("milk",), ("stones",))
    assert from_words("süt yok") == (("milk",), ("yok",))  # it may mean either
    assert from_words("gluten-free") == (("gluten",), ("free",))
