"""``fragcheck train`` and ``fragcheck evaluate``: the tagging model and its scores."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fragcheck.cli.console import warn, write_csv, write_jsonl
from fragcheck.cli.options import ModelOption, QuietOption, refuse_format

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

__all__ = ["evaluate", "train"]

_TRAINED = ("tag", "positives", "average_precision", "f1", "threshold", "calibration_error")
_EVALUATED = (
    "tag", "positives", "average_precision", "precision", "recall", "f1", "calibration_error", "share_unsure",
)  # fmt: skip


def train(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder for model.npz and model.json.")
    ] = Path("fragcheck-model"),
    labels: Annotated[
        Path | None,
        typer.Option(
            "--labels",
            help="CSV of labelled provisions of your own, added to those of the package: "
            "id, language, tradition, context, text, principles, sovereignty.",
        ),
    ] = None,
    only_labels: Annotated[bool, typer.Option("--only-labels", help="Train on your labels alone.")] = False,
    quiet: QuietOption = False,
) -> None:
    """Train the tagging model and print its scores on held-out groups of texts.

    Without labels of your own this makes the model of the package again. The result is what
    `annotate --model` takes.

    Example: `fragcheck train -o my-model --labels my-labels.csv`
    """
    from fragcheck.annotate.tagging.train import read_examples, training_folder, write_model
    from fragcheck.errors import InputError
    from fragcheck.nlp.encoder import load_encoder

    if only_labels and labels is None:
        raise InputError("--only-labels wants --labels FILE; name the file with your labels")
    examples = () if only_labels else read_examples(training_folder())
    if labels is not None:
        examples = (*examples, *read_examples(labels))
    model, figures = write_model(examples, output, load_encoder())
    write_csv(_TRAINED, ({"tag": name, **figure} for name, figure in figures.items()))
    if not quiet:
        warn(f"model {model.version}, sha256 {model.sha256}, {len(examples)} examples, written to {output}")


def evaluate(
    labels: Annotated[Path, typer.Argument(help="CSV of labelled provisions, in the form `train` reads.")],
    model: ModelOption = None,
    format_: Annotated[str, typer.Option("--format", "-f", help="csv or jsonl.")] = "csv",
) -> None:
    """Print how well the tags agree with labelled provisions.

    Example: `fragcheck evaluate my-labels.csv`
    """
    refuse_format(format_, ("csv", "jsonl"), ())
    from fragcheck.annotate.tagging import load_tagger, load_tagger_from
    from fragcheck.annotate.tagging.evaluating import evaluate_tagger
    from fragcheck.annotate.tagging.train import read_examples

    tagger = load_tagger() if model is None else load_tagger_from(model)
    rows = [_rounded(score._asdict()) for score in evaluate_tagger(tagger, read_examples(labels))]
    if format_ == "csv":
        write_csv(_EVALUATED, rows)
    else:
        write_jsonl(rows)


def _rounded(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with four decimals; nothing where there is nothing to measure."""
    return {
        name: (None if math.isnan(value) else round(value, 4)) if isinstance(value, float) else value
        for name, value in row.items()
    }
