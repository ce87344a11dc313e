"""Whether a change was asked for by our own pages: the one defence against forged requests, for pages and API alike.

The session's cookie is SameSite=Lax, so a foreign page cannot send it with a POST. On top of that every unsafe request must
come from here: the browser says so (Sec-Fetch-Site, or Origin where a browser is too old for that), and neither can be set by
a foreign page. A program that is no browser says neither and sends `X-Samskab: 1`, or shows a credential (Authorization:
Bearer) that no browser adds by itself; a foreign page can send neither, for a header of its own needs a permission (CORS) that
is never given here. So no form needs a token, and one that was open overnight still works.
"""

from urllib.parse import urlsplit

from flask import Request

SAFE = {"GET", "HEAD", "OPTIONS"}


def is_ours(request: Request) -> bool:
    """Whether the request changes nothing, or comes from our own pages, or from a program that means it."""
    if request.method in SAFE or request.headers.get("Authorization", "").startswith("Bearer "):
        return True
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    if origin := request.headers.get("Origin"):
        return urlsplit(origin).netloc == request.host
    return request.headers.get("X-Samskab") == "1"
