"""A language is there when its catalogue is; what it lacks is English."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from depot.base.actors import DepotView
from depot.words.languages import Languages, babel_name, own_name
from depot.words.reader import babel_direction, direction_of
from tests.translations import translated

RIVERSIDE = DepotView(1, "riverside", "Riverside", "Europe/Berlin", 1, "lb", "Letter")


def test_english_needs_no_catalogue() -> None:
    languages = Languages()
    assert languages.names()[0] == "en"
    assert languages.reader().gettext("Came in") == "Came in"


def test_a_catalogue_in_a_folder_is_a_language(tmp_path: Path) -> None:
    translated(
        tmp_path,
        "de",
        {
            "Came in": "Angekommen",
            ("%(num)s item", "%(num)s items"): ("%(num)s Ware", "%(num)s Waren"),
        },
    )
    languages = Languages((tmp_path,))
    reader = languages.reader(RIVERSIDE, "de")
    assert languages.names() == ["en", "de"]
    assert reader.gettext("Came in") == "Angekommen"
    assert reader.gettext("Handed out") == "Handed out"
    assert reader.ngettext("%(num)s item", "%(num)s items", 1) == "1 Ware"
    assert reader.ngettext("%(num)s item", "%(num)s items", 1200) == "1.200 Waren"


def test_a_reader_reads_in_the_depots_units(tmp_path: Path) -> None:
    reader = Languages().reader(RIVERSIDE)
    assert (reader.time_zone, reader.weight_unit, reader.paper_size) == (
        "Europe/Berlin",
        "lb",
        "Letter",
    )
    assert Languages().reader(RIVERSIDE, paper_size="A4").paper_size == "A4"


def test_the_last_folder_counts(tmp_path: Path) -> None:
    for name, word in (("one", "Rein"), ("two", "Angekommen")):
        translated(tmp_path / name, "de", {"Came in": word})
    languages = Languages((tmp_path / "one", tmp_path / "two"), usual="de")
    assert languages.reader().gettext("Came in") == "Angekommen"


def test_a_language_that_nobody_speaks_may_say_how_its_numbers_are_written(tmp_path: Path) -> None:
    translated(tmp_path, "en_XA", {"Came in": "[Çàmé ìñ]"}, formats="de_AT")
    translated(tmp_path, "ar_XB", {})
    languages = Languages((tmp_path,))
    assert languages.reader(None, "en_XA").formats == "de_AT"
    assert languages.reader(None, "ar_XB").formats == "ar"
    assert languages.reader(None, "ar_XB").direction == "rtl"
    assert languages.reader(None, "en_XA").tag == "en-XA"


def test_an_empty_text_is_no_message(tmp_path: Path) -> None:
    translated(tmp_path, "de", {"Came in": "Angekommen"})
    assert Languages((tmp_path,)).reader(None, "de").gettext("") == ""


def test_of_the_languages_that_are_there_is_told_what_babel_tells() -> None:
    for name in Languages().names():
        assert own_name(name) == babel_name(name)
        assert direction_of(name) == babel_direction(name)


def test_a_page_in_english_loads_no_other_language() -> None:
    """Each takes a megabyte, and every page lists all of them."""
    script = (
        "from depot.words.languages import Languages, own_name\n"
        "from depot.words.reader import direction_of\n"
        "from babel.localedata import _cache\n"
        "print([(own_name(one), direction_of(one)) for one in Languages().names()] and len(_cache))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "0"
