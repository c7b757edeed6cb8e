"""A cell that is saved is read back equal, and a wrong file is named in one line."""

from dataclasses import replace
from pathlib import Path

import pybamm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mistakes import lines_of

from aslb.errors import InputError
from aslb.parameters import Quantity
from aslb.parameters.cells.cao2021.cell import thin_halide_composition
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.entries import ENTRIES

EXAMPLE = Path(__file__).resolve().parents[4] / "examples" / "lco_li3ycl6.toml"
THIN = Cell("Cao2021_thin_halide")
BASES = [THIN, Cell("Asano2018_chloride"), Cell(EXAMPLE)]
RADIUS = "Positive particle radius [m]"
NAMES = [f"{n} [{e.unit}]" if e.unit else n for n, e in ENTRIES.items()] + [
    "interfaces.junction [Ohm.cm2]",
    RADIUS,
]


def saved(cell, folder):
    path = folder / "saved.toml"
    cell.save(path)
    return Cell(path)


def assert_equal(one, other):
    assert one.provenance().equals(other.provenance())
    assert one.hash == other.hash
    assert repr(one.measured) == repr(other.measured)  # NaN is not NaN
    assert (one.fit is None) == (other.fit is None)
    if one.fit:
        for field in ("fitted_to", "values", "names", "own", "evidence", "blind"):
            assert getattr(one.fit, field) == getattr(other.fit, field)
        assert repr(one.fit.data) == repr(other.fit.data)
        assert one.fit.draws.equals(other.fit.draws)


quantities = st.builds(
    lambda value, spread, kind: Quantity(
        value,
        "m",
        kind,
        'a "quoted" source, µm',
        value * (1 - spread),
        value * (1 + spread),
        fitted_to="data" if kind == "fitted" else "",
    ),
    st.floats(1e-9, 1e-3),
    st.floats(0, 0.9),
    st.sampled_from(["measured", "literature", "fitted", "assumed", "setting"]),
)
layers = st.lists(
    st.tuples(st.sampled_from(NAMES), st.floats(0.5, 0.99))
    | st.tuples(st.just("values"), quantities)
    | st.tuples(st.just("fit"), st.booleans()),
    max_size=4,
)


@settings(deadline=None)
@given(base=st.sampled_from(BASES), layers=layers)
def test_a_saved_cell_reads_back_equal(base, layers, tmp_path_factory):
    cell = base
    for what, content in layers:
        if what == "values":
            cell = cell.with_values({RADIUS: content})
        elif what == "fit":
            own = cell.fit or THIN.fit
            found = (
                {"draws": own.draws[::100].reset_index(drop=True), "evidence": -2.5}
                if content
                else {}
            )
            cell = cell.with_fit(replace(own, **found))
        else:
            name = cell.resolve(what)
            now = cell.entries.get(name.entry) or cell.numbers[name.pybamm_name]
            cell = cell.vary({what: content * (now - name.zero) / name.factor})
    assert_equal(cell, saved(cell, tmp_path_factory.mktemp("saved")))


def test_what_varied_stays_readable(tmp_path):
    THIN.vary({"separator.thickness [um]": 30}).save(tmp_path / "mine.toml")
    text = (tmp_path / "mine.toml").read_text()
    assert text == (
        'base = "Cao2021_thin_halide"\n\n[vary]\n"separator.thickness [um]" = 30\n'
    )


def test_a_file_may_say_more_of_any_quantity(tmp_path):
    path = tmp_path / "cell.toml"
    path.write_text(
        EXAMPLE.read_text(encoding="utf-8").replace(
            "[foil]",
            "particle_radius_um = [2, 1, 3]\n"
            "particle_lithiated_diffusivity_m2_s = 2e-15\n"
            "reference_exchange_current_density_A_m2 = 3\n"
            "bruggeman_coefficient_electrolyte = 2.5\n[foil]",
        )
        + """
[parameters."Positive electrode lithiated conductivity [S.m-1]"]
value = 0.1
lower = 0.01
upper = 1
class = "measured"
source = "four points"

[measured]
c_rates = [0.1]
cycles = [2]
capacities = [nan]
uncertainties = [3]
first_discharge = [120, 4]
source = "my cycler"
""",
        encoding="utf-8",
    )
    cell = Cell(path)
    radius = cell.quantities[RADIUS]
    assert (radius.value, radius.lower) == pytest.approx((2e-6, 1e-6))
    assert radius.kind == "measured"
    for name, value in {
        "Positive particle lithiated diffusivity [m2.s-1]": 2e-15,
        "Positive electrode reference exchange-current density [A.m-2]": 3,
        "Positive electrode Bruggeman coefficient (electrolyte)": 2.5,
        "Positive electrode lithiated conductivity [S.m-1]": 0.1,
    }.items():
        assert cell.numbers[name] == value
    assert cell.measured.first_discharge == (120, 4)
    assert_equal(cell, saved(cell, tmp_path))


