"""GET /playbooks, POST /playbooks, GET /playbook and GET /handbook."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.language import current_reader
from blueprints.frame.web import reader, write_answer
from blueprints.playbooks.pages import offered_playbook
from blueprints.playbooks.schemas import (
    HandbookAnswer,
    OfferedPlaybooksAnswer,
    PlaybookSchema,
    TakenPlaybookAnswer,
    TakePlaybookSchema,
)
from depot.base.errors import Invalid
from depot.base.text import N_
from depot.playbooks.commands.taking import TakePlaybook, take_playbook
from depot.playbooks.playbook import in_words
from depot.playbooks.queries.handbook import handbook
from depot.playbooks.queries.own import own_playbook
from depot.playbooks.starting import STARTING

blp = ApiBlueprint("playbooks_api", __name__, description="How a group works, to take and hand on.")


@blp.response(200, OfferedPlaybooksAnswer)
def offered() -> object:
    """List the playbooks that the program brings along."""
    gettext = current_reader().gettext
    return {"playbooks": [asdict(in_words(one, gettext)) for one in STARTING.values()]}


@blp.arguments(TakePlaybookSchema())
@blp.response(201, TakenPlaybookAnswer)
@blp.not_for_everybody
def take(said: dict[str, Any]) -> object:
    """Make what a playbook holds and the depot has not; coordinators only.

    It is named by its `key`, or is whole in `playbook`, as GET /playbook writes one.
    """
    if bool(said["key"]) == (said["playbook"] is not None):
        raise Invalid(field="key", problem=N_("Say which playbook: its key, or the playbook."))
    playbook = said["playbook"] or offered_playbook(said["key"])
    command = TakePlaybook(command_id=said["command_id"], playbook=playbook)
    return write_answer(take_playbook(command, actor()))


@blp.response(200, PlaybookSchema)
def own() -> object:
    """Return how this depot works, without goods and people, for another one to take."""
    session, who = reader()
    return asdict(own_playbook(session, who.depot))


@blp.response(200, HandbookAnswer)
def pages() -> object:
    """List the pages of the handbook that are in use."""
    session, who = reader()
    found = handbook(session, who.depot_id, current_reader().gettext)
    return {"pages": [asdict(page) for page in found if not page.archived]}
