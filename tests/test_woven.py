"""Marks that say in which language a text is, and what they become in a page."""

import pytest

from web.marked import Run, marked, plain, runs
from web.woven import woven

X = marked("x", "cy")


def test_marks_nest_and_go_away():
    within = marked(f"b {marked('c', 'en')} d", "cy")
    assert list(runs(f"a {within} 1", [])) == [
        Run("a ", "en"),
        Run("b ", "cy"),
        Run("c", "en"),
        Run(" d", "cy"),
        Run(" 1", None),
    ]
    assert plain(f"a {within} 1") == "a b c d 1"


def test_marks_that_nothing_closes_do_no_harm():
    assert "".join(run.text for run in runs(f"a{X[-1]}{X[-1]} {X[:-1]}", [])) == "a x"


@pytest.mark.parametrize(
    ("page", "made"),
    [
        ('<p lang="cy">x</p>', '<p lang="cy">x</p>'),
        (f"<p>{X}</p>", '<p lang="cy">x</p>'),
        (f"<p>a {X}.</p>", '<p>a <span lang="cy">x.</span></p>'),
        (f'<a title="{X}">y</a>', '<a lang="cy" title="x"><span lang="en">y</span></a>'),
        (f'<html lang="cy"><br>{X} y', '<html lang="cy"><br>x <span lang="en">y</span>'),
        (f"<option>{X}{X} y</option>", '<option lang="cy">xx y</option>'),
        (
            f'<html lang="cy"><title>yyyy {X}</title>',
            '<html lang="cy"><title lang="en">yyyy x</title>',
        ),
        ('<html lang="cy"><p>12 &amp; 3</p>', '<html lang="cy"><p>12 &amp; 3</p>'),
        (f'<a data-x="1>2">{X}</a>', '<a lang="cy" data-x="1>2">x</a>'),
        (
            f"<p>{X[:-1]} <a>{X}</a>{X[-1]}</p>",
            '<p><span lang="cy">x</span> <a lang="cy">x</a></p>',
        ),
        ("<script>a{}</script>", "<script>a{}</script>"),
    ],
)
def test_languages_are_woven_into_a_page(page, made):
    assert woven(page) == made
