"""The socket by which the command line and a second start talk to the running program."""

import json
import logging
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QObject, Qt, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from backtimer.adapters.atomic import write_atomically
from backtimer.adapters.endpoint import ENDPOINT_NAME, MESSAGE_BYTES
from backtimer.adapters.socket_path import socket_path
from backtimer.domain.errors import DataError
from backtimer.domain.words import tr

Reply = dict[str, Any]
# An answer that takes its time: it is told whom to give the reply to, once and in the main thread.
Later = Callable[[Callable[[Reply], None]], None]
Handler = Callable[[dict[str, Any]], Reply | Later]

_log = logging.getLogger(__name__)

_CLIENTS = 32
_DEADLINE_MS = 2000
_LATER_MS = 10_000
_FLUSH_MS = 500
_ANNOUNCE_AGAIN_MS = 30_000
_DATA_FAULT = 4


class CommandServer(QObject):
    """Answers one JSON object a connection, in one line, with what `handler` returns for it.

    A handler that must not keep the program waiting returns `Later`.

    The lock of the folder must be held. Nothing that a client does raises here.
    """

    _has_room = Signal()

    def __init__(self, *, data_dir: Path, handler: Handler, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data_dir = data_dir
        self._endpoint = data_dir / ENDPOINT_NAME
        self._handler = handler
        self._clients: set[_Client] = set()
        self._gone: list[_Client] = []
        self._again = QTimer(self, singleShot=True, interval=_ANNOUNCE_AGAIN_MS)
        self._again.timeout.connect(self._announce)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)
        # Queued, so that many who wait do not deepen the stack.
        self._has_room.connect(self._welcome, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Listen, and say where in the data folder. Raises DataError."""
        name = socket_path(self._data_dir)
        # The lock is held: whatever is there was left by a program that was killed.
        QLocalServer.removeServer(name)
        if not self._server.listen(name):
            raise DataError(
                tr(
                    "The command line cannot reach this program: {why}.",
                    why=self._server.errorString(),
                )
            )
        self._announce()

    def _announce(self) -> None:
        """Write where it listens, as soon as the disk takes it."""
        address = self._server.fullServerName()
        try:
            write_atomically(self._endpoint, os.fsencode(address + "\n"))
        except OSError:
            # Until then the command line looks in the usual place.
            self._again.start()

    def close(self) -> None:
        """Listen no longer; replies that are on their way still go out."""
        if not self._server.isListening():
            return
        self._again.stop()
        with suppress(OSError):
            self._endpoint.unlink()
        for client in list(self._clients):
            client.close()
        self._server.close()

    def _welcome(self) -> None:
        """Serve who waits, `_CLIENTS` at a time; the others wait in the system's queue."""
        self._gone.clear()
        while len(self._clients) < _CLIENTS and self._server.hasPendingConnections():
            connection = self._server.nextPendingConnection()
            # PySide's server would keep something of each connection for ever.
            connection.setParent(None)
            client = _Client(connection, answer=self._answer, on_gone=self._on_gone)
            self._clients.add(client)
            client.read()

    def _on_gone(self, client: "_Client") -> None:
        self._clients.discard(client)
        # A connection must not be deleted while it emits a signal; see `_welcome`.
        self._gone.append(client)
        self._has_room.emit()

    def _answer(self, line: bytes, send: Callable[[bytes], None]) -> None:
        try:
            request = json.loads(line)
        except (ValueError, RecursionError):
            request = None
        if not isinstance(request, dict):
            send(_line(_error(tr("That is not a request: one JSON object in one line is."))))
            return
        try:
            reply = self._handler(request)
            if callable(reply):
                reply(lambda late: send(_line(late)))
                return
            line = _line(reply)
        except Exception:
            # One of the borders where a bug ends: it goes to the log, the timer goes on.
            _log.exception("a command failed: %.200r", request)
            line = _line(
                _error(tr("That failed because of a mistake in backtimer; its log tells more."))
            )
        send(line)


class _Client(QObject):
    """One connection: a line in, a line out, each within its time."""

    def __init__(
        self,
        connection: QLocalSocket,
        *,
        answer: Callable[[bytes, Callable[[bytes], None]], None],
        on_gone: Callable[["_Client"], None],
    ) -> None:
        super().__init__()
        self._connection = connection
        self._answer = answer
        self._on_gone = on_gone
        self._answered = False
        self._is_answering = False
        self._deadline = QTimer(self, singleShot=True, interval=_DEADLINE_MS)
        self._deadline.timeout.connect(self._on_deadline)
        connection.setReadBufferSize(MESSAGE_BYTES + 1)
        connection.readyRead.connect(self.read)
        connection.disconnected.connect(self._on_disconnected)
        self._deadline.start()

    def read(self) -> None:
        """Answer as soon as the line is whole, or too long to be one."""
        waiting = self._connection.bytesAvailable()
        if self._answered or not (self._connection.canReadLine() or waiting > MESSAGE_BYTES):
            return
        self._answered = self._is_answering = True
        line = bytes(self._connection.readLine(MESSAGE_BYTES + 1).data())
        self._deadline.start(_LATER_MS)
        self._answer(line, self._send)
        self._is_answering = False
        # The handler may have run an event loop of its own, and the client may be gone.
        if self._connection.state() is QLocalSocket.LocalSocketState.UnconnectedState:
            self._on_disconnected()

    def _send(self, reply: bytes) -> None:
        if self._connection.state() is not QLocalSocket.LocalSocketState.ConnectedState:
            return
        self._deadline.start(_DEADLINE_MS)
        self._connection.write(reply)
        self._connection.flush()
        self._connection.disconnectFromServer()

    def close(self) -> None:
        """End the connection, waiting a moment for a reply that is not yet out."""
        deadline = QDeadlineTimer(_FLUSH_MS)
        while self._connection.bytesToWrite() and not deadline.hasExpired():
            self._connection.waitForBytesWritten(deadline.remainingTime())
        self._connection.abort()

    def _on_deadline(self) -> None:
        # A slot of ours: PySide warns of one of a connection that it has not seen yet.
        self._connection.abort()

    def _on_disconnected(self) -> None:
        self._deadline.stop()
        if not self._is_answering:
            self._on_gone(self)


def _line(reply: Reply) -> bytes:
    return json.dumps(reply).encode() + b"\n"


def _error(sentence: str) -> Reply:
    return {"status": _DATA_FAULT, "out": "", "err": sentence}
