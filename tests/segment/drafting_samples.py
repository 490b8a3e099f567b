"""Laws of our own, one per drafting tradition, and the names of their units in order."""

from __future__ import annotations

EUROPEAN = """\
^REGULATION (EU) 2031/9 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL
^on machines that decide
THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,
Having regard to the Treaty on the Functioning of the European Union,
Whereas:
(1) Machines that decide are in use in many places.
(2) Their keepers should keep records. The record referred to in Article 2 should be
complete.
HAVE ADOPTED THIS REGULATION:

^CHAPTER I
^*GENERAL PROVISIONS

^/Article 1
^*Scope
This Regulation applies to:
(a)  keepers of machines;
(b)  makers of machines, where they:
  (i)  sell them;
  (ii)  lend them.
It does not apply to tests as defined in Article 2.

^/Article 2
^*Records
1.   Keepers shall keep records.
2.   Records shall show:
(a)  the date;
(b)  the decision.
The first subparagraph shall not apply to sealed records.
3.   Records shall be kept for six years.
This Regulation shall be binding in its entirety and directly applicable in all Member States.
Done at Brussels, 1 May 2031.

^ANNEX I
^*Contents of records
1.   The date of the decision.
2.   The decision, with:
(a)  its reasons;
(b)  its data.
"""

AMERICAN = """\
^STATE OF ARCADIA
^HOUSE BILL 12
Be it enacted by the Legislature of the State of Arcadia:
SECTION 1. This act may be cited as the Machine Conduct Act.
SECTION 2. Title 9, Arcadia Code, is amended by adding Chapter 77 to read as follows:
CHAPTER 77. MACHINES
Sec. 77.001. DEFINITIONS. In this chapter:
  (1) "Keeper" means a person who keeps a machine.
  (2) "Machine" means a device that:
    (A) takes in data; and
    (B) gives out decisions, including a decision under Section 77.002 or
    (b)(1) of that section.
Sec. 77.002. DUTIES. (a) A keeper shall keep a register.
(b) The register must state:
  (1) the date;
  (2) the decision; and
  (3) the machine's:
    (A) name;
    (B) maker;
    (C) model;
    (D) data;
    (E) keeper;
    (F) place;
    (G) power;
    (H) age; and
    (I) price.
(c) A keeper who fails to comply is liable.
SEC. 3. This act takes effect on January 1, 2032.
"""

COLORADO_STYLE = """\
^SENATE BILL 31-007
^Be it enacted by the General Assembly of the State of Arcadia:
  SECTION 1. In Arcadia Revised Statutes, add part 9 to article 2 of title 4 as follows:
^PART 9
^MACHINES
  4-2-901. Definitions. As used in this part 9:
  (1) (a) "Machine" means a device that decides.
  (b) "Machine" does not include:
  (I) A device used only to:
  (A) Store data; or
  (B) Show data; or
  (II) A toy.
  (2) "Keeper" means a person who keeps a machine.
  4-2-902. Duty of keepers - rules. (1) A keeper shall keep a register.
  (2) The attorney general may adopt rules.
  SECTION 2. Effective date. This act takes effect July 1, 2032.
"""

BRITISH = """\
^*Machine Conduct Act 2031
^2031 CHAPTER 9

^BE IT ENACTED by the King's most Excellent Majesty, with the advice of the Lords, as follows:—

^PART 1
^INTRODUCTION

*1 Overview
(1) This Act makes provision about machines that decide.
(2) Part 2 sets out duties of keepers.
*2 Meaning of “machine”
(1) In this Act “machine” means a device which—
    (a) takes in data, and
    (b) gives out decisions that—
        (i) affect a person, or
        (ii) are likely to do so.
(2) A device is not a machine merely because it stores data.

^PART 2
^DUTIES OF KEEPERS

*3 Duty to keep records
(1) A keeper must keep a record of each decision.
(2) In subsection (1) the reference to a decision includes a decision not taken for want of data,
    but does not include a test.
*4 Penalties
A keeper who contravenes section 3 commits an offence.

^SCHEDULES
^SCHEDULE 1
^*Records

1 A record must be kept for six years.
2 (1) A record must be legible.
(2) Sub-paragraph (1) does not apply to sealed records.
"""

