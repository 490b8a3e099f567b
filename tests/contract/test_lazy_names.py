"""Packages that load their names at first use offer exactly what they promise."""

import importlib
from types import ModuleType

import pytest


@pytest.mark.parametrize("room", ["batch", "catalogue", "pipeline", "report"])
def test_every_promised_name_is_loaded_from_its_module(room):
    package = importlib.import_module(f"fragcheck.{room}")
    modules = {name: module for module, names in package._NAMES.items() for name in names}
    assert sorted(modules) == sorted(package.__all__)
    assert set(package.__all__) <= set(dir(package))
    for name, module in modules.items():
        found = getattr(package, name)
        assert found is getattr(importlib.import_module(f"fragcheck.{room}.{module}"), name)
        assert not isinstance(found, ModuleType), f"{room}.{name} is hidden by the module of the same name"
    with pytest.raises(AttributeError, match="no attribute"):
        package.no_such_name  # noqa: B018 - asked for its error
