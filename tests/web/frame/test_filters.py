"""Figures in templates are for who reads the page, also where what they show never changes."""

from __future__ import annotations

from types import SimpleNamespace

from flask import Flask, g

from depot.words.reader import Reader


def test_a_unit_that_stands_in_a_template_is_the_readers(app: Flask) -> None:
    with app.test_request_context("/"):
        template = app.jinja_env.from_string("{{ 'gram'|unit_beside }}")
        shown = []
        for unit in ("kg", "lb", "kg"):
            reader = Reader(weight_unit=unit)
            g.reader = SimpleNamespace(token_actor=None, user=None, reader=reader)
            shown.append(template.render())
    assert shown == ["kg", "lb", "kg"]
