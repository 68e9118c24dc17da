"""The page cache: the same answers as without it, made once, and sent as HTTP has it."""

import gzip
import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import brotli
import pytest
from flask import Flask, Response, redirect, request
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from kb import asked
from kb.knowledge import Knowledge, open_knowledge
from kb.releases import RELEASES
from web.app import create_app
from web.page_cache import PageCache, register
from web.page_encoding import ENCODINGS, LEAST, preferred
from web.page_kept import RECORD, Page, Shelf

DECODE: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "gzip": gzip.decompress,
    "br": brotli.decompress,
}
LAW = "/law?nation=northmark&on=2020-01-01"
LONG = "A lamp is lit. " * 200


class Site:
    """A site of a few addresses with the cache around it; ``made`` counts what was really asked."""

    def __init__(self, known: Knowledge, *, most: int = 2**20, **config: Any) -> None:
        self.app, self.made = Flask(__name__), 0
        self.app.config.from_mapping(PAGE_CACHE_BYTES=most, RELEASES=str(RELEASES), **config)
        self.app.extensions["knowledge"] = known
        self.headers: dict[str, str] = {}
        self.app.add_url_rule("/<path:name>", view_func=self.answer, methods=["GET", "POST"])
        register(self.app)
        self.client = self.app.test_client()

    def answer(self, name: str) -> Any:
        self.made += 1
        if name.isdigit():
            return Response(LONG, int(name))
        if name == "away":
            return redirect("/there", 303)
        if name == "broken":
            raise RuntimeError
        host, accept = request.host_url, request.headers.get("Accept")
        text = f"{name} {request.query_string!r} {host} {request.script_root} {accept} {LONG}"
        return Response(text, headers=self.headers)

    @property
    def cache(self) -> PageCache:
        found = self.app.wsgi_app
        assert isinstance(found, PageCache)
        return found

    @property
    def shelf(self) -> Shelf:
        assert self.cache.shelf is not None
        return self.cache.shelf


@pytest.fixture
def site(sample: Knowledge) -> Site:
    return Site(sample)


@pytest.fixture(scope="module")
def pages(sample_data: Path, sample_ontology: Path) -> Flask:
    """The real program on the invented law."""
    return create_app({"DATA": str(sample_data), "ONTOLOGY": str(sample_ontology), "CACHE": ""})


def test_page_is_made_once(site: Site):
    first, again = site.client.get("/lamp?a=1"), site.client.get("/lamp?a=1")
    assert site.made == 1
    assert (first.status_code, first.data) == (again.status_code, again.data)
    assert list(first.headers) == list(again.headers)


@pytest.mark.parametrize(
    ("other", "headers", "base"),
    [
        ("/lamp?a=2", {}, None),
        ("/lantern?a=1", {}, None),
        ("/lamp?a=1", {}, "https://localhost/"),
        ("/lamp?a=1", {}, "http://elsewhere/"),
        ("/lamp?a=1", {}, "http://localhost/mounted/"),
    ],
)
def test_another_address_is_another_answer(site: Site, other: str, headers: dict, base: str | None):
    first = site.client.get("/lamp?a=1").data
    for _ in range(2):
        assert site.client.get(other, headers=headers, base_url=base).data != first
    assert site.made == 2


def test_a_prefix_put_around_it_is_part_of_the_address(site: Site):
    around = Client(DispatcherMiddleware(site.app, {"/cy": site.app}))
    plain, mounted = around.get("/lamp"), around.get("/cy/lamp")
    assert "/cy" in mounted.text
    assert "/cy" not in plain.text
    assert around.get("/cy/lamp").data == mounted.data
    assert site.made == 2


@pytest.mark.parametrize("encoding", DECODE)
def test_encodings_hold_the_same_bytes(pages: Flask, encoding: str):
    client = pages.test_client()
    plain = client.get(LAW)
    for _ in range(2):
        sent = client.get(LAW, headers={"Accept-Encoding": encoding})
        assert sent.headers.get("Content-Encoding", "") == encoding
        assert DECODE[encoding](sent.data) == plain.data
        assert int(sent.headers["Content-Length"]) == len(sent.data)
        assert "Accept-Encoding" in sent.headers["Vary"]
    assert encoding == "" or len(sent.data) < len(plain.data) / 3


def test_an_etag_is_of_one_encoding(pages: Flask):
    tags = {
        pages.test_client().get(LAW, headers={"Accept-Encoding": name}).headers["ETag"]
        for name in DECODE
    }
    assert len(tags) == len(DECODE)
    assert all(tag.startswith('"') and tag.endswith('"') for tag in tags)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", "identity"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0.5, gzip", "gzip"),
        ("br;q=0, gzip;q=0", "identity"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("identity", "identity"),
        ("gzip;q=0.5, identity;q=0.9", "identity"),
        ("deflate", "identity"),
        ("no such thing;;;q=x", "identity"),
        ("gzip," * 1000, "identity"),
    ],
)
def test_reader_chooses_the_encoding(accepted: str, encoding: str):
    assert preferred(accepted) == encoding


