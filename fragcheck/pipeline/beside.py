"""What stands beside a comparison and takes a while: kept with it, so that it is worked out once."""

from __future__ import annotations

from fragcheck.diverge import corpus_summary
from fragcheck.pipeline.findings import settings_of
from fragcheck.pipeline.options import IsCancelled, OnProgress
from fragcheck.pipeline.review_order import review_queue
from fragcheck.pipeline.standing import forces_of
from fragcheck.records import Comparison, CorpusSummary, QueueItem
from fragcheck.store import ArtefactStore

__all__ = ["kept_queue", "kept_summary"]


def kept_summary(comparison: Comparison, store: ArtefactStore | None = None) -> CorpusSummary:
    """Return what is known about the set of documents as a whole, as `corpus_summary` has it.

    Parameters
    ----------
    comparison : Comparison
        One without an address (made without a store, or narrowed to a reader) is not kept.
    store : ArtefactStore or None
        Where the summary is kept and found again.
    """
    key = _key("summary", comparison, store)
    found = store.load(CorpusSummary, key) if store is not None and key else None
    if found is None:
        run = comparison.run
        found = corpus_summary(
            comparison.pairs,
            comparison.document_ids,
            settings_of(run),
            seed=run.seed,
            forces=forces_of(comparison),
        )
        if store is not None and key:
            store.keep(key, found)
    return found


def kept_queue(
    comparison: Comparison,
    limit: int,
    store: ArtefactStore | None = None,
    *,
    on_progress: OnProgress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> tuple[QueueItem, ...]:
    """Return the first `limit` findings to look at, as `review_queue` has them; kept as `kept_summary` is.

    Raises
    ------
    Cancelled
        When `is_cancelled` says so.
    """
    key = _key("queue", comparison, store, str(limit))
    kept = store.load(tuple[QueueItem, ...], key) if store is not None and key else None
    if kept is not None:
        return kept
    found = review_queue(comparison, limit=limit, on_progress=on_progress, is_cancelled=is_cancelled)
    if store is not None and key:
        store.keep(key, found)
    return found


def _key(stage: str, comparison: Comparison, store: ArtefactStore | None, *more: str) -> str:
    """The address in the store: the comparison's own says what it was made from, reviews and code as well."""
    if store is None or not comparison.address:
        return ""
    return ArtefactStore.key(stage, comparison.address, *more)
