"""Workspaces: projects, documents in versions, reviews with an audit log, runs and comparisons.

SQLAlchemy is loaded here and nowhere else, so import this package where it is used. Every function
takes the workspace, who asks (`fragcheck.records.Actor`) and the project; see docs/workspace.md.
"""

from __future__ import annotations

from fragcheck.store.database import default_database
from fragcheck.store.workspace.access import (
    check_role,
    create_project,
    member_actor,
    members_of,
    membership_log,
    project_of,
    projects_of,
    set_member,
    take_over,
    verify_membership,
)
from fragcheck.store.workspace.chain import NOTHING, chain_findings, entry_digest
from fragcheck.store.workspace.connecting import Workspace, migrate, open_workspace
from fragcheck.store.workspace.entries import (
    ComparisonEntry,
    DocumentVersion,
    LogFinding,
    MemberChange,
    Project,
    ProvisionFilter,
    ProvisionPage,
    ProvisionRow,
    RunEntry,
)
from fragcheck.store.workspace.library import add_version, document_versions, documents_of, remove_document
from fragcheck.store.workspace.provisions import find_provisions
from fragcheck.store.workspace.results import (
    begin_run,
    comparison_result,
    comparisons_of,
    end_run,
    keep_comparison,
    runs_of,
)
from fragcheck.store.workspace.reviewing import (
    in_force,
    opinions,
    record_review,
    record_reviews,
    review_log,
    reviews_in_force,
    standing_reviews,
    verify_log,
    withdraw_review,
)

__all__ = [
    "NOTHING",
    "ComparisonEntry",
    "DocumentVersion",
    "LogFinding",
    "MemberChange",
    "Project",
    "ProvisionFilter",
    "ProvisionPage",
    "ProvisionRow",
    "RunEntry",
    "Workspace",
    "add_version",
    "begin_run",
    "chain_findings",
    "check_role",
    "comparison_result",
    "comparisons_of",
    "create_project",
    "default_database",
    "document_versions",
    "documents_of",
    "end_run",
    "entry_digest",
    "find_provisions",
    "in_force",
    "keep_comparison",
    "member_actor",
    "members_of",
    "membership_log",
    "migrate",
    "open_workspace",
    "opinions",
    "project_of",
    "projects_of",
    "record_review",
    "record_reviews",
    "remove_document",
    "review_log",
    "reviews_in_force",
    "runs_of",
    "set_member",
    "standing_reviews",
    "take_over",
    "verify_log",
    "verify_membership",
    "withdraw_review",
]
