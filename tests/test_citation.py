"""Citations: what people write is found, what we print is read back, and nothing is guessed."""

import json
import re
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from served import site

from kb import naming
from kb.catalogue import Catalogue
from kb.citation import abbreviated, find, printed, reference_of, resolve
from kb.citation_exports import FORMATS
from kb.citation_model import AMBIGUOUS, NOT_HELD, ONE, UNKNOWN, Citation
from kb.citation_names import names_of
from kb.citation_printing import UNSEEN, citation
from kb.terms import legal_address

FORMS = tomllib.loads((Path(__file__).parent / "citations.toml").read_text(encoding="utf-8"))


def said(one: Citation) -> list[str]:
    """The matches of a citation as the file writes them."""
    return [" ".join(filter(None, (match.ref.id, match.pinpoint))) for match in one.matches]


def whole(catalogue: Catalogue, text: str) -> Citation:
    """What a text is that is one citation."""
    found = resolve(catalogue, text)
    assert found, f"{text!r} is not one citation: {find(catalogue, text)}"
    return found


@pytest.fixture(scope="module")
def catalogue(knowledge) -> Catalogue:
    return knowledge.catalogue


# ---- what people write ---------------------------------------------------------------------------


def test_the_file_has_enough_real_forms():
    assert sum(len(texts) for texts in FORMS.values()) >= 200


@pytest.mark.parametrize(("text", "named"), FORMS["one"].items())
def test_a_citation_names_one_thing(catalogue, text, named):
    found = whole(catalogue, text)
    assert (found.status, said(found), found.reason) == (ONE, [named], "")


@pytest.mark.parametrize(("text", "named"), FORMS["each"].items())
def test_each_part_of_a_list_or_range_names_its_own(catalogue, text, named):
    found = find(catalogue, text)
    assert {one.status for one in found} == {ONE}
    assert [name for one in found for name in said(one)] == named


@pytest.mark.parametrize("status", [AMBIGUOUS, NOT_HELD])
def test_what_is_not_sure_is_said_with_the_choices(catalogue, status):
    for text, named in FORMS[status].items():
        found = whole(catalogue, text)
        assert (text, found.status, said(found)) == (text, status, named)
        assert found.reason.endswith(".")


@pytest.mark.parametrize("text", FORMS["unknown"])
def test_a_number_that_nothing_here_has_is_unknown(catalogue, text):
    assert {one.status for one in find(catalogue, text)} == {UNKNOWN}


@pytest.mark.parametrize(("text", "named"), FORMS["inside"].items())
def test_citations_are_found_in_running_text(catalogue, text, named):
    found = [one for one in find(catalogue, text) if one.status == ONE]
    assert {one.text: said(one)[0] for one in found} == named
    assert resolve(catalogue, text) is None or len(named) == 1


@pytest.mark.parametrize("text", FORMS["none"])
def test_other_texts_have_no_citation(catalogue, text):
    assert find(catalogue, text) == ()
    assert resolve(catalogue, text) is None


def test_a_provision_that_is_here_comes_before_an_instrument_alone(catalogue):
    for text in FORMS[AMBIGUOUS]:
        kinds = [match.kind for match in whole(catalogue, text).matches]
        assert kinds == sorted(kinds, reverse=True), text


# ---- what we print -------------------------------------------------------------------------------


@pytest.mark.no_cover
def test_every_printed_form_is_read_back(catalogue):
    """Every provision and instrument, by every form of words, its address and its path."""
    for address in (*catalogue.provisions, *catalogue.instruments):
        written = printed(catalogue, address)
        forms = [written.oscola, written.plain, written.short, written.address, written.id, address]
        for text in filter(None, forms):
            found = whole(catalogue, text)
            assert (found.status, found.matches[0].ref.uri) == (ONE, address), text


def test_what_pages_say_is_read_back(catalogue):
    for address, row in catalogue.provisions.items():
        found = whole(catalogue, naming.citation(row.title, row.number))
        assert (found.status, found.matches[0].ref.uri) == (ONE, address)
    for address, whole_row in catalogue.instruments.items():
        found = whole(catalogue, whole_row.title)
        assert (found.status, found.matches[0].ref.uri) == (ONE, address)


