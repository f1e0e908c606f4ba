"""The pages of decisions: lists, one proposal, its words, and the one for the room."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.decisions.actions import answer_raised, answer_said, run_answer
from blueprints.decisions.schemas import (
    KeepSchema,
    ProposalSchema,
    ResponseSchema,
    RewordSchema,
    SettleSchema,
)
from blueprints.decisions.words import (
    OUTCOME_CHOICES,
    OUTCOME_WORDS,
    RESPONSE_CHOICES,
    answer_line,
    paragraphs,
    raised_words,
    settled_words,
    standing_words,
)
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import (
    found_or_404,
    query_id,
    query_text,
    reader,
    show_answer,
    show_message,
)
from depot.base.clock import local_day, utc_now
from depot.base.text import N_
from depot.decisions.commands.outcomes import SettledProposal, keep_agreed, settle_proposal
from depot.decisions.commands.proposals import raise_proposal, reword_proposal
from depot.decisions.commands.responses import AnsweredProposal
from depot.decisions.proposed import need_voice
from depot.decisions.queries import lists as query
from depot.decisions.queries.one import ProposalView, find_proposal_view
from depot.kernel.answers import Saved
from depot.kernel.once import AnyOutcome, Outcome
from depot.people.members import colleagues

PAGE: Final = 50
#: What a form suggests: a week to answer, three months until it is looked at again.
WEEK: Final = timedelta(days=7)
QUARTER: Final = timedelta(days=91)


def index() -> str:
    """Show what is to be decided."""
    session, who = reader()
    return _list_page("open", rows=query.to_decide(session, who, _today()))


def in_force() -> str:
    """Show what is in force, today or at the end of a day that is asked for."""
    session, who = reader()
    day = asked_day("on", _today())
    rows = query.agreements(session, who.depot, day, query_id("after"), PAGE + 1)
    more = url_for("decisions.in_force", on=day, after=rows[PAGE - 1].id) if rows[PAGE:] else None
    return _list_page("in_force", rows=rows[:PAGE], day=day, older=more)


def due() -> str:
    """Show what is to be looked at again."""
    session, who = reader()
    return _list_page("due", rows=query.due_for_review(session, who.depot, _today()))


def settled() -> str:
    """Show what was settled, whatever came of it."""
    session, who = reader()
    rows = query.settled(session, who.depot_id, query_id("before"), PAGE + 1)
    more = url_for("decisions.settled", before=rows[PAGE - 1].id) if rows[PAGE:] else None
    return _list_page("settled", rows=rows[:PAGE], older=more)


def _list_page(tab: str, **shown: Any) -> str:
    _session, who = reader()
    reads = current_reader()
    context = {"day": _today(), "older": None} | shown
    return render_template(
        "decisions/index.html",
        tab=tab,
        who=who,
        today=_today(),
        outcomes=_outcomes(),
        standing=partial(standing_words, reader=reads),
        raised=partial(raised_words, reader=reads),
        settled=partial(settled_words, reader=reads),
        **context,
    )


def _outcomes() -> dict[str, tuple[str, str]]:
    reads = current_reader()
    return {key: (reads.gettext(word), kind) for key, (word, kind) in OUTCOME_WORDS.items()}


def _today() -> date:
    _session, who = reader()
    return local_day(utc_now(), who.depot.time_zone)


def asked_day(name: str, default: date) -> date:
    """Return the day that the address asks for; `default` for none and for nonsense."""
    try:
        return date.fromisoformat(query_text(name))
    except ValueError:
        return default


def new() -> str:
    """Show the form of a proposal."""
    _session, who = reader()
    need_voice(who)
    replaces = query_id("replaces")
    values: dict[str, Any] = {"answer_by": (_today() + WEEK).isoformat()}
    if replaces is not None:
        found = _own(replaces).row
        values |= {"replaces_id": found.id, "title": found.title, "text": found.text}
    return _new_page(Form(values))


def _new_page(form: Form) -> str:
    session, who = reader()
    agreed = query.agreements(session, who.depot, _today(), None, query.MOST_OPEN)
    return show_form(
        "decisions/new.html",
        form,
        today=_today(),
        people=colleagues(session, who.depot_id),
        agreed=[(row.id, row.title) for row in agreed],
    )


def propose() -> ResponseReturnValue:
    """Put a proposal where everybody can read it."""

    def done(outcome: Outcome[Saved]) -> ResponseReturnValue:
        show_answer(answer_raised(outcome))
        return redirect(url_for("decisions.show", proposal_id=outcome.answer.id), 303)

    return submit_form(ProposalSchema(form=True), raise_proposal, done=done, again=_new_page)


def show(proposal_id: int) -> str:
    """Show a proposal, and what each says to it."""
    return _show_page(_own(proposal_id), Form())


def _own(proposal_id: int) -> ProposalView:
    session, who = reader()
    found = find_proposal_view(session, who, proposal_id, _today())
    return found_or_404(N_("proposal"), proposal_id, found)


def _show_page(found: ProposalView, form: Form) -> str:
    return _proposal_page("decisions/show.html", found, form)


def _proposal_page(template: str, found: ProposalView, form: Form) -> str:
    _session, who = reader()
    reads = current_reader()
    line = partial(answer_line, reader=reads)
    return show_form(
        template,
        form,
        who=who,
        found=found,
        row=found.row,
        words=paragraphs(found.row.text),
        said=[line(one) for one in found.answers],
        earlier=[line(one) for one in found.earlier],
        standing_now=[line(one) for one in found.standing],
        again=[line(one) for one in found.asked_again],
        wordings=[(one, paragraphs(one.text)) for one in found.wordings],
        choices=[
            (key, reads.gettext(word), reads.gettext(small))
            for key, (word, small) in RESPONSE_CHOICES.items()
        ],
        outcome_choices=[(key, reads.gettext(word)) for key, word in OUTCOME_CHOICES.items()],
        outcomes=_outcomes(),
        told=standing_words(found.state, reads),
        raised=raised_words(found.row, reads),
        settled=settled_words(found.row, reads),
        today=_today(),
        next_quarter=(_today() + QUARTER).isoformat(),
    )


def answer(proposal_id: int) -> ResponseReturnValue:
    """Write down what the reader says."""
    found = _own(proposal_id)
    return _submit_answer(found, "decisions.show", partial(_show_page, found))


def room(proposal_id: int) -> str:
    """Show the one page for the room: the words, who says what, what comes of it."""
    _session, who = reader()
    need_voice(who)
    return _room_page(_own(proposal_id), Form())


def _room_page(found: ProposalView, form: Form) -> str:
    form.values.setdefault("review_on", (_today() + QUARTER).isoformat())
    return _proposal_page("decisions/room.html", found, form)


def answer_in_room(proposal_id: int) -> ResponseReturnValue:
    """Write down what somebody in the room says."""
    found = _own(proposal_id)
    return _submit_answer(found, "decisions.room", partial(_room_page, found))


def _submit_answer(found: ProposalView, then: str, again: Any) -> ResponseReturnValue:
    def done(outcome: Outcome[AnsweredProposal]) -> ResponseReturnValue:
        show_answer(replace(answer_said(outcome), href=None, link_text=None))
        return redirect(url_for(then, proposal_id=found.row.id), 303)

    return submit_form(
        ResponseSchema(form=True),
        lambda form, who: run_answer(form, found.row.id, who),
        done=done,
        again=again,
    )


def ask_words(proposal_id: int) -> str:
    """Show the form of other words."""
    _session, who = reader()
    need_voice(who)
    row = _own(proposal_id).row
    values = {"title": row.title, "text": row.text, "answer_by": row.answer_by or ""}
    return _words_page(_own(proposal_id), Form(values))


def _words_page(found: ProposalView, form: Form) -> str:
    form.values["version"] = found.row.version
    return _proposal_page("decisions/words.html", found, form)


def reword(proposal_id: int) -> ResponseReturnValue:
    """Put a proposal in other words."""
    found = _own(proposal_id)
    return submit_form(
        RewordSchema(form=True),
        lambda form, who: reword_proposal(replace(form, proposal_id=found.row.id), who),
        done=partial(_back, found, _("Saved. Who objected before is asked again.")),
        again=partial(_words_page, found),
    )


def _back(found: ProposalView, sentence: str, _outcome: AnyOutcome) -> ResponseReturnValue:
    show_message(sentence)
    return redirect(url_for("decisions.show", proposal_id=found.row.id), 303)


def settle(proposal_id: int) -> ResponseReturnValue:
    """Write down what came of a proposal."""
    found = _own(proposal_id)

    def done(outcome: Outcome[SettledProposal]) -> ResponseReturnValue:
        word = _outcomes()[outcome.answer.outcome][0]
        show_message(_("%(what)s: %(outcome)s", what=outcome.answer.title, outcome=word))
        return redirect(url_for("decisions.show", proposal_id=found.row.id), 303)

    return submit_form(
        SettleSchema(form=True),
        lambda form, who: settle_proposal(replace(form, proposal_id=found.row.id), who),
        done=done,
        again=lambda form: _room_page(_own(proposal_id), form),
    )


def keep(proposal_id: int) -> ResponseReturnValue:
    """Say that it was looked at again, and stays."""
    found = _own(proposal_id)
    return submit_form(
        KeepSchema(form=True),
        lambda form, who: keep_agreed(replace(form, proposal_id=found.row.id), who),
        done=partial(_back, found, _("Looked at again: it stays as it is.")),
        again=partial(_show_page, found),
    )
