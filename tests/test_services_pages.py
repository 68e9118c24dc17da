"""Services as pages and through the API: whom to call, and whom nobody can call any more."""

import pytest
from advice_site import CHECKED, get, sample_site, see
from served import site

from kb.advice_model import Contact
from kb.document_states import CURRENT
from web.services_page import contact_address

API = "/api/v1/services"
LIVE = ("tel:", "mailto:", "sms:")


def test_what_runs_comes_first_and_the_rest_apart():
    text = see(sample_site(), "/services", on=CHECKED).text
    places = [text.index(word) for word in ("Lantern Line", "Snuffer", "Candle Desk")]
    assert places == sorted(places)
    assert "1 service that runs" in text
    assert "Superseded (1)" in text
    assert "Not known (1)" in text


def test_a_contact_has_its_hours_and_what_is_not_confirmed_beside_it():
    page = see(sample_site(), "/services", on=CHECKED)
    assert "0000 001. Day and night" in page.text
    assert "tel:0000001" in page.links
    chat = page.text.index("example.org/lantern-line/chat")
    assert "Not confirmed: The hours of the chat." in page.text[chat : chat + 120]


def test_a_contact_is_that_of_the_nation():
    eastmark = see(sample_site(), "/services", nation="eastmark", on=CHECKED).text
    assert "lantern-line/chat" not in eastmark
    assert "lantern-line/chat" in see(sample_site(), "/services", nation="northmark").text


def test_what_runs_no_more_is_never_a_link_to_call_and_points_on():
    for address in ("/services", "/services/candle-desk"):
        page = see(sample_site(), address, on=CHECKED)
        assert "tel:0000002" not in page.links
        # Its own page is where it was read: as a source it may be linked, and nowhere else.
        assert page.links.count("https://example.org/candle-desk") == address.count("candle-desk")
        assert "/services/lantern-line" in page.paths
        assert "Use instead: Lantern Line" in page.text
    while_it_ran = see(sample_site(), "/services/candle-desk", on="2010-01-01")
    assert "tel:0000002" in while_it_ran.links


def test_a_service_of_which_it_is_not_known_is_no_link_either():
    page = see(sample_site(), "/services/snuffer", on=CHECKED)
    assert page.links.count("https://example.org/snuffer") == 1  # the source that was read
    assert "Not known" in page.text


def test_a_number_is_easy_to_tap_and_stands_under_what_it_is_for():
    html = get(sample_site(), "/services", on=CHECKED).text
    assert '<a href="tel:0000001" class="address call">' in html
    assert '<h2 id="kind-' in html
    text = see(site(), "/services", nation="northern-ireland").text
    heads = [text.rindex(name) for name in ("Police, in immediate danger", "Police, not an emerg")]
    assert heads == sorted(heads)


def test_a_service_that_is_not_for_the_nation_says_so(knowledge):
    nations = knowledge.schemes.slugs("nations")
    for slug, service in list(knowledge.advice.services.items())[2::6]:
        for nation in nations:
            first = see(site(), f"/services/{slug}", nation=nation).text.partition("How ")[0]
            assert ("Not for" in first) == (nation not in service.nations), (slug, nation)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "current"}, ["lantern-line"]),
        ({"state": "superseded"}, ["candle-desk"]),
        ({"state": "unknown"}, ["snuffer"]),
        ({"kind": "removal"}, ["snuffer"]),
        ({"audience": "parent"}, ["candle-desk"]),
        ({"nation": "northmark"}, ["lantern-line"]),
        ({"on": "2010-01-01", "state": "current"}, ["candle-desk"]),
        ({"kind": "police"}, []),
    ],
)
def test_filters_keep_exactly_what_fits(query, found):
    asked = {"on": CHECKED} | query
    response = get(sample_site(), API, **asked).get_json()
    assert [one["id"] for one in response["services"]] == found
    page = see(sample_site(), "/services", **asked)
    shown = {path for path in page.paths if path.startswith("/services/")}
    assert {f"/services/{one}" for one in found} <= shown
    if not found:
        assert "No service that is recorded here fits" in page.text


@pytest.mark.parametrize(
    ("channel", "value", "address"),
    [
        ("phone", "0800 1111", "tel:08001111"),
        ("phone", "+44 20 7946 0000", "tel:+442079460000"),
        ("phone", "028 9000 0000 (one of the Trusts)", "tel:02890000000"),
        ("phone", "999", "tel:999"),
        ("phone", "the number of your area", None),
        ("phone", "101 or 999", None),
        ("text", "88858", None),
        ("email", "help@example.org", "mailto:help@example.org"),
        ("email", "through the site", None),
        ("web", "example.org/report", "https://example.org/report"),
        ("form", "https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("web", "javascript:alert(1)", None),
        ("app", "its own report form", None),
        ("web", "example.org (through the site)", None),
    ],
)
def test_only_a_number_or_address_becomes_a_link(channel, value, address):
    contact = Contact(
        channel=channel,
        value=value,
        hours=None,
        nations=(),
        verify=None,
        sources=(),
        confidence="primary",
        fact="",
    )
    assert contact_address(contact) == address


# ---- our own data --------------------------------------------------------------------------------


def test_no_service_that_has_ended_has_a_live_link(knowledge):
    on = knowledge.checked_on.isoformat()
    ended = [
        one
        for one in get(site(), API, on=on).get_json()["services"]
        if all(state["state"] != CURRENT for state in one["states"])
    ]
    assert any(state["state"] == "closed" for one in ended for state in one["states"])
    for service in ended:
        page = see(site(), f"/services/{service['id']}", on=on)
        assert not [link for link in page.links if link.startswith(LIVE)], service["id"]
        assert service["address"] not in set(page.links) - {
            s["address"] for s in service["sources"]
        }


def test_every_running_service_says_how_it_is_reached_and_when_that_was_checked(knowledge):
    on = knowledge.checked_on.isoformat()
    text = see(site(), "/services", on=on).text
    for service in get(site(), API, on=on, state=CURRENT).get_json()["services"]:
        assert service["title"] in text
        for contact in service["contacts"]:
            assert contact["value"] in text
            if contact["verify"]:
                assert f"Not confirmed: {contact['verify']}" in text
    assert "Checked on" in text


def test_the_most_urgent_comes_first(knowledge):
    found = get(site(), API, state=CURRENT).get_json()["services"]
    assert "emergency" in found[0]["kinds"]
