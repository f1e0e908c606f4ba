"""Templates compile, speak through gettext, and leave style and script to files.

The Content-Security-Policy refuses anything inline, and an untranslated word is seen by everybody
but its author; both are cheaper to see here than in a browser.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.meta import find_referenced_templates

from tests.guards.sources import ROOT, relative_name
from tests.guards.template_reader import attribute_blocks, complaints_about

TEMPLATES = ROOT / "templates"


class _AnyName(dict[str, Any]):
    """Filters and tests of any name: which of them exist is known only to the running app."""

    def get(self, key: str, default: object = None) -> Any:
        return super().get(key, lambda value, *_, **__: value)


@pytest.fixture
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
        undefined=StrictUndefined,
        autoescape=True,
    )
    made.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    made.filters = _AnyName(made.filters)
    made.tests = _AnyName(made.tests)
    return made


def templates() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


def test_every_template_compiles(environment: Environment) -> None:
    assert templates()
    for path in templates():
        environment.compile(path.read_text(), filename=str(path))


def test_every_template_names_templates_that_exist(environment: Environment) -> None:
    missing = [
        f"{relative_name(path)}: {name}"
        for path in templates()
        for name in find_referenced_templates(environment.parse(path.read_text()))
        if name is not None and not (TEMPLATES / name).is_file()
    ]
    assert not missing


def test_templates_show_translated_words_only_and_hold_no_style_script_or_sums(
    environment: Environment,
) -> None:
    quiet = attribute_blocks(path.read_text() for path in templates())
    found = [
        f"{relative_name(path)}:{complaint.line}: {complaint.text}"
        for path in templates()
        for complaint in complaints_about(environment, path.read_text(), quiet)
    ]
    assert not found, "\n".join(found)


#: The four places of the bottom bar: there is nothing above them.
_TOP = {"today/show.html", "today/more.html", "crates/index.html", "scanning/scan.html"}


def ways_back(source: str) -> tuple[int, int]:
    """Return how often a page goes back in the block at its top, and how often in all."""
    return source.count("{% block back %}{{ back("), source.count("{{ back(")


def test_every_page_has_its_way_back_at_the_top() -> None:
    wrong = {
        name
        for path in templates()
        if "{% extends 'layouts/page.html' %}" in (source := path.read_text())
        and ways_back(source) != ((0, 0) if (name := relative_name(path)[10:]) in _TOP else (1, 1))
    }
    assert not wrong


@pytest.mark.parametrize("wrong", ["{% block main %}{{ back('/', 'Up') }}", "{% block main %}"])
def test_the_guard_sees_a_page_without_its_way_back(wrong: str) -> None:
    assert ways_back(wrong) != (1, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        "<p>Three crates</p>",
        "<p>{{ count }} crates</p>",
        '<img alt="A crate">',
        '<p style="color: red">1</p>',
        "<style>p { color: red }</style>",
        "<script>go()</script>",
        '<button onclick="go()">1</button>',
        '<a href="javascript:go()">1</a>',
        "{{ button('Save it') }}",
        "{{ count + 1 }}",
        "{{ _(name) }}",
        "{{ row('plain', _(one.name)) }}",
    ],
)
def test_the_guard_sees(environment: Environment, wrong: str) -> None:
    lines = [complaint.line for complaint in complaints_about(environment, f"\n{wrong}")]
    assert lines == [2]


@pytest.mark.parametrize(
    "right",
    [
        "<p>{{ _('Three crates') }}</p>",
        "<p>{% trans n=3 %}{{ n }} crate{% pluralize %}{{ n }} crates{% endtrans %}</p>",
        "<{{ 'h1' if big else 'p' }} class=\"code\">{{ code }}</{{ 'h1' if big else 'p' }}>",
        '{# Not shown #}<a class="big" href="/crates">·</a>',
        '<script type="module" src="/app.js"></script>',
        "{% if kind == 'Great big one' %}1{% endif %}",
    ],
)
def test_the_guard_leaves_alone(environment: Environment, right: str) -> None:
    assert not list(complaints_about(environment, right))


def test_a_block_in_an_attribute_is_no_text(environment: Environment) -> None:
    quiet = attribute_blocks(['<main class="{% block width %}{% endblock %}">'])
    source = "{% block width %}narrow{% endblock %}<p>wide</p>"
    assert [complaint.text for complaint in complaints_about(environment, source, quiet)] == [
        "'wide' is not translated"
    ]
