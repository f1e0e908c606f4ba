"""How words that lead on name a page: by its endpoint, as a slice hands it in."""

from __future__ import annotations

from collections.abc import Callable

#: Returns the address of an endpoint's page; at the edge it is Flask's url_for.
Address = Callable[..., str]
