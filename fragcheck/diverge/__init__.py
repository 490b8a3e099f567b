"""The diverge room: see docs/architecture.md."""
