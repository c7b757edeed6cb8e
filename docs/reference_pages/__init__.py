"""Pages of the site that are computed from the package, each time it is built."""

from __future__ import annotations

from pathlib import Path

from reference_pages import api, cells, files, repository

PAGES = (api, cells, files, repository)


def write_pages(docs: Path) -> None:
    """Write all of them into ``docs/generated``."""
    folder = docs / "generated"
    made = {
        folder / name: text for page in PAGES for name, text in page.pages().items()
    }
    for path in {*folder.rglob("*.md")}.difference(made):
        path.unlink()
    for path, text in made.items():
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue  # a page that did not change is not built again
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
