"""The rule of consent, against the rule told once more in the plainest way."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.base.kinds import RESPONSE_KINDS, ResponseKind
from depot.decisions.consent import (
    Said,
    Voice,
    asked_again,
    counts,
    may_be_settled,
    objections,
    present,
)

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
ADA: Voice = ("person", 1)
BEN: Voice = ("person", 2)
ANA: Voice = ("person", 3)
STRANGER: Voice = ("person", 4)
ZOE: Voice = ("spoken", 1)
TOM: Voice = ("spoken", 2)
#: Ana helps for today.
ROLES = {1: "coordinator", 2: "volunteer", 3: "helper", 4: None}


def said(
    number: int,
    voice: Voice,
    kind: ResponseKind,
    *,
    version: int = 1,
    minutes: int | None = None,
    is_own: bool = True,
) -> Said:
    at = NOON + timedelta(minutes=number if minutes is None else minutes)
    of_person = voice[0] == "person"
    role = ROLES[voice[1]] if of_person else None
    return Said(number, voice, version, kind, at, role, is_own and of_person)


@st.composite
def answers(draw: st.DrawFn) -> list[Said]:
    voices = st.sampled_from([ADA, BEN, ANA, STRANGER, ZOE, TOM])
    return [
        said(
            number,
            draw(voices),
            draw(st.sampled_from(RESPONSE_KINDS)),
            version=draw(st.integers(1, 3)),
            minutes=draw(st.integers(0, 4)),
            is_own=draw(st.booleans()),
        )
        for number in range(draw(st.integers(0, 9)))
    ]


def plainly_blocked(given: list[Said], version: int, about_id: int | None) -> bool:
    """Say whether an objection stands: one that counts, and that nothing said later took back.

    What somebody wrote themselves, only they take back; of what others wrote down for them, the
    last counts.
    """

    def is_later(one: Said, than: Said) -> bool:
        return (one.said_at, one.number) > (than.said_at, than.number)

    told = [one for one in given if one.version == version]
    for one in told:
        kind, number = one.voice
        has_voice = kind == "spoken" or (
            number != about_id and one.role in ("volunteer", "coordinator")
        )
        after = [other for other in told if other.voice == one.voice and is_later(other, one)]
        if one.is_own:
            taken_back = any(other.is_own for other in after)
        else:
            taken_back = bool(after)
        # an objection in one's own hand that stands speaks for them, whatever was written down
        if one.kind == "objection" and has_voice and not taken_back:
            return True
    return False


@given(answers(), st.integers(1, 3), st.one_of(st.none(), st.integers(1, 4)))
def test_it_stands_just_when_no_objection_does(
    given_: list[Said], version: int, about_id: int | None
) -> None:
    found = objections(given_, version, about_id)
    assert bool(found) == plainly_blocked(given_, version, about_id)


@given(answers(), st.integers(1, 3))
def test_in_whatever_order_they_arrive(given_: list[Said], version: int) -> None:
    assert objections(given_, version, None) == objections(given_[::-1], version, None)


@given(answers(), st.integers(1, 3))
def test_each_speaks_once(given_: list[Said], version: int) -> None:
    voices = [one.voice for one in present(given_, version)]
    assert len(voices) == len(set(voices))
    assert set(voices) == {one.voice for one in given_ if one.version == version}


def test_the_last_thing_somebody_says_counts() -> None:
    told = [said(1, ADA, "objection"), said(2, ADA, "consent")]
    assert objections(told, 1, None) == []
    assert objections([*told, said(3, ADA, "objection")], 1, None)


def test_other_words_are_asked_about_again() -> None:
    told = [said(1, ADA, "objection"), said(2, BEN, "objection"), said(3, BEN, "consent")]
    assert [one.voice for one in objections(told, 1, None)] == [ADA]
    assert objections(told, 2, None) == []
    assert [one.voice for one in asked_again(told, 2, None)] == [ADA]
    answered = [*told, said(4, ADA, "concern", version=2)]
    assert asked_again(answered, 2, None) == []


def test_who_it_is_about_and_who_helps_today_speak_and_do_not_count() -> None:
    told = [
        said(1, ADA, "objection"),
        said(2, ANA, "objection"),
        said(3, STRANGER, "objection"),
    ]
    assert objections(told, 1, about_id=1) == []
    assert len(present(told, 1)) == 3
    assert not counts(told[0], 1)
    assert counts(told[0], None)


def test_nobody_takes_back_what_another_wrote() -> None:
    told = [said(1, BEN, "objection"), said(2, BEN, "consent", is_own=False)]
    assert [one.number for one in objections(told, 1, None)] == [1]
    assert objections([*told, said(3, BEN, "consent")], 1, None) == []


def test_a_spoken_name_counts_and_is_taken_back_by_word_of_mouth() -> None:
    told = [said(1, ZOE, "objection")]
    assert objections(told, 1, None) == told
    assert objections([*told, said(2, ZOE, "consent")], 1, None) == []


@pytest.mark.parametrize(
    ("answer_by", "worded", "in_room", "may"),
    [
        (None, 1, None, False),
        (None, 1, 7, True),
        (4, 1, None, True),
        (5, 1, None, False),  # today is still a day to answer
        (6, 1, None, False),
        (6, 1, 1, True),
        (3, 4, None, False),  # these words were never asked about
        (4, 4, None, True),
    ],
)
def test_it_is_settled_when_everybody_had_the_time_to_speak(
    answer_by: int | None, worded: int, in_room: int | None, may: bool
) -> None:
    day = None if answer_by is None else date(2026, 11, answer_by)
    today = date(2026, 11, 5)
    assert may_be_settled(day, date(2026, 11, worded), today, in_room) is may
