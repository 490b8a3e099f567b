"""The figures by which fields are compared, read from ``data/fields.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from fragcheck.records import Modality, ParameterKind

__all__ = ["FieldData", "ParameterRule", "load_field_data"]


@dataclass(frozen=True, slots=True)
class ParameterRule:
    """How quantities of one kind are compared.

    `ratio` is K of ``min(1, |ln(x/y)| / ln K)``; `days` the span at which two dates
    are as different as can be; `present_is_stricter` +1, 0 or -1.
    """

    ratio: float
    days: float
    absent: float
    present_is_stricter: int


@dataclass(frozen=True, slots=True)
class FieldData:
    """Distances, units and thresholds of the comparison; the names are those of the file."""

    partial: Mapping[str, float]
    role_distance: Mapping[frozenset[str], float]
    action_distance: Mapping[frozenset[str], float]
    mentioned: tuple[str, ...]
    everyone: str
    everyone_distance: float
    general_actions: frozenset[str]
    general_distance: float
    force: Mapping[Modality, float]
    conditions: tuple[tuple[str, re.Pattern[str]], ...]
    units: Mapping[str, tuple[str, float]]
    rules: Mapping[ParameterKind, ParameterRule]
    ratio_by_unit: Mapping[str, float]
    parameters: Mapping[str, float]
    promptness: Mapping[str, float]
    definition: Mapping[str, float]
    relation: Mapping[str, float]
    matching: Mapping[str, float]
    version: str


@lru_cache(maxsize=1)
def load_field_data() -> FieldData:
    """The data that comes with the package."""
    data = tomllib.loads(files("fragcheck.align").joinpath("data", "fields.toml").read_text("utf-8"))
    return FieldData(
        partial=data["partial"],
        role_distance=_near(data["role_distance"]["near"]),
        action_distance=_near(data["action_distance"]["near"]),
        mentioned=tuple(data["mentioned"]["classes"]),
        everyone=data["role_distance"]["everyone"],
        everyone_distance=data["role_distance"]["everyone_distance"],
        general_actions=frozenset(data["action_distance"]["general"]),
        general_distance=data["action_distance"]["general_distance"],
        force={Modality(name): value for name, value in data["force"].items()},
        conditions=tuple((row["kind"], _cue_pattern(row["cues"])) for row in data["condition"]),
        units={
            unit: (family["name"], factor)
            for family in data["unit_family"]
            for unit, factor in family["units"].items()
        },
        rules={ParameterKind(name): _rule(row) for name, row in data["parameter"].items()},
        ratio_by_unit=data["ratio_by_unit"],
        parameters=data["parameters"],
        promptness=data["promptness"],
        definition=data["definition"],
        relation=data["relation"],
        matching=data["matching"],
        version=data["version"],
    )


def _near(rows: list[dict[str, Any]]) -> dict[frozenset[str], float]:
    return {frozenset(row["classes"]): row["distance"] for row in rows}


def _cue_pattern(cues: list[str]) -> re.Pattern[str]:
    """Cues of alphabetic scripts as whole words, others anywhere."""
    spaced = [re.escape(cue) for cue in cues if cue[0].isascii() or cue[0] in "àáâäéèêëíîïóôöúûü"]
    unspaced = [re.escape(cue) for cue in cues if re.escape(cue) not in spaced]
    return re.compile("|".join([rf"\b(?:{'|'.join(spaced)})\b", *unspaced]), re.IGNORECASE)


def _rule(row: Mapping[str, Any]) -> ParameterRule:
    return ParameterRule(
        ratio=row.get("ratio", 0.0),
        days=row.get("days", 0.0),
        absent=row["absent"],
        present_is_stricter=row["present_is_stricter"],
    )
