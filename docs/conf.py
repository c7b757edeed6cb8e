"""The site: nox -s site, or sphinx-build -W docs docs/_build/html."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent / "generate"))

import explorer

from aslb import __version__
from reference_pages import write_pages
from reference_pages.repository import led_inside
from reference_pages.signatures import readable

EXPLORER = Path(__file__).parent / "generated" / "explore_stored"

project = "aslb"
author = "The aslb developers"
version = release = __version__
copyright = f"{date.today():%Y}, {author}"

extensions = [
    "myst_parser",
    "numpydoc",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx_click",
    "sphinx_copybutton",
    "sphinx_design",
    "sphinx_gallery.gen_gallery",
]
exclude_patterns = ["_build", "audit", "gallery", "generate", "reference_pages"]
templates_path = ["_templates"]

myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3

default_role = "code"
smartquotes_action = "qe"  # dashes are those of options
autodoc_preserve_defaults = False  # values, and not the names of constants
autodoc_typehints = "none"  # numpydoc says them, with units
autodoc_member_order = "bysource"
numpydoc_show_class_members = False  # they are documented on the page of the class
# unknown sections, sections out of order, and parameters that there are not
numpydoc_validation_checks = {"GL06", "GL07", "PR02", "PR10"}
numpydoc_validation_exclude = {r"\.nickel_manganese_cobalt_oxides\."}  # PyBaMM's words

sphinx_gallery_conf = {
    "examples_dirs": "gallery",
    "gallery_dirs": "auto_gallery",
    "filename_pattern": "/",
    "within_subsection_order": "FileNameSortKey",
    "abort_on_example_error": True,
    "download_all_examples": False,
    "show_memory": False,
    "show_signature": False,
    "write_computation_times": False,
    "capture_repr": ("_repr_html_",),
    "copyfile_regex": r".*\.(toml|csv)",
    "image_srcset": ["2x"],
    "reference_url": {"aslb": None},
}

html_theme = "pydata_sphinx_theme"
html_title = f"aslb {version}"
html_static_path = ["_static"]
html_extra_path = [str(EXPLORER)]
html_favicon = "_static/favicon.svg"
html_context = {"default_mode": "light"}  # figures are white
html_css_files = ["site.css"]
html_last_updated_fmt = "%Y-%m-%d"
html_show_sourcelink = False
html_use_index = html_domain_indices = False  # search finds names
html_theme_options = {
    "logo": {"text": f"aslb {version}"},
    "header_links_before_dropdown": 6,
    "navbar_end": [],  # one mode
    "footer_start": ["copyright"],
    "footer_end": ["last-updated"],
    "show_prev_next": False,
}
html_sidebars = {"index": [], "get-started": []}


def _lead_inside(app, docname, source):
    source[0] = led_inside(source[0])


def _shorten(app, what, name, obj, options, signature, returned):
    return signature and readable(signature), returned


def setup(app):
    """Write what is generated before pages are read, and lead links to it."""
    os.environ["PYBAMM_DISABLE_TELEMETRY"] = "true"
    # it sets how processes start, and prints that it cannot after the first has started
    import pybop  # noqa: F401

    app.connect("config-inited", lambda app, _: write_pages(Path(app.srcdir)))
    app.connect("config-inited", lambda *_: explorer.write_page(EXPLORER))
    app.connect("source-read", _lead_inside)
    app.connect("autodoc-process-signature", _shorten)