@pytest.mark.parametrize(
    "cell",
    [
        Cell(thin_halide_composition()),
        Cell(pybamm.ParameterValues("Cao2021_thin_halide")),
    ],
)
def test_a_cell_made_in_python_is_not_saved(cell, tmp_path):
    with pytest.raises(InputError, match=r"'custom' was made in Python; accepted"):
        cell.save(tmp_path / "x.toml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('base = "Foo"', "unknown cell 'Foo'; accepted: Cao2021_thick"),
        ("base = 3", "base: 3; accepted: a cell's name, or a table"),
        ('base = "Cao2021_thin_halide"\n[foil]', "foil: unknown; accepted: base, vary"),
        ('base = "Cao2021_thin_halide"\nvary = 3', "vary: 3; accepted: a table"),
        (
            'base = "Cao2021_thin_halide"\n[vary]\nthickness = 3',
            "unknown parameter 'thickness'",
        ),
        (
            'base = "Cao2021_thin_halide"\n[parameters]\nradius = 3',
            "parameters.radius: Input should be a valid dictionary",
        ),
        (
            'base = "Cao2021_thin_halide"\n[parameters.radius]\nvalue = 3',
            "parameters: 'radius': unknown; accepted: names that aslb cells lists",
        ),
        (
            'base = "Cao2021_thin_halide"\n[parameters."Separator porosity"]\n'
            "value = 3",
            "parameters: 'Separator porosity'.class: Field required",
        ),
        (
            'base = "Cao2021_thin_halide"\n[parameters."Separator porosity"]\n'
            'value = 3\nclass = "guess"\nsource = "x"',
            "unknown kind 'guess'; accepted: measured",
        ),
        (
            'base = "Cao2021_thin_halide"\n[measured]\nc_rates = [1]\ncycles = [1]\n'
            "capacities = [1, 2]\nuncertainties = [1]",
            "differ in length",
        ),
        ('base = "Cao2021_thin_halide"\n[fit]', "fit.fitted_to: Field required"),
        (
            'base = "Cao2021_thin_halide"\n[fit]\nfitted_to = "x"\nvalues = {}\n'
            "draws = { a = [1.0, 2.0] }\n[fit.data]\nc_rates = [1]\ncycles = [1]\n"
            "capacities = [1]\nuncertainties = [1]",
            "fit: draws differ in length or have no model error; accepted: as many",
        ),
        ("x = 1", "x: unknown; accepted: electrolytes, separator, cathode"),
        ("", "separator: missing"),
    ],
)
def test_what_is_wrong_is_a_line_each(text, message, tmp_path):
    path = tmp_path / "cell.toml"
    path.write_text(text)
    with pytest.raises(InputError) as error:
        Cell(path)
    assert message in str(error.value)
    assert all(f"cell file {path}: " in line for line in lines_of(error.value))


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        THIN.save(tmp_path / "none" / "x.toml")
    with pytest.raises(InputError, match=r"ends in \.toml"):
        THIN.save(tmp_path / "x.csv")


def test_a_shipped_cell_with_replaced_values_is_saved_with_what_varied(tmp_path):
    cell = Cell("Kato2018_thin").vary({"separator.thickness [um]": 50})
    again = saved(cell, tmp_path)
    assert_equal(again, cell)
    carbon = "Positive electrode lithiated conductivity [S.m-1]"
    assert again.numbers[carbon] == Cell("Kato2018_thin").numbers[carbon] == 20


@pytest.mark.parametrize("number", ["nan", "inf", "-inf"])
def test_no_number_of_a_file_is_infinite(number, tmp_path):
    path = tmp_path / "cell.toml"
    head = 'base = "Cao2021_thin_halide"\n'
    path.write_text(
        f'{head}[parameters."Separator porosity"]\nvalue = {number}\n'
        'class = "assumed"\nsource = "a test"\n'
    )
    with pytest.raises(InputError, match="accepted: finite numbers"):
        Cell(path)
    path.write_text(
        f"{head}[measured]\nc_rates = [1.0]\ncycles = [1]\ncapacities = [100.0]\n"
        f"uncertainties = [{number}]\n"
    )
    with pytest.raises(InputError, match=r"uncertainty -?(nan|inf); accepted: a pos"):
        Cell(path)


def test_no_number_of_a_fit_is_infinite():
    fit = THIN.fit
    with pytest.raises(InputError, match="a value is not finite"):
        replace(fit, values={name: float("inf") for name in fit.values})
    with pytest.raises(InputError, match="a value is not finite"):
        replace(fit, draws=fit.draws * float("inf"))
