"""The wheel carries all it needs: unpacked elsewhere, it serves its pages and styles."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import hatch_build
from hatch_build import BrowserBuild
from tests.guards.sources import ROOT

#: Run from another folder, with the wheel first on the path.
SMOKE = """
import sys, pathlib, depot, labels, blueprints
home = pathlib.Path(sys.argv[1])
for package in (depot, labels, blueprints):
    assert home in pathlib.Path(package.__file__).parents, package.__file__
from depot.app import create_app
from depot.cli.serve import prepare_database
from depot.config import Config
data = home / "data"
data.mkdir()
url = f"sqlite:///{data / 'depot.sqlite3'}"
app = create_app(Config(data, url, "http://127.0.0.1:8000", "not-a-secret-in-a-test"))
with app.app_context():
    prepare_database()
http = app.test_client()
page = http.get("/sign-in")
assert page.status_code == 200 and b"Sign in" in page.data
assert http.get("/static/look.css").status_code == 200
assert http.get("/static/app.js").status_code == 200
from blueprints.browser.bundles import bundle_url
assert b"Scan" in http.get("/guides/scan").data
assert http.get("/guides/pictures/scan.png").status_code == 200
for name in ("scan", "decoder", "reader.wasm"):
    assert http.get(bundle_url(name), headers={"Accept-Encoding": "br"}).status_code == 200, name
"""


DIST = "blueprints/browser/dist/"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_what_was_built_for_the_browser(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
        built: dict[str, str | list[str]] = json.loads(packed.read(f"{DIST}manifest.json"))
    files = [found for found in built.values() if isinstance(found, str)]
    files += [name for found in built.values() if isinstance(found, list) for name in found]
    assert {"scan", "decoder", "reader.wasm"} <= set(built)
    for name in files:
        assert {f"{DIST}{name}", f"{DIST}{name}.br", f"{DIST}{name}.gz"} <= names
    assert not [name for name in names if name.endswith(".map") or "node_modules" in name]


def test_a_build_with_everything_in_place_asks_for_no_node() -> None:
    hook = BrowserBuild.__new__(BrowserBuild)  # it needs nothing of what hatchling hands it
    assert [name for name in hook.dependencies() if "node" in name] == []


def test_a_changed_source_asks_for_a_build(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "scan").mkdir()
    changed = tmp_path / "scan" / "page.ts"
    changed.write_text("export {};")
    monkeypatch.setattr(hatch_build, "SOURCES", tmp_path)
    monkeypatch.setattr(hatch_build, "ROOT", tmp_path.parent)
    monkeypatch.setattr(hatch_build, "SLICE", tmp_path)
    monkeypatch.setattr(hatch_build, "PACKAGES", ())
    (tmp_path / "build.mjs").touch()
    before = hatch_build.stamp()
    changed.write_text("export {}; // and more")
    assert hatch_build.stamp() != before


@pytest.mark.parametrize("folder", [".", "tests/eyes/lighthouse"])
def test_a_lock_file_names_no_server_and_pins_every_package(folder: str) -> None:
    """A lock file with addresses would work with one registry only."""
    packages = json.loads((ROOT / folder / "package-lock.json").read_text())["packages"]
    pinned = [found for path, found in packages.items() if path]
    assert pinned
    assert not [found for found in pinned if "resolved" in found]
    assert all(found["integrity"].startswith("sha512-") for found in pinned)


def test_the_wheel_serves_from_another_folder(wheel: Path, tmp_path: Path) -> None:
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
