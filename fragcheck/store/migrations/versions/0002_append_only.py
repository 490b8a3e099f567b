"""The log of reviews takes new entries alone: none can be changed or removed through the database.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_MESSAGE = "the log of reviews is append-only"

_POSTGRES_FUNCTION = f"""
CREATE FUNCTION refuse_change_of_reviews() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{_MESSAGE}';
END $$
"""


def upgrade() -> None:
    """Refuse changes of the log."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRES_FUNCTION)
        for event, level in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            op.execute(
                f"CREATE TRIGGER reviews_no_{event.lower()} BEFORE {event} ON reviews "
                f"FOR EACH {level} EXECUTE FUNCTION refuse_change_of_reviews()"
            )
        return
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER reviews_no_{event.lower()} BEFORE {event} ON reviews "
            f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
        )


def downgrade() -> None:
    """Allow them again."""
    if op.get_bind().dialect.name == "postgresql":
        for event in ("UPDATE", "DELETE", "TRUNCATE"):
            op.execute(f"DROP TRIGGER reviews_no_{event.lower()} ON reviews")
        op.execute("DROP FUNCTION refuse_change_of_reviews()")
        return
    for event in ("UPDATE", "DELETE"):
        op.execute(f"DROP TRIGGER reviews_no_{event.lower()}")
