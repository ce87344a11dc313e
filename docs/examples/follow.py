"""Follows an association's events: none is missed, and none is handled twice but those in hand when this program is killed.

Run it with `pip install requests`, and SAMSKAB_URL=https://samskab.example/stjernelund SAMSKAB_KEY=samskab_... python follow.py
"""

import os
import sqlite3
import time

import requests

db = sqlite3.connect(os.environ.get("SAMSKAB_DB", "samskab.db"))
db.execute("create table if not exists seen (source text, id text, primary key (source, id))")
db.execute("create table if not exists place (one integer primary key check (one = 1), cursor text)")


def handle(event):
    """What you do with an event: in this transaction it is done once. Skip types and fields you do not know: both grow."""
    print(event["time"][:16], event["type"], event["data"], flush=True)


def follow(url, key, rounds=None):
    """Ask again and again. The cursor is kept in one transaction with what came before it."""
    web = requests.Session()
    web.headers["Authorization"] = f"Bearer {key}"
    wait = 1
    while rounds is None or (rounds := rounds - 1) >= 0:
        place = db.execute("select cursor from place").fetchone()
        asked = {"timeout": 20, **({"cursor": place[0]} if place else {"from": "oldest"})}
        try:
            answer = web.get(f"{url}/api/v1/events", params=asked, timeout=40)
        except requests.RequestException:
            answer = None
        if answer is not None and answer.status_code == 410:  # we were away for more than thirty days
            with db:
                db.execute("delete from place")
            continue
        if answer is None or answer.status_code in {429, 502, 503, 504}:
            time.sleep(wait)
            wait = min(wait * 2, 300)
            continue
        answer.raise_for_status()  # 401 and 403 are for a human being: the key or what it opens
        wait = 1
        with db:
            for event in answer.json():
                new = db.execute("insert or ignore into seen values (?, ?)", (event["source"], event["id"]))
                if new.rowcount:
                    handle(event)
            db.execute("replace into place values (1, ?)", (answer.headers["Next-Cursor"],))


if __name__ == "__main__":
    follow(os.environ["SAMSKAB_URL"].rstrip("/"), os.environ["SAMSKAB_KEY"])
