"""The register of claims as pages and through the API, and the links between all its things."""

import re
from gzip import compress

import pytest
from advice_site import CHECKED, Seen, get, sample_site, see
from served import site

from kb.advice_model import Thing
from web.addresses import thing_address

API = "/api/v1"


def claims(**query):
    return [one["id"] for one in get(sample_site(), f"{API}/claims", **query).get_json()["claims"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"verdict": "wrong-extent"}, ["wp-001"]),
        ({"verdict": "imprecise"}, ["wp-001"]),
        ({"verdict": "outdated"}, ["wp-002"]),
        ({"verdict": "accurate"}, []),
        ({"kind": "support-service"}, ["wp-004", "wp-005"]),
        ({"page": "old-story"}, ["os-001"]),
        ({"nation": "northmark"}, ["wp-001"]),
        ({"nation": "eastmark", "kind": "law"}, ["wp-001"]),
        ({"page": "watch-page", "nation": "southmark", "kind": "prosecution-policy"}, ["wp-002"]),
    ],
)
def test_filters_list_exactly_those(query, found):
    assert claims(**query) == found
    page = see(sample_site(), "/claims", **query)
    shown = {link.rsplit("/", 1)[1] for link in page.links if link.startswith("/claims/")}
    assert shown == set(found)


def test_a_page_has_every_claim_in_the_order_of_its_lines_with_its_verdict():
    page = see(sample_site(), "/sources/watch-page")
    places = [
        page.text.index(f"{line} wp-00{n}")
        for n, line in enumerate(
            ("Line 2", "Lines 4–5", "Lines 7,9", "Line 11", "Line 12"), start=1
        )
    ]
    assert places == sorted(places)
    for said in (
        "It is law in Southmark alone.",
        "What is right: Section 1 of the Images Act 2010 holds in Southmark since 1 January 2010.",
        "Wrong nations",
        "Says it of Northmark, Southmark and Eastmark",
        "As of 31 January 2026",
        "Printed there as a contact, not confirmed by us: 0000 002",
        "Offered as a way to have an image removed",
        "Not audited",
        "It feeds the mistaken belief “The Images Act holds in all of Markland”",
    ):
        assert said in page.text, said
    assert "/legislation/act/2010/4/section/1" in page.links
    assert "/services/snuffer" in page.links
    found = get(sample_site(), f"{API}/sources/watch-page").get_json()
    assert [one["id"] for one in found["claims"]] == [f"wp-00{n}" for n in range(1, 6)]


def test_an_omission_is_told_at_the_claim_that_it_is_near():
    text = see(sample_site(), "/sources/old-story").text
    assert text.index("Half of all pupils") < text.index("Left out here: The age of responsibility")
    assert "Left out here" not in see(sample_site(), "/sources/watch-page").text


def test_pages_are_counted_by_kind_and_verdict():
    page = see(sample_site(), "/sources")
    assert "Wrong nations (1)" in page.text
    assert "Support service (2)" in page.text
    assert "Not audited (3)" in page.text
    assert "/claims?verdict=outdated&page=watch-page" in page.links


def test_a_claim_says_where_it_stands_and_what_is_right():
    page = see(sample_site(), "/claims/wp-002")
    assert "/sources/watch-page#wp-002" in page.links
    assert "lines 4–5" in page.text
    assert "Few pictures go to court since 1 September 2016." in page.text
    assert "/guidance/charging-south-2016" in page.links
    assert see(sample_site(), "/claims/WP-002").text == page.text


def test_a_mistaken_belief_has_its_correction_before_all_else():
    page = see(sample_site(), "/misconceptions/images-act-everywhere")
    right = page.text.index("What is right: It is law in Southmark alone.")
    assert right < page.text.index("Misleads in")
    assert "/legislation/act/2010/4/section/1" in page.links
    assert "/claims/wp-001" in page.links
    everything = see(sample_site(), "/misconceptions", nation="northmark")
    assert "/misconceptions/images-act-everywhere" in everything.links
    elsewhere = see(sample_site(), "/misconceptions", nation="southmark")
    assert "/misconceptions/images-act-everywhere" not in elsewhere.links


# ---- every thing has its page --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "name", "address"),
    [
        ("offence", "ia-2010-s1", "/offence/ia-2010-s1"),
        ("provision", "act/2010/4/section/1", "/legislation/act/2010/4/section/1"),
        ("instrument", "act/2010/4", "/legislation/act/2010/4"),
        ("guidance", "care-handbook", "/guidance/care-handbook"),
        ("practice", "look-once", "/practice/look-once"),
        ("service", "snuffer", "/services/snuffer"),
        ("source", "watch-page", "/sources/watch-page"),
        ("claim", "wp-001", "/claims/wp-001"),
        ("misconception", "images-act-everywhere", "/misconceptions/images-act-everywhere"),
        ("topic", "sharing", "/guidance?topic=sharing"),
        ("conduct", "share", "/law?conduct=share"),
        ("verdict", "outdated", "/claims?verdict=outdated"),
        ("body", "school-board", "/guidance?body=school-board"),
        ("body", "lamp-trust", None),
        ("rule", "anything", None),
        ("nation", "northmark", None),
    ],
)
def test_a_thing_has_its_address(kind, name, address):
    with sample_site().test_request_context():
        assert thing_address(Thing(kind=kind, id=name, label="")) == address
    if address:
        get(sample_site(), address)


