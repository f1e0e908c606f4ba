"""The names of the months in every language that Depot speaks, as people write them. Pure.

Names and their short forms are those of the Unicode CLDR, with the months of the Levant and the
short forms found on packages beside them; tests compare them with Babel's. They stand here, and
are not asked of Babel, since thirteen of its locales cost more memory than the rest of a request.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

#: January to December, in English, Spanish, French, German, Portuguese, Italian, Polish,
#: Ukrainian, Russian, Turkish, Arabic, Persian and Chinese.
_MONTHS: Final = (
    "january jan enero ene janvier janv januar jänner janeiro gennaio gen stycznia styczeń sty"
    " січня січень січ января январь янв ocak oca يناير كانون_الثاني ژانویه ژانویهٔ 一月",
    "february feb febrero février févr fev februar fevereiro febbraio lutego luty lut"
    " лютого лютий лют февраля февраль февр şubat şub فبراير شباط فوریه فوریهٔ 二月",
    "march mar marzo mars märz maerz mrz março marca marzec березня березень бер"
    " марта март mart مارس آذار 三月",
    "april apr abril abr avril avr aprile kwietnia kwiecień kwi квітня квітень квіт"
    " апреля апрель апр nisan nis أبريل نيسان آوریل 四月",
    "may mayo mai maio maggio mag maja maj травня травень трав мая май mayıs مايو أيار مه مهٔ 五月",
    "june jun junio juin juni junho giugno giu czerwca czerwiec cze червня червень черв"
    " июня июнь июн haziran haz يونيو حزيران ژوئن 六月",
    "july jul julio juillet juil juli julho luglio lug lipca lipiec lip липня липень лип"
    " июля июль июл temmuz tem يوليو تموز ژوئیه ژوئیهٔ 七月",
    "august aug agosto ago août agosto sierpnia sierpień sie серпня серпень серп"
    " августа август авг ağustos ağu أغسطس آب اوت 八月",
    "september sep sept septiembre setiembre septembre setembro set settembre września wrzesień wrz"
    " вересня вересень вер сентября сентябрь сент сен eylül eyl سبتمبر أيلول سپتامبر 九月",
    "october oct octubre octobre oktober okt outubro out ottobre ott października październik paź"
    " жовтня жовтень жовт октября октябрь окт ekim eki أكتوبر تشرين_الأول اکتبر 十月",
    "november nov noviembre novembre novembro listopada listopad lis листопада листопад лист"
    " ноября ноябрь нояб ноя kasım kas نوفمبر تشرين_الثاني نوامبر 十一月",
    "december dec diciembre dic décembre déc dezember dez dezembro dicembre grudnia grudzień gru"
    " грудня грудень груд декабря декабрь дек aralık ara ديسمبر كانون_الأول دسامبر 十二月",
)
#: "End of" a month, with the words that may stand between it and the month.
_ENDS: Final = (
    "end ende eom fin fins final finales fines fine fim finais koniec końcem кінець кінця"
    " наприкінці конец конца sonu sonunda نهاية آخر أواخر پایان اواخر 底 末"
)
_BETWEEN: Final = (
    "of the den de del do da di du le el il am ay ayı ayının شهر من ماه month m-ca року года г р"
)
#: A beginning of so many letters stands for a month, if it stands for one only.
_LEAST: Final = 3


def plain_word(text: str) -> str:
    """Return small letters without accents, figures of every script as 0 to 9."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(
        str(unicodedata.digit(letter)) if letter.isdecimal() else letter
        for letter in letters
        if not unicodedata.combining(letter)
    ).replace("ı", "i")


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    """Return every name and every beginning of one that is a single month's, plain."""
    whole: dict[str, int] = {}
    begun: dict[str, set[int]] = {}
    for number, names in enumerate(_MONTHS, start=1):
        for name in plain_word(names).split():
            whole[name] = number
            for length in range(_LEAST, len(name)):
                begun.setdefault(name[:length], set()).add(number)
    return {part: min(found) for part, found in begun.items() if len(found) == 1} | whole


@lru_cache(maxsize=1)
def _ends() -> frozenset[str]:
    return frozenset(plain_word(_ENDS).split())


@lru_cache(maxsize=1)
def _between() -> frozenset[str]:
    return frozenset(plain_word(_BETWEEN).split())


def month_number(word: str) -> int | None:
    """Return 1 to 12 for a plain word that names a month in any of the languages, else None."""
    return _numbers().get(word)


def is_end(word: str) -> bool:
    """Say whether a plain word means "end of"."""
    return word in _ends()


def is_between(word: str) -> bool:
    """Say whether a plain word only joins the parts of a date: of, de, года."""
    return word in _between()


def join_names(plain: str) -> str:
    """Join the names of months that are two words in Arabic, so that each is one."""
    for name in _two_words():
        plain = plain.replace(name.replace("_", " "), name)
    return plain


@lru_cache(maxsize=1)
def _two_words() -> tuple[str, ...]:
    return tuple(name for names in _MONTHS for name in plain_word(names).split() if "_" in name)
