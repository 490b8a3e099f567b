"""Akoma Ntoso to provisions: the structure is taken as the file gives it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from fragcheck.errors import UnreadableInput
from fragcheck.formats.akn_names import AKN_MARK, load_vocabulary
from fragcheck.formats.akn_own import OwnBlock, own_block
from fragcheck.formats.akn_walk import walk
from fragcheck.formats.xml_input import Element, local_name, parse_xml, read_limited
from fragcheck.nlp import detect_language
from fragcheck.records import Document, DocumentKind, Notice, Provision, Segmentation, Tradition

__all__ = ["is_akn_root", "read_akn"]

_KINDS = {"bill": DocumentKind.BILL, "act": DocumentKind.LAW}
_LANGUAGE_SAMPLE = 20_000


def is_akn_root(root: Element) -> bool:
    """Whether an element is the root of an Akoma Ntoso document, of any version."""
    tag = str(root.tag)
    is_named = local_name(root).lower() == "akomantoso"
    return is_named and ("}" not in tag or AKN_MARK in tag.lower() or "akomantoso.org" in tag.lower())


def read_akn(path: Path, *, language: str | None = None) -> tuple[Document, Segmentation]:
    """The document and the provisions of an Akoma Ntoso file.

    Parameters
    ----------
    path : Path
        Akoma Ntoso 2 or 3, written by fragcheck or by others.
    language : str or None
        ISO 639-1 code instead of the one that the file states.

    Returns
    -------
    Document, Segmentation
        The provisions of a file that `write_akn` wrote equal those it was given. Of other files,
        units keep their eIds; notes, metadata and deleted text are left out, text inside
        ``quotedStructure`` is marked as quoted.

    Raises
    ------
    UnreadableInput
        Where the file is not there, not well-formed, not Akoma Ntoso, too large, or brings entities.
    """
    data = read_limited(path, "an Akoma Ntoso document")
    root = parse_xml(data, path.name)
    if not is_akn_root(root):
        raise UnreadableInput(
            f"{path.name}: Akoma Ntoso wanted, XML with the root element {local_name(root)[:40]!r} came; "
            "convert it to Akoma Ntoso or HTML first"
        )
    digest = hashlib.sha256(data).hexdigest()
    ours = own_block(root, path.name)
    if ours is not None:
        spoken = language or ours.language
        try:
            read = ours.completed(walk(root, spoken, is_ours=True).provisions)
        except ValueError as error:
            raise UnreadableInput(
                f"{path.name}: the place of a table cell is damaged ({error}); "
                "write the file again with fragcheck parse --format akn"
            ) from error
        return _own(path, digest, ours, read, spoken, is_forced=language is not None)
    spoken = language or _stated_language(root)
    found = walk(root, spoken, is_ours=False)
    spoken = spoken or _detected(found.provisions)
    provisions = tuple(replace(each, language=each.language or spoken) for each in found.provisions)
    notices = list(found.notices)
    if not provisions:
        notices.append(Notice("no-provisions", "No text was found in the elements of the file."))
    document = Document(
        id=digest,
        title=_title(root) or path.stem,
        path=str(path),
        language=spoken,
        kind=_kind(root),
        warnings=tuple(notices),
    )
    segmentation = Segmentation(
        digest, provisions, Tradition.TABLE, spoken, is_forced=language is not None, warnings=tuple(notices)
    )
    return document, segmentation


def _own(
    path: Path,
    digest: str,
    ours: OwnBlock,
    provisions: tuple[Provision, ...],
    language: str,
    *,
    is_forced: bool,
) -> tuple[Document, Segmentation]:
    document = Document(
        id=digest,
        title=ours.title,
        path=str(path),
        jurisdiction=ours.jurisdiction,
        language=language,
        kind=ours.kind,
        warnings=ours.document_warnings,
        metadata=(("source-sha256", ours.sha256),),
        status=ours.status,
        is_translation=ours.is_translation,
    )
    segmentation = Segmentation(
        digest,
        provisions,
        ours.tradition,
        language,
        is_forced=is_forced or ours.is_forced,
        tradition_scores=ours.scores,
        warnings=ours.warnings,
    )
    return document, segmentation


def _detected(provisions: tuple[Provision, ...]) -> str:
    return detect_language(" ".join(provision.text for provision in provisions)[:_LANGUAGE_SAMPLE])[0]


def _first(root: Element, name: str) -> Element | None:
    return next((element for element in root.iter() if local_name(element) == name), None)


def _stated_language(root: Element) -> str:
    """Language of the expression by its metadata; empty where it says none that is known."""
    stated = _first(root, "FRBRlanguage")
    return "" if stated is None else load_vocabulary().short_language(str(stated.get("language") or ""))


def _title(root: Element) -> str:
    """Title by the preface, else by the metadata."""
    title = _first(root, "docTitle")
    if title is not None:
        words = " ".join("".join(title.itertext()).split())
        if words:
            return words[:300]
    alias = _first(root, "FRBRalias")
    return "" if alias is None else " ".join(str(alias.get("value") or "").split())[:300]


def _kind(root: Element) -> DocumentKind:
    return next(
        (_KINDS[local_name(child)] for child in root if local_name(child) in _KINDS), DocumentKind.UNKNOWN
    )
