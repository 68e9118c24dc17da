"""Every type of page there is, each with one real address on the real data, in one table.

What looks at pages one after another (accessibility, validity, pictures) takes them from here.
``tests/test_page_types.py`` fails where the site has a route that is neither here nor in NOT_PAGES.
"""

from typing import NamedTuple
from urllib.parse import quote


class PageType(NamedTuple):
    """One type of page: what it is called, where one of it is, and with which status it answers."""

    name: str
    path: str
    status: int = 200


COUNT = (
    "PREFIX law: <https://w3id.org/whichlaw/ontology#>"
    " SELECT (COUNT(DISTINCT ?offence) AS ?number) { ?offence a law:Offence }"
)
SHARED = "conduct=share&material=intimate-image"
OLD = f"nation=scotland&on=2017-01-01&{SHARED}"
CHILD = "depicted_age=15&accused_age=16&consent=no"
STATED = "situation=picture-shared&nation=scotland&on=2017-07-03"

PAGES = (
    PageType("home", "/"),
    # the journey
    PageType("ask-what", "/ask"),
    PageType("ask-where", "/ask/where?situation=picture-shared"),
    PageType("ask-when", "/ask/when?situation=picture-shared&nation=scotland"),
    PageType("ask-who", f"/ask/who?{STATED}"),
    PageType("ask-check", f"/ask/check?{STATED}&{CHILD}"),
    PageType("ask-what-wrong", "/ask?answered=what", 400),
    PageType("ask-where-wrong", "/ask/where?answered=where&situation=picture-shared", 400),
    PageType("ask-when-wrong", "/ask/when?answered=when&when=day&on-day=30&on-month=2", 400),
    PageType("ask-who-wrong", "/ask/who?answered=who&depicted_age=x&accused_age=y", 400),
    PageType("ask-refused", "/ask/where?nation=nowhere", 400),
    PageType("form", "/form"),
    PageType("form-wrong", "/form?on=2020-02-30&depicted_age=x&from=2020-01-01", 400),
    # the answer
    PageType("law-four-nations", f"/law?on=2026-11-01&{SHARED}"),
    PageType("law-one-nation", f"/law?nation=wales&on=2026-11-01&{SHARED}&{CHILD}"),
    PageType("law-old-day", f"/law?nation=scotland&on=2017-07-02&{SHARED}&depicted_age=17"),
    PageType("law-nothing-stated", "/law"),
    PageType("law-unknown", "/law?nation=northern-ireland&on=1985-01-01&conduct=share"),
    PageType("law-period", f"/law?nation=scotland&from=2016-01-01&to=2018-01-01&{SHARED}"),
    PageType("law-wrong", "/law?nation=nowhere&depicted_age=x", 400),
    PageType("now", f"/law/now?nation=northern-ireland&on=2017-07-03&{SHARED}"),
    PageType("now-wrong", "/law/now", 400),
    # comparing
    PageType("compare", "/compare?on=2026-11-01"),
    PageType("compare-differences", "/compare?only=differences&material=intimate-image"),
    PageType("compare-nations", "/compare?nation=england&nation=scotland&on=2026-11-01"),
    PageType("compare-days", "/compare?nation=scotland&on=2017-07-02&other_on=2017-07-03"),
    PageType("compare-wrong", "/compare?nation=nowhere", 400),
    # things
    PageType("offence", "/offence/absha-2016-s2-1"),
    PageType("offence-ended", "/offence/cjca-2015-s33-1-disclose?nation=wales&on=2026-11-01"),
    PageType("offence-none", "/offence/none", 404),
    PageType("provision", "/legislation/asp/2016/22/section/2"),
    PageType("common-law", "/legislation/common-law/scotland/extortion"),
    PageType("provision-none", "/legislation/asp/2016/22/section/999", 404),
    PageType("instrument", "/legislation/asp/2016/22"),
    PageType("thing", "/id/offence/absha-2016-s2-1.html"),
    # guidance, practice, services
    PageType("guidance", "/guidance?nation=wales&on=2026-11-01"),
    PageType("guidance-cited", "/guidance?cited=UKCCIS+2016"),
    PageType("guidance-document", "/guidance/ukccis-sexting-2016a"),
    PageType("guidance-wrong", "/guidance?nation=nowhere", 400),
    PageType("practice", "/practice?nation=scotland"),
    PageType("practice-point", "/practice/never-copy"),
    PageType("practice-wrong", "/practice?nation=nowhere", 400),
    PageType("services", "/services"),
    PageType("service", "/services/childline"),
    PageType("services-wrong", "/services?nation=nowhere", 400),
    # on whose word
    PageType("sources", "/sources"),
    PageType("source", "/sources/kent-police-bait-out"),
    PageType("claims", "/claims?verdict=outdated"),
    PageType("claim", "/claims/kn-001"),
    PageType("claims-wrong", "/claims?verdict=nowhere", 400),
    PageType("misconceptions", "/misconceptions"),
    PageType("misconception", "/misconceptions/agreement-makes-it-lawful"),
    # searching
    PageType("search", "/search"),
    PageType("search-hits", "/search?q=nudes"),
    PageType("search-no-hits", "/search?q=qqqqzzzz"),
    PageType("search-corrected", "/search?q=upskrting"),
    PageType("search-wrong", "/search?q=nudes&kind=nowhere", 400),
    # over time
    PageType("changes", "/changes?from=2016-01-01&to=2018-01-01&topic=threats-and-blackmail"),
    PageType("changes-none", "/changes?from=1850-01-01&to=1850-02-01"),
    PageType("changes-wrong", "/changes?from=yesterday", 400),
    PageType("since", "/changes/since"),
    PageType("since-answer", f"/changes/since?taught=2017-01-01&answer={quote('/law?' + OLD)}"),
    PageType("since-wrong", "/changes/since?taught=2020-01-01&answer=nowhere", 400),
    PageType("timeline", "/timeline"),
    PageType("timeline-topic", "/timeline?topic=threats-and-blackmail"),
    PageType("timeline-wrong", "/timeline?topic=nowhere", 400),
    # reference
    PageType("coverage", "/coverage"),
    PageType("glossary", "/glossary"),
    PageType("about", "/about"),
    PageType("accessibility", "/accessibility"),
    PageType("ontology", "/ontology"),
    PageType("ontology-gone", "/ontology/contact", 410),
    PageType("scheme", "/ontology/schemes/conducts"),
    PageType("term", "/ontology/terms/Offence"),
    PageType("data", "/data"),
    PageType("data-files", "/data/files"),
    PageType("sparql", "/sparql"),
    PageType("sparql-answer", f"/sparql?query={quote(COUNT)}"),
    PageType("sparql-wrong", "/sparql?query=SELEC", 400),
    PageType("sparql-examples", "/sparql/examples"),
    PageType("none", "/nowhere", 404),
    # in Welsh
    PageType("home-welsh", "/cy/"),
    PageType("ask-check-welsh", f"/cy/ask/check?{STATED}&{CHILD}"),
    PageType("ask-who-wrong-welsh", "/cy/ask/who?answered=who&depicted_age=x", 400),
    PageType("law-welsh", f"/cy/law?nation=wales&on=2026-11-01&{SHARED}"),
    PageType("guidance-welsh", "/cy/guidance"),
)
BY_NAME = {page.name: page for page in PAGES}
# Blueprints and views that answer with something else than a page.
NOT_PAGES = {
    "advice_api": "JSON",
    "api": "JSON",
    "changes.changes_api": "JSON",
    "changes.since_api": "JSON",
    "cite": "files for programs that keep references",
    "compare.compare_api": "JSON",
    "compare.table": "CSV",
    "contexts": "JSON-LD",
    "data.file": "a file",
    "data.in_form": "RDF",
    "data.well_known": "a redirect",
    "examples.for_programs": "JSON",
    "feeds": "Atom",
    "pages.healthz": "JSON",
    "reconcile": "JSON",
    "search.feed": "Atom",
    "search.search_api": "JSON",
    "sparql_terms": "JSON",
    "static": "files",
    "suggest": "JSON",
    "timeline.field_alone": "SVG",
    "timeline.glance_alone": "SVG",
    "timeline.offence_alone": "SVG",
    "vocabulary.in_form": "RDF",
    "vocabulary.term": "a redirect to its place on the page of the ontology, or that it is gone",
}
