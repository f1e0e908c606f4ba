"""What stands between an act and its being done where a depot wants two people for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from depot.base.errors import DepotError
from depot.base.kinds import ActKind
from depot.base.text import N_


class NeedsSecond(Exception):
    """A command that was not agreed to yet: nothing of it stays; `told` is what it is about."""

    def __init__(self, kind: ActKind, told: Mapping[str, Any]) -> None:
        super().__init__(kind)
        self.kind = kind
        self.told = told


class AwaitsSecond(DepotError):
    """It was not done; it is asked for, under `asked_id`. `is_new`: from now on."""

    code = "awaits_second"
    template = N_(
        "This takes two people here. It is asked for now: until %(until)s another coordinator can"
        " agree, and then it is done."
    )

    def __init__(self, *, asked_id: int, until: datetime, is_new: bool) -> None:
        super().__init__(until=until)
        self.asked_id = asked_id
        self.until = until
        self.is_new = is_new


class AskedOver(DepotError):
    """It was answered, taken back, or nobody answered in time."""

    code = "asked_over"
    template = N_("This is not asked for any more. Ask anew if it is still to be done.")


class SamePerson(DepotError):
    code = "same_person"
    template = N_("This takes two people: another coordinator has to look at it.")


class OnlyAsker(DepotError):
    code = "only_asker"
    template = N_("Only whoever asked for this takes it back. You can say no to it.")


class TiedToAsker(DepotError):
    """Two accounts, and perhaps one person."""

    code = "tied_to_asker"
    template = N_(
        "You coordinate by the decision of %(name)s, or came in by a link to a new password, less"
        " than %(days)s days ago. Somebody else has to agree."
    )


class AskerGone(DepotError):
    code = "asker_gone"
    template = N_("%(name)s, who asked for this, may not do it any more.")


class OtherGoods(DepotError):
    """What was to be written off moved on since it was asked for."""

    code = "other_goods"
    template = N_(
        "It is not as it was when this was asked for. %(item)s: %(then)s was to be written off, and"
        " %(now)s of it is there now."
    )


class OtherThanAsked(DepotError):
    code = "other_than_asked"
    template = N_(
        "It is not as it was when this was asked for, on %(asked)s. Ask anew, so that both of you"
        " see what is done."
    )
