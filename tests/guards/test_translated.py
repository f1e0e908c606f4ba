"""Every language that is here is whole, and says what the English says."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from tests import translated

LANGUAGES = translated.catalogues()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_missing_and_nothing_left_over(language: str) -> None:
    found = translated.catalogue(language)
    assert not list(translated.missing(found, translated.sentences()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_hold_what_the_english_holds(language: str) -> None:
    found = translated.catalogue(language)
    problems = [
        problem
        for message in found
        if message.id
        for problem in translated.wrong(language, message)
    ]
    assert not problems, "\n".join(problems[:40])


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_take_the_forms_that_the_language_has(language: str) -> None:
    found = translated.catalogue(language)
    assert not translated.differing_numbers(language, found.num_plurals, found.plural_expr)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_is_the_word_of_the_glossary(language: str) -> None:
    found = translated.catalogue(language)
    others = list(translated.other_words(language, found, translated.glossary()))
    assert not others, "\n".join(others)


def test_the_glossary_has_a_word_for_each_term_or_none() -> None:
    for language in set(LANGUAGES) & set(next(iter(translated.glossary().values()), {})):
        lacking = [term for term, row in translated.glossary().items() if not row[language]]
        assert not lacking, language


# Each guard would speak up.


@pytest.mark.parametrize(
    ("english", "there", "problem"),
    [
        ("%(name)s is here", "%(nom)s está", "placeholders"),
        ("%(name)s is here", "Está", "placeholders"),
        ("%(share)s%% of it", "%(share)s de", "placeholders"),
        ("%(name)s, all of it", "%(name)s, 100 % de", "a lone %"),
        ("{n} waiting", "{m} esperan", "placeholders"),
        ("<b>Now</b>", "<b>Ahora", "other tags"),
        ("Saved ", "Guardado", "other blanks"),
        ("One\n\nTwo\n", "Uno\n\nDos", "other blanks"),
        ("Saved.", "Guardado", "ends otherwise"),
        ("Saved", "Guardado.", "ends otherwise"),
        ("Saved?", "¿Guardado.", "ends otherwise"),
        ("Save", "Guardar todo esto ahora mismo y para siempre jamás", "far too long"),
        ("Put it where it belongs", "Put it where it belongs", "still English"),
        ("Saved", "Guar\x07dado", "a control character"),
    ],
)
def test_what_is_wrong_is_named(english: str, there: str, problem: str) -> None:
    (found,) = translated.wrong("es", Message(english, there))
    assert found.startswith(problem)


@pytest.mark.parametrize(
    ("language", "english", "there"),
    [
        ("zh_Hans", "Saved.", "已保存。"),
        ("ar", "Saved?", "هل حُفظ؟"),
        ("es", "“%(text)s” is no code.", "«%(text)s» no es un código."),
        ("de", "Say “yes.”", "Sag „ja.“"),
        ("es", "QR", "QR"),
        ("ar", "No.", "رقم"),
        ("ar", "%(number)s %%", "%(number)s %%"),
        ("es", "Depot", "Depot"),
    ],
)
def test_what_is_right_is_not_named(language: str, english: str, there: str) -> None:
    assert not list(translated.wrong(language, Message(english, there)))


def test_a_form_for_one_number_may_say_it_in_words() -> None:
    counted = ("%(num)s crate of %(what)s", "%(num)s crates of %(what)s")
    forms = ("لا صندوق من %(what)s", "صندوق من %(what)s", "صندوقان من %(what)s")
    more = ("%(num)s صناديق %(what)s", "%(num)s صندوقًا %(what)s", "%(num)s صندوق %(what)s")
    assert not list(translated.wrong("ar", Message(counted, (*forms, *more))))
    assert list(translated.wrong("ar", Message(counted, (*forms, "صناديق %(what)s", *more[1:]))))
    assert list(translated.wrong("ar", Message(counted, ("لا صندوق", *forms[1:], *more))))
    assert list(translated.wrong("ar", Message(counted, forms)))
    # nothing and one share a form in French
    assert list(
        translated.wrong("fr", Message(("%(num)s box", "%(num)s boxes"), ("une", "%(num)s")))
    )


def test_what_is_missing_fuzzy_or_left_over_is_named() -> None:
    wanted, found = Catalog(), Catalog(locale="de")
    for sentence in (
        "Came in",
        "Handed out",
        "Lost",
    ):
        wanted.add(sentence)
    found.add("Came in", "Angekommen")
    found.add("Handed out", "?", flags=["fuzzy"])
    found.add("Lost", "")
    found.add("Gone", "Weg")
    assert [line.partition(":")[0] for line in translated.missing(found, wanted)] == [
        "not looked at",
        "not translated",
        "no sentence of the program",
    ]


@pytest.mark.parametrize(
    ("language", "count", "rule", "is_right"),
    [
        ("fr", 2, "n > 1", True),
        ("fr", 2, "n != 1", False),
        ("de", 2, "n != 1", True),
        ("de", 1, "0", False),
        ("zh_Hans", 1, "0", True),
        ("tr", 2, "n > 1", False),
    ],
)
def test_a_rule_that_is_not_cldrs_is_named(
    language: str, count: int, rule: str, is_right: bool
) -> None:
    assert bool(translated.differing_numbers(language, count, rule)) is not is_right


def test_another_word_than_the_glossarys_is_named(tmp_path: Path) -> None:
    file = tmp_path / "glossary.tsv"
    lines = ["term\tnote\tde\tar", "crate\t\tKiste / Karton\tصندوق", "shelf\ta board\tRegal\tرفّ"]
    file.write_text("\n".join(lines), encoding="utf-8")
    words = translated.glossary(file)
    german, arabic = Catalog(locale="de"), Catalog(locale="ar")
    for english, there in (("Crate", "Eimer"), ("shelf", "Regale"), ("Shelves", "Bretter")):
        german.add(english, there)
    assert ["Eimer" in other for other in translated.other_words("de", german, words)] == [True]
    for english, there in (("Crate", "الصناديق"), ("crate", "الصندوق"), ("Shelf", "الرف")):
        arabic.add(english, there)
    assert ["الصناديق" in other for other in translated.other_words("ar", arabic, words)] == [True]
