"""Labels of crates and pallets that nothing is in yet, and whether a phone can open an address."""

from __future__ import annotations

from typing import Final

from labels.sheets.layout import CrateLabel
from labels.symbols.codes import code_url

#: Hosts that a phone cannot open, so that labels with them are waste.
_THIS_MACHINE: Final = ("//127.", "//localhost", "//[::1]")


def is_this_machine(address: str) -> bool:
    """Say whether the address is of use on this machine alone, so that phones cannot open it."""
    return any(host in address for host in _THIS_MACHINE)


def blank_label(
    code: str, depot_name: str, address: str, kind: type[CrateLabel] = CrateLabel
) -> CrateLabel:
    """Return the label of a blank crate, or pallet, of the depot that is found at `address`."""
    return kind(code=code, url=code_url(address, code), depot=depot_name)
