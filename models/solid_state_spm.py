"""The single-particle model of an all-solid-state cell."""

from __future__ import annotations

import pybamm
from typing_extensions import override

from aslb.models.solid_state_model import SolidStateModel
from aslb.models.solid_state_options import solid_state_options
from aslb.models.submodels.averaged_electronic_conduction import (
    AveragedElectronicConduction,
)
from aslb.models.submodels.averaged_interphase_kinetics import (
    AveragedInterphaseKinetics,
)
from aslb.models.submodels.averaged_relaxing_kinetics import AveragedRelaxingKinetics
from aslb.models.submodels.averaged_relaxing_two_size_kinetics import (
    AveragedRelaxingTwoSizeKinetics,
)
from aslb.models.submodels.averaged_single_ion_conduction import (
    AveragedSingleIonConduction,
)
from aslb.models.submodels.averaged_two_size_kinetics import AveragedTwoSizeKinetics
from aslb.models.zoo import citation


class SolidStateSPM(SolidStateModel, pybamm.lithium_ion.SPM):
    """Single-particle model of an all-solid-state half-cell, with its ohmic losses.

    The reaction is taken as uniform over the cathode: one particle stands for all, and
    the ohmic losses of separator, catholyte and active material are closed forms. It
    has the options and the variable names of `SolidStateDFN`, is several times faster,
    and is a good approximation as long as the ohmic losses in the cathode are small
    against RT/F or the slope of the open-circuit potential evens the reaction out.

    Parameters
    ----------
    options : dict, optional
        As for `SolidStateDFN`.
    name : str, optional
        Name of the model.
    build : bool, optional
        Whether to build the model on construction. Default is True.

    Raises
    ------
    pybamm.OptionError
        If an option asks for physics that the model does not have.
    """

    def __init__(
        self,
        options: dict | None = None,
        name: str = "Solid-state single-particle model",
        build: bool = True,
    ):
        required = {"x-average side reactions": "true"}
        options = solid_state_options(options, type(self).__name__, required)
        super().__init__(options, name, build)
        pybamm.citations.register(citation("solid_state_spm"))

    @override
    def set_intercalation_kinetics_submodel(self):
        kinetics = {
            (False, False): AveragedInterphaseKinetics,
            (False, True): AveragedRelaxingKinetics,
            (True, False): AveragedTwoSizeKinetics,
            (True, True): AveragedRelaxingTwoSizeKinetics,
        }[self._two_sizes, self._relaxing]
        self.submodels["positive interface"] = kinetics(self.param, self.options)

    @override
    def set_solid_submodel(self):
        self.submodels["positive electrode potential"] = AveragedElectronicConduction(
            self.param, self.options
        )

    @override
    def set_electrolyte_potential_submodel(self):
        self.submodels["electrolyte conductivity"] = AveragedSingleIonConduction(
            self.param, self.options
        )
