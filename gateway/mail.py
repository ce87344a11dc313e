"""Plain letters by mail; where no mail server is named they are kept in the house."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from threading import Thread
from urllib.parse import unquote, urlsplit
from uuid import UUID

import structlog

from chassis import clock
from gateway.store import Store, keep_letter

log = structlog.get_logger()
PATIENCE = 20


class Mail:
    """Sends letters, or keeps them. What becomes of one is logged without naming its reader."""

    def __init__(self, smtp_url: str | None, sender: str, store: Store) -> None:
        self.smtp_url, self.sender, self.store = smtp_url, sender, store

    def send(self, association_id: UUID, *, to: str, subject: str, text: str) -> None:
        """Send a letter. Whoever asked does not wait for the mail server, and cannot tell by the time it took."""
        if self.smtp_url is None:
            with self.store.of(association_id) as db:
                keep_letter(db, association_id=association_id, to=to, subject=subject, text=text, sent_at=clock.now())
            return
        Thread(target=self._deliver, args=(self.smtp_url, self._letter(to, subject, text)), name="mail", daemon=True).start()

    def _letter(self, to: str, subject: str, text: str) -> EmailMessage:
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self.sender, to, subject
        letter["Date"], letter["Message-ID"] = formatdate(), make_msgid(domain=self.sender.rpartition("@")[2])
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(text)
        return letter

    @staticmethod
    def _deliver(url: str, letter: EmailMessage) -> None:
        where, trusted = urlsplit(url), ssl.create_default_context()
        host = where.hostname or "localhost"
        try:
            if where.scheme == "smtps":
                server: smtplib.SMTP = smtplib.SMTP_SSL(host, where.port or 465, timeout=PATIENCE, context=trusted)
            else:
                server = smtplib.SMTP(host, where.port or 25, timeout=PATIENCE)
            with server:
                server.ehlo()
                if where.scheme != "smtps" and server.has_extn("starttls"):
                    server.starttls(context=trusted)
                if where.username:
                    server.login(unquote(where.username), unquote(where.password or ""))
                server.send_message(letter)
        except (OSError, smtplib.SMTPException) as failure:
            log.error("a letter was not sent", failure=type(failure).__name__)
