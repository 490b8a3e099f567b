"""fragcheck measures how AI regulations of several jurisdictions diverge.

Importing the package loads no heavy library; the stages do when they are called.
"""

from fragcheck.version import __version__

__all__ = ["__version__"]
