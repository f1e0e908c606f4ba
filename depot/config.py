"""The configuration: DEPOT_* environment variables, read once; a wrong value stops the program."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from depot.backups.plan import BackupPlan, backup_plan
from depot.base.errors import ConfigError
from depot.db.files import make_whole
from depot.mail.server import MailServer, mail_server
from depot.words.languages import ENGLISH, FOLDER, Languages

Network: TypeAlias = IPv4Network | IPv6Network
DEFAULT_PORT: Final = 8000
#: Characters of a secret key, whether it is given or kept in the data folder.
SHORTEST_KEY: Final = 16
#: Every variable that it knows.
KNOWN_SETTINGS: Final = frozenset(
    f"DEPOT_{name}"
    for name in (
        "DATA",
        "DATABASE_URL",
        "DATABASE_REPLICA",
        "BASE_URL",
        "SECRET_KEY",
        "HOST",
        "PORT",
        "LOG",
        "SMTP_URL",
        "MAIL_FROM",
        "SETUP_URL",
        "LANGUAGE",
        "TRANSLATIONS",
        "TRUSTED_PROXY",
        "BACKUP_TO",
        "BACKUP_HOURS",
        "METRICS_TOKEN",
        "WEBHOOK_NETWORKS",
    )
)
#: How the address of a PostgreSQL database begins.
_SERVERS: Final = ("postgresql://", "postgresql+psycopg://")
#: Variables that only the tests read share the prefix.
_TEST_PREFIX: Final = "DEPOT_TEST_"


@dataclass(frozen=True, slots=True)
class Config:
    """All settings. `base_url` is what labels point to, without a slash at the end.

    `setup_url` is the page that leads a phone through trusting the certificate, if there is one.
    """

    data: Path
    database_url: str
    base_url: str
    secret_key: str
    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    log: str = "text"
    #: Where mails are handed in; None: they wait until one is named.
    mail: MailServer | None = None
    setup_url: str = ""
    #: A copy of the database on another server, for reports to be read from.
    replica_url: str = ""
    backups: BackupPlan = field(default_factory=BackupPlan)
    languages: Languages = field(default_factory=Languages)
    #: Proxies that say whom they ask for (X-Forwarded-For); nobody else is believed.
    trusted_proxies: tuple[Network, ...] = ()
    #: What /metrics asks for; empty: there is no such page.
    metrics_token: str = ""
    #: Networks of the house that webhooks may reach, by http too; without any: the internet alone.
    webhook_networks: tuple[Network, ...] = ()

    @property
    def is_secure(self) -> bool:
        """Whether people reach the program by https, so that cookies may insist on it."""
        return self.base_url.startswith("https://")

    @property
    def insists_on_https(self) -> bool:
        """Whether browsers may be told to come by https only, to whatever port of this host.

        Not where phones are set up by plain http at the same host: they could not come again.
        """
        setup = urlsplit(self.setup_url)
        is_beside = setup.scheme == "http" and setup.hostname == urlsplit(self.base_url).hostname
        return self.is_secure and not is_beside


def from_environment(environ: Mapping[str, str] | None = None) -> Config:
    """Read the configuration from `environ` (default: the process's own).

    Raises ConfigError with a sentence for an unknown DEPOT_ variable or a wrong value. Makes the
    data folder and, unless one is given, a secret key kept there.
    """
    given = dict(os.environ if environ is None else environ)
    for name in sorted(given):
        if (
            name.startswith("DEPOT_")
            and name not in KNOWN_SETTINGS
            and not name.startswith(_TEST_PREFIX)
        ):
            raise ConfigError(problem=f"{name} is not a setting of Depot.")
    data = Path(given.get("DEPOT_DATA") or "data").resolve()
    host = given.get("DEPOT_HOST") or "127.0.0.1"
    port = _port(given.get("DEPOT_PORT"))
    database_url = _database_url(given.get("DEPOT_DATABASE_URL"), data)
    return Config(
        data=data,
        database_url=database_url,
        base_url=_base_url(given.get("DEPOT_BASE_URL"), host, port),
        secret_key=_secret_key(given.get("DEPOT_SECRET_KEY"), data),
        host=host,
        port=port,
        log=_one_of("DEPOT_LOG", given.get("DEPOT_LOG") or "text", ("text", "json")),
        mail=mail_server(given.get("DEPOT_SMTP_URL"), given.get("DEPOT_MAIL_FROM")),
        setup_url=_web_address("DEPOT_SETUP_URL", given.get("DEPOT_SETUP_URL") or ""),
        replica_url=_replica_url(given.get("DEPOT_DATABASE_REPLICA"), database_url),
        backups=backup_plan(given.get("DEPOT_BACKUP_TO"), given.get("DEPOT_BACKUP_HOURS")),
        languages=_languages(given.get("DEPOT_LANGUAGE"), given.get("DEPOT_TRANSLATIONS")),
        trusted_proxies=_networks("DEPOT_TRUSTED_PROXY", given),
        webhook_networks=_networks("DEPOT_WEBHOOK_NETWORKS", given),
        metrics_token=_metrics_token(given.get("DEPOT_METRICS_TOKEN") or ""),
    )


def _languages(usual: str | None, folder: str | None) -> Languages:
    """Return the languages of our folder and of `folder`, if one is named."""
    found = Languages((FOLDER, Path(folder).resolve()) if folder else (FOLDER,))
    names = tuple(found.names())
    return replace(found, usual=_one_of("DEPOT_LANGUAGE", usual or ENGLISH, names))


def _networks(name: str, given: Mapping[str, str]) -> tuple[Network, ...]:
    """Return the addresses and networks of a setting, with blanks or commas between them."""
    text = given.get(name)
    words = (text or "").replace(",", " ").split()
    try:
        return tuple(ip_network(word) for word in words)
    except ValueError as error:
        raise ConfigError(
            problem=f"{name} is {text!r}, not addresses like 127.0.0.1 or 10.0.0.0/8."
        ) from error


def _metrics_token(text: str) -> str:
    if text and (len(text) < SHORTEST_KEY or not text.isascii() or not text.isprintable()):
        raise ConfigError(
            problem=f"DEPOT_METRICS_TOKEN must have at least {SHORTEST_KEY} plain characters."
        )
    return text


def _port(text: str | None) -> int:
    if not text:
        return DEFAULT_PORT
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise ConfigError(problem=f"DEPOT_PORT is {text!r}, not a port between 1 and 65535.")
    return int(text)


def _one_of(name: str, value: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise ConfigError(problem=f"{name} is {value!r}, not one of {', '.join(choices)}.")
    return value


def _database_url(text: str | None, data: Path) -> str:
    if not text:
        return f"sqlite:///{data / 'depot.sqlite3'}"
    text = _server_url(text)
    if not text.startswith(("sqlite:///", *_SERVERS)):
        raise ConfigError(
            problem="DEPOT_DATABASE_URL must start with sqlite:/// or with postgresql://."
        )
    kind, _, file = text.partition(":///")
    if kind == "sqlite" and file and not Path(file).is_absolute():
        # the server, the commands and a backup must all mean the same file
        return f"sqlite:///{Path(file).resolve()}"
    return text


def _server_url(text: str) -> str:
    """Return the address with the one name for PostgreSQL that all parts understand."""
    if text.startswith("postgres://"):
        return "postgresql://" + text.removeprefix("postgres://")
    return text


def _replica_url(text: str | None, database_url: str) -> str:
    if not text:
        return ""
    text = _server_url(text)
    if not text.startswith(_SERVERS) or not database_url.startswith(_SERVERS):
        raise ConfigError(
            problem="DEPOT_DATABASE_REPLICA and DEPOT_DATABASE_URL must both start with"
            " postgresql://."
        )
    return text


def _base_url(text: str | None, host: str, port: int) -> str:
    if not text:
        shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared only
        return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"
    return _web_address("DEPOT_BASE_URL", text)


def _web_address(name: str, text: str) -> str:
    try:
        parts = urlsplit(text)
        is_one = parts.scheme in ("http", "https") and bool(parts.netloc) and not parts.query
    except ValueError:
        is_one = False
    if text and not is_one:
        raise ConfigError(problem=f"{name} is {text!r}, not an address like https://depot.example.")
    return text.rstrip("/")


def _secret_key(text: str | None, data: Path) -> str:
    if text:
        if len(text) < SHORTEST_KEY:
            raise ConfigError(
                problem=f"DEPOT_SECRET_KEY must have at least {SHORTEST_KEY} characters."
            )
        return text
    kept = data / "secret_key"
    try:
        data.mkdir(parents=True, exist_ok=True)
        return _kept_or_made(kept)
    except OSError as error:
        reason = error.strerror or error
        raise ConfigError(problem=f"The data folder {data} cannot be used: {reason}.") from error


def _kept_or_made(kept: Path) -> str:
    if not kept.exists():
        # whole or not at all, so that two programs starting together end up with the same key
        make_whole(kept, secrets.token_urlsafe(48))
    text = kept.read_bytes().strip()
    if len(text) < SHORTEST_KEY or not text.isascii():
        raise ConfigError(
            problem=f"The secret key in {kept} is damaged. Bring the file back from a copy, or"
            " delete it: then everybody signs in again, and links in mails sent before are dead."
        )
    if kept.stat().st_mode & 0o077:
        with suppress(OSError):  # another owner's file stays as it is
            kept.chmod(0o600)
    return text.decode("ascii")


#: This package's folder.
_PACKAGE = Path(__file__).resolve().parent


def data_dir(name: str, probe: str) -> Path:
    """Return the folder `name` that holds the file `probe`.

    In a wheel it lies inside this package, in a checkout beside it. Raises RuntimeError if it is
    in neither place.
    """
    for candidate in (_PACKAGE / name, _PACKAGE.parent / name):
        if (candidate / probe).is_file():
            return candidate
    raise RuntimeError(f"data folder {name!r} not found beside {_PACKAGE}")
