"""A command that does nothing but queue a mail."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from depot.base.actors import Actor
from depot.kernel.answers import SavedId
from depot.kernel.once import Work, run_once
from depot.mail.commands.queue import Attachment, queue_mail
from tests.builders import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """A command that a test makes up."""

    command_id: UUID


def write(
    actor: Actor,
    text: str = "Hello, Ann.",
    *files: Attachment,
    to: str = "ann@example.org",
    subject: str = "Dankeschön",
) -> int:
    """Queue one mail in a command of its own; return the mail's id."""

    def work(_command: Letters, opened: Work) -> SavedId:
        return SavedId(id=queue_mail(opened, to, subject, text, files))

    return run_once(Letters(command_id=uuid4()), actor, clock, work, SavedId).answer.id
