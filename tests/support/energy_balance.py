"""Where the energy of a discharge goes, component by component."""

import numpy as np
import pybamm
from cathode_mean import widths
from cross_code import Activated, law

from aslb.models import SolidStateDFN

FARADAY = 96485.33212  # C/mol
OXIDATION = "Catholyte oxidation capacity [A.h.m-2]"
LUMPED = ("Anode kinetic", "Anode interface", "Separator", "Junction")


def discharge(cell, rate, **changes):
    """A discharge of a charged cell, with the values it was solved with."""
    values = pybamm.ParameterValues(cell)
    values.update(changes)
    values[OXIDATION] = 0.0  # its charge is no lithium of the particles
    values["Current function [A]"] = rate * values["Nominal cell capacity [A.h]"]
    model = SolidStateDFN()
    simulation = pybamm.Simulation(
        model,
        parameter_values=values,
        solver=pybamm.IDAKLUSolver(rtol=1e-7, atol=1e-9),
    )
    end = 3600 * 1.3 / rate
    solution = simulation.solve(
        [0, end], t_interp=np.linspace(0, end, 2000), initial_soc=0.9
    )
    assert "cut-off" in solution.termination or "voltage" in solution.termination
    return solution, values, simulation.mesh


def balance(cell, rate, changes=None):
    """Energies of a discharge per area [J/m²].

    Parameters
    ----------
    cell : str
        A shipped cell with particles of one size.
    rate : float
        C-rate [h-1].
    changes : dict of str to float, optional
        Other values of parameters.

    Returns
    -------
    work, free_energy : float
        What the cell gives, and what both electrodes lose.
    heats, means : dict of str to float
        By component: what is dissipated, and the current times the model's loss.
    """
    solution, values, mesh = discharge(cell, rate, **(changes or {}))
    t = solution["Time [s]"].entries
    area = values["Electrode width [m]"] * values["Electrode height [m]"]
    i = solution["Current [A]"].entries / area

    def over_time(power):
        return np.trapezoid(power, t)

    def loss(component):
        return over_time(i * solution[f"{component} loss [V]"].entries)

    in_cathode = ("Catholyte", "Electronic", "Kinetic", "Interphase")
    means = {
        name: loss(name) for name in (*LUMPED, *in_cathode, "Particle concentration")
    }
    heats = {name: means[name] for name in LUMPED}
    for name in ("Catholyte", "Electronic"):
        heats[name] = over_time(solution[f"{name} ohmic heating [W.m-2]"].entries)
    heats["Electronic"] += over_time(
        i * solution["Negative electrode potential drop [V]"].entries
    )
    depth = widths(solution, values)[:, None]
    reaction = -solution[
        "Sum of positive electrode volumetric interfacial current densities [A.m-3]"
    ].entries  # positive on discharge
    eta = -solution["Positive electrode reaction overpotential [V]"].entries
    heats["Kinetic"] = over_time((depth * reaction * eta).sum(0))
    resistance = values["Positive electrode interphase resistance [Ohm.m2]"]
    surface = 3 * active_fraction(values) / values["Positive particle radius [m]"]
    heats["Interphase"] = over_time((depth * reaction**2).sum(0)) * resistance / surface
    stored, diffused = particles(solution, values, mesh, depth, reaction, over_time)
    heats["Particle concentration"] = diffused
    foil = over_time(
        i * solution["Negative electrode bulk open-circuit potential [V]"].entries
    )
    work = over_time(i * solution["Voltage [V]"].entries)
    return work, stored - foil, heats, means


def active_fraction(values):
    """Volume fraction of the material that reacts."""
    name = "Positive electrode active material volume fraction"
    return float(values.evaluate(pybamm.Parameter(name)))


def particles(solution, values, mesh, depth, reaction, over_time):
    """Free energy that particles lose, and what diffusion in them dissipates."""
    nodes, edges = mesh["positive particle"].nodes, mesh["positive particle"].edges
    radius = edges[-1]
    c = solution["Positive particle concentration [mol.m-3]"].entries  # r, x, t
    c_max = values["Maximum concentration in positive electrode [mol.m-3]"]
    kelvin = values["Ambient temperature [K]"]
    potential = law(values, "Positive electrode OCP [V]")
    diffusivity = Activated(values, kelvin).law(
        "Positive particle diffusivity", "m2.s-1"
    )
    U = potential(c / c_max)
    active = active_fraction(values)
    shares = np.diff(edges**3)[:, None, None] / radius**3
    grid = np.linspace(0, 1, 20001)
    integral = np.concatenate(
        [[0.0], np.cumsum((potential(grid)[1:] + potential(grid)[:-1]) / 2)]
    ) * (grid[1] * c_max)
    ends = np.interp(c[:, :, [0, -1]] / c_max, grid, integral)
    gained = FARADAY * active * (shares * (ends[..., 1:] - ends[..., :1])).sum(0)
    stored = (depth * gained).sum()
    # between two nodes: flux times the step of the potential; then to the surface
    D = diffusivity(c / c_max)
    flux = -(D[1:] + D[:-1]) / 2 * np.diff(c, axis=0)
    flux /= np.diff(nodes)[:, None, None]
    surfaces = 3 * edges[1:-1, None, None] ** 2 / radius**3
    steps = FARADAY * active * (surfaces * flux * np.diff(U, axis=0)).sum(0)
    surface = potential(solution["Positive particle surface stoichiometry"].entries)
    steps += reaction * (U[-1] - surface)
    return stored, over_time((depth * steps).sum(0))
