"""Making guesses slow: nobody is refused, but who tries many codes waits for each (S38)."""

import time
from collections import deque
from threading import Lock

from waymark.database.limits import limits

WINDOW = 60.0  # seconds
_wrong: deque[float] = deque(maxlen=1_000)
_lock = Lock()


def slow_down() -> None:
    """Note a wrong code, and wait the longer the more there were in the last minute."""
    moment = time.monotonic()
    with _lock:
        while _wrong and moment - _wrong[0] > WINDOW:
            _wrong.popleft()
        _wrong.append(moment)
        over = len(_wrong) - limits().codes
    if over > 0:
        time.sleep(min(limits().code_seconds, over * 0.5))
