"""What the first depot decided: one thing in the room, one that is open, a meeting with minutes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from depot.base.actors import Actor
from depot.conduct.commands import (
    ConfidantSaid,
    SaveConfidants,
    WordConduct,
    save_confidants,
    word_conduct,
)
from depot.conduct.start import START
from depot.decisions.commands.outcomes import SettleProposal, settle_proposal
from depot.decisions.commands.proposals import RaiseProposal, raise_proposal
from depot.decisions.commands.responses import AnswerProposal, answer_proposal
from depot.demo.stage import Stage
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

_OURS = UUID("6f0f6a52-3b1d-4f39-9c5e-6a5d3f2f7a11")
QUARTER = timedelta(days=91)


def _do(stage: Stage, number: int, run: Any, command: Any, who: Actor, **said: Any) -> Any:
    """Have somebody do something; its id is drawn from no chance of the story's."""
    made = command(command_id=uuid5(_OURS, f"{stage.depot.slug} {number}"), **said)
    return run(made, who, stage.clock).answer


def meet(stage: Stage) -> None:
    """A round on an evening: something is decided in the room, and somebody is asked to do it."""
    rosa, ben, amina = stage.people[:3]
    begun = stage.at - timedelta(hours=1)
    facts = ActivityFacts(name="Round of all", starts_at=begun, ends_at=stage.at)
    meeting = str(_do(stage, 1, make_activity, MakeActivity, rosa, kind="meeting", facts=facts).id)
    proposal_id = _do(
        stage,
        2,
        raise_proposal,
        RaiseProposal,
        rosa,
        title="Thursdays until eight",
        text="On Thursdays the door is open until eight. Two people lock up together.",
    ).id
    _do(stage, 3, add_to_agenda, AddToAgenda, rosa, activity=meeting, proposal_id=proposal_id)
    said = {"proposal_id": proposal_id, "version": 1, "spoken_name": "Grace"}
    why = "The last bus goes at ten past eight."
    _do(stage, 4, answer_proposal, AnswerProposal, ben, kind="concern", text=why, **said)
    _do(
        stage,
        5,
        settle_proposal,
        SettleProposal,
        ben,
        proposal_id=proposal_id,
        version=1,
        outcome="agreed",
        read_back=True,
        in_room_count=9,
        review_on=stage.today + QUARTER,
    )
    item = _do(stage, 6, add_to_agenda, AddToAgenda, amina, activity=meeting, title="Gloves").id
    _do(stage, 7, write_minute, WriteMinute, ben, item_id=item, minute="We buy the long ones.")
    _do(
        stage,
        8,
        give_task,
        GiveTask,
        ben,
        activity=meeting,
        name="Buy gloves",
        person_id=amina.person_id,
        due_on=stage.today + timedelta(days=9),
    )
    there = {"others": "Grace, Old Tom", "in_room_count": 9}
    _do(stage, 9, note_who_was_there, NoteWhoWasThere, ben, activity=meeting, **there)


def treat_each_other_well(stage: Stage) -> None:
    """Say how people treat each other, and whom to turn to."""
    rosa, amina = stage.people[0], stage.people[2]
    _do(stage, 11, word_conduct, WordConduct, rosa, text="\n\n".join(START))
    people = (
        ConfidantSaid(person_id=amina.person_id, reach="Thursdays, by the kettle"),
        ConfidantSaid(name="Reverend Joy, St Mark’s", reach="020 7946 0018"),
    )
    _do(stage, 12, save_confidants, SaveConfidants, rosa, confidants=people)


def propose_quiet_hour(stage: Stage) -> None:
    """Something is to be decided, and one has a concern."""
    ben, amina = stage.people[1:3]
    proposal_id = _do(
        stage,
        21,
        raise_proposal,
        RaiseProposal,
        amina,
        title="A quiet hour on Tuesdays",
        text="From ten to eleven there is no music and no crates are moved at the door.",
        answer_by=stage.today + timedelta(days=7),
    ).id
    said = {"proposal_id": proposal_id, "version": 1, "kind": "concern"}
    why = "The baker comes at half past ten. I can bring the crates in afterwards."
    _do(stage, 22, answer_proposal, AnswerProposal, ben, text=why, **said)
