"""Which folders are installed. All else stands in pyproject.toml, which cannot both find and map packages."""

from setuptools import find_namespace_packages, setup

CORPORA = ["", *(f".{name}" for name in find_namespace_packages("corpora", include=["sample*"]))]

setup(
    packages=[
        *find_namespace_packages(include=["fragcheck", "fragcheck.*"]),
        *(f"fragcheck_corpora{name}" for name in CORPORA),
    ],
    package_dir={"fragcheck_corpora": "corpora"},
)
