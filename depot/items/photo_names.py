"""What a photo is called: by what it shows, so that an address shows the same for good."""

from __future__ import annotations

import hashlib
from typing import Final

#: So many letters of a digest stand in an address: enough to tell an item's photos apart.
IN_ADDRESS: Final = 16


def digest_of(picture: bytes, thumb: bytes) -> str:
    """Return the SHA-256 of a photo's two pictures, in hexadecimal."""
    return hashlib.sha256(picture + thumb).hexdigest()
