"""The paper of a recall: the notice, in whatever language it is wanted."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from blueprints.frame.language import offered_languages, reader_in
from blueprints.frame.web import query_text, reader
from blueprints.papers.frame import PaperPage, found_or_404, paper_reader
from depot.base.text import N_
from depot.safety.papers.recalls import recall_notice
from depot.safety.queries.recalls import recall_row


def recall(recall_id: int) -> PaperPage:
    """Show the notice of a recall."""
    session, who = reader()
    found = found_or_404(N_("recall"), recall_id, recall_row(session, who.depot_id, recall_id))
    wanted = query_text("language")
    reads = reader_in(wanted) if wanted else paper_reader()
    tabs = tuple(
        (url_for("papers.recall", recall_id=recall_id, language=tag), name, tag == reads.language)
        for tag, name in offered_languages()
    )
    return PaperPage(
        recall_notice(found, who, reads),
        url_for("recalls.show", recall_id=recall_id),
        tabs=((_("Language"), tabs),) if len(tabs) > 1 else (),
    )