def test_every_limb_is_read_back_with_its_pinpoint(catalogue):
    for row in catalogue.offences.values():
        written = printed(catalogue, row.provision, row.limb)
        pinpoint = citation("", "", row.limb).removeprefix(", ").replace(", ", ",")
        for text in filter(None, (written.oscola, written.plain, written.short, row.slug)):
            match = whole(catalogue, text).matches[0]
            part = (match.pinpoint or "").replace(", ", ",")
            assert (match.ref.uri, part) == (row.provision, pinpoint), text


@pytest.mark.no_cover
@pytest.mark.parametrize("form", FORMATS)
def test_every_export_is_read_back(catalogue, form):
    for address in (*catalogue.provisions, *catalogue.instruments):
        text = FORMATS[form].write(reference_of(catalogue, address))
        kind = "provision" if address in catalogue.provisions else "instrument"
        named = {
            match.ref.uri
            for one in find(catalogue, text)
            for match in one.matches
            if one.status == ONE and match.kind == kind
        }
        assert named == {address}, text


def test_only_unambiguous_initials_are_printed(catalogue):
    without = {a for a in catalogue.instruments if not abbreviated(catalogue, a)}
    orders = {a for a in without if re.search(r"/(uk|ni|s)s[ir]/|/nisr/|common-law", a)}
    assert without == orders, "every Act and Order in Council has initials of its own"


@pytest.mark.parametrize(
    ("path", "limb", "oscola", "plain"),
    [
        (
            "ukpga/1978/37/section/1",
            "(1)(a)",
            "Protection of Children Act 1978, s 1(1)(a)",
            "section 1(1)(a) of the Protection of Children Act 1978",
        ),
        (
            "nisi/1978/1047/article/3",
            None,
            "Protection of Children (Northern Ireland) Order 1978, SI 1978/1047, art 3",
            "article 3 of the Protection of Children (Northern Ireland) Order 1978",
        ),
        (
            "asp/2016/22/section/4",
            None,
            "Abusive Behaviour and Sexual Harm (Scotland) Act 2016, s 4 and sch 1",
            "section 4 and Schedule 1 to the Abusive Behaviour and Sexual Harm (Scotland) Act 2016",
        ),
        (
            "ukpga/1994/33/schedule/10/paragraph/37",
            None,
            "Criminal Justice and Public Order Act 1994, sch 10 para 37",
            "paragraph 37 of Schedule 10 to the Criminal Justice and Public Order Act 1994",
        ),
        (
            "ukpga/2007/27/section/44",
            None,
            "Serious Crime Act 2007, ss 44–46",
            "sections 44 to 46 of the Serious Crime Act 2007",
        ),
        ("ssi/2017/183", None, "SSI 2017/183", "SSI 2017/183"),
        (
            "uksi/2017/451",
            None,
            "Serious Crime Act 2015 (Commencement No. 6) Regulations 2017, SI 2017/451",
            "Serious Crime Act 2015 (Commencement No. 6) Regulations 2017 (SI 2017/451)",
        ),
        (
            "common-law/scotland/extortion",
            "common law",
            "Scots common law, extortion",
            "extortion (Scots common law)",
        ),
    ],
)
def test_forms_of_words(catalogue, path, limb, oscola, plain):
    written = printed(catalogue, legal_address(path), limb)
    assert (written.oscola, written.plain, written.id) == (oscola, plain, path)


def test_no_title_is_printed_that_nobody_has_seen(catalogue):
    for address in catalogue.instruments:
        written = printed(catalogue, address)
        assert UNSEEN not in written.oscola + written.plain


# ---- exports -------------------------------------------------------------------------------------

# What csl-data.json of the Citation Style Language requires and knows, of what we give.
DAY = {
    "type": "object",
    "required": ["date-parts"],
    "additionalProperties": False,
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        }
    },
}
WORDS = ("id", "title", "number", "section", "URL", "note")
CSL = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            "type": {"const": "legislation"},
            "issued": DAY,
            "accessed": DAY,
            **{name: {"type": "string", "minLength": 1} for name in WORDS},
        },
    },
}


