"""What the outbox's script says: in the bar, in the dark strip, on the list of what waits."""

from __future__ import annotations

from typing import Final

from blueprints.browser.sentences import ScriptText, kept_by_language, plural_forms
from depot.words.reader import Reader


def outbox_texts(reader: Reader) -> dict[str, ScriptText]:
    """Return every sentence by name, in the reader's language."""
    return _bar(reader) | _strip(reader) | _list(reader) | _whose(reader) | _mending(reader)


def _bar(reader: Reader) -> dict[str, ScriptText]:
    return {
        "all_saved": reader.gettext("all saved"),
        "saved": plural_forms(lambda n: reader.ngettext("{n} saved", "all {n} saved", n), reader),
        "saving": reader.gettext("saving…"),
        "typing": reader.gettext("not saved yet"),
        "offline": reader.gettext("no connection: all is kept"),
        "waiting": plural_forms(
            lambda n: reader.ngettext(
                "{n} waiting: keep this page open", "{n} waiting: keep this page open", n
            ),
            reader,
        ),
        "waiting_short": plural_forms(
            lambda n: reader.ngettext("{n} waiting", "{n} waiting", n), reader
        ),
        "sign_in": plural_forms(
            lambda n: reader.ngettext(
                "{n} waiting: sign in to send", "{n} waiting: sign in to send", n
            ),
            reader,
        ),
        "needs": plural_forms(
            lambda n: reader.ngettext("{n} needs you", "{n} need you", n), reader
        ),
    }


def _strip(reader: Reader) -> dict[str, ScriptText]:
    return {
        "kept": reader.gettext("Kept here: {what}. It is sent when there is a connection."),
        "cannot_keep": reader.gettext("This could not be kept. Write it down, then try again."),
        "needs_you": reader.gettext("Not saved: {why}"),
        "see_why": reader.gettext("See why"),
        "undo": reader.gettext("Undo"),
        "undo_of": reader.gettext("Undo: {what}"),
        "what_how": reader.gettext("{what}: {how}"),
        "not_saved": reader.gettext("Not saved yet"),
        "is_it_right": reader.gettext("Not saved yet: is it right?"),
        "yes_save": reader.gettext("Yes, save it"),
        "yes_save_of": reader.gettext("Yes, save it: {what}"),
        "if_not": reader.gettext("If not, change it below. What you typed is still here."),
        "look_below": reader.gettext(
            "Please look at what is marked below. What you typed is still here."
        ),
        "did_you_mean": reader.gettext("Did you mean {code}?"),
        "plain_http": reader.gettext(
            "This address begins with http://. Pages do not open here without a connection, so"
            " keep this one open; what you do is kept and sent all the same."
        ),
        "understood": reader.gettext("All right"),
    }


def _list(reader: Reader) -> dict[str, ScriptText]:
    return {
        "needs_title": plural_forms(
            lambda n: reader.ngettext("{n} needs you", "{n} need you", n), reader
        ),
        "waits_title": plural_forms(
            lambda n: reader.ngettext("{n} waits for a connection", "{n} wait for a connection", n),
            reader,
        ),
        "dropped_title": reader.gettext("Dropped, not sent"),
        "by_when": reader.gettext("{name} · {when}"),
        "just_now": reader.gettext("just now"),
        "minutes_ago": plural_forms(
            lambda n: reader.ngettext("{n} min ago", "{n} min ago", n), reader
        ),
        "hours_ago": plural_forms(
            lambda n: reader.ngettext("{n} hour ago", "{n} hours ago", n), reader
        ),
        "urgent": reader.gettext("Saved, and somebody must look now"),
        "no_reason": reader.gettext("The depot did not take it and did not say why."),
        "nothing_waits": reader.gettext("Nothing waits on this device: all is in the book."),
        "send_now": reader.gettext("Send now"),
        "save_file": reader.gettext("Save what waits as a file"),
        "save_file_hint": reader.gettext(
            "For a device that finds no connection any more: a coordinator can load the file."
            " Nothing counts twice, also if this device sends it later."
        ),
        "sign_in_title": reader.gettext("Sign in, then it is sent."),
        "sign_in_button": reader.gettext("Sign in"),
        "clear": reader.gettext("Clear this list"),
    }


def _whose(reader: Reader) -> dict[str, ScriptText]:
    return {
        "whose": plural_forms(
            lambda n: reader.ngettext(
                "{n} thing here was done by {name}, and somebody else is signed in.",
                "{n} things here were done by {name}, and somebody else is signed in.",
                n,
            ),
            reader,
        ),
        "of_depot": plural_forms(
            lambda n: reader.ngettext(
                "{n} thing here was done in another depot. Go to {depot} on your account page,"
                " then it is sent.",
                "{n} things here were done in another depot. Go to {depot} on your account page,"
                " then they are sent.",
                n,
            ),
            reader,
        ),
        "send_as": reader.gettext("Send as {name}; the entry says that {other} did it"),
        "signs_in": reader.gettext("{name} signs in"),
        "account": reader.gettext("Your account"),
    }


def _mending(reader: Reader) -> dict[str, ScriptText]:
    return {
        "mend": reader.gettext("Open and mend"),
        "send_again": reader.gettext("Send again"),
        "send_again_of": reader.gettext("Send again: {what}"),
        "drop": reader.gettext("Drop"),
        "drop_of": reader.gettext("Drop: {what}"),
        "really_drop": reader.gettext("It is never sent then. Sure?"),
        "drop_it": reader.gettext("Drop it"),
        "leave_it": reader.gettext("Leave it"),
        "field": reader.gettext("Set it right"),
        "field_to": reader.gettext("Where to"),
        "field_location": reader.gettext("Where it stands"),
        "field_crate_code": reader.gettext("Code of the crate"),
        "field_code": reader.gettext("Code"),
        "field_place": reader.gettext("Place or crate"),
        "field_source": reader.gettext("Where from"),
        "field_households": reader.gettext("Households"),
        "field_new_households": reader.gettext("New households"),
    }


#: The same as a page has it in an attribute.
OUTBOX_WORDS: Final = kept_by_language(outbox_texts)
