"""What is needed to replay a result."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from importlib import metadata

from fragcheck.annotate import load_tagger
from fragcheck.diverge import DivergenceSettings
from fragcheck.nlp.encoder import load_encoder
from fragcheck.pipeline.options import AnalysisOptions
from fragcheck.records import Analysis, RunInfo
from fragcheck.records.codec import encode
from fragcheck.store import code_fingerprint
from fragcheck.taxonomy import Taxonomy, load_taxonomy
from fragcheck.version import __version__

__all__ = ["reading_options", "run_info"]

#: Libraries whose versions can change a number.
_LIBRARIES = ("numpy", "scipy", "scikit-learn", "spacy", "pypdfium2", "pdfplumber", "rapidfuzz")


def run_info(
    settings: DivergenceSettings,
    seed: int,
    options: AnalysisOptions | None = None,
    analyses: Iterable[Analysis] = (),
) -> RunInfo:
    """Return versions and hashes of code, models, taxonomies and libraries, the settings and the seed.

    Of `options`, those that are not the usual ones are kept, the password apart.
    `analyses` tell which taggers, of the package or of the user, gave their tags. A taxonomy of the
    user's stands in the place of the principles, with the labels of its tags.
    """
    tagged_by = {tag.source for one in analyses for annotation in one.annotations for tag in annotation.tags}
    encoder, tagger = load_encoder(), load_tagger()
    read_with = options or AnalysisOptions()
    own = None if read_with.taxonomy is None else load_taxonomy(read_with.taxonomy)
    taxonomies = [own or load_taxonomy("principles"), load_taxonomy("sovereignty")]
    libraries = {name: metadata.version(name) for name in _LIBRARIES}
    return RunInfo(
        version=__version__,
        seed=seed,
        models=((encoder.name, encoder.sha256), (f"principles {tagger.version}", tagger.sha256)),
        taxonomies=tuple((f"{taxonomy.name} {taxonomy.version}", taxonomy.sha256) for taxonomy in taxonomies),
        settings=(
            ("code", code_fingerprint()),
            ("divergence", json.dumps(encode(settings), sort_keys=True)),
            ("libraries", json.dumps(libraries)),
            ("reading", json.dumps(_reading(read_with), sort_keys=True)),
            ("tagged_by", json.dumps(sorted(tagged_by))),
            *_labels(own),
        ),
    )


def reading_options(run: RunInfo) -> AnalysisOptions:
    """The options that the documents of a run were read with, the password apart."""
    return AnalysisOptions(**json.loads(dict(run.settings).get("reading", "{}")))


def _labels(own: Taxonomy | None) -> tuple[tuple[str, str], ...]:
    if own is None:
        return ()
    return (("tag_labels", json.dumps({entry.id: entry.label for entry in own.entries}, ensure_ascii=False)),)


def _reading(options: AnalysisOptions) -> dict[str, object]:
    return {
        field.name: value
        for field in dataclasses.fields(options)
        if field.name != "password" and (value := getattr(options, field.name)) != field.default
    }
