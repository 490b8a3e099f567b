"""Builders and Hypothesis strategies of pairs of documents, in our own words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from fragcheck.records import (
    Differences,
    Match,
    Modality,
    ParameterDifference,
    Relation,
    Requirement,
    TextUnit,
    Unit,
)

PRINCIPLES = ("safety", "privacy")
NO_DIFFERENCES = Differences()


@dataclass(frozen=True)
class Pair:
    left: tuple[Unit, ...]
    right: tuple[Unit, ...]
    matches: tuple[Match, ...]


def unit(key, text=None, weights=None, modality=Modality.OBLIGATION):
    weights = dict.fromkeys(PRINCIPLES, 1.0) if weights is None else weights
    text = f"The maker keeps rule {key}." if text is None else text
    table = tuple(weights.items())
    return Unit(
        key=f"{key}#0",
        eid=key,
        text_unit=TextUnit(f"{key}#0", text),
        requirement=Requirement(text, modality),
        weights=table,
        probabilities=table,
    )


def match(left, right, probability=1.0, *, differences=NO_DIFFERENCES, relation=Relation.EQUAL):
    return Match(
        left=left.eid,
        right=right.eid,
        left_key=left.key,
        right_key=right.key,
        probability=probability,
        relation=relation,
        differences=differences,
    )


def swapped(pair):
    return Pair(pair.right, pair.left, tuple(_swapped_match(m) for m in pair.matches))


def _swapped_match(m):
    d = m.differences
    turned = replace(
        d,
        stringency_signed=0.0 - d.stringency_signed,
        parameters_signed=0.0 - d.parameters_signed,
        parameter_pairs=tuple(
            ParameterDifference(p.kind, p.right, p.left, p.distance, 0.0 - p.signed)
            for p in d.parameter_pairs
        ),
    )
    return replace(
        m, left=m.right, right=m.left, left_key=m.right_key, right_key=m.left_key, differences=turned
    )


fractions = st.floats(0, 1, allow_nan=False).map(lambda x: round(x, 4))
maybe = st.one_of(st.none(), fractions)


@st.composite
def differences(draw):
    if draw(st.booleans()) and draw(st.booleans()):
        return Differences(definition=draw(fractions))
    force, size = draw(st.sampled_from((-1.0, -0.5, 0.0, 0.0, 0.5, 1.0))), draw(maybe)
    net = 0.0 if size is None else draw(st.sampled_from((-1.0, 0.0, 1.0))) * size
    return Differences(
        polarity=draw(st.sampled_from((0.0, 0.0, 0.0, 1.0))),
        actor=draw(maybe),
        action=draw(maybe),
        condition=draw(maybe),
        recipient=draw(maybe),
        stringency=abs(force),
        stringency_signed=force,
        parameters=size,
        parameters_signed=net,
    )


@st.composite
def pairs(draw, min_size=0, max_size=6):
    """Two documents with one-to-one and one-to-many matches, some below the threshold."""
    sizes = draw(st.tuples(*[st.integers(min_size, max_size)] * 2))
    weights = st.sampled_from((0.0, 0.0, 0.6, 0.8, 1.0))
    left, right = (
        tuple(
            unit(
                f"{side}{i}",
                f"rule {draw(st.integers(0, 40))} {side}",
                {p: draw(weights) for p in PRINCIPLES},
            )
            for i in range(size)
        )
        for side, size in zip(("a", "b"), sizes, strict=True)
    )
    matches = []
    for j, other in enumerate(right):
        if left and draw(st.booleans()):
            partner = left[min(j, len(left) - 1)]
            probability = draw(st.sampled_from((0.2, 0.5, 0.8, 0.97)))
            matches.append(match(partner, other, probability, differences=draw(differences())))
    return Pair(left, right, tuple(matches))
