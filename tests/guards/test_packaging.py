"""What `pip install` would put on a machine.

The three top-level names are common words (docs/adr/0002-packaging.md): pip would overwrite another
project's package of the same name without a word, so that nobody else's may be installed here.
"""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests.guards.sources import PACKAGES, ROOT, tracked_files

DISTRIBUTION = "mutual-depot"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as hatchling builds it from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    return Path(next(iter(WheelBuilder(str(ROOT)).build(directory=str(folder)))))


def test_the_wheel_holds_our_three_packages_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    top_level = {name.split("/")[0] for name in names}
    ours = {name for name in top_level if not name.endswith(".dist-info")}
    assert wheel.name.startswith("mutual_depot-")
    assert ours == set(PACKAGES)


def test_the_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    built = set(zipfile.ZipFile(wheel).namelist())
    if not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout, so nobody knows which files are the project's")
    named = {path.relative_to(ROOT).as_posix() for path in tracked_files()}
    wanted = {name for name in named if name.startswith(tuple(f"{top}/" for top in PACKAGES))}
    wanted |= {f"depot/{name}" for name in named if name.startswith("templates/")}
    assert not wanted - built


def test_nobody_else_has_a_package_of_our_names() -> None:
    owners = importlib.metadata.packages_distributions()
    for name in PACKAGES:
        assert set(owners.get(name, [])) <= {DISTRIBUTION}


def test_the_command_is_installed() -> None:
    try:
        installed = importlib.metadata.distribution(DISTRIBUTION)
    except importlib.metadata.PackageNotFoundError:
        pytest.skip(f"{DISTRIBUTION} is not installed here: this is a bare checkout")
    commands = installed.entry_points.select(group="console_scripts")
    assert [(command.name, command.value) for command in commands] == [("depot", "depot.cli:main")]


def test_an_unpacked_wheel_finds_its_own_code_and_templates(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'installed')!r})\n"
        "from depot.config import data_dir\n"
        "print(data_dir('templates', 'base.html'))\n"
    )
    answer = subprocess.run(
        [sys.executable, "-I", "-c", program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.strip() == str(tmp_path / "installed" / "depot" / "templates")


def test_nobody_can_upload_it_by_mistake() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["name"] == DISTRIBUTION
    assert "Private :: Do Not Upload" in project["classifiers"]
