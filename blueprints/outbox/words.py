"""What the outbox's script says: in the bar, in the dark strip, on the list of what waits."""

from __future__ import annotations

from functools import lru_cache

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from blueprints.words.script_words import Spoken, counted


def spoken() -> dict[str, Spoken]:
    """Return every sentence by name, in the reader's language."""
    return _in(str(get_locale()))


@lru_cache(maxsize=16)
def _in(_locale: str) -> dict[str, Spoken]:
    return _bar() | _strip() | _list() | _whose() | _mending()


def _bar() -> dict[str, Spoken]:
    return {
        "all_saved": _("all saved"),
        "saved": counted(lambda n: ngettext("{n} saved", "all {n} saved", n)),
        "saving": _("saving…"),
        "typing": _("not saved yet"),
        "offline": _("no connection: all is kept"),
        "waiting": counted(
            lambda n: ngettext(
                "{n} waiting: keep this page open", "{n} waiting: keep this page open", n
            )
        ),
        "waiting_short": counted(lambda n: ngettext("{n} waiting", "{n} waiting", n)),
        "sign_in": counted(
            lambda n: ngettext("{n} waiting: sign in to send", "{n} waiting: sign in to send", n)
        ),
        "needs": counted(lambda n: ngettext("{n} needs you", "{n} need you", n)),
    }


def _strip() -> dict[str, Spoken]:
    return {
        "kept": _("Kept here: {what}. It is sent when there is a connection."),
        "cannot_keep": _("This could not be kept. Write it down, then try again."),
        "needs_you": _("Not saved: {why}"),
        "see_why": _("See why"),
        "undo": _("Undo"),
        "undo_of": _("Undo: {what}"),
        "what_how": _("{what}: {how}"),
        "not_saved": _("Not saved yet"),
        "look_below": _("Please look at what is marked below. What you typed is still here."),
        "did_you_mean": _("Did you mean {code}?"),
        "plain_http": _(
            "This address begins with http://. Pages do not open here without a connection, so"
            " keep this one open; what you do is kept and sent all the same."
        ),
        "understood": _("All right"),
    }


def _list() -> dict[str, Spoken]:
    return {
        "needs_title": counted(lambda n: ngettext("{n} needs you", "{n} need you", n)),
        "waits_title": counted(
            lambda n: ngettext("{n} waits for a connection", "{n} wait for a connection", n)
        ),
        "dropped_title": _("Dropped, not sent"),
        "by_when": _("{name} · {when}"),
        "just_now": _("just now"),
        "minutes_ago": counted(lambda n: ngettext("{n} min ago", "{n} min ago", n)),
        "hours_ago": counted(lambda n: ngettext("{n} hour ago", "{n} hours ago", n)),
        "no_reason": _("The depot did not take it and did not say why."),
        "nothing_waits": _("Nothing waits on this device: all is in the book."),
        "send_now": _("Send now"),
        "save_file": _("Save what waits as a file"),
        "save_file_hint": _(
            "For a device that finds no connection any more: a coordinator can load the file."
            " Nothing counts twice, also if this device sends it later."
        ),
        "sign_in_title": _("Sign in, then it is sent."),
        "sign_in_button": _("Sign in"),
        "clear": _("Clear this list"),
    }


def _whose() -> dict[str, Spoken]:
    return {
        "whose": counted(
            lambda n: ngettext(
                "{n} thing here was done by {name}, and somebody else is signed in.",
                "{n} things here were done by {name}, and somebody else is signed in.",
                n,
            )
        ),
        "of_depot": counted(
            lambda n: ngettext(
                "{n} thing here was done in another depot. Go to {depot} on your account page,"
                " then it is sent.",
                "{n} things here were done in another depot. Go to {depot} on your account page,"
                " then they are sent.",
                n,
            )
        ),
        "send_as": _("Send as {name}; the entry says that {other} did it"),
        "signs_in": _("{name} signs in"),
        "account": _("Your account"),
    }


def _mending() -> dict[str, Spoken]:
    return {
        "mend": _("Open and mend"),
        "send_again": _("Send again"),
        "send_again_of": _("Send again: {what}"),
        "drop": _("Drop"),
        "drop_of": _("Drop: {what}"),
        "really_drop": _("It is never sent then. Sure?"),
        "drop_it": _("Drop it"),
        "leave_it": _("Leave it"),
        "field": _("Set it right"),
        "field_to": _("Where to"),
        "field_location": _("Where it stands"),
        "field_crate_code": _("Code of the crate"),
        "field_code": _("Code"),
        "field_place": _("Place or crate"),
        "field_source": _("Where from"),
        "field_households": _("Households"),
        "field_new_households": _("New households"),
    }
