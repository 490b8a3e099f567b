"""Builds the sample PDFs and their truth file: ``python corpora/sample/build.py [FOLDER]``."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from sources import CONTROL_POINTS, PRINCIPLES, Source, read_source, tag_names  # noqa: E402
from typeset import typeset  # noqa: E402


def build(folder: Path) -> list[Path]:
    """Write ``pdf/*.pdf`` and ``truth.json`` below `folder`; return what was written."""
    sources = [read_source(path) for path in sorted((HERE / "sources").glob("*.txt"))]
    (folder / "pdf").mkdir(parents=True, exist_ok=True)
    written = []
    for source in sources:
        target = folder / "pdf" / f"{source.path.stem}.pdf"
        typeset(source, target)
        written.append(target)
    truth = folder / "truth.json"
    truth.write_text(json.dumps(_truth(sources), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [*written, truth]


def _truth(sources: list[Source]) -> dict[str, object]:
    relations = tomllib.loads((HERE / "sources" / "relations.toml").read_text(encoding="utf-8"))
    return {"documents": [_document(source) for source in sources], **relations}


def _document(source: Source) -> dict[str, object]:
    keys = ("id", "title", "jurisdiction", "tradition", "language", "kind")
    scanned = False
    provisions = []
    for piece in source.pieces:
        scanned ^= piece.kind == "scan"
        if piece.eid is not None:
            provisions.append(
                {
                    "eid": piece.eid,
                    "principles": tag_names(piece.tags, PRINCIPLES),
                    "sovereignty": tag_names(piece.tags, CONTROL_POINTS),
                    "is_scanned": scanned,
                    "words": piece.plain,
                }
            )
    return {
        **{key: source.head[key] for key in keys},
        "file": f"{source.path.stem}.pdf",
        "provisions": provisions,
    }


if __name__ == "__main__":
    for path in build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE):
        print(f"{path}  {path.stat().st_size} bytes")
