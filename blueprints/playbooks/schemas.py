"""A playbook as a file and as programs say it. Strict: what nobody knows is an error."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, pre_load, validate
from marshmallow.exceptions import ValidationError

from blueprints.frame.fields import MAX_NOTE, Choice, CommandSchema, Text, ToldSchema, WholeNumber
from depot.base.allergens import MAX_DIET
from depot.base.kinds import ACTIVITY_KINDS, PLACE_KINDS, RECURRENCES
from depot.base.units import BASE_UNITS, MAX_MOVE, PIECE
from depot.playbooks.commands.pages import MOST_LETTERS, SavePage
from depot.playbooks.playbook import (
    Playbook,
    PlaybookCategory,
    PlaybookInstead,
    PlaybookItem,
    PlaybookPage,
    PlaybookParcel,
    PlaybookParcelLine,
    PlaybookPlace,
    PlaybookRecipe,
    PlaybookRecipeLine,
    PlaybookRoutine,
)

#: What says which kind of file it is, and in which version its parts are written.
MARK = "depot_playbook"
VERSION = 1
#: Grams that one piece of something may weigh.
_MOST_GRAMS = 100_000
_MOST = {"categories": 100, "places": 200, "items": 500, "parcels": 50, "recipes": 100}
_MOST_ROUTINES, _MOST_PAGES, _MOST_BLOCKS = 100, 50, 100


def _grams() -> WholeNumber:
    return WholeNumber(load_default=None, allow_none=True, most=_MOST_GRAMS)


def _amount() -> WholeNumber:
    return WholeNumber(load_default=0, least=0, most=MAX_MOVE)


def _list(schema: type[Schema], most: int) -> fields.List[Any]:
    limit = validate.Length(max=most)
    return fields.List(fields.Nested(schema), load_default=list, validate=limit)


class PlaybookCategorySchema(CommandSchema):
    """A category."""

    makes = PlaybookCategory
    name = Text(required=True, max_length=100)
    average_unit_grams = _grams()
    is_food = fields.Boolean(load_default=True)


class PlaybookPlaceSchema(CommandSchema):
    """A place, and the place it is in."""

    makes = PlaybookPlace
    name = Text(required=True)
    note = Text(load_default="", max_length=MAX_NOTE, multiline=True)
    inside = Text(load_default="")
    kind = Choice(tuple(PLACE_KINDS), load_default="storage")


class PlaybookItemSchema(CommandSchema):
    """An item."""

    makes = PlaybookItem
    name = Text(required=True)
    category = Text(required=True, max_length=100)
    unit = Choice(BASE_UNITS, load_default=PIECE)
    unit_grams = _grams()


class PlaybookInsteadSchema(CommandSchema):
    """What a diet has instead of a line's goods."""

    makes = PlaybookInstead
    diet = Text(required=True, max_length=MAX_DIET)
    item = Text(load_default="")


class PlaybookLineSchema(CommandSchema):
    """A line of a parcel."""

    makes = PlaybookParcelLine
    item = Text(load_default="")
    choices = fields.List(Text(), load_default=list)
    category = Text(load_default="", max_length=100)
    unit = Choice(("", *BASE_UNITS), load_default="")
    household = _amount()
    adult = _amount()
    child = _amount()
    sizes = fields.List(WholeNumber(least=0, most=MAX_MOVE), load_default=list)
    swaps = fields.List(Text(), load_default=list)
    instead = _list(PlaybookInsteadSchema, 20)


class PlaybookParcelSchema(CommandSchema):
    """A kind of parcel."""

    makes = PlaybookParcel
    name = Text(required=True)
    lines = _list(PlaybookLineSchema, 60)
    sizes = fields.List(Text(max_length=60), load_default=list)


class PlaybookGoodsSchema(CommandSchema):
    """So much of an item goes in or comes out."""

    makes = PlaybookRecipeLine
    item = Text(required=True)
    quantity = WholeNumber(required=True, most=MAX_MOVE)
    keeps_days = WholeNumber(load_default=None, allow_none=True, least=0, most=3660)


class PlaybookRecipeSchema(CommandSchema):
    """What is made, and of what."""

    makes = PlaybookRecipe
    name = Text(required=True)
    inputs = _list(PlaybookGoodsSchema, 100)
    outputs = _list(PlaybookGoodsSchema, 100)


