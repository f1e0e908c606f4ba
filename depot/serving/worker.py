"""One serving process: the application behind the edge, granian in front of it, the rounds beside.

granian runs in this very process: no second one to start, to hold in memory and to lose signals.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import resource
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final, NoReturn

from flask import Flask
from granian._granian import ListenerSpec
from granian.constants import HTTPModes, Interfaces, SSLProtocols
from granian.http import HTTP1Settings
from granian.server.embed import Server

from blueprints.frame.edge.bodies import limit_at
from depot.app import create_app
from depot.config import Config, from_environment
from depot.db.folder_lock import hold_while_serving
from depot.serving import stopping
from depot.serving.backups import start_backups
from depot.serving.clock import start_clock_watch
from depot.serving.edge.app import Edge
from depot.serving.rounds import start_rounds, start_webhooks

#: So long may requests finish that are being answered; every write is a transaction.
END_SECONDS: Final = 10.0
#: So long may the head of a request take to come, and a kept connection say nothing.
HEAD_SECONDS: Final = 20
#: What a head may hold at most.
HEAD_BYTES: Final = 64 * 1024
#: So long may what is sent lie unread, then the connection is dropped.
UNREAD_SECONDS: Final = 60
#: Connections of a process at once; each is a handle of the system, and little else.
CONNECTIONS: Final = 8192
#: Handles for all that is no connection: the database, files, logs.
_OTHER_HANDLES: Final = 256
BACKLOG: Final = 1024
#: A page makes some thousands of objects that end with it. Python's usual 700 would have them
#: looked through a dozen times a page, for an eighth of its time.
COLLECT_AFTER: Final = (10_000, 10, 10)


class _Granian(Server):
    """granian's server, on a port whose connections do not wait for ever for who does not read."""

    def _init_shared_socket(self) -> None:
        holder: Any = ListenerSpec(self.bind_addr, self.bind_port, self.backlog).build()
        self._shd, self._sfd, self._ssp = holder, holder.get_fd(), None
        with socket.socket(fileno=os.dup(holder.get_fd())) as listening:
            # connections inherit these from the port that they come by
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux
                milliseconds = UNREAD_SECONDS * 1000
                listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)


def serve(host: str, port: int, certificate: Path | None) -> NoReturn:
    """Serve until a signal says to stop, and end the process: with 0 if that was why."""
    gc.disable()
    config = from_environment()
    hold_while_serving(config.database_url)
    app = create_app(config)
    edge = Edge(app, partial(limit_at, app.url_map))
    note_jump = _count(app, edge, config) if config.metrics_token else lambda: None
    backups, rounds = start_backups(config), start_rounds(config)
    webhooks = start_webhooks(config)
    clock = start_clock_watch(config, note_jump)
    gc.collect()
    gc.freeze()  # what is loaded now stays: no collection need look at it again
    gc.set_threshold(*COLLECT_AFTER)
    gc.enable()

    def stop_beside() -> None:
        if backups:
            backups.stop()
        clock.stop()
        webhooks.stop()
        rounds.stop()

    run_edge(edge, host, port, certificate, at_end=stop_beside)


def _count(app: Flask, edge: Edge, config: Config) -> Callable[[], None]:
    """Have the requests counted, and return what is to be told of jumps of the clock."""
    from depot.serving import metrics

    is_one_of_several = metrics.FOLDER_VARIABLE in os.environ
    counted = metrics.Metrics(config, edge, is_one_of_several=is_one_of_several)
    counted.watch(app)
    return counted.note_jump


def run_edge(
    edge: Edge,
    host: str,
    port: int,
    certificate: Path | None = None,
    at_end: Callable[[], None] = lambda: None,
) -> NoReturn:
    """Serve until a signal says to stop, do what is to be done `at_end`, and end the process."""
    server = _granian(edge, host, port, certificate)

    async def live() -> NoReturn:
        was_asked = False
        try:
            was_asked = await _until_asked(server, edge)
            # within the loop, where a second signal is one that was heard already
            await asyncio.to_thread(at_end)
            edge.close()
        except Exception:
            logging.getLogger("depot").exception("a bug at the end")
        finally:
            logging.shutdown()
            # not sys.exit: granian's threads would wait for whoever is connected and silent
            os._exit(0 if was_asked else 1)

    asyncio.run(live())
    raise AssertionError("it has ended")


def _granian(edge: Edge, host: str, port: int, certificate: Path | None) -> Any:
    logging.getLogger("_granian").setLevel(logging.ERROR)
    return _Granian(
        edge,
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        # over HTTP/2 one connection is a hundred, each of which could stall by itself
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(HEAD_SECONDS * 1000, max_buffer_size=HEAD_BYTES),
        websockets=False,
        backlog=BACKLOG,
        backpressure=_connections(),
        log_enabled=False,
        ssl_cert=certificate,
        ssl_key=certificate,
        ssl_protocol_min=SSLProtocols.tls12,  # whatever phone people own
    )


def _connections() -> int:
    """Return how many connections there may be; each may need a file for its body as well."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * CONNECTIONS + _OTHER_HANDLES
    handles = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (handles, hard))
    return max(1, (handles - _OTHER_HANDLES) // 2)


async def _until_asked(server: Any, edge: Edge) -> bool:
    """Serve until asked to stop, finish what is being answered, and return whether it was asked."""
    asked = stopping.asked_in_loop()
    serving = asyncio.create_task(server.serve())
    waiting = asyncio.create_task(asked.wait())
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if not asked.is_set():
        logging.getLogger("depot").error("the server ended by itself: %s", serving.exception())
        return False
    server.stop()
    clock = asyncio.get_running_loop().time
    until = clock() + END_SECONDS
    while edge.unanswered and clock() < until:
        await asyncio.sleep(0.02)
    # what was answered last is still on its way
    await asyncio.wait({serving}, timeout=min(1.0, max(until - clock(), 0.0)))
    return True
