"""Frozen records with a quick ``__init__`` behave as those of dataclasses do."""

import copy
import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from fragcheck.records.quick import quickly_made


@dataclass(frozen=True, slots=True)
class Usual:
    name: str
    size: float = 1.0
    marks: tuple[int, ...] = ()


@quickly_made
@dataclass(frozen=True, slots=True)
class Quick:
    name: str
    size: float = 1.0
    marks: tuple[int, ...] = ()


@pytest.mark.parametrize(
    ("values", "named"), [(("a",), {}), (("a", 2.0, (1,)), {}), ((), {"marks": (3,), "name": "b"})]
)
def test_it_is_made_compared_copied_and_pickled_as_any_other(values, named):
    usual, quick = Usual(*values, **named), Quick(*values, **named)
    assert repr(quick) == repr(usual).replace("Usual", "Quick")
    assert quick == Quick(*values, **named)
    assert hash(quick) == hash(usual)
    assert pickle.loads(pickle.dumps(quick)) == copy.copy(quick) == quick  # noqa: S301 - made here
    assert replace(quick, size=3.0) == Quick(quick.name, 3.0, quick.marks)


def test_it_is_frozen_and_refuses_wrong_arguments():
    with pytest.raises(FrozenInstanceError):
        Quick("a").name = "b"
    for wrong in ({}, {"name": "a", "other": 1}):
        with pytest.raises(TypeError, match=r"__init__\(\)"):
            Quick(**wrong)
    assert str(inspect.signature(Quick)) == str(inspect.signature(Usual))


def test_classes_that_it_would_change_are_refused():
    @dataclass(frozen=True)
    class WithoutSlots:
        name: str

    @dataclass(frozen=True, slots=True)
    class WithFactory:
        names: list[str] = field(default_factory=list)

    @dataclass(frozen=True, slots=True)
    class Checked:
        name: str

        def __post_init__(self) -> None:
            raise AssertionError

    for refused in (WithoutSlots, WithFactory, Checked):
        with pytest.raises(TypeError, match=refused.__name__):
            quickly_made(refused)
