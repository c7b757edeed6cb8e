"""Write ``docs/figures/explorer.png``: python docs/generate/explorer_screenshot.py.

It needs Chromium, and the extras explore and browser.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SHOWN = "?thickness_um=150&catholyte_mS_cm=0.2"
COMMAND = [sys.executable, "-m", "aslb.cli", "explore", "--no-browser", "--port", "0"]


def main() -> None:
    """Open the page at a state, wait for the DFN, and keep what is seen."""
    with (
        subprocess.Popen(COMMAND, stdout=subprocess.PIPE, text=True) as server,
        sync_playwright() as playwright,
    ):
        said = iter(server.stdout or [])
        address = next(
            re.finditer(r"http://\S+", line) for line in said if "http" in line
        )
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = chromium.new_page(viewport={"width": 1400, "height": 1130})
        page.goto(f"{next(address)[0]}/{SHOWN}")
        page.wait_for_selector("#model:has-text('DFN')", timeout=300_000)
        page.wait_for_timeout(1000)
        page.screenshot(path=ROOT / "docs" / "figures" / "explorer.png")
        chromium.close()
        server.terminate()


if __name__ == "__main__":
    main()
