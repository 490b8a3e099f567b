"""Quality and speed, on the measuring material and on made documents, beside the last committed run.

    python benchmarks/run.py [--only NAME …] [--write]

Needs the measuring material (``FRAGCHECK_SHARED``, default ``../shared``). Prints a table;
``--write`` keeps it in ``benchmarks/results.json`` for the next run to be held against.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("FRAGCHECK_SHARED", ROOT.parent / "shared")).resolve()
RESULTS = Path(__file__).with_name("results.json")
FRAGCHECK = Path(sys.executable).with_name("fragcheck")
FIVE = (
    "eu/eu-ai-act-2024-1689.pdf",
    "us-states/colorado-sb24-205-session-law.pdf",
    "korea/korea-ai-basic-act-en.pdf",
    "china/network-data-regulations-decree-790-en.pdf",
    "us-federal/nist-ai-rmf-1-0.pdf",
)

Figures = dict[str, float]


def score(script: str, *arguments: str) -> dict[str, object]:
    """Run a scorer with ``--json`` and return what it wrote."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "out.json"
        command = [sys.executable, str(SHARED / "score" / script), *arguments, "--json", str(output)]
        subprocess.run(command, env=environment(), cwd=folder, check=False, capture_output=True)
        return json.loads(output.read_text(encoding="utf-8"))


def environment(*, one_core: bool = False, home: str = "") -> dict[str, str]:
    """The environment of a measured process: our command on the path, one thread where asked."""
    values = {**os.environ, "PATH": f"{FRAGCHECK.parent}{os.pathsep}{os.environ['PATH']}"}
    if one_core:
        values |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    if home:
        values["FRAGCHECK_HOME"] = home
    return values


def processor_seconds(*arguments: str, home: str) -> float:
    """Processor seconds of one command and all of its processes, start-up included; one thread each.

    What else the machine does at the time moves them far less than the clock on the wall.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [str(FRAGCHECK), *arguments],
        env=environment(one_core=True, home=home),
        check=False,
        capture_output=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def speed() -> Figures:
    """Start to finish of the jobs that users run."""
    five = [str(SHARED / "data" / "pdfs" / name) for name in FIVE]
    with tempfile.TemporaryDirectory() as home:
        return {
            "annotate EU AI Act, processor s": processor_seconds("annotate", five[0], home=home),
            "compare five, cold, processor s": processor_seconds("compare", *five, home=home),
            "compare five, repeated, processor s": processor_seconds("compare", *five, home=home),
        }


def segmentation() -> Figures:
    """MEAN score over the development truths."""
    data = SHARED / "data"
    done = subprocess.run(
        [
            sys.executable,
            str(SHARED / "score" / "segmentation.py"),
            "--truth",
            str(data / "structure"),
            "--pdfs",
            str(data / "pdfs"),
        ],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    mean = next(line for line in done.stdout.splitlines() if line.startswith("MEAN"))
    return {"segmentation MEAN": float(re.findall(r"\d\.\d+", mean)[0])}


def tagging() -> Figures:
    """Macro AP and F1 over the four core principles, per label set."""
    figures: Figures = {}
    for name in ("agora", "waie", "nist_playbook"):
        found = score("tagging.py", "--labels", str(SHARED / "data" / "labels" / name))
        for key, value in _numbers(found):
            if ".main." in key and "macro_core4" in key and key.endswith((".ap.value", ".f1.value")):
                figures[f"tagging {name} {key.removesuffix('.value')}"] = value
    return figures


def alignment() -> Figures:
    """All macro figures of the crosswalks."""
    found = score("alignment.py", "--sets", str(SHARED / "data" / "crosswalks"))
    return {f"alignment {key}": value for key, value in _numbers(found) if "macro" in key.lower()}


def metamorphic() -> Figures:
    """Share of single legal edits that move the right component, by group."""
    found = score("metamorphic.py", "--sample", "8")
    figures = {
        f"metamorphic {key.removeprefix('groups.')}": value
        for key, value in _numbers(found)
        if key.startswith("groups.") and key.endswith((".rate", ".strict"))
    }
    return {**figures, "metamorphic mean of groups": dict(_numbers(found))["mean_of_groups"]}


def _own(script: str, *arguments: str) -> Figures:
    """Figures of a benchmark beside this one, by the script's name."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "out.json"
        command = [sys.executable, str(ROOT / "benchmarks" / f"{script}.py"), *arguments]
        subprocess.run([*command, "--json", str(output)], cwd=ROOT, check=True, capture_output=True)
        found = json.loads(output.read_text(encoding="utf-8"))
    return {f"{script} {key}": value for key, value in _numbers(found)}


def all_pairs() -> Figures:
    """The screen of all pairs beside the matrix product and scikit-learn, and how it grows."""
    return _own("all_pairs", "--documents", "400", "--clock", "cpu")


def many_pdfs() -> Figures:
    """A batch of PDFs, cold and repeated, beside pdfium's text and the encoder."""
    return _own("many_pdfs", "--count", "40", "--pages", "10")


def cluster() -> Figures:
    """A batch on one Dask worker, two, and the process pool: gain, cost, and the same bytes."""
    return _own("cluster", "--count", "8", "--pages", "5")


def _numbers(value: object, prefix: str = "") -> Iterator[tuple[str, float]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _numbers(item, f"{prefix}.{key}" if prefix else str(key))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield prefix, float(value)


JOBS: dict[str, Callable[[], Figures]] = {
    "speed": speed,
    "segmentation": segmentation,
    "tagging": tagging,
    "alignment": alignment,
    "metamorphic": metamorphic,
    "all_pairs": all_pairs,
    "many_pdfs": many_pdfs,
    "cluster": cluster,
}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="*", choices=sorted(JOBS), default=list(JOBS))
    parser.add_argument("--write", action="store_true", help="keep the figures for the next run")
    arguments = parser.parse_args()
    if not (SHARED / "score").is_dir():
        print(f"bench: the measuring material is not at {SHARED}; set FRAGCHECK_SHARED to its folder")
        return 0
    before = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {"figures": {}}
    figures: Figures = {}
    for name in arguments.only:
        found = JOBS[name]()
        if not found:
            sys.exit(f"bench: {name} gave no figures: its scorer failed, or its answer has another form")
        figures |= found
    width = max(map(len, figures), default=10)
    for name, value in figures.items():
        old = before["figures"].get(name)
        change = "" if old is None else f"{value - old:+10.4f}"
        print(f"{name:<{width}} {value:10.4f} {change}")
    if arguments.write:
        kept = {
            "machine": {
                "python": platform.python_version(),
                "cores": os.cpu_count(),
                "system": platform.system(),
            },
            "figures": {**before["figures"], **{name: round(value, 4) for name, value in figures.items()}},
        }
        RESULTS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
