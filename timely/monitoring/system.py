"""Operating system statistics; None where the system does not provide them."""

import os
import shutil
import sys
import time
from pathlib import Path

if sys.platform != "win32":
    import resource

_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def memory_bytes() -> int | None:
    """Resident memory of this process."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * _PAGE_BYTES
    except (OSError, ValueError, IndexError):
        return None


def free_memory_bytes() -> int | None:
    """Memory available to all programs together."""
    try:
        for line in Path("/proc/meminfo").read_text("ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        pass
    return None


def files() -> tuple[int, int] | None:
    """(open files and connections, limit)."""
    if sys.platform == "win32":
        return None
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        return len(os.listdir("/proc/self/fd")), soft
    except OSError:
        return None


def free_disk_bytes(folder: Path) -> int | None:
    """Free space on the disk of *folder*."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def awake_seconds() -> float | None:
    """A clock that also runs while the computer sleeps, which time.monotonic() does not on every system."""
    boot_time: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    return None if boot_time is None else time.clock_gettime(boot_time)
