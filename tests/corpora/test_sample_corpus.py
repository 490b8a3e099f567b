"""The sample corpus: built from its sources, byte for byte; its truth holds together and is in the PDFs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from fragcheck.catalogue import SampleDocument, sample_paths, sample_truth
from fragcheck.errors import CatalogueError
from fragcheck.pdf import ReadOptions, read_pdf
from fragcheck.records import Document
from fragcheck.segment import segment
from fragcheck.taxonomy import load_taxonomy

DOCUMENTS = sample_truth().documents


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory, repository_root: Path) -> Path:
    pytest.importorskip(
        "reportlab", reason="the sample PDFs are built with reportlab: pip install -e '.[dev]'"
    )
    folder = tmp_path_factory.mktemp("rebuilt")
    script = repository_root / "corpora" / "sample" / "build.py"
    subprocess.run([sys.executable, str(script), str(folder)], check=True, capture_output=True)
    return folder


def test_the_truth_is_what_the_sources_give(rebuilt: Path, repository_root: Path) -> None:
    assert (rebuilt / "truth.json").read_bytes() == (
        repository_root / "corpora" / "sample" / "truth.json"
    ).read_bytes()


@pytest.mark.parametrize("path", sample_paths(), ids=lambda path: path.stem)
def test_the_pdfs_are_what_the_sources_give(rebuilt: Path, path: Path) -> None:
    """Same bytes; another zlib packs the same pages in other bytes, so then the unpacked pages count."""
    fresh = rebuilt / "pdf" / path.name
    if fresh.read_bytes() != path.read_bytes():
        assert _unpacked(fresh) == _unpacked(path)


def _unpacked(path: Path) -> list[tuple[str, list[tuple[int, ...]]]]:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        return [
            (
                page.get_textpage().get_text_range(),
                [tuple(round(x) for x in each.get_bounds()) for each in page.get_objects()],
            )
            for page in pdf
        ]


def test_five_small_pdfs_in_fixed_order() -> None:
    assert [path.name[0] for path in sample_paths()] == ["1", "2", "3", "4", "5"]
    assert sum(path.stat().st_size for path in sample_paths()) < 1_500_000


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.id)
def test_every_document_says_that_it_is_a_sample(document: SampleDocument) -> None:
    assert document.title.startswith(("SAMPLE", "AMOSTRA"))
    assert "(fictional)" in document.jurisdiction
    first = " ".join(line.text for line in _read(document.file).lines if line.page == 1)
    assert "SAMPLE" in first
    assert "test fragcheck" in first or "testar o fragcheck" in first


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.id)
def test_every_provision_is_printed(document: SampleDocument) -> None:
    """The words of each provision stand on the pages, except on the scanned one."""
    printed = set(" ".join(line.text for line in _read(document.file).lines).split())
    for provision in document.provisions:
        if not provision.is_scanned:
            absent = [word for word in provision.words.split() if word not in printed]
            # Footnote marks stick to the word before them.
            assert len(absent) <= 1, (provision.eid, absent)


def test_one_page_is_scanned() -> None:
    scanned = [each.eid for document in DOCUMENTS for each in document.provisions if each.is_scanned]
    assert scanned == [
        "sec_6",
        "sec_6.1",
        "item_MON-1.1",
        "item_MON-1.2",
        "sec_6.2",
        "item_MON-2.1",
        "item_MON-2.2",
    ]


def test_the_truth_names_provisions_that_exist() -> None:
    truth = sample_truth()
    known = {f"{document.id}:{each.eid}" for document in DOCUMENTS for each in document.provisions}
    assert len(known) == sum(len(document.provisions) for document in DOCUMENTS)
    for relation in truth.relation:
        assert set(relation.provisions) | set(relation.against) <= known
        assert len(relation.provisions) == len(set(relation.provisions))
        assert bool(relation.against) == (relation.kind in {"contrary", "modality"})
        assert len(relation.values) == (len(relation.provisions) if relation.kind == "parameter" else 0)
    for gap in truth.gap:
        assert gap.provision in known
        assert set(gap.absent_from) <= {document.id for document in DOCUMENTS}
        assert gap.provision.split(":")[0] not in gap.absent_from


def test_gaps_and_agreements_do_not_contradict() -> None:
    truth = sample_truth()
    for gap in truth.gap:
        for relation in truth.relation:
            if gap.provision in relation.provisions and relation.kind in {"agreement", "parameter"}:
                others = {each.split(":")[0] for each in relation.provisions}
                assert not others & set(gap.absent_from), (gap, relation.topic)


def test_every_kind_is_planted_and_every_principle_covered() -> None:
    kinds = Counter(relation.kind for relation in sample_truth().relation)
    assert kinds["agreement"] >= 10
    assert kinds["parameter"] >= 8
    assert kinds["modality"] >= 4
    assert kinds["contrary"] >= 4
    assert len(sample_truth().gap) >= 10
    provisions = [each for document in DOCUMENTS for each in document.provisions]
    for name in ("principles", "sovereignty"):
        counts = Counter(tag for each in provisions for tag in getattr(each, name))
        assert set(counts) == set(load_taxonomy(name).ids)
        assert min(counts.values()) >= 5


def test_an_unknown_document() -> None:
    assert sample_truth().document("altamora").tradition == "us"
    with pytest.raises(CatalogueError, match="one of meridian-union, altamora"):
        sample_truth().document("atlantis")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.id)
def test_the_eids_are_those_of_the_segmenter(document: SampleDocument) -> None:
    """Under its own tradition nearly every provision of the truth is found, with its words."""
    found = {
        each.eid: f"{each.heading} {each.text}"
        for each in segment(_read(document.file), tradition=document.tradition).provisions
    }
    wanted = [each for each in document.provisions if not each.is_scanned]
    right = [each for each in wanted if each.words.removesuffix(".") in found.get(each.eid, "")]
    assert len(right) >= 0.95 * len(wanted), [each.eid for each in wanted if each not in right]


@pytest.mark.ocr
@pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="no Tesseract: apt-get install -y tesseract-ocr"
)
def test_the_scanned_page_can_be_read() -> None:
    document = sample_truth().document("norvane-standard")
    path = next(path for path in sample_paths() if path.name == document.file)
    text = " ".join(line.text for line in read_pdf(path, ReadOptions(ocr="auto")).lines if line.page == 3)
    scanned = [each.words for each in document.provisions if each.is_scanned]
    assert sum(words in text for words in scanned) >= len(scanned) - 1


@cache
def _read(file: str) -> Document:
    path = next(path for path in sample_paths() if path.name == file)
    return read_pdf(path, ReadOptions(ocr="never"))
