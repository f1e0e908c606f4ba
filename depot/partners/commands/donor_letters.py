"""What a depot writes to those who give: its name and address, thanks, a sentence of the law."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, UnknownPlaceholder
from depot.base.text import N_
from depot.kernel.answers import SavedId
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import DonorLetter
from depot.open_book.settings import note_change

#: What may stand in braces in the words of thanks.
PLACEHOLDERS: Final = ("donor", "depot", "date", "weight", "year")
MAX_TEXT: Final = 2000
_BRACED: Final = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveDonorLetter:
    """The words for donors. `thanks` may hold {donor}, {depot}, {date}, {weight} and {year}."""

    command_id: UUID
    sender: str = ""
    thanks: str = ""
    says_nothing_in_return: bool = False


def save_donor_letter(
    command: SaveDonorLetter, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedId]:
    """Keep the words for donors. Raises Forbidden for a volunteer.

    Raises Invalid (field "thanks") for a placeholder there is none of, or a brace left open.
    """
    return run_once(command, actor, clock, _save, SavedId)


def _save(command: SaveDonorLetter, work: Work) -> SavedId:
    need_coordinator(work.actor)
    _check(command.thanks)
    letter = work.session.get(DonorLetter, work.depot_id)
    _tell(command, work, letter)
    if letter is None:
        letter = DonorLetter(depot_id=work.depot_id)
        work.session.add(letter)
    letter.sender = command.sender
    letter.thanks = command.thanks
    letter.says_nothing_in_return = command.says_nothing_in_return
    return SavedId(id=work.depot_id)


def _tell(command: SaveDonorLetter, work: Work, letter: DonorLetter | None) -> None:
    """Write into the open book what is to be said otherwise."""
    told = ("sender", "thanks", "says_nothing_in_return")
    before = {} if letter is None else {name: getattr(letter, name) for name in told}
    note_change(work, "donor_letter", "", before, {name: getattr(command, name) for name in told})


def _check(text: str) -> None:
    for name in _BRACED.findall(text):
        if name not in PLACEHOLDERS:
            known = ", ".join(f"{{{one}}}" for one in PLACEHOLDERS)
            raise UnknownPlaceholder(field="thanks", name=name, known=known)
    if "{" in (rest := _BRACED.sub("", text)) or "}" in rest:
        raise Invalid(field="thanks", problem=N_("A brace in it has no partner."))
