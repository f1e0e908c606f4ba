"""When certificates are made, when they stay, and what is said about it."""

from __future__ import annotations

import stat
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest

from depot.base.errors import CertificateProblem
from depot.serving.tls.names import Hosts
from depot.serving.tls.renewal import make_authority, prepare_certificate
from tests.unit.serving.machines import NOW, folder, machine, ready

DAY = timedelta(days=1)


def files(path: Path) -> dict[str, bytes]:
    return {found.name: found.read_bytes() for found in sorted((path / "tls").iterdir())}


def test_the_first_start_makes_all_and_the_second_nothing(tmp_path: Path) -> None:
    first = ready(tmp_path)
    made = files(tmp_path)
    assert "until 2036-11-23" in first.said[0]
    second = ready(tmp_path, at=NOW + DAY)
    assert files(tmp_path) == made
    assert second.said == ()
    assert second.fingerprint == first.fingerprint


def test_every_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    ready(tmp_path)
    assert stat.S_IMODE((tmp_path / "tls").stat().st_mode) == 0o700
    assert sorted(files(tmp_path)) == ["ca.crt", "ca.key", "hosts.json", "server.pem"]
    for path in (tmp_path / "tls").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


@pytest.mark.parametrize(
    ("addresses", "words"),
    [
        (("192.168.1.9",), "192.168.1.9 came and 192.168.1.7 went"),
        (("192.168.1.7", "10.0.0.4"), "10.0.0.4 came"),
    ],
)
def test_new_addresses_make_a_new_certificate_and_keep_the_authority(
    tmp_path: Path, addresses: tuple[str, ...], words: str
) -> None:
    ready(tmp_path)
    before = files(tmp_path)
    after = ready(tmp_path, *addresses)
    assert after.said == (f"Made a new certificate, as {words}. Phones notice nothing.",)
    assert {name for name, text in files(tmp_path).items() if before[name] != text} == {
        "server.pem"
    }
    assert set(map(ip_address, addresses)) < set(after.hosts.addresses)


def test_the_order_of_addresses_is_no_change(tmp_path: Path) -> None:
    ready(tmp_path, "192.168.1.7", "10.0.0.4")
    assert ready(tmp_path, "10.0.0.4", "192.168.1.7").said == ()


@pytest.mark.parametrize(("days", "is_renewed"), [(365, False), (367, True), (500, True)])
def test_a_certificate_is_renewed_within_its_last_thirty_days(
    tmp_path: Path, days: int, is_renewed: bool
) -> None:
    ready(tmp_path)
    later = ready(tmp_path, at=NOW + days * DAY)
    assert bool(later.said) is is_renewed
    if is_renewed:
        assert "it ends on 2027-12-24" in later.said[0]


@pytest.mark.parametrize("content", [b"", b"no certificate"])
def test_a_damaged_certificate_is_made_again(tmp_path: Path, content: bytes) -> None:
    ready(tmp_path)
    folder(tmp_path).server_file.write_bytes(content)
    assert "there was none" in ready(tmp_path).said[0]


def test_init_leaves_an_authority_that_is_there(tmp_path: Path) -> None:
    made = make_authority(folder(tmp_path), Hosts(), machine(), NOW)
    again = make_authority(folder(tmp_path), Hosts(), machine(), NOW + DAY)
    assert again.authority == made.authority
    assert "is there already and stays" in again.said[0]


def test_init_takes_another_name_that_the_authority_may_vouch_for(tmp_path: Path) -> None:
    made = make_authority(folder(tmp_path), Hosts(("depot.example.org",)), machine(), NOW)
    more = Hosts(("north.depot.example.org",), (ip_address("10.9.9.9"),))
    again = make_authority(folder(tmp_path), more, machine(), NOW)
    assert again.authority == made.authority
    assert {"depot.example.org", "north.depot.example.org"} < set(again.hosts.names)
    assert ip_address("10.9.9.9") in ready(tmp_path).hosts.addresses


def test_init_refuses_what_the_authority_may_not_vouch_for_and_writes_nothing(
    tmp_path: Path,
) -> None:
    make_authority(folder(tmp_path), Hosts(), machine(), NOW)
    before = files(tmp_path)
    with pytest.raises(CertificateProblem, match=r"may not vouch for depot\.example\.org"):
        make_authority(folder(tmp_path), Hosts(("depot.example.org",)), machine(), NOW)
    assert files(tmp_path) == before


