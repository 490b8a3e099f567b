"""The files that can be made of a comparison: what each is about, and what it is called."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["KINDS", "ReportKind", "file_name", "kind_named"]


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A file to download.

    Parameters
    ----------
    name : str
        In the address, and in the texts.
    form : str
        Name of the form in the pipeline.
    about : {"set", "pair", "document"}
    suffix : str
        With its dot.
    mime : str
    preview : {"tables", "files", "page", "paper", "words"}
        How it is shown before it is downloaded.
    """

    name: str
    form: str
    about: str
    suffix: str
    mime: str
    preview: str = "words"


_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

KINDS = (
    ReportKind("xlsx", "xlsx", "set", ".xlsx", _SHEET, "tables"),
    ReportKind("html", "html", "set", ".html", "text/html", "page"),
    ReportKind("pdf", "pdf", "set", ".pdf", "application/pdf", "paper"),
    ReportKind("csv", "csv", "set", ".csv.zip", "application/zip", "files"),
    ReportKind("parquet", "parquet", "set", ".parquet.zip", "application/zip", "files"),
    ReportKind("json", "json", "set", ".json", "application/json"),
    ReportKind("sssom", "sssom", "pair", ".sssom.tsv", "text/tab-separated-values"),
    ReportKind("olir", "olir", "pair", ".olir.csv", "text/csv"),
    ReportKind("oscal_mapping", "oscal", "pair", ".mapping.json", "application/json"),
    ReportKind("ciso_mapping", "ciso-assistant", "pair", ".mapping.yaml", "application/yaml"),
    ReportKind("akn", "akn", "document", ".akn.xml", "application/xml"),
    ReportKind("oscal_catalog", "oscal", "document", ".catalog.json", "application/json"),
    ReportKind("ciso_framework", "ciso-assistant", "document", ".framework.yaml", "application/yaml"),
)


def kind_named(name: str) -> ReportKind:
    """The kind of that name; KeyError if there is none."""
    return {kind.name: kind for kind in KINDS}[name]


def file_name(kind: ReportKind, names: tuple[str, ...]) -> str:
    """Name of the file, after the documents it is about, in letters that every file system takes.

    Examples
    --------
    >>> file_name(kind_named("sssom"), ("My law (v2)", "北方法"))
    'fragcheck-my-law-v2-北方法.sssom.tsv'
    """
    about = "-".join(re.sub(r"[^\w]+", "-", name).strip("-_").casefold()[:40] for name in names)
    return f"fragcheck{'-' + about if about else ''}{kind.suffix}"
