"""Names of published cells can be read: no line goes through one."""

from itertools import permutations

import matplotlib.pyplot as plt
import numpy as np
import pytest
import xarray as xr
from matplotlib.text import Annotation, Text

from aslb.experiments.analyses.design.map_figure import plot_map

# thickness [µm] and areal capacity [mAh/cm2] of those of the documentation's map
PLACES = {
    "Cao2026_thin_film": (18, 1.25),
    "Cao2026_ptfe_film": (30, 1.25),
    "Cao2021_thin_halide": (47, 3.17),
    "Kato2018_thin": (100, 1.88),
    "Schlautmann2023_M": (464, 2.03),
    "Asano2018_chloride": (500, 1.62),
    "LCO_Li3YCl6_60C": (600, 1.28),
    "Cao2021_thick_halide": (976, 3.17),
}


@pytest.fixture
def study():
    sizes = {
        "thickness": np.array([10e-6, 100e-6, 1e-3]),
        "areal_capacity": np.array([12.0, 50.0, 100.0]),
        "c_rate": np.array([0.2, 1 / 3, 0.5]),
    }
    energy = 300 - 100 * np.arange(27.0).reshape(3, 3, 3) / 27
    data = xr.Dataset(coords={**sizes, "published": [*PLACES]})
    data["specific_energy"] = [*sizes], energy
    data["retention"] = [*sizes], np.ones_like(energy)
    data["status"] = [*sizes], np.full(energy.shape, "ok")
    data["reason"] = [*sizes], np.full(energy.shape, "")
    thickness, loading = np.array([*PLACES.values()]).T
    data["published_thickness"] = "published", 1e-6 * thickness
    data["published_areal_capacity"] = "published", 10 * loading
    about = {"cell": "Cao2021_thin_halide", "model": "SolidStateSPM", "kept": 0.8}
    data.attrs = {**about, "anode": "Li", "boundary": "cathode+membrane"}
    return data


def test_a_map_names_its_model_and_no_line_goes_through_a_name(study):
    figure = plot_map(study)
    figure.canvas.draw()
    plt.close(figure)
    assert figure.get_suptitle().startswith("thin halide, SPM, anode Li")
    named = [text for text in figure.axes[0].texts if isinstance(text, Annotation)]
    assert len(named) == len(PLACES)
    for one, other in permutations(named, 2):
        arrow = one.arrow_patch
        line = arrow.get_path().transformed(arrow.get_transform())
        name = Text.get_window_extent(other)  # an annotation's own has its line in it
        crosses = line.intersects_bbox(name, filled=False)
        assert not crosses, f"{one.get_text()} through {other.get_text()}"
