"""Three laws of the sample corpus, and two documents written to do harm, compared once."""

from __future__ import annotations

import csv

import pytest

from fragcheck.catalogue import sample_paths
from fragcheck.pipeline import analyse_files, compare_analyses

#: What comes before harmless words; each must reach its reader as text.
HOSTILE = (
    '=HYPERLINK("https://example.invalid","x") ',
    "+1+cmd|' /C calc'!A0 ",
    "-2+3 ",
    "@SUM(1) ",
    "\t=1+1 ",
    "<script>document.title='owned'</script> ",
    "<img src=x onerror=\"document.title='owned'\"> ",
    "</textarea></style></title><svg onload=\"document.title='owned'\"> ",
    "{{ 7 * 7 }} {% raw %} ",
    "javascript:alert(1) \x0b &lt;b&gt; ]]> ",
)
DUTIES = (
    "Providers shall report any serious incident to the authority within 72 hours.",
    "Deployers shall inform natural persons that they interact with a decision system.",
    "Providers shall not place on the market a system that manipulates children.",
    "Deployers shall keep the logs of the system for at least six months.",
    "The term provider means a person that develops a system.",
)


def write_table(path, prefixes):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "text", "heading"))
        for number, prefix in enumerate(prefixes):
            writer.writerow((f"{prefix}{number}", prefix + DUTIES[number % len(DUTIES)], prefix))


@pytest.fixture(scope="session")
def hostile_comparison(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    first, second = folder / "=1+1 <script>alert(1)</script>.csv".replace("/", ""), folder / "@two.csv"
    write_table(first, HOSTILE)
    write_table(second, HOSTILE[::-1])
    outcomes = analyse_files([first, second])
    return compare_analyses([outcome.analysis for outcome in outcomes])


@pytest.fixture(scope="session")
def report_comparison():
    paths = sample_paths()
    outcomes = analyse_files([paths[0], paths[1], paths[4]])
    return compare_analyses([outcome.analysis for outcome in outcomes])