def test_csl_json_is_valid_for_everything(catalogue):
    check = Draft7Validator(CSL)
    limbs = [(row.provision, row.limb) for row in catalogue.offences.values()]
    every = [(a, None) for a in (*catalogue.provisions, *catalogue.instruments)]
    for address, limb in every + limbs:
        check.validate(json.loads(FORMATS["json"].write(reference_of(catalogue, address, limb))))


def test_bibtex_has_a_key_balanced_braces_and_the_day(catalogue):
    keys = set()
    for address in (*catalogue.provisions, *catalogue.instruments):
        text = FORMATS["bib"].write(reference_of(catalogue, address))
        key = re.match(r"@legislation\{([\w-]+),\n", text)
        assert key
        assert text.count("{") == text.count("}")
        assert f"urldate = {{{catalogue.checked_on.isoformat()}}}" in text
        keys.add(key[1])
    assert len(keys) == len(catalogue.provisions) + len(catalogue.instruments)


def test_ris_is_tagged_line_by_line(catalogue):
    limb = reference_of(catalogue, legal_address("ukpga/1978/37/section/1"), "(1)(a)")
    lines = FORMATS["ris"].write(limb).split("\r\n")
    assert (lines[0], lines[-2:]) == ("TY  - STAT", ["ER  - ", ""])
    assert {
        "TI  - Protection of Children Act 1978",
        "SE  - s 1(1)(a)",
        "PY  - 1978",
        "DA  - 1978/07/20",
        "UR  - https://www.legislation.gov.uk/ukpga/1978/37/section/1",
    } <= set(lines)
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])


# ---- any text at all -----------------------------------------------------------------------------

BITS = ["s", "ss", "§", "art", "sch", "para", "1", "66B", "(1)", "(a)", "-", "–", "to", "of", "the"]
BITS += ["PCA", "1978", "CJA88", "Act", "Order", "SI", "c", "asp", "/", "1978/1047", "ukpga/1978"]
BITS += ["https://www.legislation.gov.uk/", "Sexual Offences", "(Scotland)", "N.I.", "&", ",", "."]
BITS += ["and", "'", "’", "\u00a0", "\u200b", "²", "ﬁ", "İ", "\ud800", "🙂", "%ff", "(", ")", "["]


@pytest.mark.no_cover
@given(st.lists(st.sampled_from(BITS) | st.text(max_size=3), max_size=12), st.sampled_from(" ,"))
@settings(max_examples=300, deadline=None)
def test_no_text_is_too_odd(knowledge, bits, between):
    text = between.join(bits)
    end = 0
    for one in find(knowledge.catalogue, text):
        assert text[one.start : one.end] == one.text
        assert one.status != ONE or len(one.matches) == 1
        assert one.start < one.end
        end = max(end, one.end)
    assert end <= len(text)


def noisy(draw, text: str) -> str:
    """The same citation as somebody else would type it."""
    for sign, others in {" ": [" ", "  ", "\u00a0", "\t"], "–": ["–", "-", " - ", " to "]}.items():
        text = draw(st.sampled_from(others)).join(text.split(sign))
    words = {
        "s": ["s", "s.", "sec ", "section", "Section", "S."],
        "art": ["art.", "Article", "ART"],
    }
    for word, others in words.items():
        text = re.sub(rf"\b{word}(?=\s+\d)", draw(st.sampled_from(others)), text)
    text = draw(st.sampled_from([str, str.upper, str.lower, str.title]))(text)
    text = text.replace("(", draw(st.sampled_from(["(", " ("])))
    return draw(st.sampled_from(["{}", "({})", " {}.", "“{}”", "the {};", "\n{}\n"])).format(text)


@pytest.mark.no_cover
@given(st.data())
@settings(max_examples=400, deadline=None)
def test_noise_does_not_change_what_is_named(knowledge, data):
    catalogue = knowledge.catalogue
    address = data.draw(st.sampled_from(sorted(catalogue.provisions)))
    written = printed(catalogue, address)
    text = data.draw(st.sampled_from([t for t in (written.oscola, written.plain) if t]))
    found = whole(catalogue, noisy(data.draw, text))
    assert (found.status, found.matches[0].ref.uri) == (ONE, address)


