"""The tables of a workspace.

Revision ID: 0001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

#: In the order of their making; each refers to those before it alone.
_TABLES = ("projects", "members", "documents", "versions", "annotations", "runs", "comparisons", "reviews")


def upgrade() -> None:
    """Make all tables."""
    _make_projects()
    _make_documents()
    _make_versions()
    _make_annotations()
    _make_results()
    _make_reviews()


def downgrade() -> None:
    """Drop all tables with what they hold."""
    for name in reversed(_TABLES):
        op.drop_table(name)


def _make_projects() -> None:
    op.create_table(
        "projects",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("created_at", sa.String(40), nullable=False),
        sa.Column("created_by", sa.String(320), nullable=False),
        sa.Column("n_entries", sa.Integer, nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_projects"),
        sa.UniqueConstraint("name", name="uq_projects_name"),
    )
    op.create_table(
        "members",
        sa.Column(
            "project_id",
            sa.Integer,
            sa.ForeignKey("projects.id", name="fk_members_project_id"),
            nullable=False,
        ),
        sa.Column("name", sa.String(320), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("project_id", "name", name="pk_members"),
    )


def _make_documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column(
            "project_id",
            sa.Integer,
            sa.ForeignKey("projects.id", name="fk_documents_project_id"),
            nullable=False,
        ),
        sa.Column("name", sa.String(400), nullable=False),
        sa.Column("created_at", sa.String(40), nullable=False),
        sa.Column("created_by", sa.String(320), nullable=False),
        sa.UniqueConstraint("project_id", "name", name="uq_documents_project_id_name"),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
    )


def _make_versions() -> None:
    op.create_table(
        "versions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column(
            "document_id",
            sa.Integer,
            sa.ForeignKey("documents.id", name="fk_versions_document_id"),
            nullable=False,
        ),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("jurisdiction", sa.Text, nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("tradition", sa.String(40), nullable=False),
        sa.Column("n_pages", sa.Integer, nullable=False),
        sa.Column("n_provisions", sa.Integer, nullable=False),
        sa.Column("n_requirements", sa.Integer, nullable=False),
        sa.Column("options", sa.Text, nullable=False),
        sa.Column("added_at", sa.String(40), nullable=False),
        sa.Column("added_by", sa.String(320), nullable=False),
        sa.UniqueConstraint("document_id", "number", name="uq_versions_document_id_number"),
        sa.UniqueConstraint("document_id", "sha256", name="uq_versions_document_id_sha256"),
        sa.PrimaryKeyConstraint("id", name="pk_versions"),
    )
    op.create_index("ix_versions_sha256", "versions", ["sha256"])


def _make_annotations() -> None:
    op.create_table(
        "annotations",
        sa.Column(
            "version_id",
            sa.Integer,
            sa.ForeignKey("versions.id", name="fk_annotations_version_id"),
            nullable=False,
        ),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("eid", sa.Text, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("num", sa.Text, nullable=False),
        sa.Column("heading", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("text_sha256", sa.String(64), nullable=False),
        sa.Column("page", sa.Integer),
        sa.Column("provision_type", sa.String(20), nullable=False),
        sa.Column("machine_type", sa.String(20), nullable=False),
        sa.Column("tags", sa.Text, nullable=False),
        sa.Column("machine_tags", sa.Text, nullable=False),
        sa.Column("modalities", sa.Text, nullable=False),
        sa.Column("n_requirements", sa.Integer, nullable=False),
        sa.Column("reviewed", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("version_id", "position", name="pk_annotations"),
    )
    op.create_index("ix_annotations_text_sha256", "annotations", ["text_sha256"])


def _make_results() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column(
            "project_id", sa.Integer, sa.ForeignKey("projects.id", name="fk_runs_project_id"), nullable=False
        ),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("started_at", sa.String(40), nullable=False),
        sa.Column("finished_at", sa.String(40), nullable=False),
        sa.Column("started_by", sa.String(320), nullable=False),
        sa.Column("run", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_index("ix_runs_project_id", "runs", ["project_id"])
    op.create_table(
        "comparisons",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column(
            "project_id",
            sa.Integer,
            sa.ForeignKey("projects.id", name="fk_comparisons_project_id"),
            nullable=False,
        ),
        sa.Column(
            "run_id", sa.Integer, sa.ForeignKey("runs.id", name="fk_comparisons_run_id"), nullable=False
        ),
        sa.Column("created_at", sa.String(40), nullable=False),
        sa.Column("created_by", sa.String(320), nullable=False),
        sa.Column("documents", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("n_entries", sa.Integer, nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_comparisons"),
    )
    op.create_index("ix_comparisons_project_id", "comparisons", ["project_id"])


def _make_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column(
            "project_id",
            sa.Integer,
            sa.ForeignKey("projects.id", name="fk_reviews_project_id"),
            nullable=False,
        ),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("made_at", sa.String(40), nullable=False),
        sa.Column("reviewer", sa.String(320), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("target", sa.String(20), nullable=False),
        sa.Column("subject_key", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("project_id", "number", name="pk_reviews"),
    )
    op.create_index("ix_reviews_project_id_subject_key", "reviews", ["project_id", "subject_key"])
