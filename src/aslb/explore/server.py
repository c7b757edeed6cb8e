"""The page served to this machine, and to no other."""

from __future__ import annotations

import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aslb.errors import InputError

HOST = "127.0.0.1"
PAGE = Path(__file__).with_name("page.py")
NEEDED = 'explore needs marimo; accepted after: pip install "aslb[explore]"'


def check_installed() -> None:
    """Refuse in one line where what the page needs is not installed."""
    try:
        import marimo  # noqa: F401
    except ImportError:
        raise InputError(NEEDED) from None


def listening(port: int) -> socket.socket:
    """A socket at a port of this machine; 0 is any that is free.

    Raises
    ------
    InputError
        If the port is taken.
    """
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HOST, port))
    except OSError as error:
        found.close()
        raise InputError(
            f"port {port}: {error.strerror}; accepted: a free one, or 0 for any"
        ) from None
    found.listen()
    return found


def serve(at: socket.socket, *, browser: bool, say: Callable[[str], Any]) -> None:
    """Serve the page until the process is interrupted.

    Parameters
    ----------
    at : socket.socket
        From `listening`.
    browser : bool
        Whether to open the user's browser.
    say : callable
        Called with what there is to say.
    """
    import marimo
    import uvicorn
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    pages = marimo.create_asgi_app(quiet=True).with_app(path="/", root=str(PAGE))
    # a page of another site that resolves to this machine is not answered
    app: Any = TrustedHostMiddleware(pages.build(), allowed_hosts=[HOST, "localhost"])
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
    url = f"http://{HOST}:{at.getsockname()[1]}"
    say(f"aslb explore: {url} (Ctrl-C ends it)")
    if browser:
        threading.Timer(0.5, webbrowser.open, [url]).start()
    uvicorn.Server(config).run(sockets=[at])
