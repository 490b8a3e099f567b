"""How long a piece of work still takes, by the rate so far; nothing is said before there is a rate."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fragcheck.ui.texts import text

__all__ = ["LEAST_SECONDS", "LEAST_SHARE", "Pace", "left_of_share", "time_words"]

#: Seconds of work, and share of it done, before a share tells how long the rest takes.
LEAST_SECONDS = 2.0
LEAST_SHARE = 0.05

#: Steps that must have ended before their number tells it.
_LEAST_STEPS = 2


@dataclass(frozen=True, slots=True)
class Pace:
    """Steps of about one size, with the moments of the first and the last report.

    Parameters
    ----------
    began, reported : float
        Seconds of one clock.
    first, done, total : int
        Steps done at the first report and at the last, and of all.
    """

    began: float
    reported: float
    first: int
    done: int
    total: int

    def at(self, moment: float, done: int, total: int) -> Pace:
        """The pace after another report."""
        return replace(self, reported=moment, done=done, total=total)

    def left(self, now: float) -> float | None:
        """Seconds that the rest takes as those before did; None where too few have ended."""
        ended, rest = self.done - self.first, self.total - self.done
        if ended < _LEAST_STEPS or rest < 0 or self.reported <= self.began:
            return None
        each = (self.reported - self.began) / ended
        return each * max(0, rest - 1) + (max(0.0, each - (now - self.reported)) if rest else 0.0)


def left_of_share(share: float | None, seconds: float) -> float | None:
    """Seconds that the rest takes where `share` of the work took `seconds`; None without a basis.

    Examples
    --------
    >>> left_of_share(0.25, 10)
    30.0
    """
    if share is None or share < LEAST_SHARE or seconds < LEAST_SECONDS:
        return None
    return seconds * (1 - min(1.0, share)) / share


def time_words(seconds: float) -> str:
    """A span as roughly as it is known.

    Examples
    --------
    >>> time_words(3), time_words(44), time_words(200)
    ('a few seconds', 'about 40 s', 'about 3 min')
    """
    if seconds < 10:
        return text("progress.few_seconds")
    if seconds < 95:
        return text("progress.about_seconds", n=10 * round(seconds / 10))
    if seconds < 95 * 60:
        return text("progress.about_minutes", n=round(seconds / 60))
    return text("progress.about_hours", n=f"{seconds / 3600:.1f}")
