"""Small documents as tables of provisions, and what tables are on disk."""

from __future__ import annotations

import csv

from fragcheck.batch import TABLES

DUTIES = (
    "Providers shall report any serious incident to the authority within {n} days.",
    "Deployers shall inform natural persons that they interact with a decision system.",
    "Providers shall keep the logs of the system for at least {n} months.",
    "Deployers may use biometric data only with the consent of the person.",
    "Providers shall not place on the market a system that manipulates children.",
    "The authority may impose a fine of up to {n} percent of the annual turnover.",
    "Providers shall test the system for unlawful discrimination before it is placed on the market.",
    "Deployers should train the persons who supervise the system.",
)
GERMAN = (
    "Anbieter müssen jeden schwerwiegenden Vorfall innerhalb von {n} Tagen der Behörde melden.",
    "Betreiber müssen natürliche Personen darüber unterrichten, dass sie mit einem System interagieren.",
    "Anbieter dürfen kein System in Verkehr bringen, das Kinder manipuliert.",
)


def write_document(path, sentences, *, number):
    """A table of provisions with the given sentences."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "text"])
        writer.writerows([f"s{place}", text.format(n=number)] for place, text in enumerate(sentences, 1))


def fill(folder):
    """Six documents in English and one in German, one of them in a folder below."""
    (folder / "below").mkdir()
    for index in range(6):
        place = folder / "below" if index == 3 else folder
        chosen = [text for position, text in enumerate(DUTIES) if (position + index) % 3 or position == index]
        write_document(place / f"law-{index}.csv", chosen, number=3 + 4 * index)
    write_document(folder / "gesetz.csv", GERMAN, number=10)
    return folder


def table_bytes(output):
    """What the tables of a batch are on disk."""
    return {name: (output / f"{name}.parquet").read_bytes() for name in TABLES}
