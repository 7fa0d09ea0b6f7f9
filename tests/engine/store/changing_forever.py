"""Changes a store until somebody ends this process, at whatever moment that is.

`changing_forever.py FOLDER ARCHIVE WORD…`: a word is load, tag, remove, or a name to pull.
"""

import sys
from itertools import count, cycle
from pathlib import Path

from engine.store.stores import opened
from layerhold.domain.errors import Failure
from layerhold.domain.transfers import PullWish

COMING = "example.com/coming:1"


def main(folder, archive, *words):
    store, content, number = opened(Path(folder)), Path(archive).read_bytes(), count()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for word in cycle(words):
        match word:
            case "load":
                store.load([content], lambda _: None)
            case "tag":
                store.tag(COMING, f"example.com/tagged:{next(number) % 5}")
            case "remove":
                store.remove(store.image(COMING).id, force=True)
            case reference:
                pull_and_drop(store, reference)


def pull_and_drop(store, reference):
    store.pull(PullWish(reference), None, lambda _: None)
    try:
        store.remove(reference)
    except Failure as failure:
        sys.stdout.write(f"{failure}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
