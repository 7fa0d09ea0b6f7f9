"""Measure Layerhold beside a yardstick in the same run: `python tests/bench [SUBJECT …]`.

Every module that `SUBJECTS` names has a `measure` that yields figures. Ratios where it is possible:
the machine's own speed goes out of them. Pairs are interleaved, medians shown.
"""

import sys
from importlib import import_module
from pathlib import Path
from time import monotonic

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

SUBJECTS = ("window", "details", "transfers", "registries")


def main() -> None:
    chosen = sys.argv[1:] or SUBJECTS
    if unknown := set(chosen) - set(SUBJECTS):
        raise SystemExit(f"{', '.join(sorted(unknown))}: known are {', '.join(SUBJECTS)}")
    for subject in chosen:
        started, missed = monotonic(), 0
        for figure in import_module(subject).measure():
            print(figure, flush=True)
            missed += figure.missed
        print(f"{subject}: {missed or 'none'} missed, in {monotonic() - started:.0f} s")


main()
