"""Relaxing interphase kinetics at the mean current of the cathode."""

from __future__ import annotations

from aslb.models.submodels.averaged_interphase_kinetics import (
    AveragedInterphaseKinetics,
)
from aslb.models.submodels.relaxing_interphase_kinetics import (
    RelaxingInterphaseKinetics,
)


class AveragedRelaxingKinetics(RelaxingInterphaseKinetics, AveragedInterphaseKinetics):
    """One double layer and one interphase stand for those of all particles.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    """

    _x_average = True
