"""``fragcheck info``: what this installation is, where it keeps things, and what guards it here."""

from __future__ import annotations

import json
import platform
from typing import Annotated, Any

import typer

from fragcheck.cli.options import refuse_format
from fragcheck.version import __version__

__all__ = ["info"]

_FORMATS = ("text", "json")
_GUARDS = {
    "memory": "address space is limited",
    "processor-time": "processor time is limited",
    "written-files": "the size of written files is limited",
    "open-files": "the number of open files is limited",
    "core-dumps": "no memory is dumped to disk",
    "life": "readers end with the process that started them",
    "network": "readers reach no network",
}


def info(
    form: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Show the version, the folders, and which guards the readers of foreign files have on this machine.

    Exit status: 0 every guard is in force, 1 one is missing here.

    Example: `fragcheck info`
    """
    refuse_format(form, _FORMATS, ())
    found = _facts()
    if form == "json":
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _show(found)
    if found["guards_missing"]:
        raise typer.Exit(1)


def _facts() -> dict[str, Any]:
    from fragcheck.isolation import guards_in_force
    from fragcheck.pdf import ocr_is_available
    from fragcheck.store import code_fingerprint, data_folder, home_folder

    guards = guards_in_force()
    return {
        "version": __version__,
        "code": code_fingerprint(),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "cache_folder": str(home_folder()),
        "data_folder": str(data_folder()),
        "ocr": ocr_is_available(),
        "guards": [name for name in _GUARDS if name in guards],
        "guards_missing": [name for name in _GUARDS if name not in guards],
    }


def _show(found: dict[str, Any]) -> None:
    typer.echo(f"fragcheck {found['version']} (code {found['code'][:16]})")
    typer.echo(f"Python {found['python']} on {found['platform']}")
    typer.echo(f"caches in {found['cache_folder']}, work in {found['data_folder']}")
    typer.echo(f"OCR: {'Tesseract is installed' if found['ocr'] else 'not installed, scans stay unread'}")
    for name, what in _GUARDS.items():
        typer.echo(f"guard {name}: {what if name in found['guards'] else 'NOT IN FORCE on this system'}")