HEAVY = ["s 1, ", "s 1(1)(a)-", "(", "PCA 1978 ", "Act ", "Theft and ", "a/", "SI 1978/", "s 1-"]
HEAVY += [
    "(Commencement No. 1) ",
    "subsection (1)",
    "Children (Care ",
    "section 1 and ",
    "1 & 2 E ",
]
HEAVY += ["ss 1-2 PHA 1997, ", "'", "X Act (", "é", "1", "A", "the 1978 Act "]


@pytest.mark.no_cover
@pytest.mark.parametrize("unit", HEAVY)
def test_time_grows_with_the_text_and_no_faster(catalogue, unit):
    """Eight times the text takes about eight times as long, whatever it says; never sixty-four."""
    small, large = (unit * size for size in (12_500 // len(unit), 100_000 // len(unit)))
    _taken(catalogue, small)
    short = max(min(_taken(catalogue, small) for _ in range(3)), 0.002)
    ratios = (_taken(catalogue, large) / short for _ in range(3))
    assert any(ratio < 24 for ratio in ratios)


def _taken(catalogue: Catalogue, text: str) -> float:
    start = time.process_time()
    find(catalogue, text)
    return time.process_time() - start


# ---- names come from the data --------------------------------------------------------------------


def test_names_of_the_invented_country_follow_from_its_titles(sample):
    found = whole(sample.catalogue, "PA 2000 s 1")
    assert said(found) == ["act/2000/1/section/1"]
    assert said(whole(sample.catalogue, "section 9 of the Images Act 2010")) == [
        "act/2010/4/section/9"
    ]


def test_what_is_named_is_worked_out_once(catalogue):
    assert names_of(catalogue) is names_of(catalogue)


# ---- on the site ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "oscola"),
    [
        ("/offence/pca-1978-s1-1-a", "Protection of Children Act 1978, s 1(1)(a)"),
        ("/legislation/asp/2016/22/section/4", "(Scotland) Act 2016, s 4 and sch 1"),
        ("/legislation/nisi/1978/1047", "Order 1978, SI 1978/1047"),
        ("/offence/sct-extortion", "Scots common law, extortion"),
    ],
)
def test_pages_say_how_to_cite_them_and_offer_the_exports(page, oscola):
    client = site().test_client()
    text = client.get(page).get_data(as_text=True)
    assert oscola in re.findall(r'<span id="cite-oscola">([^<]*)</span>', text)[0]
    links = re.findall(r'href="(/cite/[^"]+)"', text)
    assert [link.rsplit(".", 1)[1] for link in links] == list(FORMATS)
    for link in links:
        response = client.get(link)
        assert response.status_code == 200
        assert oscola.split(", ")[0] in response.get_data(as_text=True)
        assert "attachment" in response.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/cite/nothing.bib", 404),
        ("/cite/ukpga/1978/37/section/99.ris", 404),
        ("/cite/ukpga/1978/37.pdf", 404),
        ("/cite/ukpga/1978/37.bib?odd=1", 400),
        ("/api/v1/citations", 400),
        ("/api/v1/citations?q=", 400),
        ("/api/v1/citations?q=s+1&odd=1", 400),
        ("/api/v1/citations?q=" + "s+1+" * 2_000, 400),
        ("/api/v1/citations?q=%00%ff%F0%9F%99%82", 200),
    ],
)
def test_odd_requests_are_answered(address, status):
    assert site().test_client().get(address).status_code == status


def test_the_api_says_what_a_text_cites():
    query = {"q": "s 160 CJA"}
    found = site().test_client().get("/api/v1/citations", query_string=query).get_json()
    assert found["whole"] is True
    (one,) = found["citations"]
    assert (one["status"], one["start"], one["end"]) == (AMBIGUOUS, 0, 9)
    assert one["matches"][0]["kind"] == "provision"
    assert one["matches"][0]["ref"]["id"] == "ukpga/1988/33/section/160"
