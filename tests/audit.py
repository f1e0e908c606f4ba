"""What comes with the program: known holes and licences of every pinned package: `make audit`.

The holes are asked of the public database of advisories, by pip-audit, so this needs a connection.
Licences are read from what is installed; each must be one that ours can be given along with.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
#: What comes with the program, pinned.
LOCK: Final = ROOT / "requirements.txt"
_PINNED: Final = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
#: Words of licences that ask for nothing but their text and a name; each has its own spellings.
PERMISSIVE: Final = (
    *("MIT", "BSD", "Apache", "ISC", "Python Software Foundation", "PSF", "Unlicense", "Zlib"),
    *("MPL-2.0", "Mozilla Public License 2.0", "HPND", "CC0", "0BSD"),
)
#: Packages that give no licence a program could read, and where a person read it.
READ_BY_HAND: Final = {
    "fpdf2": "LGPL-3.0: used as a library, unchanged, and replaceable by who installs it",
}


def pinned(lock: str) -> list[str]:
    """Return the names of the packages that a lock file pins."""
    return sorted({name.lower() for name in _PINNED.findall(lock)})


def licence_of(found: Distribution) -> str:
    """Return what a package says of its licence: the expression, the classifiers, or the text."""
    about = found.metadata
    classified = [
        line.rpartition(" :: ")[2]
        for line in about.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    told = [*about.get_all("License-Expression", []), "; ".join(classified)]
    said = [*told, *about.get_all("License", [])]
    return " ".join(next(filter(None, said), "").split())[:80]


def is_permissive(licence: str) -> bool:
    """Say whether a licence is one of those that our own can be given along with."""
    return any(word.lower() in licence.lower() for word in PERMISSIVE)


def in_question(names: Iterable[str]) -> list[str]:
    """Return the packages whose licence somebody has to read."""
    found = []
    for name in names:
        try:
            licence = licence_of(distribution(name))
        except PackageNotFoundError:
            continue  # for another machine than this one
        if not is_permissive(licence) and name not in READ_BY_HAND:
            found.append(f"{name}: {licence or 'no licence named'}")
    return found


def main() -> int:
    """Print what is wrong; return 0 if nothing is."""
    unread = in_question(pinned(LOCK.read_text()))
    for line in unread:
        sys.stdout.write(f"licence to be read: {line}\n")
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "--progress-spinner=off",
        "--disable-pip",
        "--strict",
    ]
    known = subprocess.run([*command, "-r", str(LOCK)], check=False)
    return 1 if unread or known.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