INDIAN = """\
^*THE MACHINE CONDUCT ACT, 2031
^No. 9 of 2031
An Act to provide for the conduct of machines.
BE it enacted by Parliament in the Eighty-second Year of the Republic as follows:—

^CHAPTER I
^PRELIMINARY

1. Short title and commencement.—(1) This Act may be called the Machine Conduct Act, 2031.
(2) It shall come into force on such date as the Government may appoint.
2. Definitions.—In this Act, unless the context otherwise requires,—
   (a) “keeper” means a person who keeps a machine;
   (b) “machine” means a device that decides; and
   (c) “person” includes—
      (i) a firm;
      (ii) a company.

^CHAPTER II
^DUTIES

3. Duties of keepers.—(1) Every keeper shall keep a register.
(2) The register shall be open to the Board.

^THE SCHEDULE
^[See section 3]
1. Failure to keep a register: fine of ten thousand.
"""

CHINESE = """\
^*机器行为管理条例

^第一章 总则

第一条 为了规范作出决定的机器的运行，保护公民的合法权益，制定本条例。
第二条 本条例所称机器，是指接收数据并作出决定的装置。
有下列情形之一的，不适用本条例：
（一）仅用于储存数据的；
（二）仅用于试验，且符合下列条件的：
1．没有影响他人；
2．已经备案。

^第二章 义务

第三条 运营者应当记录每一项决定。
第三条之一 记录应当保存五年。

^第三章 附则
第四条 本条例自公布之日起施行。
"""

JAPANESE = """\
^*機械の行動に関する法律

目次
　第一章　総則（第一条・第二条）
　第二章　義務（第三条）
　附則

^第一章　総則

（目的）
第一条　この法律は、決定を行う機械の運用に関し必要な事項を定めることを目的とする。
（定義）
第二条　この法律において「機械」とは、次に掲げるものをいう。
  一　資料を受け取り決定を行う装置
  二　前号に準ずるものとして次に掲げるもの
    イ　計算を行う装置
    ロ　表示を行う装置
２　前項の規定は、試験には適用しない。

^第二章　義務

（記録）
第三条　運用者は、決定を記録しなければならない。

^附　則

（施行期日）
１　この法律は、公布の日から施行する。
"""

KOREAN = """\
^*기계 행동에 관한 법률

^*제1장 총칙

제1조(목적) 이 법은 결정을 내리는 기계의 운영에 필요한 사항을 정함을 목적으로 한다.
제2조(정의) 이 법에서 사용하는 용어의 뜻은 다음과 같다.
  1. "기계"란 자료를 받아 결정을 내리는 장치를 말한다.
  2. "운영자"란 다음 각 목의 어느 하나에 해당하는 자를 말한다.
    가. 기계를 소유한 자
    나. 기계를 빌려 쓰는 자

^*제2장 의무

제3조(기록) ① 운영자는 모든 결정을 기록하여야 한다.
② 제1항에 따른 기록은 5년간 보존하여야 한다.
제4조(과태료) 제3조를 위반한 자에게는 과태료를 부과한다.

^*부칙
제1조(시행일) 이 법은 공포 후 1년이 경과한 날부터 시행한다.
"""

KOREAN_IN_ENGLISH = """\
^*FRAMEWORK ACT ON MACHINES
^CHAPTER I GENERAL PROVISIONS
Article 1 (Purpose) The purpose of this Act is to lay down rules for machines of the Republic of Korea.
Article 2 (Definitions) The terms used in this Act are defined as follows:
  1. The term "machine" means a device that decides;
  2. The term "keeper" means any of the following persons:
    (a) An owner;
    (b) A borrower under
    Article 1 (1) of another Act.
Article 3 (Records) (1) A keeper shall keep records.
(2) Records under paragraph (1) shall be kept for five years.
"""

GERMAN = """\
^*Gesetz über das Verhalten von Maschinen

^*Abschnitt 1
^*Allgemeine Vorschriften

^*§ 1
^*Zweck des Gesetzes

(1) Dieses Gesetz regelt den Betrieb von Maschinen, die Entscheidungen treffen.
(2) Es gilt nicht für Maschinen, die
1. nur Daten speichern oder
2. nur zu Versuchszwecken betrieben werden, wenn
a) niemand betroffen ist und
b) der Versuch angezeigt wurde.

^*§ 2
^*Begriffsbestimmungen

Im Sinne dieses Gesetzes ist
1. Maschine jedes Gerät, das entscheidet;
2. Halter jede Person, die eine Maschine betreibt.

^*§ 3
^*Pflichten

Der Halter führt ein Verzeichnis. Das Verzeichnis ist der Behörde auf Verlangen vorzulegen.
"""

