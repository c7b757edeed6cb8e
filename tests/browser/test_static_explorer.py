"""The static explorer of the built site, opened from the card of its front page."""

import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest
from built_site import SITE

from aslb import __version__

pytestmark = pytest.mark.browser
GENERATE = Path(__file__).resolve().parents[2] / "docs" / "generate"
CAPACITIES = "document.getElementById('capability').data[0].y"
MOVE = """([key, at]) => {
  const slider = document.getElementById(`s-${key}`);
  slider.value = at;
  slider.dispatchEvent(new Event('input'));
}"""


@pytest.fixture(scope="module")
def explorer():
    pytest.importorskip("plotly")
    spec = importlib.util.spec_from_file_location("made", GENERATE / "explorer.py")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture
def page(site, chromium):
    """The page that the front page leads to."""
    page = chromium.new_page(viewport={"width": 1400, "height": 850})
    asked, mistakes = [], []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site)
    page.locator(".sd-card", has_text="Move sliders").click()
    page.wait_for_function("window.ready", timeout=60_000)
    yield page
    page.close()
    assert mistakes == []
    assert [url for url in asked if not url.startswith((site, "data:", "blob:"))] == []


def at(page, link):
    """The page at another link."""
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_function("window.ready", timeout=60_000)


def test_sliders_show_the_stored_points_and_a_link_restores_them(page, explorer):
    assert (SITE / explorer.PAGE).stat().st_size < 8e6
    assert page.locator("input[type=range]").count() == len(explorer.GRID) + 1
    stored = np.load(explorer.STORED)["discharge_capacity"]
    assert stored.size >= 10_000
    step = explorer.RESOLUTION["discharge_capacity"]
    shown = page.evaluate(CAPACITIES)
    assert shown == pytest.approx(step * stored[tuple(explorer.AS_BUILT)])
    page.evaluate(MOVE, ["catholyte_mS_cm", 0])
    page.evaluate(MOVE, ["rate", 3])
    moved = page.evaluate(CAPACITIES)
    assert moved == pytest.approx(step * stored[3, 2, 0, 2])
    assert page.inner_text("#o-catholyte_mS_cm") == "outside"
    assert page.inner_text("#limits").startswith("At C/2, half discharged, most is")
    at(page, page.url)
    assert page.evaluate(CAPACITIES) == moved
    assert "C/2" in page.inner_text("#v-rate")


@pytest.mark.parametrize("width", [390, 1400])
def test_names_are_beside_the_ends_of_their_lines(page, width):
    page.set_viewport_size({"width": width, "height": 850})
    for key in ("thickness_um", "areal_mAh_cm2"):
        page.evaluate(MOVE, [key, page.get_attribute(f"#s-{key}", "max")])
    for key in ("catholyte_mS_cm", "separator_mS_cm"):
        page.evaluate(MOVE, [key, 0])
    chart = "document.getElementById('thickness')"
    names = page.evaluate(f"{chart}.layout.annotations.map(one => [one.text, one.y])")
    ends = page.evaluate(f"{chart}.data.map(one => one.y[one.y.length - 1])")
    # rates that give next to nothing have one name
    assert [name for name, _ in names] == ["C/20", "C/10", "C/5 to 5C"]
    assert [y for _, y in names] == ends[:3]
    # only as far up as those below need it
    assert page.evaluate("apart([160, 0, 0], 10, 5)") == [160, 5, 15]
    cut = """[...document.querySelectorAll('.annotation-text, .gtitle')].filter(e =>
      e.getBoundingClientRect().right > e.closest('svg').getBoundingClientRect().right
    ).map(e => e.textContent)"""
    assert page.evaluate(cut) == []
    page.evaluate(MOVE, ["rate", 4])  # 1C, of which the thick ones give nothing
    known = page.evaluate("document.getElementById('losses').data[0].x")
    assert max(known) == 150


def test_a_link_that_is_wrong_is_told(page):
    assert not page.locator("#refused").is_visible()
    at(page, f"{page.url.split('#')[0]}#foo=1&thickness_um=48&rate=C/2")
    told = page.inner_text("#refused")
    assert told.startswith("Link: foo; accepted: rate, thickness_um,")
    assert "thickness_um=48; accepted: 15, 20, 30, 47," in told
    assert page.inner_text("#v-rate") == "C/2"


def test_it_says_what_made_it(page, explorer):
    made = page.inner_text("#made")
    told = json.loads(str(np.load(explorer.STORED)["told"]))
    for words in ("10,080 points of SolidStateDFN", "(0 failed)", told["versions"]):
        assert words in made
    solved = f"aslb {__version__}" in told["versions"].split(", ")
    assert solved or f"; this page is of aslb {__version__}." in made
