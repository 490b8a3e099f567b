"""Data with a version and a sha256: taxonomies of tags, classes of roles and actions."""

from __future__ import annotations

from fragcheck.taxonomy.taxonomies import LANGUAGES, PACKAGED, Taxonomy, TaxonomyEntry, load_taxonomy

__all__ = ["LANGUAGES", "PACKAGED", "Taxonomy", "TaxonomyEntry", "load_taxonomy"]