def pages_of(app):
    advice = app.extensions["knowledge"].advice
    shelves = {
        "guidance": advice.guidance,
        "practice": advice.practice,
        "services": advice.services,
        "sources": advice.pages,
        "claims": advice.claims,
        "misconceptions": advice.misconceptions,
    }
    for shelf, found in shelves.items():
        yield f"/{shelf}"
        yield from (f"/{shelf}/{slug}" for slug in found)


def test_every_page_is_whole_and_every_link_leads_somewhere():
    client, sound = sample_site().test_client(), {}
    extra = ["/guidance?cited=pictures+at+school", "/guidance?nation=eastmark&on=2018-06-01"]
    for address in [*pages_of(sample_site()), *extra]:
        html = client.get(address).text
        page = Seen(html)
        assert not page.faults, address
        assert not page.open, address
        assert page.headings.count(1) == 1, address
        steps = zip(page.headings, page.headings[1:], strict=False)
        assert all(b - a < 2 for a, b in steps), (address, page.headings)
        assert set(page.fields) <= set(page.labels), address
        assert len(page.ids) == len(set(page.ids)), address
        assert "Not legal advice" in html
        for link in page.links:
            path, _, part = link.partition("#")
            if link.startswith("/"):
                if path not in sound:
                    sound[path] = client.get(path)
                assert sound[path].status_code == 200, (address, link)
                assert not part or f'id="{part}"' in sound[path].text, (address, link)
            elif link.startswith("#"):
                assert part in page.ids, (address, link)
            else:
                assert re.match("https?:|tel:|mailto:", link), (address, link)


def test_every_page_names_itself_and_its_twin_for_programs():
    for address in pages_of(sample_site()):
        page = see(sample_site(), address)
        twin = [link for link in page.links if link.startswith("/api/v1/")]
        assert len(twin) == 1, address
        document = get(sample_site(), twin[0]).get_json()
        assert document["checked_on"] == CHECKED
        assert document["disclaimer"]


def parts_of(address, **query):
    """All parts of a list of the real site, one after the other."""
    page = see(site(), address, **query)
    yield page
    while page.after:
        page = see(site(), page.after)
        yield page


# ---- our own data --------------------------------------------------------------------------------


@pytest.mark.parametrize("verdict", ["accurate", "imprecise", "outdated", "wrong-extent"])
def test_the_real_list_for_a_verdict_has_those_claims_and_no_others(knowledge, verdict):
    expected = {
        slug
        for slug, claim in knowledge.advice.claims.items()
        if claim.verdict and verdict in claim.verdict.verdicts
    }
    assert expected
    shown = [
        path.rsplit("/", 1)[1]
        for page in parts_of("/claims", verdict=verdict)
        for path in page.paths
        if path.startswith("/claims/")
    ]
    assert len(shown) == len(expected)
    assert set(shown) == expected


def test_every_real_claim_stands_on_its_page(knowledge):
    for slug, source in knowledge.advice.pages.items():
        pages = list(parts_of(f"/sources/{slug}"))
        assert set(source.claims) <= {one for page in pages for one in page.ids}
        lines = [
            int(n) for page in pages for n in re.findall(r"Lines? (\d+)[–,\d]* \w\w-\d+", page.text)
        ]
        assert len(lines) == len(source.claims)
        assert lines == sorted(lines)


def test_a_claim_leads_to_the_part_of_its_page_on_which_it_stands(knowledge):
    for slug in list(knowledge.advice.claims)[::23]:
        page = see(site(), f"/claims/{slug}")
        (there,) = {link for link in page.links if link.endswith(f"#{slug}")}
        assert slug in see(site(), there.partition("#")[0]).ids
    first = see(site(), "/sources/nspcc-sexting-page")
    wanting = [link for link in first.links if re.search(r"#\w\w-\d+$", link)]
    assert len(wanting) > 20
    for link in wanting:
        address, _, slug = link.partition("#")
        assert slug in see(site(), address).ids


@pytest.mark.parametrize("address", ["/claims", "/practice", "/guidance", "/services", "/sources"])
def test_no_list_is_too_large(address):
    shelf = {"/sources": "/sources/nspcc-sexting-page"}.get(address, address)
    for page in (address, shelf):
        assert len(compress(get(site(), page).data)) < 35_000


@pytest.mark.no_cover
def test_every_real_thing_has_a_page_that_answers():
    client = site().test_client()
    for address in pages_of(site()):
        response = client.get(address)
        assert response.status_code == 200, address
        assert not Seen(response.text).faults, address
