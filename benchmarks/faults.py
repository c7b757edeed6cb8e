"""What is lost of a study that is killed, short of disk, or damaged: it is counted.

``python benchmarks/faults.py --minutes 15`` has all of it happen to small studies,
again and again, and prints a table in Markdown. Most of them have arithmetic in place
of a solver, so that a kill mostly hits the store; some are `aslb sweep` in lanes.
Status 1 is a row that was lost or wrong, or a store that was not refused in one line.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from fault_attempts import Faults, rows_of

from aslb.errors import InputError
from aslb.experiments.study.store import FILE

DAMAGES = 20  # of a finished store, for each study that is killed
SWEEP = """\
model = "SolidStateSPM"
[vary]
"membrane thickness [um]" = { log = [20, 1000], points = 400 }
c_rate = { log = [0.1, 4], points = 40 }
[outputs]
quantities = ["discharge_capacity"]
curve_points = 11
"""
COLUMNS = {
    "attempts": "Attempts",
    "committed": "Rows committed",
    "lost": "Lost",
    "wrong": "Wrong",
    "told": "Study ended in one line",
    "refused": "Store refused in one line",
    "other": "Anything else",
}
LOG = "bits of the log flipped"
"""What ends at such a bit SQLite takes for a commit that a kill cut: it is solved
again."""


def swept(folder: Path, *, kill_after: float | None = None) -> float:
    """Run the command, and kill its processes after a time [s]; gives the time."""
    study = folder.parent / "study.toml"
    study.write_text(SWEEP)
    options = ["--out", str(folder), "--recheck", "0"]
    command = [sys.executable, "-m", "aslb.cli", "sweep", str(study), *options]
    began = time.monotonic()
    running = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        _, said = running.communicate(timeout=kill_after)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
    else:
        if running.returncode:
            raise RuntimeError(said)
    return time.monotonic() - began


def kill_sweeps(faults: Faults, until: float) -> None:
    """Kill the command again and again, and let it go on."""
    whole = faults.folder / "sweep"
    swept(whole)  # and compiled
    expected = rows_of(whole / FILE)
    again = faults.folder / "sweep-again"
    duration = swept(again)
    count = faults.counted.setdefault("aslb sweep killed", Counter())
    while time.monotonic() < until:
        if again.exists() and len(rows_of(again / FILE)) == len(expected):
            for file in again.iterdir():
                file.unlink()
        before: set[int] = set()
        if (again / FILE).exists():
            before = {*rows_of(again / FILE)}
        swept(again, kill_after=faults.random.uniform(0.5, 1) * duration)
        count["attempts"] += 1
        count["committed"] += len(before)
        if not (again / FILE).exists():
            count["lost"] += len(before)
            continue
        try:
            found = rows_of(again / FILE)
        except InputError:
            count["refused"] += 1
            continue
        count["lost"] += len(before - found.keys())
        count["wrong"] += sum(row != expected[n] for n, row in found.items())


def table(counted: dict[str, Counter]) -> str:
    """Counts of all kinds of faults, in Markdown."""
    lines = [
        "| " + " | ".join(["What happened", *COLUMNS.values()]) + " |",
        "| --- " + "| ---: " * len(COLUMNS) + "|",
    ]
    for kind, count in counted.items():
        numbers = (f"{count[name]:,}".replace(",", " ") for name in COLUMNS)
        lines.append("| " + " | ".join([kind, *numbers]) + " |")
    return "\n".join(lines)


def is_sound(counted: dict[str, Counter]) -> bool:
    """Whether no row was lost or wrong, and all that ended did so in one line."""
    return not any(
        count["wrong"]
        or count["other"]
        or (count["lost"] and kind != LOG)
        or (count["refused"] and kind not in ("bits flipped", "file cut"))
        for kind, count in counted.items()
    )


def main() -> int:
    """Let it happen, and print what was counted."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--minutes", type=float, help="go on for so long")
    arguments.add_argument("--attempts", type=int, default=10, help="rounds otherwise")
    arguments.add_argument("--seed", type=int, default=0)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        faults = Faults(Path(folder), asked.seed)
        began, rounds = time.monotonic(), 0
        if asked.minutes:  # a third of the time for the command itself
            kill_sweeps(faults, began + 20 * asked.minutes)
        while (
            time.monotonic() < began + 60 * asked.minutes
            if asked.minutes
            else rounds < asked.attempts
        ):
            rounds += 1
            faults.killed()
            faults.full()
            faults.damaged_log()
            for _ in range(DAMAGES):
                faults.damaged()
    print(table(faults.counted))
    for said in faults.strange[:20]:
        print(f"\n{said}", file=sys.stderr)
    return 0 if is_sound(faults.counted) else 1


if __name__ == "__main__":
    sys.exit(main())
