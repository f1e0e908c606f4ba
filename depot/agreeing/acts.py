"""Which commands may wait for a second person, and how each is done when one has agreed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from depot.agreeing.rules import SetRules, set_rules
from depot.exporting.taking import TakeEverything, take_everything
from depot.kernel.once import Outcome
from depot.leaving.commands import ErasePerson, erase_person
from depot.people.commands import access
from depot.people.commands.names import LetReadNames, let_read_names
from depot.reports.filing import FileReport, file_report
from depot.safety.commands.holds import ReleaseHold, release_hold
from depot.safety.commands.recalls import CloseRecall, close_recall
from depot.stock.commands.take_out import TakeOut, take_out


@dataclass(frozen=True, slots=True)
class Act:
    """A command and what does it, given the command, the actor and the clock."""

    command: type[Any]
    run: Callable[..., Outcome[Any]]


#: The acts by the name of their command.
Acts: TypeAlias = Mapping[str, Act]


def acts(secret_key: str) -> Acts:
    """Return all of them; what opens a door is made with the key, and shown to who asked."""
    found = (
        Act(TakeOut, take_out),
        Act(access.Invite, partial(_with_key, access.invite, secret_key)),
        Act(access.CreateToken, partial(_with_key, access.create_token, secret_key)),
        Act(access.ChangeRole, access.change_role),
        Act(access.EndAccess, access.end_access),
        Act(LetReadNames, let_read_names),
        Act(ErasePerson, erase_person),
        Act(FileReport, file_report),
        Act(CloseRecall, close_recall),
        Act(ReleaseHold, release_hold),
        Act(TakeEverything, take_everything),
        Act(SetRules, set_rules),
    )
    return {act.command.__name__: act for act in found}


def _with_key(
    run: Callable[..., Outcome[Any]], secret_key: str, command: Any, actor: Any, clock: Any
) -> Outcome[Any]:
    return run(command, actor, secret_key, clock)
