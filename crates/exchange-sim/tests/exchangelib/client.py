"""exchangelib as a client of exchange-sim: what it sees is printed as JSON, a line for each step.

Usage: client.py EWS-URL CA-FILE PROXY-URL MAILBOX
"""

import json
import os
import sys
import threading
import urllib.request

EWS_URL, CA_FILE, PROXY_URL, MAILBOX = sys.argv[1:]
os.environ["REQUESTS_CA_BUNDLE"] = CA_FILE

from exchangelib import (  # noqa: E402
    IMPERSONATION,
    NTLM,
    UTC,
    Account,
    Configuration,
    Credentials,
    EWSDateTime,
)
from exchangelib.autodiscover import Autodiscovery  # noqa: E402
from exchangelib.errors import UnauthorizedError  # noqa: E402
from exchangelib.util import create_element  # noqa: E402, F401
from exchangelib.version import EXCHANGE_2013, Version  # noqa: E402

USER, PASSWORD = "CONTOSO\\svc-calendar", "pässwörd"
FIELDS = ("subject", "start", "end", "is_all_day", "legacy_free_busy_status", "sensitivity", "is_cancelled", "type", "uid")


def tell(step, **what):
    print(json.dumps({"step": step, **what}), flush=True)


def account(password=PASSWORD, address=MAILBOX):
    configuration = Configuration(
        service_endpoint=EWS_URL,
        credentials=Credentials(USER, password),
        auth_type=NTLM,
        version=Version(EXCHANGE_2013),
    )
    return Account(address, access_type=IMPERSONATION, autodiscover=False, config=configuration, default_timezone=UTC)


def view(mailbox):
    start = EWSDateTime(2026, 11, 16, tzinfo=UTC)
    end = EWSDateTime(2026, 11, 30, tzinfo=UTC)
    return list(mailbox.calendar.view(start=start, end=end).only(*FIELDS))


def list_calendar():
    mailbox = account()
    items = [[str(i.subject), str(i.start), i.is_all_day, i.type, i.legacy_free_busy_status] for i in view(mailbox)]
    tell("view", items=items)
    return mailbox


def organizers(mailbox):
    items = mailbox.fetch([(i.id, i.changekey) for i in view(mailbox)[:1]], only_fields=["subject", "organizer"])
    tell("organizer", organizers=[i.organizer.email_address for i in items])


def resolve(mailbox):
    found = mailbox.protocol.resolve_names(["smtp:" + MAILBOX], return_full_contact_data=True)
    tell("resolve", found=[[m.email_address, c.display_name] for m, c in found])


def stream(mailbox):
    subscription = mailbox.calendar.subscribe_to_streaming()
    tell("subscribed")
    # The test makes an appointment when it reads the line.
    for notification in mailbox.calendar.get_streaming_events(subscription, connection_timeout=1, max_notifications_returned=1):
        tell("event", kinds=[type(e).__name__ for e in notification.events if type(e).__name__ != "StatusEvent"])
    mailbox.calendar.unsubscribe(subscription)
    tell("unsubscribed")


def discover():
    # exchangelib looks names up to spare itself attempts; behind a proxy there is nothing to look up.
    Autodiscovery._ensure_valid_hostname = lambda self, url: None
    os.environ["HTTP_PROXY"] = os.environ["HTTPS_PROXY"] = PROXY_URL
    found, _ = Autodiscovery(email=MAILBOX, credentials=Credentials(USER, PASSWORD)).discover()
    tell("discovery", url=found.ews_url, address=found.autodiscover_smtp_address)


def wrong_password():
    try:
        account(password="wrong").calendar.refresh()
    except UnauthorizedError:
        tell("refused")


mailbox = list_calendar()
organizers(mailbox)
resolve(mailbox)
stream(mailbox)
wrong_password()
discover()
