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
from depot.models.goods import Category, Item, Lot, Partner
from depot.models.handbook import HandbookPage
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
    from depot.models.freezing import FrozenLife
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
    from depot.models.series import EventSeries, SeriesEvent, SeriesVersion
    from depot.models.sharing import ReportShare
    from depot.models.temperatures import TemperatureReading, TemperatureRule, TemperatureStrike
    from depot.models.visits import Visit, VisitCard, VisitSetting
    from depot.models.weighing import TareBox, Weighing

#: The file of each table that is loaded when it is first named.
_LATER: Final = {
    "AccessEvent": "access",
    "DevicePin": "access",
    "FailedTry": "access",
    "Passkey": "access",
    "PersonSession": "access",
    "RecoveryCode": "access",
    "RecoveryLink": "access",
    "SecondFactor": "access",
    "AgeBand": "ages",
    "AskedAct": "agreeing",
    "AskedAnswer": "agreeing",
    "AskedInput": "agreeing",
    "BandCount": "ages",
    "Attendance": "rota",
    "AttendanceDay": "attendance",
    "AgencyLink": "agencies",
    "AgencyStatement": "agencies",
    "GoodsRequest": "agencies",
    "GoodsRequestLine": "agencies",
    "HandOverSignature": "agencies",
    "CalendarFeed": "calendars",
    "ReminderWish": "calendars",
    "ConductSeen": "conduct",
    "ConductWording": "conduct",
    "Confidant": "conduct",
    "CountSheet": "counts",
    "CountSheetEntry": "counts",
    "CountSheetLine": "counts",
    "CountTally": "counts",
    "Proposal": "decisions",
    "ProposalResponse": "decisions",
    "ProposalReview": "decisions",
    "ProposalWording": "decisions",
    "SpokenName": "decisions",
    "DropOff": "dropoffs",
    "DropOffLine": "dropoffs",
    "DropOffLink": "dropoffs",
    "GoodsValue": "in_kind",
    "ValueSetting": "in_kind",
    "FrozenLife": "freezing",
    "Acknowledgement": "handover",
    "Note": "handover",
    "NoteLine": "handover",
    "ImportedRow": "importing",
    "SheetImport": "importing",
    "MailAttachment": "mail",
    "MailOutbox": "mail",
    "MailSetting": "mail",
    "ReportSubscription": "mail",
    "NameSheet": "name_sheets",
    "NameSheetLine": "name_sheets",
    "NameSheetSetting": "name_sheets",
    "NeedRule": "needs",
    "NeedsList": "needs",
    "NeedsSetting": "needs",
    "DepotLink": "network",
    "ItemMatch": "network",
    "NetworkInvitation": "network",
    "NetworkPeer": "network",
    "Offer": "network",
    "SharedCategory": "network",
    "Transfer": "network",
    "TransferArrival": "network",
    "TransferCrate": "network",
    "TransferEntry": "network",
    "TransferLine": "network",
    "RoleChange": "open_book",
    "SettingChange": "open_book",
    "DonorLetter": "papers",
    "PlannedLine": "papers",
    "EventParcel": "parcels",
    "Parcel": "parcels",
    "ParcelAmount": "parcels",
    "ParcelItem": "parcels",
    "ParcelLine": "parcels",
    "ParcelVersion": "parcels",
    "LabelSheet": "printing",
    "Printer": "printing",
    "Recall": "recalls",
    "RecallFinding": "recalls",
    "RecallNotice": "recalls",
    "Recipe": "recipes",
    "RecipeLine": "recipes",
    "RecipeUse": "recipes",
    "RecipeVersion": "recipes",
    "TakenApart": "recipes",
    "FiledReport": "reporting",
    "MealFactor": "reporting",
    "ReportForm": "reporting",
    "Activity": "rota",
    "ActivityStep": "rota",
    "AgendaItem": "rota",
    "MeetingMinutes": "rota",
    "Assignment": "rota",
    "DutyWilling": "duties",
    "Routine": "rota",
    "RoutineVersion": "rota",
    "ItemCode": "scanning",
    "RollCall": "scanning",
    "EventSeries": "series",
    "SeriesEvent": "series",
    "SeriesVersion": "series",
    "ReportShare": "sharing",
    "TemperatureReading": "temperatures",
    "TemperatureRule": "temperatures",
    "TemperatureStrike": "temperatures",
    "Visit": "visits",
    "VisitCard": "visits",
    "VisitSetting": "visits",
    "TareBox": "weighing",
    "Weighing": "weighing",
}


def __getattr__(name: str) -> object:
    """Load the table of that name."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)


def all_tables() -> MetaData:
    """Load every table, and return what SQLAlchemy knows of them."""
    for module in set(_LATER.values()):
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
    "Weighing",
    "all_tables",
]
