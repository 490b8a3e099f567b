"""PDFs broken in the ways that files break, and in ways that only malice breaks them; drawn by a seed."""

from __future__ import annotations

import io
import re

from pypdf import PdfReader, PdfWriter

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_NUMBER = re.compile(rb"(?<![\d.])\d{1,9}(?![\d.])")
_OBJECT = re.compile(rb"\d+ 0 obj\b(.*?)endobj", re.DOTALL)
_NAME = re.compile(rb"/[A-Za-z][A-Za-z0-9]{1,20}")
_LENGTH = re.compile(rb"/Length \d+")
_OFFSET = re.compile(rb"\d{10} \d{5} n")
_ODD = (
    b"0",
    b"-1",
    b"2147483647",
    b"2147483648",
    b"99999999999999999999",
    b"1e99",
    b"null",
    b"[ ]",
    b"<< >>",
)


def flipped(data, dice):
    found = bytearray(data)
    for _ in range(dice.choice((1, 4, 40, 400))):
        found[dice.randrange(len(found))] = dice.randrange(256)
    return bytes(found)


def cut(data, dice):
    return data[: dice.randrange(1, len(data))]


def beheaded(data, dice):
    return data[dice.randrange(1, len(data)) :]


def holed(data, dice):
    start = dice.randrange(len(data))
    return data[:start] + data[start + dice.choice((1, 100, 5000)) :]


def blanked(data, dice):
    start, size = dice.randrange(len(data)), dice.choice((16, 512, 4096))
    return data[:start] + bytes(min(size, len(data) - start)) + data[start + size :]


def doubled(data, dice):
    start = dice.randrange(len(data))
    return data[: start + 5000] + data[start:]


def swapped_streams(data, dice):
    """Two streams change their places; lengths and cross-references are then wrong, too."""
    return _swapped(_STREAM, data, dice)


def swapped_objects(data, dice):
    """Two objects change their numbers: a font may be a page, a page its own parent."""
    return _swapped(_OBJECT, data, dice)


def _swapped(pattern, data, dice):
    found = [match.span(1) for match in pattern.finditer(data)]
    if len(found) < 2:
        return flipped(data, dice)
    (a, b), (c, d) = sorted(dice.sample(found, 2))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def cut_streams(data, dice):
    """Packed streams end early, and what stood behind is filled with zeros: no offset moves."""
    found = bytearray(data)
    for match in _STREAM.finditer(data):
        start, end = match.span(1)
        if end > start and dice.random() < 0.5:
            kept = dice.randrange(start, end)
            found[kept:end] = bytes(end - kept)
    return bytes(found)


def wrong_lengths(data, dice):
    return _LENGTH.sub(lambda _: b"/Length " + dice.choice(_ODD[:5]), data)


def wrong_offsets(data, dice):
    return _OFFSET.sub(lambda _: b"%010d 00000 n" % dice.randrange(2 * len(data)), data)


def wrong_start(data, dice):
    return re.sub(rb"startxref\s+\d+", b"startxref\n" + dice.choice(_ODD[:5]), data)


def wrong_numbers(data, dice):
    """Some of the plain numbers outside packed streams become odd ones."""
    return _drawn(_NUMBER, data, dice, lambda _: dice.choice(_ODD))


def wrong_names(data, dice):
    names = sorted(set(_NAME.findall(data))) or [b"/Type"]
    return _drawn(_NAME, data, dice, lambda _: dice.choice(names))


def _drawn(pattern, data, dice, other):
    share = dice.choice((0.002, 0.02, 0.2))
    return pattern.sub(lambda match: other(match) if dice.random() < share else match[0], data)


def without_ends(data, dice):
    return data.replace(b"endstream", b"").replace(b"endobj", b"" if dice.random() < 0.5 else b"endob")


def from_windows(data, dice):
    return data.replace(b"\n", b"\r\n")


def among_rubbish(data, dice):
    return dice.randbytes(dice.choice((3, 900, 2000))) + data + dice.randbytes(3000)


def text_only(data, dice):
    """As an editor for text would save it."""
    return data.decode("utf-8", "replace").encode("utf-8")


def first_pages(data):
    """A file of the first pages alone, so that many breaks of a long law can be tried."""
    return rewritten(data, lambda writer: None)


def rewritten(data, change):
    """The first pages by another library, changed; as it was where that library does not read it."""
    writer, found = PdfWriter(), io.BytesIO()
    try:
        for page in PdfReader(io.BytesIO(data)).pages[:5]:
            writer.add_page(page)
        change(writer)
        writer.write(found)
    except Exception:  # noqa: BLE001 - some originals are broken themselves
        return data
    return found.getvalue()


def locked(data, dice):
    """Encrypted; with an empty user password it opens all the same."""
    word = dice.choice(("", "sesame"))
    return rewritten(data, lambda writer: writer.encrypt(word, "owner", algorithm="RC4-128"))


def locked_and_flipped(data, dice):
    return flipped(locked(data, dice), dice)


def without_pages(data, dice):
    return rewritten(data, lambda writer: [writer.remove_page(0) for _ in range(len(writer.pages))])


BREAKS = (
    flipped,
    cut,
    beheaded,
    holed,
    blanked,
    doubled,
    swapped_streams,
    swapped_objects,
    cut_streams,
    wrong_lengths,
    wrong_offsets,
    wrong_start,
    wrong_numbers,
    wrong_names,
    without_ends,
    from_windows,
    among_rubbish,
    text_only,
    locked,
    locked_and_flipped,
    without_pages,
)
