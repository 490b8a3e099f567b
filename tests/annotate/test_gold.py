"""Requirements against our own reading of sentences of our own (gold.csv)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fragcheck.annotate import read_text

with (Path(__file__).parent / "gold.csv").open(newline="", encoding="utf-8") as handle:
    GOLD = list(csv.DictReader(handle))


@pytest.mark.parametrize("row", GOLD, ids=[f"{row['language']}-{number}" for number, row in enumerate(GOLD)])
def test_gold(row: dict[str, str]) -> None:
    text = row["text"]
    (found,) = read_text(text, row["language"]).requirements
    assert (found.modality.value, found.is_negated) == (row["modality"], row["negated"] == "1")
    assert (found.actor, found.actor_role) == (row["actor"], row["actor_role"])
    assert found.action_class == row["action_class"]
    assert found.recipient_role == row["recipient_role"]
    assert text[found.start : found.end] == found.text
