"""A tiny server that draws the sample pages, with the same security headers as the product: for looking and for axe."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from urllib.parse import urlsplit

from api.web.drawing import STATIC, draw
from api.web.links import AnyPage
from tests.ui_schema.sample_work import WORK_PAGES
from tests.ui_schema.samples import PAGES

EVERY: dict[str, AnyPage] = {**PAGES, **WORK_PAGES}
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "woff2": "font/woff2"}
POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"


def sample_html(name: str) -> str:
    """The sample page `name` as HTML."""
    numbers = count()
    return draw(EVERY[name], command=lambda: f"command-{next(numbers)}", address=f"/{name}")


class Door(BaseHTTPRequestHandler):
    """Serves /NAME for a sample and /static/FINGERPRINT/NAME for a file."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path).path.strip("/").split("/")
        if parts[0] == "static" and (STATIC / parts[-1]).is_file():
            self._send(200, TYPES[parts[-1].rsplit(".", 1)[-1]], (STATIC / parts[-1]).read_bytes())
        elif parts[0] in EVERY:
            self._send(200, "text/html; charset=utf-8", sample_html(parts[0]).encode())
        else:
            self._send(404, "text/plain", b"no such sample")

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@contextmanager
def showcase() -> Iterator[str]:
    """Run the server on a free port; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