def test_what_is_short_or_no_text_is_not_compressed(sample: Knowledge):
    site = Site(sample)
    site.headers = {"Content-Type": "image/png"}
    sent = site.client.get("/picture", headers={"Accept-Encoding": "br"})
    assert "Content-Encoding" not in sent.headers
    assert "Vary" not in sent.headers
    assert len(gzip.compress(b"x" * LEAST)) < LEAST


@pytest.mark.parametrize("encoding", DECODE)
def test_who_has_it_is_told_so(site: Site, encoding: str):
    known = {"Accept-Encoding": encoding}
    first = site.client.get("/lamp", headers=known)
    tag = first.headers["ETag"]
    for said in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = site.client.get("/lamp", headers={**known, "If-None-Match": said})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == tag
        assert again.headers["Cache-Control"] == first.headers["Cache-Control"] == "no-cache"
        assert again.headers["Vary"] == first.headers["Vary"]
        assert not {"Content-Type", "Content-Length", "Content-Encoding"} & set(
            again.headers.keys()
        )
    assert site.made == 1
    other = site.client.get("/lamp", headers={**known, "If-None-Match": '"other"'})
    assert (other.status_code, other.data) == (200, first.data)


def test_who_has_it_is_told_so_by_a_worker_that_has_not(sample: Knowledge):
    tag = Site(sample).client.get("/lamp").headers["ETag"]
    again = Site(sample).client.get("/lamp", headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)


def test_head_says_what_get_would(site: Site):
    for first, then in (("HEAD", "GET"), ("GET", "HEAD")):
        sent = {way: site.client.open(f"/{first}", method=way) for way in (first, then)}
        assert sent["HEAD"].data == b""
        assert list(sent["HEAD"].headers) == list(sent["GET"].headers)
        assert sent["HEAD"].headers["Content-Length"] == str(len(sent["GET"].data))
    assert site.made == 2


def test_answers_that_vary_are_kept_apart(site: Site):
    site.headers = {"Vary": "Accept"}
    sent = [
        site.client.get("/lamp", headers={"Accept": accept})
        for accept in ("text/html", "text/turtle", "text/html", "text/turtle")
    ]
    assert site.made == 2
    assert [one.text.split()[3] for one in sent] == ["text/html", "text/turtle"] * 2
    assert sent[0].headers["ETag"] == sent[2].headers["ETag"] != sent[1].headers["ETag"]
    assert sent[0].headers["Vary"] == "Accept, Accept-Encoding"


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "no-store"},
        {"Cache-Control": "private, max-age=3"},
        {"Set-Cookie": "lamp=lit"},
        {"Vary": "*"},
    ],
)
def test_what_is_for_one_reader_is_not_kept(site: Site, headers: dict[str, str]):
    site.headers = headers
    for number in (1, 2):
        assert site.client.get("/lamp").headers[next(iter(headers))]
        assert site.made == number


@pytest.mark.parametrize("status", [400, 404, 410, 500, 503, 206, 302])
def test_errors_are_not_kept(site: Site, status: int):
    for number in (1, 2):
        answer = site.client.get(f"/{status}")
        assert (answer.status_code, site.made) == (status, number)
        assert "ETag" not in answer.headers


def test_a_view_that_breaks_is_asked_again(site: Site):
    for number in (1, 2):
        assert site.client.get("/broken").status_code == 500
        assert site.made == number


def test_head_of_an_error_has_no_content(site: Site):
    answer = site.client.head("/404")
    assert (answer.status_code, answer.data) == (404, b"")


def test_a_redirection_that_stands_is_kept(site: Site):
    for _ in range(2):
        answer = site.client.get("/away")
        assert (answer.status_code, answer.headers["Location"]) == (303, "/there")
        assert "ETag" not in answer.headers
    assert site.made == 1


def test_what_the_view_said_stands(site: Site):
    site.headers = {"ETag": '"mine"', "Cache-Control": "public, max-age=60"}
    plain, packed = (
        site.client.get("/lamp", headers={"Accept-Encoding": name}) for name in ("", "gzip")
    )
    assert (plain.headers["ETag"], packed.headers["ETag"]) == ('"mine"', '"mine-gzip"')
    assert packed.headers["Cache-Control"] == "public, max-age=60"
    known = {"Accept-Encoding": "gzip", "If-None-Match": '"mine-gzip"'}
    assert site.client.get("/lamp", headers=known).status_code == 304


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("POST", {}),
        ("GET", {"Range": "bytes=0-3"}),
        ("GET", {"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}),
        ("GET", {"If-Match": '"other"'}),
        ("GET", {"Authorization": "Basic x"}),
    ],
)
def test_other_requests_go_past(site: Site, method: str, headers: dict[str, str]):
    site.client.get("/lamp")
    site.client.open("/lamp", method=method, headers=headers)
    site.client.open("/lamp", method=method, headers=headers)
    assert site.made == 3


