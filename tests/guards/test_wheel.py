"""The wheel carries all it needs: unpacked elsewhere, it serves its pages and styles."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.guards.sources import ROOT

#: Run from another folder, with the wheel first on the path.
SMOKE = """
import sys, pathlib, depot, labels, blueprints
home = pathlib.Path(sys.argv[1])
for package in (depot, labels, blueprints):
    assert home in pathlib.Path(package.__file__).parents, package.__file__
from depot.app import create_app
from depot.cli import prepare
from depot.config import Config
data = home / "data"
data.mkdir()
url = f"sqlite:///{data / 'depot.sqlite3'}"
app = create_app(Config(data, url, "http://127.0.0.1:8000", "not-a-secret-in-a-test"))
with app.app_context():
    prepare()
http = app.test_client()
page = http.get("/sign-in")
assert page.status_code == 200 and b"Sign in" in page.data
assert http.get("/static/look.css").status_code == 200
assert http.get("/static/app.js").status_code == 200
"""


def test_the_wheel_serves_from_another_folder(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    wheel = next(tmp_path.glob("*.whl"))
    home = tmp_path / "unpacked"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(home)
    done = subprocess.run(
        [sys.executable, "-c", SMOKE, str(home)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
