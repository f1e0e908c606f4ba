"""Which column has the items' names in which language: "name (es)", "name:es", "Nombre (español)".

What the column is called stands beside the language: its tag, as the export writes it, or what the
language is called by its own speakers or in English.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import lru_cache
from typing import Final

from depot.base.text import plain_letters
from depot.words.languages import matching_language

#: What languages are called, by their tag.
_CALLED: Final = {
    "en": "english, inglés, anglais, englisch, inglese, inglês, angielski, англійська, английский,"
    " ingilizce, الإنجليزية, انگلیسی, 英文, 英语",
    "es": "spanish, español, castellano, 西班牙语",
    "fr": "french, français, 法语",
    "de": "german, deutsch, 德语",
    "pt_BR": "portuguese, português, portugues brasileiro, 葡萄牙语",
    "it": "italian, italiano, 意大利语",
    "pl": "polish, polski, polska, 波兰语",
    "uk": "ukrainian, українська, українською, 乌克兰语",
    "ru": "russian, русский, по русски, 俄语",
    "tr": "turkish, türkçe, 土耳其语",
    "ar": "arabic, العربية, عربي, بالعربية, 阿拉伯语",
    "fa": "persian, farsi, dari, فارسی, دری, 波斯语",
    "zh_Hans": "chinese, simplified chinese, 中文, 简体中文, 汉语",
}

#: What names are called in one language only, in plain letters: beside a column whose header is
#: English such a one has the names in that language.
NAMES_OF_ONE: Final = {
    "nombre": "es",
    "nom": "fr",
    "bezeichnung": "de",
    "nazwa": "pl",
    "назва": "uk",
    "название": "ru",
    "isim": "tr",
    "urun adi": "tr",
    "الاسم": "ar",
    "اسم": "ar",
    "نام": "fa",
    "نام كالا": "fa",
    "名称": "zh",
    "品名": "zh",
}
ENGLISH_NAMES: Final = frozenset({"item", "name", "product", "item name", "product name"})


@lru_cache(maxsize=1)
def _tags() -> dict[str, str]:
    """Return the tag of each language by what it is called, in plain letters."""
    return {
        plain_letters(name).strip(): tag
        for tag, names in _CALLED.items()
        for name in names.split(",")
    }


def language_said(header: str, synonyms: Container[str], languages: Sequence[str]) -> str:
    """Return in which of the languages a column has names; empty: none is said, or not of names.

    `header` is plain words; what a name is called is one of the `synonyms`.
    """
    words = header.split()
    for at in range(1, len(words)):
        first, rest = " ".join(words[:at]), " ".join(words[at:])
        if first in synonyms and (found := _language(rest, languages)):
            return found
        # a tag before it would be a word of many languages: "de nombre"
        if rest in synonyms and first in _tags():
            return matching_language(_tags()[first], languages)
    return ""


def _language(said: str, languages: Sequence[str]) -> str:
    return matching_language(_tags().get(said, said.replace(" ", "-")), languages)
