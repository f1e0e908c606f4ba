"""What the scan page's script says: whole sentences, with {names} where it fills something in."""

from __future__ import annotations

from typing import Final

from blueprints.browser.sentences import ScriptText, kept_by_language, plural_forms
from depot.words.reader import Reader


def scanner_texts(reader: Reader) -> dict[str, ScriptText]:
    """Return every sentence by name, in the reader's language."""
    return (
        _acts(reader)
        | _states(reader)
        | _answers(reader)
        | _camera(reader)
        | _collecting(reader)
        | _roll_call(reader)
    )


def _acts(reader: Reader) -> dict[str, ScriptText]:
    return {
        "each": reader.gettext("Each crate you scan"),
        "look": reader.gettext("is shown"),
        "move": reader.gettext("moves to {to}"),
        "move_next": reader.gettext("moves to what you scan first"),
        "issue": reader.gettext("is handed out: {event}"),
        "collect": reader.gettext("goes into the basket"),
        "call": reader.gettext("is ticked off: {place}"),
        "moved": reader.gettext("{code} → {to}"),
        "issued": reader.gettext("{code} handed out"),
        "taken": reader.gettext("{code} taken out"),
        "kept_unknown": reader.gettext("{text} kept"),
        "now": reader.gettext("Now each crate {does}"),
        "change": reader.gettext("Change"),
        "look_again": reader.gettext("Only look"),
        "one_more": reader.gettext("One more"),
    }


def _states(reader: Reader) -> dict[str, ScriptText]:
    return {
        "waiting": reader.gettext("waiting"),
        "saved": reader.gettext("saved"),
        "refused": reader.gettext("needs you"),
        "undoing": reader.gettext("undo is waiting"),
        "undone": reader.gettext("undone"),
        "undo": reader.gettext("Undo"),
        "undo_all": reader.gettext("Undo all"),
        "undo_of": reader.gettext("Undo {what}"),
        "see_why": reader.gettext("See why"),
        "at": reader.gettext("{time} · {state}"),
    }


def _answers(reader: Reader) -> dict[str, ScriptText]:
    return {
        "already": reader.gettext("{code}: already done"),
        "already_line": reader.gettext("You did this with it at {time}."),
        "again": reader.gettext("Do it again"),
        "was_at": reader.gettext("Was at {place}, says the list on this phone."),
        "list_says_empty": reader.gettext(
            "The list on this phone says this crate is empty. It counts all the same."
        ),
        "list_says_blank": reader.gettext("A new label: nothing is known of this crate yet."),
        "fill": reader.gettext("Fill this crate"),
        "open": reader.gettext("Open"),
        "itself": reader.gettext("{code} is the crate you put others on"),
        "onto": reader.gettext("Put crates on it"),
        "looking": reader.gettext("Looking…"),
        "no_answer": reader.gettext("No connection, and the list on this phone does not know it."),
        "list_says_held": reader.gettext("On hold: this must not be handed out."),
        "list_says_past": reader.gettext("Some of it is past its day: look before it goes out."),
        "offline_known": reader.gettext("No connection: this is from the list on this phone."),
        "unknown_kept": reader.gettext("It is kept, and a coordinator will be asked."),
        "unknown_ask": reader.gettext("Ask a coordinator"),
        "use_label": reader.gettext("Use as a new crate"),
        "not_ours": reader.gettext("This is no code of ours: {text}"),
        "gone_place": reader.gettext("This place is not in use here."),
        "gone_event": reader.gettext("This hand-out is not on, or is over."),
        "donate": reader.gettext("Log a donation"),
        "not_saved": reader.gettext("Not saved: {why}"),
        "cannot_keep": reader.gettext("This could not be kept. Write it down: {what}"),
        "look_at_photo": reader.gettext("Reading the photo…"),
        "photo_none": reader.gettext(
            "No code found in the photo. Go closer, hold still, and avoid the glare."
        ),
        "photo_failed": reader.gettext("The photo could not be read here: {why}"),
        "photo_offline": reader.gettext(
            "A photo is read by the depot, and there is no connection. Type the code."
        ),
        "photo_found": plural_forms(
            lambda n: reader.ngettext("{n} code found: tap one", "{n} codes found: tap one", n),
            reader,
        ),
    }


def camera_texts(reader: Reader) -> dict[str, ScriptText]:
    """Return what the camera beside a code field says, by name."""
    return _camera_troubles(reader) | {
        "ready": reader.gettext("Hold the code in the frame."),
        "read": reader.gettext("{code} read."),
        "again": reader.gettext("{code} was read already."),
    }


def _camera(reader: Reader) -> dict[str, ScriptText]:
    return _camera_troubles(reader) | {
        "sound_on": reader.gettext("Sound is on"),
        "sound_off": reader.gettext("Sound is off"),
        "camera_ready": reader.gettext("The camera is on. Hold a label in the frame."),
    }


