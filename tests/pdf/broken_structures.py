"""PDFs whose parts are whole and say what cannot be: references, filters, fonts, operators."""

from __future__ import annotations

import io
import re

from broken_pdfs import BREAKS, rewritten
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

_REFERENCE = re.compile(rb"(?<!\d)\d{1,6} 0 R\b")
_HEAD = re.compile(rb"(?<![\d.])(\d{1,6}) 0 obj\b")
_WHOLE = re.compile(rb"(?<![\d.])\d{1,6} 0 obj\b.*?endobj", re.DOTALL)
_FILTER = re.compile(rb"/(?:FlateDecode|DCTDecode|LZWDecode|ASCII85Decode|ASCIIHexDecode|CCITTFaxDecode)\b")
_ENTRY = re.compile(rb"\d{10} \d{5} [nf]")
_FONT_WORD = re.compile(
    rb"/(?:Type[013]|TrueType|CIDFontType[02]|Identity-[HV]|WinAnsiEncoding|MacRomanEncoding|StandardEncoding"
    rb"|ToUnicode|FontFile[23]?|DescendantFonts|Encoding|FirstChar|LastChar|Widths|W|DW|CIDToGIDMap)\b"
)
_WORD = re.compile(rb"(?<=\s)(?:[A-Za-z'\"*]{1,3}|-?\d*\.?\d+)(?=\s)")
_FILTERS = (
    *(b"/LZWDecode", b"/ASCII85Decode", b"/ASCIIHexDecode", b"/RunLengthDecode", b"/CCITTFaxDecode"),
    *(b"/JBIG2Decode", b"/JPXDecode", b"/DCTDecode", b"/Crypt", b"/None", b"[/FlateDecode /FlateDecode]"),
)
_OPERATORS = (
    *(
        b"q",
        b"Q",
        b"BT",
        b"ET",
        b"Tj",
        b"TJ",
        b"Tf",
        b"Tm",
        b"Td",
        b"T*",
        b"'",
        b'"',
        b"Do",
        b"cm",
        b"re",
        b"W",
    ),
    *(
        b"n",
        b"f",
        b"BI",
        b"ID",
        b"EI",
        b"BDC",
        b"BMC",
        b"EMC",
        b"gs",
        b"sh",
        b"d0",
        b"Tr",
        b"Tz",
        b"TL",
        b"Ts",
    ),
)
_NUMBERS = (
    b"0",
    b"-1",
    b"1e9",
    b"-2147483648",
    b"99999999999999999999",
    b".0000000001",
    b"null",
    b"[",
    b"<<",
)


def _some(pattern, data, dice, other):
    share = dice.choice((0.02, 0.1, 0.5))
    return pattern.sub(lambda match: other(match) if dice.random() < share else match[0], data)


def wrong_references(data, dice):
    """References lead to other objects: pages become their own parents, forms draw themselves."""
    numbers = _HEAD.findall(data) or [b"1"]
    return _some(_REFERENCE, data, dice, lambda _: dice.choice(numbers) + b" 0 R")


def rings(data, dice):
    """All references of one object lead back to it."""
    heads = list(_HEAD.finditer(data))
    if not heads:
        return data
    head = dice.choice(heads)
    end = data.find(b"endobj", head.end())
    end = len(data) if end < 0 else end
    inside = _REFERENCE.sub(head[1] + b" 0 R", data[head.end() : end])
    return data[: head.end()] + inside + data[end:]


def without_objects(data, dice):
    """Objects are gone; their place holds blanks, so that all others are found."""
    return _some(_WHOLE, data, dice, lambda match: b" " * len(match[0]))


def same_numbers(data, dice):
    """Objects bear the numbers of others."""
    numbers = _HEAD.findall(data) or [b"1"]
    return _some(_HEAD, data, dice, lambda _: dice.choice(numbers) + b" 0 obj")


def exchanged_offsets(data, dice):
    """Cross-references lead to objects that are there, under the numbers of others."""
    entries = _ENTRY.findall(data)
    dice.shuffle(entries)
    following = iter(entries)
    return _ENTRY.sub(lambda _: next(following), data)


def wrong_filters(data, dice):
    return _some(_FILTER, data, dice, lambda _: dice.choice(_FILTERS))


def wrong_fonts(data, dice):
    words = sorted(set(_FONT_WORD.findall(data))) or [b"/Encoding"]
    return _some(_FONT_WORD, data, dice, lambda _: dice.choice(words))


def marked_as_locked(data, dice):
    """The trailer says that the file is encrypted, in a way that no one can undo."""
    odd = dice.choice(
        (b"/V 1/R 2", b"/V 5/R 6/Length 256", b"/V 99/R -1", b"/V 4/R 4/CF<</StdCF<</CFM/AESV2>>>>")
    )
    said = b"/Encrypt<</Filter/Standard" + odd + b"/O(x)/U(y)/P -4>>/ID[(a)(b)]"
    return data.replace(b"trailer\n<<", b"trailer\n<<" + said) if b"trailer\n<<" in data else data + said


def operators_of_pages(data, dice):
    """What draws the pages: operators lose their order, numbers are beyond all paper."""

    def change(writer):
        for page in writer.pages:
            found = page.get_contents()
            if found is None:
                continue
            drawn = DecodedStreamObject()
            drawn.set_data(_some(_WORD, found.get_data(), dice, lambda match: _odd_word(match[0], dice)))
            page[NameObject("/Contents")] = writer._add_object(drawn)

    return rewritten(data, change)


def _odd_word(word, dice):
    return dice.choice(_OPERATORS if word[:1].isalpha() or word in (b"'", b'"') else _NUMBERS)


def repeated_pages(data, dice):
    """A page stands in the file some hundred times."""

    def change(writer):
        page = dice.choice(writer.pages)
        for _ in range(dice.choice((50, 300))):
            writer.add_page(page)

    return rewritten(data, change)


def with_scripts(data, dice):
    """JavaScript, an embedded file and a link to nowhere, then flipped bytes half of the time."""

    def change(writer):
        script = {
            "/S": NameObject("/JavaScript"),
            "/JS": TextStringObject("while (true) { app.alert('x'); }"),
        }
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
            {NameObject(key): value for key, value in script.items()}
        )
        writer.add_attachment("../../evil.exe", dice.randbytes(500))

    found = rewritten(data, change)
    return BREAKS[0](found, dice) if dice.random() < 0.5 else found


def twice(data, dice):
    """Two breaks, one after the other."""
    for make in dice.sample((*BREAKS, *STRUCTURES[:-1]), 2):
        data = make(data, dice) or b"%PDF-1.4\n"
    return data


def spliced(data, other, dice):
    """The first part of one file and the last part of another."""
    return data[: dice.randrange(1, len(data))] + other[dice.randrange(len(other)) :]


def grafted(data, other, dice):
    """A page of another file that brings its fonts, among those of this one, with numbers exchanged."""
    writer, found = PdfWriter(), io.BytesIO()
    try:
        for each in (data, other, data):
            pages = PdfReader(io.BytesIO(each)).pages
            writer.add_page(pages[dice.randrange(min(5, len(pages)))])
        writer.write(found)
    except Exception:  # noqa: BLE001 - some originals are broken themselves
        return spliced(data, other, dice)
    return wrong_references(found.getvalue(), dice)


STRUCTURES = (
    wrong_references,
    rings,
    without_objects,
    same_numbers,
    exchanged_offsets,
    wrong_filters,
    wrong_fonts,
    marked_as_locked,
    operators_of_pages,
    repeated_pages,
    with_scripts,
    twice,
)
#: Breaks that take a second file.
OF_TWO = (spliced, grafted)
