"""Hybrid logical clock: orders changes across laptops whose clocks disagree.

A stamp is ``milliseconds-counter-node``: the first two parts are zero-padded, so stamps sort as
text; the node (the start of the device's id) breaks ties. It never goes back, even when the
laptop's clock does (Kulkarni et al., 2014).
"""

import datetime as dt
import threading
from collections.abc import Callable

_COUNTER_LIMIT = 999_999
_NODE_LENGTH = 8
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def utcnow() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def hlc_time(hlc: str) -> dt.datetime:
    """The wall-clock part of a stamp, aware, UTC. Raises ValueError when it is no stamp."""
    milliseconds, _counter, _node = hlc.split("-", 2)
    return _EPOCH + dt.timedelta(milliseconds=int(milliseconds))


def node_of(hlc: str) -> str:
    """Which device made a stamp: the start of its id."""
    return hlc.split("-", 2)[2][:_NODE_LENGTH]


class HybridClock:
    def __init__(self, node: str, now: Callable[[], dt.datetime] = utcnow) -> None:
        self._node = node[:_NODE_LENGTH]
        self._now = now
        self._last = (0, 0)
        self._guard = threading.Lock()

    def tick(self) -> str:
        """A stamp later than all those given or observed before."""
        with self._guard:
            wall = (self._now() - _EPOCH) // dt.timedelta(milliseconds=1)
            last, counter = self._last
            if wall > last:
                self._last = (wall, 0)
            elif counter < _COUNTER_LIMIT:
                self._last = (last, counter + 1)
            else:
                self._last = (last + 1, 0)
            milliseconds, count = self._last
            return f"{milliseconds:014d}-{count:06d}-{self._node}"

    def observe(self, hlc: str) -> None:
        """Learns a stamp read in a notebook or received from another device."""
        milliseconds, counter, _node = hlc.split("-", 2)
        with self._guard:
            self._last = max(self._last, (int(milliseconds), int(counter)))
