"""Makes any number of PDFs in the layouts of the sample corpus, of sentences of our own.

    python benchmarks/made_pdfs.py FOLDER [--count N] [--pages N] [--seed N]

Regulations of nowhere: gazette in two columns with articles, bill with line numbers, act with headings above
its sections, standard with numbered controls, in turn; headers, footers, page numbers and footnotes as in the
sample corpus. The same seed gives the same bytes. Documents have N pages in the mean, from half to one and a
half times as many.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[1] / "corpora" / "sample"
sys.path.insert(0, str(CORPUS))

from sources import Piece, Source  # noqa: E402 - the sample corpus is made by scripts, not by a package
from typeset import Typesetter  # noqa: E402

WORDS = {
    "who": "provider|deployer|importer|distributor|operator|supplier|developer|public authority|employer"
    "|insurer",
    "body": "supervisory authority|Commissioner|national office|competent authority|board of appeal"
    "|registrar",
    "thing": "credit scoring|recruitment|medical triage|border control|school admission|traffic control"
    "|tutoring|fraud detection|benefit assessment|voice assistance|energy dispatch"
    "|content moderation|translation|pricing",
    "record": "technical documentation|event log|risk assessment|test report|list of suppliers|training plan"
    "|inventory of data sets|incident register|declaration of conformity|description of the purpose",
    "person": "consumer|worker|patient|pupil|applicant|tenant|traveller|borrower|citizen|resident"
    "|child's guardian",
    "quality": "accurate|robust|secure against tampering|free of unlawful bias|explainable|reliable"
    "|up to date",
    "harm": "death|serious injury|loss of income|damage to property|interruption of supply"
    "|loss of personal data",
    "unit": "days|months|weeks|hours|years",
    "when": "before the system is placed on the market|at the latest at the first use"
    "|on request and free of charge"
    "|at regular intervals|after each substantial modification|as long as the system is in use"
    "|where the output has an effect on a person|unless the law of the place provides otherwise",
}
RULES = (
    "The {who} of a system for {thing} {must} keep the {record} for at least {n} {unit} {when}.",
    "A {who} {must} inform every {person} that a system for {thing} takes part in the decision, {when}.",
    "The {who} {must} report any malfunction that leads to {harm} to the {body} within {n} {unit}.",
    "A system for {thing} {must} be {quality} and {quality2}, and the {who} {must} demonstrate it {when}.",
    "The {who} {must} not use a system for {thing} in order to put a {person} under pressure.",
    "The {body} may ask the {who} for the {record} and set a period of no more than {n} {unit}.",
    "Every {person} may obtain from the {who} the main reasons for a decision within {n} {unit}.",
    "The {who} {must} delete personal data of a {person} {n} {unit} after the purpose has ceased.",
    "Whoever infringes this provision pays a fine of up to {n} 000 units or {n2} percent of turnover.",
    "The {who} {must} appoint a person with the skills to oversee and stop the system for {thing} {when}.",
    "The {body} {must} publish the {record} of each system for {thing} in a register open to every {person}.",
    "Data used to train a system for {thing} {must} be examined for gaps that harm a {person}.",
    "The {who} {must} carry out a test with at least {n} cases and record it in the {record} {when}.",
    "A contract between {who} and {who2} {must} not restrict the duties towards the {body}.",
    "The {who} {must} offer the {person} a decision by a human being where the system leads to {harm}.",
    "Systems for {thing} that were in use before this text took effect {must} comply within {n} {unit}.",
    "The {body} gives advice to any {who} that employs fewer than {n} persons, {when}.",
    "The {who} {must} hand over the {record} to the {who2} together with the system for {thing}.",
)
TITLES = (
    "Duties of the {who}",
    "Systems for {thing}",
    "The {record}",
    "Rights of the {person}",
    "Powers of the {body}",
    "Prevention of {harm}",
)
NOTE = "[[See the {record} of the {body}, number {n} (fictional).]]"


def filled(template: str, rng: random.Random, must: str) -> str:
    """A sentence with its slots drawn."""
    values: dict[str, object] = {name: rng.choice(words.split("|")) for name, words in WORDS.items()}
    for name in ("who", "quality"):
        rest = [word for word in WORDS[name].split("|") if word != values[name]]
        values[f"{name}2"] = rng.choice(rest)
    text = template.format(**values, n=rng.randint(2, 90), n2=rng.randint(1, 9), must=must)
    return text[0].upper() + text[1:]


def paragraph(rng: random.Random, must: str) -> str:
    """One to three rules, now and then with a footnote."""
    rules = [filled(rng.choice(RULES), rng, must) for _ in range(rng.choice((1, 1, 2, 3)))]
    note = filled(NOTE, rng, must) if rng.random() < 0.05 else ""
    return " ".join(rules) + note


def title(rng: random.Random) -> str:
    return filled(rng.choice(TITLES), rng, "")


def piece(kind: str, number: str, text: str) -> Piece:
    return Piece(kind, number, "-", text, None)


def gazette(rng: random.Random) -> Iterator[list[Piece]]:
    """Chapters and articles with paragraphs and points."""
    article = 0
    for chapter in range(1, 10_000):
        yield [piece("chapter", f"CHAPTER {chapter}", title(rng).upper())]
        for _ in range(rng.randint(4, 9)):
            article += 1
            found = [piece("art", f"Article {article}", title(rng))]
            for number in range(1, rng.randint(3, 6)):
                found.append(piece("para", f"{number}.", paragraph(rng, "shall")))
            found.append(piece("para", f"{number + 1}.", "The report to the authority shall contain:"))
            found += [
                piece("point", f"({letter})", f"the {rng.choice(WORDS['record'].split('|'))};")
                for letter in "abc"
            ]
            yield found


def bill(rng: random.Random) -> Iterator[list[Piece]]:
    for section in range(1, 10_000):
        found = [piece("sec", f"SEC. {section}.", title(rng).upper() + ".")]
        found += [
            piece("subsec", f"({letter})", paragraph(rng, "shall"))
            for letter in "abcdef"[: rng.randint(2, 6)]
        ]
        yield found


def act(rng: random.Random) -> Iterator[list[Piece]]:
    section = 0
    for part in range(1, 10_000):
        yield [piece("part", f"PART {part}", title(rng).upper())]
        for _ in range(rng.randint(4, 9)):
            section += 1
            found = [piece("sec", f"{section}.", title(rng))]
            found += [
                piece("subsec", f"({number})", paragraph(rng, "must"))
                for number in range(1, rng.randint(3, 7))
            ]
            yield found


def standard(rng: random.Random) -> Iterator[list[Piece]]:
    for clause in range(1, 10_000):
        yield [piece("h1", f"{clause}", title(rng))]
        for below in range(1, rng.randint(3, 7)):
            found = [
                piece("h2", f"{clause}.{below}", title(rng)),
                piece("body", "", paragraph(rng, "should")),
            ]
            found += [
                piece("item", f"CTL-{clause}.{below}.{number}:", paragraph(rng, "should"))
                for number in range(1, rng.randint(2, 5))
            ]
            yield found


KINDS: tuple[tuple[str, str, Callable[[random.Random], Iterator[list[Piece]]]], ...] = (
    ("two_column", "REGULATION {n} of the Made Union", gazette),
    ("line_numbers", "BILL {n} of the Made State", bill),
    ("single", "ACT No. {n} of the Made Isles", act),
    ("standard", "STANDARD {n} of the Made Institute", standard),
)


def make_pdf(target: Path, number: int, pages: int, seed: int) -> None:
    """Write one document of at least `pages` pages."""
    rng = random.Random(f"{seed} {number}")
    layout, name, sections = KINDS[number % len(KINDS)]
    called = name.format(n=number + 1)
    head = {
        "layout": layout,
        "language": "en",
        "title": called,
        "header": "MADE – fictional text for measuring speed",
        "footer": f"{called} (fictional)",
    }
    setter = Typesetter(Source(target, head), target)
    for line in (called.upper(), f"on {rng.choice(WORDS['thing'].split('|'))} by machines"):
        setter.piece(piece("title", "", line))
    for found in sections(rng):
        for each in found:
            setter.piece(each)
        if setter.page >= pages:
            break
    setter.finish()


def make_pdfs(folder: Path, count: int, pages: int, seed: int = 0) -> list[Path]:
    """Write `count` documents with `pages` pages in the mean; those that are there already stay."""
    folder.mkdir(parents=True, exist_ok=True)
    lengths = random.Random(seed)
    targets = []
    for number in range(count):
        length = max(1, round(pages * lengths.uniform(0.5, 1.5)))
        target = folder / f"made-{seed}-{number:04d}-{length}.pdf"
        if not target.exists():
            part = target.with_suffix(".part")
            make_pdf(part, number, length, seed)
            part.replace(target)
        targets.append(target)
    return targets


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=12)
    parser.add_argument("--pages", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    made = make_pdfs(arguments.folder, arguments.count, arguments.pages, arguments.seed)
    print(f"{len(made)} documents in {arguments.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
