"""The command line, as a person at a terminal meets it."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.knowledge import Knowledge, open_knowledge
from kb.wording import ASK_FOR_A_DAY
from web import cli_opening
from web.cli import COMMANDS, main
from web.cli_layout import span, wrapped

ROOT = Path(__file__).parent.parent
SCOTLAND = ["law", "--nation", "scotland", "--on", "2017-07-02", "--conduct", "share"]
INTIMATE = [*SCOTLAND, "--material", "intimate-image"]


def run(*words: str, columns: int = 80) -> Result:
    env = {"COLUMNS": str(columns), "KB_DATA": None, "KB_ONTOLOGY": None}
    return CliRunner(env=env).invoke(main, words, prog_name="whichlaw")


@pytest.fixture(scope="module", autouse=True)
def _opened_once(knowledge: Knowledge) -> Iterator[None]:
    """Our data is read once; a folder that a test names is read for it."""

    def opened(**folders: Path) -> Knowledge:
        return open_knowledge(**folders) if folders else knowledge

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli_opening, "open_knowledge", opened)
        yield


@pytest.fixture(scope="module")
def answer() -> Result:
    return run(*INTIMATE)


def test_nothing_asked_explains_what_can_be():
    result = run()
    assert result.exit_code == 0
    for name in COMMANDS:
        assert f"  {name} " in result.stdout
    assert "Exit codes: 0 answered; 1" in result.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str):
    result = run(name, "--help")
    assert result.exit_code == 0
    assert f"Usage: whichlaw {name}" in result.stdout


def test_answer_begins_with_its_first_sentence(answer: Result):
    assert answer.exit_code == 0
    lines = answer.stdout.splitlines()
    assert lines[0].startswith("Asked: Scotland; 2 July 2017; conduct: ")
    start = lines.index("========") + 1
    assert lines[start].startswith("In Scotland, on 2 July 2017, ")


def test_answer_is_grouped_by_state(answer: Result):
    states = ["Applies (", "Not yet in force (1)", "Not law in this nation ("]
    places = [answer.stdout.index(f"\n{state}") for state in states]
    assert places == sorted(places)
    not_yet = answer.stdout[places[1] : places[2]]
    assert "[absha-2016-s2-1]" in not_yet
    assert "from 3 July 2017" in not_yet


def test_answer_says_what_it_is_worth(answer: Result):
    said = " ".join(answer.stdout.split())
    assert "Not legal advice. The law was last checked on" in said
    assert re.search(r"Data: release \S+, sha256 ", said)
    assert "Open Government Licence" in said


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_lines_fit_the_terminal(columns: int):
    result = run(*INTIMATE, columns=columns)
    for line in result.stdout.splitlines():
        assert len(line) <= min(columns, 80) or " " not in line.strip(" -")


def test_answer_has_no_colour_where_it_is_not_read_on_a_terminal(answer: Result):
    assert "\x1b" not in answer.stdout
    assert "\x1b" in CliRunner().invoke(main, INTIMATE, color=True).stdout


def test_what_a_stated_fact_rules_out_says_why():
    facts = ["--conduct", "take", "--material", "indecent-photograph", "--depicted-age", "17"]
    result = run("law", "--nation", "england", "--on", "2004-04-30", *facts)
    assert "Because: The person shown has to be under 16" in result.stdout


def test_law_of_other_nations_is_counted_where_nothing_was_stated():
    result = run("law", "--nation", "wales", "--on", "2020-01-01")
    assert "Not listed, because neither a conduct nor a material was stated." in result.stdout


def test_child_under_the_age_of_responsibility_is_shown_the_rules():
    result = run(*SCOTLAND, "--accused-age", "7")
    assert "\nRules that cut across offences\n" in result.stdout


def test_rules_are_listed_if_asked_for(answer: Result):
    assert "\nRules that cut across offences\n" not in answer.stdout
    assert "\nRules that cut across offences\n" in run(*INTIMATE, "--rules").stdout


def test_day_after_the_law_was_checked_warns_first():
    result = run("law", "--nation", "wales", "--on", "9999-12-31", "--conduct", "meet")
    assert result.stdout.startswith("Warning: 31 December 9999 is after the day")


def test_nations_are_answered_one_after_the_other():
    result = run("law", "--on", "2020-01-01", "--conduct", "meet")
    nations = ["\nEngland\n", "\nWales\n", "\nScotland\n", "\nNorthern Ireland\n"]
    places = [result.stdout.index(nation) for nation in nations]
    assert places == sorted(places)


def test_json_is_what_the_api_answers():
    result = run(*INTIMATE, "--json")
    found = json.loads(result.stdout)
    assert next(iter(found)) == "warnings"
    assert found["asked"]["material"] == ["intimate-image"]
    assert list(found["nations"]) == ["scotland"]


def test_offence_is_shown_whole():
    result = run("offence", "absha-2016-s2-1")
    assert result.exit_code == 0
    for part in ("Law in", "Scotland: from 3 July 2017", "Maximum penalty", "Sources (read in"):
        assert part in result.stdout
    assert json.loads(run("offence", "absha-2016-s2-1", "--json").stdout)["id"] == "absha-2016-s2-1"


@pytest.mark.parametrize(
    "start", ["", "https://www.legislation.gov.uk/", "http://www.legislation.gov.uk/id/"]
)
def test_provision_is_found_by_its_path_and_its_address(start: str):
    result = run("provision", f"{start}asp/2016/22/section/2")
    assert result.exit_code == 0
    assert "Offences\n  - Abusive Behaviour" in result.stdout


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (["offence", "absha-2016-s2"], "absha-2016-s2-1"),
        (["provision", "asp/2016/22/section/22"], "asp/2016/22/section/2"),
    ],
)
def test_what_is_not_here_is_answered_with_what_is_near(words: list[str], near: str):
    result = run(*words)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert f"here. Did you mean {near}" in result.stderr


@pytest.mark.parametrize(
    ("option", "value", "right"),
    [
        ("--conduct", "shar", "Did you mean share?"),
        ("--nation", "france", "It can be: england, wales, scotland, northern-ireland."),
        ("--on", "2017-02-30", "for example 2017-07-02."),
        ("--depicted-age", "old", "a range (13-15)"),
        ("--consent", "perhaps", "It can be: yes, no."),
    ],
)
def test_bad_question_says_what_would_be_right(option: str, value: str, right: str):
    result = run("law", option, value)
    assert (result.exit_code, result.stdout) == (2, "")
    message = " ".join(result.stderr.split())
    assert f"Error: {option} cannot be '{value}'." in message
    assert right in message


def test_folder_without_data_is_named(tmp_path: Path):
    result = run("--data", str(tmp_path), "--ontology", str(tmp_path), *INTIMATE)
    assert result.exit_code == 1
    assert f"The data cannot be read: no Turtle files below {tmp_path}" in result.stderr


def test_check_names_every_problem_and_fails(tmp_path: Path):
    (tmp_path / "broken.ttl").write_text("this is not Turtle", encoding="utf-8")
    result = run("--data", str(tmp_path), "check")
    assert result.exit_code == 1
    assert "broken.ttl" in result.stdout
    assert "found." in result.stderr


def test_stretch_is_told_by_its_first_and_last_days():
    assert span(date(2004, 5, 1), date(2005, 5, 1)) == "from 1 May 2004 to 30 April 2005"
    assert span(date(2004, 5, 1), None) == "from 1 May 2004"
    assert span(None, None) == ""


def test_long_address_is_not_broken(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "40")
    assert wrapped("see " + "x" * 50) == "see\n" + "x" * 50


def test_question_is_not_kept_waiting_by_server_and_checker():
    watch = "import sys; from web.cli_law import law; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", watch], cwd=ROOT, capture_output=True, text=True)
    assert not {"granian", "pyshacl", "web.serving"} & set(loaded.stdout.split())


def test_answer_for_one_nation_says_in_short_what_to_do(answer: Result, knowledge: Knowledge):
    said = " ".join(answer.stdout.split())
    start = said.index("What to do now in Scotland As on 22 November 2026, whatever day is asked")
    (nation,) = knowledge.ask({"nation": ["scotland"], "on": ["2017-07-02"]}).nations
    assert nation.help
    kinds = {"now": "Do now", "never": "Never do", "refer-when": "Refer when"}
    places = [
        said.index(label, start) for label in (*kinds.values(), "Whom to call", "Guidance on")
    ]
    assert places == sorted(places)
    for point in nation.help.practice:
        assert point.label in said or point.kind not in kinds
    for service in nation.help.services[:6]:
        assert service.title in said[start:]
    assert f"here the {nation.help.roles[0].name}" in said


def test_several_nations_and_periods_say_how_to_be_told_what_to_do():
    several = " ".join(run(*INTIMATE, "--nation", "wales").stdout.split())
    assert "What to do now, whom to call and guidance: ask about one nation" in several
    period = run("law", "--nation", "scotland", "--from", "2017-07-01", "--to", "2017-07-05")
    assert ASK_FOR_A_DAY in " ".join(period.stdout.split())
