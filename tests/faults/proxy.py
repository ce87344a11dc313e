"""A small TCP proxy that stands in front of a server and spoils what passes, as a network does."""

import random
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from threading import Event as Flag
from threading import Lock, Thread

PIECE = 65_536


class Proxy:
    """Set its fields while it runs; they count for what passes from then on."""

    def __init__(self, port: int, *, seed: int = 0) -> None:
        self.target = port
        self.random = random.Random(seed)
        self.swallow = False
        """Take everything and pass nothing on: the other end has vanished without a word."""
        self.latency = 0.0
        self.slices = 0
        """Largest piece that is passed on at once; 0: as it comes."""
        self.reset_after: Callable[[], int] | None = None
        """Bytes after which a new connection is reset."""
        self.reset_on: bytes | None = None
        """Reset the connection, once, when these bytes were passed on to the server."""
        self.connections: list[tuple[socket.socket, socket.socket]] = []
        self.made = 0
        self.lock, self.pause = Lock(), Flag()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.door.getsockname()[1])
        Thread(target=self._accept, name="proxy", daemon=True).start()

    def reset_all(self) -> None:
        """Every connection is cut off, hard."""
        with self.lock:
            ends, self.connections = self.connections, []
        for pair in ends:
            for end in pair:
                _reset(end)

    def close(self) -> None:
        """Nobody comes in any more."""
        self.door.close()
        self.reset_all()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.door.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.target), timeout=5)
            except OSError:
                _reset(near)
                continue
            far.settimeout(None)
            near.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            far.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.made += 1
            left = [self.reset_after() if self.reset_after else -1]  # -1: never
            with self.lock:
                self.connections.append((near, far))
            for here, there, upward in ((near, far, True), (far, near, False)):
                Thread(target=self._pump, args=(here, there, upward, left), name="proxy", daemon=True).start()

    def _pump(self, here: socket.socket, there: socket.socket, upward: bool, left: list[int]) -> None:
        with suppress(OSError):
            while data := here.recv(PIECE):
                if not self.swallow:
                    self._pass_on(data, there)
                    if self._breaks(data, upward, left):
                        break
        _reset(here)
        _reset(there)

    def _pass_on(self, data: bytes, there: socket.socket) -> None:
        if self.latency:
            self.pause.wait(self.latency)
        for piece in self._pieces(data):
            there.sendall(piece)

    def _breaks(self, data: bytes, upward: bool, left: list[int]) -> bool:
        """Whether the connection is cut off after these bytes."""
        if upward and self.reset_on is not None and self.reset_on in data:
            self.reset_on = None
            return True
        left[0] -= len(data) if left[0] >= 0 else 0
        return left[0] < -1

    def _pieces(self, data: bytes) -> list[bytes]:
        if not self.slices:
            return [data]
        cuts, at = [], 0
        while at < len(data):
            size = self.random.randint(1, self.slices)
            cuts.append(data[at : at + size])
            at += size
        return cuts


def _reset(end: socket.socket) -> None:
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        end.shutdown(socket.SHUT_RDWR)  # wakes whoever reads from it, who would else keep it open
    with suppress(OSError):
        end.close()
