"""The pictures as a reader gets them: well-formed, named, told again as a table, leading on."""

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest
from served import site

from kb.topics import topics_with_offences
from web.app import create_app

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = ("'\"", "<script>alert(1)</script>", "a\nb", "{{7*7}}", "\x00", "%s%n", "]]>", "é\ud7ff")
BARS = {"tl-law", "tl-likely", "tl-unknown", "tl-nearest"}
OUR_SCRIPT = re.compile(r"/static/build/[\w-]+\.js$")


@pytest.fixture(scope="module")
def real():
    return site().test_client()


@pytest.fixture(scope="module")
def client(sample_data, sample_ontology):
    app = create_app({"DATA": str(sample_data), "ONTOLOGY": str(sample_ontology)})
    return app.test_client()


@pytest.fixture(scope="module")
def ids(knowledge):
    return [offence.id for offence in knowledge.library.offences()]


class Page(HTMLParser):
    """The figures of a page: what is in their drawings, and the rows of their tables."""

    def __init__(self, html):
        super().__init__()
        self.figures, self.ids, self.links, self.faults = [], [], [], []
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.ids += [found["id"]] if "id" in found else []
        inline = tag == "style" or (tag == "script" and not OUR_SCRIPT.match(found.get("src", "")))
        if inline or "style" in found or any(n.startswith("on") for n in found):
            self.faults.append((tag, attrs))
        if tag == "figure":
            self.inside = True
            self.figures.append({"svg": 0, "img": [], "rows": 0, "links": [], "tables": 0})
        if not self.inside:
            return
        figure = self.figures[-1]
        if tag == "svg" and "tl-sheet" in found.get("class", ""):
            figure["svg"] += 1
        if found.get("role") == "img":
            figure["img"].append(found["aria-labelledby"].split())
        figure["tables"] += tag == "table"
        figure["rows"] += tag == "tr"
        if tag == "a":
            figure["links"].append(found["href"])

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "figure"


def drawings(html):
    """Every picture of a page, parsed as XML."""
    found = re.findall(r'<svg class="tl-sheet.*?\n</svg>', html, re.DOTALL)
    return [ET.fromstring(text.replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1)) for text in found]


def test_every_offence_has_its_picture_twice_and_its_table(real, knowledge, ids):
    for slug in ids[::7]:
        html = real.get(f"/offence/{slug}").text
        page = Page(html)
        assert not page.faults
        assert len(page.ids) == len(set(page.ids)), slug
        (figure,) = page.figures
        assert (figure["svg"], figure["tables"]) == (2, 1)
        for names in figure["img"]:
            assert len(names) == 2
            assert set(names) <= set(page.ids)
        for drawing in drawings(html):
            picture = drawing.find(f"{SVG}g[@role='img']")
            assert picture.find(f"{SVG}title").text
            assert picture.find(f"{SVG}desc").text
            # A picture has no parts for a screen reader, so what leads on stands beside it.
            assert not list(picture.iter(f"{SVG}a"))
            links = drawing.findall(f"{SVG}a")
            assert all(link.attrib["aria-label"] and link.attrib["href"] for link in links)
            absent = html.count(">Not law here</td>")
            assert figure["rows"] - 1 == len(links) + absent, "a row for each bar and each gap"


def test_the_table_says_what_the_picture_says(client):
    html = client.get("/timeline").text
    (figure,) = Page(html).figures
    places, days = (
        re.findall(rf'data-label="{name}">(.*?)</td>', html) for name in ("Nation", "When")
    )
    cells = list(zip(places, days, strict=True))
    wide, narrow = drawings(html)
    assert not narrow.findall(f"{SVG}a"), "thin bars are no target for a finger: the table leads on"
    bars = [
        len([box for box in one.iter(f"{SVG}rect") if box.attrib.get("class") in BARS])
        for one in (wide, narrow)
    ]
    assert bars[0] == bars[1]
    labels = [link.attrib["aria-label"] for link in wide.findall(f"{SVG}a")]
    assert len(labels) == figure["rows"] - 1 == len(cells)
    for label, (place, when) in zip(labels, cells, strict=True):
        assert label.startswith(f"{place}: ")
        assert label.endswith(f", {when[:1].lower()}{when[1:]}")


def test_pictures_that_stand_alone_are_whole(real, ids):
    for slug in ids:
        response = real.get(f"/timeline/offence/{slug}.svg")
        assert response.status_code == 200, slug
        assert response.content_type == "image/svg+xml; charset=utf-8"
        _is_whole(response.text)


