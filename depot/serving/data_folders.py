"""Where the program's own data files are: in a wheel, in an editable install, in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def data_dir(name: str, probe: str) -> Path:
    """Return the folder `name` that holds the file `probe`.

    In a wheel it lies inside this package, in a checkout beside it. Raises RuntimeError if it is
    in neither place.
    """
    for candidate in (_PACKAGE / name, _PACKAGE.parent / name):
        if (candidate / probe).is_file():
            return candidate
    raise RuntimeError(f"data folder {name!r} not found beside {_PACKAGE}")
