"""A signed file in parts, and what parts are put together again."""

from __future__ import annotations

import base64
import hashlib
import random
import zlib

import pytest

from depot.network.errors import FileNotSigned, OtherParts, PartsMissing
from depot.network.parts import LETTERS, MARK, MOST_PARTS, join_parts, split_file
from depot.network.signing import MAX_FILE

#: Hexadecimal digits as in seals, which no packing makes much smaller.
TEXT = random.Random(1).randbytes(600).hex()


def test_a_file_is_the_same_whatever_the_order_of_its_parts() -> None:
    parts = split_file(TEXT)
    assert len(parts) == 2
    assert max(map(len, parts)) < LETTERS + 30
    assert join_parts(["", *parts[::-1], parts[0]]) == TEXT
    assert join_parts(split_file("Käse")) == "Käse"


def test_a_large_file_has_no_parts() -> None:
    assert len(split_file(random.Random(1).randbytes(2500).hex())) == MOST_PARTS
    assert split_file(random.Random(1).randbytes(4000).hex()) == ()


def test_parts_that_do_not_fit_are_named() -> None:
    parts, others = split_file(TEXT), split_file(TEXT[::-1])
    with pytest.raises(PartsMissing, match=r"1.*|2"):
        join_parts(parts[1:])
    with pytest.raises(OtherParts):
        join_parts([parts[0], others[1]])
    for wrong in ([], [""], ["x"], [parts[0] + "!", parts[1]], [parts[0], parts[1][:-2] + "__"]):
        with pytest.raises(FileNotSigned):
            join_parts(wrong)


def test_a_small_code_does_not_become_a_large_file() -> None:
    packed = base64.urlsafe_b64encode(zlib.compress(b"{" * 3 * MAX_FILE, 9)).decode().rstrip("=")
    digest = hashlib.sha256(packed.encode()).hexdigest()[:8]
    assert len(join_parts([f"{MARK}:1/1:{digest}:{packed}"])) <= MAX_FILE
