"""Dates as people type them from a package on the 27th of November 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.imports.rows.stated_dates import Order
from depot.imports.sheets.problems import BadValue
from depot.imports.typed_dates import read_typed_date

TODAY = date(2026, 11, 27)

ENGLISH = {
    "5/27": "2027-05",
    "05.27": "2027-05",
    "end may": "2027-05",
    "End of May 2027": "2027-05",
    "end 5/27": "2027-05",
    "24/12/26": "2026-12-24",
    "24/12": "2026-12-24",
    "Q2 2027": "2027-Q2",
    "q2": "2027-Q2",
    "2q27": "2027-Q2",
    "may": "2027-05",
    "21 May": "2027-05-21",
    "May 21st, 27": "2027-05-21",
    "may 27": "2027-05",
    "october": "2026-10",
    "29 feb": "2028-02-29",
    "2027": "2027",
    "05/2027": "2027-05",
    "05-27": "2027-05",
    "05 27": "2027-05",
    "05.2027": "2027-05",
    "MAY27": "2027-05",
    "MAY2027": "2027-05",
    "May '27": "2027-05",
    "May-27": "2027-05",
    "end 2027": "2027",
    "24DEC26": "2026-12-24",
    "24DEC2026": "2026-12-24",
    "24-DEC-26": "2026-12-24",
    "24th of December": "2026-12-24",
    "2nd quarter 2027": "2027-Q2",
    "Q2/27": "2027-Q2",
    "2027 Q2": "2027-Q2",
    "BBE 05/27": "2027-05",
    "Best before 24 DEC 26": "2026-12-24",
    "Best before end: 05/27": "2027-05",
    "BB: 24.12.26": "2026-12-24",
}
SPANISH = {
    "fin de mayo": "2027-05",
    "finales de mayo de 2027": "2027-05",
    "21 de mayo": "2027-05-21",
    "el 3 de dic.": "2026-12-03",
    "ene 27": "2027-01",
    "fines de mayo": "2027-05",
    "setiembre 2027": "2027-09",
    "MAY-2027": "2027-05",
    "24DIC2026": "2026-12-24",
    "24 DIC 26": "2026-12-24",
    "24 de diciembre de 2026": "2026-12-24",
    "1º de enero": "2027-01-01",
    "T2 2027": "2027-Q2",
    "2T 2027": "2027-Q2",
    "2º trimestre 2027": "2027-Q2",
    "fin de 2027": "2027",
    "consumir preferentemente antes del 24/12/26": "2026-12-24",
    "consumir preferentemente antes del fin de 05/2027": "2027-05",
    "cons. pref. 05/27": "2027-05",
}
GERMAN = {
    "Ende Mai": "2027-05",
    "24.12.": "2026-12-24",
    "24.12.26": "2026-12-24",
    "Ende März 27": "2027-03",
    "3. Dezember": "2026-12-03",
    "05.2027": "2027-05",
    "Mai 27": "2027-05",
    "Ende 05/2027": "2027-05",
    "24.Dez.2026": "2026-12-24",
    "24. Dez. 26": "2026-12-24",
    "Do, 24.12.2026": "2026-12-24",
    "den 3. Dezember": "2026-12-03",
    "Jänner 2027": "2027-01",
    "2. Quartal 2027": "2027-Q2",
    "II. Quartal 2027": "2027-Q2",
    "IV. Quartal 2027": "2027-Q4",
    "MHD 24.12.26": "2026-12-24",
    "MHD: 05/2027": "2027-05",
    "mind. haltbar bis Ende Mai 2027": "2027-05",
    "mindestens haltbar bis 24.12.2026": "2026-12-24",
    "bis 24.12.": "2026-12-24",
}
UKRAINIAN = {
    "кінець травня": "2027-05",
    "21 травня 2027 року": "2027-05-21",
    "лют. 2027": "2027-02",
    "05.2027": "2027-05",
    "травень 27": "2027-05",
    "кінець травня 27": "2027-05",
    "до кінця травня": "2027-05",
    "наприкінці травня": "2027-05",
    "24.12.2026 р.": "2026-12-24",
    "24 груд. 26": "2026-12-24",
    "до 24 грудня": "2026-12-24",
    "краще спожити до 24.12.26": "2026-12-24",
    "2 квартал 2027": "2027-Q2",
    "2 кв. 2027": "2027-Q2",
    "ІІ квартал 2027": "2027-Q2",
    "III квартал 2027": "2027-Q3",
    "кінець 2027": "2027",
}
OTHERS = {
    "fin mai": "2027-05",
    "le 3 août": "2027-08-03",
    "fim de maio": "2027-05",
    "fine maggio 2027": "2027-05",
    "koniec maja": "2027-05",
    "конец мая": "2027-05",
    "MAYIS SONU": "2027-05",
    "نهاية مايو": "2027-05",
    "كانون الثاني 2027": "2027-01",
    "٢١/٥/٢٠٢٧": "2027-05-21",
    "پایان مه": "2027-05",
    "۰۵/۲۰۲۷": "2027-05",
    "2027年5月21日": "2027-05-21",
    "2027年5月底": "2027-05",
    "5月21日": "2027-05-21",
    "5月底": "2027-05",
    "1er mai": "2027-05-01",
    "1er janvier 27": "2027-01-01",
    "AOUT 2027": "2027-08",
    "T2 2027": "2027-Q2",
    "2ème trimestre 2027": "2027-Q2",
    "DDM : fin mai 2027": "2027-05",
    "à consommer de préférence avant le 24/12/26": "2026-12-24",
    "à consommer de préférence avant fin 05/2027": "2027-05",
}
DAY_FIRST = {"10/12": "2026-12-10", "11/28": "2028-11", "12/24": "2024-12", "4/12/26": "2026-12-04"}
MONTH_FIRST = {
    "10/12": "2026-10-12",
    "24/12": "2026-12-24",
    "12/24/26": "2026-12-24",
    "4/12/27": "2027-04-12",
    "12/26": "2026-12",
    "5/27": "2027-05",
}


def _text(typed: str, order: Order | None, today: date = TODAY) -> str | None:
    found = read_typed_date(typed, order, today)
    return found.text if found else None


@pytest.mark.parametrize("forms", [ENGLISH, SPANISH, GERMAN, UKRAINIAN, OTHERS, DAY_FIRST])
def test_what_is_on_a_package_is_read_the_day_first(forms: dict[str, str]) -> None:
    assert {typed: _text(typed, "dmy") for typed in forms} == forms


@pytest.mark.parametrize("forms", [SPANISH, GERMAN, UKRAINIAN, OTHERS, MONTH_FIRST])
def test_what_is_on_a_package_is_read_the_month_first(forms: dict[str, str]) -> None:
    assert {typed: _text(typed, "mdy") for typed in forms} == forms


@pytest.mark.parametrize("typed", ["11/28", "11/27", "12/24", "3/26", "nov 28", "May 25"])
def test_a_near_day_or_a_month_of_another_year_is_asked(typed: str) -> None:
    with pytest.raises(BadValue) as caught:
        _text(typed, "mdy")
    assert caught.value.code == "ambiguous_date"


def test_where_the_order_is_not_known_two_days_are_asked() -> None:
    with pytest.raises(BadValue, match="two ways"):
        _text("10/12", None)
    assert _text("24/12/26", None) == "2026-12-24"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31/4", "no_such_day"),
        ("30 feb", "no_such_day"),
        ("0/27", "no_such_day"),
        ("0月", "not_a_date"),
        ("13月底", "not_a_date"),
        ("13/13", "no_such_day"),
        ("end", "not_a_date"),
        ("end 31.5.2027", "not_a_date"),
        ("soon", "not_a_date"),
        ("27", "not_a_date"),
        ("21 21 may", "short_year"),
        ("26-12-31", "short_year"),
        ("may june", "not_a_date"),
    ],
)
def test_what_is_no_date_is_a_named_problem(typed: str, code: str) -> None:
    with pytest.raises(BadValue) as caught:
        _text(typed, "dmy")
    assert caught.value.code == code


@pytest.mark.parametrize(
    "typed",
    [
        "use by 24/12/26",
        "zu verbrauchen bis 24.12.26",
        "caducidad 24/12/26",
        "à consommer avant le 24/12/26",
        "DLC 24/12/26",
        "вжити до 24.12.26",
        "EXP 24/12/26",
    ],
)
def test_use_by_in_words_is_not_passed_over(typed: str) -> None:
    """It is about safety: which kind of date it is stands beside the date."""
    with pytest.raises(BadValue) as caught:
        _text(typed, "dmy")
    assert caught.value.code == "not_a_date"


def test_no_date_is_none() -> None:
    forms = ("", " ", "-", "no date", "ohne Datum", "sin fecha", "без дати")
    assert [_text(typed, "dmy") for typed in forms] == [None] * 7


@given(st.dates(date(2020, 1, 1), date(2060, 1, 1)), st.integers(-92, 270))
def test_a_day_without_its_year_is_the_next_or_of_the_last_three_months(
    today: date, away: int
) -> None:
    day = today + timedelta(days=away)
    assert _text(f"{day.day} {day:%B}", "dmy", today) == day.isoformat()


_PARTS = "end may 5 21 27 2027 / - . q2 月 底 de 年 ٥ ² 日".split()


@given(
    st.text(max_size=20) | st.lists(st.sampled_from(_PARTS), max_size=6).map("".join),
    st.sampled_from(["dmy", "mdy", None]),
)
def test_any_text_is_a_date_or_a_named_problem(typed: str, order: Order | None) -> None:
    try:
        found = read_typed_date(typed, order, TODAY)
    except BadValue:
        return
    assert found is None or 1990 <= found.on.year <= 2100
