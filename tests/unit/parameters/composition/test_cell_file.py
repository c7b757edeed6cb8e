"""Cells from TOML files, right and wrong."""

from pathlib import Path

import pybamm
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mistakes import lines_of

from aslb.errors import InputError
from aslb.parameters.composition.cell import Cell

EXAMPLE = Path(__file__).resolve().parents[4] / "examples" / "lco_li3ycl6.toml"
TEXT = EXAMPLE.read_text(encoding="utf-8")

WRONG = {
    "thickness_um = [600, 500, 700] -> thickness_mm = 0.6": (
        "separator.thickness_mm: unknown; the nearest: 'thickness_um'; accepted: "
        "source, assumed, electrolyte, thickness_um (0.1 to 5000 µm)"
    ),
    "thickness_um = [600, 500, 700] -> thickness_um = 4.7e-5": (
        "separator.thickness_um: 4.7e-05 is out of range; accepted: 0.1 to 5000 µm"
    ),
    "thickness_um = 40 -> ": "cathode.thickness_um: missing; accepted: 1 to 1000 µm",
    "density_g_cm3 = [2.43, 2.3, 2.5] -> density_g_cm3 = -2.4": (
        "density_g_cm3: -2.4 is out of range; accepted: 0.5 to 10 g/cm³"
    ),
    "areal_mass_mg_cm2 = 13.8 -> areal_mass_mg_cm2 = 30": (
        "the solids fill 1.725 of the volume of the cathode; accepted: at most 1"
    ),
    "[cathode] -> [cathode]\nvoids_percent = 10": (
        "cathode.voids_percent: follows from thickness_um and areal_mass_mg_cm2; "
        "accepted: two of the three"
    ),
    "thickness_um = 40 -> voids_percent = 96": (
        "cathode.voids_percent: 96 is out of range; accepted: 0 to 95 %"
    ),
    "[foil] -> [foil]\nvoids_percent = 1": "foil.voids_percent: unknown; accepted: ",
    "[interfaces] -> [interfaces]\ncatholyte_oxidation_mAh_m2 = 300": (
        "interfaces.catholyte_oxidation_mAh_m2: 300 would take 60% of the first "
        "current; accepted: 0 to 250"
    ),
    "active_fraction = [0.8, 0.6, 1.0] -> active_fraction = nan": "nan is out of range",
    "active_fraction = [0.8, 0.6, 1.0] -> active_fraction = [0.5, 0.6, 1.0]": (
        "0.5 is outside its own range"
    ),
    'area_cm2 = 0.71 -> area_cm2 = "0.71 cm2"': "'0.71 cm2' is not a number",
    "lithium_to_indium = 0.2 -> ": "foil.lithium_to_indium is missing; accepted: 0 to",
    'catholyte = "Li3YCl6" -> catholyte = "X"': "'X'; accepted: Li6PS5Cl pellet",
    "upper_cutoff_V = 3.6 -> upper_cutoff_V = 1.6": "is not below upper_cutoff_V",
    'material = "In-Li" -> material = "Na"': "foil.material: 'Na'; accepted: In-Li, Li",
    'source = "a choice" -> ': "conditions.source: missing",
    "[foil] -> [foill]": "foill: unknown; accepted: electrolytes, separator, cathode",
    "[foil] -> [foil": "not TOML",
}


def changed(change, folder):
    old, new = change.split(" -> ")
    assert old in TEXT
    path = folder / "cell.toml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    return path


def test_example_is_a_complete_parameter_set():
    shipped = pybamm.parameter_sets["Cao2021_thin_halide"]
    missing = set(shipped) - set(Cell(EXAMPLE).quantities) - {"chemistry", "citations"}
    assert not missing


def test_numbers_are_converted_and_keep_their_source():
    table = Cell(EXAMPLE).provenance().set_index("name")
    thickness = table.loc["Separator thickness [m]"]
    assert thickness["value"] == pytest.approx(600e-6)
    assert (thickness["lower"], thickness["upper"]) == pytest.approx((500e-6, 700e-6))
    assert thickness["class"] == "assumed"
    conductivity = table.loc["Catholyte conductivity [S.m-1]"]
    assert conductivity["value"] == pytest.approx(0.051)
    assert conductivity["class"] == "measured"
    assert "10.1002/adma.201803075" in conductivity["source"]
    assert table.loc["Reference temperature [K]", "value"] == 303.15


@pytest.mark.parametrize("change", WRONG)
def test_what_is_wrong_is_one_line(change, tmp_path):
    with pytest.raises(InputError) as error:
        Cell(changed(change, tmp_path))
    assert WRONG[change] in str(error.value)
    assert "\n" not in str(error.value)


