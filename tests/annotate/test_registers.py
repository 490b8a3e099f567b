"""Registers of actors and terms."""

from __future__ import annotations

from fragcheck.annotate import actors_register, annotate_provisions, definitions_register
from fragcheck.records import Modality, Provision, ProvisionKind, Tag

TEXTS = (
    "Providers and deployers shall keep the logs for six months.",
    "The provider shall not sell the logs. The provider may delete them after two years.",
    "The Minister of Science and Technology shall keep a register.",
    "“Log” means a record of events.",
    "“Log” means a record of events.",
    "“Act” means this text.",
    "The weather is fine.",
)


class NoTags:
    """Tags nothing."""

    def tag(self, provisions: object) -> list[tuple[tuple[Tag, ...], tuple[Tag, ...]]]:
        return [((), ()) for _ in provisions]  # type: ignore[attr-defined]


PROVISIONS = tuple(
    Provision(eid=f"sec_{number}", kind=ProvisionKind.SECTION, text=text, language="en")
    for number, text in enumerate(TEXTS, 1)
)
ANNOTATIONS = annotate_provisions(PROVISIONS, NoTags())


def test_each_of_several_actors_bears_the_requirement() -> None:
    entries = {entry.name: entry for entry in actors_register(PROVISIONS, ANNOTATIONS)}
    assert set(entries) == {"provider", "deployer", "minister of science and technology"}
    assert entries["provider"].counts == (
        (Modality.OBLIGATION, 1),
        (Modality.PROHIBITION, 1),
        (Modality.PERMISSION, 1),
    )
    assert entries["provider"].eids == ("sec_1", "sec_2")
    assert entries["provider"].role == "supplier"
    assert entries["deployer"].role == "deployer"
    assert entries["deployer"].action_classes == (("keep_records", 1),)
    assert entries["minister of science and technology"].role == "public_authority"


def test_the_register_counts_every_requirement_at_least_once() -> None:
    entries = actors_register(PROVISIONS, ANNOTATIONS)
    assert entries[0].name == "provider"
    assert sum(entry.n_requirements for entry in entries) >= sum(len(a.requirements) for a in ANNOTATIONS)


def test_terms_are_listed_once_per_text_in_alphabetical_order() -> None:
    terms = definitions_register(PROVISIONS, ANNOTATIONS)
    assert [(term.term, term.eid) for term in terms] == [("act", "sec_6"), ("log", "sec_4")]
    assert terms[1].definiens == "a record of events"


def test_nothing_gives_nothing() -> None:
    assert actors_register((), ()) == ()
    assert definitions_register((), ()) == ()


def test_joined_names_are_parted_where_each_names_someone() -> None:
    texts = (
        "The Secretary of Trade and Industry and the Chief Digital and Information Officer shall sign it.",
        "Contractors, subcontractors and nurses shall keep the keys.",
        "The Director of the Port Agency's guidance shall name a contact.",
    )
    provisions = [
        Provision(f"p{n}", ProvisionKind.SECTION, text=text, language="en") for n, text in enumerate(texts)
    ]
    names = {entry.name for entry in actors_register(provisions, annotate_provisions(provisions, NoTags()))}
    assert names == {
        "secretary of trade and industry",
        "chief digital and information officer",
        "contractor",
        "subcontractor",
        "nurse",
        "",
    }
