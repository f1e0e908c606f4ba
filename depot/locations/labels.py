"""What stands on the label of a place."""

from __future__ import annotations

from depot.locations.tree import Node, PlaceTree
from labels.sheets.large import PlaceLabel
from labels.symbols.addresses import place_url


def place_label(node: Node, tree: PlaceTree, depot_name: str, address: str) -> PlaceLabel:
    """Return a place's label: its name, the places it is in, whose it is."""
    above = [other.name for other in tree.upwards(node.id) if other.id != node.id]
    return PlaceLabel(
        name=node.name,
        url=place_url(address, node.id),
        depot=depot_name,
        within=" · ".join(above),
    )
