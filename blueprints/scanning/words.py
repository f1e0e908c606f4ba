"""What a scanned text is, in words, with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from flask import url_for
from flask_babel import gettext as _

from blueprints.frame.guards import actor
from blueprints.words import filters
from blueprints.words.scans import fields_of, gs1_body, scan_facts
from depot.crates.queries.crates import CrateView, LotInCrate
from depot.scanning.queries.scans import Found

#: So many kinds of goods of a crate are named; its page has all.
MOST_LINES: Final = 4


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done: a link, coloured by the kind of act."""

    kind: str
    icon: str
    text: str
    href: str
    small: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """The answer to "what is this?". `tone` is the colour of its kind of act."""

    kind: str
    code: str
    title: str
    is_code: bool = False
    tone: str = "plain"
    lines: list[str] = field(default_factory=list)
    href: str | None = None
    actions: list[Act] = field(default_factory=list)
    near: list[Act] = field(default_factory=list)
    can_be_kept: bool = False
    can_be_learned: bool = False


def told(found: Found) -> Told:
    """Put what a text is into words."""
    return _TELL[found.kind](found)


def body(found: Found) -> dict[str, Any]:
    """Return the same for a script, with what the code fills into a line of goods."""
    said = asdict(told(found))
    meaning = found.meaning
    item = None
    if meaning is not None:
        item = {
            "id": meaning.item_id,
            "name": meaning.item,
            "unit": meaning.unit,
            "pack_quantity": meaning.pack_quantity,
        }
    goods = found.kind == "item" or found.scan.is_gs1
    fills = fields_of(found, actor().depot.weight_unit) if goods else {}
    return said | {"gs1": gs1_body(found.scan), "item": item, "fills": fills}


def _crate(found: Found) -> Told:
    crate = _crate_of(found)
    code = crate.head.code
    goods = [_lot_words(lot) for lot in crate.lots[:MOST_LINES]]
    more = len(crate.lots) - MOST_LINES
    if more > 0:
        goods.append(_("and %(count)s more", count=more))
    if crate.crates:
        goods.append(_("%(count)s crates on it", count=len(crate.crates)))
    return Told(
        found.kind,
        code,
        code,
        is_code=True,
        tone="in" if goods else "plain",
        lines=[_where(crate), *(goods or [_("Nothing is in it, says the book.")])],
        href=url_for("crates.show", code=code),
        actions=[
            Act("move", "move", _("Move"), url_for("crates.move", code=code)),
            Act("out", "out", _("Take out"), url_for("crates.take_out", code=code)),
            Act("count", "count", _("Count"), url_for("crates.count", code=code)),
            Act("plain", "crate", _("Open its page"), url_for("crates.show", code=code)),
        ],
    )


def _crate_of(found: Found) -> CrateView:
    if found.crate is None:
        raise ValueError(f"{found.kind} without its crate")
    return found.crate


def _where(crate: CrateView) -> str:
    if not crate.head.path:
        return str(_("Crate, place not known"))
    return str(_("Crate at %(places)s", places=", ".join(step.name for step in crate.head.path)))


def _lot_words(lot: LotInCrate) -> str:
    amount = filters.quantity(lot.quantity, lot.unit)
    if lot.date_kind == "none":
        return str(_("%(item)s: %(amount)s", item=lot.item, amount=amount))
    dated = filters.lot_date(lot.date_kind, lot.date_text)
    return str(_("%(item)s: %(amount)s, %(dated)s", item=lot.item, amount=amount, dated=dated))


def _blank(found: Found) -> Told:
    code = found.code
    fill = url_for("crates.fill", code=code)
    return Told(
        found.kind,
        code,
        code,
        is_code=True,
        tone="plain",
        lines=[_("A blank label: nothing stands behind it yet.")],
        href=fill,
        actions=[
            Act("in", "in", _("Fill this crate"), fill),
            Act("move", "move", _("Say where it stands"), url_for("crates.move", code=code)),
        ],
    )


def _retired(found: Found) -> Told:
    crate = _crate_of(found)
    code = found.code
    when = filters.moment(crate.head.retired_at)
    sentence = _("Retired on %(when)s: its label should be on no crate.", when=when)
    return Told(
        found.kind,
        code,
        code,
        is_code=True,
        tone="stop",
        lines=[sentence],
        href=url_for("crates.show", code=code),
        actions=[
            Act("move", "move", _("It is in use: move it"), url_for("crates.move", code=code)),
            Act("plain", "clock", _("See what happened to it"), url_for("crates.show", code=code)),
        ],
    )


