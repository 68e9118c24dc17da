"""Guidance and practice as pages and through the API: on invented documents, and on our own."""

import pytest
from advice_site import CHECKED, get, sample_site, see
from served import site

from kb.document_states import CURRENT
from kb.old_citations import find_cited, successors

API = "/api/v1/guidance"
OLD, NEW = "school-pictures-2012", "school-pictures-2018"
LISTS = ("/guidance", "/practice", "/services", "/claims", "/misconceptions")
SINGLE = (
    f"/guidance/{OLD}",
    "/practice/look-once",
    "/services/snuffer",
    "/sources",
    "/sources/watch-page",
    "/claims/wp-001",
    "/misconceptions/images-act-everywhere",
)


def listed(page, shelf="/guidance/"):
    """The ids of what a page links to on a shelf."""
    return {link.split("?")[0].removeprefix(shelf) for link in page.links if link.startswith(shelf)}


OLD_DAY = "2015-01-01"


def ids_of(practice):
    """The ids of the points in a document of the API."""
    return {one["id"] for one in practice["practice"]}


def ids(response, key="guidance"):
    return [one["id"] for one in response.get_json()[key]]


# ---- the list ------------------------------------------------------------------------------------


def test_every_document_is_listed_under_its_kind_and_body():
    page = see(sample_site(), "/guidance", on=CHECKED)
    known = sample_site().extensions["knowledge"].advice
    assert listed(page) == set(known.guidance)
    heads = [
        page.text.rindex(word)
        for word in ("For prosecutors", "Northmark Prosecutor", "For schools")
    ]
    assert heads == sorted(heads)


def test_a_list_for_a_nation_has_its_documents_alone_and_what_was_not_found():
    page = see(sample_site(), "/guidance", nation="northmark", on=CHECKED)
    assert "charging-north" in listed(page)
    assert "charging-south-2016" not in listed(page)
    assert "Searched on 31 January 2026" in page.text
    assert "Sentencing, Northmark:" in page.text
    assert "Sentencing, Eastmark:" not in page.text
    kept = see(sample_site(), "/guidance", nation="northmark", topic="sharing", on=CHECKED)
    assert "Searched on" not in kept.text


@pytest.mark.parametrize(
    ("on", "state", "there"),
    [
        ("2011-12-31", "current", False),
        ("2012-04-15", "unknown", True),
        ("2012-05-01", "current", True),
        ("2017-12-31", "current", True),
        ("2018-06-01", "unknown", True),
        ("2018-06-01", "current", False),
        ("2019-01-01", "superseded", True),
        ("2019-01-01", "current", False),
    ],
)
def test_a_state_is_that_of_the_day(on, state, there):
    assert (OLD in ids(get(sample_site(), API, on=on, state=state))) == there
    assert (OLD in listed(see(sample_site(), "/guidance", on=on, state=state))) == there


def test_what_is_superseded_leads_on():
    page = see(sample_site(), "/guidance", state="superseded", on=CHECKED)
    assert OLD in listed(page)
    assert "Replaced by Pictures at school, again" in page.text
    assert f"/guidance/{NEW}" in page.paths


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"body": "northmark-prosecutor"}, {"charging-north"}),
        ({"audience": "social-worker"}, {"care-handbook"}),
        ({"kind": "education"}, {OLD, NEW}),
        ({"topic": "sharing", "nation": "eastmark"}, {OLD, NEW}),
    ],
)
def test_filters_keep_exactly_what_fits(query, found):
    assert set(ids(get(sample_site(), API, on=CHECKED, **query))) == found
    assert (
        listed(see(sample_site(), "/guidance", on=CHECKED, **query)) & {OLD, NEW, *found} == found
    )


