"""Everything that can be wrong and answered, each by name and with its numbers.

An error knows a stable `code`, an English `template` (translated at the edge) and the `params`
that fill it. Which HTTP status belongs to it is the edge's business (`blueprints/frame/web.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from depot.base.text import N_

#: The parameters that are words of ours, to be translated; all others are people's words, codes
#: and numbers.
SENTENCES: Final = frozenset({"problem", "reason", "what"})


class DepotError(Exception):
    """The root of all named errors.

    `field` names the input it belongs to, if it belongs to one.
    """

    code: ClassVar[str] = "error"
    template: ClassVar[str] = N_("Something is wrong.")

    def __init__(self, field: str | None = None, **params: object) -> None:
        self.field = field
        self.params = params
        super().__init__(self.template % params if params else self.template)


class ConfigError(DepotError):
    code = "config"
    template = N_("%(problem)s")


class DatabaseUserUnknown(ConfigError):
    template = N_("The database server knows nobody called %(user)s: make the user there first.")


class DatabaseUserTooStrong(ConfigError):
    """A right that would have to be taken away stands above those that are given."""

    template = N_(
        "%(user)s owns the tables or may make users, so that nothing can be kept from them: name"
        " another user to serve with."
    )


class DatabaseUserKeepsRights(ConfigError):
    template = N_(
        "%(user)s may still change %(tables)s, by a right that everybody has or that comes with a"
        " group: take it away there. Nothing was changed."
    )


class BackupRefused(ConfigError):
    """A file that cannot be brought back; nothing was touched."""

    template = N_("%(file)s is not a backup of Depot.")


class BackupUnsound(BackupRefused):
    template = N_("%(file)s is not a sound backup of Depot: %(found)s.")


class BackupUnproved(BackupRefused):
    template = N_("The ledger in %(file)s does not add up: %(found)s")


class BackupWithoutDepot(BackupRefused):
    template = N_("%(file)s holds no depot.")


class BackupNewer(BackupRefused):
    template = N_("%(file)s was made by a newer Depot than this one.")


class BackupOfServer(BackupRefused):
    template = N_(
        "%(file)s was made by pg_dump. Bring it into an empty database with pg_restore, and name"
        " that with DEPOT_DATABASE_URL."
    )


class BackupSpoiled(BackupRefused):
    template = N_("%(place)s gave back %(file)s other than it was. Nothing older was removed.")


class NoRoom(ConfigError):
    template = N_("There is not enough room in %(folder)s: %(needed)s bytes are needed.")


class CertificateProblem(DepotError):
    code = "certificate"
    template = N_("%(problem)s")


class NotFound(DepotError):
    code = "not_found"
    template = N_("There is no %(what)s “%(name)s” here.")


class Invalid(DepotError):
    """A value that cannot be taken; `problem` is one translated-able sentence."""

    code = "invalid"
    template = N_("%(problem)s")


class MixedAlphabets(Invalid):
    """A word that looks like another one, because letters of two alphabets are in it."""

    code = "mixed_alphabets"
    template = N_(
        "“%(word)s” mixes two alphabets: its “%(letter)s” only looks like “%(twin)s”."
        " Write it in one."
    )


class UnknownPlaceholder(Invalid):
    template = N_("Nothing can be filled in for “{%(name)s}”. What can: %(known)s.")


class Question(DepotError):
    """What may well be right and is asked about once; each question is a class of its own.

    It is never raised by itself: `Work.doubt` collects the questions of a command.
    """

    code = "question"
    template = N_("Is it right?")
    #: What else can be chosen than that it is right as it is; empty: nothing.
    instead: ClassVar[str] = ""


class BeforeFirstDay(Question):
    """What a person writes down happened before there was anything here."""

    code = "before_first_day"
    template = N_("%(day)s is before the first day of this depot, %(first)s. Is it right?")


class InFiledPeriod(Question):
    """What a person writes down belongs to days whose report was filed."""

    code = "in_filed_period"
    template = N_(
        "%(day)s is in a report that was filed already: %(first)s to %(last)s. The report stays as"
        " it is, and this will be listed there as a change after filing. Is the day right?"
    )


class Unconfirmed(DepotError):
    """Somebody is asked before it is saved: the same command with the answers is taken."""

    code = "unconfirmed"
    template = N_("Is it right?")

    def __init__(self, questions: Mapping[str, Question]) -> None:
        #: By the key that confirms it.
        self.questions = dict(questions)
        super().__init__(next(iter(self.questions.values())).field)


class Forbidden(DepotError):
    code = "forbidden"
    template = N_("That needs a coordinator of this depot.")


class CommandIdReused(DepotError):
    code = "command_id_reused"
    template = N_("This form was already saved, with other contents.")


class OtherPerson(DepotError):
    """What a phone kept was done by somebody else than who is signed in."""

    code = "other_person"
    template = N_("%(other)s did this, and %(name)s is signed in.")


class OtherDepot(DepotError):
    """What a phone kept was done in another depot than the one signed in to."""

    code = "other_depot"
    template = N_("This was done in another depot, and you are at %(depot)s now.")


class UnknownItem(DepotError):
    code = "unknown_item"
    template = N_("There is no item called “%(name)s”.")


class UnknownCategory(DepotError):
    code = "unknown_category"
    template = N_("There is no category called “%(name)s”.")


class UnknownLocation(DepotError):
    code = "unknown_location"
    template = N_("There is no place or crate called “%(name)s”.")


class UnknownCrate(DepotError):
    code = "unknown_crate"
    template = N_("No crate of this depot has the code “%(code)s”.")


class CrateRetired(DepotError):
    code = "crate_retired"
    template = N_("Crate %(code)s is retired; its label must not be used again.")


class CrateNotEmpty(DepotError):
    code = "crate_not_empty"
    template = N_("Crate %(code)s still holds %(count)s kinds of goods. Empty it first.")


class CodeInUse(DepotError):
    code = "code_in_use"
    template = N_("%(code)s is or was the label of a crate. Take another one.")


class CrateInItself(DepotError):
    code = "crate_in_itself"
    template = N_("Crate %(code)s cannot stand in itself.")


class PastUseBy(DepotError):
    code = "past_use_by"
    template = N_(
        "%(item)s was to be used by %(date)s. It must not be handed out: take it out as expired."
    )


class OnHold(DepotError):
    code = "on_hold"
    template = N_("%(item)s is on hold and must not be handed out.")


class HeldBack(OnHold):
    template = N_("%(item)s is on hold and must not be handed out: %(why)s")


class HoldLifted(DepotError):
    code = "hold_lifted"
    template = N_("This hold was lifted already.")


class InsufficientStock(DepotError):
    code = "insufficient_stock"
    template = N_("Only %(available)s of %(item)s are here, %(wanted)s are wanted.")


class TareTooHeavy(DepotError):
    code = "tare_too_heavy"
    template = N_("The boxes alone weigh %(tare_grams)s, and all of it together %(gross_grams)s.")


class AlreadyReversed(DepotError):
    code = "already_reversed"
    template = N_("Entry %(seq)s was already undone, by entry %(by)s.")


class NotReversible(DepotError):
    code = "not_reversible"
    template = N_("Entry %(seq)s cannot be undone: %(reason)s")


class EventState(DepotError):
    code = "event_state"
    template = N_("“%(name)s” is already closed.")


class CountSheetClosed(DepotError):
    """A count sheet that is posted or called off takes no more numbers."""

    code = "count_sheet_closed"
    template = N_("The count of %(place)s is closed. Nothing more can be written on its sheet.")


class CountSheetOpen(DepotError):
    code = "count_sheet_open"
    template = N_("The count of %(place)s is not posted.")


class CountChanged(DepotError):
    """Numbers were written after the differences were looked at."""

    code = "count_changed"
    template = N_("Somebody wrote numbers since you looked. Look at the differences once more.")


class CountersDisagree(DepotError):
    code = "counters_disagree"
    template = N_("Lines on which the two counters differ: %(count)s. Say which number is right.")


class SameCounter(DepotError):
    """The second count is somebody else's: who knows a number finds it again."""

    code = "same_counter"
    template = N_("You counted %(place)s already. The second time, somebody else counts.")


