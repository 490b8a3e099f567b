"""A result made again from its documents and compared with itself."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from fragcheck.diverge import DivergenceSettings
from fragcheck.errors import InputError, UnreadableInput
from fragcheck.pipeline.analysis import analyse_files
from fragcheck.pipeline.applying import apply_profile
from fragcheck.pipeline.comparing import compare_analyses
from fragcheck.pipeline.export import comparison_json
from fragcheck.pipeline.form import RESULT_VERSION
from fragcheck.pipeline.options import AnalysisOptions, OnProgress
from fragcheck.pipeline.quotes import digest_of
from fragcheck.records import Analysis, ApplicabilityProfile, Review
from fragcheck.records.codec import decode

__all__ = ["Finding", "Verification", "verify_result"]

#: Parts of a run that say what it was made with; numbers may be equal all the same.
_ENVIRONMENT = ("version", "code", "libraries", "models", "taxonomies")
_NEEDED = ("schema_version", "run", "documents", "pairs", "corpus", "digest")


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold: what kind of thing, where in the result, and what is wrong."""

    kind: str
    place: str
    message: str


@dataclasses.dataclass(frozen=True, slots=True)
class Verification:
    """What was checked, and what does not hold.

    Parameters
    ----------
    n_documents, n_quotes, n_values : int
        Files with the right hash, quotes found verbatim in them, values that came out the same.
    findings : tuple of Finding
        Empty where everything holds.
    notices : tuple of str
        What was made with other versions than those at hand.
    """

    n_documents: int
    n_quotes: int
    n_values: int
    findings: tuple[Finding, ...]
    notices: tuple[str, ...]


def verify_result(
    text: str,
    *,
    folders: Sequence[Path] = (),
    password: str | None = None,
    on_progress: OnProgress | None = None,
) -> Verification:
    """Return whether a result of ``compare --format json`` holds, offline and without any cache.

    Checked are the form and digest of the result, the hash of every file, every quote in its provision,
    and every value against a run made anew with the settings, the seed and the options of the result.

    Parameters
    ----------
    text : str
        The result as it was written.
    folders : sequence of Path
        Where files are looked for, by their hash, that are not where the result says.
    password : str or None
        Of encrypted PDFs; results do not hold it.
    on_progress : callable or None

    Raises
    ------
    InputError
        If `text` is not such a result, or was written by another version of the form.
    UnreadableInput
        If a document is found nowhere.
    """
    result = _result(text)
    findings = list(_seal(text, result))
    paths = [_located(document, folders) for document in result["documents"]]
    wrong = [
        Finding(
            "file",
            f"documents[{place}]",
            f"{path.name} is not the file that was compared: its sha256 differs",
        )
        for place, (path, document) in enumerate(zip(paths, result["documents"], strict=True))
        if _sha256(path) != document["sha256"]
    ]
    if wrong:
        return Verification(len(paths) - len(wrong), 0, 0, (*findings, *wrong), ())
    analyses = _read_again(result, paths, password, on_progress)
    quotes = [*_quotes(result, analyses)]
    lost = [found for found in quotes if found is not None]
    again = _made_again(result, analyses, on_progress)
    n_values, differing = _compared(result, again)
    return Verification(
        n_documents=len(paths),
        n_quotes=len(quotes) - len(lost),
        n_values=n_values,
        findings=(*findings, *lost, *differing),
        notices=tuple(_other_versions(result["run"], again["run"])),
    )


def _result(text: str) -> dict[str, Any]:
    try:
        result = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"a result of `compare --format json` wanted, it is no JSON ({error})") from error
    if not isinstance(result, dict) or any(name not in result for name in _NEEDED):
        missing = [name for name in _NEEDED if not isinstance(result, dict) or name not in result]
        raise InputError(f"a result of `compare --format json` wanted, {', '.join(missing)} missing in it")
    if result["schema_version"] != RESULT_VERSION:
        raise InputError(
            f"a result in form {RESULT_VERSION} wanted, form {result['schema_version']} came; verify it with "
            "the version that wrote it"
        )
    try:
        _ = [(each["id"], each["path"], each["sha256"], each["units"]) for each in result["documents"]]
        _ = [(each["left"], each["right"]) for each in result["pairs"]]
        _ = (int(result["run"]["seed"]), decode(DivergenceSettings, result["run"]["divergence"]))
        _ = AnalysisOptions(**result["run"]["reading"])
        _ = decode(ApplicabilityProfile, result["run"].get("applicability", {}))
        _ = _reviews(result)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            f"a result of `compare --format json` wanted, it is not whole ({error!r})"
        ) from error
    return result


def _seal(text: str, result: Mapping[str, Any]) -> Iterator[Finding]:
    if text != json.dumps(result, ensure_ascii=False, indent=1) + "\n":
        yield Finding("form", "", "the file is not as fragcheck writes it: some byte was changed")
    if result["digest"] != digest_of(result):
        yield Finding(
            "digest", "digest", "the digest does not fit the content: some value was changed after it"
        )


