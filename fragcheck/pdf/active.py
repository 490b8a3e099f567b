"""What a PDF brings to be run or unpacked: it is mentioned, and nothing of it is run or read."""

from __future__ import annotations

import re

import pypdfium2
import pypdfium2.raw as pdfium

from fragcheck.pdf.names import beginning_with, names_in
from fragcheck.records import Notice

__all__ = ["active_content"]

#: Names of actions in objects that are not packed (scripts, programs, films): letters that must stand in the
#: file, those that the action begins with, and the action.
_ACTIONS = (
    (b"J", b"J", re.compile(rb"/JavaScript\b|/JS\s*[(<\d]"), "JavaScript"),
    (b"Launch", b"S", re.compile(rb"/S\s*/Launch\b"), "a program to start"),
    (b"RichMedia", b"RichMedia", re.compile(rb"/RichMedia\b"), "media to play"),
)


def active_content(pdf: pypdfium2.PdfDocument, data: bytes) -> tuple[Notice, ...]:
    """A notice that names scripts, embedded files and the like; none where there are none.

    Scripts by name and embedded files are told by the engine, other actions by their names in `data`
    as far as it is not packed.
    """
    names = names_in(data)
    found = [
        what
        for needed, first, pattern, what in _ACTIONS
        if len(beginning_with(data, names, needed))
        and any(pattern.match(data, place) for place in beginning_with(data, names, first).tolist())
    ]
    if pdfium.FPDFDoc_GetJavaScriptActionCount(pdf) > 0 and "JavaScript" not in found:
        found.insert(0, "JavaScript")
    n_files = pdfium.FPDFDoc_GetAttachmentCount(pdf)
    if n_files > 0:
        found.append("an embedded file" if n_files == 1 else f"{n_files} embedded files")
    if not found:
        return ()
    message = f"the file brings {', '.join(found)}: nothing of it is run or read"
    return (Notice("active-content", message),)
