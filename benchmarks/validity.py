"""What D measures: intervals on planted truths, anchors, ranks, shares.

    python benchmarks/validity.py [--only NAME …]

Needs the measuring material (``FRAGCHECK_SHARED``, default ``../shared``). Prints one table per
name; docs/validity.md says what each means and what was measured last.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import itertools
import math
import os
import random
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from scipy.stats import spearmanr

from fragcheck.align import MatchSettings, align, distinct_units, match_units, near_matches
from fragcheck.align.evidence import inform
from fragcheck.align.relation import relate_units
from fragcheck.align.translation import Versions
from fragcheck.annotate import annotate, load_tagger
from fragcheck.diverge import DivergenceSettings, coverage_profile, diverge, sensitivity
from fragcheck.nlp.encoder import load_encoder
from fragcheck.pipeline import AnalysisOptions, analyse_files, compare_analyses
from fragcheck.pipeline.encoding import RememberingEncoder
from fragcheck.pipeline.evidence_fit import own_laws
from fragcheck.pipeline.planting import plant, translated_analyses
from fragcheck.records import Analysis, Divergence, Match, PairResult, Unit
from fragcheck.segment import read_table
from fragcheck.store import default_store

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("FRAGCHECK_SHARED", ROOT.parent / "shared")).resolve()
PDFS, SETS = SHARED / "data" / "pdfs", SHARED / "data" / "crosswalks"
PLANTED = (
    "aiact_fourcol_regulation_commission_vs_draft",
    "aiact_fourcol_regulation_commission_vs_parliament",
    "eu-gdpr_vs_uk-gdpr",
    "same-text-two-languages_dora_en-fr",
    "same-text-two-languages_finma_en-de",
)
FIVE = {
    "EU": "eu/eu-ai-act-2024-1689.pdf",
    "Colorado": "us-states/colorado-sb24-205-session-law.pdf",
    "Korea": "korea/korea-ai-basic-act-en.pdf",
    "China 790": "china/network-data-regulations-decree-790-en.pdf",
    "NIST": "us-federal/nist-ai-rmf-1-0.pdf",
}
#: By jurisdiction; where there are several their requirements are pooled.
JURISDICTIONS = {
    "BR": ("brazil/brazil-pl-2338-2023-en.pdf",),
    "KR": ("korea/korea-ai-basic-act-en.pdf",),
    "CN": (
        "china/china-genai-interim-measures-en.pdf",
        "china/china-algorithm-recommendation-provisions-zh.pdf",
        "china/network-data-regulations-decree-790-en.pdf",
    ),
    "EU": ("eu/eu-ai-act-2024-1689.pdf",),
    "US": ("us-federal/eo-14110.pdf", "us-federal/omb-m-24-10.pdf"),
}


def analysed(names: Sequence[str]) -> list[Analysis]:
    """The analyses of measuring PDFs, kept between runs."""
    outcomes = analyse_files([PDFS / name for name in names], AnalysisOptions(), store=default_store())
    return [outcome.analysis for outcome in outcomes if outcome.analysis is not None]


def part_of(analysis: Analysis, keep: Callable[[int], bool], name: str) -> Analysis:
    """The document with the provisions of which `keep` holds, as a document of its own."""
    provisions = analysis.segmentation.provisions
    chosen = [i for i in range(len(provisions)) if keep(i)]
    return Analysis(
        dataclasses.replace(analysis.document, id=f"{analysis.document.id[:12]}-{name}", title=name),
        dataclasses.replace(analysis.segmentation, provisions=tuple(provisions[i] for i in chosen)),
        tuple(analysis.annotations[i] for i in chosen),
    )


# --- coverage of the intervals on planted truths ----------------------------------------------


def read_set(name: str) -> tuple[Analysis, Analysis, dict[str, str]]:
    sides = []
    for side in ("left", "right"):
        document, segmentation = read_table(SETS / name / f"{side}.csv")
        sides.append(Analysis(document, segmentation, annotate(segmentation, load_tagger())))
    with (SETS / name / "pairs.csv").open(encoding="utf-8", newline="") as file:
        truth = {row["left_id"]: row["right_id"] for row in csv.DictReader(file) if row["null"] == "0"}
    return sides[0], sides[1], truth


def single_units(analysis: Analysis) -> dict[str, Unit]:
    """Rows that hold exactly one unit: their match is the match of the rows."""
    units = distinct_units(analysis)
    counts = Counter(unit.eid for unit in units)
    return {unit.eid: unit for unit in units if counts[unit.eid] == 1 and not unit.duplicates}


def planted_pairs(
    name: str, count: int, size: int = 50
) -> Iterator[tuple[Analysis, Analysis, dict[str, str]]]:
    """Documents of `size` rows of both sides that share a drawn part: who matches whom is known."""
    left, right, truth = read_set(name)
    singles = single_units(left), single_units(right)
    shared = [(x, y) for x, y in truth.items() if x in singles[0] and y in singles[1]]
    size = min(size, 2 * len(shared) // 3)
    rng = random.Random(name)
    for number in range(count):
        rng.shuffle(shared)
        common = rng.randint(size // 10, size * 9 // 10)
        both, rest = shared[:common], shared[common:]
        others = min(size - common, len(rest) // 2)
        lefts = {x for x, _ in both} | {x for x, _ in rest[:others]}
        rights = {y for _, y in both} | {y for _, y in rest[others : 2 * others]}
        yield (
            rows_of(left, lefts, f"{name}-{number}-left"),
            rows_of(right, rights, f"{name}-{number}-right"),
            dict(both),
        )


def rows_of(analysis: Analysis, eids: set[str], name: str) -> Analysis:
    provisions = analysis.segmentation.provisions
    return part_of(analysis, lambda i: provisions[i].eid in eids, name)


def true_divergence(pair: PairResult, truth: dict[str, str]) -> float | None:
    """D with the rows that are known to be counterparts, and the fields as they are read."""
    rights = {unit.eid: unit.key for unit in pair.right_units}
    known = {(unit.key, rights.get(truth.get(unit.eid, ""), "")) for unit in pair.left_units}
    return known_divergence(pair.left_units, pair.right_units, known)


def known_divergence(
    left: Sequence[Unit], right: Sequence[Unit], known: Collection[tuple[str, str]]
) -> float | None:
    """D with these counterparts, by their keys, and no others."""
    lefts, rights = ({unit.key: unit for unit in side} for side in (left, right))
    matches = []
    for one, other in sorted(known):
        if other and (lefts[one].definition is None) == (rights[other].definition is None):
            (relation, differs, rationale), differences = relate_units(lefts[one], rights[other])
            eids = lefts[one].eid, rights[other].eid
            matches.append(Match(*eids, one, other, 1.0, relation, differs, rationale, differences))
    settings = dataclasses.replace(DivergenceSettings.default(), draws=0)
    return diverge(left, right, matches, settings)[0].value


def coverage(count: int = 10) -> None:
    print(f"{'set':52} pairs  inside  |D - truth|  width  below  above")
    inside_all: list[bool] = []
    for name in PLANTED:
        errors, widths, below, above, inside = [], [], 0, 0, []
        for left, right, truth in planted_pairs(name, count):
            (pair,) = compare_analyses([left, right]).pairs
            value = true_divergence(pair, truth)
            low, high = pair.overall.low, pair.overall.high
            if value is None or low is None or high is None or pair.overall.value is None:
                continue
            inside.append(low - 1e-9 <= value <= high + 1e-9)
            below, above = below + (value < low - 1e-9), above + (value > high + 1e-9)
            errors.append(abs(pair.overall.value - value))
            widths.append(high - low)
        inside_all += inside
        share, error, width = (sum(x) / len(x) for x in (inside, errors, widths))
        print(
            f"{name:52} {len(inside):5} {share:7.2f} {error:12.3f} {width:6.3f} {below:6} {above:6}",
            flush=True,
        )
    print(f"{'all':52} {len(inside_all):5} {sum(inside_all) / len(inside_all):7.2f}")


def own_coverage(count: int = 2) -> None:
    """The same on the project's own laws, amended by program, at shares of agreement from 0 to 1."""
    laws = [(name, law, law) for name, law in own_laws()]
    laws += [(f"{name}, two languages", *sides) for name, *sides in translated_analyses(load_tagger())]
    encoder = RememberingEncoder(load_encoder())
    everything: list[tuple[float, bool]] = []
    print(f"{'law':32} pairs  inside  |D - truth|  width")
    for name, left, right in laws:
        rows = []
        for share, number in itertools.product((0.0, 0.25, 0.5, 0.75, 1.0), range(count)):
            rng = random.Random(f"benchmark {name} {share} {number}")
            planted = plant(left, right, load_tagger(), rng, share=share)
            value = known_divergence(planted.left, planted.right, planted.truth)
            found = measured(planted.left, planted.right, encoder)
            if value is not None:
                is_inside = found.low - 1e-9 <= value <= found.high + 1e-9
                rows.append((is_inside, abs(found.value - value), found.high - found.low))
                everything.append((share, is_inside))
        means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
        print(f"{name:32} {len(rows):5} {means[0]:7.2f} {means[1]:12.3f} {means[2]:6.3f}", flush=True)
    for share in (0.0, 0.25, 0.5, 0.75, 1.0, None):
        inside = [is_inside for at, is_inside in everything if share in (at, None)]
        label = "all" if share is None else f"share {share}"
        print(f"{label:32} {len(inside):5} {sum(inside) / len(inside):7.2f}")