def _located(document: Mapping[str, Any], folders: Sequence[Path]) -> Path:
    """The file of a document: where the result says, else the one of that hash in `folders`."""
    stated = Path(document["path"])
    beside = [stated, *(folder / stated.name for folder in folders)]
    present = [path for path in beside if path.is_file()]
    for path in present:
        if _sha256(path) == document["sha256"]:
            return path
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and _sha256(path) == document["sha256"]:
                return path
    if present:
        return present[0]
    raise UnreadableInput(
        f"{document['path']}: the file is not there; name the folder that holds it with --documents"
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_again(
    result: Mapping[str, Any], paths: Sequence[Path], password: str | None, on_progress: OnProgress | None
) -> tuple[Analysis, ...]:
    """The documents read anew, each under the name that it had: titles of tables come from it."""
    stated = result["run"]["reading"]
    options = dataclasses.replace(AnalysisOptions(**stated), password=password)
    with tempfile.TemporaryDirectory() as folder:
        links = []
        for place, (path, document) in enumerate(zip(paths, result["documents"], strict=True)):
            link = Path(folder) / str(place) / Path(document["path"]).name
            link.parent.mkdir()
            link.symlink_to(path.resolve())
            links.append(link)
        outcomes = analyse_files(links, options, on_progress=on_progress)
    for outcome in outcomes:
        if outcome.error is not None:
            raise outcome.error
    return tuple(outcome.analysis for outcome in outcomes if outcome.analysis is not None)


def _made_again(
    result: Mapping[str, Any], analyses: Sequence[Analysis], on_progress: OnProgress | None
) -> dict[str, Any]:
    run = result["run"]
    comparison = compare_analyses(
        analyses,
        decode(DivergenceSettings, run["divergence"]),
        seed=run["seed"],
        reference=_reference(result),
        options=AnalysisOptions(**run["reading"]),
        on_progress=on_progress,
        reviews=_reviews(result),
    )
    if "applicability" in run:
        profile = decode(ApplicabilityProfile, run["applicability"])
        comparison = apply_profile(comparison, profile)
    return comparison_json(comparison)


def _reviews(result: Mapping[str, Any]) -> tuple[Review, ...]:
    """What people settled, as the result states it: it is applied again, the log of it is checked apart."""
    return tuple(decode(Review, each) for each in result.get("reviews", ()))


def _reference(result: Mapping[str, Any]) -> int | None:
    """The document that all others were compared with, where not all pairs were."""
    ids = [document["id"] for document in result["documents"]]
    pairs = [{pair["left"], pair["right"]} for pair in result["pairs"]]
    if len(pairs) == len(list(itertools.combinations(ids, 2))):
        return None
    return next((place for place, name in enumerate(ids) if all(name in pair for pair in pairs)), None)


def _quotes(result: Mapping[str, Any], analyses: Sequence[Analysis]) -> Iterator[Finding | None]:
    """Per quote, None where its words stand in their provision as they are."""
    for number, (document, analysis) in enumerate(zip(result["documents"], analyses, strict=True)):
        texts = {each.eid: each.text for each in analysis.segmentation.provisions}
        for place, quote in enumerate(document["units"]):
            text = texts.get(quote["eid"])
            if text is None:
                message = f"there is no provision {quote['eid']}"
            elif quote["text"] not in text:
                message = f"the words do not stand in {quote['eid']}: {quote['text'][:80]!r}"
            else:
                yield None
                continue
            yield Finding("quote", f"documents[{number}].units[{place}]", message)


def _compared(result: Mapping[str, Any], again: Mapping[str, Any]) -> tuple[int, list[Finding]]:
    """How many values came out the same, and those that did not."""
    left, right = dict(_leaves(_content(result))), dict(_leaves(_content(again)))
    places = {**left, **right}
    differing = []
    for place in places:
        one, other = left.get(place, _ABSENT), right.get(place, _ABSENT)
        if one != other or type(one) is not type(other):
            message = f"{_shown(one)} stands there, {_shown(other)} came out"
            differing.append(Finding("value", place, message))
    return len(places) - len(differing), differing


_ABSENT = object()


def _shown(value: object) -> str:
    return "nothing" if value is _ABSENT else json.dumps(value, ensure_ascii=False)[:80]


def _content(result: Mapping[str, Any]) -> dict[str, Any]:
    """What must come out the same: all but places of files and what the run was made with."""
    kept = {name: value for name, value in result.items() if name not in ("digest", "run", "documents")}
    kept["run"] = {name: value for name, value in result["run"].items() if name not in _ENVIRONMENT}
    if "applicability" in kept:
        # Dropped documents are not in the result, so they are not read again.
        kept["applicability"] = {**kept["applicability"], "dropped": []}
    kept["documents"] = [
        {name: value for name, value in document.items() if name != "path"}
        for document in result["documents"]
    ]
    return kept


def _leaves(value: object, place: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping) and value:
        for name, item in value.items():
            yield from _leaves(item, f"{place}.{name}" if place else str(name))
    elif isinstance(value, list) and value:
        for number, item in enumerate(value):
            yield from _leaves(item, f"{place}[{number}]")
    else:
        yield place, value


def _other_versions(stated: Mapping[str, Any], at_hand: Mapping[str, Any]) -> Iterator[str]:
    for name in _ENVIRONMENT:
        if stated.get(name) != at_hand.get(name):
            yield f"run.{name}: the result was made with {stated.get(name)}, at hand is {at_hand.get(name)}"
