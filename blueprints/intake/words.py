"""What the donation page's script says: whole sentences, {names} where it fills something in."""

from __future__ import annotations

from blueprints.browser.sentences import ScriptText, plural_forms
from depot.words import figures
from depot.words.reader import Reader


def donation_texts(reader: Reader) -> dict[str, ScriptText]:
    """Return every sentence by name, in the reader's language."""
    unit = figures.unit_sign(reader.weight_unit, reader)
    return {
        "from": reader.gettext("From {who}"),
        "from_lines": plural_forms(
            lambda n: reader.ngettext(
                "{who} · {n} line, {weight} %(unit)s",
                "{who} · {n} lines, {weight} %(unit)s",
                n,
                unit=unit,
            ),
            reader,
        ),
        "others": reader.gettext("Other kinds"),
        "save": reader.gettext("Save {weight} %(unit)s", unit=unit),
        "net": reader.gettext("Without the boxes: {weight} %(unit)s", unit=unit),
        "less": reader.gettext("less {count} × {box}, {weight} %(unit)s", unit=unit),
        "added": reader.gettext("{what} is a line now. What comes next?"),
        "ask_what": reader.gettext("What is it?"),
        "ask_weight": reader.gettext("How much does it weigh?"),
        "drop": reader.gettext("Take off: {what}"),
        "weight_of": reader.gettext("How much {what}"),
    }
