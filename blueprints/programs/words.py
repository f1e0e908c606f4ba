"""Webhooks in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from blueprints.words.entries import ENTRY_KIND_WORDS
from depot.base.kinds import EntryKind, WebhookProblem
from depot.base.text import N_
from depot.programs.addresses import NOT_ALLOWED
from depot.programs.queries.webhooks import DeliveryRow
from depot.words import figures
from depot.words.reader import Reader

_PROBLEMS: Final[dict[WebhookProblem, str]] = {
    "not_allowed": NOT_ALLOWED,
    "unreachable": N_("Nobody could be reached there."),
    "too_slow": N_("It took longer than ten seconds to answer."),
    "refused": N_("It answered %(status)s, not 200."),
}


@dataclass(frozen=True, slots=True)
class DeliveryText:
    """One try as a page shows it: the colour of its row, what was sent, when and what came."""

    kind: str
    title: str
    small: str


def delivery_text(row: DeliveryRow, reader: Reader) -> DeliveryText:
    """Return a try in the reader's language."""
    when = figures.moment(row.tried_at, reader)
    title = reader.gettext("Test") if row.is_test else _sent(row, reader)
    if row.problem is None:
        return DeliveryText("in", title, when)
    problem = reader.gettext(_PROBLEMS[row.problem], status=row.status)
    return DeliveryText("stop", title, f"{when} · {problem}")


def _sent(row: DeliveryRow, reader: Reader) -> str:
    return reader.ngettext("%(num)s entry", "%(num)s entries", row.entries)


def kinds_text(kinds: Sequence[EntryKind], reader: Reader) -> str:
    """Return which kinds of entries are told, one after another; of all, that they are all."""
    words = [reader.gettext(ENTRY_KIND_WORDS[kind]) for kind in kinds]
    return ", ".join(words) or reader.gettext("all entries")
