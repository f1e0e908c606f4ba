"""The Containerfile and the examples of docs/running name what is there and open no more than said.

nginx, Caddy and systemd read their own where they are installed.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path
from string import Template
from typing import Any, Final

import pytest
import yaml

from blueprints.frame.edge.bodies import FILE_BYTES
from depot.config import KNOWN_SETTINGS, from_environment
from tests.guards.sources import ROOT

FOLDER: Final = ROOT / "docs" / "running"
COMPOSE: Final = sorted(FOLDER.glob("compose.*.yml"))
#: What the program may write to beside its data.
TEMPORARY: Final = "/tmp"  # noqa: S108
#: `python:3.13-slim`: a short name and a version, no address of a registry.
_IMAGE: Final = re.compile(r"[a-z]+:[\d.]+(-slim)?")
_SETTING: Final = re.compile(r"\bDEPOT_[A-Z_]+\b")
#: Names of the examples' own, which compose and Caddy fill in.
_OF_EXAMPLES: Final = {"DEPOT_ADDRESS", "DEPOT_DATABASE_PASSWORD", "DEPOT_UPSTREAM"}


def instructions(text: str) -> list[tuple[str, str]]:
    """Return the instructions of a Containerfile, each as its word and the rest of the line."""
    joined = text.replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line and not line.startswith("#")]
    return [
        (word, rest.strip()) for word, _, rest in (line.strip().partition(" ") for line in lines)
    ]


def container_problems(text: str) -> list[str]:
    """Return what is wrong with a Containerfile that builds Depot from this checkout."""
    found, stages, user = [], set(), "root"
    given: dict[str, str] = {}
    for word, rest in instructions(text):
        rest = Template(rest).safe_substitute(given) if word == "FROM" else rest
        words = [part for part in shlex.split(rest) if not part.startswith("--")]
        if word == "FROM":
            if words[0] not in stages and not _IMAGE.fullmatch(words[0]):
                found.append(f"{words[0]} is no short name with a version")
            stages |= {words[2]} if len(words) > 2 else set()
            user = "root"
        elif word == "ARG":
            name, _, value = rest.partition("=")
            given[name] = value
        elif word == "COPY" and "--from=" not in rest:
            found += [f"{name} is not there" for name in words[:-1] if not (ROOT / name).exists()]
        elif word == "USER":
            user = words[0]
    said = [word for word, _ in instructions(text)]
    found += [f"there is no {word}" for word in ("HEALTHCHECK", "VOLUME") if word not in said]
    return [*found, *(["it runs as root"] if user in ("root", "0") else [])]


def service_problems(service: dict[str, Any]) -> list[str]:
    """Return what is wrong with the service of ours in a compose file."""
    wanted = {
        "read_only": service.get("read_only") is True,
        "cap_drop": service.get("cap_drop") == ["ALL"],
        "security_opt": "no-new-privileges:true" in service.get("security_opt", ()),
        "healthcheck": "/healthz" in str(service.get("healthcheck")),
        "volumes": any(str(one).endswith(":/data") for one in service.get("volumes", ())),
        "tmpfs": any(str(one).startswith(TEMPORARY) for one in service.get("tmpfs", ())),
    }
    return [name for name, is_so in wanted.items() if not is_so]


def test_the_containerfile_builds_from_what_is_here_and_runs_as_nobody() -> None:
    assert container_problems((ROOT / "Containerfile").read_text()) == []


def test_what_the_containerfile_leaves_out_it_does_not_copy() -> None:
    ignored = (ROOT / ".containerignore").read_text().splitlines()
    assert {"tests", "docs", "data", ".*"} <= set(ignored)
    copied = [
        name
        for word, rest in instructions((ROOT / "Containerfile").read_text())
        if word == "COPY" and "--from=" not in rest
        for name in rest.split()[:-1]
    ]
    assert not set(copied) & set(ignored)


def test_the_guard_sees_a_root_a_registry_and_a_file_that_went() -> None:
    bad = "ARG BASE=hub.example/python:3\nFROM ${BASE}\nCOPY gone.txt ./\n"
    assert container_problems(bad) == [
        "hub.example/python:3 is no short name with a version",
        "gone.txt is not there",
        "there is no HEALTHCHECK",
        "there is no VOLUME",
        "it runs as root",
    ]


@pytest.mark.parametrize("path", COMPOSE, ids=lambda path: path.name)
def test_an_example_for_compose_holds_the_program_as_tight_as_it_can(path: Path) -> None:
    services = yaml.safe_load(path.read_text())["services"]
    assert service_problems(services["depot"]) == []
    images = {one["image"] for name, one in services.items() if name != "depot"}
    assert all(re.fullmatch(r"[a-z]+:\d+", image) for image in images)
    ports = [port for one in services.values() for port in one.get("ports", ())]
    outside = [port for port in ports if not port.startswith("127.0.0.1:")]
    assert outside == (["80:80", "443:443", "443:443/udp"] if "proxy" in services else [])


def test_there_are_two_examples_and_the_guard_sees_a_loose_one() -> None:
    assert len(COMPOSE) == 2
    assert service_problems({"read_only": False, "tmpfs": [TEMPORARY]}) == [
        "read_only",
        "cap_drop",
        "security_opt",
        "healthcheck",
        "volumes",
    ]


@pytest.mark.parametrize("path", COMPOSE, ids=lambda path: path.name)
def test_an_example_for_compose_starts_with_settings_that_are_taken(
    path: Path, tmp_path: Path
) -> None:
    given = yaml.safe_load(path.read_text())["services"]["depot"]["environment"]
    filled = {
        name: re.sub(r"\$\{\w+:[?-]\}", "example-of-sixteen", str(value))
        for name, value in given.items()
    }
    from_environment(filled | {"DEPOT_DATA": str(tmp_path)})


def test_every_example_names_settings_that_there_are() -> None:
    files = [ROOT / "Containerfile", ROOT / "docs" / "running.md", *FOLDER.iterdir()]
    named = {name for path in files for name in _SETTING.findall(path.read_text())}
    assert named - _OF_EXAMPLES <= KNOWN_SETTINGS
    assert {"DEPOT_TRUSTED_PROXY", "DEPOT_METRICS_TOKEN", "DEPOT_DATABASE_URL"} <= named


def test_every_setting_stands_in_the_readme_or_in_the_guide_to_backups() -> None:
    told = (ROOT / "README.md").read_text() + (ROOT / "docs" / "backups.md").read_text()
    assert set(_SETTING.findall(told)) >= KNOWN_SETTINGS


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf"])
def test_a_proxy_lets_through_the_largest_file_and_keeps_the_counts_inside(name: str) -> None:
    text = (FOLDER / name).read_text()
    limit = re.search(r"(?:max_size|client_max_body_size) (\d+)(?:MB|m)\b", text)
    assert limit
    assert FILE_BYTES < int(limit[1]) * 1_000_000 <= 2 * FILE_BYTES
    assert re.search(r"/metrics", text)


def test_the_unit_runs_as_nobody_and_keeps_to_its_folder() -> None:
    lines = (FOLDER / "depot.service").read_text().splitlines()
    assert {
        "DynamicUser=yes",
        "StateDirectory=depot",
        "ProtectSystem=strict",
        "NoNewPrivileges=yes",
        "CapabilityBoundingSet=",
        "Restart=on-failure",
    } <= set(lines)


def program(name: str) -> str:
    """Return where a program is; skips where it is not installed, for nobody needs it to serve."""
    found = shutil.which(name, path="/usr/sbin:/usr/local/bin:/usr/bin:/bin")
    if found is None:
        pytest.skip(f"{name} is not installed here")
    return found


def test_systemd_finds_the_unit_well_closed() -> None:
    asked = [program("systemd-analyze"), "security", "--offline=true", "--no-pager"]
    done = subprocess.run(
        [*asked, "--threshold=20", str(FOLDER / "depot.service")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-200:] + done.stderr


def test_nginx_reads_its_example(tmp_path: Path) -> None:
    nginx, openssl = program("nginx"), program("openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-keyout", str(key)]
    subprocess.run([openssl, *made, "-out", str(certificate)], check=True, capture_output=True)
    text = (FOLDER / "nginx.conf").read_text()
    text = re.sub(r"/etc/\S*/fullchain.pem", str(certificate), text)
    text = re.sub(r"/etc/\S*/privkey.pem", str(key), text)
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {text} }}"
    )
    done = subprocess.run(
        [nginx, "-t", "-p", str(tmp_path), "-c", str(whole)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_caddy_reads_its_example(tmp_path: Path) -> None:
    asked = ["validate", "--adapter", "caddyfile", "--config", str(FOLDER / "Caddyfile")]
    done = subprocess.run(
        [program("caddy"), *asked],
        env={"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
