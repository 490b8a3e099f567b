"""An index that filters of provisions read in place of their texts.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NAME = "ix_annotations_filters"


def upgrade() -> None:
    """Make the index."""
    columns = ["version_id", "position", "provision_type", "tags", "modalities", "reviewed"]
    op.create_index(_NAME, "annotations", columns)


def downgrade() -> None:
    """Drop it."""
    op.drop_index(_NAME, "annotations")
