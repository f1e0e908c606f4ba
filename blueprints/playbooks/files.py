"""A playbook from and to a file that anybody can read: JSON in UTF-8."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Final

from flask_babel import gettext as _
from marshmallow import ValidationError

from blueprints.playbooks.schemas import MARK, VERSION, PlaybookSchema
from depot.playbooks.playbook import Playbook

#: Bytes of a file: a hundred pages of text fit in it.
MOST_BYTES: Final = 500_000


def as_file(playbook: Playbook) -> str:
    """Return the playbook as the text of a file."""
    parts: dict[str, Any] = {MARK: VERSION} | asdict(playbook)
    return json.dumps(parts, ensure_ascii=False, indent=1)


def read_file(text: str) -> Playbook:
    """Return the playbook that a file holds. Raises ValidationError with one sentence."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValidationError(_("That is no playbook: it cannot be read.")) from error
    if not isinstance(data, dict) or MARK not in data:
        raise ValidationError(_("That is no playbook. Choose a file that a depot handed on."))
    if data[MARK] != VERSION:
        raise ValidationError(_("That playbook was written by another version of the program."))
    try:
        playbook: Playbook = PlaybookSchema().load(data)
    except ValidationError as error:
        where = _path(error.messages)
        raise ValidationError(
            _("That playbook cannot be read. Look at: %(where)s", where=where)
        ) from error
    return playbook


def _path(messages: Any) -> str:
    """Return where in the file the first thing stands that cannot be read: places / 3 / name."""
    path: list[str] = []
    while isinstance(messages, dict) and messages:
        name = next(iter(messages))
        path.append(str(name + 1 if isinstance(name, int) else name))
        messages = messages[name]
    return " / ".join(path)
