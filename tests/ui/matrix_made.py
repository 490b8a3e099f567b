"""Tables of a batch of many documents, made by chance from one seed: a matrix only, no words."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd

PRINCIPLES = ("overall", "safety", "privacy")
PLACES = ("Aurelia", "Borealis", "Cascadia", "Delmar", "Estoril", "Fenwick", "Galdor")


def made_tables(n: int, *, seed: int = 7) -> tuple[bytes, bytes]:
    """``documents.parquet`` and ``pairs.parquet`` of `n` documents in hidden blocs of unlike size."""
    rng = np.random.default_rng(seed)
    bloc = rng.choice(4, size=n, p=(0.4, 0.3, 0.2, 0.1))
    documents = pd.DataFrame(
        {
            "document_id": [f"{at:064x}" for at in range(n)],
            "path": [f"laws/{PLACES[at % 7].lower()}-law-{at}.pdf" for at in range(n)],
            "jurisdiction": pd.Categorical([PLACES[at % 7] if at % 11 else None for at in range(n)]),
            "kind": pd.Categorical([("law", "bill", "soft_law")[at % 3] for at in range(n)]),
            "year": pd.array([2018 + at % 8 if at % 5 else None for at in range(n)], dtype="Int32"),
        }
    )
    left, right = np.triu_indices(n, 1)
    frames = []
    for at, principle in enumerate(PRINCIPLES):
        near = bloc[left] == bloc[right]
        screen = np.clip(np.where(near, 0.55, 0.93) + rng.normal(0, 0.04, len(left)) - 0.02 * at, 0, 1)
        screen[rng.random(len(left)) < 0.01] = np.nan
        value = np.where(np.arange(len(left)) < 20, 0.5, np.nan)
        frames.append(
            pd.DataFrame(
                {
                    "left_id": pd.Categorical.from_codes(left, documents["document_id"]),
                    "right_id": pd.Categorical.from_codes(right, documents["document_id"]),
                    "principle": principle,
                    "screen": screen.astype(np.float32),
                    "value": value,
                }
            )
        )
    pairs = pd.concat(frames, ignore_index=True)
    pairs["principle"] = pairs["principle"].astype("category")
    return _parquet(documents), _parquet(pairs)


def _parquet(frame: pd.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.to_parquet(out, index=False)
    return out.getvalue()
