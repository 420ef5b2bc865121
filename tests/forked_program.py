"""A small program for the tests of the fork server: prints a variable, then does what that says."""

import os
import sys
import time

STATE = [os.getpid()]

if __name__ == "__main__":
    wish = os.environ["WISH"]
    print(wish, [os.getpid()] == STATE, len(sys.stdin.read()), flush=True)
    if wish == "sleep":
        time.sleep(60)
    if wish == "fail":
        raise ValueError("as wished")
    if wish.isdigit():
        sys.exit(int(wish))
