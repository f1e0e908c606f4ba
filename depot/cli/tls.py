"""`depot tls init`, and what `depot serve --tls` prepares before it serves."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import click

from depot.base.clock import utc_now
from depot.base.errors import ConfigError
from depot.base.text import N_
from depot.cli.frame import print_note, say, sentence
from depot.config import DEFAULT_PORT, Config, from_environment
from depot.printing.blanks import is_this_machine
from depot.serving.tls import names, network
from depot.serving.tls.files import Folder
from depot.serving.tls.names import Hosts
from depot.serving.tls.renewal import Machine, ServingFiles, make_authority, prepare_certificate
from labels.symbols.qr import QUIET_ZONE, qr_symbol

if TYPE_CHECKING:
    from depot.serving.setup_server import SetupServer

TLS_PORT: Final = 8443
EVERYWHERE: Final = "0.0.0.0"  # noqa: S104 - phones have to reach it; the command says so


@dataclass(frozen=True, slots=True)
class TlsServing:
    """How to serve over https: settings for this process and its workers, and what to say."""

    environment: dict[str, str]
    certificate: ServingFiles
    setup_port: int

    @property
    def host(self) -> str:
        """The address to listen on."""
        return self.environment["DEPOT_HOST"]


@click.group()
def tls() -> None:
    """Make the certificates with which phones get https on a local network."""


@tls.command("init")
@click.option("--name", "host_names", multiple=True, metavar="HOST", help="A name of this machine.")
@click.option("--ip", "addresses", multiple=True, metavar="ADDRESS", help="An address it has.")
@click.option("--force", is_flag=True, help="Make a new authority in place of the old one.")
def init(host_names: tuple[str, ...], addresses: tuple[str, ...], force: bool) -> None:
    """Make this depot's certificate authority, once; phones are set up to trust it.

    It may vouch for the names given, for NAME.local, for localhost and for addresses of local
    networks, and for nothing else. Addresses that this machine has are found by themselves.
    """
    config = from_environment()
    chosen = Hosts(tuple(map(names.host_name, host_names)), tuple(map(names.address, addresses)))
    folder = Folder.within(config.data)
    ready = make_authority(folder, chosen, this_machine(), utc_now(), force=force)
    for told in ready.said:
        click.echo(told)
    say(
        N_("It is kept in %(path)s: keep a copy of that folder, and keep it to yourself."),
        path=folder.path,
    )
    say(N_("The certificate is for %(hosts)s."), hosts=ready.hosts)
    say(N_("Fingerprint of the authority: %(fingerprint)s"), fingerprint=ready.fingerprint)
    say(N_("Now: %(command)s"), command="depot serve --tls")


def this_machine() -> Machine:
    """Return the name and the addresses of the machine this runs on."""
    return Machine(network.machine_name(), network.present_addresses())


def prepare_tls(
    environ: Mapping[str, str], host: str | None, port: int | None, setup_port: int | None
) -> TlsServing:
    """Prepare serving over https with what the options and `environ` say.

    Raises CertificateProblem or ConfigError, with a sentence, for what cannot be.
    """
    given = dict(environ)
    given["DEPOT_HOST"] = host or given.get("DEPOT_HOST") or EVERYWHERE
    given["DEPOT_PORT"] = str(port or given.get("DEPOT_PORT") or TLS_PORT)
    config = from_environment(given)
    if given.get("DEPOT_BASE_URL") and not config.is_secure:
        raise ConfigError(problem=N_("DEPOT_BASE_URL must begin with https:// for serve --tls."))
    asked = configured_hosts(given)
    ready = prepare_certificate(Folder.within(config.data), asked, this_machine(), utc_now())
    v4 = ":" not in config.host
    reached = names.in_url(ready.preferred(asked, only_v4=v4))
    second = setup_port or next(
        number for number in (DEFAULT_PORT, DEFAULT_PORT + 1) if number != config.port
    )
    if second == config.port:
        raise ConfigError(
            problem=sentence(
                N_("Port %(port)s cannot be for both: name another --setup-port."), port=str(second)
            )
        )
    given.setdefault("DEPOT_BASE_URL", f"https://{reached}:{config.port}")
    given.setdefault("DEPOT_SETUP_URL", f"http://{reached}:{second}")
    return TlsServing(given, ready, second)


def configured_hosts(environ: Mapping[str, str]) -> Hosts:
    """Return the hosts that the settings name: that of DEPOT_BASE_URL, and where to listen."""
    url, host = environ.get("DEPOT_BASE_URL"), environ["DEPOT_HOST"]
    asked = names.hosts_of_address(url) if url else Hosts()
    if host not in (EVERYWHERE, "::"):
        asked += names.hosts_of_address(f"//{f'[{host}]' if ':' in host else host}")
    return asked


def setup_server(secured: TlsServing, config: Config) -> SetupServer:
    """Return the server of the set-up page, with its port taken; needs the database at work.

    Raises ConfigError if somebody else has the port.
    """
    from depot.serving.setup_app import create_setup_app, setup_of
    from depot.serving.setup_server import SetupServer

    app = create_setup_app(setup_of(config, secured.certificate))
    return SetupServer(secured.host, secured.setup_port, app)


def say_secured(secured: TlsServing, config: Config) -> None:
    """Print where Depot is, where phones are set up, and what there is to know."""
    for told in secured.certificate.said:
        click.echo(told)
    everywhere = secured.host in (EVERYWHERE, "::")
    say(
        N_("Depot is on %(address)s (listening on %(host)s: %(reach)s)"),
        address=config.base_url,
        host=secured.host,
        reach=sentence(N_("the whole local network")) if everywhere else secured.host,
    )
    if is_this_machine(config.base_url):
        print_note(
            N_("This machine has no address on a local network now, so phones cannot reach it.")
        )
    say(N_("Set up each phone once: %(address)s"), address=config.setup_url)
    say(
        N_("Fingerprint of the certificate it gets: %(fingerprint)s"),
        fingerprint=secured.certificate.fingerprint,
    )
    if can_show_qr():
        for line in qr_lines(config.setup_url):
            click.echo(line)
    for address in unlisted_addresses(secured.certificate.hosts):
        print_note(
            N_(
                "%(address)s is no address of a private network, so the certificate leaves it"
                " out. If phones use it: depot tls init --ip %(address)s"
            ),
            address=address,
        )


def unlisted_addresses(hosts: Hosts) -> list[names.Address]:
    """Return addresses of this machine that phones might use and `hosts` lack."""
    present = Hosts((), network.present_addresses()).without(hosts).addresses
    return [one for one in present if not one.is_link_local and not one.is_loopback]


def qr_lines(text: str) -> list[str]:
    """Return a QR symbol as lines for a terminal, two rows of modules a line.

    Black on white by colour codes, so that it reads on a dark terminal and on a light one.
    """
    symbol = qr_symbol(text)
    empty = "0" * symbol.side
    edge = [empty] * QUIET_ZONE
    rows = [*edge, *(row.center(symbol.side, "0") for row in symbol.rows), *edge, empty]
    return [
        "\x1b[30;47m"
        + "".join(map(_HALVES.__getitem__, zip(above, below, strict=True)))
        + "\x1b[0m"
        for above, below in zip(rows[::2], rows[1::2], strict=False)
    ]


_HALVES: Final = {("0", "0"): " ", ("1", "0"): "▀", ("0", "1"): "▄", ("1", "1"): "█"}


def can_show_qr() -> bool:
    """Say whether standard output is a terminal that has the letters a QR symbol is drawn with."""
    try:
        "▀▄█".encode(sys.stdout.encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return sys.stdout.isatty()
