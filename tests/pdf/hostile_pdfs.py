"""PDFs that attack their reader, made by us and small on disk."""

from __future__ import annotations

import zlib


def pdf_of(objects, *, root=1, trailer=b""):
    """A PDF of objects numbered from 1."""
    body = b"%PDF-1.7\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return body + b"trailer\n<< /Size %d /Root %d 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        root,
        trailer,
        start,
    )


def stream(content, extra=b"", *, packed=True):
    data = zlib.compress(content, 9) if packed else content
    kind = b"/Filter /FlateDecode" if packed else b""
    return b"<< /Length %d %b %b >>\nstream\n%b\nendstream" % (len(data), kind, extra, data)


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
LAW = b"BT /F1 11 Tf 72 700 Td (Article 1. Providers shall keep records for ten years.) Tj ET"


def one_page(
    content=LAW, *, box=b"[0 0 612 792]", resources=b"", more=(), catalogue=b"", page=b"", trailer=b""
):
    """Objects: 1 catalogue, 2 pages, 3 page, 4 content, 5 font, 6… what is given."""
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R %b >>" % catalogue,
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox %b /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> %b >> %b >>" % (box, resources, page),
            stream(content),
            FONT,
            *more,
        ],
        trailer=trailer,
    )


def decompression_bomb():
    """A page of 1 GB of spaces, packed three times into some kilobytes."""
    pack = zlib.compressobj(9)
    packed = b"".join(pack.compress(b" " * (1 << 20)) for _ in range(1024)) + pack.flush()
    packed = zlib.compress(zlib.compress(packed, 9), 9)
    content = b"<< /Length %d /Filter [/FlateDecode /FlateDecode /FlateDecode] >>\nstream\n%b\nendstream" % (
        len(packed),
        packed,
    )
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>",
            content,
        ]
    )


def nested_arrays():
    return one_page(page=b"/PieceInfo " + b"[" * 100_000 + b"]" * 100_000)


def nested_dictionaries():
    return one_page(page=b"/PieceInfo " + b"<< /A " * 50_000 + b"null" + b" >>" * 50_000)


def nested_states():
    return one_page(b"q " * 200_000 + LAW + b" Q" * 200_000)


def nested_marks():
    return one_page(b"/Span BMC " * 100_000 + LAW + b" EMC" * 100_000)


def page_tree_in_a_ring():
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 9 /Parent 3 0 R >>",
            b"<< /Type /Pages /Kids [2 0 R 4 0 R] /Count 9 /Parent 2 0 R >>",
            (
                b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 612 792] /Contents 5 0 R "
                b"/Resources << /Font << /F1 6 0 R >> >> >>"
            ),
            stream(LAW),
            FONT,
        ]
    )


def deep_page_tree():
    depth = 5_000
    nodes = [
        b"<< /Type /Pages /Kids [%d 0 R] /Count 1 /Parent %d 0 R >>" % (number + 1, number - 1)
        for number in range(2, 2 + depth)
    ]
    last = 2 + depth
    page = (
        b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
        b"/Resources << /Font << /F1 %d 0 R >> >> >>" % (last - 1, last + 1, last + 2)
    )
    return pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", *nodes, page, stream(LAW), FONT])


def form_that_draws_itself():
    form = stream(
        b"/X0 Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X0 6 0 R >> >>"
    )
    return one_page(LAW + b" /X0 Do", resources=b"/XObject << /X0 6 0 R >>", more=(form,))


def forms_that_laugh():
    """Ten levels of forms, each of which draws the next ten times."""
    forms = [
        stream(
            b"/X Do " * 10 if level < 9 else LAW,
            b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> "
            b"/XObject << /X %d 0 R >> >>" % (7 + level),
        )
        for level in range(10)
    ]
    return one_page(b"/X Do", resources=b"/XObject << /X 6 0 R >>", more=forms)


def page_as_large_as_a_country():
    return one_page(box=b"[0 0 1000000000 1000000000]")


def page_of_no_size():
    return one_page(box=b"[0 0 0 0]")


def page_of_odd_numbers():
    return one_page(box=b"[-1e38 1e39 999999999999999999999 nan]")


