"""Studies that are killed, short of disk or damaged lose nothing and tell no lie."""

import subprocess
import sys


def test_no_fault_costs_a_committed_row_or_gives_a_wrong_one(pytestconfig):
    script = pytestconfig.rootpath / "benchmarks" / "faults.py"
    done = subprocess.run(
        [sys.executable, str(script), "--attempts", "5"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [line.strip("| ").split(" | ") for line in done.stdout.splitlines()]
    counted = {kind: attempts for kind, attempts, *_ in rows[2:]}
    # each of them happened
    assert int(counted["killed"]) >= 5
    assert int(counted["disk full"]) >= 5
    assert int(counted["bits flipped"]) == int(counted["file cut"]) == 100
