"""What a PDF brings to be run or unpacked: it is mentioned, and nothing of it is run or read."""

from __future__ import annotations

import re

import pypdfium2
import pypdfium2.raw as pdfium

from fragcheck.records import Notice

__all__ = ["active_content"]

#: Names of actions in objects that are not packed: scripts, programs, films. What each holds is looked for
#: first, which is quicker.
_ACTIONS = (
    (b"/J", re.compile(rb"/JavaScript\b|/JS\s*[(<\d]"), "JavaScript"),
    (b"/Launch", re.compile(rb"/S\s*/Launch\b"), "a program to start"),
    (b"/RichMedia", re.compile(rb"/RichMedia\b"), "media to play"),
)


def active_content(pdf: pypdfium2.PdfDocument, data: bytes) -> tuple[Notice, ...]:
    """A notice that names scripts, embedded files and the like; none where there are none.

    Scripts by name and embedded files are told by the engine, other actions by their names in `data`
    as far as it is not packed.
    """
    found = [what for name, pattern, what in _ACTIONS if name in data and pattern.search(data)]
    if pdfium.FPDFDoc_GetJavaScriptActionCount(pdf) > 0 and "JavaScript" not in found:
        found.insert(0, "JavaScript")
    n_files = pdfium.FPDFDoc_GetAttachmentCount(pdf)
    if n_files > 0:
        found.append("an embedded file" if n_files == 1 else f"{n_files} embedded files")
    if not found:
        return ()
    message = f"the file brings {', '.join(found)}: nothing of it is run or read"
    return (Notice("active-content", message),)
