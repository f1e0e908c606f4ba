"""The committed client for programs, as a module: `docs/` is no package of ours."""

from __future__ import annotations

import importlib.util
import sys
from typing import TYPE_CHECKING, Final

from tests.guards.sources import ROOT

CLIENT: Final = ROOT / "docs" / "depot_client.py"

if TYPE_CHECKING:
    import depot_client as depot_client
else:
    _spec = importlib.util.spec_from_file_location("depot_client", CLIENT)
    depot_client = importlib.util.module_from_spec(_spec)
    sys.modules["depot_client"] = depot_client
    _spec.loader.exec_module(depot_client)
