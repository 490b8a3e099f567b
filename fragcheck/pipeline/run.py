"""What is needed to replay a result."""

from __future__ import annotations

import json
from importlib import metadata

from fragcheck.annotate import load_tagger
from fragcheck.diverge import DivergenceSettings
from fragcheck.nlp.encoder import load_encoder
from fragcheck.records import RunInfo
from fragcheck.records.codec import encode
from fragcheck.store import code_fingerprint
from fragcheck.taxonomy import load_taxonomy
from fragcheck.version import __version__

__all__ = ["run_info"]

#: Libraries whose versions can change a number.
_LIBRARIES = ("numpy", "scipy", "scikit-learn", "spacy", "pypdfium2", "pdfplumber", "rapidfuzz")


def run_info(settings: DivergenceSettings, seed: int) -> RunInfo:
    """Return versions and hashes of code, models, taxonomies and libraries, the settings and the seed."""
    encoder, tagger = load_encoder(), load_tagger()
    taxonomies = [load_taxonomy(name) for name in ("principles", "sovereignty")]
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
        ),
    )
