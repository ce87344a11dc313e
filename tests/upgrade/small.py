"""The smallest application that a gunicorn of ours can serve: `gunicorn -c deploy/gunicorn.py tests.upgrade.small:app`."""

from flask import Flask, request

from chassis.eyes import Eyes

app = Flask("small")
app.extensions["eyes"] = Eyes(service="small", part="web")


@app.post("/")
def take() -> str:
    """Take something, and say how much it was."""
    return str(len(request.get_data()))
