"""A photo of labels: what codes are in it, and what each of them is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.frame.guards import actor
from blueprints.frame.language import current_reader
from blueprints.frame.security import require_own_page
from blueprints.scanning.words import ScanAnswer, describe_scan, scan_body
from blueprints.words.photos.sent import why_unread
from blueprints.words.scan_fields import look_up_scan
from labels.errors import LabelError, PhotosBusy

if TYPE_CHECKING:
    from labels.symbols.reading import ReadSymbol

#: What is looked up of one photo.
MAX_CODES_IN_PHOTO: Final = 20


@dataclass(frozen=True, slots=True)
class CodeInPhoto:
    """A code in the photo, and what it is."""

    symbol: ReadSymbol
    told: ScanAnswer


def ask_photo() -> ResponseReturnValue:
    """Ask for a photo."""
    return render_template("scanning/photo.html", found=None, values={}, errors={})


def read() -> ResponseReturnValue:
    """Read the codes in a photo; to a script, which asks for JSON, they are answered as such."""
    require_own_page()
    try:
        symbols = _symbols()
    except PhotosBusy as error:
        return _refused(why_unread(error), "busy", 503)
    except LabelError as error:
        return _refused(why_unread(error))
    return _said(symbols[:MAX_CODES_IN_PHOTO])


def _symbols() -> list[ReadSymbol]:
    file = request.files.get("photo")
    data = file.read() if file is not None else b""
    # with the first photo: a server that never sees one holds no library that reads them
    from labels.symbols.reading import read_in_turn

    return read_in_turn(data)


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _refused(sentence: str, code: str = "invalid", status: int = 422) -> ResponseReturnValue:
    if _wants_json():
        return jsonify({"code": code, "message": sentence, "errors": {"photo": [sentence]}}), status
    page = render_template(
        "scanning/photo.html", found=None, values={}, errors={"photo": [sentence]}
    )
    return page, status


def _said(symbols: list[ReadSymbol]) -> ResponseReturnValue:
    looked_up = [(symbol, look_up_scan(symbol.text)) for symbol in symbols]
    if _wants_json():
        return jsonify(
            {
                "codes": [
                    {"text": one.text, "symbology": one.symbology, "is_sure": one.is_sure}
                    | scan_body(found, actor().depot.name, current_reader(), url_for)
                    for one, found in looked_up
                ]
            }
        )
    shown = [
        CodeInPhoto(symbol, describe_scan(found, actor().depot.name, current_reader(), url_for))
        for symbol, found in looked_up
    ]
    return render_template("scanning/photo.html", found=shown, values={}, errors={})