FRENCH = """\
^*Loi relative aux machines
L’Assemblée nationale et le Sénat ont adopté,
Le Président de la République promulgue la loi dont la teneur suit :

^TITRE Ier
^DISPOSITIONS GÉNÉRALES

^Article 1er
I. – La présente loi régit les machines qui décident.
II. – Elle ne s’applique pas :
1° Aux machines qui conservent des données ;
2° Aux essais :
a) Déclarés à l’autorité ;
b) Sans effet sur les personnes.

^Article 2
Après l’article L. 12 du code des machines, il est inséré un article L. 12-1 ainsi rédigé :
« Art. L. 12-1. – Le détenteur tient un registre.
« Le registre est ouvert à l’autorité. »

^Article 3
La présente loi entre en vigueur dans un an.
"""

SPANISH = """\
^*LEY DE MÁQUINAS

^CAPÍTULO I
^Disposiciones generales

Artículo 1. Objeto.
La presente ley regula las máquinas que toman decisiones.
Artículo 2. Definiciones. A los efectos de esta ley se entiende por:
a) máquina: todo aparato que decide;
b) titular: quien opera una máquina.

^CAPÍTULO II
^Obligaciones

Artículo 3. Registro.
1. El titular llevará un registro.
2. El registro contendrá:
a) la fecha;
b) la decisión.
"""

STANDARD = """\
+*Guidance on machines that decide

*Contents
1 Scope ........................ 1
2 Terms ........................ 2
2.1 Machine .................... 2

+*1 Scope
This guidance is for keepers of machines. It applies from its publication on and does not replace the law.

+*2 Terms
*2.1 Machine
A device that decides. See also 3.2 for its keeper.
*2.2 Keeper
A person who operates a machine.

+*3 Good practice
*3.1 Records
Keepers should:
a) keep a record;
b) show it on request.
*3.2 Review
KEEP 1.1: Records are kept.
KEEP 1.2: Records are reviewed at least
every year.

+*Annex A: Form of the record
The form has two parts.
"""

PLAIN = """\
+*Thoughts on machines

*Why they matter
Machines decide many things today. Nobody looks at all of their decisions, few can say how they come about.

*What to do
Keep records.
"""

BENGALI = """\
+*যন্ত্র আইন
এই আইন সেই সব যন্ত্রের ক্ষেত্রে প্রযোজ্য হইবে যাহা সিদ্ধান্ত গ্রহণ করে।
ধারক পাঁচ বৎসর পর্যন্ত রেকর্ড সংরক্ষণ করিবেন।
"""

EUROPEAN_IN_FRENCH = """\
^RÈGLEMENT (UE) 2031/9 DU PARLEMENT EUROPÉEN ET DU CONSEIL
vu le traité sur le fonctionnement de l’Union européenne,
considérant ce qui suit:
(1) Les machines qui décident sont d’usage courant.
(2) Leurs détenteurs devraient tenir des registres.
ONT ADOPTÉ LE PRÉSENT RÈGLEMENT:

^CHAPITRE I
^*Dispositions générales

^/Article premier
^*Objet

1.   Le présent règlement s’applique:
a)  aux détenteurs de machines;
b)  aux fabricants de machines, lorsqu’ils:
  i)  les vendent;
  ii)  les prêtent.
2.   Il ne s’applique pas aux essais.

^/Article 2
^*Registres
Les détenteurs tiennent des registres.

Le présent règlement est obligatoire dans tous ses éléments et directement applicable dans tout État membre.
Fait à Bruxelles, le 1er mai 2031.

^ANNEXE
^*Contenu des registres
1.   La date.
"""