def runs(count):
    """A page of `count` tiny runs, each of its own place."""
    places = b" ".join(b"1 0 0 1 %d %d Tm (a) Tj" % (20 + n % 570, 20 + n // 570 % 750) for n in range(count))
    return one_page(b"BT /F1 1 Tf " + places + b" ET")


def millions_of_runs():
    return runs(1_500_000)


def one_endless_run():
    return one_page(b"BT /F1 8 Tf 20 400 Td (" + b"Article 1 a " * 1_000_000 + b") Tj ET")


def a_million_rules():
    return one_page(
        b"0.5 w "
        + b" ".join(
            b"%d %d m %d %d l S" % (n % 600, n // 600 % 700, n % 600 + 9, n // 600 % 700)
            for n in range(400_000)
        )
        + b" "
        + LAW
    )


def pages_that_are_not_there():
    return pdf_of(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 20000000 >>", b"null"]
    )


def pages_without_end():
    """One page object, which the tree names a hundred thousand times."""
    kids = b"3 0 R " * 100_000
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%b] /Count 100000 >>" % kids,
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
            stream(LAW),
        ]
    )


def image_as_large_as_memory():
    image = stream(
        b"\0" * 3_000_000,
        b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 "
        b"/ColorSpace /DeviceRGB /BitsPerComponent 8",
    )
    return one_page(b"q 600 0 0 700 0 0 cm /I Do Q", resources=b"/XObject << /I 6 0 R >>", more=(image,))


def references_in_a_ring():
    ring = one_page(page=b"/Rotate 6 0 R", more=(b"7 0 R", b"6 0 R"))
    return ring.replace(b"/Length", b"/Length 6 0 R /Was", 1)


def endless_title():
    return one_page(more=(b"<< /Title (%b) >>" % (b"A law " * 500_000),), trailer=b"/Info 6 0 R")


def xref_in_a_ring():
    data = one_page()
    start = int(data.rpartition(b"startxref\n")[2].split()[0])
    return data.replace(b"trailer\n<< ", b"trailer\n<< /Prev %d " % start)


def map_of_all_characters():
    ranges = b"".join(b"<%04X> <%04X> <0041>\n" % (n * 16, n * 16 + 15) for n in range(4096))
    cmap = (
        b"begincmap\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n4096 beginbfrange\n"
        + ranges * 50
        + b"endbfrange endcmap"
    )
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 7 0 R "
        b"/DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X "
        b"/CIDSystemInfo << /Registry (A) /Ordering (I) /Supplement 0 >> >>] >>"
    )
    content = b"BT /F2 11 Tf 72 700 Td <" + b"00410042" * 2000 + b"> Tj ET"
    return one_page(content, resources=b"/Font << /F2 6 0 R >>", more=(font, stream(cmap)))


HOSTILE = (
    decompression_bomb,
    nested_arrays,
    nested_dictionaries,
    nested_states,
    nested_marks,
    page_tree_in_a_ring,
    deep_page_tree,
    form_that_draws_itself,
    forms_that_laugh,
    page_as_large_as_a_country,
    page_of_no_size,
    page_of_odd_numbers,
    millions_of_runs,
    one_endless_run,
    a_million_rules,
    pages_that_are_not_there,
    pages_without_end,
    image_as_large_as_memory,
    references_in_a_ring,
    endless_title,
    xref_in_a_ring,
    map_of_all_characters,
)


def with_active_content():
    """JavaScript on opening, on the page and by name, an embedded file, a program to launch."""
    script = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
    file = stream(b"MZ not a program", b"/Type /EmbeddedFile")
    spec = b"<< /Type /Filespec /F (run-me.exe) /UF (run-me.exe) /EF << /F 6 0 R >> >>"
    catalogue = (
        b"/OpenAction << /S /Launch /F (run-me.exe) >> /Names << /JavaScript << /Names [(a) %b (b) %b] >> "
        b"/EmbeddedFiles << /Names [(run-me.exe) 7 0 R] >> >>" % (script, script)
    )
    return one_page(more=(file, spec), catalogue=catalogue, page=b"/AA << /O %b >>" % script)
