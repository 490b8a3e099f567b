"""The segment room: see docs/architecture.md."""
