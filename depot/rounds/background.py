"""The thread of a serving process that sends mails while people work."""

from __future__ import annotations

import atexit
import logging
import threading

from flask import Flask

from depot.config import Config
from depot.db import db
from depot.errors import DepotError
from depot.mailing.sender import send_due

log = logging.getLogger("depot.mail")
#: Seconds between two looks into the outbox; a look that finds nothing is one indexed read.
PAUSE = 15.0
#: Seconds that the end of the process waits for a mail that is being handed in.
LAST_WAIT = 10.0


class Postman(threading.Thread):
    """Looks into the outbox again and again until it is told to stop."""

    def __init__(self, app: Flask, pause: float = PAUSE) -> None:
        super().__init__(name="postman", daemon=True)
        self._app = app
        self._pause = pause
        self._stop_asked = threading.Event()

    def run(self) -> None:
        """Work until `stop` is called."""
        while not self._stop_asked.is_set():
            self.look()
            self._stop_asked.wait(self._pause)

    def stop(self) -> None:
        """Ask the thread to end after the mail at hand, and wait a little for it."""
        self._stop_asked.set()
        if self.is_alive():
            self.join(LAST_WAIT)

    def look(self) -> None:
        """Go through the outbox once. What goes wrong is logged, and tried again later."""
        config: Config = self._app.config["DEPOT"]
        with self._app.app_context():
            try:
                if config.mail is not None:
                    send_due(config.mail, go_on=lambda: not self._stop_asked.is_set())
            except DepotError as error:
                log.warning("the outbox has to wait: %s", error)
            except Exception:  # a bug here must not end all mails until the next start
                log.exception("a bug in the outbox")
            finally:
                db.session.remove()


def start_postman(app: Flask) -> Postman | None:
    """Start a thread for the application if a mail server is set; it ends with the process."""
    config: Config = app.config["DEPOT"]
    if config.mail is None:
        return None
    postman = Postman(app)
    postman.start()
    atexit.register(postman.stop)
    return postman
