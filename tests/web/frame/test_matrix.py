"""Every endpoint against every kind of person, device and program: the table says who may enter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pytest
from flask import Flask

from tests.web import who_enters
from tests.web.doors import COORDINATORS
from tests.web.who_enters import IN, KINDS, NOTHING, REFUSED, SIGN_IN, UNKNOWN

#: What coordinator, volunteer and helper are answered, and who is nobody in the depot.
PEOPLE: Final = {
    "people": (IN, IN, IN, SIGN_IN),
    "members": (IN, IN, REFUSED, SIGN_IN),
    "coordinators": (IN, REFUSED, REFUSED, SIGN_IN),
    "scripts": (IN, IN, IN, UNKNOWN),
    "members see": (IN, IN, NOTHING, SIGN_IN),
    "coordinators answer": (IN, REFUSED, NOTHING, SIGN_IN),
    "whose it is": (IN, NOTHING, NOTHING, SIGN_IN),
    "members whose it is": (IN, NOTHING, REFUSED, SIGN_IN),
}
#: What a coordinator's and a volunteer's token are answered.
PROGRAMS: Final = {"programs": (IN, IN), "coordinators' programs": (IN, REFUSED)}


def expected(row: str) -> Mapping[str, str]:
    """Return what each kind is to be answered at a door."""
    door, *more = row.split(", ")
    here = NOTHING if "nothing there" in more else IN
    outside = NOTHING if "of one depot" in more else here
    if door == "anyone":
        return dict.fromkeys(KINDS, here)
    if door == "half way in":
        return dict.fromkeys(KINDS, SIGN_IN)
    if door in PROGRAMS:
        found = dict.fromkeys(KINDS, UNKNOWN) | {"other depot's token": outside}
        found |= zip(who_enters.PROGRAMS, PROGRAMS[door], strict=True)
    else:
        *inside, nobody = PEOPLE[door]
        found = dict.fromkeys(KINDS, nobody) | {"other depot": outside}
        found |= zip(who_enters.OF_THE_DEPOT, inside, strict=True)
    return {kind: here if answer == IN else answer for kind, answer in found.items()}


def wrong(row: str, answers: Mapping[str, str]) -> list[str]:
    """Return what is answered otherwise than the row says."""
    return [
        f"{kind}: {answers[kind]}, not {answer}"
        for kind, answer in expected(row).items()
        if answers[kind] != answer
    ]


def test_every_endpoint_has_its_row(app: Flask) -> None:
    there = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert there == set(who_enters.rows()), "say in tests/web/who_enters.txt who may enter"


def test_every_kind_of_person_is_let_in_and_refused_as_the_table_says(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows, ground = who_enters.rows(), who_enters.prepare(app, monkeypatch)
    found = {}
    for rule, method in who_enters.doors(app):
        answers = {kind: ground.ask(rule, method, kind) for kind in KINDS}
        if problems := wrong(rows[rule.endpoint], answers):
            found[f"{method} {rule.endpoint}"] = problems
    assert not found


def test_what_only_coordinators_do_is_said_alike_in_both_tables() -> None:
    pages = {name for name, row in who_enters.rows().items() if row.startswith("coordinators")}
    assert COORDINATORS <= pages


def test_the_table_would_speak_up() -> None:
    """A door that lets a helper of a day in, or the other depot, is named."""
    row = "coordinators, of one depot"
    assert not wrong(row, expected(row))
    assert wrong(row, {**expected(row), "helper": IN}) == ["helper: in, not refused"]
    assert wrong(row, {**expected(row), "other depot": IN}) == ["other depot: in, not nothing"]
    assert wrong(row, expected("people, of one depot")) == [
        "volunteer: in, not refused",
        "helper: in, not refused",
    ]
