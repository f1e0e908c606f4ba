"""The committed client for programs, as a module (`docs/` is no package), and its example."""

from __future__ import annotations

import importlib.util
import re
import sys
from typing import TYPE_CHECKING, Final

from tests.guards.sources import ROOT

CLIENT: Final = ROOT / "docs" / "depot_client.py"
#: The guide that shows how it is used, and its translations.
GUIDES: Final = sorted((ROOT / "docs" / "user").rglob("for-programs.md"))

if TYPE_CHECKING:
    import depot_client as depot_client
else:
    _spec = importlib.util.spec_from_file_location("depot_client", CLIENT)
    depot_client = importlib.util.module_from_spec(_spec)
    sys.modules["depot_client"] = depot_client
    _spec.loader.exec_module(depot_client)


def guide_example() -> str:
    """Return the program that the guide shows; ValueError unless each language shows the same."""
    found: set[str] = {
        code
        for guide in GUIDES
        for code in re.findall(r"```python\n(.*?)```", guide.read_text("utf-8"), re.DOTALL)
    }
    (example,) = found
    return example
