"""The tables, one file an aggregate. Importing this package registers all of them."""

from __future__ import annotations

from depot.models.access import (
    AccessEvent,
    FailedTry,
    PersonSession,
    RecoveryCode,
    RecoveryLink,
    SecondFactor,
)
from depot.models.counts import CountSheet, CountSheetEntry, CountSheetLine, CountTally
from depot.models.depots import ChainHead, Depot
from depot.models.dropoffs import DropOff, DropOffLine, DropOffLink
from depot.models.events import DistributionEvent, EventPick
from depot.models.goods import Category, Item, Lot, Partner
from depot.models.importing import ImportedRow, SheetImport
from depot.models.journal import CommandLog, Discrepancy
from depot.models.ledger import CountedStock, CratePlacement, PeopleCount, StockEntry, StockMove
from depot.models.mail import MailAttachment, MailOutbox, MailSetting, ReportSubscription
from depot.models.needs import NeedRule, NeedsList, NeedsSetting
from depot.models.papers import DonorLetter, PlannedLine
from depot.models.people import ApiToken, Invitation, Membership, Person
from depot.models.places import Crate, CrateLabel, CrateTag, Location
from depot.models.printing import LabelSheet, Printer
from depot.models.reporting import FiledReport, MealFactor, ReportForm
from depot.models.scanning import ItemCode, RollCall
from depot.models.sharing import ReportShare
from depot.models.totals import DayTotal, PeriodNet, StockBalance
from depot.models.weighing import TareBox, Weighing

__all__ = [
    "AccessEvent",
    "ApiToken",
    "Category",
    "ChainHead",
    "CommandLog",
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
    "Discrepancy",
    "DistributionEvent",
    "DonorLetter",
    "DropOff",
    "DropOffLine",
    "DropOffLink",
    "EventPick",
    "FailedTry",
    "FiledReport",
    "ImportedRow",
    "Invitation",
    "Item",
    "ItemCode",
    "LabelSheet",
    "Location",
    "Lot",
    "MailAttachment",
    "MailOutbox",
    "MailSetting",
    "MealFactor",
    "Membership",
    "NeedRule",
    "NeedsList",
    "NeedsSetting",
    "Partner",
    "PeopleCount",
    "PeriodNet",
    "Person",
    "PersonSession",
    "PlannedLine",
    "Printer",
    "RecoveryCode",
    "RecoveryLink",
    "ReportForm",
    "ReportShare",
    "ReportSubscription",
    "RollCall",
    "SecondFactor",
    "SheetImport",
    "StockBalance",
    "StockEntry",
    "StockMove",
    "TareBox",
    "Weighing",
]
