"""What can be wrong with a code, a sheet or a print job."""

from __future__ import annotations

from enum import StrEnum


class LabelError(ValueError):
    """Anything this package refuses. The message is one English sentence, for a log."""


class CodeProblem(StrEnum):
    """Why a text is not a crate code; stable values, so that callers can translate them."""

    EMPTY = "empty"
    LENGTH = "length"
    LETTER = "letter"
    CHECK = "check"


class InvalidCrateCode(LabelError):
    """A text that is not a crate code; `text` is what was given, `problem` says what is wrong."""

    def __init__(self, text: str, problem: CodeProblem) -> None:
        super().__init__(f"{text[:80]!r} is not a crate code ({problem.value}).")
        self.text = text
        self.problem = problem


class InvalidBaseUrl(LabelError):
    """A base address that labels cannot point to."""


class UnknownSheet(LabelError):
    """No label sheet has this product code; `code` is what was asked for."""

    def __init__(self, code: str, known: tuple[str, ...]) -> None:
        super().__init__(f"There is no label sheet {code[:40]!r}; there are {', '.join(known)}.")
        self.code = code
        self.known = known


class SheetDoesNotFit(LabelError):
    """The labels of a sheet overlap or do not fit on its page."""


class StartOffSheet(LabelError):
    """The first label to print is not on the sheet."""


class TextTooLong(LabelError):
    """A text that no QR symbol can hold."""


class NothingToPrint(LabelError):
    """A print job without labels."""


class NotAPicture(LabelError):
    """Data that are no picture, or a damaged one."""


class UnreadablePicture(LabelError):
    """A picture in a format that cannot be read here; `format` names it."""

    def __init__(self, format_: str) -> None:
        super().__init__(f"A picture in {format_} cannot be read here.")
        self.format = format_


class PictureTooLarge(LabelError):
    """A picture with more pixels than are unpacked."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__(f"The picture has too many pixels ({width} x {height}).")


class PhotosBusy(LabelError):
    """More photos are sent than can be read at once."""
