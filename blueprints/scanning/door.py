"""All that stands behind the addresses of scanning."""

from __future__ import annotations

from blueprints.scanning import learning, looking, photographed, roll
from blueprints.scanning.frame import answers, bp, photos

__all__ = ["answers", "bp", "learning", "looking", "photographed", "photos", "roll"]
