"""Faults of pip and venv: their own words, and the text that the organiser reads."""

import errno

import pytest

from launch import install_errors

OFFLINE = """\
WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection \
broken by 'NewConnectionError('<HTTPSConnection object at 0x7f>: Failed to establish a new connection: \
[Errno -3] Temporary failure in name resolution')': /simple/eventlet/
ERROR: Could not find a version that satisfies the requirement eventlet==0.41.3 (from versions: none)
ERROR: No matching distribution found for eventlet==0.41.3
"""
WINDOWS_OFFLINE = "Failed to establish a new connection: [Errno 11001] getaddrinfo failed"
PROXY = "ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 403 Forbidden'))"
NO_WHEEL = """\
ERROR: Could not find a version that satisfies the requirement greenlet==3.5.6 (from versions: 3.2.3, 3.2.4)
ERROR: No matching distribution found for greenlet==3.5.6
"""
FULL = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"
READ_ONLY = "Error: [Errno 30] Read-only file system: '/media/stick/timely/.venv'"
NO_VENV = """\
The virtual environment was not created successfully because ensurepip is not
available.  On Debian/Ubuntu systems, you need to install the python3-venv package
"""


@pytest.mark.parametrize(
    ("output", "says"),
    [
        (OFFLINE, "internet could not be reached. The first start needs it once"),
        (WINDOWS_OFFLINE, "internet could not be reached"),
        (PROXY, "internet could not be reached"),
        (NO_WHEEL, "no ready-made greenlet==3.5.6 for this computer (Python 3.15, Linux riscv64)"),
        (FULL, "The disk is full. Make room"),
        (OFFLINE + FULL, "The disk is full"),
        (READ_ONLY, "may not write into its own folder /club/timely"),
        (NO_VENV, "sudo apt install python3.15-venv"),
    ],
)
def test_known_faults(output, says):
    assert says in install_errors.sentence(output, "/club/timely", "3.15", "Linux riscv64")


def test_an_unknown_fault_shows_what_was_said_last():
    output = "\n".join(f"line {number}" for number in range(20))
    sentence = install_errors.sentence(output, "/club/timely", "3.12", "Linux x86_64")
    assert sentence.startswith("Installing failed")
    assert "line 19" in sentence
    assert "line 13" not in sentence


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EACCES, "may not write into its own folder /club/timely"),
        (errno.EROFS, "may not write into its own folder /club/timely"),
        (errno.EIO, "cannot make /club/timely/.venv: broken"),
    ],
)
def test_refusals_of_the_system(number, says):
    assert says in install_errors.of_system(OSError(number, "broken", "/club/timely/.venv"), "/club/timely")
