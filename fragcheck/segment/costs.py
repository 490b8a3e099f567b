"""Costs of numbers in their sequence, in nats, set by hand on real layouts."""

from __future__ import annotations

import math

from fragcheck.segment.ordinals import Value, is_successor

__all__ = ["BACKWARDS", "GAP_MOST", "RESTART", "softplus", "step_cost"]

_REPEAT = 3.0
BACKWARDS = 5.0
_GAP = 1.6
_GAP_STEP = 0.4
GAP_MOST = 4.5
RESTART = 3.0


def softplus(value: float) -> float:
    """ln(1 + e^value): the cost of what has log-odds ``-value``."""
    return math.log1p(math.exp(value)) if value < 30 else value


def step_cost(before: Value, value: Value) -> float:
    """Cost of the number `value` behind `before` in one sequence, in nats; 0 for the next one."""
    if not before or is_successor(before, value):
        return 0.0
    if value == before:
        return _REPEAT
    if value > before:
        return min(_GAP + _GAP_STEP * (value[0] - before[0]), GAP_MOST)
    return RESTART if value == (1,) else BACKWARDS
