"""`depot openapi`: the description of the JSON API, from its schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from flask import Flask

from depot.cli.frame import application


@click.command()
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Else: print it.")
def openapi(output: Path | None) -> None:
    """Write the OpenAPI description of the API."""
    with application() as app:
        text = described(app)
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text)


def described(app: Flask) -> str:
    """Return the API's OpenAPI document as stable, indented JSON."""
    document: dict[str, Any] = app.extensions["flask-smorest"]["apis"][""]["ext_obj"].spec.to_dict()
    return json.dumps(document, indent=2, sort_keys=True, default=str) + "\n"