def test_all_that_is_wrong_is_told_at_once(tmp_path):
    text = TEXT
    for old, new in {
        "thickness_um = 40": "thickness_um = 4e9",
        "area_cm2 = 0.71": "area_cm2 = nan",
        "one_C_mA_g = 140": "",
        'catholyte = "Li3YCl6"': 'catholyte = "Li3YCl7"',
        "foil_ohm_cm2": "foil_ohm_cm3",
    }.items():
        text = text.replace(old, new)
    path = tmp_path / "cell.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        Cell(path)
    told = [line.removeprefix(f"cell file {path}: ") for line in lines_of(error.value)]
    assert [line.split(";")[0] for line in told] == [
        "cathode.thickness_um: 4e+09 is out of range",
        "cathode.catholyte: 'Li3YCl7'",
        "interfaces.foil_ohm_cm3: unknown",
        "interfaces.assumed: ['foil_ohm_cm3', 'junction_ohm_cm2', "
        "'interphase_ohm_cm2']",
        "conditions.area_cm2: nan is out of range",
        "conditions.one_C_mA_g: missing",
    ]


@pytest.mark.parametrize(
    ("said", "value", "upper"),
    [("", 0, 0), (100, 0.1, 0.1), ([100, 0, 250], 0.1, 0.25), (250, 0.25, 0.25)],
)
def test_catholyte_is_oxidised_where_the_file_says_so(said, value, upper, tmp_path):
    word = f"catholyte_oxidation_mAh_m2 = {said}\n" if said else ""
    path = tmp_path / "cell.toml"
    path.write_text(TEXT.replace("\nfoil_ohm", f"\n{word}foil_ohm"), encoding="utf-8")
    found = Cell(path).quantities["Catholyte oxidation capacity [A.h.m-2]"]
    assert (found.value, found.upper) == pytest.approx((value, upper))
    assert found.unit == "A.h.m-2"
    assert (found.kind == "assumed") == (not said)


SOLIDS = {
    "cathode": (
        "Positive electrode porosity",
        "Positive electrode conductor volume fraction",
    ),
    "separator": ("Separator porosity",),
}


@pytest.mark.parametrize(
    ("line", "layer"),
    [
        ("thickness_um = 40", "cathode"),
        ("areal_mass_mg_cm2 = 13.8", "cathode"),
        ("thickness_um = [600, 500, 700]", "separator"),
        ("areal_mass_mg_cm2 = 98", "separator"),
    ],
)
def test_voids_stand_for_the_thickness_or_the_mass_of_a_layer(line, layer, tmp_path):
    whole = Cell(EXAMPLE).numbers
    voids = 1 - sum(whole[solid] for solid in SOLIDS[layer])
    said = f"voids_percent = [{100 * voids!r}, {50 * voids!r}, {200 * voids!r}]"
    cell = Cell(changed(f"{line} -> {said}", tmp_path))
    assert cell.numbers == pytest.approx(whole, rel=1e-12)
    what = "thickness" if line.startswith("thickness") else "areal_mass"
    found = getattr(getattr(cell.state.composition, layer), what)
    assert found.kind == "derived"
    assert found.lower < found.value < found.upper


def test_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"none\.toml: No such file"):
        Cell(tmp_path / "none.toml")


def test_lithium_foil_is_its_own_reference(tmp_path):
    cell = Cell(changed('material = "In-Li" -> material = "Li"', tmp_path))
    assert cell.quantities[
        "Open-circuit voltage at 100% SOC [V]"
    ].number == pytest.approx(3.6)


@given(junk=st.text(max_size=200))
def test_junk_is_refused_in_one_line(junk, tmp_path_factory):
    path = tmp_path_factory.mktemp("junk") / "cell.toml"
    path.write_text(junk, encoding="utf-8", errors="replace")
    with pytest.raises(InputError):
        Cell(path)


DIFFUSION = {
    "LCO": {"particle_lithiated_diffusivity_m2_s": 2e-15},
    "LCO log-linear": {
        "particle_diffusivity_at_three_quarters_m2_s": 3e-15,
        "particle_diffusivity_slope": 1.5,
    },
    "LCO two sizes": {
        "particle_uniform_diffusivity_m2_s": 4e-15,
        "particle_size_ratio": 3,
        "large_particle_volume_fraction": 0.2,
    },
}


def with_diffusion(material, words, folder):
    said = [f"{word} = {value}" for word, value in words.items()]
    lines = "\n".join(["[cathode]", f'active_material = "{material}"', *said])
    return changed(f"[cathode] -> {lines}", folder)


@pytest.mark.parametrize("material", DIFFUSION)
def test_a_form_of_diffusion_takes_its_own_words_only(material, tmp_path):
    cell = Cell(with_diffusion(material, DIFFUSION[material], tmp_path))
    for word, value in DIFFUSION[material].items():
        name = cell.resolve(f"cathode.{word}").pybamm_name
        assert cell.numbers[name] == value
        assert cell.quantities[name].kind == "measured"
    for other in DIFFUSION.keys() - {material}:
        for word, value in DIFFUSION[other].items():
            with pytest.raises(InputError, match=f"{material} has no such quantity"):
                Cell(with_diffusion(material, {word: value}, tmp_path))


def test_a_ratio_of_sizes_is_positive(tmp_path):
    cell = Cell(with_diffusion("LCO two sizes", {}, tmp_path))
    with pytest.raises(InputError, match="ratio: 0; accepted: a positive number"):
        cell.vary({"cathode.particle_size_ratio": 0})
