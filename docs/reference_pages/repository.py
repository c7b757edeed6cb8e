"""Pages that stand beside the folder of the documentation, and links to them."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "predictions/README.md": "predictions.md",
}
"""Files of the repository by path, and the names of their pages in the site."""

LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def pages() -> dict[str, str]:
    """Each as it is, with links as they are from its place in the site."""
    return {
        page: LINK.sub(
            lambda link, of=path: f"]({_from_generated(of, link[1])}",
            (ROOT / path).read_text(encoding="utf-8"),
        )
        for path, page in PAGES.items()
    }


def led_inside(text: str) -> str:
    """A page of the documentation, with links to these as they are in the site."""
    for path, page in PAGES.items():
        text = text.replace(f"](../{path}", f"](generated/{page}")
    return text


def _from_generated(of: str, link: str) -> str:
    """A link of a file of the repository, from a page in ``docs/generated``."""
    target = PurePosixPath(of).parent / link
    if str(target) in PAGES:
        return PAGES[str(target)]
    return f"../{target.relative_to('docs')}"
