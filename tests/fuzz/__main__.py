"""`make fuzz`: sends as much as one likes, to a house in which a whole year was told, and ends at the first thing that is wrong."""

import argparse
import os
import secrets
import sys
import time

os.environ["SAMSKAB_RUN"] = "test"

from tests.fuzz.ground import all_that_there_is, ground
from tests.fuzz.sends import Found, Sends

IN_A_TURN = 6
STEPS = 12


def main(words: list[str]) -> int:
    """Send, and say how far it has come."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Send made-up requests to the whole API.")
    parser.add_argument("--inputs", type=int, default=100_000, help="how many requests (default 100000)")
    parser.add_argument("--seed", type=int, default=None, help="what was printed, to send the same again")
    asked = parser.parse_args(words)
    seed = secrets.randbelow(2**31) if asked.seed is None else asked.seed
    print(f"SEED={seed}: `make fuzz SEED={seed} N={asked.inputs}` sends the same again.", flush=True)
    with ground(all_that_there_is) as place:
        sends = Sends(place, seed)
        try:
            _send(sends, asked.inputs)
        except Found as found:
            print(f"\nNot as it should be, after {sends.sent} requests:\n{found}", file=sys.stderr)
            return 1
    print(f"{sends.sent} requests, each answered as the document says: {_counts(sends)}")
    return 0


def _send(sends: Sends, most: int) -> None:
    """In turns: some of each operation, then a row of requests about each other."""
    began, said = time.monotonic(), 0.0
    while sends.sent < most:
        for name in sorted(sends.operations):
            sends.one_by_one(name, IN_A_TURN)
            sends.in_a_row(STEPS)
            if (now := time.monotonic() - began) > said + 10:
                said = now
                print(f"  {sends.sent:7} of {most}, {sends.sent / now:.0f} a second: {_counts(sends)}", flush=True)
            if sends.sent >= most:
                return
        sends.ground.look_around()


def _counts(sends: Sends) -> str:
    return ", ".join(f"{number} × {status}" for status, number in sorted(sends.answered.items()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
