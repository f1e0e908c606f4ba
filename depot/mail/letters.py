"""From a mail of the outbox to what is handed to a mail server. Pure."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from depot.mail.commands.outbox import ClaimedMail
from depot.mail.server import MailServer


def message_of(mail: ClaimedMail, server: MailServer) -> EmailMessage:
    """Return the message: plain text, its attachments, and where to end mails of this kind.

    The same mail gives the same Message-ID and date at every try.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = _sender(mail, server)
    message["To"] = Address(addr_spec=mail.to_address)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.queued_at)
    domain = server.sender_address.rpartition("@")[2]
    message["Message-ID"] = f"<{mail.message_id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if mail.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        # one press of a button in the reader's mail program (RFC 8058)
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.body)
    for file in mail.attachments:
        kind, _, subkind = file.media_type.partition(";")[0].partition("/")
        message.add_attachment(file.content, maintype=kind, subtype=subkind, filename=file.name)
    return message


def _sender(mail: ClaimedMail, server: MailServer) -> Address:
    """Several depots may send from one address: each under its own name."""
    return Address(server.sender_name or mail.depot_name, addr_spec=server.sender_address)
