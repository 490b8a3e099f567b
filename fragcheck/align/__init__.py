"""The align room: see docs/architecture.md."""
