"""Which few changes in which document bring a set of documents closest together."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fragcheck.diverge.rulebooks import Masses, Rule, Rulebooks, Slot, read_rulebooks
from fragcheck.diverge.settings import DivergenceSettings
from fragcheck.diverge.weights import OVERALL
from fragcheck.errors import ComparisonError
from fragcheck.records import Change, ChangeKind, HarmonisationPath, PairResult

__all__ = ["harmonisation_path"]

#: Sets of changes that an exact search looks at, at most.
_MOST_SETS = 20_000
_PLACES = 12
#: Number of a slot that is not there yet.
_NEW = -1


@dataclass(frozen=True, slots=True, order=True)
class _Option:
    """`document` puts `rule` in `slot`, which is empty (adopt) or holds a counterpart (conform)."""

    document: str
    rule: Rule
    slot: Slot
    is_new: bool


def harmonisation_path(
    pairs: Sequence[PairResult],
    steps: int,
    settings: DivergenceSettings | None = None,
    *,
    principle: str = OVERALL,
    exact: bool = False,
) -> HarmonisationPath:
    """Return the changes that reduce the mean D of `pairs` most.

    A change is made by one document: it adopts a requirement of another one that it has no
    counterpart of, or one of its own takes the content of its counterpart there. A copy meets the
    counterparts that its original has, at the same distances. Repeal is no change: a document
    without rules would agree with any other.

    Parameters
    ----------
    pairs : sequence of PairResult
    steps : int
        Changes to make.
    settings : DivergenceSettings, optional
    principle : str
    exact : bool
        Try every set of `steps` changes to the documents as they stand, instead of the best single
        change again and again (greedy; each step then sees those before).

    Returns
    -------
    HarmonisationPath
        Ends early where no change reduces the mean. Equal gains: the rule that most documents have
        a counterpart of, then the order of the ids and keys.

    Raises
    ------
    ComparisonError
        For a negative number of steps, or an exact search over more than 20,000 sets.
    """
    if steps < 0:
        raise ComparisonError(f"a number of changes from 0 on is wanted, {steps} came")
    books = read_rulebooks(pairs, principle, settings or DivergenceSettings.default())
    totals = books.totals()
    start = _mean(totals)
    if start is None:
        return HarmonisationPath(principle, exact, None, ())
    changes = _exact(books, steps) if exact else _greedy(books, totals, steps)
    return HarmonisationPath(principle, exact, start, tuple(changes))


def _mean(totals: dict[tuple[str, str], Masses]) -> float | None:
    values = [apart / total for apart, total in totals.values() if total > 0]
    return math.fsum(values) / len(values) if values else None


def _options(books: Rulebooks, rules: Iterable[Rule]) -> Iterator[_Option]:
    partners = {name: set(books.partners(name)) for pair in books.pairs for name in pair}
    for rule in rules:
        if not books.weights[rule]:
            continue
        for document, compared in partners.items():
            if rule[0] not in compared:
                continue
            there = books.called(rule, document)
            if not there:
                yield _Option(document, rule, (document, _NEW), is_new=True)
            for slot in there:
                if books.distance(books.held[slot], rule) > 0:
                    yield _Option(document, rule, slot, is_new=False)


_Effect = dict[tuple[str, str], Masses]


def _effect(books: Rulebooks, option: _Option) -> _Effect:
    """Change of Σ u d and Σ u in every pair of the document that changes."""
    found: _Effect = {}
    for pair in books.pairs:
        if option.document not in pair:
            continue
        other = pair[1] if pair[0] == option.document else pair[0]
        held = books.held.get(option.slot)
        rules = [rule for rule in (option.rule, held) if rule is not None]
        touched = {slot for rule in rules for slot in books.counterparts(rule, other)}
        before = books.masses(touched if held is None else {*touched, option.slot}, pair)
        books.place(option.slot, option.rule)
        after = books.masses({*touched, option.slot}, pair)
        if held is None:
            books.remove(option.slot)
        else:
            books.place(option.slot, held)
        found[pair] = (after[0] - before[0], after[1] - before[1])
    return found


def _gain(totals: dict[tuple[str, str], Masses], effect: _Effect) -> float:
    """How much the mean D falls."""
    count = sum(total > 0 for _, total in totals.values())
    fall = 0.0
    for pair, (apart_change, total_change) in effect.items():
        apart, total = totals[pair]
        if total > 0:
            fall += apart / total - (apart + apart_change) / (total + total_change)
    return fall / count if count else 0.0


def _greedy(books: Rulebooks, totals: dict[tuple[str, str], Masses], steps: int) -> Iterator[Change]:
    effects = {
        option: _effect(books, option) for option in _options(books, dict.fromkeys(books.held.values()))
    }
    for _ in range(steps):
        best = min(
            effects,
            key=lambda option: (
                -round(_gain(totals, effects[option]), _PLACES),
                -len(books.neighbours.get(option.rule, ())),
                option,
            ),
            default=None,
        )
        if best is None or round(_gain(totals, effects[best]), _PLACES) <= 0:
            return
        before = _mean(totals)
        replaced = books.held.get(best.slot)
        touched = _related(books, {best.rule, replaced} - {None})
        for pair, (apart, total) in effects[best].items():
            totals[pair] = (totals[pair][0] + apart, totals[pair][1] + total)
        books.place(_slot(books, best), best.rule)
        yield _change(books, best, replaced, before or 0.0, _mean(totals) or 0.0)
        effects = _renewed(books, effects, touched)


def _related(books: Rulebooks, rules: set[Rule | None]) -> set[Rule]:
    """Rules whose options may change with these: those within two matches of them."""
    found = {rule for rule in rules if rule is not None}
    for _ in range(2):
        found |= {other for rule in found for other in books.neighbours.get(rule, ())}
    return found


def _renewed(books: Rulebooks, effects: dict[_Option, _Effect], touched: set[Rule]) -> dict[_Option, _Effect]:
    """The options after a change; only those of related rules are measured again."""
    kept = {
        option: effect
        for option, effect in effects.items()
        if option.rule not in touched and (option.is_new or books.held[option.slot] not in touched)
    }
    held = set(books.held.values())
    touching = touched | {option.rule for option in effects if option not in kept}
    for option in _options(books, sorted(touching & held)):
        if option not in kept:
            kept[option] = _effect(books, option)
    return kept


def _exact(books: Rulebooks, steps: int) -> list[Change]:
    options = sorted(_options(books, dict.fromkeys(books.held.values())))
    count = sum(math.comb(len(options), size) for size in range(1, steps + 1))
    if count > _MOST_SETS:
        raise ComparisonError(
            f"an exact search over at most {_MOST_SETS} sets of changes is wanted, {count} would be needed: "
            "ask for fewer changes or for the greedy path"
        )
    start = _mean(books.totals()) or 0.0
    best: tuple[float, tuple[_Option, ...]] = (start, ())
    for size in range(1, steps + 1):
        for chosen in itertools.combinations(options, size):
            if len({(option.document, option.rule) for option in chosen}) < size:
                continue
            if len({option.slot for option in chosen if not option.is_new}) < sum(
                not o.is_new for o in chosen
            ):
                continue
            mean = _trial(books, chosen)
            if round(mean, _PLACES) < round(best[0], _PLACES):
                best = (mean, chosen)
    return list(_apply(books, best[1]))


def _slot(books: Rulebooks, option: _Option) -> Slot:
    """Where the option puts its rule: its slot, or the next free one of the document."""
    return (option.document, books.next_number()) if option.is_new else option.slot


def _trial(books: Rulebooks, chosen: Sequence[_Option]) -> float:
    kept = [(option, books.held.get(option.slot)) for option in chosen]
    slots = []
    for option, _ in kept:
        slot = _slot(books, option)
        books.place(slot, option.rule)
        slots.append(slot)
    mean = _mean(books.totals()) or 0.0
    for slot, (_, held) in reversed(list(zip(slots, kept, strict=True))):
        if held is None:
            books.remove(slot)
        else:
            books.place(slot, held)
    return mean


def _apply(books: Rulebooks, chosen: Sequence[_Option]) -> Iterator[Change]:
    before = _mean(books.totals()) or 0.0
    for option in chosen:
        replaced = books.held.get(option.slot)
        slot = _slot(books, option)
        books.place(slot, option.rule)
        after = _mean(books.totals()) or 0.0
        yield _change(books, option, replaced, before, after)
        before = after


def _change(books: Rulebooks, option: _Option, replaced: Rule | None, before: float, after: float) -> Change:
    unit = books.units[option.rule]
    own = books.units[replaced] if replaced is not None else None
    return Change(
        kind=ChangeKind.ADOPT if option.is_new else ChangeKind.CONFORM,
        document_id=option.document,
        source_id=option.rule[0],
        source_eid=unit.eid,
        source_key=unit.key,
        replaced_eid=own.eid if own else "",
        replaced_key=own.key if own else "",
        mean_before=before,
        mean_after=after,
    )
