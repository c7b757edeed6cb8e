"""The static explorer of the site in a browser, from its stored study."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

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


@pytest.fixture(scope="module")
def page(explorer, chromium, tmp_path_factory):
    file = explorer.write_page(tmp_path_factory.mktemp("site"))
    assert file.stat().st_size < 8e6
    page = chromium.new_page(viewport={"width": 1400, "height": 850})
    page.mistakes = []
    page.on("pageerror", lambda error: page.mistakes.append(str(error)))
    page.on("request", lambda request: page.mistakes.extend(_elsewhere(request)))
    page.address = file.as_uri()
    yield page
    page.close()


def _elsewhere(request):
    return [] if request.url.startswith(("file:", "data:", "blob:")) else [request.url]


def test_sliders_show_the_stored_points_and_a_link_restores_them(page, explorer):
    stored = np.load(explorer.STORED)["discharge_capacity"]
    assert stored.size >= 10_000
    page.goto(page.address)
    page.wait_for_function("window.ready", timeout=60_000)
    step = explorer.RESOLUTION["discharge_capacity"]
    shown = page.evaluate(CAPACITIES)
    assert shown == pytest.approx(step * stored[tuple(explorer.AS_BUILT)])
    page.evaluate(MOVE, ["catholyte_mS_cm", 0])
    page.evaluate(MOVE, ["rate", 3])
    moved = page.evaluate(CAPACITIES)
    assert moved == pytest.approx(step * stored[3, 2, 0, 2])
    assert page.inner_text("#o-catholyte_mS_cm") == "outside"
    assert page.inner_text("#limits").startswith("At C/2, half discharged, most is")
    link = page.url
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_function("window.ready", timeout=60_000)
    assert page.evaluate(CAPACITIES) == moved
    assert "C/2" in page.inner_text("#v-rate")
    assert page.mistakes == []


def test_it_says_what_made_it(page):
    page.goto(page.address)
    page.wait_for_function("window.ready", timeout=60_000)
    made = page.inner_text("#made")
    for words in ("10,080 points of SolidStateDFN", "(0 failed)", "aslb ", "pybamm "):
        assert words in made
