"""What pages, programs and phones do alike: raise a proposal, answer one."""

from __future__ import annotations

from dataclasses import replace

from flask import url_for
from flask_babel import gettext as _

from blueprints.frame.web import Answer
from depot.base.actors import Actor
from depot.decisions.commands.responses import AnsweredProposal, AnswerProposal, answer_proposal
from depot.kernel.answers import Saved
from depot.kernel.once import Outcome


def run_answer(form: AnswerProposal, proposal_id: int, who: Actor) -> Outcome[AnsweredProposal]:
    """Write down what somebody says to the proposal that the address names."""
    return answer_proposal(replace(form, proposal_id=proposal_id), who)


def answer_raised(outcome: Outcome[Saved]) -> Answer:
    """Say that it stands where all can read it."""
    saved = outcome.answer
    return Answer(
        _("Proposed: %(what)s. Everybody here can answer now.", what=saved.name),
        href=url_for("decisions.show", proposal_id=saved.id),
        link_text=_("Look at it"),
    )


def answer_said(outcome: Outcome[AnsweredProposal]) -> Answer:
    """Say what was written down."""
    said = outcome.answer
    href = url_for("decisions.show", proposal_id=said.proposal_id)
    if said.kind == "objection":
        message = _(
            "Written down: an objection to “%(what)s”. It is not agreed to while that stands.",
            what=said.title,
        )
    elif said.kind == "concern":
        message = _("Written down: a concern about “%(what)s”.", what=said.title)
    else:
        message = _("Written down: fine with “%(what)s”.", what=said.title)
    return Answer(message, href=href, link_text=_("Look at it"))
