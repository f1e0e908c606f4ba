"""What a hold is about, in words."""

from __future__ import annotations

from depot.base.text import N_
from depot.safety.queries.holds import HoldRow
from depot.words import figures
from depot.words.reader import Reader


def hold_subject(hold: HoldRow, reader: Reader) -> str:
    """Say what is held: Baby food · lot L27 · from Hill farm."""
    return " · ".join(_parts(hold, reader))


def _parts(hold: HoldRow, reader: Reader) -> list[str]:
    named: list[tuple[object, str, str]] = [
        (hold.lot_code, N_("lot %(what)s"), hold.lot_code),
        (hold.gtin, N_("by the code %(what)s"), hold.gtin),
        (hold.partner, N_("from %(what)s"), hold.partner or ""),
        (hold.crate, N_("was in crate %(what)s"), hold.crate or ""),
        (hold.place, N_("was at %(what)s"), hold.place or ""),
        (
            hold.receipt_seq,
            N_("came with entry %(what)s"),
            figures.number(hold.receipt_seq or 0, reader),
        ),
    ]
    parts = [hold.item or reader.gettext("All goods")]
    parts += [reader.gettext(words, what=what) for is_named, words, what in named if is_named]
    if hold.date_from or hold.date_to:
        parts.append(_dates(hold, reader))
    return parts


def _dates(hold: HoldRow, reader: Reader) -> str:
    first = figures.dated_day(hold.date_from, reader) if hold.date_from else ""
    last = figures.dated_day(hold.date_to, reader) if hold.date_to else ""
    if first and last:
        return reader.gettext("dated %(first)s to %(last)s", first=first, last=last)
    if first:
        return reader.gettext("dated %(first)s or later", first=first)
    return reader.gettext("dated %(last)s or earlier", last=last)


def hold_story(hold: HoldRow, reader: Reader) -> str:
    """Say who held it back and when; if it was lifted, that too."""
    made = figures.moment(hold.made_at, reader)
    who = hold.made_by or reader.gettext("somebody")
    if hold.released_at is None:
        return reader.gettext("held back %(when)s by %(name)s", when=made, name=who)
    lifted = figures.moment(hold.released_at, reader)
    by = hold.released_by or reader.gettext("somebody")
    return reader.gettext("lifted %(when)s by %(name)s", when=lifted, name=by)
