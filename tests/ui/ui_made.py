"""A small comparison made by hand, and an engine that returns it: all words are ours."""

from __future__ import annotations

import hashlib
import io
import json
import time
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image, ImageDraw

from fragcheck.diverge import DivergenceSettings
from fragcheck.errors import EncryptedPdf, MalformedPdf
from fragcheck.pipeline import apply_profile, narrowed_analysis
from fragcheck.records import (
    Analysis,
    Annotation,
    Comparison,
    Components,
    Definition,
    Differences,
    Divergence,
    Document,
    Gap,
    Interoperability,
    Match,
    Modality,
    Notice,
    Page,
    PairResult,
    Parameter,
    ParameterDifference,
    ParameterKind,
    Provision,
    ProvisionKind,
    ProvisionType,
    Reference,
    Relation,
    Requirement,
    RunInfo,
    Segmentation,
    Side,
    Span,
    Status,
    Tag,
    TextSource,
    TextUnit,
    Tradition,
    Unit,
)
from fragcheck.records.codec import encode
from fragcheck.report.files import files_of, zipped
from fragcheck.report.table import Column, Table
from fragcheck.segment import apply_corrections
from fragcheck.store import default_corrections
from fragcheck.ui.places import Place
from fragcheck.ui.table_files import as_xlsx
from fragcheck.ui.work import perform

OPENS = "open"

PRINCIPLES = ("safety", "transparency", "accountability", "fairness", "human_centric", "privacy")
CONTROLS = ("data", "compute", "model")

TITLES = (
    "Aurelia: Act on Trustworthy Automated Systems",
    "Borealis Session Law 12 concerning consumer protections in automated decisions",
    "Cascadia Standard 4 <b>for</b> ![x](https://example.invalid/x.png) responsible systems",
    "Delmar: table of provisions",
)

TEXTS = (
    "A provider shall report a serious incident to the authority within 15 days of becoming aware of it.",
    "A developer shall notify the attorney general of a serious incident within 90 days.",
    "The organisation should keep a record of incidents & review it <script>alert(1)</script> once a year.",
    "No person shall deploy a system that hides that it is a machine.",
)


def made_analysis(index: int, *, digest: str | None = None, name: str = "") -> Analysis:
    """Document `index` with three provisions; the last one is a table without pages."""
    digest = digest or hashlib.sha256(TITLES[index].encode()).hexdigest()
    is_table = index == 3
    spans = () if is_table else (Span(1, (72.0, 120.0, 420.0, 160.0)), Span(2, (72.0, 80.0, 420.0, 96.0)))
    pages = (
        ()
        if is_table
        else (
            Page(1, 595.0, 842.0),
            Page(2, 595.0, 842.0),
            Page(3, 595.0, 842.0, TextSource.NONE if index == 2 else TextSource.TEXT_LAYER),
        )
    )
    provisions = (
        Provision("chp_1", ProvisionKind.CHAPTER, "Chapter I", "Duties"),
        Provision("art_1", ProvisionKind.ARTICLE, "Article 1", "Incidents", parent="chp_1", spans=spans[:1]),
        Provision(
            "art_1__para_1",
            ProvisionKind.PARAGRAPH,
            "1.",
            "",
            TEXTS[index],
            "Duties > Incidents",
            "art_1",
            spans,
        ),
        Provision(
            "art_2", ProvisionKind.ARTICLE, "Article 2", "Terms", "System means any machine.", spans=spans
        ),
    )
    sure = {"safety": 0.9, "privacy": 0.4}
    tags = tuple(Tag(each, sure.get(each, 0.2), each == "safety") for each in PRINCIPLES)
    controls = tuple(Tag(each, 0.1, is_on=False) for each in CONTROLS)
    notes = (
        Annotation("chp_1", ProvisionType.STATEMENT),
        Annotation("art_1", ProvisionType.STATEMENT),
        Annotation("art_1__para_1", ProvisionType.OBLIGATION, (requirement(index),), (), tags, controls),
        Annotation(
            "art_2", ProvisionType.DEFINITION, (), (Definition("system", "any machine"),), tags, controls
        ),
    )
    notices = (Notice("page-without-text", "Page 3 holds no text.", 3),) if index == 2 else ()
    return Analysis(
        Document(
            digest, TITLES[index], name or f"doc{index}.pdf", language="en", pages=pages, warnings=notices
        ),
        Segmentation(digest, provisions, Tradition.TABLE if is_table else Tradition.EU, "en"),
        notes,
        (
            Reference("art_2", 0, 6, "Article 1", ("art_1", "art_1__para_1")),
            Reference("art_2", 7, 9, "Article 3 of <b>that</b> Act", law="<b>that</b> Act", paths=("art_3",)),
            Reference("art_2", 7, 9, "Article 99", reason="this document has no Article 99"),
        ),
    )


