"""What a study file may say, checked by pydantic, a mistake in one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from aslb.errors import InputError
from aslb.experiments.engine.cycle import RTOL
from aslb.experiments.engine.outputs import BOUNDARY, ENERGIES, QUANTITIES, Outputs
from aslb.experiments.protocols import HOLD
from aslb.experiments.study.checks import (
    depths,
    mesh,
    names,
    points_of_curves,
    rate,
    rate_blocks,
    samples_of_bands,
    tolerance,
    varied,
    word_of,
    words_of,
)
from aslb.experiments.study.names import STARTS
from aslb.experiments.study.points import METHODS
from aslb.models.registry import DFN, MODELS
from aslb.parameters.composition.masses import BOUNDARIES
from aslb.parameters.given import number
from aslb.parameters.nearest import nearest

ALLOWED = {
    "latin hypercube": {"points", "seed"},
    "sobol": {"points", "seed"},
    "csv": {"file"},
    "adaptive": {"points", "goal", "loss"},
}
"""Keys that go with some methods only."""

RATE_IN_RATE_TEST = (
    "not accepted with protocol 'rate_test', which has its rates in protocol.rates"
)

Number = Annotated[float, BeforeValidator(number)]
Rate = Annotated[float, BeforeValidator(rate)]
Names = Annotated[tuple[str, ...], BeforeValidator(names)]
Blocks = Annotated[tuple[tuple[float, int], ...], BeforeValidator(rate_blocks)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OutputsSection(_Section):
    """The table ``outputs`` of a study file."""

    quantities: Annotated[
        tuple[str, ...], BeforeValidator(words_of((*QUANTITIES, *ENERGIES)))
    ] = ("charge_capacity", "discharge_capacity")
    boundaries: Annotated[tuple[str, ...], BeforeValidator(words_of(BOUNDARIES))] = (
        BOUNDARY,
    )
    losses_at_depth: Annotated[tuple[float, ...], BeforeValidator(depths)] = ()
    charge_losses_at_depth: Annotated[tuple[float, ...], BeforeValidator(depths)] = ()
    curve_points: Annotated[int, BeforeValidator(points_of_curves)] = 0

    @field_validator("boundaries")
    @classmethod
    def _are_of_energies(cls, value: Any, info: ValidationInfo) -> Any:
        if not set(ENERGIES) & set(info.data.get("quantities", ENERGIES)):
            raise InputError(f"accepted with quantities {' or '.join(ENERGIES)}")
        return value

    def outputs(self) -> Outputs:
        """What is kept of each point."""
        energies = tuple(name for name in self.quantities if name in ENERGIES)
        return Outputs(
            tuple(name for name in self.quantities if name in QUANTITIES),
            self.losses_at_depth,
            self.curve_points,
            energies,
            self.boundaries if energies else (),
            self.charge_losses_at_depth,
        )


class ProtocolSection(_Section):
    """The table ``protocol`` of a study file."""

    name: Annotated[str, BeforeValidator(word_of(("cccv", "rate_test")))] = "cccv"
    c_rate: Rate | None = None
    rates: Blocks | None = None
    upper_cutoff_V: Number | None = None
    lower_cutoff_V: Number | None = None
    hold_h: Number = HOLD

    @field_validator("c_rate")
    @classmethod
    def _is_of_one_cycle(cls, value: Any, info: ValidationInfo) -> Any:
        if info.data.get("name") == "rate_test":
            raise InputError(RATE_IN_RATE_TEST)
        return value

    @field_validator("rates")
    @classmethod
    def _are_of_rate_tests(cls, value: Any, info: ValidationInfo) -> Any:
        if info.data.get("name") == "cccv":
            raise InputError(
                "not accepted with protocol 'cccv'; accepted with 'rate_test'"
            )
        return value


class StudyFile(_Section):
    """A study as its file describes it."""

    cells: Names = ("Cao2021_thin_halide",)
    protocol: ProtocolSection = ProtocolSection()
    model: Annotated[str, BeforeValidator(word_of(MODELS))] = DFN
    method: Annotated[str, BeforeValidator(word_of(METHODS))] = "grid"
    points: Any = None
    seed: Any = 0
    file: Any = None
    goal: Any = None
    loss: Any = None
    rtol: Annotated[float, BeforeValidator(tolerance)] = RTOL
    var_pts: Annotated[dict[str, int], BeforeValidator(mesh)] = Field(
        default_factory=dict
    )
    start: Annotated[str, BeforeValidator(word_of(STARTS))] = STARTS[0]
    vary: Annotated[Any, BeforeValidator(varied)] = Field(default_factory=dict)
    outputs: OutputsSection = OutputsSection()
    bands: Annotated[int, BeforeValidator(samples_of_bands)] = 0

    @model_validator(mode="after")
    def _keys_go_with_the_method(self) -> Self:
        of_methods = set().union(*ALLOWED.values())
        for key in sorted(of_methods - ALLOWED.get(self.method, set())):
            if key in self.model_fields_set:
                raise InputError(f"{key}: not accepted with method '{self.method}'")
        if self.method == "csv":
            if "vary" in self.model_fields_set:
                raise InputError(
                    "vary: not accepted with method 'csv': the file has it"
                )
            if not isinstance(self.file, str):
                raise InputError(f"file: {self.file!r}; accepted: name of a CSV file")
        elif not isinstance(self.vary, Mapping) or not (
            self.vary or self.method == "grid"  # which is then of one point
        ):
            raise InputError(NOTHING_VARIES)
        return self


NOTHING_VARIES = "vary: nothing varies; accepted: a table of parameters"
TABLES: dict[str, type[BaseModel]] = {
    "protocol": ProtocolSection,
    "outputs": OutputsSection,
}
NO_KEYWORDS = ("cells", "start", "vary", *TABLES)
KEYWORDS = [
    *(key for key in StudyFile.model_fields if key not in NO_KEYWORDS),
    *OutputsSection.model_fields,
]
"""Keys of a study file that are keywords of a study."""


def checked(content: Mapping[str, Any]) -> StudyFile:
    """What a study file says, or one line about each thing that is wrong."""
    try:
        return StudyFile.model_validate(dict(content))
    except ValidationError as error:
        problems = error.errors(include_url=False)
    said = dict.fromkeys(map(_told, problems))  # a table may be missed twice
    raise InputError("\n".join(said))


def _told(problem: Any) -> str:
    """One line about what is wrong, beginning with the key."""
    place = ".".join(map(str, problem["loc"]))
    if problem["type"] == "value_error":
        said = str(problem["ctx"]["error"])
        return f"{place}: {said}" if place else said
    table = TABLES.get(str(problem["loc"][0]), StudyFile)
    accepted = ", ".join(table.model_fields)
    if problem["type"] == "extra_forbidden":
        hint = nearest(str(problem["loc"][-1]), table.model_fields, 0.7)
        return f"unknown key {place!r}; {hint}accepted: {accepted}"
    return f"{place}: accepted: a table with {accepted}"
