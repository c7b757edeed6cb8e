"""The built site on a server of its own, and Chromium: `nox -s site` builds it."""

import functools
import os
import shutil
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from built_site import SITE

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def without(what):
    """Skip what cannot run here; where everything has to run it is a failure."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def site():
    """Address of the built site."""
    if not (SITE / "index.html").exists():
        without(
            f"no site in {SITE}: build it with nox -s site, or name it in ASLB_SITE"
        )
    handler = functools.partial(Quiet, directory=SITE)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def chromium():
    """The machine's own Chromium, without a window."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        without('no playwright: pip install ".[browser]"')
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        without("no Chromium on the PATH")
    with sync_playwright() as playwright:
        # as root, as in containers, its sandbox does not start; it opens own pages only
        browser = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox"]
        )
        yield browser
        browser.close()
