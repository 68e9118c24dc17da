"""The test suites of the W3C: query, results, protocol, service description."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import w3c_outcomes as w3c
from served import site
from test_serving import free_port, serving
from w3c_protocol import ProtocolTest, protocol_failure, protocol_tests, refusal
from w3c_suite import MISSING, SuiteTest, failure, failure_of_engine, here, query_tests
from werkzeug.serving import make_server

ROOT = Path(__file__).parent.parent
REPORT = ROOT / "docs" / "earl.ttl"
pytestmark = pytest.mark.skipif(not here(), reason=MISSING)
FOLDERS = sorted({test.id.partition("#")[0] for test in query_tests()}) if here() else []
PROTOCOL = protocol_tests() if here() else ()


def of_folder(folder: str) -> list[SuiteTest]:
    return [test for test in query_tests() if test.id.partition("#")[0] == folder]


def test_the_suites_are_read_whole() -> None:
    assert len(query_tests()) > 800
    assert len({test.id for test in query_tests()}) == len(query_tests())
    assert len(PROTOCOL) == 34


@pytest.mark.no_cover
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_suite_passes_but_for_what_is_known(folder: str) -> None:
    """A failure that is not listed fails, and so does a listed test that passes."""
    failed = {test.id: said for test in of_folder(folder) if (said := failure(test))}
    known = {test for test in w3c.known_failures() if test.partition("#")[0] == folder}
    unknown = {test: said for test, said in failed.items() if test not in known}
    assert not unknown, f"not in {w3c.KNOWN.name}: {unknown}"
    assert not known - failed.keys(), f"passes: take it off {w3c.KNOWN.name}"


@pytest.mark.no_cover
def test_we_score_what_the_engine_scores() -> None:
    """Asked as the suite has it, past everything of ours, Oxigraph fails the same tests."""
    federated = ("sparql11/service", "sparql11/syntax-fed")
    asked = [test for test in query_tests() if test.id.partition("#")[0] not in federated]
    of_engine = {test.id for test in asked if failure_of_engine(test)}
    assert of_engine == w3c.known_failures().keys() - w3c.refused_by_design()


def test_every_known_failure_is_a_test_with_a_reason() -> None:
    ids = {test.id for test in query_tests()}
    for test, why in w3c.known_failures().items():
        assert test in ids
        assert len(why) > 40


# ---- the protocol --------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["client", "server"])
def send(request: pytest.FixtureRequest) -> Iterator[w3c.Send]:
    """An endpoint over the data of the suite, asked with and without a server."""
    with w3c.suite_data(site()) as app:
        if request.param == "client":
            yield w3c.by_client(app)
            return
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield w3c.by_http(server.server_port)
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("test", PROTOCOL, ids=lambda test: test.name)
def test_the_protocol_is_kept(test: ProtocolTest, send: w3c.Send) -> None:
    """A test that wants the data to change is for others: ours has to refuse it, and say how."""
    said = refusal(test, send) if test.updates else protocol_failure(test, send)
    assert said is None


def test_the_protocol_is_kept_by_the_server_that_we_serve_with() -> None:
    """Over `whichlaw serve`, what the suite asks that needs no data of its own."""
    kept = [test for test in PROTOCOL if not test.needs_data]
    assert len(kept) == 28
    with serving(port := free_port()):
        send = w3c.by_http(port)
        said = {
            test.name: refusal(test, send) if test.updates else protocol_failure(test, send)
            for test in kept
        }
    assert not {name: one for name, one in said.items() if one}


def test_the_service_description_is_as_the_suite_has_it() -> None:
    assert w3c.described(site()) == dict.fromkeys(
        ("returns-rdf", "has-endpoint-triple", "conforms-to-schema"), True
    )


# ---- the report ----------------------------------------------------------------------------------


def test_the_published_report_is_what_the_suites_say_today() -> None:
    written = w3c.earl(list(w3c.outcomes(site())))
    assert b"file:" not in written
    assert REPORT.read_bytes() == written, "run .venv/bin/python scripts/earl.py"
