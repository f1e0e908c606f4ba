"""What walks over all addresses send about safety."""

from __future__ import annotations

from typing import Any, Final

#: What is sent to each address about temperatures.
TEMPERATURES: Final[dict[str, dict[str, Any]]] = {
    "temperatures.record": {"degrees": "4", "sign": "above"},
    "temperatures.save_rule": {"kind": "fridge", "highest": "5"},
    "temperatures.strike": {"reason": "Wrong fridge"},
    "temperatures_api.record": {"celsius": 4},
    "temperatures_api.strike_out": {"reason": "Wrong fridge"},
}
