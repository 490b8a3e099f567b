"""Files that users really drop, good and bad, made here; and a way to run the command line."""

from __future__ import annotations

import io
import os
import subprocess
import sys

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

ACT = (
    "SAMPLE ACT ON MACHINE DECISIONS",
    "Article 1",
    "Scope",
    "1. This Act applies to providers and deployers of decision systems in Arbora.",
    "Article 2",
    "Incident reports",
    "1. Providers shall report any serious incident to the authority within 72 hours.",
    "2. Deployers shall keep the logs of the system for at least six months.",
    "Article 3",
    "Information",
    "1. Deployers shall inform natural persons that they interact with a decision system.",
    "2. Providers shall not place on the market a system that manipulates children.",
)
OTHER_ACT = (
    "SAMPLE ORDINANCE ON AUTOMATED SYSTEMS",
    "Article 1",
    "Reports",
    "1. Providers shall report any serious incident to the authority within 15 days.",
    "Article 2",
    "Notices",
    "1. Deployers should inform natural persons that they interact with a decision system.",
    "Article 3",
    "Training of staff",
    "1. Deployers shall train the persons who supervise the system.",
)


def draw_pages(pages, *, encryption=None):
    """A PDF with one list of lines a page."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True, encrypt=encryption)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(72, 760 - 22 * number, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def draw_scan():
    """A PDF whose only page is a picture of words."""
    picture = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(picture).text((120, 160), "Article 1 Providers shall keep records.", fill=0, font_size=40)
    buffer = io.BytesIO()
    picture.save(buffer, "PDF", resolution=150)
    return buffer.getvalue()


def zero_pages():
    """The smallest PDF that is whole and has no page."""
    parts = [
        b"%PDF-1.4\n",
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n",
    ]
    start = sum(map(len, parts))
    offsets = [len(parts[0]), len(parts[0]) + len(parts[1])]
    table = b"xref\n0 3\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return b"".join(parts) + table + b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start


@pytest.fixture(scope="session")
def files(tmp_path_factory):
    """A folder of inputs."""
    folder = tmp_path_factory.mktemp("inputs")
    act = draw_pages([ACT])
    contents = {
        "act.pdf": act,
        "other.pdf": draw_pages([OTHER_ACT]),
        "empty.pdf": b"",
        "page.pdf": b"<!doctype html><title>Not found</title>",
        "truncated.pdf": act[: len(act) // 3],
        "locked.pdf": draw_pages([ACT], encryption=StandardEncryption("sesame", canPrint=0)),
        "no_pages.pdf": zero_pages(),
        "scan.pdf": draw_scan(),
        "long.pdf": draw_pages([[f"Article {n}", "The provider keeps records."] for n in range(1, 2001)]),
        "columns.csv": b"name,words\n1,The provider shall keep records.\n",
        "rules.csv": b"id,text\nr1,Providers shall report incidents within 15 days.\n"
        b"r2,Deployers may inform natural persons.\n",
        "words.docx": b"PK\x03\x04 not read yet",
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="session")
def fragcheck(tmp_path_factory):
    """Run the command line in a process of its own; returns the finished process."""
    home = tmp_path_factory.mktemp("home")

    def run(*arguments, check=None, cwd=None):
        environment = {**os.environ, "FRAGCHECK_HOME": str(home), "PYTHONWARNINGS": "error"}
        done = subprocess.run(
            [sys.executable, "-m", "fragcheck", *map(str, arguments)],
            capture_output=True,
            text=True,
            env=environment,
            cwd=cwd,
            timeout=240,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        if check is not None:
            assert done.returncode == check, done.stderr
        return done

    return run
