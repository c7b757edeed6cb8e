"""Currents beside the one at which lithium shorts."""

from aslb.experiments.analyses.energy.lithium import on_lithium

SHORTED = (
    "rates reach the 0.5 mA/cm2 at which symmetric cells of lithium and Li6PS5Cl "
    "shorted (doi:10.1002/adma.202105505, fig S14), and no short circuit is modelled."
)


def test_rates_that_reach_the_critical_current_are_counted():
    said = on_lithium("Li", 10.0, [0.05, 0.5, 1.0])  # 1 mA/cm2 at 1C
    each = "0.05 mA/cm2 at C/20, 0.5 mA/cm2 at C/2, 1 mA/cm2 at 1C"
    assert said == f"Lithium: the discharge is {each}; 2 of 3 {SHORTED}"


def test_of_another_foil_nothing_is_said():
    assert on_lithium("as-built", 10.0, [1.0]) == ""
