"""What a named error says: our words in the reader's language, people's words as written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from blueprints.frame.errors import message_of
from depot.app import create_app
from depot.base.errors import Invalid, NotFound
from depot.words.languages import Languages
from tests.conftest import config_for
from tests.translations import Sentence, translated


def test_a_name_is_no_sentence_of_ours(tmp_path: Path) -> None:
    words: dict[Sentence, Sentence] = {
        "There is no %(what)s “%(name)s” here.": "%(what)s „%(name)s“ gibt es hier nicht.",
        "form": "Formular",
        "Bread": "Brot",
        "Somebody may have renamed it: look at the list once more.": "Sieh in die Liste.",
        "That day is not in the calendar.": "Diesen Tag gibt es nicht.",
    }
    folder = translated(tmp_path / "words", "de", words)
    config = config_for(tmp_path, f"sqlite:///{tmp_path / 'depot.sqlite3'}")
    app = create_app(replace(config, languages=Languages((folder,), usual="de")))
    with app.test_request_context():
        told = message_of(NotFound(what="form", name="Bread"))
        assert told == "Formular „Bread“ gibt es hier nicht. Sieh in die Liste."
        problem = Invalid(problem="That day is not in the calendar.")
        assert message_of(problem) == "Diesen Tag gibt es nicht."
