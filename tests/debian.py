"""Programs from Debian's packages, unpacked beside for who is not allowed to install them."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

_SECONDS = 60


@dataclass(frozen=True)
class Program:
    """A program, and what its environment must have so that it finds its libraries."""

    path: Path
    environment: dict[str, str]


def fetched_program(name: str, folder: Path, *packages: str) -> Program:
    """Return an installed program, else one out of Debian's packages, fetched once and kept.

    A fetched one is copied into `folder`, where whoever is to run it can read it. Skips the test,
    under CI too, where neither is to be had: no package list, no connection, not a Debian.
    """
    installed = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    if installed:
        return Program(Path(installed), {})
    kept = _cache() / "-".join((*packages, platform.machine()))
    if not kept.exists():
        _unpack(kept, packages)
    root = shutil.copytree(kept, folder / name, symlinks=True)
    found = next((path for path in root.rglob(name) if path.parent.name in ("bin", "sbin")), None)
    if found is None:
        pytest.skip(f"{name} is in none of Debian's packages {', '.join(packages)}")
    libraries = {str(path.parent) for path in root.rglob("*.so.*")}
    return Program(found, {"LD_LIBRARY_PATH": ":".join(sorted(libraries))})


def _cache() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "depot-tests"


def _unpack(root: Path, packages: tuple[str, ...]) -> None:
    """Fetch packages with apt and unpack them without installing; whole or not at all."""
    root.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root.parent) as scratch:
        folder = Path(scratch)
        _run(["apt-get", "-qq", "download", *packages], folder, packages)
        whole = folder / "whole"
        for archive in sorted(folder.glob("*.deb")):
            _run(["dpkg-deb", "-x", str(archive), str(whole)], folder, packages)
        if not root.exists():
            whole.rename(root)


def _run(words: list[str], folder: Path, packages: tuple[str, ...]) -> None:
    try:
        done = subprocess.run(
            words, cwd=folder, check=False, capture_output=True, text=True, timeout=_SECONDS
        )
        said = done.stderr.strip().splitlines()[-1:] if done.returncode else None
    except (OSError, subprocess.TimeoutExpired) as error:
        said = [str(error)]
    if said is not None:
        pytest.skip(f"Debian: {' '.join(packages)} cannot be fetched: {' '.join(said)}")
