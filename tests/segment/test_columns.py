"""Versions of a text side by side, cells that a page cuts in two, captions between paragraphs."""

from __future__ import annotations

from fragcheck.records import Document, Line, LineRole, Page, ProvisionKind
from fragcheck.segment import segment


def line(text, y, x=72.0, *, page=1, column=0, role=LineRole.BODY, **style):
    return Line(text, page, (x, y, x + 5.0 * len(text), y + 10.0), 10.0, column=column, role=role, **style)


def document(*lines):
    pages = tuple(Page(number, 595.0, 842.0) for number in range(1, max(item.page for item in lines) + 1))
    return Document("0" * 64, "columns", "columns.pdf", language="en", pages=pages, lines=lines)


def amendments():
    heads = ["Having regard to the Treaty on the Functioning of the European Union,"]
    lines = [line(text, 60.0) for text in heads]
    for number, top in ((1, 100.0), (2, 400.0)):
        lines += [
            line(f"Amendment {number}", top, is_bold=True),
            line("Proposal for a regulation", top + 20, is_bold=True),
            line(f"Article 3 – paragraph {number}", top + 32, is_bold=True),
            line("Text proposed by the Commission", top + 60, 90.0, is_italic=True),
            line("(1) A keeper shall keep", top + 80),
            line("a register of machines", top + 92),
            line("Amendment", top + 60, 380.0, column=1, is_italic=True),
            line("(1) A keeper shall publish", top + 80, 320.0, column=1),
            line("a register of machines", top + 92, 320.0, column=1),
        ]
    lines += [
        line("that decide alone;", 60.0, page=2),
        line("that decide at all;", 60.0, 320.0, page=2, column=1),
    ]
    return segment(document(*lines), tradition="eu")


def test_the_adopted_version_is_told_from_the_one_it_replaces():
    units = [unit for unit in amendments().provisions if unit.kind is not ProvisionKind.PREAMBLE]
    versions = [("other", "Text proposed by the Commission", True), ("paragraph", "Amendment", False)]
    assert [(unit.kind.value, unit.num, unit.is_quoted) for unit in units] == [
        ("item", "Amendment 1", False),
        *versions,
        ("item", "Amendment 2", False),
        *versions,
    ]
    assert units[0].heading == "Proposal for a regulation Article 3 – paragraph 1"
    assert units[2].text == "(1) A keeper shall publish a register of machines"


def test_versions_go_on_in_their_columns_behind_a_page_break():
    proposed, amended = amendments().provisions[-2:]
    assert proposed.text.endswith("a register of machines that decide alone;")
    assert amended.text.endswith("a register of machines that decide at all;")


def test_a_cell_goes_on_behind_a_page_break():
    def cell(text, y, x, page, column):
        return line(text, y, x, page=page, column=column, role=LineRole.TABLE)

    found = segment(
        document(
            line("Table of the framework for standard keepers of machines", 60.0, is_bold=True),
            cell("KEEP 1: Keepers are", 700.0, 72.0, 1, 0),
            cell("held to a culture", 712.0, 72.0, 1, 0),
            cell("KEEP 1.1: Records are kept.", 700.0, 220.0, 1, 1),
            cell("that looks at risk.", 60.0, 72.0, 2, 0),
            cell("KEEP 1.2: Records are shown.", 60.0, 220.0, 2, 1),
            cell("KEEP 1.3: Records are safe.", 90.0, 220.0, 2, 1),
        ),
        tradition="standard",
    )
    texts = {unit.num.rstrip(":"): unit.text for unit in found.provisions}
    assert texts["KEEP 1"] == "Keepers are held to a culture that looks at risk."
    assert texts["KEEP 1.1"] == "Records are kept."


def test_a_caption_interrupts_no_paragraph(typeset):
    text = """
    *1. Risks
    Machines that decide bring risks which their keepers do not always see, and which the people
    \f
    Fig. 1. Harms to people, to organisations and to others.
    *2. Measures
    Keepers take measures against the risks that they have found in the machines that they keep.
    """
    found = segment(typeset("\n".join(row[4:] for row in text.split("\n"))), tradition="standard")
    captions = [unit for unit in found.provisions if unit.text.startswith("Fig. 1.")]
    assert [(unit.kind, unit.parent) for unit in captions] == [(ProvisionKind.OTHER, "sec_1")]
    assert next(unit for unit in found.provisions if unit.eid == "sec_1").text.endswith("which the people")