def requirement(index: int) -> Requirement:
    days = Parameter(
        ParameterKind.DURATION, 15.0 * (index + 1), "day", "<=", "awareness", text=f"{15 * (index + 1)} days"
    )
    return Requirement(
        TEXTS[index],
        Modality.PROHIBITION
        if index == 3
        else Modality.RECOMMENDATION
        if index == 2
        else Modality.OBLIGATION,
        actor=("provider", "developer", "organisation", "person")[index],
        action="report incident",
        recipient="authority" if index == 0 else "",
        parameters=(days,),
    )


def made_units(index: int) -> tuple[Unit, ...]:
    index %= 4
    weights = (("safety", 0.9),)
    return (
        Unit(
            "art_1__para_1#0",
            "art_1__para_1",
            TextUnit("art_1__para_1#0", TEXTS[index]),
            requirement(index),
            weights=weights,
        ),
        Unit(
            "art_2#0",
            "art_2",
            TextUnit("art_2#0", "system"),
            definition=Definition("system", "any machine" + " that learns" * index),
            duplicates=("art_2#9",),
        ),
        Unit("art_2#1", "art_2", TextUnit("art_2#1", "A further duty."), requirement(index), weights=weights),
    )


def made_pair(left: int, right: int, ids: tuple[str, ...]) -> PairResult:
    d = round(0.2 + 0.15 * ((left + right) % 6), 2)
    parts = Components(
        coverage=round(d - 0.12, 2),
        asymmetry=-0.1,
        content=0.05,
        stringency=0.02,
        parameters=-0.03,
        definitions=0.02,
        stringency_abs=0.02,
        parameters_abs=0.03,
        turnover=0.1,
        nestedness=0.05,
    )
    statuses = {
        "safety": Status.OK,
        "fairness": Status.FEW_PROVISIONS,
        "privacy": Status.ONE_SILENT,
        "compute": Status.BOTH_SILENT,
    }

    def divergence(name: str) -> Divergence:
        status = statuses.get(name, Status.OK)
        if status is Status.BOTH_SILENT:
            return Divergence(name, None, None, None, status, 0, 0)
        if status is Status.ONE_SILENT:
            return Divergence(name, 1.0, 1.0, 1.0, status, 3, 0, Components(coverage=1.0))
        return Divergence(name, d, d - 0.05, d + 0.05, status, 3, 2, parts)

    differences = Differences(
        actor=1.0,
        parameters=0.4,
        parameters_signed=0.4,
        stringency=0.1,
        stringency_signed=0.1,
        parameter_pairs=(ParameterDifference("duration", "15 days", "90 days", 0.4, 0.4),),
    )
    return PairResult(
        left=ids[left],
        right=ids[right],
        overall=divergence("overall"),
        principles=tuple(divergence(name) for name in (*PRINCIPLES, *CONTROLS)),
        left_satisfies_right=Interoperability(0.5, 0.4, 0.6, ("art_2#1",), n_duties=2),
        right_satisfies_left=Interoperability(None, None, None),
        matches=(
            Match(
                "art_1__para_1",
                "art_1__para_1",
                "art_1__para_1#0",
                "art_1__para_1#0",
                0.83,
                Relation.SUBSET_OF,
                ("actor", "parameters"),
                "The same duty; the left is *faster*.",
                differences,
            ),
            Match(
                "art_2",
                "art_2",
                "art_2#0",
                "art_2#0",
                0.61,
                Relation.CONTRARY,
                ("definition",),
                differences=Differences(definition=0.5),
            ),
        ),
        gaps=(Gap(Side.LEFT, "art_2", "art_2#1", 0.7), Gap(Side.RIGHT, "art_2", "art_2#1", 0.8)),
        left_units=made_units(left),
        right_units=made_units(right),
    )


