"""Sending a print job to a label printer's address on the local network, and nowhere else.

An address that somebody enters is a way to make this machine knock at doors. So only the ports
that label printers listen on are knocked at, and only addresses of private networks: not this
machine, not the world. A name is resolved when it is entered and again when it is used, and has
to lead to the same address.
"""

from __future__ import annotations

import ipaddress
import socket
from enum import StrEnum
from typing import Final

from labels.errors import LabelError

PORTS: Final = range(9100, 9110)
"""The ports on which printers take what is sent, one for each of a print server's sockets."""
TIMEOUT_SECONDS: Final = 5.0
_CHUNK: Final = 64 * 1024

NETWORKS: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",  # RFC 1918
        "169.254.0.0/16",  # link-local, RFC 3927
        "fe80::/10",  # link-local, RFC 4291
        "fc00::/7",  # unique local, RFC 4193
    )
)
"""Where a printer may be."""
#: Where clouds tell machines their secrets: link-local, but no printer.
_NEVER: Final = (
    ipaddress.ip_address("169.254.169.254"),
    ipaddress.ip_address("fd00:ec2::254"),
)


class WireProblem(StrEnum):
    """Why a printer could not be reached; stable values, so that callers can translate them."""

    NO_SUCH_NAME = "no_such_name"
    NOT_LOCAL = "not_local"
    PORT = "port"
    MOVED = "moved"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"
    BROKEN_OFF = "broken_off"


class CannotSend(LabelError):
    """A printer that is not reached; `problem` says why."""

    def __init__(self, problem: WireProblem) -> None:
        super().__init__(f"The printer is not reached ({problem.value}).")
        self.problem = problem


def is_local(address: str) -> bool:
    """Say whether an IP address, v4 or v6, is one of a private network."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    found = getattr(found, "ipv4_mapped", None) or found
    if found in _NEVER:
        return False
    return any(found.version == net.version and found in net for net in NETWORKS)


def resolve_host(host: str, port: int) -> str:
    """Return the one address that a host's name stands for, or the address that it is.

    Raises CannotSend: NO_SUCH_NAME, PORT for one that is not in PORTS, NOT_LOCAL as soon as any
    of its addresses is not of a private network.
    """
    return _addresses(host, port)[0]


def _addresses(host: str, port: int) -> list[str]:
    if port not in PORTS:
        raise CannotSend(WireProblem.PORT)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise CannotSend(WireProblem.NO_SUCH_NAME) from error
    addresses = list(dict.fromkeys(str(row[4][0]) for row in found))
    if not addresses:
        raise CannotSend(WireProblem.NO_SUCH_NAME)
    if not all(map(is_local, addresses)):
        raise CannotSend(WireProblem.NOT_LOCAL)
    return addresses


def send_to_printer(
    job: bytes, host: str, address: str, port: int, timeout: float = TIMEOUT_SECONDS
) -> None:
    """Send a job to the printer at `host`, which was at `address` when it was entered.

    `timeout` bounds each step in seconds: finding, each piece sent. Raises CannotSend: as
    `resolve`, and MOVED where the name now leads elsewhere, NO_ANSWER, REFUSED, BROKEN_OFF when
    the printer hangs up half-way.
    """
    if address not in _addresses(host, port):
        raise CannotSend(WireProblem.MOVED)
    try:
        connection = socket.create_connection((address, port), timeout)
    except ConnectionRefusedError as error:
        raise CannotSend(WireProblem.REFUSED) from error
    except OSError as error:
        raise CannotSend(WireProblem.NO_ANSWER) from error
    with connection:
        try:
            for at in range(0, len(job), _CHUNK):
                connection.sendall(job[at : at + _CHUNK])
            connection.shutdown(socket.SHUT_WR)
        except TimeoutError as error:
            raise CannotSend(WireProblem.NO_ANSWER) from error
        except OSError as error:
            raise CannotSend(WireProblem.BROKEN_OFF) from error
