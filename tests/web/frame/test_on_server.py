"""Every page answers on PostgreSQL too, which takes less of a statement than SQLite does."""

from __future__ import annotations

from pathlib import Path

import pytest

from depot.app import create_app
from tests.clients import Client
from tests.conftest import config_for
from tests.current import db
from tests.upgrades import fill
from tests.web.walks import walk

#: Fewer would mean that the walk was led to too little.
LEAST = 80


@pytest.mark.postgres
def test_every_page_answers_on_a_server(postgres_url: str, tmp_path: Path) -> None:
    config = config_for(tmp_path, postgres_url)
    fill(config)
    app = create_app(config)
    ada = Client.signed_in(app, "ada")
    walked = [path for path, _answer in walk(app, ada.http, most=1)]
    assert len(walked) >= LEAST, walked
    with app.app_context():
        db.engine.dispose()
