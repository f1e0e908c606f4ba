"""The empty boxes whose weight is taken off: their list and the form of one, for coordinators."""

from __future__ import annotations

from typing import Any, Final

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import fields

from blueprints.frame.editor import Editor, EditSchema
from blueprints.frame.fields import CommandSchema, ToldSchema, WeightField
from blueprints.frame.guards import actor
from blueprints.frame.web import found_or_404, reader
from blueprints.words.amounts import typed_weight
from depot.base.text import N_
from depot.intake.commands.tare_boxes import SaveTareBox, save_tare_box
from depot.intake.queries import BoxChoice, tare_boxes


def boxes() -> ResponseReturnValue:
    """List the boxes, those no longer in use too."""
    session, who = reader()
    rows = tare_boxes(session, who.depot_id, with_archived=True)
    return render_template("intake/boxes.html", who=who, boxes=rows)


def _own(box_id: int) -> BoxChoice:
    session, who = reader()
    rows = tare_boxes(session, who.depot_id, with_archived=True)
    return found_or_404(N_("box"), box_id, next((row for row in rows if row.id == box_id), None))


def _values(row: BoxChoice) -> dict[str, Any]:
    return {
        "name": row.name,
        "grams": typed_weight(row.grams, actor().depot.weight_unit),
        "archived": "yes" if row.archived else "",
    }


def _schema() -> CommandSchema:
    weight_unit = actor().depot.weight_unit

    class BoxForm(ToldSchema, EditSchema):
        makes = SaveTareBox
        grams = WeightField(
            required=True,
            unit=weight_unit,
            error_messages={"required": _("How much does it weigh when it is empty?")},
        )
        box_id = fields.Integer(load_default=None)

    return BoxForm(form=True)


EDITOR: Final = Editor(
    key="box_id",
    find=_own,
    blank=dict,
    values=_values,
    schema=_schema,
    save=save_tare_box,
    template="intake/edit_box.html",
    context=lambda _form, row: {"row": row, "unit": actor().depot.weight_unit},
    after=lambda _outcome: url_for("intake.boxes"),
)