def made_comparison(analyses: tuple[Analysis, ...]) -> Comparison:
    ids = tuple(analysis.document.id for analysis in analyses)
    n = len(ids)
    pairs = tuple(made_pair(i, j, ids) for i in range(n) for j in range(i + 1, n))
    settings = (("divergence", json.dumps(encode(DivergenceSettings.default()))),)
    run = RunInfo("0.0", 0, (("encoder", "abc"),), settings=settings)
    return Comparison(run, ids, analyses, pairs)


@dataclass(frozen=True)
class MadeProgress:
    stage: str
    done: int
    total: int
    label: str


@dataclass(frozen=True)
class MadeOutcome:
    path: Path
    label: str
    analysis: Analysis | None
    error: Exception | None
    seconds: float = 0.1
    from_cache: bool = False


class MadeEngine:
    """Goes by the files' names: ``locked`` needs the password "open", ``broken`` fails, ``slow`` waits."""

    def __init__(self, place: Place | None = None) -> None:
        self.place = place
        self.n_sample = 4
        self.n_runs = 0
        self.fails_with: Exception | None = None

    def sample_set(self, workspace):
        entries = tuple(
            workspace.add_file("sample-d.csv" if i == 3 else f"sample-{i}.pdf", f"sample {i}".encode())
            for i in range(self.n_sample)
        )
        return workspace.save_set(entries, set_id="sample")

    def perform(self, task, hooks):
        return perform(self, task, hooks)

    def analyse(self, path, entry, password, hooks):
        self.n_runs += 1
        for done, stage in enumerate(("read", "segment", "annotate")):
            hooks.on_progress(MadeProgress(stage, done, 3, path.name))
        while "slow" in entry.name and not hooks.is_cancelled():
            time.sleep(0.02)
        if "locked" in entry.name and password != OPENS:
            return MadeOutcome(path, path.name, None, EncryptedPdf(f"{path.name}: needs a password"))
        if "fault" in entry.name:
            raise IndexError("deep inside")
        if "broken" in entry.name:
            return MadeOutcome(
                path, path.name, None, MalformedPdf(f"{path}: no PDF ![x](https://e.invalid/y)")
            )
        index = path.read_bytes()[-1] % 4
        if path.suffix == ".csv":
            index = 3
        made = made_analysis(index, digest=entry.sha256, name=str(path))
        kept = self.place.corrections if self.place else default_corrections()
        by_hand = kept.load(entry.sha256)
        made = replace(made, segmentation=apply_corrections(made.segmentation, by_hand).segmentation)
        return MadeOutcome(path, path.name, made, None)

    def compare(self, analyses, hooks):
        if self.fails_with is not None:
            raise self.fails_with
        hooks.on_progress(MadeProgress("align", 0, 2, "a / b"))
        return made_comparison(analyses)

    def prepare(self, comparison, hooks):
        return iter(())

    def narrow(self, comparison, profile):
        return apply_profile(comparison, profile)

    def narrow_analysis(self, analysis, profile):
        return narrowed_analysis(analysis, profile)

    def as_json(self, comparison):
        return {"documents": [{"id": one} for one in comparison.document_ids]}

    def report(self, comparison, kind, chosen):
        if self.fails_with is not None:
            raise self.fails_with
        if kind.preview == "tables":
            return as_xlsx([{"Name": "=1+1", "D": 0.5}], "Pairs")
        if kind.preview == "files":
            rows = (("=1+1", 0.5),)
            return zipped(files_of([Table("Pairs", (Column("Name"), Column("D", "shade")), rows)], kind.form))
        if kind.preview == "page":
            return b"<!doctype html><html lang=en><title>r</title><p>A report as a page</p></html>"
        return (f"{kind.name} of {len(chosen)}\n" * (2000 if kind.name == "json" else 1)).encode()

    def page_image(self, path, number, *, scale, password):
        image = Image.new("RGB", (round(595 * scale), round(842 * scale)), "white")
        ImageDraw.Draw(image).text((72 * scale, 122 * scale), f"Page {number} of {path.name}", fill="black")
        out = io.BytesIO()
        image.save(out, format="PNG")
        return out.getvalue()
