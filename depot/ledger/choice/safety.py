"""What may be handed out: the one rule, of a lot's date, the day, the policy and holds. Pure.

Picking, pick lists, needs, stock figures, papers and labels all ask this. Use by is about safety
and a hard stop; best before is about quality (Regulation (EU) 1169/2011, articles 2(2)(r) and 24).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from depot.base.dates import give_out_until, shelf_life
from depot.base.kinds import DateKind

#: Yes; yes, with a word on it; warn and ask for a reason; no.
SafetyAnswer: TypeAlias = Literal["yes", "noted", "asked", "no"]
#: Why it is no plain yes.
SafetyReason: TypeAlias = Literal[
    "", "undated", "past_best_before", "past_day", "past_use_by", "held"
]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether goods may go out on a day, why not simply so, and the last day on which they may."""

    answer: SafetyAnswer
    reason: SafetyReason = ""
    until: date | None = None

    @property
    def is_free(self) -> bool:
        """Whether they are proposed, counted as free and picked without a question."""
        return self.answer in ("yes", "noted")


def may_go_out(
    kind: DateKind, on: date | None, day: date, after_best_before: str, *, is_held: bool
) -> Verdict:
    """Say whether goods that bear the date `on` of that kind may be handed out on `day`.

    `after_best_before` is how long the policy lets them go out after their best-before date, as
    `depot.base.dates` keeps it; goods whose date is a hard stop are treated as if it were a
    use-by date. `is_held`: they are on hold, or lie where nothing is handed out from.
    """
    is_hard = kind == "use_by" or shelf_life(after_best_before).is_hard
    until = give_out_until(kind, on, after_best_before)
    if is_held:
        return Verdict("no", "held", until)
    if on is None or until is None:
        return Verdict("noted", "undated") if is_hard else Verdict("yes")
    if day <= on:
        return Verdict("yes", until=until)
    if is_hard:
        return Verdict("no", "past_use_by", until)
    if day <= until:
        return Verdict("noted", "past_best_before", until)
    return Verdict("asked", "past_day", until)
