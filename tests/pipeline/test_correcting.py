"""Corrections by hand on their way into an analysis."""

from dataclasses import replace

from fragcheck.pipeline import AnalysisOptions, analyse_files
from fragcheck.records import Correction, CorrectionKind, Corrections, ProvisionKind, anchor_of
from fragcheck.store import ArtefactStore


def table(tmp_path):
    path = tmp_path / "law.csv"
    path.write_text(
        "id,text\na,The provider shall keep the logs. The deployer shall report within 15 days.\n"
        "b,No person shall sell the system.\n"
    )
    return path


def test_a_correction_reaches_requirements_and_is_kept_apart_from_the_first_reading(tmp_path):
    path, store = table(tmp_path), ArtefactStore(tmp_path / "store")
    (plain,) = analyse_files([path], AnalysisOptions(language="en"), store=store)
    unit = plain.analysis.segmentation.provisions[0]
    cut = len("Theprovidershallkeepthelogs.")
    one = Corrections(
        plain.analysis.document.id, (Correction(CorrectionKind.SPLIT, anchor_of(unit), at=cut, num="2."),)
    )
    asked = []

    def run(kept):
        def find(document_id):
            asked.append(document_id)
            return kept

        (outcome,) = analyse_files([path], AnalysisOptions(language="en"), store=store, corrections=find)
        return outcome

    first = run(one)
    assert asked == [plain.analysis.document.id]
    assert not first.from_cache
    assert len(first.analysis.segmentation.provisions) == 3
    assert [note.eid for note in first.analysis.annotations] == [
        provision.eid for provision in first.analysis.segmentation.provisions
    ]
    actors = [note.requirements[0].actor for note in first.analysis.annotations[:2]]
    assert actors == ["provider", "deployer"]
    again = run(one)
    assert again.from_cache
    assert again.analysis == first.analysis
    other = run(replace(one, corrections=(replace(one.corrections[0], num="3."),)))
    assert not other.from_cache
    undone = run(replace(one, corrections=()))
    assert undone.analysis == plain.analysis


def test_a_changed_kind_leaves_the_rest_alone(tmp_path):
    path = table(tmp_path)
    (plain,) = analyse_files([path], AnalysisOptions(language="en"))
    unit = plain.analysis.segmentation.provisions[1]
    change = Correction(CorrectionKind.CHANGE_KIND, anchor_of(unit), to=ProvisionKind.ARTICLE)
    (outcome,) = analyse_files(
        [path], AnalysisOptions(language="en"), corrections=lambda one: Corrections(one, (change,))
    )
    assert outcome.analysis.segmentation.provisions[1].kind is ProvisionKind.ARTICLE
    assert outcome.analysis.segmentation.provisions[0] == plain.analysis.segmentation.provisions[0]
