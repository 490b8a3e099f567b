"""Writes docs/cli.md from the commands themselves: ``python docs/build_cli.py``, or ``make docs``."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import typer
from typer.core import TyperArgument, TyperOption

from fragcheck.cli.entry import app

PAGE = Path(__file__).with_name("cli.md")
_HEAD = """# Command line

Made by `make docs` from the commands themselves; a test holds it current.

Standard output carries data alone; progress and warnings go to standard error. Exit status: 0 done, 1 done
but something was left unread (`verify`: something does not hold), 2 wrong usage or bad input. FILE is a PDF,
Akoma Ntoso XML, a CSV or XLSX table of provisions (`id,text`), an OSCAL catalog (JSON), a CISO Assistant
framework (YAML), or the id of a catalogue entry that was fetched.

| variable | meaning |
|---|---|
| `FRAGCHECK_HOME` | folder of official copies, uploads and artefacts; else the user's cache folder |
| `FRAGCHECK_DATABASE_URL` | database of projects and reviews (`postgresql://…`); else an SQLite file |
| `FRAGCHECK_USER` | who asks, in projects and reviews; else the name of the login |
| `FRAGCHECK_PASSWORD` | password of encrypted PDFs |
| `FRAGCHECK_DEBUG` | shows a traceback where fragcheck itself is at fault |
| `SOURCE_DATE_EPOCH` | the moment that OSCAL and CISO Assistant files state, in seconds since 1970 |
"""


def page() -> str:
    """Return the reference page: every command with its synopsis, text, arguments and options."""
    parts = [_HEAD]
    for path, command in commands():
        parts.append(_section(path, command))
    return "\n".join(parts)


def commands() -> Iterator[tuple[str, object]]:
    """Yield each command with its full name, in the order of the help; groups give their commands."""
    waiting = [("fragcheck", typer.main.get_command(app))]
    while waiting:
        path, command = waiting.pop(0)
        inner = getattr(command, "commands", None)
        if inner is None:
            yield path, command
        else:
            waiting = [(f"{path} {name}", each) for name, each in inner.items()] + waiting


def _section(path: str, command: object) -> str:
    parameters = [each for each in command.params if not getattr(each, "hidden", False)]  # type: ignore[attr-defined]
    arguments = [each for each in parameters if isinstance(each, TyperArgument)]
    options = [each for each in parameters if isinstance(each, TyperOption)]
    lines = [f"## {path}", "", inspect.cleandoc(command.help or ""), ""]  # type: ignore[attr-defined]
    lines += [f"    {' '.join([path, *map(_placeholder, arguments)])} [OPTIONS]", ""]
    rows = [(f"`{_placeholder(each)}`", each.help or "", "") for each in arguments]
    rows += [(_names(each), each.help or "", _usual(each)) for each in options]
    if rows:
        lines += ["| argument or option | meaning | usual |", "|---|---|---|"]
        lines += [f"| {' | '.join(_cell(value) for value in row)} |" for row in rows]
        lines.append("")
    return "\n".join(lines)


def _placeholder(argument: TyperArgument) -> str:
    name = (argument.metavar or argument.name or "").strip("[]{}").rstrip("…").upper()
    shown = f"{name} …" if argument.nargs == -1 else name
    return shown if argument.required else f"[{shown}]"


def _names(option: TyperOption) -> str:
    return ", ".join(f"`{name}`" for name in sorted(option.opts, key=len, reverse=True))


def _usual(option: TyperOption) -> str:
    value = option.default
    if value in (None, "", ()) or callable(value):
        return ""
    return "off" if value is False else f"`{value}`"


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("|", "\\|").strip()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