def test_force_makes_a_new_authority_and_a_certificate_of_it(tmp_path: Path) -> None:
    made = make_authority(folder(tmp_path), Hosts(("depot.example.org",)), machine(), NOW)
    other = make_authority(folder(tmp_path), Hosts(("shop.example",)), machine(), NOW, force=True)
    assert other.fingerprint != made.fingerprint
    assert "depot.example.org" not in other.hosts.names
    assert ready(tmp_path).said == ()


def test_an_address_outside_private_networks_counts_when_it_is_chosen(tmp_path: Path) -> None:
    shop = machine("203.0.113.5", "192.168.1.7")
    assert ip_address("203.0.113.5") not in ready(tmp_path, "203.0.113.5").hosts.addresses
    chosen = Hosts((), (ip_address("203.0.113.5"),))
    made = make_authority(folder(tmp_path), chosen, shop, NOW, force=True)
    assert made.hosts.addresses[0] == ip_address("203.0.113.5")


def test_settings_that_the_authority_does_not_cover_are_refused_with_the_way_out(
    tmp_path: Path,
) -> None:
    make_authority(folder(tmp_path), Hosts(("depot.example.org",)), machine(), NOW)
    asked = Hosts(("shop.example",))
    with pytest.raises(CertificateProblem) as refused:
        prepare_certificate(folder(tmp_path), asked, machine(), NOW)
    assert str(refused.value).endswith(
        "depot tls init --force --name shop.example --name depot.example.org"
    )


def test_an_authority_that_ends_within_half_a_year_is_announced(tmp_path: Path) -> None:
    ready(tmp_path)
    assert "ends on 2036-11-23" not in str(ready(tmp_path, at=NOW + 3472 * DAY).said)
    assert "ends on 2036-11-23" in str(ready(tmp_path, at=NOW + 3474 * DAY).said)


def test_an_authority_that_has_ended_is_a_sentence_with_the_way_out(tmp_path: Path) -> None:
    ready(tmp_path)
    with pytest.raises(CertificateProblem, match=r"ended on 2036-11-23.*init --force"):
        ready(tmp_path, at=NOW + 3654 * DAY)


@pytest.mark.parametrize("name", ["ca.crt", "ca.key", "hosts.json"])
def test_a_missing_or_damaged_file_is_a_sentence_and_nothing_is_made_anew(
    tmp_path: Path, name: str
) -> None:
    ready(tmp_path)
    (tmp_path / "tls" / name).write_bytes(b"\xff damaged")
    before = files(tmp_path)
    with pytest.raises(CertificateProblem, match="cannot be read"):
        ready(tmp_path)
    (tmp_path / "tls" / name).unlink()
    with pytest.raises(CertificateProblem, match=f"{name} is missing"):
        ready(tmp_path)
    assert {**before, name: b""} == {**files(tmp_path), name: b""}


def test_a_key_of_another_authority_is_noticed(tmp_path: Path) -> None:
    ready(tmp_path / "one")
    ready(tmp_path / "two")
    key = folder(tmp_path / "two").key_file.read_bytes()
    folder(tmp_path / "one").key_file.write_bytes(key)
    with pytest.raises(CertificateProblem, match="is not the key of"):
        ready(tmp_path / "one")


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "tls").write_text("in the way")
    with pytest.raises(CertificateProblem, match="cannot be written"):
        ready(tmp_path)


def test_what_is_printed_into_addresses_is_what_people_chose_first(tmp_path: Path) -> None:
    found = ready(tmp_path, "fd00::2")
    assert str(found.preferred(Hosts(), only_v4=True)) == "127.0.0.1"
    assert str(found.preferred(Hosts(), only_v4=False)) == "fd00::2"
    assert str(ready(tmp_path, "192.168.1.7").preferred(Hosts(), only_v4=True)) == "192.168.1.7"
    assert found.preferred(Hosts(("a.local",)), only_v4=True) == "a.local"
    chosen = Hosts(("depot.example.org",))
    made = make_authority(folder(tmp_path), chosen, machine(), NOW, force=True)
    assert made.preferred(Hosts(), only_v4=True) == "depot.example.org"
