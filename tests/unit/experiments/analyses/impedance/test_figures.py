"""Many spectra in one figure can be told apart."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
import xarray as xr
from figure_texts import internal_names
from matplotlib.colors import to_hex

from aslb.experiments import impedance
from aslb.experiments.analyses.impedance.figures import bode, nyquist

CELLS = ["Cao2021_thin_halide", "Asano2018_chloride"]
FREQUENCIES = np.geomspace(1e5, 1e-2, 15)


def spectra(cells, states, temperatures):
    sizes = {"cell": cells, "soc": states, "temperature": temperatures}
    shape = [*map(len, sizes.values())]
    scale = 1 + np.arange(np.prod(shape)).reshape(shape)
    arc = scale[..., None] * 50 / (1 + 1j * FREQUENCIES / 20)
    data = xr.Dataset(coords={**sizes, "frequency": FREQUENCIES})
    data["impedance"] = [*sizes, "frequency"], 10 + arc
    parts = np.stack([np.full_like(arc, 10), arc], axis=-2)
    names = ["Separator", "Kinetic"]
    data = data.assign_coords(component=names)
    data["component_impedance"] = [*sizes, "component", "frequency"], parts
    return data


@pytest.fixture
def many():
    return spectra(CELLS, [0.1, 0.5, 0.9], [288.15, 303.15])


@pytest.mark.parametrize("draw", [bode, nyquist])
def test_each_condition_has_a_look_of_its_own_outside_of_the_curves(draw, many):
    figure = draw(many)
    plt.close(figure)
    (legend,) = figure.legends
    looks = {(to_hex(x.get_color()), x.get_linestyle()) for x in legend.get_lines()}
    labels = [text.get_text() for text in legend.get_texts()]
    assert len(looks) == len(labels) == 6
    assert labels[:2] == ["SOC 10 %, 15 °C", "SOC 10 %, 30 °C"]
    assert internal_names(figure) == []


def test_cells_with_many_spectra_have_panels_on_one_scale(many):
    figure = bode(many)
    plt.close(figure)
    above = figure.axes[:2]
    titles = [axes.get_title("left") for axes in above]
    assert titles == ["thin halide", "Asano 2018 chloride"]
    assert above[0].get_ylim() == above[1].get_ylim()
    assert [len(axes.lines) for axes in figure.axes] == [6, 6, 6, 6]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_all_that_is_written_is_inside_of_the_figure(number):
    cells = [*CELLS, "Cao2021_thick_halide"][:number]
    figure = nyquist(impedance(cells, temperature=298.15, model="SolidStateSPM"))
    figure.draw_without_rendering()
    for axes in figure.axes:
        for written in (axes.yaxis.label, axes.get_legend(), axes.xaxis.label):
            extent = written.get_window_extent()
            assert extent.x0 >= figure.bbox.x0
            assert extent.x1 <= figure.bbox.x1
    plt.close(figure)


def test_bode_draws_magnitude_and_phase_of_each_spectrum(many):
    figure = bode(many)
    plt.close(figure)
    above, _, below, _ = figure.axes
    for k, soc in enumerate(many.soc):
        z = many.impedance.sel(cell=CELLS[0], soc=soc, temperature=288.15).values
        drawn = [axes.lines[2 * k] for axes in (above, below)]
        np.testing.assert_allclose(drawn[0].get_xdata(), FREQUENCIES)
        np.testing.assert_allclose(drawn[0].get_ydata(), np.hypot(z.real, z.imag))
        phase = np.degrees(np.arctan2(-z.imag, z.real))  # of a capacitor +90
        np.testing.assert_allclose(drawn[1].get_ydata(), phase)


def test_cells_with_one_spectrum_each_share_a_panel():
    figure = bode(spectra(CELLS, [0.5], [298.15]))
    plt.close(figure)
    assert [len(axes.lines) for axes in figure.axes] == [2, 2]
    (legend,) = figure.legends
    labels = [text.get_text() for text in legend.get_texts()]
    assert labels == ["thin halide", "Asano 2018 chloride"]


@pytest.mark.parametrize("draw", [bode, nyquist])
def test_spectra_that_are_one_are_both_seen(draw):
    """The one beneath is whole, and the one above has gaps."""
    figure = draw(spectra(CELLS[:1], [0.1, 0.5, 0.9], [298.15]))
    plt.close(figure)
    lines = [x for x in figure.axes[0].lines if x.get_label().startswith("SOC")]
    whole = [line for line in lines if line.get_linestyle() == "-"]
    gaps = [line for line in lines if line.get_linestyle() == "--"]
    assert [line.get_label() for line in gaps] == ["SOC 50 %"]
    assert max(x.get_zorder() for x in whole) < min(x.get_zorder() for x in gaps)


def test_labels_beside_axes_of_equal_scales_are_whole():
    figure = nyquist(spectra(CELLS, [0.1, 0.5, 0.9], [298.15]))
    figure.draw_without_rendering()
    plt.close(figure)
    assert min(x.yaxis.label.get_window_extent().x0 for x in figure.axes) >= 0
