"""The error tree. Every error of the project derives from `FragcheckError`.

::

    FragcheckError
    ├── InputError (ValueError)             a file or an argument that cannot be used
    │   ├── UnreadableInput                 not there, empty, or of a kind that is not read
    │   └── TableColumnsMissing             a table of provisions without its columns
    ├── ExtractionError (ValueError)        a PDF that cannot be read
    │   ├── EncryptedPdf                    needs a password, or another one
    │   ├── MalformedPdf                    damaged, truncated, or not a PDF
    │   ├── NoTextLayer                     only images, and no OCR at hand
    │   └── ReadLimitExceeded               more time, memory or pages than allowed
    ├── SegmentationError (ValueError)      a forced tradition or language that does not exist
    ├── TaxonomyError (ValueError)          a taxonomy file that does not hold what it must
    ├── CatalogueError (ValueError)         a catalogue file or identifier that is wrong
    │   └── DownloadError (OSError)         an official copy that could not be fetched
    ├── ModelError (RuntimeError)           a model that is absent or is not the one expected
    │   ├── ModelMissing
    │   └── ModelMismatch                   its sha256 is not the one on record
    ├── ComparisonError (ValueError)        a comparison that cannot be made
    ├── StoreError (OSError)                an artefact or a workspace that cannot be kept or read back
    ├── PermissionRefused (PermissionError) something that the role of who asks does not allow
    ├── ClusterError (OSError)              a cluster that cannot be used
    └── OptionalDependencyMissing (ImportError)  an extra that has to be installed first

A message says what was wanted, what came, where, and what to do.
"""

from __future__ import annotations

__all__ = [
    "CatalogueError",
    "ClusterError",
    "ComparisonError",
    "DownloadError",
    "EncryptedPdf",
    "ExtractionError",
    "FragcheckError",
    "InputError",
    "MalformedPdf",
    "ModelError",
    "ModelMismatch",
    "ModelMissing",
    "NoTextLayer",
    "OptionalDependencyMissing",
    "PermissionRefused",
    "ReadLimitExceeded",
    "SegmentationError",
    "StoreError",
    "TableColumnsMissing",
    "TaxonomyError",
    "UnreadableInput",
]


class FragcheckError(Exception):
    """Root of all errors that fragcheck raises on purpose."""


class InputError(FragcheckError, ValueError):
    """A file or an argument that cannot be used as it is."""


class UnreadableInput(InputError):
    """A file that is not there, is empty, or is of a kind that is not read."""


class TableColumnsMissing(InputError):
    """A CSV or XLSX table of provisions without the columns ``id`` and ``text``."""


class ExtractionError(FragcheckError, ValueError):
    """A PDF that cannot be read."""


class EncryptedPdf(ExtractionError):
    """A PDF that needs a password, or another one than was given."""


class MalformedPdf(ExtractionError):
    """A file that is damaged, truncated, or no PDF at all."""


class NoTextLayer(ExtractionError):
    """A PDF whose pages hold no text, with no OCR at hand to read them."""


class ReadLimitExceeded(ExtractionError):
    """A file that took more time, memory or pages than it is allowed."""


class SegmentationError(FragcheckError, ValueError):
    """A forced drafting tradition or language that does not exist."""


class TaxonomyError(FragcheckError, ValueError):
    """A taxonomy file that does not hold what it must."""


class CatalogueError(FragcheckError, ValueError):
    """A catalogue file, or an identifier in it, that is wrong."""


class DownloadError(CatalogueError, OSError):
    """An official copy that could not be fetched or is not what was expected."""


class ModelError(FragcheckError, RuntimeError):
    """A model that cannot be used."""


class ModelMissing(ModelError):
    """A model file that is not installed."""


class ModelMismatch(ModelError):
    """A model file whose sha256 is not the one on record."""


class ComparisonError(FragcheckError, ValueError):
    """A comparison that cannot be made, such as one with a single document."""


class StoreError(FragcheckError, OSError):
    """An artefact or a workspace that cannot be kept or read back."""


class PermissionRefused(FragcheckError, PermissionError):
    """Something that the role of who asks does not allow in this project."""


class ClusterError(FragcheckError, OSError):
    """A cluster that does not answer, or whose workers run other code."""


class OptionalDependencyMissing(FragcheckError, ImportError):
    """An extra, or a program of the system, that has to be installed first."""