def test_the_api_says_what_was_asked_and_what_was_not_found():
    found = get(sample_site(), API, nation="eastmark", kind="sentencing", on=CHECKED).get_json()
    assert found["asked"] == {"nation": "eastmark", "kind": "sentencing", "on": CHECKED}
    assert [one["id"] for one in found["none_found"]] == ["sentencing-eastmark"]
    assert found["guidance"] == []
    assert found["cited"] is None
    again = get(sample_site(), "/api/v1/none-found", nation="eastmark", kind="sentencing")
    assert again.get_json()["none_found"] == found["none_found"]


# ---- one document --------------------------------------------------------------------------------


def test_a_document_says_all_that_is_known_of_it():
    text = see(sample_site(), f"/guidance/{NEW}", on=CHECKED).text
    for said in (
        "School Board of Markland",
        "Do not look, copy or send.",
        "Whether an edition of 2025 was published.",
        "https://example.org/school-pictures-2018",
        "It replaced Pictures at school",
        "current as last seen",
        "First day not exactly known: not before 1 January 2018",
        "Checked on 31 January 2026",
        "Look once",
    ):
        assert said in text, said


def test_an_address_that_was_not_opened_says_so():
    assert "address not opened by us" in see(sample_site(), f"/guidance/{OLD}").text
    assert "address not opened by us" not in see(sample_site(), f"/guidance/{NEW}").text


def test_a_document_names_the_nations_that_it_is_not_for():
    text = see(sample_site(), "/guidance/charging-north", on=CHECKED).text
    assert "Southmark and Eastmark On 31 January 2026" not in text
    assert "Not for these nations" in text
    states = get(sample_site(), f"{API}/charging-north", on=CHECKED).get_json()["states"]
    assert [(one["nation"], one["state"]) for one in states] == [("northmark", "current")]


def test_a_superseded_document_warns_before_it_says_anything():
    text = see(sample_site(), f"/guidance/{OLD}", on=CHECKED).text
    assert text.index("It was replaced by") < text.index("Do not look.")
    now = see(sample_site(), f"/guidance/{OLD}", on="2015-01-01").text
    assert "On 1 January 2015:" not in now


def test_general_knowledge_stands_apart(knowledge):
    lowest = knowledge.schemes.slugs("confidences")[-1]
    document = next(
        one
        for one in knowledge.advice.guidance.values()
        if {lowest} < {point.confidence for point in one.says}
    )
    text = see(site(), f"/guidance/{document.id}").text
    apart = text.index("Likely, not confirmed This rests on general knowledge")
    for point in document.says:
        assert (text.index(" ".join(point.text.split())) > apart) == (point.confidence == lowest)


# ---- old citations -------------------------------------------------------------------------------


def test_an_old_citation_leads_to_the_end_of_the_chain():
    page = see(
        sample_site(), "/guidance", cited="School Board, Pictures at school (2012)", on=CHECKED
    )
    assert "Superseded" in page.text
    assert f"/guidance/{NEW}" in page.paths
    found = get(sample_site(), API, cited=OLD, on=CHECKED).get_json()["cited"]
    first = found["found"][0]
    assert first["document"]["id"] == OLD
    assert first["document"]["states"][0]["state"] == "superseded"
    assert [(one["document"]["id"], one["replaced"]) for one in first["successors"]] == [(NEW, OLD)]


def test_a_citation_that_is_not_here_is_said_to_be_not_found():
    page = see(sample_site(), "/guidance", cited="The keeping of tortoises, 1987")
    assert "Nothing that is recorded here is like it" in page.text
    assert "8 documents" in page.text
    found = get(sample_site(), API, cited="The keeping of tortoises, 1987").get_json()["cited"]
    assert found == {"words": "The keeping of tortoises, 1987", "searched": 8, "found": []}


def test_words_that_a_document_does_not_have_are_named():
    (one, *_) = get(sample_site(), API, cited="Pictures at school 2004").get_json()["cited"][
        "found"
    ]
    assert "2004" in one["without"]


