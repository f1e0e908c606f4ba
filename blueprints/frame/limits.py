"""How often a door may be knocked at. Kept in memory: one process, one depot box."""

from __future__ import annotations

from flask import request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

#: The blueprints whose views have a limit.
LIMITED = frozenset({"account", "mails_public", "needs_public", "sharing_public"})


class DoorLimiter(Limiter):
    """Asks only where there is a limit: to ask everywhere costs a fifth of looking a crate up."""

    def _check_request_limit(
        self, callable_name: str | None = None, in_middleware: bool = True
    ) -> None:
        # should the library call it otherwise one day, it is asked everywhere again
        if request.blueprint in LIMITED:
            super()._check_request_limit(callable_name, in_middleware)


limiter = DoorLimiter(get_remote_address, storage_uri="memory://", headers_enabled=False)
