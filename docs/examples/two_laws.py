"""Two laws: what each demands, which clauses are each other's counterpart, and what the difference rests on.

python docs/examples/two_laws.py
"""

from __future__ import annotations

import fragcheck
from fragcheck import figures
from fragcheck.catalogue import sample_paths
from fragcheck.diverge import divergence_shares
from fragcheck.store import default_store


def main() -> None:
    """The first two laws of the sample corpus."""
    store = default_store()  # an analysis that is there already is not made again
    union, altamora = (fragcheck.analyse(path, store=store) for path in sample_paths()[:2])
    rows = [row for row in fragcheck.match(union, altamora, top=1) if row.rank == 1]
    for row in sorted(rows, key=lambda row: -row.probability)[:8]:
        print(f"{row.left_id} ~ {row.right_id}: {row.relation} ({row.probability:.2f})")

    comparison = fragcheck.compare(union, altamora)
    frame = figures.pairs_frame(comparison)
    columns = ["principle", "value", "low", "high", "coverage", "content", "stringency_abs", "status"]
    print(frame[columns].round(3).to_string(index=False))

    # The same D, element by element: the clauses that it rests on most.
    (pair,) = comparison.pairs
    shares = divergence_shares(pair.left_units, pair.right_units, (*pair.matches, *pair.near))
    for share in sorted(shares, key=lambda share: -share.value)[:5]:
        print(round(share.value, 4), share.left, share.right)
    print(round(sum(share.value for share in shares), 6), "is D:", pair.overall.value)


if __name__ == "__main__":
    main()