def measured(left: Sequence[Unit], right: Sequence[Unit], encoder: RememberingEncoder) -> Divergence:
    """The divergence of two lists of units, as `compare` has it."""
    texts = [[unit.text_unit for unit in side] for side in (left, right)]
    # Planted provisions hold one unit each.
    provisions = [[dataclasses.replace(u.text_unit, key=u.eid) for u in side] for side in (left, right)]
    alignment = align(*texts, top=10, encoder=encoder, both_ways=True)
    alignment = inform(left, right, alignment, versions=Versions(*provisions, encoder))
    settings = dataclasses.replace(MatchSettings.default(), mutual_evidence=1.0)
    matches = match_units(left, right, alignment, settings)
    near = near_matches(left, right, alignment, matches, settings)
    return diverge(left, right, (*matches, *near))[0]


# --- anchors ----------------------------------------------------------------------------------


def halves(analysis: Analysis, rng: random.Random) -> tuple[Analysis, Analysis]:
    """Random halves of the articles of a document."""
    articles = sorted({provision.eid.split("__")[0] for provision in analysis.segmentation.provisions})
    first = set(rng.sample(articles, len(articles) // 2))
    provisions = analysis.segmentation.provisions

    def is_first(i: int) -> bool:
        return provisions[i].eid.split("__")[0] in first

    return part_of(analysis, is_first, "half"), part_of(analysis, lambda i: not is_first(i), "other half")


def anchors() -> None:
    analyses = dict(zip(FIVE, analysed(list(FIVE.values())), strict=True))
    rows: list[tuple[str, float]] = []
    for name, analysis in analyses.items():
        (pair,) = compare_analyses([analysis, analysis]).pairs
        rows.append((f"{name} and itself", pair.overall.value or 0.0))
        values = []
        for seed in range(3):
            (pair,) = compare_analyses(list(halves(analysis, random.Random(seed)))).pairs
            values.append(pair.overall.value or 0.0)
        rows.append((f"random halves of {name} (mean of 3)", sum(values) / len(values)))
    unrelated = analysed(["eu/infosoc-directive-2001-29.pdf", "us-states/nyc-local-law-144.pdf"])
    for other in unrelated:
        for name in ("EU", "Colorado"):
            (pair,) = compare_analyses([analyses[name], other]).pairs
            rows.append((f"{name} and {other.document.title[:40]}", pair.overall.value or 0.0))
    for name in PLANTED[2:]:
        left, right, _ = read_set(name)
        (pair,) = compare_analyses([left, right]).pairs
        rows.append((name, pair.overall.value or 0.0))
    for label, value in rows:
        print(f"{label:64} {value:.3f}")


def lengths() -> None:
    """Spearman's correlation of D with the log ratio of the numbers of units, over all pairs."""
    names = [*FIVE.values(), *MORE]
    pairs = compare_analyses(analysed(names), store=default_store()).pairs
    ratios = [abs(math.log(len(pair.left_units) / len(pair.right_units))) for pair in pairs]
    for part in ("value", "turnover", "coverage"):
        values = [
            pair.overall.value if part == "value" else getattr(pair.overall.components, part)
            for pair in pairs
        ]
        found = spearmanr(ratios, values)
        print(f"{part:10} {len(pairs)} pairs  rho {found.statistic:+.2f}  p {found.pvalue:.3f}")


MORE = (
    "us-states/texas-hb149-traiga.pdf",
    "us-states/utah-sb149-ch70.pdf",
    "brazil/brazil-pl-2338-2023-en.pdf",
    "china/china-genai-interim-measures-en.pdf",
    "international/coe-framework-convention-cets-225.pdf",
)


def ranks() -> None:
    comparison = compare_analyses(analysed(list(FIVE.values())), store=default_store())
    names = dict(zip(comparison.document_ids, FIVE, strict=True))
    for one in sensitivity(comparison.pairs):
        if one.principle != "overall":
            tau = "-" if one.rank_correlation is None else f"{one.rank_correlation:.2f}"
            print(f"{one.principle:16} Kendall tau-b {tau}")
            continue
        print(f"{'overall':16} Kendall tau-b {one.rank_correlation:.2f}", end="")
        print(f", 5 % below {one.rank_correlation_low:.2f}")
        for pair in sorted(one.pairs, key=lambda pair: pair.rank or 0):
            label = f"{names[pair.left]} - {names[pair.right]}"
            print(
                f"  {label:24} D {pair.value:.3f} [{pair.low:.3f}, {pair.high:.3f}]  "
                f"rank {pair.rank:.0f} [{pair.rank_low:.0f}, {pair.rank_high:.0f}]"
            )


def transparency() -> None:
    for code, names in JURISDICTIONS.items():
        units = [unit for analysis in analysed(names) for unit in distinct_units(analysis)]
        (profile,) = coverage_profile(code, units, ("transparency",))
        others = [u for u in units if u.requirement and "public_authority" not in u.requirement.actor_role]
        (of_others,) = coverage_profile(code, others, ("transparency",))
        print(
            f"{code}  {profile.share:6.1%} of {profile.n_all} requirements, "
            f"{profile.weighted_share:6.1%} by probability; {of_others.share:6.1%} of the "
            f"{of_others.n_all} that are not addressed to an authority"
        )


NAMES: dict[str, Callable[[], None]] = {
    "coverage": coverage,
    "own-coverage": own_coverage,
    "anchors": anchors,
    "lengths": lengths,
    "ranks": ranks,
    "transparency": transparency,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="*", choices=NAMES, default=list(NAMES))
    for name in parser.parse_args().only:
        print(f"\n== {name}")
        NAMES[name]()


if __name__ == "__main__":
    main()
