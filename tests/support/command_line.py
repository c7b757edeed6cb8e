"""The command line as a process of its own."""

import os
import subprocess
import sys

COMMAND = [sys.executable, "-m", "aslb.cli"]


def run_aslb(arguments, directory, encoding="utf-8"):
    """Run a command to its end in a folder, in a terminal of some encoding."""
    return subprocess.run(
        [*COMMAND, *arguments.split()],
        capture_output=True,
        text=True,
        encoding=encoding,
        cwd=directory,
        env={**os.environ, "PYTHONIOENCODING": encoding},
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
