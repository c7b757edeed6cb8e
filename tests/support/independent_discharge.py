"""Numerics of `independent_cell`: spectral elements and implicit Runge-Kutta steps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from independent_cell import FARADAY, derivative
from scipy.optimize import brentq
from spectral_elements import Elements


@dataclass
class State:
    """Lithiation (size, depth, radius), currents (size, depth) and potentials."""

    lithiation: np.ndarray
    current: np.ndarray
    electrolyte: np.ndarray
    electrons: np.ndarray


class NotSolved(Exception):
    """Newton's method did not converge: the step is too long, or there is no state."""


# SDIRK of order 4 in 5 stages (Hairer & Wanner 1996, table IV.6.5), with its estimate
GAMMA = 0.25
STAGES = (
    (),
    (1 / 2,),
    (17 / 50, -1 / 25),
    (371 / 1360, -137 / 2720, 15 / 544),
    (25 / 24, -49 / 48, 125 / 16, -85 / 12),
)
ERROR = (-3 / 16, -27 / 32, 25 / 32, 0.0, 1 / 4)


class Discharge:
    """The discretised cell.

    Parameters
    ----------
    cell : Cell
        What is discharged.
    depths, radii : int
        Numbers of elements through the cathode and through a particle.
    order : int
        Degree of the polynomials in both.
    tolerance : float
        Of lithiation, in a step.
    """

    def __init__(self, cell, *, depths=6, radii=8, order=5, tolerance=1e-5):
        self.cell, self.tolerance = cell, tolerance
        ends = (1 - np.cos(np.pi * np.linspace(0, 1, depths + 1))) / 2
        self.x = Elements(cell.thickness * ends, order)
        # finest under the surface; radii are fractions of the particle's
        self.r = Elements(1 - np.linspace(1, 0, radii + 1) ** 3, order)
        self.mass = self.r.lumped(self.r.nodes**2)
        self.radius = np.array(cell.radii)[:, None]
        fractions = np.array(cell.active_fractions)[:, None]
        self.surface = 3 * fractions / self.radius
        self.volume = fractions / fractions.sum()
        self.width = self.x.lumped(np.ones(self.x.size))
        one = np.ones((1, self.x.size))
        self.ions = self.x.stiffness(cell.ion_conductivity() * one, 0 * one, one)[0]

    # --- one implicit stage -----------------------------------------------------------

    def inverse(self, lithiation, step):
        """Inverse of each particle's matrix M + step·∂(diffusion)/∂x."""
        flat = lithiation.reshape(-1, self.r.size)
        law, slope = (
            self.cell.diffusivity(flat),
            derivative(self.cell.diffusivity, flat),
        )
        square = self.r.nodes**2
        matrix = self.r.stiffness(law * square, slope * square, flat)
        scale = step / np.repeat(self.radius[:, 0], self.x.size) ** 2
        matrix *= scale[:, None, None]
        matrix[:, range(self.r.size), range(self.r.size)] += self.mass
        return np.linalg.inv(matrix).reshape(*lithiation.shape, self.r.size)

    def stage(self, guess, known, step, inverse):
        """Solve lithiation = known + step·rate with all algebraic equations.

        A step of 0 leaves lithiation as it is and finds currents and potentials.
        """
        lithiation, current = guess.lithiation.copy(), guess.current.copy()
        electrolyte, electrons = guess.electrolyte.copy(), guess.electrons.copy()
        last = None
        for _ in range(30 if step == 0 else 12):
            free, tied = self._particles(lithiation, current, known, step, inverse)
            surface = lithiation[:, :, -1]
            gap = electrons - electrolyte
            stiff, overpotential = self._kinetics(surface, current)
            # what is left of each equation, after the particles are eliminated
            left = gap - overpotential - stiff[0] * free[:, :, -1]
            pivot = stiff[1] + stiff[0] * tied[:, :, -1]
            d_ions, d_electrons = self._balances(
                surface, current, electrolyte, electrons, left, pivot, free, tied
            )
            d_current = (left + d_electrons - d_ions) / pivot
            d_lithiation = free + tied * d_current[:, :, None]
            # never further than most of the way to an end of the scale
            room = np.where(d_lithiation > 0, 1 - lithiation, lithiation)
            part = min(1.0, 0.8 / max(1e-9, (np.abs(d_lithiation) / room).max()))
            lithiation += part * d_lithiation
            current += part * d_current
            electrolyte += part * d_ions
            electrons += part * d_electrons
            size = max(
                np.abs(d_lithiation).max(),
                np.abs(d_ions).max(),
                np.abs(d_electrons).max(),
            )
            if not np.isfinite(size):
                break
            if size < 1e-9 or (size < 1e-7 and last is not None and size > last / 4):
                return State(lithiation, current, electrolyte, electrons)
            last = size
        raise NotSolved

    def _particles(self, lithiation, current, known, step, inverse):
        """Newton's move of lithiation: of itself, and for each unit of current."""
        if step == 0:
            return np.zeros_like(lithiation), np.zeros_like(lithiation)
        flat = lithiation.reshape(-1, self.r.size)
        law = self.cell.diffusivity(flat) * self.r.nodes**2
        diffusion = self.r.flux(law, flat).reshape(lithiation.shape)
        square = self.radius[:, :, None] ** 2
        left = self.mass * (known - lithiation) - step * diffusion / square
        entering = -step / (FARADAY * self.cell.sites * self.radius)
        left[:, :, -1] += entering * current
        free = (inverse @ left[..., None])[..., 0]
        return free, inverse[..., -1] * entering[:, :, None]

    def _kinetics(self, surface, current):
        """Slopes of φ_s - φ_e with lithiation and current, and its value."""
        cell = self.cell
        own, logarithmic = cell.exchange_current(surface)
        value, by_lithiation = cell.potential(surface)
        root = np.sqrt(current**2 + 4 * own**2)
        by_lithiation = by_lithiation - cell.thermal * current / root * logarithmic
        value = value + cell.interphase * current
        value += cell.thermal * np.arcsinh(current / (2 * own))
        return (by_lithiation, cell.thermal / root + cell.interphase), value

    def _balances(
        self, surface, current, electrolyte, electrons, left, pivot, free, tied
    ):
        """Newton's moves of both potentials, from the balances of charge."""
        x, n = self.x, self.x.size
        law, steep = self.cell.electrons((self.volume * surface).sum(0))
        none, level = np.zeros((1, n)), electrons[None]
        ohmic = x.stiffness(law[None], none, level)[0]
        # by the mean lithiation of surfaces at each depth
        sensitive = x.stiffness(none, steep[None], level)[0]
        reaction = self.width * (self.surface * current).sum(0)
        # currents follow the gap between the potentials; so do surfaces
        follow = self.width * (self.surface / pivot).sum(0)
        constant = self.width * (self.surface * left / pivot).sum(0)
        end = tied[:, :, -1] / pivot
        shift = (self.volume * (free[:, :, -1] + end * left)).sum(0)
        yielding = (self.volume * end).sum(0)
        of_ions = self.ions @ electrolyte - reaction - constant
        of_electrons = ohmic @ electrons + reaction + constant + sensitive @ shift
        of_electrons[-1] += self.cell.density
        matrix = np.zeros((2 * n, 2 * n))
        matrix[:n, :n] = self.ions + np.diag(follow)
        matrix[:n, n:] = -np.diag(follow)
        matrix[n:, :n] = -np.diag(follow) - sensitive * yielding
        matrix[n:, n:] = ohmic + np.diag(follow) + sensitive * yielding
        # potentials are counted from the separator's end of the catholyte
        matrix[0] = np.eye(1, 2 * n)
        of_ions[0] = electrolyte[0]
        found = np.linalg.solve(matrix, -np.concatenate([of_ions, of_electrons]))
        return found[:n], found[n:]

    # --- time -------------------------------------------------------------------------

    def start(self, lithiation):
        """State at rest until now, with the current switched on."""
        shape = (len(self.radius), self.x.size, self.r.size)
        even = -self.cell.density / (self.surface.sum() * self.cell.thickness)
        level = self.cell.potential(np.array([lithiation]))[0].item()
        guess = State(
            np.full(shape, lithiation),
            np.full(shape[:2], even),
            np.zeros(self.x.size),
            np.full(self.x.size, level),
        )
        return self.stage(guess, guess.lithiation, 0.0, None)

    def advance(self, state, duration):
        """State after a step, and its error in units of the tolerance."""
        inverse = self.inverse(state.lithiation, GAMMA * duration)
        rates, at = [], state
        for weights in STAGES:
            known = state.lithiation + duration * sum(
                (a * k for a, k in zip(weights, rates, strict=True)),
                np.zeros_like(state.lithiation),
            )
            at = self.stage(at, known, GAMMA * duration, inverse)
            rates.append((at.lithiation - known) / (GAMMA * duration))
        error = duration * sum(e * k for e, k in zip(ERROR, rates, strict=True))
        squares = (error**2 @ self.mass / self.mass.sum()).mean()
        surface = (error[:, :, -1] ** 2).mean()
        return at, np.sqrt(max(squares, surface)) / self.tolerance

    def solve(self, lithiation):
        """Discharge from a uniform lithiation to the cut-off.

        Returns
        -------
        times, voltages : numpy.ndarray
            After each step, the last at the cut-off [s], [V]. One entry if the cell is
            below its cut-off as the current is switched on.

        Raises
        ------
        NotSolved
            If the steps become too short to get on.
        """
        cell = self.cell
        state, time = self.start(lithiation), 0.0

        def beyond(step):
            """Voltage above the cut-off, a step from here on."""
            reached, error = self.advance(state, step) if step else (state, 0.0)
            passed = cell.current * (time + step)
            voltage = cell.voltage(reached.electrons[-1], lithiation, passed)
            return voltage - cell.cutoff, reached, error

        times, left = [time], [beyond(0)[0]]
        step = longest = FARADAY * cell.all_sites / cell.current / 50
        step *= 1e-5
        while left[-1] > 0:
            if step < 1e-9 * longest:
                raise NotSolved(f"{left[-1]} V above the cut-off, after {time} s")
            try:
                found, reached, error = beyond(step)
            except (NotSolved, np.linalg.LinAlgError):
                step /= 4
                continue
            if error > 1:
                step *= max(0.2, 0.85 * error**-0.25)
                continue
            if found < 0:
                step = brentq(lambda h: beyond(h)[0], 0, step, xtol=1e-6 * step)
                found = 0.0
            state, time = reached, time + step
            times.append(time)
            left.append(found)
            step = min(longest, step * min(4.0, 0.85 * max(error, 1e-8) ** -0.25))
        return np.array(times), np.array(left) + cell.cutoff