@pytest.mark.parametrize("path", ["/sparql", "/healthz", "/data/lamps.csv"])
def test_some_addresses_go_past(site: Site, path: str):
    answers = [site.client.get(path, headers={"Accept-Encoding": "br"}) for _ in range(2)]
    assert site.made == 2
    assert all("ETag" not in answer.headers for answer in answers)


@pytest.mark.parametrize(
    ("headers", "made"),
    [({"ETag": 'W/"a"'}, 1), ({"ETag": 'W/"a"', "Limit-Reached": "rows"}, 2), ({}, 2)],
)
def test_answer_to_a_query_is_kept_if_it_stands(site: Site, headers: dict[str, str], made: int):
    site.headers = headers
    for _ in range(2):
        site.client.get("/sparql?query=ASK{}")
    assert site.made == made


def test_nobody_waits_for_the_query_of_somebody_else(site: Site):
    """As long as both take, they are answered side by side: each meets the other."""
    both = threading.Barrier(2)
    asked_for = site.answer

    def answer(name: str) -> Any:
        both.wait(timeout=20)
        return asked_for(name)

    site.app.view_functions["answer"] = answer
    ask = [
        threading.Thread(target=site.app.test_client().get, args=("/sparql?query=ASK{}",))
        for _ in "ab"
    ]
    for one in ask:
        one.start()
    for one in ask:
        one.join()
    assert (site.made, both.broken) == (2, False)


def test_a_new_day_in_london_is_answered_anew(site: Site, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(asked, "today", lambda: date(2026, 3, 28))
    tag = site.client.get("/lamp").headers["ETag"]
    monkeypatch.setattr(asked, "today", lambda: date(2026, 3, 29))
    answer = site.client.get("/lamp", headers={"If-None-Match": tag})
    assert (answer.status_code, site.made) == (200, 2)
    assert answer.headers["ETag"] != tag
    assert len(site.shelf) == 1, "what was said yesterday is let go"


def test_a_page_about_today_is_about_the_new_day(pages: Flask, monkeypatch: pytest.MonkeyPatch):
    seen = set()
    for day in (date(2026, 3, 28), date(2026, 3, 29)):
        monkeypatch.setattr(asked, "today", lambda day=day: day)
        for _ in range(2):
            seen.add((day, pages.test_client().get("/api/v1/law").get_json()["asked"]["on"]))
    assert seen == {(day, day.isoformat()) for day, _ in seen}


def test_what_is_made_as_the_day_turns_is_not_told_of_the_next(
    site: Site, monkeypatch: pytest.MonkeyPatch
):
    days = [date(2026, 3, 28)]
    monkeypatch.setattr(asked, "today", lambda: days[-1])

    def turn(name: str) -> Response:
        days.append(days[-1] + timedelta(days=1))
        return Response(LONG)

    site.app.add_url_rule("/turn/<name>", view_func=turn)
    site.client.get("/turn/a")
    site.client.get("/lamp")
    assert len(site.shelf) == 1


def test_other_knowledge_is_answered_anew(
    site: Site, sample_data: Path, sample_ontology: Path, tmp_path: Path
):
    tag = site.client.get("/lamp").headers["ETag"]
    same = open_knowledge(sample_data, sample_ontology)
    site.app.extensions["knowledge"] = same
    assert site.client.get("/lamp").headers["ETag"] == tag, "it is the same data"
    assert site.made == 2
    fewer = tmp_path / "data"
    fewer.mkdir()
    for path in sample_data.rglob("*.ttl"):
        (fewer / path.name).write_bytes(path.read_bytes().replace(b"@en", b"@en "))
    site.app.extensions["knowledge"] = open_knowledge(fewer, sample_ontology)
    assert site.client.get("/lamp", headers={"If-None-Match": tag}).status_code in (200, 304)
    assert site.made == 3


def test_other_settings_are_another_state(sample: Knowledge):
    tags = {
        Site(sample, REPORT_ADDRESS=where).client.get("/lamp").headers["ETag"]
        for where in ("https://one.example/", "https://other.example/")
    }
    assert len(tags) == 2


def test_memory_is_bounded(sample: Knowledge):
    most = 200_000
    site = Site(sample, most=most)
    for number in range(500):
        site.client.get(f"/lamp?n={number}")
        assert site.shelf.size <= most
    assert len(site.shelf) > 20
    assert site.shelf.size == sum(
        page.size + len(repr(key)) for key, page in site.shelf._pages.items()
    )


def test_a_page_that_is_read_outlives_a_flood(sample: Knowledge):
    site = Site(sample, most=200_000)
    for number in range(500):
        site.client.get("/read")
        site.client.get(f"/flood?n={number}")
    assert site.made == 501


def test_after_a_flood_pages_are_kept_again(sample: Knowledge):
    site = Site(sample, most=200_000)
    for _ in range(2):
        for number in range(300):
            site.client.get(f"/flood?n={number}")
    before = site.made
    for _ in range(5):
        site.client.get("/read")
    assert site.made == before + 1


def test_long_addresses_count(sample: Knowledge):
    site = Site(sample, most=200_000)
    for number in range(100):
        site.client.get(f"/lamp?{'n' * 5_000}={number}")
    assert len(site.shelf) < 40


def test_what_is_too_large_is_sent_and_not_kept(sample: Knowledge):
    site = Site(sample, most=16 * RECORD)
    for number in (1, 2):
        assert site.client.get("/lamp").text.endswith(LONG)
        assert (site.made, len(site.shelf)) == (number, 0)
    site.headers = {"ETag": '"mine"'}
    assert site.client.get("/lamp", headers={"If-None-Match": '"mine"'}).status_code == 304


def test_what_comes_bit_by_bit_is_passed_on(site: Site):
    closed: list[bool] = []

    def bits() -> Iterator[bytes]:
        yield b"one, "
        yield b"two"

    def stream(name: str) -> Response:
        response = Response(bits())
        response.call_on_close(lambda: closed.append(True))
        return response

    site.app.add_url_rule("/stream/<name>", view_func=stream)
    with site.client.get("/stream/a") as whole:
        assert whole.data == b"one, two"
    assert site.client.head("/stream/a").data == b""
    assert (len(site.shelf), closed) == (0, [True, True])


def test_a_crowd_makes_a_page_once(site: Site):
    crowd, gate, asked_of = 8, threading.Event(), []

    def slow(name: str) -> Response:
        asked_of.append(name)
        gate.wait(5)
        return Response(f"{name} {LONG}")

    site.app.add_url_rule("/slow/<name>", view_func=slow)
    told: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: told.append(site.app.test_client().get("/slow/a").data))
        for _ in range(crowd)
    ]
    for thread in threads:
        thread.start()
    gate.set()
    for thread in threads:
        thread.join()
    assert (len(asked_of), len(told), len(set(told))) == (1, crowd, 1)


