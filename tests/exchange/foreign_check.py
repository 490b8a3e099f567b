"""Reads a file with the library that its format comes from; run by the Python of `make validators`.

``foreign_check.py sssom|oscal-mapping|oscal-catalog|yaml FILE`` prints what was read as JSON, or fails.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def sssom(path):
    from sssom.constants import SchemaValidationType
    from sssom.parsers import parse_sssom_table
    from sssom.validators import validate

    found = parse_sssom_table(path)
    validate(found, [SchemaValidationType.JsonSchema, SchemaValidationType.PrefixMapCompleteness])
    return json.loads(found.df.to_json(orient="records"))


def oscal_mapping(path):
    from trestle.oscal.mapping import Model

    found = Model.model_validate_json(Path(path).read_text(encoding="utf-8")).mapping_collection
    mappings = found.mappings if isinstance(found.mappings, list) else [found.mappings]
    return [
        [each.relationship, each.sources[0].id_ref, each.targets[0].id_ref]
        for mapping in mappings
        for each in mapping.maps
    ]


def oscal_catalog(path):
    from trestle.core.catalog.catalog_interface import CatalogInterface
    from trestle.core.catalog_validator import CatalogValidator
    from trestle.core.duplicates_validator import DuplicatesValidator
    from trestle.core.refs_validator import RefsValidator
    from trestle.oscal.catalog import Model

    found = Model.model_validate_json(Path(path).read_text(encoding="utf-8")).catalog
    interface = CatalogInterface(found)
    for validator in (CatalogValidator(), DuplicatesValidator(), RefsValidator()):
        assert validator.model_is_valid(found, True), type(validator).__name__
    return [control.id for control in interface.get_all_controls_from_catalog(recurse=True)]


def ruamel(path):
    from ruamel.yaml import YAML

    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(Path(path)), default=str))


if __name__ == "__main__":
    checks = {"sssom": sssom, "oscal-mapping": oscal_mapping, "oscal-catalog": oscal_catalog, "yaml": ruamel}
    json.dump(checks[sys.argv[1]](sys.argv[2]), sys.stdout)
