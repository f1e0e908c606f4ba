"""What a hold or a recall is about: the fields that their forms share."""

from __future__ import annotations

from typing import Final

from blueprints.frame.forms import Form, show_form
from blueprints.frame.web import query_text, reader
from depot.items.queries import catalog

_NAMED: Final = ("item", "lot_code", "gtin", "partner", "receipt", "crate_code")
#: So many donors are offered while one is typed.
_DONORS: Final = 200


def asked_form(*more: str) -> Form:
    """Return the form with what the address names of it, and of the fields it has besides."""
    return Form({name: text for name in (*more, *_NAMED) if (text := query_text(name))})


def show_named(template: str, form: Form) -> str:
    """Render a page with the form, and offer the items and donors that the depot knows."""
    session, who = reader()
    return show_form(
        template,
        form,
        items=[row.name for row in catalog.item_names(session, who.depot_id)],
        partners=[row.name for row in catalog.partners_recent(session, who.depot_id, _DONORS)],
    )