class ImportUndone(DepotError):
    code = "import_undone"
    template = N_("This import was undone already.")


class DropOffSettled(DepotError):
    code = "drop_off_settled"
    template = N_("What “%(donor)s” announced was settled already.")


class TooManyDropOffs(DepotError):
    code = "too_many_drop_offs"
    template = N_("%(count)s deliveries are announced already. Ask the depot, please.")


class NameTaken(DepotError):
    code = "name_taken"
    template = N_("There is already one called “%(name)s”.")


class NameAlike(NameTaken):
    """A name that nobody can tell from a known one, for its letters only look like those."""

    template = N_("“%(name)s” looks like “%(known)s”, in other letters. Give it another name.")


class UnknownCode(DepotError):
    """A product code that nobody has taught, on a line that names no item."""

    code = "unknown_code"
    template = N_("Nobody has said yet what %(code)s is. Write the item: then it is known.")


class CodeTaken(DepotError):
    """A product code stands for another item already."""

    code = "code_taken"
    template = N_(
        "%(shown)s stands for “%(item)s” here. Say so if it stands for “%(other)s” from now on."
    )


class SignInFailed(DepotError):
    code = "sign_in_failed"
    template = N_("That name and password do not go together.")


class TooManyTries(DepotError):
    """Somebody was wrong too often at a door; `seconds` is how long it stays shut for them."""

    code = "too_many_tries"
    template = N_("Too many tries. Wait some minutes, then try again.")


class WrongCode(DepotError):
    """A code of the second step that does not count, or not any more."""

    code = "wrong_code"
    template = N_("That code does not count. Take the one that is shown now.")


class LinkExpired(DepotError):
    code = "link_expired"
    template = N_("This link was used already or has expired. Ask for a new one.")


class LedgerBroken(DepotError):
    """A rule of the ledger would be violated: a bug, never a user's mistake."""

    code = "ledger_broken"
    template = N_("The ledger refused an entry: %(problem)s")


class DoesNotReconcile(DepotError):
    code = "does_not_reconcile"
    template = N_("The report does not add up for: %(items)s. Run “depot verify”.")


class StorageUnavailable(DepotError):
    code = "storage_unavailable"
    template = N_("The database cannot be written to just now (%(reason)s). Nothing was saved.")


class StorageDamaged(DepotError):
    """Pages of the database are not what was written; only a backup helps."""

    code = "storage_damaged"
    template = N_(
        "The database is damaged. Nothing was saved. Whoever runs this depot: stop it and bring"
        " back the last good backup with “depot restore”."
    )
