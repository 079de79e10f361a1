"""`python bench/data.py export import search`: data in and out, and how the register is searched.

Each part is a module of its own, `data_export.py` and so on, with what it measures on top of it.
"""

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path

PARTS = sorted(file.stem.removeprefix("data_") for file in Path(__file__).parent.glob("data_*.py"))


def main() -> int:
    """Print the figures; 1 when a limit is missed."""
    options = _options()
    missed = False
    for part in options.parts or PARTS:
        found = import_module(f"data_{part}").measure(options.size, options.only)
        print(*found.lines, f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", sep="\n")
        print(found.verdict)
        missed |= found.missed
    return int(missed and not options.no_limits)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all of them unless named")
    parser.add_argument("--size", type=int, help="partners or rows, instead of each part's own")
    parser.add_argument("--only", nargs="+", default=(), help="these of a part's forms, as csv")
    parser.add_argument("--no-limits", action="store_true", help="only print")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
