"""Opens workbooks in LibreOffice, without a window, and reads what it calculates."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import zipfile
from pathlib import Path

from tests.programs import need_program

#: Calculate every formula anew on opening, whatever result was stored beside it.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
#: Comma, double quotes, UTF-8, as shown: no; all sheets, each a file of its own.
_AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
_RESULT = re.compile(rb"(</f>)<v>[^<]*</v>")


def calculate_workbook(workbook: bytes, folder: Path) -> dict[str, list[list[str]]]:
    """Return the cells of each sheet by its name, as LibreOffice calculates them.

    The results stored beside formulas are wiped first, so that none of them can be taken for one.
    """
    program = need_program("soffice", "libreoffice-calc-nogui")
    (folder / "home" / "user").mkdir(parents=True)
    (folder / "home" / "user" / "registrymodifications.xcu").write_text(_SETTINGS)
    (folder / "book.xlsx").write_bytes(_without_results(workbook))
    home = f"-env:UserInstallation=file://{folder / 'home'}"
    command = [program, home, "--headless", "--convert-to", _AS_CSV, "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "book.xlsx")], check=True, capture_output=True)
    sheets = {}
    for file in folder.glob("book-*.csv"):
        text = file.read_text(encoding="utf-8")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        sheets[file.stem.removeprefix("book-")] = rows
    return sheets


def _without_results(workbook: bytes) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as read,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for info in read.infolist():
            content = read.read(info)
            if info.filename.startswith("xl/worksheets/"):
                content = _RESULT.sub(rb"\1", content)
            written.writestr(info.filename, content)
    return out.getvalue()
