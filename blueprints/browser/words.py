"""What the scan page's script says: whole sentences, with {names} where it fills something in."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.words.script_words import Spoken, counted


def spoken() -> dict[str, Spoken]:
    """Return every sentence by name, in the reader's language."""
    return _acts() | _states() | _answers() | _camera() | _collecting() | _roll_call()


def _acts() -> dict[str, Spoken]:
    return {
        "each": _("Each crate you scan"),
        "look": _("is shown"),
        "move": _("moves to {to}"),
        "move_next": _("moves to what you scan first"),
        "issue": _("is handed out: {event}"),
        "collect": _("goes into the basket"),
        "call": _("is ticked off: {place}"),
        "moved": _("{code} → {to}"),
        "issued": _("{code} handed out"),
        "taken": _("{code} taken out"),
        "kept_unknown": _("{text} kept"),
        "now": _("Now each crate {does}"),
        "change": _("Change"),
        "look_again": _("Only look"),
    }


def _states() -> dict[str, Spoken]:
    return {
        "waiting": _("waiting"),
        "saved": _("saved"),
        "refused": _("needs you"),
        "undoing": _("undo is waiting"),
        "undone": _("undone"),
        "undo": _("Undo"),
        "undo_all": _("Undo all"),
        "undo_of": _("Undo {what}"),
        "see_why": _("See why"),
        "at": _("{time} · {state}"),
    }


def _answers() -> dict[str, Spoken]:
    return {
        "already": _("{code}: already done"),
        "already_line": _("You did this with it at {time}."),
        "again": _("Do it again"),
        "was_at": _("Was at {place}, says the list on this phone."),
        "list_says_empty": _(
            "The list on this phone says this crate is empty. It counts all the same."
        ),
        "list_says_blank": _("A new label: nothing is known of this crate yet."),
        "fill": _("Fill this crate"),
        "open": _("Open"),
        "itself": _("{code} is the crate you put others on"),
        "onto": _("Put crates on it"),
        "looking": _("Looking…"),
        "no_answer": _("No connection, and the list on this phone does not know it."),
        "offline_known": _("No connection: this is from the list on this phone."),
        "unknown_kept": _("It is kept, and a coordinator will be asked."),
        "unknown_ask": _("Ask a coordinator"),
        "use_label": _("Use as a new crate"),
        "not_ours": _("This is no code of ours: {text}"),
        "gone_place": _("This place is not in use here."),
        "gone_event": _("This hand-out is not on, or is over."),
        "donate": _("Log a donation"),
        "not_saved": _("Not saved: {why}"),
        "cannot_keep": _("This could not be kept. Write it down: {what}"),
        "look_at_photo": _("Reading the photo…"),
        "photo_none": _("No code found in the photo. Go closer, hold still, and avoid the glare."),
        "photo_failed": _("The photo could not be read here: {why}"),
        "photo_offline": _(
            "A photo is read by the depot, and there is no connection. Type the code."
        ),
        "photo_found": counted(
            lambda n: ngettext("{n} code found: tap one", "{n} codes found: tap one", n)
        ),
    }


def _camera() -> dict[str, Spoken]:
    return {
        "camera_none": _("No camera was found on this device."),
        "camera_denied": _(
            "The camera is not allowed for this page. Allow it in the browser's settings"
            " for this site, then try again."
        ),
        "camera_busy": _("Another program or tab is using the camera. Close it, then try again."),
        "camera_failed": _("The camera could not be started: {why}"),
        "camera_lost": _("The camera was taken away. Start it again."),
        "decoder_failed": _("The reader of codes could not be loaded. Check the connection."),
        "camera_insecure": _(
            "Browsers give no camera to an address that begins with http://."
            " Take a photo, type the code, or use a hand scanner."
        ),
        "camera_number": _("Camera {n}"),
        "sound_on": _("Sound is on"),
        "sound_off": _("Sound is off"),
        "camera_ready": _("The camera is on. Hold a label in the frame."),
    }


def _collecting() -> dict[str, Spoken]:
    return {
        "collected": _("{code} in the basket"),
        "collected_already": _("{code} is in the basket already"),
        "basket": counted(
            lambda n: ngettext("{n} crate in the basket", "{n} crates in the basket", n)
        ),
        "basket_move": _("Move all to {to}"),
        "basket_issue": _("Hand out all at {event}"),
        "basket_done_move": counted(lambda n: ngettext("{n} crate → {to}", "{n} crates → {to}", n)),
        "basket_done_issue": counted(
            lambda n: ngettext("{n} crate handed out: {event}", "{n} crates handed out: {event}", n)
        ),
        "basket_done_out": counted(
            lambda n: ngettext("{n} crate taken out", "{n} crates taken out", n)
        ),
        "take_off": _("Remove"),
        "take_off_of": _("Remove {code} from the basket"),
    }


def _roll_call() -> dict[str, Spoken]:
    return {
        "called": _("{code} is here"),
        "called_already": _("{code} is ticked off already"),
        "called_count": counted(
            lambda n: ngettext("{n} crate ticked off", "{n} crates ticked off", n)
        ),
        "missing": counted(lambda n: ngettext("{n} crate not found", "{n} crates not found", n)),
        "misplaced": counted(
            lambda n: ngettext(
                "{n} crate that should be elsewhere", "{n} crates that should be elsewhere", n
            )
        ),
        "unexpected": counted(lambda n: ngettext("{n} unexpected", "{n} unexpected", n)),
        "blank": counted(lambda n: ngettext("{n} new label", "{n} new labels", n)),
        "unknown_codes": counted(lambda n: ngettext("{n} unknown code", "{n} unknown codes", n)),
        "all_here": _("All is here, and nothing else."),
        "move_here": _("Move here"),
        "look_later": _("Look for it later"),
        "book_has_at": _("The book has it at {place}."),
        "not_here": _("{code} is not here after all"),
        "call_missing": _("{code} not found: {place}"),
        "call_misplaced": _("{code} → {place}"),
        "call_unexpected": _("{code} → {place}"),
        "call_blank": _("{code} → {place}"),
        "call_unknown": _("{code} taken into use: {place}"),
        "call_no_crates": _("{code} kept: {place}"),
        "compare_offline": _(
            "No connection: compared with the list of {time} on this phone. Compare again later."
        ),
        "compare_failed": _("The book could not be asked. Try again when there is a connection."),
        "set_right": _("set right"),
    }