EUROPEAN_IN_GERMAN = """\
^VERORDNUNG (EU) 2031/9 DES EUROPÄISCHEN PARLAMENTS UND DES RATES
gestützt auf den Vertrag über die Arbeitsweise der Europäischen Union,
in Erwägung nachstehender Gründe:
(1) Maschinen, die entscheiden, sind verbreitet.
(2) Ihre Halter sollten Verzeichnisse führen.
HABEN FOLGENDE VERORDNUNG ERLASSEN:

^KAPITEL I
^*Allgemeine Bestimmungen

^/Artikel 1
^*Gegenstand

(1)   Diese Verordnung gilt für
a)  Halter von Maschinen;
b)  Hersteller von Maschinen, wenn sie
  i)  diese verkaufen;
  ii)  diese verleihen.
(2)   Sie gilt nicht für Versuche.

^/Artikel 2
^*Verzeichnisse
Die Halter führen Verzeichnisse.
"""

VIRGINIA_STYLE = """\
^*Chapter 53. Machine Conduct Act.
§ 59.9-575. Definitions.
As used in this chapter, unless the context requires a different meaning:
"Keeper" means a person who keeps a machine.
"Machine" means a device that decides.
§ 59.9-576. Scope; exemptions.
A. This chapter applies to persons that keep machines and:
1. Keep at least 10 machines; or
2. Keep a machine for:
a. A fee; or
b. A share.
B. This chapter does not apply to any body of the Commonwealth.
§ 59.9-577. Duties of keepers.
A. A keeper shall keep a register.
B. The register shall be open to the Attorney General.
"""

MEXICAN = """\
^*LEY FEDERAL DE MÁQUINAS
^TÍTULO PRIMERO
^DISPOSICIONES GENERALES
Artículo 1.- La presente Ley es de orden público.
Artículo 2.- Para los efectos de esta Ley se entenderá por:
I. Máquina: todo aparato que decide;
II. Titular: quien opera una máquina, y
III. Registro: el libro de las decisiones.
Artículo 3.- El titular llevará un registro.
"""

BRAZILIAN = """\
^CAPÍTULO I
^DISPOSIÇÕES PRELIMINARES
Art. 1º Esta Lei dispõe sobre máquinas que decidem.
Parágrafo único. Esta Lei não se aplica a ensaios.
Art. 2º São princípios desta Lei:
I – a segurança;
II – a transparência, que compreende:
a) o registro das decisões;
b) o acesso aos registros.
§ 1º O registro será público.
§ 2º O acesso será gratuito.
Art. 3º Esta Lei entra em vigor na data de sua publicação.
"""

