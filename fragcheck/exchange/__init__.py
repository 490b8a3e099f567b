"""Crosswalks and control catalogues in the formats of the field, out and in."""

from __future__ import annotations

from fragcheck.exchange.ciso_assistant import crosswalk_ciso_assistant, provisions_ciso_assistant
from fragcheck.exchange.controls import CONTROL_SUFFIXES, read_controls
from fragcheck.exchange.mappings import read_mapping
from fragcheck.exchange.olir import crosswalk_olir
from fragcheck.exchange.oscal import crosswalk_oscal, provisions_oscal
from fragcheck.exchange.sssom import crosswalk_sssom

__all__ = [
    "CONTROL_SUFFIXES",
    "crosswalk_ciso_assistant",
    "crosswalk_olir",
    "crosswalk_oscal",
    "crosswalk_sssom",
    "provisions_ciso_assistant",
    "provisions_oscal",
    "read_controls",
    "read_mapping",
]
