"""Which few changes in which document bring a set of documents closest together."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fragcheck.diverge.rulebooks import Masses, Rule, Rulebooks, Slot, borne, read_rulebooks
from fragcheck.diverge.settings import DivergenceSettings
from fragcheck.diverge.weights import OVERALL
from fragcheck.errors import ComparisonError
from fragcheck.records import Change, ChangeKind, HarmonisationPath, PairResult

__all__ = ["harmonisation_path"]

#: Sets of changes that an exact search looks at, at most.
_MOST_SETS = 20_000
_PLACES = 12
#: Share of the work that measuring every change once is, for who waits; the steps are the rest.
_FIRST = 0.6
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
    on_progress: Callable[[float], None] | None = None,
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
    on_progress : callable, optional
        Told now and then which share of a greedy search is done; what it raises ends the search.

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
    changes = _exact(books, steps) if exact else _greedy(books, totals, steps, on_progress or _ignored)
    return HarmonisationPath(principle, exact, start, tuple(changes))


def _ignored(share: float) -> None:
    """For who does not wait."""


def _mean(totals: dict[tuple[str, str], Masses]) -> float | None:
    values = [apart / total for apart, total in totals.values() if total > 0]
    return math.fsum(values) / len(values) if values else None


def _options(books: Rulebooks, rules: Iterable[Rule]) -> Iterator[_Option]:
    partners = {name: {other for other, _ in books.partners(name)} for pair in books.pairs for name in pair}
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


@dataclass(frozen=True, slots=True)
class _Effect:
    """Change of Σ u d and Σ u: as `near` has it in some pairs of the document, by `alone` in all others.

    Where the other document has no counterpart of what comes and goes, both sums move by the same.
    """

    alone: float
    near: Mapping[tuple[str, str], Masses]


def _effect(books: Rulebooks, option: _Option) -> _Effect:
    """What an option moves in every pair of the document that changes."""
    return _adopted(books, option) if option.is_new else _conformed(books, option)


def _adopted(books: Rulebooks, option: _Option) -> _Effect:
    """A rule comes: it bears its own weight, and its counterparts elsewhere are offered one more."""
    rule, weight = option.rule, books.weights[option.rule]
    near = {}
    for other, pair in books.partners(option.document):
        offers = books.offers(rule, other)
        if not offers:
            continue
        before, after = [], [borne(weight, offers)]
        for slot in books.counterparts(rule, other):
            held = books.held[slot]
            there = books.offers(held, option.document)
            before.append(borne(books.weights[held], there))
            after.append(borne(books.weights[held], sorted((*there, books.link(held, rule)[::-1]))))
        near[pair] = _moved(before, after)
    return _Effect(weight, near)


def _moved(before: Sequence[Masses], after: Sequence[Masses]) -> Masses:
    apart, total = (
        math.fsum(one[at] for one in after) - math.fsum(one[at] for one in before) for at in (0, 1)
    )
    return apart, total


def _conformed(books: Rulebooks, option: _Option) -> _Effect:
    """A rule takes the place of another one."""
    held = books.held[option.slot]
    touched = {}
    for other, pair in books.partners(option.document):
        slots = {slot for rule in (option.rule, held) for slot in books.counterparts(rule, other)}
        if slots:
            touched[pair] = {*slots, option.slot}
    before = {pair: books.masses(slots, pair) for pair, slots in touched.items()}
    books.place(option.slot, option.rule)
    after = {pair: books.masses(slots, pair) for pair, slots in touched.items()}
    books.place(option.slot, held)
    near = {pair: _moved([before[pair]], [after[pair]]) for pair in touched}
    return _Effect(books.weights[option.rule] - books.weights[held], near)


class _Gains:
    """How much the mean D falls by each option, as things stand."""

    def __init__(self, books: Rulebooks, totals: Mapping[tuple[str, str], Masses]) -> None:
        self._books = books
        self._totals = totals
        self._count = sum(total > 0 for _, total in totals.values())
        self._alone: dict[tuple[str, float], tuple[float, dict[tuple[str, str], float]]] = {}

    def of(self, option: _Option, effect: _Effect) -> float:
        """The fall, to 12 decimals."""
        fall, by_pair = self._without_counterparts(option.document, effect.alone)
        for pair, moved in effect.near.items():
            fall += self._fall(pair, moved) - by_pair[pair]
        return round(fall / self._count, _PLACES) if self._count else 0.0

    def _without_counterparts(
        self, document: str, moved: float
    ) -> tuple[float, dict[tuple[str, str], float]]:
        """The fall if the pairs of a document had no counterparts of what comes, in all and by pair."""
        found = self._alone.get((document, moved))
        if found is None:
            by_pair = {pair: self._fall(pair, (moved, moved)) for _, pair in self._books.partners(document)}
            found = self._alone[document, moved] = math.fsum(by_pair.values()), by_pair
        return found

    def _fall(self, pair: tuple[str, str], moved: Masses) -> float:
        apart, total = self._totals[pair]
        return apart / total - (apart + moved[0]) / (total + moved[1]) if total > 0 else 0.0


def _greedy(
    books: Rulebooks,
    totals: dict[tuple[str, str], Masses],
    steps: int,
    told: Callable[[float], None],
) -> Iterator[Change]:
    effects = {}
    options = list(_options(books, dict.fromkeys(books.held.values()))) if steps else []
    for at, option in enumerate(options):
        if not at % 500:
            told(_FIRST * at / len(options))
        effects[option] = _effect(books, option)
    for step in range(steps):
        told(_FIRST + (1 - _FIRST) * step / steps)
        best = _best(books, totals, effects)
        if best is None:
            return
        before = _mean(totals)
        replaced = books.held.get(best.slot)
        changed = {best.rule} if replaced is None else {best.rule, replaced}
        effect = effects[best]
        for _, pair in books.partners(best.document):
            apart, total = effect.near.get(pair, (effect.alone, effect.alone))
            totals[pair] = (totals[pair][0] + apart, totals[pair][1] + total)
        books.place(_slot(books, best), best.rule)
        yield _change(books, best, replaced, before or 0.0, _mean(totals) or 0.0)
        effects = _renewed(books, effects, best.document, changed)


def _best(
    books: Rulebooks, totals: Mapping[tuple[str, str], Masses], effects: Mapping[_Option, _Effect]
) -> _Option | None:
    """The option that the mean falls most by; None where it falls by none."""
    gains = _Gains(books, totals)
    found = [(gains.of(option, effect), option) for option, effect in effects.items()]
    most = max((gain for gain, _ in found), default=0.0)
    if most <= 0:
        return None
    known = books.neighbours
    return min(
        (option for gain, option in found if gain == most),
        key=lambda option: (-len(known.get(option.rule, ())), option),
    )


def _around(books: Rulebooks, rules: Iterable[Rule]) -> set[Rule]:
    """The rules, and those that were matched with them."""
    return {other for rule in rules for other in (rule, *books.neighbours.get(rule, ()))}


def _renewed(
    books: Rulebooks, effects: dict[_Option, _Effect], document: str, changed: set[Rule]
) -> dict[_Option, _Effect]:
    """The options after a change of `document`, in which the rules `changed` came and went.

    What another document may do is moved where its rule meets one of them here; what this one may do, where
    its rule meets a rule elsewhere that meets one of them.
    """
    near = _around(books, changed)
    touched = {True: _around(books, near), False: near}

    def is_kept(option: _Option) -> bool:
        moved = touched[option.document == document]
        return option.rule not in moved and (option.is_new or books.held[option.slot] not in moved)

    kept = {option: effect for option, effect in effects.items() if is_kept(option)}
    again = touched[True] | {option.rule for option in effects if option not in kept}
    for option in _options(books, sorted(again & set(books.held.values()))):
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
