"""The stages in their order: from files to analyses, from analyses to a comparison.

Names are loaded at their first use (PEP 562): who asks for one does not import what all others need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fragcheck.first_use import loaded_at_first_use

if TYPE_CHECKING:
    from fragcheck.pipeline.agreement import Agreement, agreement_table, cohen_kappa, krippendorff_alpha
    from fragcheck.pipeline.akn import akoma_ntoso
    from fragcheck.pipeline.aligning import AlignedRow, align_analyses
    from fragcheck.pipeline.analysis import analyse_file, analyse_files, analysis_key, read_and_segment
    from fragcheck.pipeline.applying import (
        applicability_choices,
        apply_profile,
        checked_profile,
        narrowed_analysis,
    )
    from fragcheck.pipeline.beside import kept_queue, kept_summary
    from fragcheck.pipeline.comparing import (
        ComparedSide,
        compare_analyses,
        compare_sides,
        compared_side,
        reweigh,
    )
    from fragcheck.pipeline.corpus_findings import pairs_on_path
    from fragcheck.pipeline.correcting import given_corrections
    from fragcheck.pipeline.crosswalk_check import CheckedPair, CrosswalkCheck, Measured, check_crosswalk
    from fragcheck.pipeline.crosswalks import (
        CATALOGS,
        CROSSWALKS,
        crosswalk_of,
        crosswalk_text,
        provisions_text,
    )
    from fragcheck.pipeline.export import comparison_json
    from fragcheck.pipeline.inputs import resolve_input
    from fragcheck.pipeline.labels_of_reviews import LABEL_COLUMNS, review_labels
    from fragcheck.pipeline.options import AnalysisOptions, Cancelled, Outcome, Progress
    from fragcheck.pipeline.pages import page_image
    from fragcheck.pipeline.projects import ProjectDesk, ProjectResult
    from fragcheck.pipeline.reports import REPORTS, check_report, comparison_report
    from fragcheck.pipeline.review_making import (
        review_match,
        review_parameter,
        review_relation,
        review_tag,
        review_type,
    )
    from fragcheck.pipeline.review_order import QueueItem, review_queue
    from fragcheck.pipeline.reviewing import INVERSE, Reviewed, reviewed_analysis
    from fragcheck.pipeline.reviews_of_crosswalk import CrosswalkReviews, crosswalk_reviews
    from fragcheck.pipeline.rows import (
        annotation_columns,
        annotation_csv_row,
        annotation_row,
        provision_csv_row,
        provision_row,
    )
    from fragcheck.pipeline.standing import document_flags, flags_of, forces_of
    from fragcheck.pipeline.summary import comparison_table
    from fragcheck.pipeline.verifying import Finding, Verification, verify_result
    from fragcheck.pipeline.versions import redline_columns, redline_json, redline_rows, redline_versions

__all__ = [
    "CATALOGS",
    "CROSSWALKS",
    "INVERSE",
    "LABEL_COLUMNS",
    "REPORTS",
    "Agreement",
    "AlignedRow",
    "AnalysisOptions",
    "Cancelled",
    "CheckedPair",
    "ComparedSide",
    "CrosswalkCheck",
    "CrosswalkReviews",
    "Finding",
    "Measured",
    "Outcome",
    "Progress",
    "ProjectDesk",
    "ProjectResult",
    "QueueItem",
    "Reviewed",
    "Verification",
    "agreement_table",
    "akoma_ntoso",
    "align_analyses",
    "analyse_file",
    "analyse_files",
    "analysis_key",
    "annotation_columns",
    "annotation_csv_row",
    "annotation_row",
    "applicability_choices",
    "apply_profile",
    "check_crosswalk",
    "check_report",
    "checked_profile",
    "cohen_kappa",
    "compare_analyses",
    "compare_sides",
    "compared_side",
    "comparison_json",
    "comparison_report",
    "comparison_table",
    "crosswalk_of",
    "crosswalk_reviews",
    "crosswalk_text",
    "document_flags",
    "flags_of",
    "forces_of",
    "given_corrections",
    "kept_queue",
    "kept_summary",
    "krippendorff_alpha",
    "narrowed_analysis",
    "page_image",
    "pairs_on_path",
    "provision_csv_row",
    "provision_row",
    "provisions_text",
    "read_and_segment",
    "redline_columns",
    "redline_json",
    "redline_rows",
    "redline_versions",
    "resolve_input",
    "review_labels",
    "review_match",
    "review_parameter",
    "review_queue",
    "review_relation",
    "review_tag",
    "review_type",
    "reviewed_analysis",
    "reweigh",
    "verify_result",
]

_NAMES = {
    "agreement": (
        "Agreement",
        "agreement_table",
        "cohen_kappa",
        "krippendorff_alpha",
    ),
    "akn": ("akoma_ntoso",),
    "aligning": (
        "AlignedRow",
        "align_analyses",
    ),
    "analysis": (
        "analyse_file",
        "analyse_files",
        "analysis_key",
        "read_and_segment",
    ),
    "applying": (
        "applicability_choices",
        "apply_profile",
        "checked_profile",
        "narrowed_analysis",
    ),
    "beside": (
        "kept_queue",
        "kept_summary",
    ),
    "comparing": (
        "ComparedSide",
        "compare_analyses",
        "compare_sides",
        "compared_side",
        "reweigh",
    ),
    "corpus_findings": ("pairs_on_path",),
    "correcting": ("given_corrections",),
    "crosswalk_check": (
        "CheckedPair",
        "CrosswalkCheck",
        "Measured",
        "check_crosswalk",
    ),
    "reviews_of_crosswalk": (
        "CrosswalkReviews",
        "crosswalk_reviews",
    ),
    "crosswalks": (
        "CATALOGS",
        "CROSSWALKS",
        "crosswalk_of",
        "crosswalk_text",
        "provisions_text",
    ),
    "export": ("comparison_json",),
    "inputs": ("resolve_input",),
    "options": (
        "AnalysisOptions",
        "Cancelled",
        "Outcome",
        "Progress",
    ),
    "pages": ("page_image",),
    "projects": (
        "ProjectDesk",
        "ProjectResult",
    ),
    "reports": (
        "REPORTS",
        "check_report",
        "comparison_report",
    ),
    "labels_of_reviews": (
        "LABEL_COLUMNS",
        "review_labels",
    ),
    "review_making": (
        "review_match",
        "review_parameter",
        "review_relation",
        "review_tag",
        "review_type",
    ),
    "review_order": (
        "QueueItem",
        "review_queue",
    ),
    "reviewing": (
        "INVERSE",
        "Reviewed",
        "reviewed_analysis",
    ),
    "rows": (
        "annotation_columns",
        "annotation_csv_row",
        "annotation_row",
        "provision_csv_row",
        "provision_row",
    ),
    "standing": (
        "document_flags",
        "flags_of",
        "forces_of",
    ),
    "summary": ("comparison_table",),
    "verifying": (
        "Finding",
        "Verification",
        "verify_result",
    ),
    "versions": (
        "redline_columns",
        "redline_json",
        "redline_rows",
        "redline_versions",
    ),
}

__getattr__, __dir__ = loaded_at_first_use(__name__, _NAMES)
