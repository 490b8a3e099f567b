"""The rules of the house that no linter holds."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import fragcheck

PACKAGE = Path(fragcheck.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAVY = (
    "spacy",
    "sklearn",
    "streamlit",
    "pdfplumber",
    "pypdfium2",
    "numpy",
    "pandas",
    "typer",
    "rich",
    "httpx",
)


def test_importing_the_package_loads_nothing_heavy():
    code = f"import fragcheck, sys; print([m for m in {HEAVY!r} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "arguments", [["--help"], ["verify", "no-such-result.json"]], ids=["help", "a result that is not there"]
)
def test_help_and_missing_results_load_no_stage(arguments):
    code = (
        f"import sys; sys.argv = {['fragcheck', *arguments]!r}\n"
        "from fragcheck.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print([m for m in {HEAVY[:7]!r} if m in sys.modules], file=sys.stderr)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stderr.splitlines()[-1] == "[]"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_modules_and_functions_stay_small(path):
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= 400, "split the module"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            length = (node.end_lineno or 0) - body[0].lineno + 1
            assert length <= 40, f"split {node.name}: {length} lines"


def test_public_names_exist_and_are_sorted():
    for info in pkgutil.walk_packages([str(PACKAGE)], "fragcheck."):
        if info.name == "fragcheck.ui.start.script":  # runs the app when imported
            continue
        module = importlib.import_module(info.name)
        names = getattr(module, "__all__", [])
        assert list(names) == sorted(names, key=_isort_order), info.name
        assert not [name for name in names if not hasattr(module, name)], info.name


def _isort_order(name):
    """Constants, then classes, then the rest: the order that ruff keeps `__all__` in."""
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[0].isupper() else 2
    return (kind, name)


def test_public_names_are_documented():
    missing = []
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        public = {
            element.value
            for node in tree.body
            if isinstance(node, ast.Assign) and any(getattr(t, "id", "") == "__all__" for t in node.targets)
            if isinstance(node.value, ast.List | ast.Tuple)
            for element in node.value.elts
            if isinstance(element, ast.Constant)
        }
        missing += [
            f"{path.name}:{node.name}"
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in public
            if not ast.get_docstring(node)
        ]
    assert not missing


def test_errors_form_one_tree():
    from fragcheck import errors

    for name in errors.__all__:
        kind = getattr(errors, name)
        assert issubclass(kind, errors.FragcheckError)
        assert name in (errors.__doc__ or ""), f"{name} is missing in the tree drawn in the docstring"


def test_no_forbidden_module_names():
    assert not [path for path in MODULES if path.stem in {"utils", "helpers", "manager", "common", "misc"}]
