"""Needs in words: why something is short, how long it lasts, and the poster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from blueprints.words.addresses import Address
from blueprints.words.needs import duration_words, names_sentence
from depot.base.actors import DepotView
from depot.base.text import N_
from depot.needs.poster import Poster, WantedName
from depot.needs.queries.needs import CATEGORY, NeedLine
from depot.needs.queries.shown import PublicNeeds, PublishedList, WantedGoodsLine
from depot.words import figures
from depot.words.reader import Reader


@dataclass(frozen=True, slots=True)
class NeedText:
    """One line of the list as a page shows it; `kind` is its colour."""

    kind: str
    href: str
    name: str
    #: Empty where the heading says it.
    word: str
    why: str
    figure: str
    note: str
    #: What a task grows from: a category or an item, and its number.
    subject: str
    id: int


#: Which colour of act a verdict has: short is a stop, too much a thing to look at.
_KINDS = {"short": "stop", "enough": "in", "too_much": "count", "unknown": "plain"}
_VERDICTS: Final = {
    "short": N_("short"),
    "enough": N_("enough"),
    "too_much": N_("too much"),
    "unknown": N_("no figures yet"),
}


def describe_need(line: NeedLine, reader: Reader, address: Address) -> NeedText:
    """Return a line of the list in words."""
    return NeedText(
        _KINDS[line.verdict],
        rule_href(line, address),
        line.name,
        _told_word(line, reader),
        reason_words(line, reader),
        duration_words(line, reader),
        line.rule.note,
        line.kind,
        line.id,
    )


def _told_word(line: NeedLine, reader: Reader) -> str:
    if line.rule.is_left_out:
        return reader.gettext(
            "%(verdict)s, left out of the list", verdict=verdict_word(line.verdict, reader)
        )
    return "" if line.is_short or line.is_too_much else verdict_word(line.verdict, reader)


def rule_href(line: NeedLine, address: Address) -> str:
    """Return the address of a line's rule."""
    if line.kind == CATEGORY:
        return address("needs.edit_category", category_id=line.id)
    return address("needs.edit_item", item_id=line.id)


def verdict_word(verdict: str, reader: Reader) -> str:
    """Return what a verdict is called."""
    return reader.gettext(_VERDICTS[verdict])


def reason_words(line: NeedLine, reader: Reader) -> str:
    """Return the reason of a verdict in one sentence."""
    if line.reason == "said":
        return reader.gettext(
            "Said by hand, until %(day)s.",
            day=figures.day(line.rule.said_until, reader),
        )
    if line.reason == "minimum":
        return reader.gettext(
            "%(here)s here; %(least)s should be.",
            here=figures.quantity(line.quantity, line.unit, reader),
            least=figures.quantity(line.rule.minimum_quantity or 0, line.unit, reader),
        )
    if line.reason == "no_figures":
        return reader.gettext("None was handed out lately, and no share was set.")
    shares = {
        "stock": figures.percent(line.stock_permille, reader),
        "wanted": figures.percent(line.wanted_permille, reader),
    }
    if line.rule.share_permille:
        return reader.gettext("%(stock)s of the stock; it should be %(wanted)s.", **shares)
    return reader.gettext("%(stock)s of the stock, %(wanted)s of what people get.", **shares)


def typed_percent(permille: int | None) -> str:
    """Return a share as it would be typed; empty for none."""
    return "" if permille is None else f"{permille / 10:g}"


def change_day_words(instant: datetime, time_zone: str, reader: Reader) -> str:
    """Return the day of the last change in full, on the depot's wall clock."""
    return figures.long_day(instant.astimezone(ZoneInfo(time_zone)).date(), reader)


def make_poster(
    shown: PublishedList, depot: DepotView, reader: Reader, *, words: str, url: str, size: str
) -> Poster:
    """Return the poster of a list; with `url` it bears a symbol that leads there."""
    return Poster(
        owner=depot.name,
        title=reader.gettext("Please bring"),
        short=_asked(shown.short),
        nothing=reader.gettext("Nothing is short just now. Thank you!"),
        enough_title=reader.gettext("We have enough of this for now"),
        too_much=_asked(shown.too_much),
        words=words,
        changed=reader.gettext(
            "As of %(day)s", day=change_day_words(shown.changed_at, depot.time_zone, reader)
        ),
        url=url,
        caption=reader.gettext("what we need today"),
        size=size,
        language=reader.tag,
    )


def _asked(names: tuple[WantedGoodsLine, ...]) -> tuple[WantedName, ...]:
    return tuple(WantedName(one.name, one.note) for one in names)


def feed_title(found: PublicNeeds, reader: Reader) -> str:
    """Return what the page and the feed are called."""
    return reader.gettext("What %(depot)s needs", depot=found.depot_name)


def feed_text(shown: PublishedList, reader: Reader) -> str:
    """Return one state of the list in plain sentences."""
    parts = []
    if shown.short:
        parts.append(reader.gettext("Please bring: %(names)s.", names=names_sentence(shown.short)))
    if shown.too_much:
        parts.append(
            reader.gettext(
                "We have enough for now: %(names)s.", names=names_sentence(shown.too_much)
            )
        )
    return "\n".join(parts) or reader.gettext("Nothing is short just now. Thank you!")
