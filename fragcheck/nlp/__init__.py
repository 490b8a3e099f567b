"""The nlp room: see docs/architecture.md."""
