"""The site as its readers meet it: pages, search, links and images."""

import re
from html.parser import HTMLParser
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin
from urllib.request import urlopen

import pytest
from built_site import SITE

pytestmark = pytest.mark.browser

MAIN = [
    "index.html",
    "explorer.html",
    "explore-stored.html",
    "get-started.html",
    "understand.html",
    "model.html",
    "reference.html",
    "command-line.html",
    "generated/api/aslb.Cell.html",
    "generated/cells/Cao2021_thin_halide.html",
    "auto_gallery/index.html",
    "auto_gallery/01_first_study.html",
    "generated/contributing.html",
]
WIDTHS = {"desktop": 1280, "phone": 390}


class Page(HTMLParser):
    """Where a page leads, what it shows, and the places in it."""

    def __init__(self, text):
        super().__init__()
        self.links, self.images, self.places = set(), set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        said = {name: value or "" for name, value in attrs}
        self.places.add(said.get("id"))
        if tag in ("a", "link") and "href" in said:
            self.links.add(said["href"])
        if tag in ("img", "script") and "src" in said:
            (self.images if tag == "img" else self.links).add(said["src"])
        for source in filter(None, said.get("srcset", "").split(",")):
            self.images.add(source.split()[0])


@pytest.fixture(scope="module")
def pages(site):
    """All that can be reached from the first page, by address; None is missing."""
    found, left = {}, [site]
    while left:
        address = left.pop()
        if address in found:
            continue
        found[address] = None
        try:
            with urlopen(address) as answer:
                kind, content = answer.headers.get_content_type(), answer.read()
        except HTTPError:
            continue
        found[address] = Page(content.decode() if kind == "text/html" else "")
        links = {urldefrag(urljoin(address, x)).url for x in found[address].links}
        left += [link for link in links if link.startswith(site)]
    return found


@pytest.mark.parametrize("name", MAIN)
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_a_page_opens_without_complaint(site, chromium, name, width):
    page = chromium.new_page(viewport={"width": width, "height": 800})
    complaints, asked = [], []
    page.on("console", lambda said: complaints.append((said.type, said.text)))
    page.on("pageerror", lambda error: complaints.append(("error", str(error))))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site + name, wait_until="load")
    assert page.locator("h1").first.is_visible()
    wider = page.evaluate(
        """[...document.querySelectorAll("html, main, .bd-article-container, article")]
        .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.className)"""
    )
    broken = page.evaluate(
        "[...document.images].filter(i => !i.naturalWidth).map(i => i.src)"
    )
    page.close()
    assert not [text for kind, text in complaints if kind == "error"]
    assert not [url for url in asked if not url.startswith((site, "data:"))]
    assert not broken
    assert not wider, "something is cut off at the right"


def test_search_finds(site, chromium):
    page = chromium.new_page()
    page.goto(f"{site}search.html?q=critical+thickness")
    first = page.locator("#search-results li a").first
    first.wait_for(timeout=20_000)
    assert page.locator("#search-results li").count() > 1
    first.click()
    page.wait_for_load_state()
    assert "critical thickness" in page.locator("article").inner_text().lower()
    page.close()


def test_no_link_is_broken(site, pages):
    assert len(pages) > len(MAIN)
    broken = []
    for address, page in pages.items():
        for link in page.links if page else ():
            target, place = urldefrag(urljoin(address, link))
            if not target.startswith(site):
                continue
            there = pages[target]
            if there is None or (place and there.places and place not in there.places):
                broken.append(f"{address.removeprefix(site)}: {link}")
    assert not broken


def test_every_page_can_be_reached(site, pages):
    built = {path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html")}
    built = {name for name in built if not name.startswith("_")}
    reached = {address.removeprefix(site) for address in pages}
    assert built - reached <= {"index.html", "search.html"}


def test_no_image_is_broken(site, chromium, pages):
    images = sorted(
        {
            urljoin(address, image)
            for address, page in pages.items()
            if page
            for image in page.images
            if not image.startswith("data:")
        }
    )
    shown = chromium.new_page()
    shown.goto(site)
    widths = shown.evaluate(
        """urls => Promise.all(urls.map(url => new Promise(done => {
            const image = new Image();
            image.onload = () => done(image.naturalWidth);
            image.onerror = () => done(0);
            image.src = url;
        })))""",
        images,
    )
    shown.close()
    assert len(images) > 20
    assert not [url for url, width in zip(images, widths, strict=True) if not width]


def test_versions_and_date_are_shown(site):
    from aslb import __version__

    with urlopen(site) as answer:
        text = answer.read().decode()
    assert f"aslb {__version__}" in text
    assert re.search(r"Last updated on \d{4}-\d\d-\d\d", text)
