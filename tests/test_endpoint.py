"""The workers behind /sparql: what they refuse, how they are stopped, and that none stays."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kb import endpoint_pool
from kb.endpoint import (
    MEMORY,
    Broken,
    Busy,
    Endpoint,
    SparqlQuestion,
    TooLarge,
    TooSlow,
)
from kb.endpoint_answer import answer
from kb.endpoint_guard import (
    ServiceRefused,
    UpdateRefused,
    bad_query,
    refuse_update,
    service_refused,
)
from kb.endpoint_keywords import complaint, without
from kb.store import load

ROOT = Path(__file__).parent.parent
ASK = SparqlQuestion(text="ASK { ?s ?p ?o }")
RUNAWAY = SparqlQuestion(text="SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
BOMB = SparqlQuestion(
    text=f"SELECT (GROUP_CONCAT(CONCAT(STR(?c), '{'x' * 20_000}')) AS ?n) {{ ?a ?b ?c }}"
)
SERVICES = (
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "select*{serViCe<URL>{?s ?p ?o}}",
    "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE # a note\n <URL> { ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { SERVICESILENT:x { ?s ?p ?o } }",
    "PREFIX service: <URL> SELECT * { SERVICE service:x { ?s ?p ?o } }",
    "SELECT * { BIND(<URL> AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE<URL>{ ?a ?b ?c } }",
    "SELECT * { ?s ?p true SERVICE<URL>{ ?a ?b ?c } }",
    "SELECT * { <a:\\U00000061#x> ?p ?o . SERVICE <URL> { ?s ?p ?o } }",
    'SELECT * { ?s ?p "\\"#" . SERVICE <URL> { ?s ?p ?o } }',
    "SELECT * { ?s ?p '''a'#''' . SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER(?o<?s) SERVICE<URL>{ ?a ?b ?c } }",
    "SELECT * { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
    "ASK { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    # Read word by word, ?s)SERVICE#> would be an address between < and >.
    "PREFIX : <URL> SELECT * { ?s ?p ?o FILTER(?o<?s)SERVICE#>\n:x { ?a ?b ?c } }",
)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    """An endpoint that stops a query after half a second."""
    made = Endpoint(load().engine, seconds=0.5, workers=1)
    yield made
    made.close()


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as heard:
        heard.setblocking(False)
        yield heard


def called(listener: socket.socket) -> bool:
    time.sleep(0.05)
    try:
        listener.accept()[0].close()
    except BlockingIOError:
        return False
    return True


# ---- nothing is fetched --------------------------------------------------------------------------


def test_service_is_refused_as_the_engine_reads_it(
    endpoint: Endpoint, listener: socket.socket
) -> None:
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    for query in SERVICES:
        with pytest.raises(ServiceRefused, match="never fetches"):
            endpoint.ask(SparqlQuestion(text=query.replace("URL", url)))
    for source in (
        f"SELECT * FROM <{url}> {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    ):
        assert b'"bindings":[]' in endpoint.ask(SparqlQuestion(text=source)).body
    assert not called(listener)


def test_this_listener_would_hear_a_service(listener: socket.socket) -> None:
    """Outside a worker, Oxigraph does call: what is heard below is heard for a reason."""
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    asked = f"SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}"
    call = f"import pyoxigraph as o; list(o.Store().query({asked!r}))"
    with subprocess.Popen([sys.executable, "-c", call]) as process:
        deadline = time.monotonic() + 20
        while not (heard := called(listener)) and time.monotonic() < deadline:
            time.sleep(0.05)
        process.kill()
    assert heard


def test_a_service_that_got_past_us_would_reach_nothing(listener: socket.socket) -> None:
    """Without our look at the query, the worker still can open no connection and no file."""
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    script = (
        "import sys, pyoxigraph\n"
        "from kb.endpoint_worker import shut_in\n"
        f"shut_in({MEMORY})\n"
        "for query in sys.stdin.read().split('\\0'):\n"
        "    try: print(list(pyoxigraph.Store().query(query)))\n"
        "    except Exception as error: print(error)\n"
        "try: open('/etc/hostname')\n"
        "except OSError as error: print(error)\n"
    )
    queries = "\0".join(query.replace("URL", url) for query in SERVICES)
    ran = subprocess.run(
        [sys.executable, "-c", script], input=queries, cwd=ROOT, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.count("open files") > 5
    assert "open files" in ran.stdout.splitlines()[-1]
    assert not called(listener)


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX service: <x:> SELECT ?service { service:childline ?p ?service }",
        "PREFIX service: <x:> SELECT * { ?s a service:x { ?a ?b ?c } }",
        'SELECT * { ?s ?p "SERVICE <http://x/>", """ SERVICE ?x { } """, "x"@service }',
        "SELECT * { ?s <x:y> ?service, ?Service } # SERVICE <http://x/> { }",
        "SELECT * { <http://x/SERVICE> <x:%73ervice> _:service }",
        "SELECT * { GRAPH ?insert { ?s <x:y> ?load } }",
    ],
)
def test_a_word_that_is_not_the_keyword_is_no_service(endpoint: Endpoint, query: str) -> None:
    refuse_update(query)
    assert endpoint.ask(SparqlQuestion(text=query)).kind == "table"


def test_a_keyword_in_escapes_is_none_to_the_engine() -> None:
    """If Oxigraph ever resolves them first, as the standard has it, so must our look at it."""
    for query in ("SELECT * { S\\u0045RVICE <x:y> {} }", "SELECT * { \\U00000053ERVICE <x:y> {} }"):
        with pytest.raises(SyntaxError):
            ox.Store().query(query)


def test_names_stay_the_same_names_where_the_word_is_overwritten() -> None:
    text = "PREFIX service: <s:> SELECT ?service { ?service service:a <s:%45SERVICE>, ?Service }"
    masked = without("SERVICE", text)
    assert masked
    assert "service" not in masked.lower()
    assert len(masked) == len(text)
    assert len(set(masked.split())) == len(set(text.split()))


def test_a_query_with_every_other_word_in_it_is_refused() -> None:
    """The word has to be overwritten with one that is not there; where none is left, it is no."""
    full = without("FROM", "FROM")
    assert full
    for _ in range(3):
        following = without("FROM", f"FROM {full}")
        assert following
        assert following.split()[0] not in full
        full += " " + following.split()[0]
    words = [a + b + c + d for a in "BD" for b in LETTERS for c in LETTERS for d in LETTERS]
    assert without("FROM", "FROM " + " ".join(words)) is None
    assert complaint("FROM", "ASK {} #FROM " + " ".join(words), base=None)
    assert isinstance(service_refused("SERVICE", "there is no word left"), ServiceRefused)


LETTERS = "GHJKLMNPQRSTVWXZ"


# ---- what cannot be read -------------------------------------------------------------------------


def test_an_update_is_known_by_its_first_word() -> None:
    for query in (
        "INSERT DATA {}",
        "# note\nPREFIX x: <a:> delete where { ?s ?p ?o }",
        "PREFIX insert: <a:> BASE <x:y> LOAD <x:y>",
    ):
        with pytest.raises(UpdateRefused, match="/data"):
            refuse_update(query)
    for query in ("PREFIX insert: <a:> SELECT * {}", "", "#INSERT", "INSERTS", "42", "<a> INSERT"):
        refuse_update(query)


@pytest.mark.parametrize(
    "piece", ['"\\', '\\"""', "a.", '"""a', "<a", "@a-", "{", '"', "?", "\\u0041", ":.", "#", " "]
)
def test_no_query_holds_up_the_look_at_its_words(piece: str) -> None:
    started, text = time.process_time(), piece * (100_000 // len(piece))
    for prologue in ("", "PREFIX ", "BASE <", "PREFIX a:<x>", "service ", "from "):
        refuse_update(prologue + text)
        without("SERVICE", prologue + text)
        bad_query(prologue + text, "error at 1:50000: expected one of OPTIONAL, HAVING")
        bad_query(prologue + text, "error at 9999:5: expected one of Prefix not found, HAVING")
    assert time.process_time() - started < 2


def test_a_complaint_that_is_not_understood_is_passed_on() -> None:
    assert str(bad_query("ASK {}", "something else")) == "something else"
    assert bad_query("ASK {}", "something else").line is None


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("ASK { ?s ?p ?o }", "table"),
        ("SELECT * { ?s ?p ?o } LIMIT 3", "table"),
        ("DESCRIBE ?s { ?s ?p ?o } LIMIT 1", "unacceptable"),
        ("SELECT * {} nonsense", "refused"),
        ("SELECT * { SERVICE <x:y> {} }", "service"),
        ("SELECT * { ?s ?p ?o }", "too-large"),
    ],
)
def test_a_worker_says_what_kind_of_answer_there_is(query: str, kind: str) -> None:
    store, node = ox.Store(), ox.NamedNode("x:a")
    store.bulk_extend(ox.Quad(node, node, ox.Literal(number)) for number in range(99))
    request = {"text": query, "table": "json", "graph": None, "base": None, "limit": 2_000}
    assert answer(store, request | {"default_graphs": [], "named_graphs": []})[0] == kind


# ---- limits --------------------------------------------------------------------------------------


def test_a_runaway_is_stopped_and_the_next_query_works(endpoint: Endpoint) -> None:
    endpoint.ask(ASK)
    started = time.monotonic()
    with pytest.raises(TooSlow, match="stopped after") as raised:
        endpoint.ask(RUNAWAY)
    assert 0.5 <= time.monotonic() - started < 1.5
    assert raised.value.limit == "seconds=0.5"
    assert endpoint.ask(ASK).kind == "table"


def test_a_query_that_wants_too_much_memory_is_stopped() -> None:
    small = Endpoint(load().engine, seconds=30, workers=1, memory=600 * 1024**2)
    with pytest.raises(Broken, match="more memory") as raised:
        small.ask(BOMB)
    assert raised.value.limit == f"memory-bytes={600 * 1024**2}"
    assert small.ask(ASK).kind == "table"
    small.close()


def test_an_answer_that_is_too_large_is_not_sent_in_part() -> None:
    small = Endpoint(load().engine, seconds=30, workers=1, answer=1000)
    with pytest.raises(TooLarge, match=r"1,000 bytes.*none of it is sent.*OFFSET.*/data"):
        small.ask(SparqlQuestion(text="SELECT * { ?s ?p ?o } LIMIT 200"))
    with pytest.raises(TooLarge):
        small.ask(SparqlQuestion(text="CONSTRUCT WHERE { ?s ?p ?o } LIMIT 200"))
    small.close()


def test_few_wait_and_nobody_behind_those_who_stay_long(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoint_pool, "QUEUE", 1)
    refused: list[float] = []

    def ask() -> None:
        started = time.monotonic()
        try:
            endpoint.ask(RUNAWAY)
        except Busy:
            refused.append(time.monotonic() - started)
        except TooSlow:
            pass

    endpoint.ask(ASK)
    asking = [threading.Thread(target=ask) for _ in range(4)]
    for thread in asking:
        thread.start()
        time.sleep(0.05)
    for thread in asking:
        thread.join()
    assert len(refused) == 2, "one runs, one waits"
    assert max(refused) < 0.3, "the others are told at once"
    assert endpoint.ask(ASK).kind == "table"


def test_no_time_is_added_by_waiting(endpoint: Endpoint) -> None:
    """A query that waited has the less time: its answer comes by the same limit."""
    endpoint.ask(ASK)
    took: list[float] = []

    def ask() -> None:
        started = time.monotonic()
        with pytest.raises(TooSlow):
            endpoint.ask(RUNAWAY)
        took.append(time.monotonic() - started)

    asking = [threading.Thread(target=ask) for _ in range(2)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert max(took) < 0.5 + 1


# ---- nothing stays behind ------------------------------------------------------------------------


def processes(endpoint: Endpoint) -> list[int]:
    """The numbers of what an endpoint has started."""
    assert endpoint._pool
    running = endpoint._pool.running
    assert running.holder
    return [running.holder.process.pid, *(worker.process_id for worker in running.workers)]


def alive(process_id: int) -> bool:
    """Does a process run? One that has ended but was not waited for does not."""
    try:
        os.kill(process_id, 0)
        state = Path(f"/proc/{process_id}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state != "Z"


def gone(numbers: list[int]) -> bool:
    deadline = time.monotonic() + 5
    while any(alive(number) for number in numbers) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not any(alive(number) for number in numbers)


def test_workers_do_not_outlive_whoever_started_them() -> None:
    script = (
        "from kb.endpoint import *; from kb.store import load; import threading, time\n"
        "end = Endpoint(load().engine, seconds=60, workers=2)\n"
        f"asking = [SparqlQuestion(text={RUNAWAY.text!r})]\n"
        "for _ in range(2): threading.Thread(target=end.ask, args=asking).start()\n"
        "while end._pool is None or len(end._pool.running.workers) < 2: time.sleep(0.02)\n"
        "time.sleep(0.3)\n"
        "held = end._pool.running\n"
        "print(held.holder.process.pid, *[w.process_id for w in held.workers], flush=True)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout
        numbers = [int(number) for number in parent.stdout.readline().split()]
        assert len(numbers) == 3
        parent.send_signal(signal.SIGKILL)
    assert gone(numbers)


def test_an_endpoint_that_is_closed_leaves_no_process() -> None:
    endpoint = Endpoint(load().engine, seconds=0.3, workers=1)
    with pytest.raises(TooSlow):
        endpoint.ask(RUNAWAY)
    endpoint.ask(ASK)
    numbers = processes(endpoint)
    endpoint.close()
    assert len(numbers) == 2
    assert gone(numbers)


def test_a_worker_that_dies_is_replaced(endpoint: Endpoint) -> None:
    endpoint.ask(ASK)
    _, worker = processes(endpoint)
    os.kill(worker, signal.SIGKILL)
    assert gone([worker])
    assert endpoint._pool
    (handle,) = endpoint._pool.running.workers
    while handle.lives():
        time.sleep(0.01)
    assert endpoint.ask(ASK).kind == "table"


def test_the_process_that_makes_workers_is_replaced_too(endpoint: Endpoint) -> None:
    endpoint.ask(ASK)
    numbers = processes(endpoint)
    for number in numbers:
        os.kill(number, signal.SIGKILL)
    assert gone(numbers)
    assert endpoint._pool
    (worker,) = endpoint._pool.running.workers
    while worker.lives():
        time.sleep(0.01)
    assert endpoint.ask(ASK).kind == "table"
    assert not set(numbers) & set(processes(endpoint))


def test_a_fork_of_the_server_has_workers_of_its_own(endpoint: Endpoint) -> None:
    endpoint.ask(ASK)
    assert endpoint._pool
    before = endpoint._pool
    before.running.process_id -= 1  # as a fork sees it
    try:
        assert endpoint.ask(ASK).kind == "table"
        assert endpoint._pool is not before
        before.stop()
        assert all(worker.lives() for worker in before.running.workers), "they are another's"
    finally:
        before.running.process_id += 1
        endpoint.close()
        endpoint._pool = None
        for worker in tuple(before.running.workers):
            worker.stop()
        if before.running.holder:
            before.running.holder.stop()


def test_the_process_that_is_copied_has_one_thread(endpoint: Endpoint) -> None:
    endpoint.ask(ASK)
    holder, worker = processes(endpoint)
    assert len(os.listdir(f"/proc/{holder}/task")) == 1
    limits = Path(f"/proc/{worker}/limits").read_text()
    assert f"Max address space         {MEMORY}" in limits
    assert "Max open files            0 " in limits


# ---- the engine that answers ---------------------------------------------------------------------


@pytest.mark.no_cover
def test_no_query_is_answered_by_another_engine_than_oxigraph() -> None:
    """rdflib, which would answer some queries itself unseen, is not even loaded."""
    script = (
        "import sys\n"
        "from web.app import create_app\n"
        "app = create_app()\n"
        "client = app.test_client()\n"
        "graph = 'https://w3id.org/whichlaw/id/graph/ukpga-1978-37'\n"
        "for query in ('BASE <x:y> SELECT * FROM <%s> { ?s ?p ?o } LIMIT 1' % graph,\n"
        "              'CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1', 'DESCRIBE <x:y>', 'ASK {}'):\n"
        "    assert client.get('/sparql', query_string={'query': query}).status_code == 200\n"
        "assert client.get('/sparql').status_code == 200\n"
        "assert client.get('/law').status_code == 200\n"
        "held = app.extensions['sparql']._pool.running.workers\n"
        "maps = [open(f'/proc/{worker.process_id}/maps').read() for worker in held]\n"
        "app.extensions['sparql'].close()\n"
        "print({name.split('.')[0] for name in sys.modules} & {'rdflib', 'oxrdflib'})\n"
        "from kb import endpoint_worker\n"
        "print(len(maps), all('pyoxigraph' in text for text in maps))\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.split("\n")[:2] == ["set()", "1 True"]


def test_a_worker_loads_nothing_but_the_engine() -> None:
    script = "import sys, kb.endpoint_worker; print({n.split('.')[0] for n in sys.modules})"
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert "'pyoxigraph'" in ran.stdout
    assert not [name for name in ("rdflib", "oxrdflib", "flask") if f"'{name}'" in ran.stdout]