@pytest.mark.parametrize(
    ("cited", "means", "becomes"),
    [
        (
            "UKCCIS (2016) Sexting in schools and colleges",
            "ukccis-sexting-2016a",
            "ukcis-nudes-full",
        ),
        ("ukccis-sexting-2016b", "ukccis-sexting-2016b", "ukcis-nudes-overview"),
        ("KCSIE 2024", "kcsie-2024", "kcsie-2026"),
        ("Searching, screening and confiscation, DfE 2018", "dfe-ssc-2018", "dfe-ssc-2022"),
    ],
)
def test_real_citations_find_their_successors(knowledge, cited, means, becomes):
    answer = find_cited(knowledge.advice, knowledge.schemes, cited)
    assert answer.found[0].document.id == means
    assert answer.found[0].successors[-1].document.id == becomes
    page = see(site(), "/guidance", cited=cited)
    assert {f"/guidance/{means}", f"/guidance/{becomes}"} <= set(page.links)


def test_each_superseded_document_is_found_by_its_own_title_and_leads_on(knowledge):
    advice = knowledge.advice
    old = [one for one in advice.guidance.values() if one.replaced_by]
    assert old
    for document in old:
        answer = find_cited(advice, knowledge.schemes, document.title)
        assert document.id in {one.document.id for one in answer.found}, document.id
        page = see(site(), f"/guidance/{document.id}")
        for step in successors(advice, document):
            assert f"/guidance/{step.document.id}" in page.links
        direct = {thing.id for thing in document.replaced_by}
        assert direct <= {step.document.id for step in successors(advice, document)}


# ---- our own data --------------------------------------------------------------------------------


def test_no_document_is_listed_for_a_nation_in_which_its_bodies_do_not_act(real_store, knowledge):
    said = {}
    for row in real_store.query(
        "PREFIX law: <https://w3id.org/whichlaw/ontology#>"
        " SELECT ?body ?nation WHERE { GRAPH ?g { ?body law:nation ?nation"
        ' FILTER(CONTAINS(STR(?body), "/id/body/")) } }'
    ):
        body, nation = (row[name].value.rsplit("/", 1)[1] for name in ("body", "nation"))
        said.setdefault(body, set()).add(nation)
    for nation in knowledge.schemes.slugs("nations"):
        found = get(site(), API, nation=nation).get_json()["guidance"]
        assert found
        for document in found:
            assert nation in document["nations"]
            assert any(nation in said[body] for body in document["bodies"]), document["id"]


def test_nothing_is_current_outside_its_days(knowledge):
    for on in ("1990-01-01", "2015-06-01", "2021-01-01", "2026-11-22"):
        for document in get(site(), API, on=on, state=CURRENT).get_json()["guidance"]:
            for state in document["states"]:
                if state["state"] == CURRENT:
                    assert not state["from"] or state["from"] <= on, document["id"]
                    assert not state["to"] or on < state["to"], document["id"]


# ---- practice ------------------------------------------------------------------------------------


def test_practice_is_grouped_in_the_order_of_the_scheme():
    text = see(sample_site(), "/practice").text
    places = [text.rindex(word) for word in ("Tell the lead", "Do not copy", "Look once")]
    assert places == sorted(places)


def test_roles_are_named_as_the_nation_names_them_and_else_neutrally():
    assert "Tell the safeguarding lead at once." in see(sample_site(), "/practice").text
    north = see(sample_site(), "/practice", nation="northmark").text
    assert "Tell the guardian of pupils at once." in north
    assert "Only the guardian of pupils may look" in north
    one = see(sample_site(), "/practice/look-once").text
    assert "Only the lead for safety (LS) may look" in one
    assert "Only the guardian of pupils may look" in one


def test_what_comes_first_is_open_and_the_rest_is_folded(knowledge):
    html = get(site(), "/practice", nation="scotland").text
    main = html[html.index("<main") : html.index("</main>")]
    first, _, more = main.partition('id="more"')
    for slug in knowledge.schemes.slugs("practice-kinds"):
        heading = f'<h2 id="kind-{slug}">'
        assert (heading in first) <= (slug in knowledge.advice.shown)
        assert heading not in more
    assert more.count('class="govuk-details advice-more"') > 5
    one = get(site(), "/practice", nation="scotland", kind="record").text
    assert '<h2 id="kind-record">' in one
    assert "advice-more" not in one


