"""Goods that are called back: their list, the form, one recall, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.fields import CommandSchema
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import need_coordinator
from blueprints.frame.language import current_reader, offered_languages
from blueprints.frame.web import (
    Answer,
    found_or_404,
    query_text,
    reader,
    show_answer,
    show_message,
)
from blueprints.safety.named_goods import asked_form, show_named
from blueprints.safety.recalls import words
from blueprints.safety.recalls.letters import letter_for
from blueprints.safety.recalls.schemas import (
    CloseSchema,
    FindingFormSchema,
    RecallFormSchema,
    TellForm,
    TellFormSchema,
)
from blueprints.words.weights import total_text
from depot.base.actors import Actor
from depot.base.kinds import FINDING_OUTCOMES, TOLD_WAYS
from depot.base.text import N_
from depot.kernel.answers import SavedId
from depot.kernel.once import A, Outcome
from depot.rota.queries.tasks import grown_from
from depot.safety.commands import recalls as commands
from depot.safety.commands.findings import RecordedFinding, RecordFinding, record_finding
from depot.safety.papers.holds import hold_subject
from depot.safety.queries import recall_traces
from depot.safety.queries import recalls as query
from depot.safety.queries.recalls import RecallRow
from depot.words import figures

#: So many rows of where it is, and went, stand on the page; the files have all.
_SHOWN: Final = 200


def index() -> str:
    """List what is called back, and what was."""
    session, who = reader()
    rows = query.listed_recalls(session, who.depot_id, query.CLOSED_SHOWN)
    return render_template(
        "safety/recalls.html",
        open_recalls=[row for row in rows if row.is_open],
        closed=[row for row in rows if not row.is_open],
        **_words(),
    )


def _words() -> dict[str, Any]:
    reads = current_reader()
    return {
        "subject": partial(hold_subject, reader=reads),
        "story": partial(words.recall_story, reader=reads),
        "total_text": partial(total_text, reader=reads),
        "gone_name": partial(words.gone_name, reader=reads),
        "told_text": partial(words.told_words, reader=reads),
        "gone_text": lambda kind: reads.gettext(words.GONE_WORDS[kind]),
        "outcome_text": lambda outcome: reads.gettext(words.OUTCOME_WORDS[outcome]),
        "contact_text": lambda kind: reads.gettext(words.CONTACT_WORDS[kind]),
    }


def new() -> str:
    """Ask what is called back."""
    return _form_page(asked_form("name"))


def _form_page(form: Form) -> str:
    return show_named("safety/new_recall.html", form)


def start() -> ResponseReturnValue:
    """Call it back."""

    def done(outcome: Outcome[commands.StartedRecall]) -> ResponseReturnValue:
        show_message(_("Called back, and on hold. Now look for it, crate by crate."))
        return redirect(url_for("recalls.show", recall_id=outcome.answer.id), 303)

    return submit_form(
        RecallFormSchema(form=True),
        lambda form, who: commands.start_recall(form.command(), who),
        done=done,
        again=_form_page,
    )


def show(recall_id: int) -> str:
    """Show a recall: where it is, where it went, whom to tell."""
    return _recall_page(recall_id, Form())


def need_recall(recall_id: int) -> RecallRow:
    """Return a recall of the depot. Raises NotFound (404)."""
    session, who = reader()
    return found_or_404(N_("recall"), recall_id, query.recall_row(session, who.depot_id, recall_id))


def _recall_page(recall_id: int, form: Form) -> str:
    session, who = reader()
    reads, found = current_reader(), need_recall(recall_id)
    trace = recall_traces.trace_of(session, who.depot_id, found)
    notices = query.notices_of(session, who.depot_id, recall_id)
    here = query.goods_here(session, who.depot_id, found)
    return show_form(
        "safety/recall.html",
        form,
        who=who,
        recall=found,
        here=here[:_SHOWN],
        more_here=max(0, len(here) - _SHOWN),
        gone=trace.gone[:_SHOWN],
        more_gone=max(0, len(trace.gone) - _SHOWN),
        part=_part(here, form),
        trace=trace,
        findings=query.findings_of(session, who.depot_id, recall_id),
        notices=notices,
        told={(one.kind, one.contact_id) for one in notices},
        outcomes=_choices(FINDING_OUTCOMES, words.OUTCOME_WORDS),
        ways=_choices(TOLD_WAYS if who.is_coordinator else TOLD_WAYS[1:], words.WAY_WORDS),
        contacts=[
            (f"{one.kind}-{one.id}", words.contact_words(one, reads)) for one in trace.contacts
        ],
        languages=offered_languages(),
        grown=grown_from(session, who.depot_id, "recall", [recall_id]).get(recall_id, []),
        **_words(),
    )


def _part(here: list[query.HereRow], form: Form) -> query.HereRow | None:
    """Return the row of which a part is written down: the one that was chosen or sent back."""
    names = ("lot", "location")
    wanted = tuple(str(form.values.get(name) or query_text(name)) for name in names)
    spots = {(str(row.goods.lot_id), str(row.goods.location_id)): row for row in here}
    return spots.get((wanted[0], wanted[1]))


def _choices(kinds: Any, named: Any) -> list[tuple[str, str]]:
    return [(kind, current_reader().gettext(named[kind])) for kind in kinds]


def run_finding(command: RecordFinding, recall_id: int, who: Actor) -> Outcome[RecordedFinding]:
    """Keep what was found, for the page and for what a phone kept."""
    return record_finding(replace(command, recall_id=recall_id), who)


def answer_finding(outcome: Outcome[RecordedFinding]) -> Answer:
    """Say what was kept, and of which goods."""
    reads, found = current_reader(), outcome.answer
    named = [(line.item, figures.quantity(line.quantity, line.unit, reads)) for line in found.lines]
    told = [_("%(item)s: %(amount)s", item=item, amount=amount) for item, amount in named]
    goods = figures.listed(told, reads)
    said = reads.gettext(words.OUTCOME_WORDS[found.outcome])
    return Answer(_("%(outcome)s: %(goods)s", outcome=said, goods=goods))


def find(recall_id: int) -> ResponseReturnValue:
    """Write down what was found."""

    def done(outcome: Outcome[RecordedFinding]) -> ResponseReturnValue:
        show_answer(answer_finding(outcome), outcome)
        return redirect(url_for("recalls.show", recall_id=recall_id), 303)

    return _submit(
        recall_id,
        FindingFormSchema(form=True),
        lambda form, who: run_finding(form, recall_id, who),
        done,
    )


def tell(recall_id: int) -> ResponseReturnValue:
    """Write down who was told, or mail it."""
    found = need_recall(recall_id)

    def run(form: TellForm, who: Actor) -> Outcome[SavedId]:
        command = form.command(recall_id)
        return commands.tell_of_recall(command, letter_for(command, found, who), who)

    def done(_outcome: Outcome[SavedId]) -> ResponseReturnValue:
        show_message(_("Written down: who was told, and when."))
        return redirect(url_for("recalls.show", recall_id=recall_id), 303)

    return _submit(recall_id, TellFormSchema(form=True), run, done)


def close(recall_id: int) -> ResponseReturnValue:
    """Close it."""
    need_coordinator()

    def done(_outcome: Outcome[SavedId]) -> ResponseReturnValue:
        show_message(_("The recall is closed. What it held back stays on hold."))
        return redirect(url_for("recalls.show", recall_id=recall_id), 303)

    return _submit(
        recall_id,
        CloseSchema(form=True),
        lambda form, who: commands.close_recall(replace(form, recall_id=recall_id), who),
        done,
    )


def _submit(
    recall_id: int,
    schema: CommandSchema,
    run: Callable[[Any, Actor], Outcome[A]],
    done: Callable[[Outcome[A]], ResponseReturnValue],
) -> ResponseReturnValue:
    need_recall(recall_id)
    return submit_form(schema, run, done=done, again=lambda form: _recall_page(recall_id, form))
