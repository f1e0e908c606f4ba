"""Taking a port of this machine, or saying in a sentence that it cannot be had."""

from __future__ import annotations

import socket

from depot.base.errors import ConfigError


def open_port(host: str, port: int, option: str) -> socket.socket:
    """Return a socket that listens on a port; `option` is where another one could be named.

    Raises ConfigError if somebody else has the port, or if this machine has no such address.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        raise ConfigError(
            problem=f"Cannot listen on {host}, port {port} ({error.strerror or error}): "
            f"name another with {option}."
        ) from error
