"""Files other than PDFs that attack their reader, made by us and small on disk."""

from __future__ import annotations

import io
import zipfile

LAUGHS = "<!DOCTYPE akomaNtoso [<!ENTITY a0 'ha'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
)
AKN = '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act><body>{}</body></act></akomaNtoso>'
HIDDEN = "swordfish of the machine"


def laughing_xml(_):
    return "law.xml", ("<?xml version='1.0'?>" + LAUGHS + AKN.format("&a11;")).encode()


def laughing_xml_in_utf16(_):
    return "law.xml", ("<?xml version='1.0' encoding='UTF-16'?>" + LAUGHS + AKN.format("&a11;")).encode(
        "utf-16"
    )


def xml_that_asks_for_a_file(secret):
    kind = f"<!DOCTYPE akomaNtoso [<!ENTITY it SYSTEM '{secret.as_uri()}'>]>"
    return "law.xml", (kind + AKN.format("<article><num>1</num><p>&it;</p></article>")).encode()


def xml_in_utf7_that_asks_for_a_file(secret):
    """The declaration is hidden from a look at the bytes."""
    inner = f"<!DOCTYPE akomaNtoso [<!ENTITY it SYSTEM '{secret.as_uri()}'>]>" + AKN.format("<p>&it;</p>")
    return "law.xml", b"<?xml version='1.0' encoding='UTF-7'?>" + inner.encode("utf-7")


def xml_that_includes_a_file(secret):
    body = f"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='{secret.as_uri()}' parse='text'/>"
    return "law.xml", AKN.format(f"<article><num>1</num><p>{body}</p></article>").encode()


def deep_xml(_):
    return "law.xml", AKN.format("<section>" * 50_000 + "</section>" * 50_000).encode()


def deep_html(_):
    return "law.html", b"<html><body>" + b"<div>" * 200_000 + b"Article 1" + b"</div>" * 200_000


def html_of_endless_spans(_):
    cells = "<td colspan=1000000000 rowspan=1000000000>Article 1</td>" * 30
    return (
        "law.html",
        f"<html><body><table><tr>{cells}</tr><tr><td>a</td></tr></table></body></html>".encode(),
    )


def html_of_deep_tables(_):
    return "law.html", b"<html><body>" + b"<table><tr><td>" * 3_000 + b"Article 1"


def html_of_deep_lists(_):
    return "law.html", b"<html><body>" + b"<ol><li>" * 20_000 + b"Article 1"


def html_that_asks_for_a_file(secret):
    frames = f"<iframe src='{secret.as_uri()}'></iframe><embed src='{secret}'>"
    return "law.html", f"<html><body><p>Article 1</p>{frames}</body></html>".encode()


def huge_html(_):
    return "law.html", b"<html><body><p>" + b"a " * (33 << 20)


def _zipped(parts):
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts:
            if isinstance(content, int):
                with archive.open(name, "w", force_zip64=True) as part:
                    for _ in range(content):
                        part.write(b" " * (1 << 20))
            else:
                archive.writestr(name, content)
    return found.getvalue()


TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="{}"/></Relationships>'
)
WORDS = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def _docx(document, *, target="word/document.xml", more=()):
    parts = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS.format(target)),
        ("word/document.xml", document),
    ]
    return _zipped([*parts, *more])


def docx_bomb(_):
    """One part of 600 MB of spaces."""
    return "law.docx", _docx("<a/>", more=[("word/media/a.bin", 600)])


def docx_of_many_parts(_):
    return "law.docx", _docx(WORDS.format(""), more=[(f"word/a{n}.xml", "<a/>") for n in range(20_001)])


def docx_with_a_late_declaration(secret):
    """The document type declaration stands behind a comment of 10,000 signs."""
    kind = f"<!DOCTYPE x [<!ENTITY it SYSTEM '{secret.as_uri()}'>]>"
    body = WORDS.format("<w:p><w:r><w:t>&it;</w:t></w:r></w:p>")
    return "law.docx", _docx("<?xml version='1.0'?><!--" + "x" * 10_000 + "-->" + kind + body)


def docx_that_points_outside(secret):
    return "law.docx", _docx(WORDS.format(""), target=f"../../../..{secret}")


def docx_that_nests(_):
    inner = "<w:tbl><w:tr><w:tc>" * 3_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 3_000
    return "law.docx", _docx(WORDS.format(inner))


