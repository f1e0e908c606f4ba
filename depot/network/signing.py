"""A transfer as a file for a depot on another server: signed, and tied to the sender's chain.

The file is JSON. `signed` is a text, the letter itself, and `signature` is Ed25519 (RFC 8032) over
its bytes by `key`. In the letter stand the goods, whom it is for, and the entry that was sealed
with the seal before it, so that its seal can be computed again from what the file says. Pure.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, NamedTuple

from depot.base.dates import parse_lot_date
from depot.base.names import clean_name
from depot.base.units import BASE_UNITS, MAX_MOVE
from depot.network.envelopes import Packed, PackedCrate
from depot.network.errors import FileNotSigned
from labels.symbols import codes

FORMAT: Final = "depot-transfer-1"
#: No file is larger.
MAX_FILE: Final = 900_000
_MOST_LINES: Final = 20_000
_MOST_LETTERS: Final = 400
#: The digits of a product's code on a lot.
_GTIN: Final = 14
#: The digits of a fingerprint that people compare.
_FINGERPRINT: Final = 32


class Sealed(NamedTuple):
    """The entry in the sender's chain: its number, the seal before it, its text, its seal."""

    seq: int
    previous: str
    text: str
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a file says."""

    code: str
    sender: str
    sender_key: str
    receiver_key: str
    sent_at: int
    note: str
    lines: tuple[Packed, ...]
    crates: tuple[PackedCrate, ...]
    sealed: Sealed


def _private_key(secret_key: str, depot_id: int) -> Any:
    """Return a depot's own key: made from the program's secret, and stored nowhere."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    seed = hmac.new(secret_key.encode(), f"transfer {depot_id}".encode(), hashlib.sha256)
    return Ed25519PrivateKey.from_private_bytes(seed.digest())


def public_key(secret_key: str, depot_id: int) -> str:
    """Return the key by which other depots know what this one signs: 64 hexadecimal digits."""
    found: bytes = _private_key(secret_key, depot_id).public_key().public_bytes_raw()
    return found.hex()


def fingerprint(key: str) -> str:
    """Return what two people compare of a key by telephone, four by four."""
    digits = hashlib.sha256(bytes.fromhex(key)).hexdigest()[:_FINGERPRINT]
    return " ".join(digits[at : at + 4] for at in range(0, _FINGERPRINT, 4))


def write_file(letter: Letter, secret_key: str, depot_id: int) -> str:
    """Return the signed file."""
    said = {
        "format": FORMAT,
        "code": letter.code,
        "from": letter.sender,
        "from_key": letter.sender_key,
        "to_key": letter.receiver_key,
        "sent_at": letter.sent_at,
        "note": letter.note,
        "lines": [_line_as_json(line) for line in letter.lines],
        "crates": [asdict(crate) for crate in letter.crates],
        "entry": letter.sealed._asdict(),
    }
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    signature: bytes = _private_key(secret_key, depot_id).sign(text.encode("ascii"))
    file = {"signed": text, "key": letter.sender_key, "signature": signature.hex()}
    return json.dumps(file, indent=1) + "\n"


def _line_as_json(line: Packed) -> dict[str, Any]:
    return asdict(line) | {"date_on": line.date_on.isoformat() if line.date_on else None}


def read_file(text: str) -> Letter:
    """Return what a file says, if it is signed by the key it names and its seal is right.

    Raises FileNotSigned, whatever is wrong with it.
    """
    try:
        if len(text) > MAX_FILE:
            raise ValueError("too long")
        return _read(json.loads(text))
    except FileNotSigned:
        raise
    except Exception as error:  # a file from outside may be anything
        raise FileNotSigned(field="file") from error


def _read(file: Any) -> Letter:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    signed, key = str(file["signed"]), str(file["key"])
    known = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
    known.verify(bytes.fromhex(file["signature"]), signed.encode("ascii"))
    said = json.loads(signed)
    sealed = Sealed(**{name: said["entry"][name] for name in Sealed._fields})
    _check_seal(sealed, said["code"])
    if said["format"] != FORMAT or said["from_key"] != key:
        raise ValueError("not what was signed")
    lines = tuple(_line(number, row) for number, row in enumerate(said["lines"], start=1))
    crates = tuple(_crate(row) for row in said["crates"])
    if len(lines) > _MOST_LINES or not (lines or crates):
        raise ValueError("nothing, or too much")
    _check_quantities(sealed, lines)
    return Letter(
        code=_text(said["code"]),
        sender=_text(said["from"]),
        sender_key=key,
        receiver_key=_text(said["to_key"]),
        sent_at=int(said["sent_at"]),
        note=_text(said["note"]),
        lines=lines,
        crates=crates,
        sealed=sealed,
    )


def _check_seal(sealed: Sealed, code: str) -> None:
    """The entry is the one that was sealed, and the one that sent this."""
    text = f"{sealed.previous}\n{sealed.text}"
    entry = json.loads(sealed.text)
    if hashlib.sha256(text.encode("ascii")).hexdigest() != sealed.seal:
        raise ValueError("the seal is not of this entry")
    if entry["seq"] != sealed.seq or entry["command_id"] != code or entry["kind"] != "transfer":
        raise ValueError("another entry")


def _check_quantities(sealed: Sealed, lines: Sequence[Packed]) -> None:
    """No more goods than the sealed entry moved."""
    moved = sum(int(move[4]) for move in json.loads(sealed.text)["moves"] if len(move) == 6)
    if sum(line.quantity for line in lines) != moved:
        raise ValueError("more or less than was sealed")


def _line(number: int, row: Mapping[str, Any]) -> Packed:
    """Return a line that may stand in the book here; raises ValueError."""
    said = {"gtin": ""} | {one.name: row[one.name] for one in fields(Packed) if one.name in row}
    dated = parse_lot_date(said["date_text"] or None, said["date_kind"] or None)
    weight = said["unit_weight_milligrams"]
    line = Packed(
        line=number,
        item_name=_text(said["item_name"]),
        base_unit=said["base_unit"],
        quantity=said["quantity"],
        category=_text(said["category"]),
        unit_weight_milligrams=weight,
        product_codes=_text(said["product_codes"]),
        lot_code=_text(said["lot_code"]),
        gtin=_gtin(said["gtin"]),
        date_kind=dated.kind,
        date_text=dated.text,
        date_precision=dated.precision,
        date_on=dated.on,
        crate_code=_code(said["crate_code"]) if said["crate_code"] else "",
    )
    is_whole = type(line.quantity) is int and 0 < line.quantity <= MAX_MOVE
    is_weight = weight is None or (type(weight) is int and 0 < weight <= MAX_MOVE)
    if not line.item_name or line.base_unit not in BASE_UNITS or not is_whole or not is_weight:
        raise ValueError("no line of goods")
    return line


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _MOST_LETTERS or "\x00" in value:
        raise ValueError("no text")
    return value


def _code(value: Any) -> str:
    found = codes.normalise_code(_text(value))
    if found is None:
        raise ValueError("no crate's code")
    return found


def _gtin(value: Any) -> str:
    text = _text(value)
    if text and not (len(text) == _GTIN and text.isascii() and text.isdigit()):
        raise ValueError("no product's code")
    return text


def _crate(row: Mapping[str, Any]) -> PackedCrate:
    # files of a depot that runs an older version say nothing of box numbers, or of products' codes
    return PackedCrate(_code(row["code"]), _on(row), clean_name(_text(row.get("box_number", ""))))


def _on(row: Mapping[str, Any]) -> str:
    return _code(row["stands_on"]) if row["stands_on"] else ""
