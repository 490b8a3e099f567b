"""The lexicons of roles and actions."""

from __future__ import annotations

from pathlib import Path

import pytest

from fragcheck.annotate.actions import classify_action
from fragcheck.errors import TaxonomyError
from fragcheck.taxonomy import action_words, actions, roles
from fragcheck.taxonomy.action_words import load_action_words
from fragcheck.taxonomy.actions import load_actions
from fragcheck.taxonomy.roles import load_roles

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "zh", "ja", "ko")


def test_lexicons_name_their_version_and_hash() -> None:
    for lexicon in (load_roles(), load_actions()):
        assert lexicon.version
        assert len(lexicon.sha256) == 64
        assert len(set(lexicon.names)) == len(lexicon.names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_and_action_has_words_in_every_language(language: str) -> None:
    named = {role for _, role in load_roles().terms(language) if role}
    assert named == set(load_roles().names)
    if language != "en":
        words = load_action_words()
        known = {classify_action(verb, "") for verb, _ in words.verbs(language)}
        known |= {classify_action("make", noun) for noun, _ in words.nouns(language)}
        assert known - {""} == set(load_actions().names)


@pytest.mark.parametrize(
    ("language", "form", "role"),
    [
        ("en", "supervisory authorities", "public_authority"),
        ("en", "children", "affected_person"),
        ("en", "persons with disabilities", "affected_person"),
        ("en", "boards of directors", "undertaking"),
        ("en", "distributors", "distributor"),
        ("en", "businesses", "undertaking"),
        ("en", "third-party", ""),
        ("de", "anbietern", "supplier"),
        ("fr", "autorités de contrôle", "public_authority"),
        ("es", "responsables del tratamiento", "controller"),
        ("it", "fornitori", "supplier"),
        ("zh", "提供者", "supplier"),
        ("zh", "个人信息", ""),
    ],
)
def test_forms_of_terms(language: str, form: str, role: str) -> None:
    assert dict(load_roles().terms(language))[form] == role


def test_language_without_terms() -> None:
    assert load_roles().terms("xx") == ()
    assert load_action_words().verbs("xx") == ()


def test_no_english_verb_stands_in_two_classes() -> None:
    verbs = [verb for entry in load_actions().classes for verb in entry.verbs]
    assert len(verbs) == len(set(verbs))


@pytest.mark.parametrize("text", ["version = ", "version = '1'", "version = '1'\n[[roles]]\nname = 'a'"])
def test_broken_files_are_refused(tmp_path: Path, text: str) -> None:
    broken = tmp_path / "lexicon.toml"
    broken.write_text(text, encoding="utf-8")
    with pytest.raises(TaxonomyError, match=r"lexicon\.toml"):
        roles._read(broken)
    with pytest.raises(TaxonomyError, match=r"lexicon\.toml"):
        actions._read(broken)
    with pytest.raises(TaxonomyError, match=r"lexicon\.toml"):
        action_words._read(broken)