def test_the_list_is_that_of_a_role_in_a_nation(knowledge):
    page = see(site(), "/practice", nation="wales", audience="police")
    assert "What to do in Wales: police" in page.text
    shown = {path.removeprefix("/practice/") for path in page.paths if "/practice/" in path}
    advice = knowledge.advice
    assert shown
    for slug in shown - {"/api/v1/practice"}:
        if slug in advice.practice:
            assert "police" in advice.practice[slug].audiences
            assert any("wales" in said.nations for said in advice.practice[slug].said_by)


def test_what_was_advised_on_a_day_is_told_from_what_to_do_today():
    then = see(sample_site(), "/practice", on="2015-01-01")
    assert "This is what was advised on 1 January 2015. What to do today" in then.text
    assert "/practice" in then.links
    assert "This is what was advised" not in see(sample_site(), "/practice", on=CHECKED).text
    assert "This is what was advised" in see(sample_site(), "/practice/look-once", on=OLD_DAY).text
    for on in ("2011-01-01", "2015-01-01", CHECKED):
        page = see(sample_site(), "/practice", on=on)
        found = get(sample_site(), "/api/v1/practice", on=on).get_json()
        assert found["asked"] == {"on": on}
        listed_there = page.text.partition("Left out:")[0]
        for one in see(sample_site(), "/practice").paths:
            slug = one.removeprefix("/practice/")
            if slug in sample_site().extensions["knowledge"].advice.practice:
                label = get(sample_site(), f"/api/v1/practice/{slug}").get_json()["label"]
                assert (label in listed_there) == (slug in ids_of(found)), (on, slug)


def test_the_nation_and_the_day_go_along():
    page = see(site(), "/guidance", nation="wales", on="2017-07-02")
    documents = [link for link in page.links if link.startswith("/guidance/")]
    assert documents
    for link in documents:
        assert link.endswith("?nation=wales&on=2017-07-02"), link
    html = get(site(), documents[0]).text
    assert 'href="/guidance?nation=wales&amp;on=2017-07-02"' in html
    assert 'href="/claims?nation=wales"' in html
    assert 'href="/sources"' in html


def test_what_is_not_for_the_nation_of_the_reader_says_so():
    page = see(sample_site(), "/guidance/charging-north", nation="eastmark", on=CHECKED)
    assert "Not for Eastmark: see what there is for Eastmark" in page.text
    there = see(sample_site(), "/guidance/charging-north", nation="northmark", on=CHECKED)
    assert "Not for Northmark" not in there.text
    point = see(sample_site(), "/practice/refer-a-threat", nation="northmark", on=CHECKED)
    assert "No document in use in Northmark was found to give it" in point.text
    own = see(sample_site(), "/practice/look-once", nation="northmark", on=CHECKED)
    lead = own.text.index("Only the guardian of pupils may look")
    assert lead < own.text.index("In each nation")


def test_no_placeholder_reaches_a_reader():
    for address in (
        "/practice",
        "/practice?nation=england",
        "/practice/lead-may-view-as-last-resort",
    ):
        assert "{" not in see(site(), address).text


def test_a_point_that_no_document_gives_in_a_nation_is_left_out_and_counted():
    page = see(sample_site(), "/practice", nation="northmark")
    assert "/practice/refer-a-threat" not in page.paths
    assert "Left out: 1 point" in page.text
    assert "/practice/refer-a-threat" in see(sample_site(), "/practice", nation="southmark").paths


def test_a_point_says_which_document_says_it_where_and_how_sure():
    text = see(sample_site(), "/practice/refer-a-threat").text
    assert "Handbook of care" in text
    assert "Not known" in text
    assert "Read in another publication" in text
    assert text.count("No document in use there was found to give it") == 2


