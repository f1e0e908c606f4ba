"""Numbers, weights, days and signs as readers of several languages know them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from babel import Locale, localedata

from depot.base.clock import utc_now
from depot.words import figures
from depot.words.languages import Languages
from depot.words.reader import Reader

EN, DE, FR, AR = (Reader(language, language) for language in ("en", "de", "fr", "ar_EG"))
THURSDAY = date(2026, 11, 19)
AT_SIX = datetime(2026, 11, 19, 18, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("reader", "shown"),
    [(EN, "1,234,567"), (DE, "1.234.567"), (FR, "1\u202f234\u202f567"), (AR, "1,234,567")],
)
def test_a_number_is_grouped_as_its_reader_groups(reader: Reader, shown: str) -> None:
    assert figures.number(1234567, reader) == shown


@pytest.mark.parametrize("name", sorted(localedata.locale_identifiers())[::7])
def test_no_language_writes_a_hyphen_for_a_minus(name: str) -> None:
    reader = Reader("en", name)
    for shown in (figures.number(-1234, reader), figures.weight(-24_500, reader)):
        assert "−" in shown
        assert "-" not in shown


@pytest.mark.parametrize(
    ("reader", "shown"), [(EN, "−1.5 kg"), (DE, "−1,5 kg"), (AR, "\u200e−1.5 kg")]
)
def test_a_weight_less_than_nothing(reader: Reader, shown: str) -> None:
    assert figures.weight(-1500, reader) == shown


def test_a_weight_in_pounds_is_the_readers() -> None:
    reader = Reader(weight_unit="lb")
    assert figures.weight(453_592, reader) == "1,000 lb"
    assert figures.weight(None, reader) == "not weighed"


@pytest.mark.parametrize(
    ("grams", "shown"),
    [(0, "0 kg"), (999, "999 g"), (-999, "−999 g"), (1049, "1 kg"), (1050, "1.1 kg")],
)
def test_little_is_told_in_grams(grams: int, shown: str) -> None:
    assert figures.weight(grams, EN) == shown


def test_a_quantity_has_its_sign() -> None:
    assert figures.signed_number(48, "piece", EN) == "+48"
    assert figures.signed_number(-48, "piece", EN) == "−48"
    assert figures.signed_number(0, "piece", EN) == "0"
    assert figures.signed_number(-1500, "millilitre", DE) == "−1,5 l"


def test_what_is_shown_as_nothing_has_no_sign() -> None:
    def write(grams: int) -> str:
        return figures.decimal(Decimal(grams) / 1000, AR, least=1)

    assert figures.with_sign(-4, write, AR, with_plus=True) == "0.0"
    assert figures.with_sign(400, write, AR, with_plus=True) == "\u200e+0.4"


def test_a_column_of_weights_has_the_same_decimals_throughout() -> None:
    write = figures.weights("kg", [1500, 250], DE)
    assert [write(grams) for grams in (1500, 250, -1500, 0)] == ["1,50", "0,25", "−1,50", "0"]


def test_a_number_keeps_the_decimals_it_was_given() -> None:
    assert figures.as_written(Decimal("1234.50"), DE) == "1.234,50"
    assert figures.as_written(Decimal("1234"), DE) == "1.234"
    assert figures.exact(Decimal("0.1250"), DE) == "0,125"


@pytest.mark.parametrize(
    ("reader", "plain", "long", "dated"),
    [
        (EN, "19 November 2026", "Thursday, 19 November 2026", "19 Nov 2026"),
        (DE, "19. November 2026", "Donnerstag, 19. November 2026", "19. Nov. 2026"),
        (FR, "19 novembre 2026", "jeudi 19 novembre 2026", "19 nov. 2026"),
        (AR, "19 نوفمبر 2026", "الخميس، 19 نوفمبر 2026", "19 نوفمبر 2026"),
    ],
)
def test_a_day_is_written_in_the_order_of_its_language(
    reader: Reader, plain: str, long: str, dated: str
) -> None:
    assert figures.plain_day(THURSDAY, reader) == plain
    assert figures.long_day(THURSDAY, reader) == long
    assert figures.dated_day(THURSDAY, reader) == dated


@pytest.mark.parametrize("name", sorted(localedata.locale_identifiers())[::7])
def test_every_language_has_each_form_of_a_day(name: str) -> None:
    reader = Reader("en", name)
    for form in figures._DAYS:
        assert figures.day_in(form, THURSDAY, reader)
    assert figures.clock_time(AT_SIX, reader)
    assert Locale.parse(name) == reader.locale


def test_a_clock_shows_the_time_of_the_place() -> None:
    berlin = Reader("de", "de", "Europe/Berlin")
    assert figures.clock_time(AT_SIX, berlin) == "19:02"
    assert figures.clock_time(AT_SIX, Reader("fi", "fi")) == "18.02"
    assert figures.moment(datetime(2020, 1, 1, 23, 30, tzinfo=UTC), berlin) == "2. Jan. 2020 00:30"


def test_what_was_just_now_is_told_by_how_long_ago_it_was() -> None:
    assert figures.ago(utc_now() - timedelta(seconds=2), EN) == "just now"
    assert figures.ago(utc_now() - timedelta(minutes=5), EN) == "5 min ago"
    assert figures.ago(utc_now() - timedelta(hours=1, minutes=5), EN) == "1 hour ago"


def test_a_date_on_a_package_is_as_precise_as_it_was_written() -> None:
    assert figures.lot_date("use_by", "2026-11-24", DE) == "use by 24. Nov. 2026"
    assert figures.lot_date("best_before", "2027-05", FR) == "best before mai 2027"
    assert figures.lot_date("best_before", "2027-Q2", EN) == "best before quarter 2 of 2027"
    assert figures.lot_date("none", "", EN) == "no date"


def test_words_are_listed_with_the_commas_of_the_language() -> None:
    assert figures.listed(["a", "b", "c"], EN) == "a, b, c"
    assert figures.listed(["a", "b", "c"], Reader("ja", "ja")) == "a、b、c"
    assert figures.listed([], EN) == ""


def test_the_days_of_the_week_are_named() -> None:
    assert figures.weekdays(FR)[1] == "lundi"
    assert figures.weekdays(EN)[7] == "Sunday"


@pytest.mark.parametrize("language", Languages().names())
def test_a_sentence_has_one_stop_at_its_end(language: str) -> None:
    reader = Languages().reader(None, language)
    for month in range(1, 13):
        said = figures.dated_day(date(2026, month, 19), reader)
        for sentence in ("Taken down, %(when)s.", "%(when)s … %(what)s."):
            told = reader.gettext(sentence, when=said, what=said)
            assert ".." not in told, told
            assert said.removesuffix(".") in told.replace("\u2066", "").replace("\u2069", "")


def test_what_stands_within_a_sentence_keeps_its_stop() -> None:
    told = EN.gettext("%(who)s gave it. So did %(name)s.", who="Smith Jr.", name="Ann Jr.")
    assert told == "Smith Jr. gave it. So did Ann Jr."
