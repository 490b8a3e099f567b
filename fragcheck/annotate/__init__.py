"""The annotate room: see docs/architecture.md."""
