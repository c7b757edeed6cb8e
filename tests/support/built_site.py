"""Where the built site is: ASLB_SITE, or where nox -s site puts it."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SITE = Path(os.environ.get("ASLB_SITE", ROOT / "docs" / "_build" / "html"))
