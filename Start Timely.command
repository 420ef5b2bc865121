#!/bin/sh
# Starts Timely on macOS: a double click is enough. The newest Python that is there serves.
cd "$(dirname "$0")" || exit 1
PATH="$PATH:/opt/homebrew/bin:/usr/local/bin"
for version in 3.14 3.13 3.12 3.11; do
    for python in "python$version" "/Library/Frameworks/Python.framework/Versions/$version/bin/python3"; do
        if command -v "$python" >/dev/null 2>&1; then
            exec "$python" start.py "$@"
        fi
    done
done
# What macOS has of its own is only a door to Apple's tools for developers until those are installed.
python=$(command -v python3)
if [ -n "$python" ] && { [ "$python" != /usr/bin/python3 ] || [ "$(uname)" != Darwin ] || xcode-select -p >/dev/null 2>&1; }; then
    exec "$python" start.py "$@"
fi
echo "Timely needs Python 3.11 or newer, and this computer has none."
echo
echo "  1. Open https://www.python.org/downloads/ and press \"Download Python\"."
echo "  2. Open what was downloaded, and press Continue until it is installed."
echo "  3. Double-click this file again."
