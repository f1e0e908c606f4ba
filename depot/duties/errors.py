"""What stands between somebody and a duty."""

from __future__ import annotations

from depot.base.errors import Invalid
from depot.base.text import N_


class SomebodyLearns(Invalid):
    """One learns beside the one who holds it."""

    code = "somebody_learns"
    template = N_("%(name)s learns it already. One at a time learns well.")


class TermTaken(Invalid):
    """Somebody said yes to that term."""

    code = "term_taken"
    template = N_("%(name)s holds it in that time already.")
