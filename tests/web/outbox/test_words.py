"""What the outbox's script says: the names it asks for, and sentences that translators have."""

from __future__ import annotations

from babel.messages.pofile import read_po

from blueprints.outbox.words import outbox_texts
from depot.words.reader import Reader
from tests.guards.sources import ROOT

SCRIPTS = ROOT / "blueprints" / "browser" / "src"
TEXTS = outbox_texts(Reader("en"))


def test_every_sentence_is_one_that_is_translated() -> None:
    with (ROOT / "depot" / "translations" / "messages.pot").open("rb") as opened:
        messages = read_po(opened)
    known = {
        one
        for message in messages
        for one in ([message.id] if isinstance(message.id, str) else message.id)
    }
    said = {
        one
        for text in TEXTS.values()
        for one in ([text] if isinstance(text, str) else text.values())
    }
    assert said
    assert said <= known


def test_every_sentence_is_asked_for_by_a_script() -> None:
    scripts = "\n".join(path.read_text() for path in sorted(SCRIPTS.rglob("*.ts")))
    built = tuple(name for name in TEXTS if name.startswith("field_"))
    unasked = [name for name in TEXTS if f'"{name}"' not in scripts and name not in built]
    assert unasked == []


def test_a_number_has_each_plural_form_of_its_language() -> None:
    for language, forms in (("en", {"one", "other"}), ("pl", {"one", "few", "many"})):
        for name, text in outbox_texts(Reader(language)).items():
            if not isinstance(text, str):
                assert forms <= set(text), (language, name)
