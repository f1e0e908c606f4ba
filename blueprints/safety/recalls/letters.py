"""The notice of a recall by mail, in the language of whoever gets it."""

from __future__ import annotations

from flask import current_app

from blueprints.frame.language import reader_in
from blueprints.frame.web import reader
from depot.base.actors import Actor
from depot.base.errors import Invalid
from depot.base.text import N_
from depot.mail.commands.queue import Attachment, Letter
from depot.models.item_names import naming_in
from depot.papers.pdf import paper_as_pdf
from depot.safety.commands.recalls import TellOfRecall
from depot.safety.papers.recalls import notice_text, recall_notice
from depot.safety.queries import recall_traces
from depot.safety.queries.recall_traces import Contact
from depot.safety.queries.recalls import RecallRow, recall_row
from depot.words.reader import Reader

PDF = "application/pdf"


def letter_for(command: TellOfRecall, recall: RecallRow, who: Actor) -> Letter | None:
    """Return the mail to a contact; None where nobody is mailed.

    Raises Invalid where no mail server is set up, or the contact has no address.
    """
    if command.way != "mail":
        return None
    if current_app.config["DEPOT"].mail is None:
        problem = N_("No mail server is set up. Whoever looks after the machine can.")
        raise Invalid(field="way", problem=problem)
    contact = _contact(command, recall)
    if contact is None or not contact.mail:
        raise Invalid(field="contact", problem=N_("There is no mail address for them."))
    reads = reader_in(command.language or contact.language)
    recall = in_their_words(recall, who, reads)
    paper = recall_notice(recall, who, reads)
    return Letter(
        to=contact.mail,
        subject=reads.gettext("Called back: %(name)s", name=recall.name),
        text=notice_text(recall, who, reads),
        attachments=(Attachment("recall.pdf", PDF, paper_as_pdf(paper)),),
    )


def in_their_words(recall: RecallRow, who: Actor, reads: Reader) -> RecallRow:
    """Return a recall with the goods called as who is told of it calls them."""
    session, _who = reader()
    with naming_in(reads.language):
        return recall_row(session, who.depot_id, recall.id) or recall


def _contact(command: TellOfRecall, recall: RecallRow) -> Contact | None:
    session, who = reader()
    contacts = recall_traces.trace_of(session, who.depot_id, recall).contacts
    wanted = (command.kind, command.contact_id)
    return next((one for one in contacts if (one.kind, one.id) == wanted), None)
