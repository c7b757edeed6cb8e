"""Write ``docs/figures/energy-retention.png``: python docs/generate/energy_retention.py."""

from __future__ import annotations

import tempfile
from pathlib import Path

from aslb.experiments import sweep
from aslb.experiments.study.pareto import plot_pareto

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Solve the example, and draw it."""
    with tempfile.TemporaryDirectory() as folder:
        study = sweep(ROOT / "examples" / "energy_retention.toml", folder)
    figure = plot_pareto(study, "specific_energy")
    figure.savefig(ROOT / "docs" / "figures" / "energy-retention.png")


if __name__ == "__main__":
    main()