@pytest.mark.parametrize("name", ["field", "glance"])
@pytest.mark.parametrize(
    "asked", ["", "?topic=share", "?topic=sharing", "?nation=scotland", "?material=message"]
)
def test_the_field_alone_is_whole(real, name, asked):
    _is_whole(real.get(f"/timeline/{name}.svg{asked}").text)


def _is_whole(text):
    drawing = ET.fromstring(text)
    assert drawing.attrib["role"] == "img"
    names = drawing.attrib["aria-labelledby"].split()
    title, desc = drawing.find(f"{SVG}title"), drawing.find(f"{SVG}desc")
    assert names == [title.attrib["id"], desc.attrib["id"]]
    assert title.text
    assert desc.text
    said = " ".join(text.text for text in drawing.iter(f"{SVG}text"))
    assert "Whichlaw." in said
    assert "Not legal advice." in said
    assert "checked on" in said
    for element in drawing.iter():
        assert not {"class", "style"} & set(element.attrib), "it looks the same without us"
    height = float(drawing.attrib["height"])
    assert all(float(text.attrib["y"]) <= height for text in drawing.iter(f"{SVG}text"))


@pytest.mark.parametrize(
    "address",
    [
        "/timeline?nation=mars",
        "/timeline?topic=mars",
        "/timeline?conduct=mars",
        "/timeline?material=mars",
        "/timeline?on=2017-07-02",
        "/timeline?colour=red",
        "/timeline?topic=share&topic=take",
        "/timeline?topic=sharing&topic=possessing",
        "/timeline?conduct=sharing",
        "/timeline/field.svg?nation=mars",
        "/timeline/glance.svg?colour=red",
    ],
)
def test_what_is_not_known_is_refused_and_explained(real, address):
    response = real.get(address)
    assert response.status_code == 400
    assert (
        "can be" in response.text or "There are:" in response.text or "one value" in response.text
    )


def test_an_offence_that_is_not_here_has_no_picture(real):
    assert real.get("/timeline/offence/nothing.svg").status_code == 404


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("name", ["nation", "topic", "conduct", "material"])
def test_hostile_parameters_are_refused_and_escaped(real, name, hostile):
    for path in ("/timeline", "/timeline/field.svg"):
        response = real.get(path, query_string={name: hostile})
        assert response.status_code == 400
        assert "<script>alert" not in response.text


def test_hostile_labels_are_escaped(sample_data, sample_ontology, tmp_path):
    folder = tmp_path / "data"
    bad = "<script>alert(1)</script> & ' \\\" ]]> {{7*7}}"
    for path in sample_data.rglob("*.ttl"):
        text = path.read_text(encoding="utf-8")
        copy = folder / path.relative_to(sample_data)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = re.sub(r'rdfs:label "[^"]*"@en', lambda _: f'rdfs:label "{bad}"@en', text)
        copy.write_text(text, encoding="utf-8")
    app = create_app({"DATA": str(folder), "ONTOLOGY": str(sample_ontology)})
    client, library = app.test_client(), app.extensions["knowledge"].library
    (slug, *_) = [offence.id for offence in library.offences()]
    for path in ("/timeline", f"/offence/{slug}", f"/timeline/offence/{slug}.svg"):
        text = client.get(path).text
        assert "<script>" not in text
        assert "{{7*7}}" in text
        assert "&lt;script&gt;" in text
    _is_whole(client.get(f"/timeline/offence/{slug}.svg").text)
    assert drawings(client.get("/timeline").text)


def test_every_link_of_a_picture_answers(client):
    library = client.application.extensions["knowledge"].library
    pages = ["/timeline", *(f"/offence/{offence.id}" for offence in library.offences())]
    links = {
        link for page in pages for f in Page(client.get(page).text).figures for link in f["links"]
    }
    ours = {link for link in links if link.startswith("/")}
    assert len(ours) > len(pages)
    for link in ours:
        assert client.get(link).status_code == 200, link


def test_links_of_some_real_pictures_answer(real, ids):
    page = Page(real.get("/timeline?nation=scotland&topic=share").text)
    links = {link for figure in page.figures for link in figure["links"]}
    links |= set(Page(real.get(f"/offence/{ids[0]}").text).figures[0]["links"])
    for link in links:
        assert real.get(link).status_code == 200, link


