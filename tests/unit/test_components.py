"""The macros pages are built of: what was typed is kept, what is wrong is wired to its field."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from blueprints.words.charts import Series, bar_chart

FORMS = (
    "{% from 'components/forms.html' import text, number, picks, checkbox, submit with context %}"
)
UI = "{% from 'components/ui.html' import row, card, answer, empty, tag with context %}"
CHARTS = "{% from 'components/charts.html' import bar %}"


@pytest.fixture(scope="module")
def pages() -> Environment:
    folder = Path(__file__).parents[2] / "templates"
    env = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    env.filters["unit_beside"] = lambda unit: unit
    env.globals.update(
        csrf_token=lambda: "a-token",
        command_id=lambda: "an-id",
        this_page=lambda _id=None: "/here",
    )
    return env


def _show(pages: Environment, source: str, **values: object) -> str:
    return pages.from_string(source).render(**values)


def test_a_wrong_field_keeps_what_was_typed_and_says_why(pages: Environment) -> None:
    html = _show(
        pages,
        FORMS + "{{ number('weight', 'Weight', values, errors, hint='With the box') }}",
        values={"weight": "12,x"},
        errors={"weight": ["Please write a number."]},
    )
    assert 'value="12,x"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="f-weight-hint f-weight-error"' in html
    assert re.search(r'id="f-weight-error".*Please write a number\.', html, re.S)
    assert '<label for="f-weight">' in html


def test_what_was_typed_cannot_become_markup(pages: Environment) -> None:
    html = _show(pages, FORMS + "{{ text('n', 'Name', {'n': '\"><script>'}, {}) }}")
    assert "<script>" not in html


def test_a_password_is_never_sent_back(pages: Environment) -> None:
    source = FORMS + "{{ text('p', 'Password', {'p': 'secret'}, {}, type='password') }}"
    assert "secret" not in _show(pages, source)


def test_the_chosen_pick_is_checked_and_none_by_itself(pages: Environment) -> None:
    source = (
        FORMS + "{{ picks('what', 'What', [('1', 'Bread'), ('2', 'Tins', 'and jars')], v, {}) }}"
    )
    assert " checked" not in _show(pages, source, v={})
    html = _show(pages, source, v={"what": 2})
    assert html.count(" checked") == 1
    assert re.search(r'value="2" checked', html)


def test_undo_is_a_form_that_counts_once(pages: Environment) -> None:
    html = _show(
        pages, UI + "{{ row('in', 'Bread', figure='+24 kg', undo_href='/entries/1/undo') }}"
    )
    assert 'method="post" action="/entries/1/undo"' in html
    assert 'name="csrf_token" value="a-token"' in html
    assert 'name="command_id" value="an-id"' in html


def test_a_problem_is_told_as_an_alert(pages: Environment) -> None:
    told = {"kind": "problem", "message": "No", "href": None, "link_text": None, "undo_href": None}
    html = _show(pages, UI + "{{ answer(told) }}", told=told)
    assert 'role="alert"' in html
    assert "<form" not in html


def test_a_chart_has_a_name_and_no_inline_style(pages: Environment) -> None:
    chart = bar_chart("In", "How it went", ["46", "47"], [Series("in", "in", (1, 2))])
    html = _show(pages, CHARTS + "{{ bar(chart, 'week') }}", chart=chart)
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 4
    assert "<desc" in html
    assert "style=" not in html