def _camera_troubles(reader: Reader) -> dict[str, ScriptText]:
    return {
        "camera_none": reader.gettext("No camera was found on this device."),
        "camera_denied": reader.gettext(
            "The camera is not allowed for this page. Allow it in the browser's settings"
            " for this site, then try again."
        ),
        "camera_busy": reader.gettext(
            "Another program or tab is using the camera. Close it, then try again."
        ),
        "camera_failed": reader.gettext("The camera could not be started: {why}"),
        "camera_lost": reader.gettext("The camera was taken away. Start it again."),
        "decoder_failed": reader.gettext(
            "The reader of codes could not be loaded. Check the connection."
        ),
        "camera_insecure": reader.gettext(
            "Browsers give no camera to an address that begins with http://."
            " Take a photo, type the code, or use a hand scanner."
        ),
        "camera_number": reader.gettext("Camera {n}"),
    }


def _collecting(reader: Reader) -> dict[str, ScriptText]:
    return {
        "collected": reader.gettext("{code} in the basket"),
        "collected_already": reader.gettext("{code} is in the basket already"),
        "basket": plural_forms(
            lambda n: reader.ngettext("{n} crate in the basket", "{n} crates in the basket", n),
            reader,
        ),
        "basket_move": reader.gettext("Move all to {to}"),
        "basket_issue": reader.gettext("Hand out all at {event}"),
        "basket_along": plural_forms(
            lambda n: reader.ngettext(
                "With the crate in the basket", "With the {n} crates in the basket", n
            ),
            reader,
        ),
        "basket_done_move": plural_forms(
            lambda n: reader.ngettext("{n} crate → {to}", "{n} crates → {to}", n), reader
        ),
        "basket_done_issue": plural_forms(
            lambda n: reader.ngettext(
                "{n} crate handed out: {event}", "{n} crates handed out: {event}", n
            ),
            reader,
        ),
        "basket_done_out": plural_forms(
            lambda n: reader.ngettext("{n} crate taken out", "{n} crates taken out", n), reader
        ),
        "take_off": reader.gettext("Remove"),
        "tagged": reader.gettext("{code}: {tag}"),
        "basket_done_tag": plural_forms(
            lambda n: reader.ngettext("{n} crate: {tag}", "{n} crates: {tag}", n), reader
        ),
        "take_off_of": reader.gettext("Remove {code} from the basket"),
    }


def _roll_call(reader: Reader) -> dict[str, ScriptText]:
    return {
        "called": reader.gettext("{code} is here"),
        "called_already": reader.gettext("{code} is ticked off already"),
        "called_count": plural_forms(
            lambda n: reader.ngettext("{n} crate ticked off", "{n} crates ticked off", n), reader
        ),
        "missing": plural_forms(
            lambda n: reader.ngettext("{n} crate not found", "{n} crates not found", n), reader
        ),
        "misplaced": plural_forms(
            lambda n: reader.ngettext(
                "{n} crate that should be elsewhere", "{n} crates that should be elsewhere", n
            ),
            reader,
        ),
        "unexpected": plural_forms(
            lambda n: reader.ngettext("{n} unexpected", "{n} unexpected", n), reader
        ),
        "blank": plural_forms(
            lambda n: reader.ngettext("{n} new label", "{n} new labels", n), reader
        ),
        "unknown_codes": plural_forms(
            lambda n: reader.ngettext("{n} unknown code", "{n} unknown codes", n), reader
        ),
        "all_here": reader.gettext("All is here, and nothing else."),
        "move_here": reader.gettext("Move here"),
        "look_later": reader.gettext("Look for it later"),
        "book_has_at": reader.gettext("The book has it at {place}."),
        "not_here": reader.gettext("{code} is not here after all"),
        "call_missing": reader.gettext("{code} not found: {place}"),
        "call_misplaced": reader.gettext("{code} → {place}"),
        "call_unexpected": reader.gettext("{code} → {place}"),
        "call_blank": reader.gettext("{code} → {place}"),
        "call_unknown": reader.gettext("{code} taken into use: {place}"),
        "call_no_crates": reader.gettext("{code} kept: {place}"),
        "compare_offline": reader.gettext(
            "No connection: compared with the list of {time} on this phone. Compare again later."
        ),
        "compare_failed": reader.gettext(
            "The book could not be asked. Try again when there is a connection."
        ),
        "set_right": reader.gettext("set right"),
    }


#: What the two say, as a page has it in an attribute.
SCANNER_WORDS: Final = kept_by_language(scanner_texts)
CAMERA_WORDS: Final = kept_by_language(camera_texts)
