"""Places of documents on a plane, as far from each other as they diverge."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["scaled_places"]

Floats = NDArray[np.float64]

_MOST_STEPS = 500
_STILL = 1e-9


def scaled_places(distances: Floats) -> tuple[Floats, float]:
    """Return places in two dimensions, and how badly their distances fit.

    Metric multidimensional scaling: from the classical solution (Torgerson, Psychometrika 17 (1952)) by
    majorisation (SMACOF; de Leeuw, Recent Developments in Statistics (1977)). There is nothing random in it.

    Parameters
    ----------
    distances : ndarray, shape (n, n)
        Symmetric, 0 on the diagonal.

    Returns
    -------
    places : ndarray, shape (n, 2)
        Around the origin, along their principal axes; the first document has no negative coordinate.
    stress : float
        Kruskal's stress 1 (Psychometrika 29 (1964)), in [0, 1]: 0 fits, .2 and more is poor.
    """
    n = len(distances)
    if n < 2:
        return np.zeros((n, 2)), 0.0
    places = _classical(distances)
    lengths = _lengths(places)
    before = np.inf
    for _ in range(_MOST_STEPS):
        loss = float(((distances - lengths) ** 2).sum())
        if before - loss <= _STILL * max(loss, 1e-30):
            break
        before = loss
        # Guttman transform: where two places coincide their ratio counts nothing.
        ratio = np.divide(distances, lengths, out=np.zeros_like(distances), where=lengths > 0)
        places = (ratio.sum(axis=1, keepdims=True) * places - ratio @ places) / n
        lengths = _lengths(places)
    scale = float((lengths**2).sum())
    stress = float(np.sqrt(((distances - lengths) ** 2).sum() / scale)) if scale else 0.0
    return _turned(places), stress


def _classical(distances: Floats) -> Floats:
    n = len(distances)
    centring = np.eye(n) - 1.0 / n
    values, vectors = np.linalg.eigh(-0.5 * centring @ (distances**2) @ centring)
    found: Floats = vectors[:, ::-1][:, :2] * np.sqrt(np.maximum(values[::-1][:2], 0.0))
    return found if n > 1 and found.shape[1] == 2 else np.column_stack([found, np.zeros(n)])


def _lengths(places: Floats) -> Floats:
    found: Floats = np.sqrt(((places[:, None] - places[None]) ** 2).sum(axis=2))
    return found


def _turned(places: Floats) -> Floats:
    """The same figure along its principal axes; mirrored so that the first document is not negative."""
    centred = places - places.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    turned: Floats = centred @ axes.T
    return turned * np.where(turned[0] < 0, -1.0, 1.0)
