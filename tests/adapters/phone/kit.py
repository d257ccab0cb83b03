"""What the tests of the phone share: a small ntfy server of their own, on this machine."""

import json
import socket
import threading
import urllib.request
from collections import defaultdict
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from backtimer.domain.announcements import Announcement, Button, Urgency
from backtimer.domain.reminding import Message
from backtimer.domain.view import Action

OFF = Button(action=Action.OFF, label="I took it off")
TAKE_OFF = Announcement(
    message=Message.TAKE_OFF,
    title="Take the ice off",
    body="Your back has had enough cold. Pain, heat and ice: press “I took it off”.",
    urgency=Urgency.URGENT,
    buttons=(OFF,),
)
DUE = Announcement(message=Message.DUE, title="Time for ice", body="Press Start.")


@dataclass(frozen=True)
class Request:
    """What a server was asked."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        """A message that is published."""
        found: dict[str, Any] = json.loads(self.body)
        return found

    @property
    def button(self) -> dict[str, Any]:
        """The only button of a message that is published."""
        (found,) = json.loads(self.headers["x-actions"])
        return dict(found)

    def holds(self, word: str) -> bool:
        """Whether `word` is anywhere in it, whatever its case; the program's name aside."""
        everything = f"{self.path} {self.headers} {self.body.decode()}".lower()
        return word.lower() in everything.replace("backtimer", "")


class NtfyStandIn(ThreadingHTTPServer):
    """Keeps messages and gives them back, as ntfy does; and fails as it is told.

    `publishing` and `polling`: a status to answer with, one of well, off, silent, rubbish, endless,
    huge and dripping, or where to send the client instead.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = 50

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.requests: list[Request] = []
        self.kept: defaultdict[str, list[str]] = defaultdict(list)
        self.publishing: str | int = "well"
        self.polling: str | int = "well"
        self.closing = threading.Event()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def address(self, topic: str = "secret-topic", *, login: str = "") -> str:
        """How the person writes it."""
        return f"ntfy://{login}{self.host}/{topic}"

    def published(self) -> list[Request]:
        """The messages that were to be published, each of them in JSON."""
        return [each for each in self.requests if each.method == "POST" and each.path == "/"]

    def polls(self) -> list[Request]:
        return [each for each in self.requests if each.method == "GET"]

    def close(self) -> None:
        self.closing.set()
        self.shutdown()
        self.server_close()
        self._thread.join()

    def handle_error(self, *_: object) -> None:
        """A client that went away is none of the test's business."""


class _Handler(BaseHTTPRequestHandler):
    server: NtfyStandIn

    def do_POST(self) -> None:
        request = self._take()
        if self._misbehaves(self.server.publishing):
            return
        if request.path == "/":
            self.server.kept[request.json["topic"]].append(request.json["message"])
        else:
            self.server.kept[request.path[1:]].append(request.body.decode())
        self._give(b"{}")

    def do_GET(self) -> None:
        request = self._take()
        if self._misbehaves(self.server.polling):
            return
        topic = request.path[1:].partition("/json?")[0]
        self._give(b"".join(event(topic, each) for each in self.server.kept[topic]))

    def _take(self) -> Request:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, headers, body)
        self.server.requests.append(request)
        return request

    def _give(self, body: bytes, status: int = 200, location: str = "") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _misbehaves(self, how: str | int) -> bool:
        topic = self.path[1:].partition("/json?")[0]
        off = event(topic, "off")
        closing = self.server.closing
        match how:
            case "well":
                return False
            case int():
                self._give(off, how)
            case "off":
                self._give(off)
            case "silent":
                closing.wait(30)
            case "rubbish":
                self._give(b"\xff\xfe{]\n" + b"[" * 20_000 + b'\n"off"\n[]\nnull\noff\n')
            case "huge":
                self._give(off + b"x" * 100_000)
            case "endless":
                self.send_response(200)
                self.end_headers()
                self.wfile.write(off)
                while not closing.wait(0.05):
                    self.wfile.write(b"\n")
                    self.wfile.flush()
            case "dripping":
                self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                while not closing.wait(0.05):
                    self.wfile.write(b"X")
                    self.wfile.flush()
            case _:
                self._give(b"", 302, location=how)
        return True

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


def event(topic: str, message: str) -> bytes:
    """A message as it is given back."""
    kept = {"id": "x", "event": "message", "topic": topic, "message": message}
    return json.dumps(kept).encode() + b"\n"


def post(url: str, body: str) -> None:
    """Put a message into a topic."""
    request = urllib.request.Request(url, data=body.encode(), method="POST")  # noqa: S310
    with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310  # this machine's
        answer.read()


def press(button: dict[str, Any]) -> None:
    """What the phone does when the button of a message is pressed."""
    assert button["method"] == "POST"
    post(button["url"], button["body"])


def closed_port() -> int:
    """One on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port
