"""The tables, one file an aggregate.

The book's own tables are loaded with this package, any other when it is first named: declaring all
is a tenth of a command's start (docs/benchmarks.md). None points at one not loaded with it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from sqlalchemy import MetaData

from depot.db.columns import Base
from depot.models.depots import ChainHead, Depot
from depot.models.devices import DepotDevice, DeviceCommand
from depot.models.events import DistributionEvent, Pick
from depot.models.goods import Category, Item, ItemName, Lot, Partner
from depot.models.holds import HeldLot, Hold
from depot.models.journal import CommandLog, Discrepancy
from depot.models.ledger import CountedStock, CratePlacement, PeopleCount, StockEntry, StockMove
from depot.models.people import ApiToken, Invitation, JoinLink, Membership, Person
from depot.models.places import Crate, CrateLabel, CrateTag, Location
from depot.models.promises import Promise, Reservation
from depot.models.totals import DayTotal, PeriodNet, StockBalance

if TYPE_CHECKING:
    from depot.models.access import (
        AccessEvent,
        DevicePin,
        FailedTry,
        Passkey,
        PersonSession,
        RecoveryCode,
        RecoveryLink,
        SecondFactor,
    )
    from depot.models.agencies import (
        AgencyLink,
        AgencyStatement,
        GoodsRequest,
        GoodsRequestLine,
        HandOverSignature,
    )
    from depot.models.ages import AgeBand, BandCount
    from depot.models.agreeing import AskedAct, AskedAnswer, AskedInput
    from depot.models.attendance import AttendanceDay
    from depot.models.calendars import CalendarFeed, ReminderWish
    from depot.models.conduct import ConductSeen, ConductWording, Confidant
    from depot.models.counts import CountSheet, CountSheetEntry, CountSheetLine, CountTally
    from depot.models.decisions import (
        Proposal,
        ProposalResponse,
        ProposalReview,
        ProposalWording,
        SpokenName,
    )
    from depot.models.dropoffs import DropOff, DropOffLine, DropOffLink
    from depot.models.duties import DutyWilling
    from depot.models.first_steps import PutAwaySteps
    from depot.models.freezing import FrozenLife
    from depot.models.handbook import HandbookPage
    from depot.models.handover import Acknowledgement, Note, NoteLine
    from depot.models.importing import ImportedRow, SheetImport
    from depot.models.in_kind import GoodsValue, ValueSetting
    from depot.models.mail import MailAttachment, MailOutbox, MailSetting, ReportSubscription
    from depot.models.name_sheets import NameSheet, NameSheetLine, NameSheetSetting
    from depot.models.needs import NeedRule, NeedsList, NeedsSetting
    from depot.models.network import (
        DepotLink,
        ItemMatch,
        NetworkInvitation,
        NetworkPeer,
        Offer,
        SharedCategory,
        Transfer,
        TransferArrival,
        TransferCrate,
        TransferEntry,
        TransferLine,
    )
    from depot.models.open_book import RoleChange, SettingChange
    from depot.models.papers import DonorLetter, PlannedLine
    from depot.models.parcels import (
        EventParcel,
        Parcel,
        ParcelAmount,
        ParcelItem,
        ParcelLine,
        ParcelVersion,
    )
    from depot.models.photos import ItemPhoto
    from depot.models.printing import LabelSheet, Printer
    from depot.models.recalls import Recall, RecallFinding, RecallNotice
    from depot.models.recipes import Recipe, RecipeLine, RecipeUse, RecipeVersion, TakenApart
    from depot.models.reporting import FiledReport, MealFactor, ReportForm
    from depot.models.rota import (
        Activity,
        ActivityStep,
        AgendaItem,
        Assignment,
        Attendance,
        MeetingMinutes,
        Routine,
        RoutineVersion,
    )
    from depot.models.scanning import ItemCode, RollCall
    from depot.models.search import SearchEntry, SearchStale
    from depot.models.series import EventSeries, SeriesEvent, SeriesVersion
    from depot.models.sharing import ReportShare
    from depot.models.temperatures import TemperatureReading, TemperatureRule, TemperatureStrike
    from depot.models.visits import Visit, VisitCard, VisitSetting
    from depot.models.webhooks import Webhook, WebhookDelivery
    from depot.models.weighing import TareBox, Weighing

#: The file of each table that is loaded when it is first named.
_MODULES: Final = {
    "access": (
        "AccessEvent DevicePin FailedTry Passkey PersonSession RecoveryCode RecoveryLink "
        "SecondFactor"
    ),
    "agencies": "AgencyLink AgencyStatement GoodsRequest GoodsRequestLine HandOverSignature",
    "ages": "AgeBand BandCount",
    "agreeing": "AskedAct AskedAnswer AskedInput",
    "attendance": "AttendanceDay",
    "calendars": "CalendarFeed ReminderWish",
    "conduct": "ConductSeen ConductWording Confidant",
    "counts": "CountSheet CountSheetEntry CountSheetLine CountTally",
    "decisions": "Proposal ProposalResponse ProposalReview ProposalWording SpokenName",
    "dropoffs": "DropOff DropOffLine DropOffLink",
    "duties": "DutyWilling",
    "first_steps": "PutAwaySteps",
    "freezing": "FrozenLife",
    "handbook": "HandbookPage",
    "handover": "Acknowledgement Note NoteLine",
    "importing": "ImportedRow SheetImport",
    "in_kind": "GoodsValue ValueSetting",
    "mail": "MailAttachment MailOutbox MailSetting ReportSubscription",
    "name_sheets": "NameSheet NameSheetLine NameSheetSetting",
    "needs": "NeedRule NeedsList NeedsSetting",
    "network": (
        "DepotLink ItemMatch NetworkInvitation NetworkPeer Offer SharedCategory Transfer "
        "TransferArrival TransferCrate TransferEntry TransferLine"
    ),
    "open_book": "RoleChange SettingChange",
    "papers": "DonorLetter PlannedLine",
    "parcels": "EventParcel Parcel ParcelAmount ParcelItem ParcelLine ParcelVersion",
    "photos": "ItemPhoto",
    "printing": "LabelSheet Printer",
    "recalls": "Recall RecallFinding RecallNotice",
    "recipes": "Recipe RecipeLine RecipeUse RecipeVersion TakenApart",
    "reporting": "FiledReport MealFactor ReportForm",
    "rota": (
        "Activity ActivityStep AgendaItem Assignment Attendance MeetingMinutes Routine "
        "RoutineVersion"
    ),
    "scanning": "ItemCode RollCall",
    "search": "SearchEntry SearchStale",
    "series": "EventSeries SeriesEvent SeriesVersion",
    "sharing": "ReportShare",
    "temperatures": "TemperatureReading TemperatureRule TemperatureStrike",
    "visits": "Visit VisitCard VisitSetting",
    "webhooks": "Webhook WebhookDelivery",
    "weighing": "TareBox Weighing",
}
_LATER: Final = {name: module for module, names in _MODULES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """Load the table of that name."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)


