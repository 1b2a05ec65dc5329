"""How little the child may do: 20 seconds of the processor, 512 MB, no file, no network."""

import ctypes
import os
import resource

SECONDS = 20
BYTES = 512 * 1024 * 1024
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000  # of unshare(2)


def be_limited() -> None:
    """From here on; there is no way back."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # a file can be made, and stays empty
    os.umask(0o077)


def be_alone() -> bool:
    """Move into a network of its own, in which there is nobody. Whether the machine let it."""
    try:
        unshare = ctypes.CDLL(None, use_errno=True).unshare
    except (OSError, AttributeError):
        return False
    return any(unshare(one) == 0 for one in (NEW_NETWORK, NEW_USER | NEW_NETWORK))
