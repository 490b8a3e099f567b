import json

import altair as alt
import jsonschema
import pytest
from ui_made import made_analysis, made_comparison

from fragcheck.ui.apart import apart_chart, apart_rows
from fragcheck.ui.cells import cells, document_names
from fragcheck.ui.heatmap_chart import ChartForm, heatmap_chart, legend_strip, letter
from fragcheck.ui.parts_chart import parts_chart, parts_frame, parts_legend


def spec_of(comparison, principle, order=(0, 1, 2, 3)):
    names = document_names(comparison.analyses)
    form = ChartForm(tuple(names[index] for index in order), "D")
    return heatmap_chart(cells(comparison, principle, "divergence", order), form)


def marks(spec):
    return [layer["mark"]["type"] for layer in spec["layer"][0]["layer"]]


def test_every_specification_is_vega_lite(comparison):
    """They are written by hand: the library that others build them with checks them here."""
    names = dict(zip(comparison.document_ids, document_names(comparison.analyses), strict=True))
    wordy = ChartForm(
        ("one", "two"), "D", columns=("three",), heads=("1", "2"), column_heads=("a long heading",)
    )
    found = cells(comparison, "overall", "divergence", (0, 1))
    specs = [
        spec_of(comparison, "overall"),
        spec_of(comparison, "compute"),
        heatmap_chart([cell for cell in found if cell.column == 0], wordy),
        apart_chart(apart_rows(comparison, "overall", names)),
        parts_chart(parts_frame(comparison.pairs[0], ("overall", "compute"), str.upper)),
    ]
    for spec in specs:
        assert json.loads(json.dumps(spec)) == spec
        alt.LayerChart.from_dict(spec)
        wrong = {**spec, "layer": [{**spec["layer"][0], "mark": {"type": "no mark of Vega-Lite"}}]}
        with pytest.raises(jsonschema.ValidationError):
            alt.LayerChart.from_dict(wrong)


def test_the_click_selects_both_documents(comparison):
    spec = spec_of(comparison, "overall")
    (click,) = spec["params"]
    assert click["select"]["fields"] == ["left", "right"]
    assert marks(spec) == ["rect", "text", "text"]


def test_cells_without_evidence_are_hatched(comparison):
    assert marks(spec_of(comparison, "compute")).count("rule") == 4


def test_names_cannot_end_a_vega_string(comparison):
    words = json.dumps(spec_of(comparison, "overall"))
    for line in ("'); ", "\\\\'"):
        assert line not in words


def test_slanted_heads_leave_the_rows_their_height():
    """Two documents with long heads had no height left: all words lay on one line."""
    names, heads = ("one", "two"), tuple(f"a long heading {at}" for at in range(9))
    short, wordy = (
        heatmap_chart([], ChartForm(names, "D", columns=heads, column_heads=own))["height"]
        for own in (tuple("abcdefghi"), heads)
    )
    assert wordy - short >= 90


def test_many_documents_drop_the_small_words():
    many = made_comparison(tuple(made_analysis(i % 4, digest=f"{i:064x}") for i in range(18)))
    assert marks(spec_of(many, "overall", tuple(range(18)))) == ["rect"]


@pytest.mark.parametrize(("index", "head"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_letters(index, head):
    assert letter(index) == head


def test_parts_of_every_principle(comparison):
    frame = parts_frame(comparison.pairs[0], ("overall", "compute"), str.upper)
    assert list(dict.fromkeys(row["principle"] for row in frame)) == ["OVERALL", "COMPUTE"]
    overall = [row for row in frame if row["principle"] == "OVERALL"]
    assert sum(row["value"] for row in overall) == pytest.approx(overall[0]["end"])
    assert {row["total"] for row in frame if row["principle"] == "COMPUTE"} == {"–"}
    assert parts_chart(frame)["layer"][0]["mark"]["type"] == "bar"


def test_legends_are_html_without_addresses():
    for html in (legend_strip(), parts_legend()):
        assert html.startswith("<div")
        assert "http" not in html


def test_the_strip_names_the_values_at_its_ends():
    assert "0 alike" in legend_strip()
    assert "diverge 1" in legend_strip()
    assert "0% little is met" in legend_strip(is_share=True)
    assert "much is met 100%" in legend_strip(is_share=True)


def test_the_ends_of_a_stretched_strip_are_the_least_and_most_shown_and_nothing_more():
    assert "0.90 closest here" in legend_strip(0.9, 0.998)
    assert "farthest here 1.00" in legend_strip(0.9, 0.998)
    assert "1% least here" in legend_strip(0.01, 0.19, is_share=True)
    assert "most here 19%" in legend_strip(0.01, 0.19, is_share=True)
    for words in ("alike", "diverge", "little", "much"):
        assert words not in legend_strip(0.9, 0.998) + legend_strip(0.01, 0.19, is_share=True)
