"""Everything of the depot in one file, for coordinators."""

from __future__ import annotations

import tempfile
import threading
from typing import IO

from flask import current_app, send_file
from flask.typing import ResponseReturnValue

from blueprints.frame.fields import ToldSchema, WriteSchema
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import actor
from blueprints.frame.web import reader
from depot.base.actors import DepotView
from depot.base.clock import utc_now
from depot.base.errors import Invalid
from depot.base.text import N_
from depot.config import Config
from depot.db.transaction import snapshot_session
from depot.exporting.taking import TakeEverything, TakenAlong, take_everything
from depot.exporting.whole import count_steps, write_export
from depot.kernel.once import Outcome

#: One at a time: an export keeps a thread busy and reads everything.
_one_at_a_time = threading.Lock()
#: About so many steps are done in a second, on an old laptop.
_STEPS_A_SECOND = 10_000


class ExportSchema(ToldSchema, WriteSchema):
    """That the file is to be made."""

    makes = TakeEverything

    class Meta:
        exclude = ("occurred_at",)


def index() -> str:
    """Say what the file holds and how long it takes."""
    return _page(Form())


def _page(form: Form) -> str:
    session, who = reader()
    seconds = count_steps(session, who.depot_id) // _STEPS_A_SECOND
    minutes = -(-seconds // 60) if seconds > 20 else 0
    return show_form("exporting/index.html", form, minutes=minutes)


def export() -> ResponseReturnValue:
    """Write down that everything is taken along and send it; the same form sends it for a day."""
    return submit_form(ExportSchema(form=True), take_everything, done=_send, again=_page)


def _send(outcome: Outcome[TakenAlong]) -> ResponseReturnValue:
    """Send the whole export: written to the disk first, so that a slow line holds up nobody."""
    if outcome.answer.until <= utc_now():
        raise Invalid(problem=N_("That was more than a day ago. Ask for the file anew."))
    if not _one_at_a_time.acquire(blocking=False):
        raise Invalid(problem=N_("Somebody is exporting just now. Wait a minute, then try again."))
    try:
        depot = actor().depot
        file = _written(depot)
    finally:
        _one_at_a_time.release()
    name = f"{depot.slug}-{utc_now():%Y-%m-%d}.zip"
    answer = send_file(file, "application/zip", as_attachment=True, download_name=name)
    answer.call_on_close(file.close)
    return answer


def _written(depot: DepotView) -> IO[bytes]:
    """Return the export as a file without a name: gone from the disk when it is closed."""
    config: Config = current_app.config["DEPOT"]
    file = tempfile.TemporaryFile(dir=config.data)
    try:
        write_export(snapshot_session(), depot, file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file
