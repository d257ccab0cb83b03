"""Asks the running program something over its local socket, without Qt, in milliseconds."""

import json
import socket
import sys
import time
from pathlib import Path
from typing import Any

from backtimer.adapters.endpoint import MESSAGE_BYTES, is_held, read_endpoint
from backtimer.domain.errors import BacktimerError
from backtimer.domain.words import tr

# A program that has just been started serves a moment after its first window is painted.
_START_S = 5.0
_RETRY_S = 0.05
_REPLY_BYTES = 16 * 1024 * 1024


class ClientError(BacktimerError):
    """A program runs there but could not be asked, or did not answer as it should."""


def ask(data_dir: Path, request: dict[str, Any], timeout_s: float = 10.0) -> dict[str, Any] | None:
    """Return what the program of the folder `data_dir` answers; None where none runs.

    Waits some seconds for a program that is just starting. Raises ClientError when the
    running one does not answer within `timeout_s` seconds, or not in its language.
    """
    # Not in ASCII: there an emoji takes twelve bytes, and a long note of them would not fit.
    line = json.dumps(request, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
    if len(line) > MESSAGE_BYTES:
        raise ClientError(tr("That is too long to be sent to the running backtimer."))
    deadline = time.monotonic() + timeout_s
    start_deadline = time.monotonic() + min(_START_S, timeout_s)
    try:
        while (reply := _exchange(data_dir, line, deadline)) is None:
            if not is_held(data_dir):
                return None
            if time.monotonic() > start_deadline:
                raise ClientError(_silence())
            time.sleep(_RETRY_S)
    except TimeoutError as error:
        raise ClientError(_silence()) from error
    except (BrokenPipeError, ConnectionResetError) as error:
        raise ClientError(_gone()) from error
    except OSError as error:
        raise ClientError(
            tr("The running backtimer could not be reached: {why}.", why=error.strerror or error)
        ) from error
    if not reply:
        raise ClientError(_gone())
    return _parsed(reply)


def _silence() -> str:
    return tr(
        "backtimer is running but does not answer. Try again; if that does not help, "
        "end it and start it anew."
    )


def _gone() -> str:
    return tr("backtimer ended before it answered. Start it again, and look whether it was done.")


def _parsed(reply: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(reply)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise ClientError(
            tr("The running backtimer answers in words that are not known here. Restart it.")
        )
    return answer


def _exchange(data_dir: Path, line: bytes, deadline: float) -> bytes | None:
    """Send `line` and return the line that comes back; None where nobody listens."""
    address = _address(data_dir)
    if address is None:
        return None
    if sys.platform == "win32":
        return _exchange_by_pipe(address, line, deadline)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        try:
            _connect(connection, address, deadline)
        except (FileNotFoundError, ConnectionRefusedError):
            # The file was left behind by a program that was killed.
            return None
        # From here on it may have been obeyed, so it must not be sent a second time.
        connection.sendall(line)
        return _received(connection, deadline)


def _address(data_dir: Path) -> str | None:
    try:
        address = read_endpoint(data_dir)
    except PermissionError:
        address = None
    if address is None:
        # A program that runs on a full disk could not write that file.
        from backtimer.adapters.socket_path import socket_there

        address = socket_there(data_dir)
    return address


def _connect(connection: socket.socket, address: str, deadline: float) -> None:
    """Connect, waiting for a place in the queue where many others wait too."""
    while True:
        connection.settimeout(_left_s(deadline))
        try:
            connection.connect(address)
        except BlockingIOError:
            time.sleep(_RETRY_S)
        else:
            return


def _received(connection: socket.socket, deadline: float) -> bytes:
    reply = bytearray()
    while not reply.endswith(b"\n") and len(reply) < _REPLY_BYTES:
        connection.settimeout(_left_s(deadline))
        part = connection.recv(65536)
        if not part:
            break
        reply += part
    return bytes(reply)


def _left_s(deadline: float) -> float:
    left_s = deadline - time.monotonic()
    if left_s <= 0:
        raise TimeoutError
    return left_s


if sys.platform == "win32":

    def _exchange_by_pipe(address: str, line: bytes, deadline: float) -> bytes | None:
        """Talk in a thread, as a pipe that is opened as a file knows no time-out."""
        import threading

        outcome: list[bytes | OSError] = []

        def talk() -> None:
            try:
                with Path(address).open("r+b", buffering=0) as pipe:
                    pipe.write(line)
                    reply = bytearray()
                    while not reply.endswith(b"\n") and (part := pipe.read(65536)):
                        reply += part
                    outcome.append(bytes(reply))
            except OSError as error:
                outcome.append(error)

        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        thread.join(_left_s(deadline))
        if not outcome:
            raise TimeoutError
        if isinstance(outcome[0], FileNotFoundError):
            return None
        if isinstance(outcome[0], OSError):
            raise outcome[0]
        return outcome[0]
