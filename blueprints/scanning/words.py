"""What a scanned text is, in words, with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from blueprints.words.addresses import Address
from blueprints.words.network.transfers import STATE_WORDS, transfer_goods, transfer_title
from blueprints.words.scans import gs1_body, scan_facts, scan_fields
from depot.base.text import N_
from depot.crates.queries.crates import CrateView, LotInCrate
from depot.scanning.queries.scans import Found
from depot.words import figures
from depot.words.reader import Reader

#: So many kinds of goods of a crate are named; its page has all.
MAX_LINES_SHOWN: Final = 4


@dataclass(frozen=True, slots=True)
class ActionLink:
    """Something that can be done: a link, coloured by the kind of act."""

    kind: str
    icon: str
    text: str
    href: str
    small: str = ""


@dataclass(frozen=True, slots=True)
class ScanAnswer:
    """The answer to "what is this?". `tone` is the colour of its kind of act."""

    kind: str
    code: str
    title: str
    is_code: bool = False
    tone: str = "plain"
    lines: list[str] = field(default_factory=list)
    href: str | None = None
    actions: list[ActionLink] = field(default_factory=list)
    near: list[ActionLink] = field(default_factory=list)
    can_be_kept: bool = False
    can_be_learned: bool = False
    #: Where crates that were collected can be named as what goes or came.
    crates_href: str | None = None


def describe_scan(found: Found, depot: str, reader: Reader, address: Address) -> ScanAnswer:
    """Put what a text is in the depot of that name into words."""
    if found.kind == "unknown_code":
        return _unknown(found, depot, reader, address)
    return _TELL[found.kind](found, reader, address)


def scan_body(found: Found, depot: str, reader: Reader, address: Address) -> dict[str, Any]:
    """Return the same for a script, with what the code fills into a line of goods."""
    said = asdict(describe_scan(found, depot, reader, address))
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
    fills = scan_fields(found, reader.weight_unit) if goods else {}
    return said | {"gs1": gs1_body(found.scan, reader), "item": item, "fills": fills}


def _crate(found: Found, reader: Reader, address: Address) -> ScanAnswer:
    crate = _crate_of(found)
    code = crate.head.code
    goods = [_lot_words(lot, reader) for lot in crate.lots[:MAX_LINES_SHOWN]]
    more = len(crate.lots) - MAX_LINES_SHOWN
    if more > 0:
        goods.append(reader.gettext("and %(count)s more", count=more))
    if crate.crates:
        goods.append(reader.gettext("%(count)s crates on it", count=len(crate.crates)))
    return ScanAnswer(
        found.kind,
        code,
        code,
        is_code=True,
        tone="stop" if crate.is_held else "in" if goods else "plain",
        lines=[
            *_held(crate, reader),
            _where(crate, reader),
            *(goods or [reader.gettext("Nothing is in it, says the book.")]),
        ],
        href=address("crates.show", code=code),
        actions=[
            ActionLink("move", "move", reader.gettext("Move"), address("crates.move", code=code)),
            ActionLink(
                "out", "out", reader.gettext("Take out"), address("crates.take_out", code=code)
            ),
            ActionLink(
                "count", "count", reader.gettext("Count"), address("crates.count", code=code)
            ),
            ActionLink(
                "plain", "crate", reader.gettext("Open its page"), address("crates.show", code=code)
            ),
        ],
    )


def _held(crate: CrateView, reader: Reader) -> list[str]:
    """Return what must not be missed where goods are held back, each reason once."""
    if not crate.is_held:
        return []
    return [reader.gettext("On hold: this must not be handed out."), *crate.held_because]


def _crate_of(found: Found) -> CrateView:
    if found.crate is None:
        raise ValueError(f"{found.kind} without its crate")
    return found.crate


def _where(crate: CrateView, reader: Reader) -> str:
    if not crate.head.path:
        return reader.gettext("Crate, place not known")
    return reader.gettext(
        "Crate at %(places)s", places=", ".join(step.name for step in crate.head.path)
    )


def _lot_words(lot: LotInCrate, reader: Reader) -> str:
    amount = figures.quantity(lot.quantity, lot.unit, reader)
    if lot.date_kind == "none":
        return reader.gettext("%(item)s: %(amount)s", item=lot.item, amount=amount)
    dated = figures.lot_date(lot.date_kind, lot.date_text, reader)
    return reader.gettext(
        "%(item)s: %(amount)s, %(dated)s", item=lot.item, amount=amount, dated=dated
    )


def _blank(found: Found, reader: Reader, address: Address) -> ScanAnswer:
    code = found.code
    fill = address("crates.fill", code=code)
    return ScanAnswer(
        found.kind,
        code,
        code,
        is_code=True,
        tone="plain",
        lines=[reader.gettext("A blank label: nothing stands behind it yet.")],
        href=fill,
        actions=[
            ActionLink("in", "in", reader.gettext("Fill this crate"), fill),
            ActionLink(
                "move",
                "move",
                reader.gettext("Say where it stands"),
                address("crates.move", code=code),
            ),
        ],
    )


def _retired(found: Found, reader: Reader, address: Address) -> ScanAnswer:
    crate = _crate_of(found)
    code = found.code
    when = figures.moment(crate.head.retired_at, reader)
    sentence = reader.gettext("Retired on %(when)s: its label should be on no crate.", when=when)
    return ScanAnswer(
        found.kind,
        code,
        code,
        is_code=True,
        tone="stop",
        lines=[sentence],
        href=address("crates.show", code=code),
        actions=[
            ActionLink(
                "move",
                "move",
                reader.gettext("It is in use: move it"),
                address("crates.move", code=code),
            ),
            ActionLink(
                "plain",
                "clock",
                reader.gettext("See what happened to it"),
                address("crates.show", code=code),
            ),
        ],
    )


def _place(found: Found, reader: Reader, address: Address) -> ScanAnswer:
    place = found.place
    if place is None:
        raise ValueError("a place without its row")
    href = address("locations.place", location_id=place.id)
    call = address("scans.roll_call_of", location_id=place.id)
    lines = (
        [reader.gettext("A place")]
        if not place.archived
        else [reader.gettext("A place that is no longer in use")]
    )
    return ScanAnswer(
        found.kind,
        found.code,
        place.name,
        tone="move",
        lines=[*lines, *([place.note] if place.note else [])],
        href=href,
        actions=[
            ActionLink(
                "count",
                "check",
                reader.gettext("Roll-call"),
                call,
                reader.gettext("scan all crates that stand here"),
            ),
            ActionLink("plain", "shelf", reader.gettext("See what is here"), href),
        ],
    )


def _event(found: Found, reader: Reader, address: Address) -> ScanAnswer:
    event = found.event
    if event is None:
        raise ValueError("an event without its row")
    href = address("distribution.event", event_id=event.id)
    lines = [reader.gettext("Hand-out, %(when)s", when=figures.moment(event.starts_at, reader))]
    if event.place:
        lines.append(event.place)
    acts = [ActionLink("plain", "calendar", reader.gettext("Open its page"), href)]
    if event.is_closed:
        lines.append(reader.gettext("It is closed."))
    else:
        hand_out = address("distribution.hand_out", event_id=event.id)
        acts.insert(0, ActionLink("out", "out", reader.gettext("Hand out"), hand_out))
    return ScanAnswer(
        found.kind, found.code, event.name, tone="out", lines=lines, href=href, actions=acts
    )


def _transfer(found: Found, reader: Reader, address: Address) -> ScanAnswer:
    row = found.transfer
    if row is None:
        raise ValueError("a transfer without its row")
    href = address("transfers.show", transfer_id=row.id)
    acts = [ActionLink("plain", "list", reader.gettext("Open its page"), href)]
    crates_href = None
    if row.awaits:
        crates_href = address("transfers.ask_receive", transfer_id=row.id)
        acts.insert(0, ActionLink("in", "in", reader.gettext("Receive it"), crates_href))
    elif row.direction == "out" and row.state == "asked":
        crates_href = address("transfers.ask_send", asked=row.id)
        acts.insert(0, ActionLink("move", "out", reader.gettext("Send it"), crates_href))
    said = ScanAnswer(found.kind, found.code, transfer_title(row, reader), tone="move", href=href)
    lines = [reader.gettext(STATE_WORDS[row.state]), transfer_goods(row, reader)]
    return replace(said, lines=lines, actions=acts, crates_href=crates_href)


def _transfer_part(found: Found, reader: Reader, address: Address) -> ScanAnswer:
    """Say what to do with one of the codes that carry a signed file: they are read together."""
    href, title = address("transfers.ask_file"), reader.gettext("A transfer from another server")
    told = reader.gettext("It is one of the codes of its file. Take it in, and scan all of them.")
    take = ActionLink("in", "in", reader.gettext("Take it in"), href)
    return ScanAnswer(
        found.kind, found.code, title, tone="move", lines=[told], href=href, actions=[take]
    )


def _item(found: Found, reader: Reader, address: Address) -> ScanAnswer:
    meaning = found.meaning
    if meaning is None:
        raise ValueError("an item without its meaning")
    href = address("items.item", item_id=meaning.item_id)
    lines = []
    if meaning.pack_quantity is not None:
        lines.append(_pack_words(meaning.pack_quantity, meaning.unit, reader))
    if meaning.note:
        lines.append(meaning.note)
    donation = address("intake.new", scan=found.scan.text)
    learn = address("scans.learn", code=found.scan.text)
    return ScanAnswer(
        found.kind,
        found.code,
        meaning.item,
        tone="in",
        lines=[*lines, *scan_facts(found.scan, reader)],
        href=href,
        actions=[
            ActionLink("in", "in", reader.gettext("Log a donation of it"), donation),
            ActionLink("plain", "shelf", reader.gettext("See how much is here"), href),
            ActionLink("plain", "tag", reader.gettext("It stands for something else"), learn),
        ],
        can_be_learned=True,
    )


def _pack_words(quantity: int, unit: str, reader: Reader) -> str:
    return reader.gettext("%(amount)s in it", amount=figures.quantity(quantity, unit, reader))


def _unknown_crate(found: Found, reader: Reader, address: Address) -> ScanAnswer:
    adopt = ActionLink(
        "in", "plus", reader.gettext("Use this label as a new crate"), f"/C/{found.code}"
    )
    return ScanAnswer(
        found.kind,
        found.code,
        found.code,
        is_code=True,
        tone="count",
        lines=[reader.gettext("No crate of this depot has this code.")],
        actions=[adopt],
        near=_near(found, address),
        can_be_kept=True,
    )


_OF_OTHERS: Final = {
    "place": N_("A label for a place, but %(depot)s has none with it."),
    "event": N_("A label for a hand-out, but %(depot)s has none with it."),
    "transfer": N_("A transfer between other depots: %(depot)s is no end of it."),
}


def _unknown(found: Found, depot: str, reader: Reader, address: Address) -> ScanAnswer:
    if found.names:
        lines = [reader.gettext(_OF_OTHERS[found.names], depot=depot)]
    else:
        lines = [
            reader.gettext("Nobody has said yet what this is."),
            *scan_facts(found.scan, reader),
        ]
    acts = []
    if found.can_be_learned:
        learn = address("scans.learn", code=found.scan.text)
        acts.append(
            ActionLink(
                "in",
                "tag",
                reader.gettext("Say what it is"),
                learn,
                reader.gettext("once: then it is known"),
            )
        )
    return ScanAnswer(
        found.kind,
        found.code,
        found.code,
        is_code=True,
        tone="count",
        lines=lines,
        actions=acts,
        near=_near(found, address),
        can_be_kept=True,
        can_be_learned=found.can_be_learned,
    )


def _near(found: Found, address: Address) -> list[ActionLink]:
    return [
        ActionLink(
            "move", "crate", crate.code, address("crates.show", code=crate.code), crate.box_number
        )
        for crate in found.near
    ]


def _no_code(found: Found, reader: Reader, address: Address) -> ScanAnswer:
    lines = [
        reader.gettext("It leads somewhere else and names nothing that is kept here.")
        if found.code
        else reader.gettext("There is no code in it.")
    ]
    return ScanAnswer(
        found.kind, found.code, reader.gettext("No code of ours"), tone="stop", lines=lines
    )


_TELL: Final[dict[str, Callable[[Found, Reader, Address], ScanAnswer]]] = {
    "crate": _crate,
    "blank_crate": _blank,
    "retired_crate": _retired,
    "place": _place,
    "event": _event,
    "transfer": _transfer,
    "transfer_part": _transfer_part,
    "item": _item,
    "unknown_crate": _unknown_crate,
    "not_a_code": _no_code,
}