def test_the_api_gives_the_names_of_roles():
    found = get(sample_site(), "/api/v1/practice", nation="northmark").get_json()
    assert {one["nation"] for one in found["roles"]} == {"northmark"}
    assert "{safeguarding-lead}" in str(found["practice"])
    one = get(sample_site(), "/api/v1/practice/look-once").get_json()
    assert len(one["roles"]) == 3


# ---- what cannot be asked ------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "/api/v1"])
@pytest.mark.parametrize(
    ("address", "query", "said"),
    [
        *((address, {"nation": "mars"}, "southmark") for address in LISTS),
        *((address, {"odd": "1"}, "There is no parameter") for address in LISTS),
        ("/guidance", {"audience": "mars"}, "social-worker"),
        ("/guidance", {"kind": "mars"}, "education"),
        ("/guidance", {"body": "mars"}, "school-board"),
        ("/guidance", {"topic": "mars"}, "sharing"),
        ("/guidance", {"state": "mars"}, "superseded"),
        ("/guidance", {"on": "2021-02-30"}, "real day"),
        ("/guidance", {"nation": ["northmark", "eastmark"]}, "one value"),
        ("/guidance", {"cited": "x" * 501}, "too long"),
        ("/practice", {"kind": "mars"}, "refer-when"),
        ("/practice", {"on": "2021-02-30"}, "real day"),
        ("/practice", {"part": "2"}, "no parameter"),
        ("/services", {"kind": "mars"}, "removal"),
        ("/services", {"state": "mars"}, "closed"),
        ("/claims", {"verdict": "mars"}, "wrong-extent"),
        ("/claims", {"kind": "mars"}, "statistic"),
        ("/claims", {"page": "mars"}, "watch-page"),
    ],
)
def test_what_is_not_known_is_refused_with_what_would_do(prefix, address, query, said):
    response = get(sample_site(), prefix + address, status=400, **query)
    assert said in response.text
    if prefix:
        assert response.content_type == "application/problem+json"
        assert response.get_json()["parameter"] in query
        assert response.get_json()["valid"]


@pytest.mark.parametrize(
    ("address", "query", "said"),
    [
        (f"/guidance/{OLD}", {"nation": "mars"}, "southmark"),
        ("/practice/look-once", {"on": "yesterday"}, "year-month-day"),
        ("/services/snuffer", {"nation": ["northmark", "eastmark"]}, "one value"),
        ("/claims", {"part": "2"}, "as many pages as the list has"),
        ("/claims", {"part": "x"}, "whole number"),
        ("/claims", {"on": CHECKED}, "no parameter"),
        ("/misconceptions", {"on": CHECKED}, "no parameter"),
        ("/sources/watch-page", {"part": "2"}, "as many pages as the list has"),
        *((address, {"odd": "1"}, "There is no parameter") for address in SINGLE),
    ],
)
def test_a_page_about_one_thing_refuses_what_it_does_not_read(address, query, said):
    assert said in get(sample_site(), address, status=400, **query).text


@pytest.mark.parametrize("prefix", ["", "/api/v1"])
@pytest.mark.parametrize(
    "shelf", ["guidance", "practice", "services", "sources", "claims", "misconceptions"]
)
def test_what_is_not_here_is_not_found_with_a_hint(prefix, shelf):
    response = get(sample_site(), f"{prefix}/{shelf}/none-such", status=404)
    assert f"All are listed at {prefix}/{shelf}" in response.text


def test_an_empty_value_counts_as_not_stated():
    everything = ids(get(sample_site(), API, on=CHECKED))
    assert ids(get(sample_site(), API, on=CHECKED, nation="", state="", body="")) == everything


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "{{7*7}}", "\x00", "'\"", "%s%n"])
def test_hostile_citations_are_only_words(hostile):
    page = get(sample_site(), "/guidance", cited=hostile).text
    assert "<script>" not in page
    assert "49" not in see(sample_site(), "/guidance", cited="{{7*7}}").text
