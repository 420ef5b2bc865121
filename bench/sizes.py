"""Sizes of the files: python bench/sizes.py"""

import subprocess
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
KINDS = {".py", ".js", ".css", ".html"}


def lines(path: Path) -> int:
    """Lines with something on them."""
    return sum(1 for line in path.read_text("utf-8").splitlines() if line.strip())


def main() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    files = [Path(name) for name in listed if Path(name).suffix in KINDS and "vendor" not in name]
    source = {
        name: lines(ROOT / name) for name in files if name.parts[0] not in ("tests", "bench", "migrations", "docs")
    }
    tests = {name: lines(ROOT / name) for name in files if name.parts[0] == "tests"}
    for title, group in (("source", source), ("tests", tests)):
        largest = max(group, key=lambda name: group[name])
        print(f"{title}: {len(group)} files, {sum(group.values())} lines, median {median(group.values()):.0f}")
        print(f"  largest {largest.as_posix()} with {group[largest]}")
    python = {name: count for name, count in source.items() if name.suffix == ".py"}
    print(f"python source: {len(python)} files, median {median(python.values()):.0f}, largest ", end="")
    print(
        "{} with {}".format(*max(((name.as_posix(), count) for name, count in python.items()), key=lambda one: one[1]))
    )
    print(f"lines of tests per line of source: {sum(tests.values()) / sum(source.values()):.2f}")


if __name__ == "__main__":
    main()