def test_a_bar_leads_to_a_day_on_which_its_offence_is_law(real, knowledge, ids):
    for slug in ids[::9]:
        chart = Page(real.get(f"/offence/{slug}").text).figures[0]
        asked = [link for link in chart["links"] if link.startswith("/law?")]
        windows = knowledge.library.offence(slug).windows
        exact = [w for w in windows if w.certainty == "exact" and w.start]
        for link in asked[: len(exact)]:
            assert re.search(r"on=\d{4}-\d\d-\d\d", link)
        for window in exact:
            assert any(f"on={window.start}" in link for link in asked), slug


def test_every_word_of_the_schemes_has_its_page(real, knowledge):
    for scheme in ("conducts", "materials"):
        for concept in knowledge.schemes.scheme(scheme):
            response = real.get(f"/timeline?topic={concept.slug}")
            assert response.status_code == 200
            assert concept.label in response.text


def test_every_topic_has_its_page_and_leads_to_its_changes_and_back(real, knowledge):
    drawn = {t.slug for t in topics_with_offences(knowledge.catalogue, knowledge.schemes)}
    for topic in knowledge.schemes.scheme("topics"):
        html = real.get(f"/timeline?topic={topic.slug}&nation=scotland").text
        page = Page(html)
        assert not page.faults
        assert bool(page.figures) is (topic.slug in drawn)
        assert f"<h2>{topic.label}: the offences of Scotland</h2>" in html
        assert f'value="{topic.slug}" selected' in html
        changes = f"/changes?topic={topic.slug}&amp;nation=scotland"
        assert f'href="{changes}"' in html
        assert f'href="/feeds/topic/{topic.slug}/scotland.atom"' in html
        back = f'href="/timeline?topic={topic.slug}&amp;nation=scotland"'
        assert (back in real.get(changes.replace("&amp;", "&")).text) is (topic.slug in drawn)


def test_a_topic_shows_its_offences_and_no_other(real, knowledge):
    html = real.get("/timeline?nation=scotland&topic=threats-and-blackmail").text
    label = knowledge.library.offence("absha-2016-s2-1").label
    assert label in html
    assert knowledge.library.offence("soa-s-2009-s6-1").label not in html


def test_topics_are_offered_first_and_are_parts_of_the_whole(real):
    html = real.get("/timeline").text
    offered = re.findall(r'<optgroup label="([^"]+)">', html)
    assert offered == ["Topics", "What was done", "To what"]
    parts = html.index("Part by part")
    assert parts < html.index('href="/timeline?topic=threats-and-blackmail"')
    assert parts < html.index('href="/timeline?conduct=threaten-to-share"')
    assert "Part by part" not in real.get("/timeline?topic=support").text


@pytest.mark.parametrize(("name", "word"), [("conduct", "share"), ("material", "message")])
def test_a_word_is_still_read_where_the_topic_stands(real, name, word):
    older, newer = (
        drawings(real.get(f"/timeline?nation=wales&{key}={word}").text) for key in ("topic", name)
    )
    assert older
    assert [ET.tostring(one) for one in older] == [ET.tostring(one) for one in newer]


def test_what_a_topic_can_be_is_said(real):
    text = real.get("/timeline?topic=mars").text
    assert all(word in text for word in ("threats-and-blackmail", "send-unsolicited", "tool"))


def test_an_answer_shows_when_each_offence_that_applies_is_law_and_the_day_asked_about(real):
    asked = "nation=scotland&on=2017-07-02&conduct=share&material=intimate-image&depicted_age=17"
    html = real.get(f"/law?{asked}").text
    strips = re.findall(r'<svg class="strip" .*?</svg>', html, re.DOTALL)
    assert len(strips) == html.count('<details class="offence"') > 1
    for strip in strips:
        picture = ET.fromstring(strip)
        assert picture.get("aria-labelledby").split() == [
            picture[0].get("id"),
            picture[1].get("id"),
        ]
        assert any("strip-" in (one.get("class") or "") for one in picture.iter("rect"))
        assert strip.count("#scotland-day") == 1
    assert html.count('id="scotland-day"') == 1
    assert len(strips) == html.count(">Every nation: picture and table<")
    assert not Page(html).faults


def test_an_answer_with_nothing_that_applies_has_no_picture(real):
    html = real.get("/law?nation=scotland&on=1900-01-01&conduct=share").text
    applies = html.partition('id="scotland-applies"')[2]
    assert 'class="strip"' not in applies.partition("<h3")[0]
    assert not Page(html).figures


def test_pictures_have_no_script_and_no_style(real):
    for path in ("/timeline", "/timeline?topic=share", "/timeline?nation=wales"):
        assert not Page(real.get(path).text).faults
