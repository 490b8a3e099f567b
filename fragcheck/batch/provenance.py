"""What a batch was made with, and whether a folder may be written."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from fragcheck.align.coverage import share_curves
from fragcheck.align.screening import LEXICAL_DIMENSIONS, SHARES, VECTOR_GRID, WIDTH
from fragcheck.batch.options import BatchOptions
from fragcheck.batch.schema import TABLES_VERSION
from fragcheck.diverge import DivergenceSettings
from fragcheck.errors import InputError, StoreError
from fragcheck.pipeline.run import run_info
from fragcheck.records.codec import encode
from fragcheck.store import code_fingerprint

__all__ = ["RUN_FILE", "claim_output", "provenance"]

#: What a batch leaves in its folder as soon as it begins: the options it was begun with.
RUN_FILE = "run.json"


def provenance(options: BatchOptions, documents: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return versions and hashes of code, models, libraries and inputs, and all settings, as JSON values.

    Parameters
    ----------
    options : BatchOptions
    documents : sequence of (str, str)
        Id and sha256 of each document, in the order of the tables.
    """
    within, across = share_curves()
    run = run_info(options.settings or DivergenceSettings.default(), options.seed)
    return {
        "fragcheck": run.version,
        "tables_version": TABLES_VERSION,
        "models": dict(run.models),
        "taxonomies": dict(run.taxonomies),
        **run.stated,
        "pyarrow": pa.__version__,
        "screen": {
            "shares": dict(SHARES),
            "dimensions": WIDTH,
            "lexical_dimensions": LEXICAL_DIMENSIONS,
            "vector_grid": VECTOR_GRID,
            "within": dataclasses.asdict(within),
            "across": dataclasses.asdict(across),
        },
        "documents_sha256": hashlib.sha256(
            json.dumps([list(pair) for pair in documents]).encode()
        ).hexdigest(),
        "n_documents": len(documents),
        "options": _options(options),
    }


def claim_output(output: Path, options: BatchOptions, *, is_resumed: bool) -> None:
    """Make the folder of a batch, or make sure that the batch in it may go on.

    Raises
    ------
    InputError
        Where the folder holds something else, a run that is not to be resumed, or a run with
        other options.
    StoreError
        Where it cannot be written.
    """
    mark = output / RUN_FILE
    ours = {"code": code_fingerprint(), "options": _options(options)}
    try:
        if output.exists() and not output.is_dir():
            raise InputError(f"{output}: a folder for the tables is wanted, a file came")
        if mark.exists():
            _check_mark(mark, ours, output, is_resumed=is_resumed)
        elif output.exists() and any(output.iterdir()):
            raise InputError(f"{output}: an empty folder, or none yet, is wanted; it holds other files")
        output.mkdir(parents=True, exist_ok=True)
        mark.write_text(json.dumps(ours, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{output}: the tables cannot be written there ({error.strerror})") from error


def _check_mark(mark: Path, ours: dict[str, Any], output: Path, *, is_resumed: bool) -> None:
    if not is_resumed:
        raise InputError(f"{output}: it holds a batch; add --resume to go on with it, or name another folder")
    try:
        theirs = json.loads(mark.read_text(encoding="utf-8"))["options"]
    except (ValueError, KeyError, TypeError):  # cut off by a kill: nothing was written after it
        return
    changed = [name for name, value in ours["options"].items() if theirs.get(name) != value]
    if changed:
        raise InputError(
            f"{output}: it was begun with other options ({', '.join(changed)}); repeat those of {RUN_FILE}, "
            "or name another folder"
        )


def _options(options: BatchOptions) -> dict[str, Any]:
    """All options that a result depends on; a password is none of them."""
    analysis = dataclasses.asdict(options.analysis)
    del analysis["password"]
    found = encode(
        {
            **analysis,
            "divergence": options.settings or DivergenceSettings.default(),
            "seed": options.seed,
            "full": options.full,
            "top": options.top,
            "pairs": options.pairs,
        }
    )
    return dict(found)
