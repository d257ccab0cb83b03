"""One question to a web server, answered in time, by that server, and not at length; or not."""

import http.client
import ssl
import time
import urllib.request
from contextlib import suppress

MOST_BYTES = 64 * 1024


class NoAnswer(Exception):
    """The server could not be asked, or did not answer as it should."""


def opener(server: str) -> urllib.request.OpenerDirector:
    """What asks `server` (`https://host`). Making one takes some milliseconds."""
    if not server.startswith("https:"):
        return urllib.request.build_opener(_NoRedirect)
    context = ssl.create_default_context()
    # Where the system keeps no certificates for Python; what sends the message uses these.
    with suppress(ImportError, OSError):
        import certifi

        context.load_verify_locations(certifi.where())
    return urllib.request.build_opener(_NoRedirect, urllib.request.HTTPSHandler(context=context))


def answer(by: urllib.request.OpenerDirector, address: str, *, patience_s: float) -> bytes:
    """What stands at `address`. Raises NoAnswer."""
    deadline = time.monotonic() + patience_s
    request = urllib.request.Request(  # noqa: S310  # http or https, by construction
        address, headers={"User-Agent": "Backtimer"}
    )
    read = b""
    try:
        with by.open(request, timeout=patience_s) as response:
            while part := response.read1(MOST_BYTES):
                read += part
                if len(read) > MOST_BYTES or time.monotonic() > deadline:
                    raise NoAnswer
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NoAnswer from error
    return read


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """An answer comes from the server that was asked, or it is none."""

    def redirect_request(self, *_: object) -> None:
        return None
