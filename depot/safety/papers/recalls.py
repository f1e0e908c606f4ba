"""The notice of a recall: to hang up, to hand out, to go with a mail."""

from __future__ import annotations

from depot.base.actors import Actor
from depot.papers.paper import Block, Facts, Paper, Words
from depot.papers.parts import make_paper
from depot.safety.papers.holds import hold_subject
from depot.safety.queries.recalls import RecallRow
from depot.words import figures
from depot.words.reader import Reader


def recall_notice(recall: RecallRow, who: Actor, reader: Reader) -> Paper:
    """Return the notice in the reader's language."""
    _ = reader.gettext
    blocks: list[Block] = [
        Words(_ask(reader), "strong"),
        Facts("", _facts(recall, who, reader)),
        Words(_("If you gave some of it on, tell those who got it, and tell us.")),
        Words(_("If you ate of it and do not feel well, see a doctor and take this with you.")),
    ]
    title = _("Called back: %(name)s", name=recall.name)
    return make_paper(title, blocks, who, reader)


def notice_text(recall: RecallRow, who: Actor, reader: Reader) -> str:
    """Return the text of the mail that the notice goes with."""
    _ = reader.gettext
    facts = [f"{name}: {said}" for name, said in _facts(recall, who, reader)]
    parts = [
        _ask(reader),
        "\n".join(facts),
        _("If you gave some of it on, tell those who got it, and tell us."),
        _("The notice to hang up is attached."),
        who.depot.name,
    ]
    return "\n\n".join(parts) + "\n"


def _ask(reader: Reader) -> str:
    return reader.gettext(
        "Please do not eat it and do not give it on. Bring it back, or destroy it."
    )


def _facts(recall: RecallRow, who: Actor, reader: Reader) -> tuple[tuple[str, str], ...]:
    _ = reader.gettext
    return (
        (_("What is called back"), hold_subject(recall.hold, reader)),
        (_("Why"), recall.name),
        (_("Since"), figures.dated_moment(recall.made_at, reader)),
        (_("Who says so"), who.depot.name),
    )