def test_threads_are_told_the_truth(sample: Knowledge):
    site, wrong = Site(sample, most=100_000), []

    def read(start: int) -> None:
        client = site.app.test_client()
        for number in range(start, start + 200):
            name, way = f"lamp-{number * 7 % 40}", ("br", "gzip", "")[number % 3]
            sent = client.get(f"/{name}", headers={"Accept-Encoding": way})
            if not DECODE[way](sent.data).startswith(f"{name} ".encode()):
                wrong.append(name)

    threads = [threading.Thread(target=read, args=(start,)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert site.shelf.size <= 100_000


def test_nobody_can_change_what_is_kept(site: Site):
    def change(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        headers.append(("X-Changed", "yes"))

    first = site.client.get("/lamp")
    environ = first.request.environ
    body: Any = site.app.wsgi_app(dict(environ), change)
    body.clear()
    again = site.client.get("/lamp")
    assert "X-Changed" not in again.headers
    assert again.data == first.data


def test_every_header_of_a_page_is_kept(pages: Flask):
    without = create_app({**pages.config, "PAGE_CACHE_BYTES": 0}).test_client()
    assert not isinstance(without.application.wsgi_app, PageCache)
    for path in (LAW, "/", "/search?q=image", "/api/v1/nations", "/changes.atom", "/id/nation/x"):
        plain = without.get(path)
        for _ in range(2):
            kept = pages.test_client().get(path)
            assert (kept.status_code, kept.data) == (plain.status_code, plain.data)
            added = set(kept.headers) - set(plain.headers)
            assert not {name for name, _ in set(plain.headers) - set(kept.headers)} - {"Vary"}
            assert {name for name, _ in added} <= {"ETag", "Cache-Control", "Vary"}


def test_what_is_compressed_is_so_always_in_the_same_way():
    for made in ENCODINGS.values():
        assert made(LONG.encode()) == made(LONG.encode())


def test_a_shelf_replaces_what_is_put_again():
    shelf = Shelf(most=50_000, day=date(2026, 1, 1), known=None, tag="x")
    for _ in range(100):
        shelf.put("a", Page(status="200 OK", headers=[], body=[b"x" * 1000], tag=""))
    assert (len(shelf), shelf.size) == (1, RECORD + 1000 + 3)
