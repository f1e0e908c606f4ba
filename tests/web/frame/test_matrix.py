"""Every endpoint against every kind of person, device and program: the table says who may enter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pytest
from flask import Flask

from tests.web import who_enters
from tests.web.doors import COORDINATORS
from tests.web.who_enters import IN, KINDS, NOTHING, REFUSED, SIGN_IN, UNKNOWN

#: What coordinator, volunteer, helper and the depot's own device are answered, and who is nobody in
#: the depot; and the coordinator of another one, if that is always the same.
PEOPLE: Final = {
    "people": (IN, IN, IN, IN, SIGN_IN, ""),
    "members": (IN, IN, REFUSED, REFUSED, SIGN_IN, ""),
    "coordinators": (IN, REFUSED, REFUSED, REFUSED, SIGN_IN, ""),
    "scripts": (IN, IN, IN, IN, UNKNOWN, ""),
    "own hands": (IN, IN, IN, REFUSED, SIGN_IN, ""),
    "own device": (SIGN_IN, SIGN_IN, SIGN_IN, IN, SIGN_IN, SIGN_IN),
    "members see": (IN, IN, NOTHING, IN, SIGN_IN, ""),
    "coordinators answer": (IN, REFUSED, NOTHING, REFUSED, SIGN_IN, ""),
    "whoever began it": (IN, REFUSED, REFUSED, IN, SIGN_IN, ""),
    "whose it is": (IN, NOTHING, NOTHING, REFUSED, SIGN_IN, ""),
    "members whose it is": (IN, NOTHING, REFUSED, REFUSED, SIGN_IN, ""),
}
#: Doors at which all are answered alike.
EVERYBODY: Final = {"anyone": IN, "half way in": SIGN_IN, "a key alone": UNKNOWN}
#: What a coordinator's and a volunteer's token are answered.
PROGRAMS: Final = {"programs": (IN, IN), "coordinators' programs": (IN, REFUSED)}


def expected(row: str) -> Mapping[str, str]:
    """Return what each kind is to be answered at a door."""
    door, *more = row.split(", ")
    outside = NOTHING if "of one depot" in more else IN
    if door in EVERYBODY:
        return dict.fromkeys(KINDS, EVERYBODY[door])
    if door in PROGRAMS:
        found = dict.fromkeys(KINDS, UNKNOWN) | {"other depot's token": outside}
        return found | dict(zip(who_enters.PROGRAMS, PROGRAMS[door], strict=True))
    *inside, nobody, other = PEOPLE[door]
    found = dict.fromkeys(KINDS, nobody) | {"other depot": other or outside}
    return found | dict(zip(who_enters.OF_THE_DEPOT, inside, strict=True))


def wrong(row: str, answers: Mapping[str, str]) -> list[str]:
    """Return what is answered otherwise than the row says."""
    let_in = (IN, NOTHING) if "perhaps nothing there" in row else (IN,)
    return [
        f"{kind}: {answers[kind]}, not {answer}"
        for kind, answer in expected(row).items()
        if answers[kind] not in (let_in if answer == IN else (answer,))
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
        "own device: in, not refused",
    ]
