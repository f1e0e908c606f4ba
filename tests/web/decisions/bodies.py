"""What walks over all addresses send about decisions, and what the north has of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.conduct.commands import ConfidantSaid, SaveConfidants, WordConduct
from depot.conduct.commands import save_confidants as name_people
from depot.conduct.commands import word_conduct as word
from depot.decisions.commands.proposals import RaiseProposal, raise_proposal
from depot.decisions.commands.responses import AnswerProposal, answer_proposal
from depot.meetings.commands import (
    AddToAgenda,
    GiveTask,
    NoteWhoWasThere,
    WriteMinute,
    add_to_agenda,
    give_task,
    note_who_was_there,
    write_minute,
)
from depot.rota.commands.singles import ActivityFacts, MakeActivity, make_activity

Body = dict[str, Any]
_DAY: Final = (utc_now() + timedelta(days=40)).date().isoformat()
_WORDS: Final = {"version": 1, "title": "Close at six", "text": "We close at six."}
_OBJECTS: Final = {"version": 1, "kind": "objection", "text": "Too early"}
_OUTCOME: Final = {
    "version": 1,
    "outcome": "not_agreed",
    "in_room_count": 3,
}
#: What is sent to each address that names a proposal or a meeting.
DECISIONS: Final[dict[str, Body]] = {
    "decisions.answer": _OBJECTS,
    "decisions.answer_in_room": _OBJECTS | {"spoken_name": "Zoe"},
    "decisions.reword": _WORDS,
    "decisions.settle": _OUTCOME,
    "decisions.keep": {"review_on": _DAY},
    "decisions_api.answer": _OBJECTS | {"spoken_name": "Zoe"},
    "decisions_api.reword": _WORDS,
    "decisions_api.settle": _OUTCOME,
    "decisions_api.keep": {"review_on": _DAY},
    "meetings.add": {"title": "Gloves"},
    "meetings.take_off": {},
    "meetings.write_minute": {"minute": "Short ones"},
    "meetings.note_there": {"others": "Zoe"},
    "meetings.give_task": {"name": "Buy gloves"},
    "meetings_api.add": {"title": "Gloves"},
    "meetings_api.take_off": {},
    "meetings_api.write_minute": {"minute": "Short ones"},
    "meetings_api.note_there": {"others": "Zoe"},
    "meetings_api.give_task": {"name": "Buy gloves"},
}


def propose_tea(who: Actor, mark: str) -> dict[str, Any]:
    """Propose something that one objects to, and say how people treat each other."""
    raised = RaiseProposal(command_id=uuid4(), title=f"{mark} tea", text=f"{mark} tea")
    proposal_id = raise_proposal(raised, who).answer.id
    said = AnswerProposal(
        command_id=uuid4(),
        proposal_id=proposal_id,
        version=1,
        kind="concern",
        text=f"{mark} milk",
        spoken_name=f"{mark} Zoe",
    )
    answer_proposal(said, who)
    word(WordConduct(command_id=uuid4(), text=f"{mark} respect"), who)
    outside = ConfidantSaid(name=f"{mark} Clare", reach=f"{mark} street")
    name_people(SaveConfidants(command_id=uuid4(), confidants=(outside,)), who)
    return {"proposal_id": proposal_id} | _meet(who, mark)


def _meet(who: Actor, mark: str) -> dict[str, Any]:
    """Plan a meeting with something on its agenda; return what names them."""
    at = utc_now() + timedelta(days=3)
    facts = ActivityFacts(name=f"{mark} round", starts_at=at, ends_at=at + timedelta(hours=1))
    plan = MakeActivity(command_id=uuid4(), kind="meeting", facts=facts)
    activity = str(make_activity(plan, who).answer.id)
    add = AddToAgenda(command_id=uuid4(), activity=activity, title=f"{mark} gloves")
    item_id = add_to_agenda(add, who).answer.id
    other = AddToAgenda(command_id=uuid4(), activity=activity, title=f"{mark} boots")
    for_programs = add_to_agenda(other, who).answer.id
    minute = WriteMinute(command_id=uuid4(), item_id=item_id, minute=f"{mark} long")
    write_minute(minute, who)
    there = NoteWhoWasThere(command_id=uuid4(), activity=activity, others=f"{mark} Tom")
    note_who_was_there(there, who)
    task = GiveTask(command_id=uuid4(), activity=activity, name=f"{mark} errand")
    give_task(task, who)
    return {
        "meetings.activity": activity,
        "papers.activity": activity,
        "meetings.item_id": item_id,
        "meeting": activity,
        "agenda_item_id": for_programs,
    }


def decision_bodies() -> list[tuple[str, str, Body]]:
    """Return those of decisions, in an order in which all can be done."""
    at = "/proposals/{proposal_id}"
    agreed = {"version": 2, "outcome": "agreed", "read_back": True, "review_on": _DAY}
    return [
        ("POST", "/proposals", {"title": "Tea", "text": "There is tea.", "answer_by": _DAY}),
        ("POST", f"{at}/responses", _OBJECTS | {"spoken_name": "Zoe"}),
        ("POST", f"{at}/wordings", _WORDS),
        ("POST", f"{at}/settle", agreed | {"in_room_count": 3}),
        ("POST", f"{at}/keep", {"review_on": _DAY}),
        ("POST", "/meetings/{meeting}/agenda", {"title": "Gloves"}),
        ("POST", "/agenda/{agenda_item_id}/minute", {"minute": "Short ones"}),
        ("POST", "/meetings/{meeting}/there", {"others": "Zoe", "in_room_count": 4}),
        ("POST", "/meetings/{meeting}/tasks", {"name": "Buy gloves", "due_on": _DAY}),
        ("POST", "/agenda/{agenda_item_id}/take-off", {}),
    ]
