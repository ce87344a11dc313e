"""Words that nobody would write by chance, put wherever a person's data goes: none of them may be seen in a log line."""

import re
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

NAME, CHOSEN = "Kanarius Gulfjersen", "Kanariepip"
STREET, MOBILE = "Buretoften 7717", "99887766"
TITLE, TEXT, REASON = "Kanarietitelord", "Kanarietekstord om min nabo", "Kanariegrundord"
STRANGER = "ukendtkanarie@kanari.example"
SLUG = "kanari"

FILES = {
    "departments": "Afdelingsnr;LBF-afdelingsnr;Navn;Adresse;Har afdelingsbestyrelse\n1;00901;Buret;Burvej 1-40;ja\n",
    "persons": (
        "Person-id;Navn;Visningsnavn;E-mail;Mobil;Afdelingsnr;Adresse;Navnebeskyttet;Kun papir;Medarbejder;Opgaver\n"
        f"9001;{NAME};{CHOSEN};kanarius@{SLUG}.example;{MOBILE};1;{STREET};nej;nej;nej;\n"
        f"9002;Sangerinde Gulfjersen;;sanger@{SLUG}.example;;1;{STREET};nej;nej;nej;\n"
        f"9401;Burvogter Gulfjersen;;vogter@{SLUG}.example;;;;nej;nej;ja;sekretær,moderator\n"
    ),
    "wrong": f"Person-id;Navn\n;{NAME} uden id\n",
}


@dataclass
class Canaries:
    """All that must not be seen, with what turned up on the way: links, sessions, tokens, passwords."""

    words: set[str] = field(
        default_factory=lambda: {NAME, "Gulfjersen", CHOSEN, STREET, MOBILE, TITLE, TEXT, REASON, STRANGER, f"@{SLUG}.example"}
    )

    def learn_secrets(self, folder: Path) -> None:
        """Every password and key of the installation."""
        for path in folder.iterdir():
            if path.is_file() and path.suffix in {"", ".broker"} and path.name != "clock":
                self.words.add(path.read_text(encoding="ascii").strip())
        self.words.update(re.findall(r'"d": ?"([^"]+)"', (folder / "gateway.key").read_text()))

    def seen_in(self, logs: list[Path]) -> list[str]:
        """The lines in which one of them is seen."""
        found = []
        for path in logs:
            for line in path.read_text(errors="replace").splitlines():
                found += [f"{path.name}: {word!r} in {line[:300]}" for word in self.words if word and word in line]
        return found


def shout_at(url: str, *raw: bytes) -> None:
    """Send bytes that are no request, each over a connection of its own, and wait for what is said to them."""
    where = urlsplit(url)
    for each in raw:
        with suppress(OSError), socket.create_connection((where.hostname or "", where.port or 80), timeout=5) as line:
            line.sendall(each)
            line.recv(1000)


def nonsense() -> list[bytes]:
    """Requests that break before any of our code sees them, with something private in each."""
    private = TEXT.replace(" ", "_").encode()
    return [
        b"GET /" + private + b"\r\n\r\n",
        private + b" /log-ind HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /log-ind HTTP/1.1\r\nHost: x\r\n" + private + b" : bad\r\n\r\n",
        b"GET /" + private * 400 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /log-ind HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + private + b"\r\n",
        b"GET /log-ind HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: " + private + b"\r\n\r\n",
        b"GET /log-ind/" + private + b" HTTP/9.9\r\n\r\n",
    ]
