"""Relaxing interphase kinetics at every depth of the cathode."""

from __future__ import annotations

from aslb.models.submodels.full_interphase_kinetics import FullInterphaseKinetics
from aslb.models.submodels.relaxing_interphase_kinetics import (
    RelaxingInterphaseKinetics,
)


class FullRelaxingKinetics(RelaxingInterphaseKinetics, FullInterphaseKinetics):
    """Current density, double layer and interphase are states, each at every depth.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    """

    _x_average = False
