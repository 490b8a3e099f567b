"""Who of two documents is stricter: the shared verdict in the language of the interface."""

from __future__ import annotations

from collections.abc import Callable

from fragcheck.records import Side, Strictness
from fragcheck.ui.texts import section, text

__all__ = ["verdict_sentence"]


def verdict_sentence(
    verdict: Strictness, names: tuple[str, str], labels: tuple[Callable[[str], str], Callable[[str], str]]
) -> str:
    """The verdict with its strongest reason, in one sentence.

    In English it says what `Strictness.sentence` says, but names provisions as readers know them.

    Parameters
    ----------
    verdict : Strictness
        From `fragcheck.diverge.pair_strictness`.
    names : (str, str)
        Of the left and the right document.
    labels : (callable, callable)
        What a provision of each is called, by its eid.
    """
    n, n_left, n_right = verdict.n_shared, verdict.n_left_stricter, verdict.n_right_stricter
    if verdict.stricter is None:
        if verdict.is_one_work:
            return text("pair.stricter_one_work", left=names[0], right=names[1])
        return _neither(verdict, names)
    is_left = verdict.stricter is Side.LEFT
    sides = (0, 1) if is_left else (1, 0)
    more, fewer = (n_left, n_right) if is_left else (n_right, n_left)
    name, other = (names[side] for side in sides)
    name = name[:1].upper() + name[1:]
    said = _counted("pair.stricter_one", n, name=name, net=f"{abs(verdict.net):.2g}", more=more)
    if fewer:
        said += text("pair.stricter_fewer", other=other, fewer=fewer)
    clauses = [_clause(verdict, side, labels[side]) for side in sides]
    return said + text("pair.stricter_reason", first=clauses[0], second=clauses[1])


def _neither(verdict: Strictness, names: tuple[str, str]) -> str:
    """Why neither is called stricter."""
    left, right = names
    n, n_left, n_right = verdict.n_shared, verdict.n_left_stricter, verdict.n_right_stricter
    words = {"left": left, "right": right, "n_left": n_left, "n_right": n_right}
    if verdict.is_few:
        return _counted("pair.stricter_few", n, **words)
    if verdict.likelihood is not None:
        share, name = f"{100 * verdict.likelihood:.0f}", left if verdict.net > 0 else right
        return _counted("pair.stricter_doubt", n, **words, share=share, name=name)
    if not n:
        return text("pair.stricter_unshared", left=left, right=right)
    if n_left and n_right:
        return text("pair.stricter_balance", n=n, **words)
    if n_left or n_right:
        name, more = (left, n_left) if n_left else (right, n_right)
        return _counted("pair.stricter_outweighed", n, name=name, more=more)
    return _counted("pair.stricter_alike", n)


def _counted(key: str, n: int, **values: object) -> str:
    """The text for `n` shared requirements; one has a text of its own."""
    return text(f"{key}_single" if n == 1 else key, n=n, **values)


def _clause(verdict: Strictness, side: int, label: Callable[[str], str]) -> str:
    """A provision with its force, or its figure."""
    eid, words = ((verdict.left, verdict.left_words), (verdict.right, verdict.right_words))[side]
    if not verdict.quantity:
        words = section("modality_names")[words]
    elif not words:
        words = text("pair.stricter_no_quantity", kind=section("quantities")[verdict.quantity])
    return f"{label(eid)} ({words})"
