from __future__ import annotations

import random
import secrets
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels.errors import CodeProblem, InvalidBaseUrl, InvalidCrateCode
from labels.symbols.codes import (
    ALPHABET,
    candidate_codes,
    check_letter,
    code_url,
    format_code,
    is_valid,
    new_code,
    normalise_code,
    parse_code,
    suggestions,
)

codes = st.integers(min_value=0).map(lambda seed: new_code(random.Random(seed)))
words = st.text(alphabet=ALPHABET, min_size=7, max_size=7)


def add(first: str, second: str) -> str:
    """Add two words letter by letter in GF(32)."""
    pairs = zip(first, second, strict=True)
    return "".join(ALPHABET[ALPHABET.index(a) ^ ALPHABET.index(b)] for a, b in pairs)


def word(letters: dict[int, str]) -> str:
    """Make a word that is zero but for the letters given by position."""
    return "".join(letters.get(place, "0") for place in range(7))


def whole(letters: str) -> str:
    return letters + check_letter(letters)


def swapped(code: str, place: int) -> str:
    return code[:place] + code[place + 1] + code[place] + code[place + 2 :]


# The next four tests are a proof: the check letter is additive, and so an error is caught on every
# code if it is caught on the words that are zero everywhere else.


@given(words, words)
def test_the_check_letter_is_additive(first: str, second: str) -> None:
    assert check_letter(add(first, second)) == add(check_letter(first), check_letter(second))


@pytest.mark.parametrize("place", range(7))
def test_the_check_letter_is_additive_in_every_place(place: int) -> None:
    for a, b in product(ALPHABET, repeat=2):
        first, second = word({place: a}), word({place: b})
        assert check_letter(add(first, second)) == add(check_letter(first), check_letter(second))


@pytest.mark.parametrize("place", range(8))
def test_every_single_error_is_caught(place: int) -> None:
    zero = whole("0000000")
    for letter in ALPHABET.replace("0", ""):
        assert is_valid(zero)
        assert not is_valid(zero[:place] + letter + zero[place + 1 :])


@pytest.mark.parametrize("place", range(7))
def test_every_swap_of_neighbours_is_caught(place: int) -> None:
    for a, b in product(ALPHABET, repeat=2):
        if place < 6:
            code = whole(word({place: a, place + 1: b}))
        else:  # the last letter and its check letter; the one before makes them any pair
            code = whole(word({5: a, 6: b}))
        other = swapped(code, place)
        assert is_valid(code)
        assert is_valid(other) == (other == code)


@given(codes, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_a_wrong_letter_in_any_code_is_caught(code: str, place: int, letter: str) -> None:
    letters = code.replace("-", "")
    wrong = letters[:place] + letter + letters[place + 1 :]
    assert is_valid(wrong) == (wrong == letters)


@given(codes, st.tuples(st.integers(0, 7), st.integers(0, 7)))
def test_a_swap_of_any_two_letters_of_any_code_is_caught(
    code: str, places: tuple[int, int]
) -> None:
    letters = list(code.replace("-", ""))
    first, second = places
    letters[first], letters[second] = letters[second], letters[first]
    assert is_valid("".join(letters)) == (format_code("".join(letters)) == code)


@given(codes)
def test_a_new_code_is_canonical(code: str) -> None:
    assert parse_code(code) == code
    assert len(code) == 9
    assert code[4] == "-"


def test_new_codes_are_random() -> None:
    rng = secrets.SystemRandom()
    assert len({new_code(rng) for _ in range(2000)}) == 2000


def test_the_documented_example_is_a_code() -> None:
    assert parse_code("7K3M-9QX2") == "7K3M-9QX2"


@pytest.mark.parametrize(
    "typed",
    [
        "7k3m9qx2",
        " 7K3M 9QX2\n",
        "7k3m–9qx2",
        "7 K 3 M - 9 Q X 2",
        "７Ｋ３Ｍ－９ＱＸ２",
        "7K3M_9QX2",
        "7\u200bK3M-9QX2",
        "٧K٣M-٩QX٢",
        "https://DEPOT.EXAMPLE/C/7K3M-9QX2",
        "http://192.168.1.20:8443/c/7k3m9qx2/",
        "https://other.example/food/bank/C/7K3M-9QX2?from=camera#top",
        "HTTPS://DEPOT.EXAMPLE/C/7K3M-9QX2",
        "/C/7K3M-9QX2",
    ],
)
def test_typing_is_forgiven(typed: str) -> None:
    assert normalise_code(typed) == "7K3M-9QX2"


@given(codes)
def test_letters_that_look_like_digits_are_read_as_digits(code: str) -> None:
    for one in "IiLl":
        assert normalise_code(code.replace("1", one).replace("0", "o")) == code


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", CodeProblem.EMPTY),
        (" -- ", CodeProblem.EMPTY),
        ("7K3M-9QX", CodeProblem.LENGTH),
        ("7K3M-9QX22", CodeProblem.LENGTH),
        ("7" * 5000, CodeProblem.LENGTH),
        ("7K3M-9QXU", CodeProblem.LETTER),
        ("7K3M-9QX*", CodeProblem.LETTER),
        ("7K3M-9QXß", CodeProblem.LENGTH),
        ("7K3M-9QX3", CodeProblem.CHECK),
        ("https://depot.example/C/", CodeProblem.EMPTY),
        ("https://depot.example/D/7K3M-9QX2", CodeProblem.LENGTH),
    ],
)
def test_what_is_no_code_is_refused_with_its_problem(text: str, problem: CodeProblem) -> None:
    with pytest.raises(InvalidCrateCode) as caught:
        parse_code(text)
    assert caught.value.problem is problem
    assert caught.value.text == text
    assert normalise_code(text) is None


