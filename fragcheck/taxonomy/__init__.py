"""The taxonomy room: see docs/architecture.md."""
