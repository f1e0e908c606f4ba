"""Needs in words: why something is short, how long it lasts, and the poster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import format_date, format_decimal
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.words.needs import duration_words, names_sentence
from depot.base.actors import DepotView
from depot.needs.poster import Poster, WantedName
from depot.needs.queries.needs import CATEGORY, NeedLine
from depot.needs.queries.shown import PublicNeeds, PublishedList, WantedGoodsLine
from depot.words import figures


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


#: Which colour of act a verdict has: short is a stop, too much a thing to look at.
_KINDS = {"short": "stop", "enough": "in", "too_much": "count", "unknown": "plain"}


def describe_need(line: NeedLine) -> NeedText:
    """Return a line of the list in words."""
    return NeedText(
        _KINDS[line.verdict],
        rule_href(line),
        line.name,
        _told_word(line),
        reason_words(line),
        duration_words(line, current_reader()),
        line.rule.note,
    )


def _told_word(line: NeedLine) -> str:
    if line.rule.is_left_out:
        return str(_("%(verdict)s, left out of the list", verdict=verdict_word(line.verdict)))
    return "" if line.is_short or line.is_too_much else verdict_word(line.verdict)


def rule_href(line: NeedLine) -> str:
    """Return the address of a line's rule."""
    if line.kind == CATEGORY:
        return url_for("needs.edit_category", category_id=line.id)
    return url_for("needs.edit_item", item_id=line.id)


def verdict_word(verdict: str) -> str:
    """Return what a verdict is called."""
    words = {
        "short": _("short"),
        "enough": _("enough"),
        "too_much": _("too much"),
        "unknown": _("no figures yet"),
    }
    return str(words[verdict])


def reason_words(line: NeedLine) -> str:
    """Return the reason of a verdict in one sentence."""
    if line.reason == "said":
        return str(
            _(
                "Said by hand, until %(day)s.",
                day=figures.day(line.rule.said_until, current_reader()),
            )
        )
    if line.reason == "minimum":
        return str(
            _(
                "%(here)s here; %(least)s should be.",
                here=figures.quantity(line.quantity, line.unit, current_reader()),
                least=figures.quantity(
                    line.rule.minimum_quantity or 0, line.unit, current_reader()
                ),
            )
        )
    if line.reason == "no_figures":
        return str(_("None was handed out lately, and no share was set."))
    shares = {
        "stock": permille_words(line.stock_permille),
        "wanted": permille_words(line.wanted_permille),
    }
    if line.rule.share_permille:
        return str(_("%(stock)s of the stock; it should be %(wanted)s.", **shares))
    return str(_("%(stock)s of the stock, %(wanted)s of what people get.", **shares))


def permille_words(permille: int) -> str:
    """Return thousandths as percent: 12.5 %."""
    if permille == 0:
        return str(_("0 %%"))
    return str(_("%(number)s %%", number=format_decimal(permille / 10, format="#,##0.#")))


def typed_percent(permille: int | None) -> str:
    """Return a share as it would be typed; empty for none."""
    return "" if permille is None else f"{permille / 10:g}"


def change_day_words(instant: datetime, time_zone: str) -> str:
    """Return the day of the last change in full, on the depot's wall clock."""
    return str(format_date(instant.astimezone(ZoneInfo(time_zone)).date(), "EEEE, d MMMM yyyy"))


def make_poster(
    shown: PublishedList, depot: DepotView, *, words: str, url: str, size: str, language: str
) -> Poster:
    """Return the poster of a list; with `url` it bears a symbol that leads there."""
    return Poster(
        owner=depot.name,
        title=_("Please bring"),
        short=_asked(shown.short),
        nothing=_("Nothing is short just now. Thank you!"),
        enough_title=_("We have enough of this for now"),
        too_much=_asked(shown.too_much),
        words=words,
        changed=_("As of %(day)s", day=change_day_words(shown.changed_at, depot.time_zone)),
        url=url,
        caption=_("what we need today"),
        size=size,
        language=language,
    )


def _asked(names: tuple[WantedGoodsLine, ...]) -> tuple[WantedName, ...]:
    return tuple(WantedName(one.name, one.note) for one in names)


def feed_title(found: PublicNeeds) -> str:
    """Return what the page and the feed are called."""
    return str(_("What %(depot)s needs", depot=found.depot_name))


def feed_text(shown: PublishedList) -> str:
    """Return one state of the list in plain sentences."""
    parts = []
    if shown.short:
        parts.append(_("Please bring: %(names)s.", names=names_sentence(shown.short)))
    if shown.too_much:
        parts.append(_("We have enough for now: %(names)s.", names=names_sentence(shown.too_much)))
    return "\n".join(parts) or str(_("Nothing is short just now. Thank you!"))
