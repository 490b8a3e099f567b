"""Tags of provisions: principles and sovereignty control points, with probability and evidence."""

from __future__ import annotations

from fragcheck.annotate.tagging.cue_tagger import CueTagger
from fragcheck.annotate.tagging.model import load_model
from fragcheck.annotate.tagging.tagger import PrincipleTagger, load_tagger, load_tagger_from
from fragcheck.taxonomy import PACKAGED, load_taxonomy

__all__ = ["CueTagger", "PrincipleTagger", "find_tagger", "load_model", "load_tagger", "load_tagger_from"]


def find_tagger(taxonomy: str | None = None, model: str | None = None) -> PrincipleTagger | CueTagger:
    """The tagger for a taxonomy and a model, each of the package where None.

    Parameters
    ----------
    taxonomy : str or None
        Path of a taxonomy of the user's: its cues tag in place of the principles.
    model : str or None
        Folder of a model that ``fragcheck train`` wrote.

    Raises
    ------
    TaxonomyError, ModelMissing, ModelMismatch
        Where taxonomy or model is absent or not what it must be.
    """
    trained = load_tagger() if model is None else load_tagger_from(model)
    if taxonomy is None or taxonomy == PACKAGED[0]:
        return trained
    return CueTagger(load_taxonomy(taxonomy), trained)
