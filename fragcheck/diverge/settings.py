"""What a divergence is measured with: weights of the components, thresholds, draws."""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from fragcheck.errors import ComparisonError

__all__ = ["ContentShares", "DivergenceSettings", "FieldErrors", "ForceWeights", "Weights"]


class _Fractions:
    """Refuses a field that is no number in [0, 1]."""

    __slots__ = ()

    def __post_init__(self) -> None:
        for entry in dataclasses.fields(self):  # type: ignore[arg-type]
            value = getattr(self, entry.name)
            if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
                raise ComparisonError(
                    f"{type(self).__name__}.{entry.name}: a number in [0, 1] is wanted, {value!r} came"
                )


@dataclass(frozen=True, slots=True)
class Weights(_Fractions):
    """w_f of a matched requirement; the sum is at most 1, so that d_r stays in [0, 1]."""

    content: float
    stringency: float
    parameters: float

    def __post_init__(self) -> None:
        _Fractions.__post_init__(self)
        total = self.content + self.stringency + self.parameters
        if total > 1 + 1e-9:
            raise ComparisonError(
                f"weights of content, stringency and parameters with a sum of at most 1 are wanted, "
                f"{total:g} came"
            )


@dataclass(frozen=True, slots=True)
class ContentShares(_Fractions):
    """Share of what is left in common that a full difference of the field takes away."""

    actor: float
    action: float
    recipient: float
    condition: float


@dataclass(frozen=True, slots=True)
class ForceWeights(_Fractions):
    """What a requirement weighs in interoperability, by modality."""

    obligation: float
    prohibition: float
    recommendation: float
    outcome: float
    permission: float


@dataclass(frozen=True, slots=True)
class FieldErrors(_Fractions):
    """Share of misread fields, by component: what the intervals draw from."""

    content: float
    stringency: float
    parameters: float
    definitions: float


_UNIT_INTERVAL = (
    "definition_weight",
    "match_threshold",
    "match_floor",
    "level",
    "tag_threshold",
    "tag_floor",
)


@dataclass(frozen=True, slots=True)
class DivergenceSettings:
    """Weights and thresholds of the divergence; stored with every result.

    Parameters
    ----------
    weights : Weights
        Of a matched requirement.
    definition_weight : float
        Of a matched definition, which has no field but its meaning.
    content_shares : ContentShares
        content = 1 - prod(1 - share x distance).
    match_threshold : float
        From this probability on a match is called a counterpart in lists and sentences. It moves no
        divergence: there every match counts with its probability.
    match_floor : float
        A match below this probability counts nowhere.
    match_doubt : float
        Standard deviation, on the logit scale, of the error that the probabilities of a pair share.
    force_weights : ForceWeights
    field_errors : FieldErrors
    draws : int
        Draws behind an interval; 0 for none (then low = high = value).
    level : float
        Coverage of the interval, in [0, 1).
    tag_threshold : float
        A tag is on from this probability on; 0: as the tagger's own threshold per principle says.
    tag_floor : float
        Tags that are off are drawn from this probability on; below it they stay off.
    few_provisions : int
        A principle with fewer units than this on a side is marked ``few_provisions``.
    """

    weights: Weights
    definition_weight: float
    content_shares: ContentShares
    match_threshold: float
    match_floor: float
    match_doubt: float
    force_weights: ForceWeights
    field_errors: FieldErrors
    draws: int
    level: float
    tag_threshold: float
    tag_floor: float
    few_provisions: int

    def __post_init__(self) -> None:
        for name in _UNIT_INTERVAL:
            if not 0 <= getattr(self, name) <= 1:
                raise ComparisonError(f"{name}: a number in [0, 1] is wanted, {getattr(self, name)!r} came")
        for name in ("draws", "few_provisions", "match_doubt"):
            if getattr(self, name) < 0:
                raise ComparisonError(f"{name}: at least 0 is wanted, {getattr(self, name)!r} came")

    @classmethod
    def default(cls) -> DivergenceSettings:
        """The settings that come with the package."""
        return _default()

    @classmethod
    def from_toml(cls, path: str | Path) -> DivergenceSettings:
        """Read settings; what the file leaves out is as in `default`.

        Raises
        ------
        ComparisonError
            Where the file cannot be read, is not TOML, or holds an unknown name or a wrong value.
        """
        try:
            content = Path(path).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ComparisonError(
                f"a TOML file of weights is wanted, {path} cannot be read ({error})"
            ) from error
        try:
            given = tomllib.loads(content)
        except tomllib.TOMLDecodeError as error:
            raise ComparisonError(f"{path}: TOML is wanted; {error}") from error
        return _changed(_default(), given, str(path))


_TABLES: dict[str, type] = {
    "weights": Weights,
    "content_shares": ContentShares,
    "force_weights": ForceWeights,
    "field_errors": FieldErrors,
}


@lru_cache(maxsize=1)
def _default() -> DivergenceSettings:
    content = files("fragcheck.diverge").joinpath("data", "settings.toml").read_text("utf-8")
    data = tomllib.loads(content)
    return DivergenceSettings(
        **{name: _TABLES[name](**value) if name in _TABLES else value for name, value in data.items()}
    )


def _changed(base: DivergenceSettings, given: dict[str, Any], where: str) -> DivergenceSettings:
    """`base` with the given values; tables are merged entry by entry."""
    changes: dict[str, Any] = {}
    for name, value in given.items():
        _check(name, value, base, where)
        if name in _TABLES:
            table = getattr(base, name)
            for entry, number in value.items():
                _check(entry, number, table, f"{where}: [{name}]")
            changes[name] = dataclasses.replace(table, **value)
        else:
            changes[name] = value
    return dataclasses.replace(base, **changes)


def _check(name: str, value: object, owner: Any, where: str) -> None:  # noqa: ANN401 - any settings record
    known = [entry.name for entry in dataclasses.fields(owner)]
    if name not in known:
        raise ComparisonError(f"{where}: {name!r} is unknown; known are {', '.join(known)}")
    current = getattr(owner, name)
    wanted: tuple[type, ...] = (
        (dict,) if name in _TABLES else (int,) if isinstance(current, int) else (int, float)
    )
    if isinstance(value, bool) or not isinstance(value, wanted):
        raise ComparisonError(f"{where}: {name}: {wanted[-1].__name__} is wanted, {value!r} came")
