"""What goes between depots, in words."""

from __future__ import annotations

from typing import Final

from depot.base.kinds import TransferState
from depot.base.text import N_
from depot.network.queries.transfers import TransferLineRow, TransferRow, Travel
from depot.words import figures
from depot.words.reader import Reader

STATE_WORDS: Final[dict[TransferState, str]] = {
    "asked": N_("asked for"),
    "declined": N_("not sent"),
    "sent": N_("on the way"),
    "arriving": N_("partly here"),
    "arrived": N_("arrived"),
    "undone": N_("undone"),
}
STATE_COLOURS: Final[dict[TransferState, str]] = {
    "asked": "count",
    "declined": "plain",
    "sent": "move",
    "arriving": "move",
    "arrived": "in",
    "undone": "plain",
}
SHARED_WORDS: Final = {
    "nothing": N_("nothing"),
    "all": N_("all that is free"),
    "chosen": N_("some categories"),
}
_SHOWN: Final = 3


def transfer_title(row: TransferRow, reader: Reader) -> str:
    """Return where it goes or where it comes from."""
    if row.direction == "out":
        return reader.gettext("To %(depot)s", depot=row.other)
    return reader.gettext("From %(depot)s", depot=row.other)


def transfer_goods(row: TransferRow, reader: Reader) -> str:
    """Return what it is: crates, and the first items."""
    parts = []
    if row.crates:
        parts.append(reader.ngettext("%(num)s crate", "%(num)s crates", len(row.crates)))
    lines = row.lines or row.asked
    items = list(dict.fromkeys(line.own_item or line.item for line in lines))
    parts += items[:_SHOWN]
    more = len(items) - _SHOWN
    if more > 0:
        parts.append(reader.ngettext("%(num)s more", "%(num)s more", more))
    return ", ".join(parts)


def transfer_when(row: TransferRow, reader: Reader) -> str:
    """Return how far it is, and since when."""
    state = reader.gettext(STATE_WORDS[row.state])
    return f"{state} · {figures.ago(row.last_at, reader)}"


def line_facts(line: TransferLineRow, reader: Reader) -> str:
    """Return the small print of a line: its date and lot, and what it is called here."""
    parts = []
    if line.date_text:
        parts.append(figures.lot_date(line.date_kind, line.date_text, reader))
    if line.lot_code:
        parts.append(reader.gettext("lot %(code)s", code=line.lot_code))
    if line.own_item and line.own_item != line.item:
        parts.append(reader.gettext("here: %(item)s", item=line.own_item))
    return " · ".join(parts)


def line_outcome(line: TransferLineRow, row: TransferRow, reader: Reader) -> str:
    """Return what became of a line: how much arrived, is broken, missing or still to come."""

    def amount(quantity: int) -> str:
        return figures.quantity(quantity, line.unit, reader)

    parts = []
    if line.arrived:
        parts.append(reader.gettext("%(amount)s arrived", amount=amount(line.arrived)))
    if line.damaged:
        parts.append(reader.gettext("%(amount)s broken", amount=amount(line.damaged)))
    if line.outstanding and row.state == "arrived":
        parts.append(reader.gettext("%(amount)s missing", amount=amount(line.outstanding)))
    return " · ".join(parts)


def travel_words(travel: Travel, reader: Reader) -> str:
    """Return where a crate went or came from, and when."""
    named = {"depot": travel.other, "when": figures.moment(travel.at, reader)}
    if travel.direction == "in" and not travel.is_here:
        return reader.gettext("On the way from %(depot)s, sent %(when)s", **named)
    if travel.direction == "in":
        return reader.gettext("Came from %(depot)s, %(when)s", **named)
    if travel.is_here:
        return reader.gettext("Went to %(depot)s, %(when)s; it arrived", **named)
    return reader.gettext("Went to %(depot)s, %(when)s", **named)