def _place(found: Found) -> Told:
    place = found.place
    if place is None:
        raise ValueError("a place without its row")
    href = url_for("locations.place", location_id=place.id)
    call = url_for("scans.roll_call_of", location_id=place.id)
    lines = [_("A place")] if not place.archived else [_("A place that is no longer in use")]
    return Told(
        found.kind,
        found.code,
        place.name,
        tone="move",
        lines=[*lines, *([place.note] if place.note else [])],
        href=href,
        actions=[
            Act("count", "check", _("Roll-call"), call, _("scan all crates that stand here")),
            Act("plain", "shelf", _("See what is here"), href),
        ],
    )


def _event(found: Found) -> Told:
    event = found.event
    if event is None:
        raise ValueError("an event without its row")
    href = url_for("distribution.event", event_id=event.id)
    lines = [_("Hand-out, %(when)s", when=filters.moment(event.starts_at))]
    if event.place:
        lines.append(event.place)
    acts = [Act("plain", "calendar", _("Open its page"), href)]
    if event.is_closed:
        lines.append(_("It is closed."))
    else:
        hand_out = url_for("distribution.hand_out", event_id=event.id)
        acts.insert(0, Act("out", "out", _("Hand out"), hand_out))
    return Told(
        found.kind, found.code, event.name, tone="out", lines=lines, href=href, actions=acts
    )


def _item(found: Found) -> Told:
    meaning = found.meaning
    if meaning is None:
        raise ValueError("an item without its meaning")
    href = url_for("items.item", item_id=meaning.item_id)
    lines = []
    if meaning.pack_quantity is not None:
        lines.append(_pack_words(meaning.pack_quantity, meaning.unit))
    if meaning.note:
        lines.append(meaning.note)
    donation = url_for("intake.new", scan=found.scan.text)
    learn = url_for("scans.learn", code=found.scan.text)
    return Told(
        found.kind,
        found.code,
        meaning.item,
        tone="in",
        lines=[*lines, *scan_facts(found.scan)],
        href=href,
        actions=[
            Act("in", "in", _("Log a donation of it"), donation),
            Act("plain", "shelf", _("See how much is here"), href),
            Act("plain", "tag", _("It stands for something else"), learn),
        ],
        can_be_learned=True,
    )


def _pack_words(quantity: int, unit: str) -> str:
    return str(_("%(amount)s in it", amount=filters.quantity(quantity, unit)))


def _unknown_crate(found: Found) -> Told:
    adopt = Act("in", "plus", _("Use this label as a new crate"), f"/C/{found.code}")
    return Told(
        found.kind,
        found.code,
        found.code,
        is_code=True,
        tone="count",
        lines=[_("No crate of this depot has this code.")],
        actions=[adopt],
        near=_near(found),
        can_be_kept=True,
    )


def _unknown(found: Found) -> Told:
    if found.names:
        lines = [
            _("A label for a place, but %(depot)s has none with it.", depot=actor().depot.name)
            if found.names == "place"
            else _(
                "A label for a hand-out, but %(depot)s has none with it.", depot=actor().depot.name
            )
        ]
    else:
        lines = [_("Nobody has said yet what this is."), *scan_facts(found.scan)]
    acts = []
    if found.can_be_learned:
        learn = url_for("scans.learn", code=found.scan.text)
        acts.append(Act("in", "tag", _("Say what it is"), learn, _("once: then it is known")))
    return Told(
        found.kind,
        found.code,
        found.code,
        is_code=True,
        tone="count",
        lines=lines,
        actions=acts,
        near=_near(found),
        can_be_kept=True,
        can_be_learned=found.can_be_learned,
    )


def _near(found: Found) -> list[Act]:
    return [
        Act("move", "crate", crate.code, url_for("crates.show", code=crate.code), crate.box_number)
        for crate in found.near
    ]


def _no_code(found: Found) -> Told:
    lines = [
        _("It leads somewhere else and names nothing that is kept here.")
        if found.code
        else _("There is no code in it.")
    ]
    return Told(found.kind, found.code, _("No code of ours"), tone="stop", lines=lines)


_TELL: Final[dict[str, Callable[[Found], Told]]] = {
    "crate": _crate,
    "blank_crate": _blank,
    "retired_crate": _retired,
    "place": _place,
    "event": _event,
    "item": _item,
    "unknown_crate": _unknown_crate,
    "unknown_code": _unknown,
    "not_a_code": _no_code,
}
