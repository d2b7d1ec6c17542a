"""Geometry in, geometry out: a dot as decimal sign, nothing outside of the frame, nothing drawn without evidence."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui import pictures

figures = st.floats(-1, 1)


def test_the_balance_lies_where_the_scale_says():
    bar = pictures.balance_bar(-0.3, -0.84, 0.37)
    assert (bar.track_x, bar.track_width, bar.zero_x) == ("6", "288", "150")
    assert (bar.band_x, bar.band_width, bar.tick_x) == ("29.04", "174.24", "106.8")


def test_reliability_runs_from_zero_to_one():
    bar = pictures.reliability_bar(0.81, 0.59, 0.96)
    assert (bar.band_x, bar.tick_x) == ("175.92", "239.28")


@pytest.mark.parametrize("missing", [(None, -0.1, 0.1), (0.0, None, 0.1), (0.0, -0.1, None), (None, None, None)])
def test_without_evidence_only_the_track_is_drawn(missing):
    bar = pictures.balance_bar(*missing)
    assert not bar.known
    assert (bar.band_x, bar.band_width, bar.tick_x) == ("", "", "")
    assert "band" not in pictures.balance_miniature(*missing, "too little evidence")


@given(st.tuples(figures, figures, figures))
def test_whatever_the_figures_the_drawing_stays_in_its_frame(three):
    low, middle, high = sorted(three)
    bar = pictures.balance_bar(middle, low, high, pictures.MINI_WIDTH)
    assert 0 < float(bar.band_x) <= float(bar.tick_x) + 0.02 <= pictures.MINI_WIDTH
    assert float(bar.band_x) + float(bar.band_width) <= pictures.MINI_WIDTH


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_an_attribute_is_a_plain_number(value):
    text = pictures.attribute(value)
    assert float(text) == pytest.approx(value, abs=0.0051)
    assert not set(text) - set("-0123456789.")
    assert text != "-0"


def test_figures_beyond_the_scale_stop_at_its_ends():
    bar = pictures.reliability_bar(1.7, -3, 9)
    assert (bar.band_x, bar.tick_x) == ("6", "294")


@pytest.mark.parametrize(
    "drawing",
    [
        pictures.balance_miniature(0.1, -0.2, 0.4, 'a & b < c "d"'),
        pictures.balance_miniature(None, None, None, "too little evidence"),
        pictures.promise_row(pictures.DOT_KINDS, "one of each"),
        pictures.promise_row([], "none yet"),
    ],
)
def test_a_small_picture_is_well_formed_and_says_what_it_shows(drawing):
    root = ElementTree.fromstring(drawing)  # noqa: S314  our own text
    assert root.attrib["role"] == "img"
    assert root[0].tag == "title"
    assert root[0].text in ('a & b < c "d"', "too little evidence", "one of each", "none yet")
    assert not [each for each in root.iter() if "style" in each.attrib]


def test_each_outcome_of_a_promise_has_its_own_shape():
    dots = pictures.promise_dots(pictures.DOT_KINDS)
    shapes = {dot.kind: pictures.dot_shape(dot, radius=5, y=8) for dot in dots}
    assert [kind for kind, shape in shapes.items() if "dot-half" in shape] == ["late"]
    assert [kind for kind, shape in shapes.items() if "dot-cross" in shape] == ["broken"]
    assert all(f"dot--{kind}" in shape for kind, shape in shapes.items())


def test_the_oldest_promise_stands_on_the_left():
    dots = pictures.promise_dots(["kept", "broken"])
    assert [dot.kind for dot in sorted(dots, key=lambda dot: float(dot.x))] == ["kept", "broken"]


def test_an_unknown_outcome_is_a_fault():
    with pytest.raises(ValueError, match="forgotten"):
        pictures.promise_row(["forgotten"], "")


def test_a_strip_stacks_at_most_three_dots_a_month():
    strip = pictures.month_strip([0] * 10 + [1, 7])
    assert len(strip.centres) == 13
    assert [x for x, _y in strip.dots] == [strip.centres[10], *[strip.centres[11]] * 3]
    assert strip.marker_x == ""


@pytest.mark.parametrize(("marker", "place"), [(12.5, 12.5), (40, 12.75), (-30, 0.25)])
def test_a_marker_beyond_the_strip_stays_at_its_edge(marker, place):
    assert float(pictures.month_strip([0] * 12, marker).marker_x) == pytest.approx(300 / 13 * place, abs=0.01)
