"""All that stands behind the addresses of scanning."""

from __future__ import annotations

from blueprints.codes import learning, looking, photographed, roll
from blueprints.codes.frame import answers, bp, photos

__all__ = ["answers", "bp", "learning", "looking", "photographed", "photos", "roll"]