#: Text, tradition, language, eids in document order.
SAMPLES = {
    "european": (
        EUROPEAN,
        "eu",
        "en",
        [
            "preamble",
            "rec_1",
            "rec_2",
            "formula",
            "chp_I",
            "art_1",
            "art_1__point_a",
            "art_1__point_b",
            "art_1__point_b__subpoint_i",
            "art_1__point_b__subpoint_ii",
            "art_2",
            "art_2__para_1",
            "art_2__para_2",
            "art_2__para_2__point_a",
            "art_2__para_2__point_b",
            "art_2__para_3",
            "conclusions",
            "annex_I",
            "annex_I__point_1",
            "annex_I__point_2",
            "annex_I__point_2__subpoint_a",
            "annex_I__point_2__subpoint_b",
        ],
    ),
    "american": (
        AMERICAN,
        "us",
        "en",
        [
            "preamble",
            "sec_1",
            "sec_2",
            "sec_2__chp_77",
            "sec_77.001",
            "sec_77.001__subsec_1",
            "sec_77.001__subsec_2",
            "sec_77.001__subsec_2__para_A",
            "sec_77.001__subsec_2__para_B",
            "sec_77.002",
            "sec_77.002__subsec_a",
            "sec_77.002__subsec_b",
            "sec_77.002__subsec_b__para_1",
            "sec_77.002__subsec_b__para_2",
            "sec_77.002__subsec_b__para_3",
            "sec_77.002__subsec_b__para_3__subpara_A",
            "sec_77.002__subsec_b__para_3__subpara_B",
            "sec_77.002__subsec_b__para_3__subpara_C",
            "sec_77.002__subsec_b__para_3__subpara_D",
            "sec_77.002__subsec_b__para_3__subpara_E",
            "sec_77.002__subsec_b__para_3__subpara_F",
            "sec_77.002__subsec_b__para_3__subpara_G",
            "sec_77.002__subsec_b__para_3__subpara_H",
            "sec_77.002__subsec_b__para_3__subpara_I",
            "sec_77.002__subsec_c",
            "sec_3",
        ],
    ),
    "colorado_style": (
        COLORADO_STYLE,
        "us",
        "en",
        [
            "preamble",
            "sec_1",
            "sec_1__part_9",
            "sec_4-2-901",
            "sec_4-2-901__subsec_1",
            "sec_4-2-901__subsec_1__para_a",
            "sec_4-2-901__subsec_1__para_b",
            "sec_4-2-901__subsec_1__para_b__subpara_I",
            "sec_4-2-901__subsec_1__para_b__subpara_I__point_A",
            "sec_4-2-901__subsec_1__para_b__subpara_I__point_B",
            "sec_4-2-901__subsec_1__para_b__subpara_II",
            "sec_4-2-901__subsec_2",
            "sec_4-2-902",
            "sec_4-2-902__subsec_1",
            "sec_4-2-902__subsec_2",
            "sec_2",
        ],
    ),
    "british": (
        BRITISH,
        "commonwealth",
        "en",
        [
            "preamble",
            "part_1",
            "sec_1",
            "sec_1__subsec_1",
            "sec_1__subsec_2",
            "sec_2",
            "sec_2__subsec_1",
            "sec_2__subsec_1__para_a",
            "sec_2__subsec_1__para_b",
            "sec_2__subsec_1__para_b__subpara_i",
            "sec_2__subsec_1__para_b__subpara_ii",
            "sec_2__subsec_2",
            "part_2",
            "sec_3",
            "sec_3__subsec_1",
            "sec_3__subsec_2",
            "sec_4",
            "other_1",
            "sch_1",
            "sch_1__sec_1",
            "sch_1__sec_2",
            "sch_1__sec_2__subsec_1",
            "sch_1__sec_2__subsec_2",
        ],
    ),
    "indian": (
        INDIAN,
        "commonwealth",
        "en",
        [
            "preamble",
            "chp_I",
            "sec_1",
            "sec_1__subsec_1",
            "sec_1__subsec_2",
            "sec_2",
            "sec_2__para_a",
            "sec_2__para_b",
            "sec_2__para_c",
            "sec_2__para_c__subpara_i",
            "sec_2__para_c__subpara_ii",
            "chp_II",
            "sec_3",
            "sec_3__subsec_1",
            "sec_3__subsec_2",
            "sch_1",
            "sch_1__para_1",
        ],
    ),
    "chinese": (
        CHINESE,
        "east_asian",
        "zh",
        [
            "preamble",
            "chp_1",
            "art_1",
            "art_2",
            "art_2__subpara_1",
            "art_2__subpara_2",
            "art_2__subpara_2__item_1",
            "art_2__subpara_2__item_2",
            "chp_2",
            "art_3",
            "art_3-1",
            "chp_3",
            "art_4",
        ],
    ),
    "japanese": (
        JAPANESE,
        "east_asian",
        "ja",
        [
            "preamble",
            "contents",
            "chp_1",
            "art_1",
            "art_2",
            "art_2__subpara_1",
            "art_2__subpara_2",
            "art_2__subpara_2__item_1",
            "art_2__subpara_2__item_2",
            "art_2__para_2",
            "chp_2",
            "art_3",
            "part_1",
        ],
    ),
    "korean": (
        KOREAN,
        "east_asian",
        "ko",
        [
            "preamble",
            "chp_1",
            "art_1",
            "art_2",
            "art_2__subpara_1",
            "art_2__subpara_2",
            "art_2__subpara_2__item_1",
            "art_2__subpara_2__item_2",
            "chp_2",
            "art_3",
            "art_3__para_1",
            "art_3__para_2",
            "art_4",
            "part_1",
            "art_1~2",
        ],
    ),
    "korean_in_english": (
        KOREAN_IN_ENGLISH,
        "east_asian",
        "en",
        [
            "preamble",
            "chp_I",
            "art_1",
            "art_2",
            "art_2__subpara_1",
            "art_2__subpara_2",
            "art_2__subpara_2__item_a",
            "art_2__subpara_2__item_b",
            "art_3",
            "art_3__para_1",
            "art_3__para_2",
        ],
    ),
    "german": (
        GERMAN,
        "civil_law",
        "de",
        [
            "preamble",
            "sec_1",
            "art_1",
            "art_1__para_1",
            "art_1__para_2",
            "art_1__para_2__subpara_1",
            "art_1__para_2__subpara_2",
            "art_1__para_2__subpara_2__point_a",
            "art_1__para_2__subpara_2__point_b",
            "art_2",
            "art_2__subpara_1",
            "art_2__subpara_2",
            "art_3",
        ],
    ),
    "french": (
        FRENCH,
        "civil_law",
        "fr",
        [
            "preamble",
            "title_Ier",
            "art_1",
            "art_1__subpara_I",
            "art_1__subpara_II",
            "art_1__subpara_II__point_1",
            "art_1__subpara_II__point_2",
            "art_1__subpara_II__point_2__subpoint_a",
            "art_1__subpara_II__point_2__subpoint_b",
            "art_2",
            "art_L.-12-1",
            "art_3",
        ],
    ),
    "spanish": (
        SPANISH,
        "civil_law",
        "es",
        [
            "preamble",
            "chp_I",
            "art_1",
            "art_2",
            "art_2__point_a",
            "art_2__point_b",
            "chp_II",
            "art_3",
            "art_3__subpara_1",
            "art_3__subpara_2",
            "art_3__subpara_2__point_a",
            "art_3__subpara_2__point_b",
        ],
    ),
    "standard": (
        STANDARD,
        "standard",
        "en",
        [
            "other_1",
            "contents",
            "sec_1",
            "sec_2",
            "sec_2.1",
            "sec_2.2",
            "sec_3",
            "sec_3.1",
            "sec_3.1__point_a",
            "sec_3.1__point_b",
            "sec_3.2",
            "item_KEEP-1.1",
            "item_KEEP-1.2",
            "annex_A",
        ],
    ),
    "plain": (
        PLAIN,
        "plain",
        "en",
        ["other_1", "other_1__other_1", "other_1__other_2"],
    ),
    "bengali": (
        BENGALI,
        "plain",
        "bn",
        ["other_1"],
    ),
    "european_in_french": (
        EUROPEAN_IN_FRENCH,
        "eu",
        "fr",
        [
            "preamble",
            "rec_1",
            "rec_2",
            "formula",
            "chp_I",
            "art_1",
            "art_1__para_1",
            "art_1__para_1__point_a",
            "art_1__para_1__point_b",
            "art_1__para_1__point_b__subpoint_i",
            "art_1__para_1__point_b__subpoint_ii",
            "art_1__para_2",
            "art_2",
            "conclusions",
            "annex",
            "annex__point_1",
        ],
    ),
    "european_in_german": (
        EUROPEAN_IN_GERMAN,
        "eu",
        "de",
        [
            "preamble",
            "rec_1",
            "rec_2",
            "formula",
            "chp_I",
            "art_1",
            "art_1__point_1",
            "art_1__point_1__subpoint_a",
            "art_1__point_1__subpoint_b",
            "art_1__point_1__subpoint_b__item_i",
            "art_1__point_1__subpoint_b__item_ii",
            "art_1__point_2",
            "art_2",
        ],
    ),
    "virginia_style": (
        VIRGINIA_STYLE,
        "us",
        "en",
        [
            "chp_53",
            "sec_59.9-575",
            "sec_59.9-576",
            "sec_59.9-576__subsec_A",
            "sec_59.9-576__subsec_A__para_1",
            "sec_59.9-576__subsec_A__para_2",
            "sec_59.9-576__subsec_A__para_2__subpara_a",
            "sec_59.9-576__subsec_A__para_2__subpara_b",
            "sec_59.9-576__subsec_B",
            "sec_59.9-577",
            "sec_59.9-577__subsec_A",
            "sec_59.9-577__subsec_B",
        ],
    ),
    "mexican": (
        MEXICAN,
        "civil_law",
        "es",
        [
            "preamble",
            "title_1",
            "art_1",
            "art_2",
            "art_2__para_I",
            "art_2__para_II",
            "art_2__para_III",
            "art_3",
        ],
    ),
    "brazilian": (
        BRAZILIAN,
        "civil_law",
        "pt",
        [
            "chp_I",
            "art_1",
            "art_1__para_1",
            "art_2",
            "art_2__subpara_I",
            "art_2__subpara_II",
            "art_2__subpara_II__point_a",
            "art_2__subpara_II__point_b",
            "art_2__para_1",
            "art_2__para_2",
            "art_3",
        ],
    ),
}
