"""Fixtures of the catalogue's tests."""

from misbehaving_publisher import publisher

__all__ = ["publisher"]