def odt(_):
    parts = [("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", 80)]
    return "law.odt", _zipped(parts)


def plain_archive(_):
    return "laws.zip", _zipped([("../../../../tmp/evil.pdf", b"%PDF-1.4")])


def archive_called_pdf_free(_):
    return "law.txt", _zipped([("law.txt", b"Article 1")])


BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
)
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'


def _cell(place, text):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def _xlsx(sheet):
    types = TYPES.replace("/word/document.xml", "/xl/workbook.xml").replace(
        "wordprocessingml.document.main", "spreadsheetml.sheet.main"
    )
    relation = RELATIONS.replace('officeDocument" Target', 'worksheet" Target')
    return _zipped(
        [
            ("[Content_Types].xml", types),
            ("_rels/.rels", RELATIONS.format("xl/workbook.xml")),
            ("xl/workbook.xml", BOOK),
            ("xl/_rels/workbook.xml.rels", relation.format("worksheets/sheet1.xml")),
            ("xl/worksheets/sheet1.xml", sheet),
        ]
    )


HEAD = f'<row r="1">{_cell("A1", "id")}{_cell("B1", "text")}</row>'


def xlsx(_):
    row = f'<row r="2">{_cell("A2", "1")}{_cell("B2", "Providers shall keep logs.")}</row>'
    return "laws.xlsx", _xlsx(SHEET.format(f"<sheetData>{HEAD}{row}</sheetData>"))


def xlsx_bomb(_):
    """A sheet of 2 GB of spaces."""
    return "laws.xlsx", _xlsx(2048)


def xlsx_that_laughs(_):
    return "laws.xlsx", _xlsx(
        LAUGHS.replace("akomaNtoso", "worksheet")
        + SHEET.format("<sheetData><row><c t='str'><v>&a11;</v></c></row></sheetData>")
    )


def xlsx_that_claims_all(_):
    """Two rows, the last of which says that it is the million-and-first, at the last column."""
    last = f'<row r="1048576">{_cell("XFD1048576", "x")}</row>'
    return "laws.xlsx", _xlsx(
        SHEET.format(f'<dimension ref="A1:XFD1048576"/><sheetData>{HEAD}{last}</sheetData>')
    )


def csv_of_one_field(_):
    return "laws.csv", b'id,text\n1,"' + b"a" * 11_000_000 + b'"\n'


def csv_of_many_columns(_):
    return "laws.csv", b"id,text" + b",x" * 1_000_000 + b"\n1,Providers shall keep logs." + b",y" * 1_000_000


def csv_without_end(_):
    return "laws.csv", b"id,text\n" + b'1,"a\n' * 100_000


def deep_json(_):
    return "laws.json", b'{"catalog": ' * 1 + b"[" * 200_000


def yaml_that_laughs(_):
    lines = ["g0: &g0 {id: a, title: ha, groups: []}"]
    lines += [f"g{n}: &g{n} {{id: a{n}, groups: [{', '.join([f'*g{n - 1}'] * 10)}]}}" for n in range(1, 12)]
    return "laws.yaml", ("\n".join(lines) + "\ncatalog: {groups: [*g11]}\n").encode()


def yaml_in_a_ring(_):
    return "laws.yaml", b"catalog: &c {groups: [{id: a, title: t, groups: [*c]}], controls: [*c]}\n"


def yaml_that_runs_code(secret):
    return "laws.yaml", f"catalog: !!python/object/apply:os.remove ['{secret}']\n".encode()


REFUSED = (
    laughing_xml,
    laughing_xml_in_utf16,
    xml_that_asks_for_a_file,
    xml_in_utf7_that_asks_for_a_file,
    deep_xml,
    huge_html,
    docx_bomb,
    docx_of_many_parts,
    docx_with_a_late_declaration,
    docx_that_points_outside,
    docx_that_nests,
    odt,
    plain_archive,
    archive_called_pdf_free,
    xlsx_bomb,
    xlsx_that_laughs,
    csv_of_one_field,
    deep_json,
    yaml_that_laughs,
    yaml_in_a_ring,
    yaml_that_runs_code,
)
#: Read, or refused: both are right, and neither takes long.
ODD = (
    xml_that_includes_a_file,
    deep_html,
    html_of_endless_spans,
    html_of_deep_tables,
    html_of_deep_lists,
    html_that_asks_for_a_file,
    xlsx,
    xlsx_that_claims_all,
    csv_of_many_columns,
    csv_without_end,
)