@given(st.text(max_size=400))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = normalise_code(text)
    assert found is None or parse_code(found) == found
    for code in candidate_codes(text):
        assert is_valid(code)


def test_a_check_letter_needs_seven_letters_of_the_alphabet() -> None:
    with pytest.raises(InvalidCrateCode):
        check_letter("123456")
    with pytest.raises(InvalidCrateCode):
        check_letter("123456U")


@pytest.mark.parametrize(
    "typed",
    [
        "7K3M-9QX3",  # a wrong letter
        "K73M-9QX2",  # two swapped
        "7K3M-9Q2X",
        "7K3M-9QX",  # one missing
        "7K3MM-9QX2",  # one too many
        "7K3U-9QX2",  # a letter that no code has
        "TK3M-9QX2",
        "7K3M-90XZ",  # two look-alikes
    ],
)
def test_a_misspelt_code_is_suggested(typed: str) -> None:
    assert not is_valid(typed)
    assert suggestions(typed, ["0000-0000", "7K3M-9QX2", "97KB-6CQ9"]) == ["7K3M-9QX2"]


def test_likelier_slips_come_first() -> None:
    near = candidate_codes("7K3M-9Q2X")
    assert near[0] == "7K3M-9QX2"
    assert len(near) == len(set(near)) < 100


def test_nothing_is_suggested_for_what_is_not_near() -> None:
    assert suggestions("BOX1", ["7K3M-9QX2"]) == []
    assert suggestions("MMMM-MMMM", ["7K3M-9QX2"]) == []
    assert suggestions("", ["7K3M-9QX2"]) == []


@pytest.mark.parametrize(
    ("base", "address"),
    [
        ("https://depot.example", "https://DEPOT.EXAMPLE/C/7K3M-9QX2"),
        ("HTTPS://Depot.Example/", "https://DEPOT.EXAMPLE/C/7K3M-9QX2"),
        ("http://192.168.1.20:8443", "http://192.168.1.20:8443/C/7K3M-9QX2"),
        ("https://food.example/depot/", "https://FOOD.EXAMPLE/DEPOT/C/7K3M-9QX2"),
        ("https://bücher.example", "https://XN--BCHER-KVA.EXAMPLE/C/7K3M-9QX2"),
        ("http://[fd00::1]:8000", "http://[FD00::1]:8000/C/7K3M-9QX2"),
    ],
)
def test_a_label_points_to_the_crate(base: str, address: str) -> None:
    assert code_url(base, "7k3m9qx2") == address
    assert parse_code(address) == "7K3M-9QX2"


@pytest.mark.parametrize(
    "base",
    [
        "",
        "depot.example",
        "ftp://depot.example",
        "https://",
        "https://ada:secret@depot.example",
        "https://depot.example?x=1",
        "https://depot.example#x",
        "https://depot.example:port",
        "https://" + "x" * 70 + ".example",
        "https://[::1",
    ],
)
def test_a_base_that_labels_cannot_point_to_is_refused(base: str) -> None:
    with pytest.raises(InvalidBaseUrl):
        code_url(base, "7K3M-9QX2")


def test_an_address_is_made_for_true_codes_only() -> None:
    with pytest.raises(InvalidCrateCode):
        code_url("https://depot.example", "7K3M-9QX3")
