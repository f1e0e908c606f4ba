"""The pages that search leads to, by titles and by the words that people look for them with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from depot.base.text import N_


@dataclass(frozen=True, slots=True)
class Way:
    """A page: its endpoint, what the menu calls it and says of it, and other words for it."""

    endpoint: str
    title: str
    small: str = ""
    #: What people type who do not know what it is called here.
    also: str = ""
    #: anybody, members (no helpers of a day), coordinators.
    whose: str = "anybody"


WAYS: Final = (
    Way("today.show", N_("Today"), also=N_("start, home, first page")),
    Way("scanner.scan", N_("Scan"), also=N_("camera, QR code, barcode")),
    Way(
        "intake.new",
        N_("Log a donation"),
        also=N_("goods come in, receive, delivery, gift, collection"),
    ),
    Way("crates.index", N_("Crates"), also=N_("boxes, bins, pallets")),
    Way("crates.pack", N_("Fill several crates")),
    Way("distribution.index", N_("Hand-outs"), N_("plan, hand out, people helped")),
    Way("distribution.new", N_("Plan a hand-out")),
    Way("dropoffs.index", N_("What is to come"), N_("deliveries that were announced")),
    Way(
        "requests.index",
        N_("What agencies ask for"),
        N_("answer, pack, hand over"),
        whose="members",
    ),
    Way(
        "handover.index",
        N_("Notes for the next shift"),
        N_("pass on the shift, hang up a notice"),
    ),
    Way("tasks.index", N_("Tasks"), N_("what is to be done, by whom")),
    Way("production.index", N_("Cook or pack"), N_("soup, parcels")),
    Way("transfers.index", N_("Between depots"), N_("send, receive, ask, offer")),
    Way(
        "printing.labels",
        N_("Labels"),
        N_("crates, shelves, pallets"),
        also=N_("print labels, stickers, QR codes"),
    ),
    Way("stock.index", N_("Stock"), N_("what is here, and where"), also=N_("inventory")),
    Way(
        "stock.first",
        N_("Hand out first"),
        N_("by the date on it"),
        also=N_("expiry date, best before, use by, soon out of date"),
    ),
    Way(
        "counts.index",
        N_("Counts"),
        N_("count a shelf, line by line; what is being counted"),
        also=N_("stocktaking, inventory"),
    ),
    Way("pictures.index", N_("Pictures"), N_("stock over time, its ages, a year, the shelves")),
    Way(
        "board.show",
        N_("Board"),
        N_("for a screen on the wall: who is here, what must go out, what is short"),
    ),
    Way("needs.index", N_("What we need"), N_("short, enough, too much; the poster")),
    Way(
        "temperatures.index",
        N_("Fridges and freezers"),
        N_("how cold they are, and the log"),
        also=N_("temperature, thermometer"),
    ),
    Way("holds.index", N_("On hold"), N_("hold goods back; what must not go out")),
    Way(
        "recalls.index",
        N_("Recalls"),
        N_("goods that are called back: where they are, whom to tell"),
    ),
    Way(
        "reports.weekly",
        N_("Report"),
        N_("the week, and that it adds up"),
        also=N_("weekly report, statistics, figures, meals"),
        whose="members",
    ),
    Way(
        "mails.index",
        N_("Report by mail"),
        N_("every Monday, to who asked for it"),
        whose="members",
    ),
    Way(
        "papers.index",
        N_("Papers"),
        N_("lists, count sheets, receipts, to print"),
        also=N_("print, PDF"),
    ),
    Way(
        "ledger.index",
        N_("Ledger"),
        N_("everything that happened, with undo"),
        also=N_("history, mistake, take back"),
    ),
    Way(
        "discrepancies.index",
        N_("Things to look at"),
        N_("where book and floor disagree"),
        whose="coordinators",
    ),
    Way(
        "rota.index", N_("Shifts and meetings"), N_("who comes when, and where people are missing")
    ),
    Way("duties.index", N_("Duties"), N_("whose turn it is, and what rests on one person alone")),
    Way(
        "account.mine",
        N_("Your account"),
        N_("password, sign out"),
        also=N_("language, passkey, my name"),
    ),
    Way("outbox.waiting", N_("Waiting on this device"), N_("what is not in the book yet")),
    Way("coming.show", N_("At the door"), N_("who comes, who goes")),
    Way("joining.index", N_("Who is here"), N_("today, and who is new"), whose="members"),
    Way("hours.index", N_("Hours"), N_("what people gave, as sums without names"), whose="members"),
    Way(
        "calendars.index",
        N_("In your calendar"),
        N_("what you take part in, on your phone"),
        whose="members",
    ),
    Way(
        "conduct.show",
        N_("Whom to turn to"),
        N_("something hurt somebody; how we treat each other"),
    ),
    Way("decisions.index", N_("Decisions"), N_("to decide, in force, to look at again")),
    Way(
        "open_book.index",
        N_("Who may do what"),
        N_("since when, until when, by whose decision"),
        whose="members",
    ),
    Way("agreeing.index", N_("To agree to"), N_("what takes two people"), whose="members"),
    Way(
        "guides.index",
        N_("Guides"),
        N_("how each page is used"),
        also=N_("help, manual, how to"),
    ),
    Way("handbook.index", N_("Handbook"), N_("how we work together")),
    Way(
        "join_links.show",
        N_("The code on the wall"),
        N_("a first name, and they help until tonight"),
        whose="coordinators",
    ),
    Way(
        "devices.index",
        N_("Devices of the depot"),
        N_("a tablet at the door that many use"),
        whose="coordinators",
    ),
    Way(
        "people.index",
        N_("People"),
        N_("invite, end access, tokens"),
        also=N_("volunteers, users, new member"),
        whose="coordinators",
    ),
    Way("items.all_items", N_("Items"), N_("and their categories")),
    Way("locations.places", N_("Places"), also=N_("shelves, rooms, storage")),
    Way(
        "partners.partners",
        N_("Partners"),
        N_("who gives goods, and agencies"),
        also=N_("donors, suppliers"),
        whose="members",
    ),
    Way(
        "imports.index",
        N_("Bring your spreadsheet"),
        N_("items, places, crates"),
        also=N_("import, Excel, CSV"),
        whose="coordinators",
    ),
    Way(
        "settings.edit",
        N_("Settings"),
        N_("name, time zone, week, kilograms or pounds"),
        whose="coordinators",
    ),
    Way(
        "playbooks.index",
        N_("Playbooks"),
        N_("a way to begin, and to hand on how you work"),
        whose="coordinators",
    ),
    Way(
        "network.index",
        N_("Depots we work with"),
        N_("invite one, and what each sees"),
        whose="coordinators",
    ),
    Way(
        "printers.index",
        N_("Printers"),
        N_("and label sheets of your own"),
        whose="coordinators",
    ),
    Way(
        "exporting.index",
        N_("Everything in one file"),
        N_("to keep or to hand on"),
        also=N_("export, backup, download"),
        whose="coordinators",
    ),
    Way(
        "webhooks.index",
        N_("Webhooks"),
        N_("tell other programs what is booked"),
        whose="coordinators",
    ),
    Way("api_docs.show", N_("For programs"), N_("the API"), whose="coordinators"),
)
