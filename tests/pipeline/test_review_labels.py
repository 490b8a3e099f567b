"""Reviewed provisions as labels, in the form that training reads."""

from __future__ import annotations

import csv
import dataclasses

from fragcheck.annotate.tagging.train import read_examples
from fragcheck.pipeline import review_tag
from fragcheck.pipeline.labels_of_reviews import LABEL_COLUMNS, review_labels
from fragcheck.records import Verdict


def reviews_of(analysis, eid, names, verdict=Verdict.ACCEPT):
    return [
        dataclasses.replace(review_tag(analysis, eid, name, verdict, reason="x"), reviewer="ann")
        for name in names
    ]


def worded(analysis, number):
    texts = [each.eid for each in analysis.segmentation.provisions if len(each.text) > 40]
    return texts[number]


def names_of(analysis):
    first = analysis.annotations[0]
    return [tag.principle for tag in (*first.tags, *first.sovereignty)]


def test_labels_are_read_by_training(sample_analyses, tmp_path):
    analysis = sample_analyses[0]
    whole, part = worded(analysis, 3), worded(analysis, 5)
    names = names_of(analysis)
    reviews = [
        *reviews_of(analysis, whole, names[1:]),
        *reviews_of(analysis, whole, names[:1], Verdict.REJECT),
        *reviews_of(analysis, part, names[:1]),
    ]
    rows = list(review_labels(sample_analyses, reviews))
    assert [row["id"].split("/")[1] for row in rows] == [whole]
    machine = next(each for each in analysis.annotations if each.eid == whole)
    on = {tag.principle for tag in (*machine.tags, *machine.sovereignty) if tag.is_on}
    path = tmp_path / "labels.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, LABEL_COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    (example,) = read_examples(path)
    assert set(example.tags) == on ^ {names[0]}
    assert example.language == "en"
    assert example.text == " ".join(analysis.provision(whole).text.split())


def test_provisions_reviewed_in_part_come_on_request(sample_analyses):
    analysis = sample_analyses[0]
    part = worded(analysis, 5)
    reviews = reviews_of(analysis, part, names_of(analysis)[:1])
    assert list(review_labels(sample_analyses, reviews)) == []
    (row,) = review_labels(sample_analyses, reviews, whole=False)
    assert row["id"].endswith(f"/{part}")
    assert list(review_labels([analysis, analysis], reviews, whole=False)) == [row]
