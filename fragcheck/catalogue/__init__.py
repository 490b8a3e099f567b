"""The catalogue room: see docs/architecture.md."""
