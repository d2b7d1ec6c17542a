"""Discs and labels of the quadrant never lie on one another on the narrowest drawing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.quadrant import HEIGHT, NARROWEST, RADIUS, Spot, _overlap, laid_out

SPOTS = st.lists(
    st.builds(
        Spot,
        name=st.text(st.characters(codec="utf-8"), min_size=1, max_size=40),
        effort=st.floats(0, 1),
        value=st.floats(0, 1),
        upper=st.booleans(),
    ),
    max_size=12,
)


def centre(disc):
    return float(disc.x.rstrip("%")) * NARROWEST / 100, float(disc.y)


@given(SPOTS)
def test_discs_do_not_touch_and_stay_inside(spots):
    centres = [centre(disc) for disc in laid_out(tuple(spots))]
    for number, (x, y) in enumerate(centres):
        assert (RADIUS <= x <= NARROWEST - RADIUS, RADIUS <= y <= HEIGHT - RADIUS) == (True, True)
        for a, b in centres[:number]:
            assert (x - a) ** 2 + (y - b) ** 2 > (2 * RADIUS) ** 2 - 1


@pytest.mark.parametrize("name", ["Club", "Un réseau au nom vraiment très long qui ne tiendra nulle part du tout"])
def test_a_label_without_room_is_left_out(name):
    discs = laid_out((Spot(name=name, effort=0.5, value=0.5, upper=True),))
    assert bool(discs[0].anchor) == (len(name) < 10)


def test_the_strategic_lie_above_the_useful():
    weapon, tool = laid_out(
        (Spot(name="a", effort=0, value=0, upper=True), Spot(name="b", effort=0, value=1, upper=False))
    )
    assert float(weapon.y) < float(tool.y)


def test_boxes_that_share_a_side_do_not_overlap():
    assert (_overlap((0, 0, 1, 1), (1, 0, 2, 1)), _overlap((0, 0, 2, 2), (1, 1, 3, 3))) == (False, True)
