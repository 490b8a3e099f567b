"""The tables of a workspace, the same on SQLite and PostgreSQL.

Moments are text in ISO 8601 (UTC) and structures are JSON as text, so that both databases hold, and
give back, the same bytes.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

__all__ = [
    "REVISION",
    "comparisons",
    "documents",
    "members",
    "membership",
    "metadata",
    "projects",
    "provision_rows",
    "reviews",
    "runs",
    "storable",
    "versions",
]

#: The migration that makes these tables: the last one under ``store/migrations/versions``.
REVISION = "0004"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: `n_entries` and `head` repeat number and digest of the last entry of the log.
projects = Table(
    "projects",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("created_at", String(40), nullable=False),
    Column("created_by", String(320), nullable=False),
    Column("n_entries", Integer, nullable=False),
    Column("head", String(64), nullable=False),
)

members = Table(
    "members",
    metadata,
    Column("project_id", ForeignKey("projects.id"), primary_key=True),
    Column("name", String(320), primary_key=True),
    Column("role", String(20), nullable=False),
)

#: Append-only, by triggers of the fourth migration; an empty role is that of who was taken out.
membership = Table(
    "membership",
    metadata,
    Column("project_id", ForeignKey("projects.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("made_at", String(40), nullable=False),
    Column("made_by", String(320), nullable=False),
    Column("name", String(320), nullable=False),
    Column("role", String(20), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("project_id", ForeignKey("projects.id"), nullable=False),
    Column("name", String(400), nullable=False),
    Column("created_at", String(40), nullable=False),
    Column("created_by", String(320), nullable=False),
    UniqueConstraint("project_id", "name"),
)

versions = Table(
    "versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", ForeignKey("documents.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("jurisdiction", Text, nullable=False),
    Column("language", String(20), nullable=False),
    Column("tradition", String(40), nullable=False),
    Column("n_pages", Integer, nullable=False),
    Column("n_provisions", Integer, nullable=False),
    Column("n_requirements", Integer, nullable=False),
    Column("options", Text, nullable=False),
    Column("added_at", String(40), nullable=False),
    Column("added_by", String(320), nullable=False),
    UniqueConstraint("document_id", "number"),
    UniqueConstraint("document_id", "sha256"),
    Index("ix_versions_sha256", "sha256"),
)

#: What can be looked for in a version, one row a provision. Lists are text as ``;a;b;``.
#: `machine_type` and `machine_tags` are the machine's; `provision_type` and `tags` those in force.
provision_rows = Table(
    "annotations",
    metadata,
    Column("version_id", ForeignKey("versions.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("eid", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("num", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("page", Integer),
    Column("provision_type", String(20), nullable=False),
    Column("machine_type", String(20), nullable=False),
    Column("tags", Text, nullable=False),
    Column("machine_tags", Text, nullable=False),
    Column("modalities", Text, nullable=False),
    Column("n_requirements", Integer, nullable=False),
    Column("reviewed", Text, nullable=False),
    Index("ix_annotations_text_sha256", "text_sha256"),
    # Everything that is filtered by but the words: a filter then reads no text.
    Index(
        "ix_annotations_filters",
        *("version_id", "position", "provision_type", "tags", "modalities", "reviewed"),
    ),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("project_id", ForeignKey("projects.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("status", String(20), nullable=False),
    Column("started_at", String(40), nullable=False),
    Column("finished_at", String(40), nullable=False),
    Column("started_by", String(320), nullable=False),
    Column("run", Text, nullable=False),
    Column("message", Text, nullable=False),
    Index("ix_runs_project_id", "project_id"),
)

comparisons = Table(
    "comparisons",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("project_id", ForeignKey("projects.id"), nullable=False),
    Column("run_id", ForeignKey("runs.id"), nullable=False),
    Column("created_at", String(40), nullable=False),
    Column("created_by", String(320), nullable=False),
    Column("documents", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("n_entries", Integer, nullable=False),
    Column("head", String(64), nullable=False),
    Index("ix_comparisons_project_id", "project_id"),
)

#: The log: append-only (triggers of the second migration hold it) and hash-chained.
reviews = Table(
    "reviews",
    metadata,
    Column("project_id", ForeignKey("projects.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("made_at", String(40), nullable=False),
    Column("reviewer", String(320), nullable=False),
    Column("role", String(20), nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("target", String(20), nullable=False),
    Column("subject_key", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("version", String(40), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Index("ix_reviews_project_id_subject_key", "project_id", "subject_key"),
)


def storable(text: str) -> str:
    """Return text without what no database holds: the sign U+0000 and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
