"""A donor or an agency asks to be forgotten: how to reach them goes, what they gave stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import NotFound
from depot.base.names import LEFT, clean_name
from depot.base.text import N_
from depot.kernel.answers import SavedId
from depot.kernel.new_items import check_name_is_free
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.mail.forgetting import forget_addresses
from depot.models import AgencyLink, DropOff, Partner, RecallNotice
from depot.open_book.settings import write_down


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasePartner:
    """A partner's address, phone and note are to go; with a new name, the old one too."""

    command_id: UUID
    partner_id: int
    #: What it is called from now on; empty: as before.
    name: str = ""
    why: str = ""


def erase_partner(command: ErasePartner, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """Erase how a partner is reached. Filed reports and signed receipts stay as they are.

    Raises Forbidden, NotFound, NameTaken for a new name that another partner has.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _erase, SavedId)


def _erase(command: ErasePartner, work: Work) -> SavedId:
    session, depot_id = work.session, work.depot_id
    partner = session.scalar(
        select(Partner).where(Partner.depot_id == depot_id, Partner.id == command.partner_id)
    )
    if partner is None:
        raise NotFound(what=N_("partner"), name=command.partner_id)
    if partner.mail_address:
        forget_addresses(session, [depot_id], [partner.mail_address], work.recorded_at)
    _end_links(session, depot_id, partner.id, work.recorded_at)
    before, is_renamed = partner.name, bool(clean_name(command.name))
    partner.mail_address = partner.phone = partner.note = ""
    if is_renamed:
        named = check_name_is_free(work, Partner, command.name, partner.id)
        partner.name, partner.name_key = named["name"], named["name_key"]
        _rename_deliveries(session, depot_id, before, partner.name)
    _forget_notices(session, depot_id, partner.id, with_name=is_renamed)
    why = clean_name(command.why)
    subject = f"partner {partner.id}"
    write_down(session, work.actor, work.recorded_at, "erasure", subject, why=why)
    return SavedId(id=partner.id)


def _end_links(session: Session, depot_id: int, partner_id: int, now: datetime) -> None:
    session.execute(
        update(AgencyLink)
        .where(
            AgencyLink.depot_id == depot_id,
            AgencyLink.partner_id == partner_id,
            AgencyLink.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )


def _rename_deliveries(session: Session, depot_id: int, before: str, after: str) -> None:
    """Take the name out of deliveries that were announced and are settled."""
    session.execute(
        update(DropOff)
        .where(
            DropOff.depot_id == depot_id, DropOff.donor == before, DropOff.settled_at.is_not(None)
        )
        .values(donor=after)
    )


def _forget_notices(session: Session, depot_id: int, partner_id: int, *, with_name: bool) -> None:
    """Keep that a recall was told, and when; not where, and with the name not to whom."""
    session.execute(
        update(RecallNotice)
        .where(
            RecallNotice.depot_id == depot_id,
            RecallNotice.kind.in_(("donor", "partner")),
            RecallNotice.contact_id == partner_id,
        )
        .values({"address": "", "name": LEFT} if with_name else {"address": ""})
    )
