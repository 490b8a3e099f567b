"""Settings: read from a file, refused where they make no sense."""

from __future__ import annotations

import dataclasses
import pickle

import pytest

from fragcheck.diverge import DivergenceSettings
from fragcheck.errors import ComparisonError
from fragcheck.records.codec import decode, encode


def test_a_file_changes_what_it_names_and_nothing_else(tmp_path):
    path = tmp_path / "weights.toml"
    path.write_text("draws = 50\n[weights]\ncontent = 0.2\n", "utf-8")
    read = DivergenceSettings.from_toml(path)
    default = DivergenceSettings.default()
    assert read.draws == 50
    assert read.weights == dataclasses.replace(default.weights, content=0.2)
    assert dataclasses.replace(read, draws=default.draws, weights=default.weights) == default


def test_settings_travel():
    default = DivergenceSettings.default()
    assert decode(DivergenceSettings, encode(default)) == default
    assert pickle.loads(pickle.dumps(default)) == default  # noqa: S301 - our own bytes
    assert hash(default) == hash(dataclasses.replace(default))


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("weight = 1", "'weight' is unknown"),
        ("[weights]\nsize = 1", r"\[weights\].*'size' is unknown"),
        ("weights = 1", "weights: dict is wanted"),
        ("draws = 1.5", "draws: int is wanted"),
        ("draws = true", "draws: int is wanted"),
        ("draws = -1", "draws: at least 0"),
        ("level = 2.0", r"level: a number in \[0, 1\]"),
        ("[weights]\ncontent = 0.9", "sum of at most 1"),
        ("[content_shares]\nactor = 1.5", r"ContentShares.actor: a number in \[0, 1\]"),
        ("[content_shares]\nactor = 'much'", "actor: float is wanted"),
        ("draws = ", "TOML is wanted"),
    ],
)
def test_a_wrong_file_is_refused_by_name(tmp_path, content, complaint):
    path = tmp_path / "weights.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(ComparisonError, match=complaint):
        DivergenceSettings.from_toml(path)


def test_an_absent_file_is_refused_by_name(tmp_path):
    with pytest.raises(ComparisonError, match=r"absent\.toml cannot be read"):
        DivergenceSettings.from_toml(tmp_path / "absent.toml")
