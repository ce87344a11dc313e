"""Whether a process is well: `python -m deploy.health http://127.0.0.1:9100/readyz`."""

import sys
import urllib.request


def well(url: str) -> bool:
    """Whether the address answers, and what it says is good."""
    try:
        with urllib.request.urlopen(url, timeout=4) as answer:  # noqa: S310  our own process on this machine
            return bool(answer.status == 200)
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(0 if well(sys.argv[1]) else 1)
