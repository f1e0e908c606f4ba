"""What is asked of search, and what programs are told."""

from __future__ import annotations

from marshmallow import Schema, fields

from blueprints.frame.fields import NameOrId, Text
from blueprints.search.words import KINDS
from depot.db.search.folding import LONGEST_TEXT


class SearchQuery(Schema):
    """What is sought; `language` is that of the names of pages, as of everything that is said."""

    q = Text(required=True, max_length=LONGEST_TEXT)
    language = Text(load_default="", max_length=20)


class SearchResult(Schema):
    """Something that may be meant, and where its page is."""

    kind = fields.String(metadata={"enum": list(KINDS)})
    id = NameOrId(metadata={"description": "Its number; a page or a guide has a name instead."})
    name = fields.String()
    url = fields.String()


class SearchAnswer(Schema):
    """What was found, the likeliest of each kind first."""

    results = fields.List(fields.Nested(SearchResult))
