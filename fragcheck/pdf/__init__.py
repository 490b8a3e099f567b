"""The pdf room: see docs/architecture.md."""