def all_tables() -> MetaData:
    """Load every table, and return what SQLAlchemy knows of them."""
    for module in _MODULES:
        import_module(f"{__name__}.{module}")
    return Base.metadata


__all__ = [
    "AccessEvent",
    "Acknowledgement",
    "Activity",
    "ActivityStep",
    "AgeBand",
    "AgencyLink",
    "AgencyStatement",
    "AgendaItem",
    "ApiToken",
    "AskedAct",
    "AskedAnswer",
    "AskedInput",
    "Assignment",
    "Attendance",
    "AttendanceDay",
    "BandCount",
    "CalendarFeed",
    "Category",
    "ChainHead",
    "CommandLog",
    "ConductSeen",
    "ConductWording",
    "Confidant",
    "CountSheet",
    "CountSheetEntry",
    "CountSheetLine",
    "CountTally",
    "CountedStock",
    "Crate",
    "CrateLabel",
    "CratePlacement",
    "CrateTag",
    "DayTotal",
    "Depot",
    "DepotDevice",
    "DepotLink",
    "DeviceCommand",
    "DevicePin",
    "Discrepancy",
    "DistributionEvent",
    "DonorLetter",
    "DropOff",
    "DropOffLine",
    "DropOffLink",
    "DutyWilling",
    "EventParcel",
    "EventSeries",
    "FailedTry",
    "FiledReport",
    "FrozenLife",
    "GoodsRequest",
    "GoodsRequestLine",
    "GoodsValue",
    "HandOverSignature",
    "HandbookPage",
    "HeldLot",
    "Hold",
    "ImportedRow",
    "Invitation",
    "Item",
    "ItemCode",
    "ItemMatch",
    "ItemName",
    "ItemPhoto",
    "JoinLink",
    "LabelSheet",
    "Location",
    "Lot",
    "MailAttachment",
    "MailOutbox",
    "MailSetting",
    "MealFactor",
    "MeetingMinutes",
    "Membership",
    "NameSheet",
    "NameSheetLine",
    "NameSheetSetting",
    "NeedRule",
    "NeedsList",
    "NeedsSetting",
    "NetworkInvitation",
    "NetworkPeer",
    "Note",
    "NoteLine",
    "Offer",
    "Parcel",
    "ParcelAmount",
    "ParcelItem",
    "ParcelLine",
    "ParcelVersion",
    "Partner",
    "Passkey",
    "PeopleCount",
    "PeriodNet",
    "Person",
    "PersonSession",
    "Pick",
    "PlannedLine",
    "Printer",
    "Promise",
    "Proposal",
    "ProposalResponse",
    "ProposalReview",
    "ProposalWording",
    "PutAwaySteps",
    "Recall",
    "RecallFinding",
    "RecallNotice",
    "Recipe",
    "RecipeLine",
    "RecipeUse",
    "RecipeVersion",
    "RecoveryCode",
    "RecoveryLink",
    "ReminderWish",
    "ReportForm",
    "ReportShare",
    "ReportSubscription",
    "Reservation",
    "RoleChange",
    "RollCall",
    "Routine",
    "RoutineVersion",
    "SearchEntry",
    "SearchStale",
    "SecondFactor",
    "SeriesEvent",
    "SeriesVersion",
    "SettingChange",
    "SharedCategory",
    "SheetImport",
    "SpokenName",
    "StockBalance",
    "StockEntry",
    "StockMove",
    "TakenApart",
    "TareBox",
    "TemperatureReading",
    "TemperatureRule",
    "TemperatureStrike",
    "Transfer",
    "TransferArrival",
    "TransferCrate",
    "TransferEntry",
    "TransferLine",
    "ValueSetting",
    "Visit",
    "VisitCard",
    "VisitSetting",
    "Webhook",
    "WebhookDelivery",
    "Weighing",
    "all_tables",
]
