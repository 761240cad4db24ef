"""A TCP proxy on loopback that can go away, hang, be slow, and come back."""

import socket
import threading
import time
from contextlib import suppress


class Proxy:
    """Passes connections on to a port, until it is told otherwise."""

    def __init__(self, target: int, host: str = "127.0.0.1") -> None:
        self._target = target
        self._host = host
        self._family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listener: socket.socket | None = None
        self._open: list[socket.socket] = []
        self.hangs = False
        self.seconds = 0.0  # by which the engine's answers are late
        with socket.create_server((host, 0), family=self._family) as probe:
            self.port = probe.getsockname()[1]
        self.come_back()

    def go_away(self) -> None:
        """Cut all connections and refuse new ones."""
        if self._listener:
            with suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        for each in self._open:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._open.clear()

    def come_back(self) -> None:
        """Accept connections again."""
        self._listener = socket.create_server((self._host, self.port), family=self._family)
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self._target))
            except OSError:  # no server: close at once
                near.close()
                continue
            self._open += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._pass, args=(one, other), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65_536):
                while self.hangs:
                    time.sleep(0.02)
                time.sleep(self.seconds)
                other.sendall(data)
        for each in (one, other):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
