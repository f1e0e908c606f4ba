"""/partners: listed, told, made and changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from blueprints.frame.answers import PageQuery, SavedAnswer, page_of
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.web import found_or_404, reader, write_answer
from blueprints.partners.schemas import (
    NewPartnerSchema,
    PartnerAnswer,
    PartnerChangeSchema,
    PartnersAnswer,
)
from depot.base.text import N_
from depot.partners.commands.partners import (
    ChangePartner,
    SavePartner,
    change_partner,
    save_partner,
)
from depot.partners.queries import partners

blp = ApiBlueprint("partners_api", __name__, description="Who gives and receives.")


@blp.arguments(PageQuery(), location="query")
@blp.response(200, PartnersAnswer)
def list_partners(query: dict[str, Any]) -> object:
    """List the partners."""
    session, who = reader()
    limit: int = query["limit"]
    rows = partners.partners_after(session, who.depot_id, query["after"], limit + 1)
    return page_of("partners", rows, limit)


@blp.response(200, PartnerAnswer)
def show(partner_id: int) -> object:
    """Tell of one partner."""
    session, who = reader()
    facts = partners.partner_facts(session, who.depot_id, partner_id)
    row = found_or_404(N_("partner"), partner_id, facts)
    return row if who.is_coordinator else replace(row, mail_address="", phone="")


@blp.arguments(NewPartnerSchema())
@blp.response(201, SavedAnswer)
@blp.not_for_everybody
def create(command: SavePartner) -> object:
    """Make a partner; coordinators only."""
    return write_answer(save_partner(command, actor()))


@blp.arguments(PartnerChangeSchema())
@blp.response(201, SavedAnswer)
@blp.not_for_everybody
def change(command: ChangePartner, partner_id: int) -> object:
    """Change a partner; what is not said stays as it is. Coordinators only."""
    return write_answer(change_partner(replace(command, partner_id=partner_id), actor()))
