"""
A published cell, predicted blind
=================================

How good is the model where it has not been fitted? On 22 November 2026 the rate test of
the cell with a thick pellet was predicted, knowing the one with a thin membrane only.
What the paper says was read afterwards. Predictions are dated, and never edited.
"""

import json
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

from aslb.parameters.cells.cao2021.printed import paper_numbers, rate

cell = "Cao2021_thick_halide"  # cell-2 of the paper
text = Path("../../predictions/2026-11-22-first.json").read_text(encoding="utf-8")
table = pd.DataFrame(json.loads(text)["predictions"])
table = table[(table["cell"] == cell) & (table["quantity"] == "rate capability")]
table = table.set_index("c_rate")

printed = paper_numbers()["read_after_the_first_blind_predictions"]["cell-2"]
table["measured"] = pd.Series({rate(at): found for at, found in printed.items()})
table["error"] = table["prediction"] - table["measured"]
table[["prediction", "lower", "upper", "measured", "error"]]

# %%
# It missed, and the :doc:`log of blind predictions </blind-log>` says so, with scores.
# What ships since is fitted to both cells, and is called fitted.

inside = table["measured"].between(table["lower"], table["upper"]).sum()
print(f"{inside} of {table['measured'].count()} measured capacities are in the band")

plt.style.use("aslb.experiments.output.journal")  # a column of a journal wide
figure, axes = plt.subplots()
axes.fill_between(
    table.index, table["lower"], table["upper"], alpha=0.25, label="95 % band"
)
axes.plot(table.index, table["prediction"], label="predicted blind")
axes.plot(table.index, table["measured"], "ko", ms=3, label="measured")
axes.set(xlabel="C-rate", ylabel="Discharge capacity [mAh/g]", ylim=(0, None))
axes.legend()
