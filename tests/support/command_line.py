"""The command line as a process of its own."""

import subprocess
import sys

COMMAND = [sys.executable, "-m", "aslb.cli"]


def run_aslb(arguments, directory):
    """Run a command to its end in a folder."""
    return subprocess.run(
        [*COMMAND, *arguments.split()],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=directory,
    )


def start_aslb(arguments, **options):
    """Start a command in a session of its own, that it can be killed with."""
    return subprocess.Popen(
        [*COMMAND, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        **options,
    )