class PlaybookRoutineSchema(CommandSchema):
    """Work that comes round."""

    makes = PlaybookRoutine
    kind = Choice(tuple(ACTIVITY_KINDS), required=True)
    name = Text(required=True)
    text = Text(load_default="", max_length=MAX_NOTE, multiline=True)
    steps = fields.List(Text(), load_default=list, validate=validate.Length(max=30))
    people_min = WholeNumber(load_default=1, least=0, most=1000)
    people_max = WholeNumber(load_default=None, allow_none=True, most=1000)
    open_places = WholeNumber(load_default=0, least=0, most=1000)
    frequency = Choice(tuple(RECURRENCES), load_default="weekly")
    every = WholeNumber(load_default=1, most=52)
    weekdays = fields.List(WholeNumber(most=7), load_default=list)
    nths = fields.List(WholeNumber(least=-1, most=5), load_default=list)
    month_day = WholeNumber(load_default=None, allow_none=True, most=31)
    local_start = fields.String(
        load_default="", validate=validate.Regexp(r"\A(([01]\d|2[0-3]):[0-5]\d)?\Z")
    )
    minutes = WholeNumber(load_default=None, allow_none=True, most=1440)
    days = WholeNumber(load_default=None, allow_none=True, most=366)


class PlaybookPageSchema(CommandSchema):
    """A page to read."""

    makes = PlaybookPage
    key = fields.String(required=True, validate=validate.Regexp(r"\A[a-z0-9-]{1,80}\Z"))
    title = Text(required=True)
    blocks = fields.List(
        Text(required=True, max_length=MOST_LETTERS),
        required=True,
        validate=validate.Length(min=1, max=_MOST_BLOCKS),
    )


class PlaybookSchema(CommandSchema):
    """A whole playbook, as the file has it."""

    makes = Playbook
    key = fields.String(required=True, validate=validate.Regexp(r"\A[a-z0-9-]{1,80}\Z"))
    name = Text(required=True)
    about = Text(load_default="", max_length=MAX_NOTE)
    guide = fields.Nested(PlaybookPageSchema, required=True)
    categories = _list(PlaybookCategorySchema, _MOST["categories"])
    places = _list(PlaybookPlaceSchema, _MOST["places"])
    items = _list(PlaybookItemSchema, _MOST["items"])
    parcels = _list(PlaybookParcelSchema, _MOST["parcels"])
    recipes = _list(PlaybookRecipeSchema, _MOST["recipes"])
    routines = _list(PlaybookRoutineSchema, _MOST_ROUTINES)
    pages = _list(PlaybookPageSchema, _MOST_PAGES)

    @pre_load
    def _unmark(self, data: object, **_options: object) -> object:
        """The mark says that it is a playbook, and in which version it is written."""
        if not isinstance(data, dict) or MARK not in data:
            return data
        if data[MARK] != VERSION:
            raise ValidationError({MARK: [f"{VERSION}"]})
        return {name: value for name, value in data.items() if name != MARK}


class TakePlaybookSchema(ToldSchema):
    """A playbook of the program by its key, or a whole one."""

    makes = dict
    command_id = fields.UUID(required=True)
    key = fields.String(load_default="")
    playbook = fields.Nested(PlaybookSchema, load_default=None, allow_none=True)


class PageForm(ToldSchema):
    """A page of the handbook as it is to be."""

    makes = SavePage
    command_id = fields.UUID(required=True)
    key = fields.String(load_default="")
    title = Text(required=True)
    text = Text(required=True, max_length=MOST_LETTERS, multiline=True)
    archived = fields.Boolean(load_default=False)


class TakenPlaybookAnswer(Schema):
    """How many of each kind were made."""

    name = fields.String()
    categories = fields.Integer()
    places = fields.Integer()
    items = fields.Integer()
    parcels = fields.Integer()
    recipes = fields.Integer()
    routines = fields.Integer()
    pages = fields.Integer()


class OfferedPlaybookSchema(Schema):
    """A playbook that the program brings along."""

    key = fields.String()
    name = fields.String()
    about = fields.String()


class OfferedPlaybooksAnswer(Schema):
    """The playbooks that the program brings along."""

    playbooks = fields.List(fields.Nested(OfferedPlaybookSchema))


class HandbookPageSchema(Schema):
    """A page of the handbook; `version` 0 is as the program brings it along."""

    key = fields.String()
    title = fields.String()
    text = fields.String()
    version = fields.Integer()


class HandbookAnswer(Schema):
    """The handbook's pages that are in use."""

    pages = fields.List(fields.Nested(HandbookPageSchema))
