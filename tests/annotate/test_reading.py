"""Sentences, lists, conditions, definitions, types."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fragcheck.annotate import annotate, annotate_provisions, read_text
from fragcheck.annotate.lead_ins import lead_in_of
from fragcheck.records import (
    Annotation,
    Modality,
    Provision,
    ProvisionKind,
    ProvisionType,
    Segmentation,
    Tag,
    Tradition,
)


class OneTag:
    """Tags every provision alike."""

    def tag(self, provisions: object) -> list[tuple[tuple[Tag, ...], tuple[Tag, ...]]]:
        return [((Tag("safety", 0.5, is_on=True),), (Tag("data", 0.1, is_on=False),)) for _ in provisions]  # type: ignore[attr-defined]


CONDITIONS = [
    ("Where the engine fails, the vendor shall stop it.", "where the engine fails"),
    ("The vendor shall stop the engine if it fails.", "if it fails"),
    ("The vendor shall reply unless the request is abusive.", "unless the request is abusive"),
    ("The vendor shall reply, where appropriate, to the user.", ""),
    ("Where appropriate, the vendor shall reply.", ""),
    (
        "The vendor shall reply where necessary to protect the health of users.",
        "where necessary to protect the health of users",
    ),
    ("The vendor shall reply within two days after receipt.", ""),
    ("The operator may film only with the consent of the guest.", "only with the consent of the guest"),
    (
        "If a guest objects, the operator shall stop filming unless a judge allows it.",
        "if a guest objects; unless a judge allows it",
    ),
]

COUNTS = [
    ("The vendor shall test the engine and shall publish the result.", ["obligation", "obligation"]),
    ("The vendor shall test the engine, but may keep the result secret.", ["obligation", "permission"]),
    ("The vendor shall ensure that the engine shall not overheat.", ["obligation"]),
    ("Engines which may overheat shall be cooled.", ["obligation"]),
    ("If an engine may overheat, it shall be cooled.", ["obligation"]),
    ("The vendor (which may be a natural person) shall register.", ["obligation"]),
    ("As of 1 May 2027 the vendor shall register.", ["obligation"]),
    ("Nothing in this Act shall limit other remedies.", ["prohibition"]),
    ("Nothing in this chapter shall be construed to restrict a controller's rights.", ["prohibition"]),
    ("Nothing in this chapter should be construed to restrict a controller's rights.", ["recommendation"]),
    ("Nothing in this Act limits other remedies.", []),
    ("The weather was fine.", []),
    ("The vendor shall:", ["obligation"]),
    ("The vendor shall offer neither credit nor prizes.", ["prohibition"]),
    ("The vendor shall test the engine and publish the results.", ["obligation", "obligation"]),
    ("The vendor shall test, document and publish the results.", ["obligation"]),
    ("The vendor shall take steps to find faults and prevent losses.", ["obligation"]),
    ("The controller shall report; the processor shall assist.", ["obligation", "obligation"]),
    ("The vendor shall: (a) keep logs; (b) train staff; and (c) warn users.", ["obligation"] * 3),
]

TYPES = [
    ("en", "The vendor shall keep logs.", "obligation"),
    ("en", "The vendor shall not sell the engine.", "prohibition"),
    ("en", "The vendor may sell the engine.", "permission"),
    ("en", "The rule in section 2 shall not apply to small vendors.", "permission"),
    ("en", "Vendors should publish tests.", "recommendation"),
    ("en", "The Minister shall appoint an inspector.", "power"),
    ("en", "The Commission may request files.", "power"),
    ("en", "A public body may not base a decision on a score alone.", "prohibition"),
    ("en", "A department that deploys an engine shall keep logs.", "obligation"),
    ("en", "An administrative fine of EUR 500 shall be imposed.", "power"),
    ("en", "“Engine” means a machine that learns.", "definition"),
    ("en", "This Act applies to vendors of engines.", "procedure"),
    ("en", "This Act shall enter into force on 1 May 2027.", "procedure"),
    ("en", "Section 4 of the Trade Act is amended as follows.", "procedure"),
    ("en", "The engine shall be deemed safe.", "procedure"),
    ("en", "Learning engines change work.", "statement"),
    ("en", "There is established an Office of Learning Engines.", "power"),
    ("en", "The term of office of the members shall be three years.", "power"),
    ("en", "The Secretary of State is encouraged, as appropriate, to publish tests.", "recommendation"),
    ("en", "CALLS ON all vendors to publish tests.", "recommendation"),
    ("en", "Transfers shall take place only if the guest agrees.", "prohibition"),
    ("en", "Engines may fail.", "statement"),
    ("en", "The study found that vendors must do more.", "statement"),
    ("en", "This Act does not apply to hobbyists.", "procedure"),
    ("en", "Paragraph 2 shall not apply to small vendors.", "permission"),
    ("en", "No suit shall lie against the Board for acts in good faith.", "procedure"),
    ("en", "keep the logs of the engine;", "obligation"),
    ("en", "not sell the logs of guests;", "prohibition"),
    ("de", "Das Institut prüft seine Verfahren jährlich.", "obligation"),
    ("de", "Die Verfahren werden jährlich geprüft.", "obligation"),
    ("de", "Absatz 1 gilt nicht für kleine Anbieter.", "permission"),
    ("fr", "Le registre est publié chaque année.", "obligation"),
    ("fr", "L'article 3 est ainsi modifié : « Les fournisseurs doivent payer. »", "procedure"),
    ("es", "Las administraciones públicas promoverán el uso ético.", "power"),
    ("it", "La presente legge non si applica alle attività militari.", "procedure"),
    ("zh", "各機關使用模型時，應適當揭露。", "obligation"),
    ("zh", "违反规定的，由网信部门责令改正。", "power"),
    ("zh", "本法自2027年5月1日起施行。", "procedure"),
    ("zh", "主管部门负责本行政区域内的协调。", "power"),
    ("ja", "政府は、白書を毎年公表する。", "power"),
    ("ko", "이 법은 공포한 날부터 시행한다.", "procedure"),
    ("de", "Dieses Gesetz tritt am 1. Mai 2027 in Kraft.", "procedure"),
    ("fr", "La présente loi entre en vigueur le 1 mai 2027.", "procedure"),
]

DEFINITIONS = [
    ("en", "“Engine” means a machine that learns.", [("engine", "a machine that learns")]),
    (
        "en",
        'In this Act, the term "engine" refers to a machine; the term "fuel" means data.',
        [("engine", "a machine"), ("fuel", "data")],
    ),
    ("en", "‘Model weight’ has the meaning given in section 3.", [("model weight", "given in section 3")]),
    ("en", "A learning engine means a machine that learns.", [("learning engine", "a machine that learns")]),
    ("en", "A deployer by means of which the vendor acts shall report.", []),
    (
        "de",
        "„Betreiber“ bezeichnet eine Person, die ein System nutzt;",
        [("betreiber", "eine Person, die ein System nutzt")],
    ),
    ("fr", "On entend par « moteur » : une machine qui apprend.", [("moteur", "une machine qui apprend")]),
    ("es", "Se entenderá por «motor»: una máquina que aprende.", [("motor", "una máquina que aprende")]),
    ("pt", "Considera-se motor: uma máquina que aprende.", [("motor", "uma máquina que aprende")]),
    ("it", "Per «motore»: una macchina che impara.", [("motore", "una macchina che impara")]),
    ("nl", "„motor”: een machine die leert;", [("motor", "een machine die leert")]),
    ("pl", "„silnik” oznacza maszynę, która się uczy;", [("silnik", "maszynę, która się uczy")]),
    ("zh", "本法所称引擎，是指能够学习的机器。", [("引擎", "能够学习的机器")]),
    ("ja", "この法律において「機関」とは、学習する機械をいう。", [("機関", "学習する機械")]),
    ("ko", "“기관”이란 학습하는 기계를 말한다.", [("기관", "학습하는 기계")]),
    (
        "en",
        "“Engine” means a machine that learns. The term does not include a toy.",
        [("engine", "a machine that learns. The term does not include a toy")],
    ),
    ("en", "“Engine” does not include a toy;", [("engine", "does not include a toy")]),
    ("en", "‘engine’ of a ship means a machine that moves it;", [("engine", "a machine that moves it")]),
    ("en", "The term ‘‘engine’’ or ‘‘EN’’ means a machine.", [("engine", "a machine")]),
    (
        "en",
        "The terms ‘‘Engine,’’ ‘‘Motor,’’ and ‘‘Drive’’ each have the respective meanings of section 3.",
        [("engine", "of section 3")],
    ),
    ("en", "Where the owner sends the list by electronic form means shall be found to answer.", []),
    ("en", "Where this Act refers to an engine, that is a machine.", []),
    ("en", "The initial means, plans and lists shall be kept.", []),
    ("en", "Effective ownership also means caring for the engine.", []),
    ("en", "The licence may be withdrawn where it was won by fraud or other improper means.", []),
    (
        "en",
        "The following terms should be understood as follows: – Engine: an engine is a machine.",
        [("engine", "an engine is a machine")],
    ),
    (
        "de",
        "„Motor“ bezeichnet eine Maschine. Dieser Begriff umfasst kein Spielzeug.",
        [("motor", "eine Maschine. Dieser Begriff umfasst kein Spielzeug")],
    ),
]

LISTED = [
    (
        "en",
        "The following definitions apply:",
        "learning engine: a machine that learns;",
        ["learning engine"],
    ),
    ("en", "For this Act, these terms have the meanings below:", "(i) engine: a machine;", ["engine"]),
    ("en", "The operator shall record:", "learning engine: its maker and its age;", []),
    (
        "es",
        "Se aplican las siguientes definiciones:",
        "motor: una máquina;",
        ["motor"],
    ),
    ("fr", "Aux fins de la présente loi, on entend par :", "moteur : une machine ;", ["moteur"]),
]


@pytest.mark.parametrize(("language", "lead_in", "text", "terms"), LISTED)
def test_entries_of_a_list_of_definitions(language, lead_in, text, terms) -> None:
    found = read_text(text, language, lead_in=lead_in).definitions
    assert [definition.term for definition in found] == terms


@pytest.mark.parametrize(("text", "condition"), CONDITIONS)
def test_condition(text: str, condition: str) -> None:
    assert read_text(text, "en").requirements[0].condition == condition


@pytest.mark.parametrize(("text", "modalities"), COUNTS)
def test_how_many_requirements(text: str, modalities: list[str]) -> None:
    assert [found.modality.value for found in read_text(text, "en").requirements] == modalities


@pytest.mark.parametrize(("language", "text", "kind"), TYPES)
def test_provision_type(language: str, text: str, kind: str) -> None:
    (found,) = annotate_provisions(
        [Provision("a", ProvisionKind.OTHER, text=text, language=language)], OneTag()
    )
    assert found.provision_type is ProvisionType(kind)
    assert found.probability("safety") == 0.5
    assert found.weight("data") == 0.0


@pytest.mark.parametrize(("language", "text", "expected"), DEFINITIONS)
def test_definitions(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    found = read_text(text, language).definitions
    assert [(definition.term, definition.definiens) for definition in found] == expected
    for definition in found:
        assert 0 <= definition.start < definition.end <= len(text)


def test_pronouns_stand_for_the_last_actor() -> None:
    first, second = read_text(
        "The vendor shall test the engine. It shall publish the result.", "en"
    ).requirements
    assert (first.actor, second.actor) == ("vendor", "vendor")
    assert (
        read_text("Where a deployer finds a fault, it shall report it.", "en").requirements[0].actor
        == "deployer"
    )
    assert (
        read_text("It shall report faults.", "en", lead_in="The importer shall do the following:")
        .requirements[0]
        .actor
        == "importer"
    )


def test_coordinated_actors_make_one_requirement() -> None:
    (found,) = read_text("Importers, distributors and deployers shall keep logs.", "en").requirements
    assert found.actor == "importer and distributor and deployer"
    assert found.actor_role == "importer;distributor;deployer"


def list_of_items() -> tuple[Provision, ...]:
    return (
        Provision("sec_1", ProvisionKind.SECTION, heading="Duties", text="Vendors of engines shall:"),
        Provision("sec_1__a", ProvisionKind.POINT, text="keep logs for two years;", parent="sec_1"),
        Provision("sec_1__b", ProvisionKind.POINT, text="ensure that:", parent="sec_1"),
        Provision("sec_1__b_i", ProvisionKind.SUBPOINT, text="users are warned; and", parent="sec_1__b"),
        Provision("sec_2", ProvisionKind.SECTION, text="The following practices are prohibited:"),
        Provision("sec_2__a", ProvisionKind.POINT, text="scoring pupils;", parent="sec_2"),
        Provision("sec_3", ProvisionKind.SECTION, text="A deployer may film if:"),
        Provision("sec_3__a", ProvisionKind.POINT, text="the guest has agreed;", parent="sec_3"),
        Provision("sec_4", ProvisionKind.SECTION, text="The file shall contain:"),
        Provision("sec_4__a", ProvisionKind.POINT, text="a description of the engine.", parent="sec_4"),
    )


def test_items_inherit_from_their_lead_in() -> None:
    segmentation = Segmentation("d", list_of_items(), Tradition.COMMONWEALTH, "en")
    found = {annotation.eid: annotation for annotation in annotate(segmentation, OneTag())}
    keep = found["sec_1__a"].requirements[0]
    assert (keep.actor, keep.modality, keep.action_class) == ("vendor", Modality.OBLIGATION, "keep_records")
    assert keep.text == "keep logs for two years;"
    assert keep.parameters[0].unit == "year"
    assert found["sec_1__b_i"].requirements[0].actor == "vendor"
    assert found["sec_2__a"].requirements[0].modality is Modality.PROHIBITION
    assert found["sec_2__a"].requirements[0].action == "score pupils"
    assert found["sec_3__a"].requirements[0].condition == "if the guest has agreed"
    assert found["sec_4__a"].requirements[0].action.startswith("contain description")
    assert found["sec_1"].provision_type is ProvisionType.OBLIGATION
    assert found["sec_1"].requirements == ()
    assert [found[eid].provision_type.value for eid in ("sec_1__a", "sec_2__a", "sec_3__a")] == [
        "obligation",
        "prohibition",
        "permission",
    ]


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        (
            "Operators must:\n\n- keep logs;\n- train staff.\n\nThis part has two rules.",
            ["keep logs", "train staff"],
        ),
        ("The Secretary shall-- (A) keep a list; and (B) review it.", ["keep list", "review it"]),
        (
            "(1) Duty.—The operator shall—\n\n(A) test it; and\n\n(B) report it.\n\n(2) Other law goes on.",
            ["test it", "report it"],
        ),
    ],
)
def test_items_inside_a_text_go_on_until_their_list_ends(text: str, actions: list[str]) -> None:
    assert [requirement.action for requirement in read_text(text, "en").requirements] == actions


def test_items_inherit_from_their_context_alone() -> None:
    item = Provision(
        "x", ProvisionKind.POINT, text="keep logs;", context="Act > Duties > The importer shall:"
    )
    (found,) = annotate_provisions([item], OneTag(), language="en")
    assert found.requirements[0].actor == "importer"


def test_lead_ins_of_loops_and_headings() -> None:
    looped = {
        "a": Provision("a", ProvisionKind.POINT, text="and:", parent="b"),
        "b": Provision("b", ProvisionKind.POINT, text="or:", parent="a"),
    }
    assert lead_in_of(Provision("c", ProvisionKind.POINT, parent="a"), looped) == "or and"
    assert lead_in_of(Provision("c", ProvisionKind.POINT, context="Act > Duties"), {}) == ""


def test_items_of_conditions_and_east_asian_lists() -> None:
    met = read_text(
        "the guest agreed.", "en", lead_in="Deployers may film if the following conditions are met:"
    )
    assert "if the guest agreed" in met.requirements[0].condition
    item = read_text("保存日志。", "zh", lead_in="提供者应当：")
    assert (item.requirements[0].actor, item.requirements[0].action_class) == ("提供者", "keep_records")


def test_recitals_bind_no_one() -> None:
    recital = Provision("rec_1", ProvisionKind.RECITAL, text="Vendors should act with care.", language="en")
    (found,) = annotate_provisions([recital], OneTag())
    assert found.requirements == ()
    assert found.provision_type is ProvisionType.STATEMENT


OUTCOMES = [
    ("Processes are in place to track faults.", "be", ""),
    ("Faults are regularly documented by teams.", "document", "document"),
    ("Keep an inventory of engines.", "keep", ""),
    ("Teams document the risks they see.", "document", "document"),
    ("The process tracks and reports faults.", "track", "oversee"),
]


@pytest.mark.parametrize(("text", "verb", "action_class"), OUTCOMES)
def test_present_tense_of_standards_is_an_outcome(text: str, verb: str, action_class: str) -> None:
    item = Provision("GOVERN 1.1", ProvisionKind.ITEM, num="GOVERN 1.1", text=text, language="en")
    (found,) = annotate_provisions([item], OneTag())
    (requirement,) = found.requirements
    assert requirement.modality is Modality.OUTCOME
    assert requirement.action.split()[0] == verb
    assert requirement.action_class == action_class
    (in_law,) = annotate_provisions(
        [Provision("art_1", ProvisionKind.ARTICLE, text=text, language="en")], OneTag()
    )
    assert all(r.modality is not Modality.OUTCOME for r in in_law.requirements)


@pytest.mark.parametrize("text", ["Risk.", "Such a nice thing there", "§§ 1 2 3 4", "Über alle Maßen gut"])
def test_outcomes_need_a_verb(text: str) -> None:
    assert read_text(text, "en", is_standard=True).requirements == ()


def test_prose_of_standards_permits_nothing_by_itself() -> None:
    provision = Provision(
        "s", ProvisionKind.SECTION, text="Engines may fail. Teams may stop them.", language="en"
    )
    (found,) = annotate_provisions([provision], OneTag(), tradition=Tradition.STANDARD)
    assert [requirement.actor for requirement in found.requirements] == ["team"]


def test_principles_without_addressee_are_statements() -> None:
    provision = Provision(
        "p", ProvisionKind.SECTION, heading="Principles", text="Fairness shall be upheld.", language="en"
    )
    (found,) = annotate_provisions([provision], OneTag())
    assert found.provision_type is ProvisionType.STATEMENT


def test_what_a_saving_clause_keeps_is_no_duty() -> None:
    lead_in = "Nothing in this chapter shall be construed to restrict a controller's ability to:"
    assert read_text("Comply with an order of a court;", "en", lead_in=lead_in).requirements == ()
    assert read_text(lead_in, "en", has_items=True).requirements[0].modality is Modality.PROHIBITION


def test_items_that_state_nothing_take_the_type_of_their_parent() -> None:
    provisions = [
        Provision("a", ProvisionKind.SECTION, text="“Engine” means:", language="en"),
        Provision("a_1", ProvisionKind.POINT, text="a machine;", parent="a", language="en"),
        Provision("b", ProvisionKind.DEFINITION, text="engine", language="en"),
    ]
    found = annotate_provisions(provisions, OneTag())
    assert [annotation.provision_type.value for annotation in found] == ["definition"] * 3


@settings(max_examples=120, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from(
            list('the provider shallmuyn,.;:()"“”‘’0123456789%€^ \n不得应当年月日はがをする하여야한다。')
        ),
        max_size=120,
    ),
    st.sampled_from(["en", "de", "fr", "zh", "ja", "ko", "xx", ""]),
)
def test_any_text_is_read_without_an_exception(text: str, language: str) -> None:
    first = read_text(text, language, lead_in="The vendor shall:", is_standard=True)
    again = read_text(text, language, lead_in="The vendor shall:", is_standard=True)
    assert first.requirements == again.requirements
    for requirement in first.requirements:
        assert 0 <= requirement.start <= requirement.end <= len(text)
        for parameter in requirement.parameters:
            assert 0 <= parameter.start < parameter.end <= len(text)


def test_unknown_name_of_the_room() -> None:
    import fragcheck.annotate as room

    with pytest.raises(AttributeError, match="no attribute"):
        _ = room.nothing_here


@pytest.mark.parametrize("language", ["en", "zh", "ja", "ko", "de"])
def test_long_text_is_read(language: str) -> None:
    text = "The vendor shall keep logs, 应当保存，" * 400
    assert read_text(text, language).view.text == text


@pytest.mark.parametrize(
    ("language", "text", "actor"),
    [
        ("en", "The Secretary of Homeland Security shall report.", "secretary of homeland security"),
        ("en", "THE SECRETARY OF COMMERCE SHALL REPORT.", "secretary"),
        (
            "en",
            "The Director of Tests, in consultation with the Secretary of State, shall report.",
            "director of tests",
        ),
        ("en", "(a) In general.—The vendor shall report.", "vendor"),
        ("en", "The vendor— (1) shall report.", "vendor"),
        ("en", "The head of a department or agency shall report.", "head"),
        (
            "pt",
            "A autoridade competente e as autoridades setoriais poderão fiscalizar.",
            "autoridade competente and autoridade setorial",
        ),
        ("fr", "Les entités financières peuvent déléguer cette tâche à un prestataire.", "entité financière"),
        ("fr", "Les déployeurs doivent être informés par le fournisseur.", "fournisseur"),
        ("ja", "大学及び研究機関は、協力するよう努めるものとする。", "大学 and 研究機関"),
        ("zh", "国家和省、自治区网信部门应当公示。", "网信部门"),
        ("zh", "國家網信部門應當公示。", "國家網信部門"),
    ],
)
def test_names_of_actors(language: str, text: str, actor: str) -> None:
    assert read_text(text, language).requirements[0].actor == actor


def test_quantities_outside_requirements_are_kept() -> None:
    text = "“Large vendor” means a vendor with more than 500 employees."
    provision = Provision(eid="sec_1", kind=ProvisionKind.SECTION, text=text, language="en")
    (annotation,) = annotate_provisions([provision], OneTag())
    assert annotation.requirements == ()
    assert [(p.value, p.unit, p.comparator) for p in annotation.parameters] == [(500.0, "employee", ">")]


@pytest.mark.parametrize(
    ("texts", "modality"),
    [
        (
            ("Roles are documented.", "Staff know their tasks.", "Risks are known."),
            Modality.OUTCOME,
        ),
        (("Roles are documented.", "Providers shall keep an inventory.", "Deployers may opt out."), None),
    ],
)
def test_a_table_that_binds_no_one_is_read_as_a_catalogue_of_controls(texts, modality):
    provisions = [Provision(f"L{number}", ProvisionKind.ITEM, text=text) for number, text in enumerate(texts)]
    found = annotate_provisions(provisions, OneTag(), tradition=Tradition.TABLE, language="en")
    assert [each.modality for each in found[0].requirements] == ([modality] if modality else [])


RULEBOOK = [
    "The board of directors regularly approves the plan for outages, and monitors its application.",
    "The executive board ensures that losses are recorded. In doing so it considers the results of tests.",
    "Every insurer shall keep an inventory of its systems.",
    "At least once a year, the institution reviews its limits.",
    "The bank tests its plans with its suppliers.",
]


def test_present_tense_of_a_rulebook_binds_where_the_document_does() -> None:
    found = _annotated(RULEBOOK)
    assert [[r.action.split()[0] for r in annotation.requirements] for annotation in found] == [
        ["approve", "monitor"],
        ["ensure", "consider"],
        ["keep"],
        ["review"],
        ["test"],
    ]
    assert {r.modality for annotation in found for r in annotation.requirements} == {Modality.OBLIGATION}
    # "tests" is read by the document alone
    assert not _annotated(RULEBOOK[-1:])[0].requirements


@pytest.mark.parametrize(
    "text",
    [
        "This chapter applies to banks.",
        "The committee consists of five members.",
        "The bank uses models for credit.",
        "The bank offers loans to small firms.",
        "The basic expectations are set out in section 4.",
        "The approach also covers cases where the bank serves guests abroad.",
        "Customers report outages by telephone.",
    ],
)
def test_facts_in_a_rulebook_bind_no_one(text: str) -> None:
    *_, last = _annotated([*RULEBOOK, text])
    assert not last.requirements
    assert last.provision_type is not ProvisionType.OBLIGATION


def test_what_an_authority_does_in_the_present_tense_is_its_power() -> None:
    *_, last = _annotated([*RULEBOOK, "The Commission publishes a list of banks."])
    assert last.provision_type is ProvisionType.POWER


def test_reports_on_what_firms_do_are_no_rulebook() -> None:
    facts = ["The weather was fine.", "Sales rose in spring.", "The year was dry.", "Costs fell in May."]
    (first, *_) = _annotated(["The bank tests its plans with its suppliers.", *RULEBOOK[:1], *facts * 3])
    assert not first.requirements


def _annotated(texts: list[str]) -> tuple[Annotation, ...]:
    provisions = [
        Provision(f"p{n}", ProvisionKind.PARAGRAPH, "", "", text, "", language="en")
        for n, text in enumerate(texts)
    ]
    return annotate_provisions(provisions, OneTag())
