"""Partners: who gives goods to the depot or takes them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from sqlalchemy import insert, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NotFound
from depot.base.kinds import SOURCE_KINDS, SourceKind
from depot.base.text import N_
from depot.kernel.answers import Saved
from depot.kernel.new_items import check_name_is_free
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.mail.addresses import clean_address
from depot.models import Partner

_DIGITS: Final = frozenset("0123456789")
_BETWEEN: Final = frozenset("+ -./()")
#: So many digits has a number at least, and so many letters at most.
_FEWEST, _MOST = 3, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class SavePartner:
    """A partner as it is to be; without an id it is a new one."""

    command_id: UUID
    name: str
    #: The kind of source that is offered first for this partner.
    source_kind: SourceKind = "donation"
    partner_id: int | None = None
    note: str = ""
    archived: bool = False
    mail_address: str = ""
    phone: str = ""
    #: It asks for goods by a link of its own.
    is_agency: bool = False
    #: What receipts, statements and mails to it are written in; empty: as the depot.
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePartner:
    """Something else about a partner: fields of SavePartner by name; what is not named stays."""

    command_id: UUID
    partner_id: int = 0
    changes: tuple[tuple[str, Any], ...] = ()


def save_partner(command: SavePartner, actor: Actor, clock: Clock = utc_now) -> Outcome[Saved]:
    """Make or edit a partner. Raises Forbidden, NotFound, NameTaken, Invalid."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _save, Saved)


def change_partner(command: ChangePartner, actor: Actor, clock: Clock = utc_now) -> Outcome[Saved]:
    """Change what is said of a partner. Raises as `save_partner` does."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _change, Saved)


def _change(command: ChangePartner, work: Work) -> Saved:
    partner = _need(work, command.partner_id)
    stands = SavePartner(
        command_id=command.command_id,
        partner_id=partner.id,
        name=partner.name,
        source_kind=partner.source_kind,
        note=partner.note,
        archived=partner.archived,
        mail_address=partner.mail_address,
        phone=partner.phone,
        is_agency=partner.is_agency,
        language=partner.language,
    )
    return _save(replace(stands, **dict(command.changes)), work)


def _save(command: SavePartner, work: Work) -> Saved:
    if command.source_kind not in SOURCE_KINDS:
        raise Invalid(field="source_kind", problem=N_("Choose where it comes from."))
    partner_id = command.partner_id
    if partner_id is not None:
        _need(work, partner_id)
    name = check_name_is_free(work, Partner, command.name, partner_id)
    values = name | {
        "source_kind": command.source_kind,
        "note": command.note,
        "archived": command.archived,
        "is_agency": command.is_agency,
        "mail_address": _address(command.mail_address),
        "phone": _phone(command.phone),
        "language": command.language,
    }
    if partner_id is None:
        statement = insert(Partner).values(depot_id=work.depot_id, **values).returning(Partner.id)
        partner_id = work.session.execute(statement).scalar_one()
    else:
        work.session.execute(update(Partner).where(Partner.id == partner_id).values(**values))
    return Saved(id=partner_id, name=name["name"])


def _address(text: str) -> str:
    return clean_address(text, "mail_address") if text.strip() else ""


def _phone(text: str) -> str:
    """Return a phone number as people write it, blanks put right. Raises Invalid."""
    number = " ".join(text.split())
    digits = sum(one in _DIGITS for one in number)
    if number and (
        set(number) - _DIGITS - _BETWEEN or not _FEWEST <= digits <= len(number) <= _MOST
    ):
        raise Invalid(field="phone", problem=N_("Write a phone number: digits, and + in front."))
    return number


def _need(work: Work, partner_id: int) -> Partner:
    known = select(Partner).where(Partner.depot_id == work.depot_id, Partner.id == partner_id)
    partner = work.session.scalar(known)
    if partner is None:
        raise NotFound(what=N_("partner"), name=partner_id)
    return partner
