"""A client for the API of Depot, for Python 3.11 and newer: the standard library alone.

Written by “depot client” from the description of the API, version v1: do not edit it. Put it
beside your program:

    from depot_client import Depot

    depot = Depot("https://depot.example.org", "TOKEN")
    for item in depot.all_items():
        print(item["name"])

Each address is a method, called by its method and its words: GET /api/v1/items is get_items,
POST /api/v1/crates/{code}/move is post_crate_move. What is sent and what is answered are
dictionaries with typed fields. Times and dates are texts in answers; where they are sent, they
may be datetimes. A list that comes in pages has a method for all of it, as all_items.

A write bears a command_id, which the client makes unless one is given, and keeps while it tries
again: what was done, and whose answer was lost, is done once. All that goes wrong is a
DepotError. Several threads may ask by one client: nothing is kept between two requests.
"""

from __future__ import annotations

import datetime
import http.client
import json
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from email.message import Message
from typing import Any, Final, Generic, Literal, NotRequired, TypedDict, TypeVar
from urllib.parse import quote, urlencode, urlsplit
from uuid import UUID, uuid4

Row = TypeVar("Row")
#: Answers that another try may better: too much going on, or a gateway without the server.
_PASSING: Final = frozenset({429, 502, 503, 504})
_FIRST_WAIT_SECONDS: Final = 0.5
#: What is to be waited for longer than this is told to the program instead.
_LONGEST_WAIT_SECONDS: Final = 60.0


class DepotError(Exception):
    """What was asked for was not done, or nobody knows: no answer came.

    `status` is the number of the answer, 0 if none came; `code` a word for programs, as
    `not_found`; `words` a sentence for people, in the client's language. `details` is the answer as
    it came: `errors` by field, `questions` to say yes to, `asked` of what waits for a second person
    (202). `command_id` is that of the write: the same call with it is done once, whatever became of
    this one. `request_id` finds the request in the server's log.
    """

    def __init__(
        self,
        status: int,
        code: str,
        words: str,
        details: Mapping[str, Any] | None = None,
        *,
        retry_after: float | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(status, code, words)
        self.status = status
        self.code = code
        self.words = words
        self.details: Mapping[str, Any] = details or {}
        self.retry_after = retry_after
        self.request_id = request_id
        self.command_id: str | None = None

    def __str__(self) -> str:
        """Return what a log needs: number, word, sentence, and what is wrong with which field."""
        named = f" {json.dumps(self.errors, ensure_ascii=False)}" if self.errors else ""
        return f"{self.status} {self.code}: {self.words}{named}"

    @property
    def errors(self) -> Mapping[str, Any]:
        """What is wrong, by field."""
        found: Mapping[str, Any] = self.details.get("errors") or {}
        return found


class Feed(Generic[Row]):
    """Entries in their order, from `place` on; gone over again later, it goes on where it ended.

    `place` is the number of the entry that was given last. Keep it once the entry is dealt with,
    and begin with it after a restart: no entry is left out and none comes twice.
    """

    def __init__(self, read: Callable[[int], Mapping[str, Any]], rows: str, place: int) -> None:
        self.place = place
        self._read = read
        self._rows = rows

    def __iter__(self) -> Iterator[Row]:
        """Give the entries that are there by now; it ends with the newest."""
        more = True
        while more:
            page = self._read(self.place)
            for row in page[self._rows]:
                self.place = row["seq"]
                yield row
            self.place, more = page["next"], page["more"]


def _all_rows(
    read: Callable[[int | None], Mapping[str, Any]], rows: str, after: int | None
) -> Iterator[Any]:
    """Give the rows of a list, page after page."""
    place, more = after, True
    while more:
        page = read(place)
        yield from page[rows]
        place = page["next"]
        more = place is not None


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """The API sends nobody elsewhere; the token must not travel on."""

    def redirect_request(self, *_args: Any, **_kw: Any) -> None:
        """Follow none: the answer is an error."""


class _Asking:
    """One depot, asked with one token. What is lost on the way is asked for again.

    `tries` is how often at most a request is sent, `timeout` seconds without a byte end one.
    `language` is that of the sentences in errors, as `es`; else it is the depot's. `context` holds
    the certificates that count, where the server's is of an authority of the house.
    """

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        language: str | None = None,
        timeout: float = 30.0,
        tries: int = 6,
        context: ssl.SSLContext | None = None,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        if urlsplit(base_url).scheme not in ("http", "https"):
            raise ValueError("the address of a depot begins with https:// or http://")
        self._base_url = base_url.rstrip("/")
        self._token = token
        self._language = language
        self._timeout = timeout
        self._tries = tries
        self._sleep = sleep
        secured = urllib.request.HTTPSHandler(context=context)
        self._opener = urllib.request.build_opener(secured, _NoRedirects())

    def _write(
        self,
        method: str,
        path: str,
        body: Mapping[str, object] | None,
        command_id: UUID | str | None,
    ) -> Any:
        """Send a command under its number, the given one or a new one, the same at each try."""
        sent = dict(body or {})
        if command_id is not None:
            sent["command_id"] = command_id
        sent.setdefault("command_id", uuid4())
        try:
            return self._ask(method, path, None, sent)
        except DepotError as error:
            error.command_id = str(sent["command_id"])
            raise

    def _ask(
        self,
        method: str,
        path: str,
        query: Mapping[str, object] | None = None,
        body: Mapping[str, object] | None = None,
    ) -> Any:
        """Return the JSON of the answer, or None where there is none."""
        status, raw = self._repeated(method, path, query, body)
        if not raw:
            return None
        try:
            return json.loads(raw)
        except ValueError as error:
            raise DepotError(status, "no_json", "That was no answer of a depot.") from error

    def _file(self, path: str, query: Mapping[str, object]) -> bytes:
        """Return the answer's bytes as they are."""
        return self._repeated("GET", path, query, None)[1]

    def _repeated(
        self,
        method: str,
        path: str,
        query: Mapping[str, object] | None,
        body: Mapping[str, object] | None,
    ) -> tuple[int, bytes]:
        asked = {name: value for name, value in (query or {}).items() if value is not None}
        if self._language is not None:
            asked.setdefault("language", self._language)
        address = f"{self._base_url}{path}"
        if asked:
            address += f"?{urlencode({key: _words(asked[key]) for key in asked}, doseq=True)}"
        data = None if body is None else json.dumps(body, default=_plain).encode()
        tried = 1
        while True:
            try:
                return self._send(method, address, data)
            except DepotError as error:
                seconds = _wait(error, tried)
                if seconds is None or tried >= self._tries:
                    raise
            self._sleep(seconds)
            tried += 1

    def _send(self, method: str, address: str, data: bytes | None) -> tuple[int, bytes]:
        headers = {"Authorization": f"Bearer {self._token}", "Accept": "*/*"}
        if data is not None:
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(  # noqa: S310  # it is http or https: see __init__
            address, data, headers, method=method
        )
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                status, raw, heads = int(answer.status), bytes(answer.read()), answer.headers
        except urllib.error.HTTPError as error:
            with error:
                raise _refusal(error.code, _rest_of(error), error.headers) from None
        except (OSError, http.client.HTTPException) as error:
            raise _no_answer(error) from error
        if status == 202:  # a second person has to agree: nothing was done yet
            raise _refusal(status, raw, heads)
        return status, raw


def _rest_of(error: urllib.error.HTTPError) -> bytes:
    """Return the body of a refusal; one that breaks off says no more than its number."""
    try:
        return bytes(error.read())
    except (OSError, http.client.HTTPException):
        return b""


def _refusal(status: int, raw: bytes, headers: Message) -> DepotError:
    """Return what an answer that is no success says."""
    try:
        body = json.loads(raw)
    except ValueError:
        body = None
    told: dict[str, Any] = body if isinstance(body, dict) else {}
    seconds = headers.get("Retry-After", "")
    return DepotError(
        status,
        str(told.get("code", "")),
        str(told.get("message", http.client.responses.get(status, ""))),
        told,
        retry_after=float(seconds) if seconds.isdecimal() else None,
        request_id=headers.get("X-Request-ID"),
    )


def _no_answer(error: Exception) -> DepotError:
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    is_wrong_server = isinstance(reason, ssl.SSLCertVerificationError)
    code = "certificate" if is_wrong_server else "no_answer"
    return DepotError(0, code, f"No answer came: {reason or type(error).__name__}")


def _wait(error: DepotError, tried: int) -> float | None:
    """Return for how many seconds to wait before the next try; None: another helps nothing."""
    if error.status not in _PASSING and error.code != "no_answer":
        return None
    if error.retry_after is None:
        return None if error.status == 429 else _FIRST_WAIT_SECONDS * 2.0 ** (tried - 1)
    return error.retry_after if error.retry_after <= _LONGEST_WAIT_SECONDS else None


def _part(value: object) -> str:
    """Return a value as a part of an address."""
    return quote(str(value), safe="")


def _words(value: object) -> object:
    """Return a value, or each of several, as it stands behind the question mark."""
    if isinstance(value, list):
        return [_words(one) for one in value]
    if isinstance(value, bool):
        return str(value).lower()
    return _plain(value)


def _plain(value: object) -> object:
    """Return what JSON has no word for as a text."""
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


Allergens = Literal[
    "gluten",
    "crustaceans",
    "eggs",
    "fish",
    "peanuts",
    "soya",
    "milk",
    "nuts",
    "celery",
    "mustard",
    "sesame",
    "sulphites",
    "lupin",
    "molluscs",
]
FeedEntryKind = Literal[
    "opening",
    "receipt",
    "issue",
    "return",
    "transfer",
    "production",
    "write_off",
    "count",
    "people",
    "reversal",
]
GrownFrom = Literal[
    "activity",
    "event",
    "discrepancy",
    "recall",
    "reading",
    "item",
    "category",
    "note",
    "proposal",
]
NoticeKind = Literal[
    "donor",
    "partner",
    "event",
    "coordinator",
    "other",
]
Outcome = Literal[
    "found_destroyed",
    "found_kept",
    "not_found",
]
Reason = Literal[
    "issue",
    "write_off",
    "use",
    "expired",
    "damaged",
    "recalled",
    "lost",
]
SearchResultKind = Literal[
    "page",
    "item",
    "crate",
    "location",
    "partner",
    "person",
    "event",
    "entry",
    "guide",
]
SourceKind = Literal[
    "donation",
    "collection",
    "rescue",
    "farm",
    "manufacturer",
    "food_bank",
    "government",
    "purchase",
    "transfer",
    "other",
]
Standing = Literal[
    "in",
    "seeking",
    "asked",
    "waiting",
    "out",
]
WriteOffReason = Literal[
    "expired",
    "damaged",
    "recalled",
    "lost",
]


class ActivityAnswer(TypedDict):
    """Part of ActivityListAnswer."""

    called_off_why: str
    ends_at: str | None
    event_id: int | None
    #: Its number, or its routine's and the day: 3.2026-12-01.
    id: str
    kind: str
    lacking: int
    name: str
    parts: list[Part]
    people: int
    people_max: int | None
    people_min: int
    place: str
    routine_id: int | None
    starts_at: str | None
    text: str


class ActivityListAnswer(TypedDict):
    """Answer of get_activities."""

    activities: list[ActivityAnswer]
    next: int | None


class AddCountCrate(TypedDict):
    """Sent by post_count_sheet_crates."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    crate: str
    occurred_at: NotRequired[datetime.datetime | str | None]


class AddCountFound(TypedDict):
    """Sent by post_count_sheet_found."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    counter: NotRequired[int]
    crate: NotRequired[str | None]
    date: NotRequired[Any]
    date_kind: NotRequired[Literal["use_by", "best_before", "none"] | None]
    item: int | str
    occurred_at: NotRequired[datetime.datetime | str | None]
    quantity: int


class AddDevice(TypedDict):
    """Sent by post_devices."""

    idle_minutes: NotRequired[int]
    name: str
    #: Why it is changed; it stands in the open book.
    why: NotRequired[str]


class AddWebhook(TypedDict):
    """Sent by post_webhooks."""

    address: str
    kinds: NotRequired[list[FeedEntryKind]]
    name: str
    #: Why it is changed; it stands in the open book.
    why: NotRequired[str]


class AddedDeviceAnswer(TypedDict):
    """Answer of post_devices."""

    id: int
    url: str


class AddedWebhookAnswer(TypedDict):
    """Answer of post_webhooks."""

    id: int
    name: str
    secret: str


class Agenda(TypedDict):
    """Sent by post_meeting_agenda."""

    proposal_id: NotRequired[int | None]
    title: NotRequired[str]


class AgendaItemAnswer(TypedDict):
    """Answer of post_meeting_agenda, post_meeting_tasks."""

    id: int
    name: str


class AgendaNumberAnswer(TypedDict):
    """Answer of post_agenda_item_minute, post_agenda_item_take_off, post_meeting_there."""

    id: int


class AgendaRowAnswer(TypedDict):
    """Part of MeetingAnswer."""

    added_by: str | None
    id: int
    minute: str
    minuted_by: str | None
    #: Of its proposal: agreed, not_agreed, withdrawn.
    outcome: str | None
    proposal_id: int | None
    review_on: str | None
    title: str
    wording: str | None


class Answered(TypedDict):
    """Answer of post_asked_act_withdraw."""

    answer: str
    id: int


class Approve(TypedDict):
    """Sent by post_request_approve."""

    answer: NotRequired[str]
    lines: NotRequired[list[Requested] | None]
    starts_at: NotRequired[datetime.datetime | str | None]


class Ask(TypedDict):
    """Sent by post_activity_ask."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    occurred_at: NotRequired[datetime.datetime | str | None]
    person_id: int


class AskForPins(TypedDict):
    """Sent by post_devices_pins."""

    asks_pin: NotRequired[bool]
    #: Why it is changed; it stands in the open book.
    why: NotRequired[str]


class AskGoods(TypedDict):
    """Sent by post_requests."""

    is_delivered: NotRequired[bool]
    lines: list[Requested]
    needed_on: datetime.date | str
    note: NotRequired[str]
    partner_id: int


class AskTransfer(TypedDict):
    """Sent by post_transfers_ask."""

    from_depot: int | str
    lines: list[AskTransferLine]
    note: NotRequired[str]


class AskTransferLine(TypedDict):
    """Part of AskTransfer."""

    item: str
    quantity: int
    unit: NotRequired[Literal["piece", "gram", "millilitre"]]


class Asked(TypedDict):
    """Answer of get_asked_act. Part of AskedActsAnswer."""

    answer: str | None
    answered_at: str | None
    asked_at: str
    asked_by: str
    by: str | None
    id: int
    kind: str
    #: What it was about when it was asked for, in base units.
    told: dict[str, Any]
    until: str
    why: str


class AskedActsAnswer(TypedDict):
    """Answer of get_asked_acts."""

    asked: list[Asked]
    next: int | None


class BandPeople(TypedDict):
    """Part of EventPeople, Visit."""

    from_age: int
    people: int


class BandSumAnswer(TypedDict):
    """Part of VisitSumsAnswer."""

    from_age: int
    people: int
    to_age: int | None


class Box(TypedDict):
    """Part of Line."""

    box: int | str
    count: NotRequired[int]


class ChangeSeries(TypedDict):
    """Sent by post_series_change."""

    begins: str
    capacity: NotRequired[int | None]
    ends_on: NotRequired[datetime.date | str | None]
    from_on: datetime.date | str
    name: str
    place: NotRequired[str]
    rule: Rule


class ChangedAnswer(TypedDict):
    """Answer of post_freezing, post_thawing."""

    date: str
    date_kind: str
    discrepancies: list[Opened]
    entry_id: int | None
    item: str
    item_id: int
    lot_id: int
    #: Only if false: nothing was booked for the note to stand on.
    note_kept: NotRequired[bool]
    quantity: int
    seq: int | None
    unit: str


class ChosenItem(TypedDict):
    """Part of ParcelOut."""

    item_id: int
    line: int


class Close(TypedDict):
    """Sent by post_recall_close."""

    note: NotRequired[str]


class ClosedJoinLinkAnswer(TypedDict):
    """Answer of post_join_link_close."""

    id: int


class Come(TypedDict):
    """Sent by post_activity_come, post_come."""

    activity: NotRequired[str]
    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    name: NotRequired[str]
    occurred_at: NotRequired[datetime.datetime | str | None]
    person_id: NotRequired[int | None]


class ContactAnswer(TypedDict):
    """Part of WholeRecallAnswer."""

    id: int
    kind: str
    mail: str
    name: str
    phone: str
    told_at: str | None


class CountChoice(TypedDict):
    """Part of PostCountSheet."""

    counter: int
    number: int


class CountCrate(TypedDict):
    """Sent by post_crate_count."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    found: NotRequired[list[FoundInCrate]]
    lines: NotRequired[list[CountCrateLine]]
    note: NotRequired[str]
    occurred_at: NotRequired[datetime.datetime | str | None]


class CountCrateAnswer(TypedDict):
    """Answer of post_count_sheet_crates."""

    crate_code: str
    is_new: bool
    numbers: list[int]
    sheet_id: int


class CountCrateLine(TypedDict):
    """Part of CountCrate."""

    counted_quantity: int
    item: NotRequired[int | str | None]
    lot_id: NotRequired[int | None]


class CountDifferenceAnswer(TypedDict):
    """Part of CountDifferencesAnswer."""

    found: list[CountFoundAnswer]
    is_disputed: bool
    item: str
    number: int
    unit: str


class CountDifferencesAnswer(TypedDict):
    """Answer of get_count_sheet_differences."""

    agreeing: int
    differences: list[CountDifferenceAnswer]
    id: int
    not_counted: list[int]
    version: int


class CountFoundAnswer(TypedDict):
    """Part of CountDifferenceAnswer."""

    counted_at: str
    counted_quantity: int
    counter: int
    date: str
    expected_quantity: int
    person: str
    variance: int


class CountPlace(TypedDict):
    """Sent by post_location_count."""

    complete: NotRequired[bool]
    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    lines: NotRequired[list[PlaceLine]]
    note: NotRequired[str]
    occurred_at: NotRequired[datetime.datetime | str | None]


class CountPostedAnswer(TypedDict):
    """Answer of post_count_sheet_post, post_count_sheet_undo."""

    discrepancies: list[Opened]
    entries: list[int]
    entry_id: int | None
    lines: list[GoodsCounted]
    #: Only if false: nothing was booked for the note to stand on.
    note_kept: NotRequired[bool]
    place: str
    seq: int | None
    sheet_id: int


class CountSheetAnswer(TypedDict):
    """Answer of get_count_sheet."""

    closed_at: str | None
    counted: int
    counter: int
    id: int
    is_blind: bool
    lines: list[CountSheetLineRow]
    location_id: int
    place: str
    started_at: str
    state: str
    version: int


class CountSheetLine(TypedDict):
    """Part of WriteCountLines."""

    date: NotRequired[Any]
    date_kind: NotRequired[Literal["use_by", "best_before", "none"] | None]
    number: int
    quantity: int | None


class CountSheetLineRow(TypedDict):
    """Part of CountSheetAnswer."""

    counted_at: str | None
    counted_quantity: int | None
    crate_code: str | None
    date: str
    date_kind: str
    expected_quantity: int | None
    item: str
    lot_code: str
    number: int
    unit: str


class CountSheetRow(TypedDict):
    """Part of CountSheetsAnswer."""

    closed_at: str | None
    counted: int
    id: int
    is_blind: bool
    lines: int
    location_id: int
    place: str
    started_at: str
    state: str


class CountSheetsAnswer(TypedDict):
    """Answer of get_count_sheets."""

    next: int | None
    sheets: list[CountSheetRow]


class CountStartedAnswer(TypedDict):
    """Answer of post_count_sheets."""

    id: int
    is_new: bool
    lines: int
    place: str


class CountTalliedAnswer(TypedDict):
    """Answer of post_count_sheet_found, post_count_sheet_lines."""

    counted: int
    lines: int
    numbers: list[int]
    place: str
    sheet_id: int


class Crate(TypedDict):
    """Answer of get_crate."""

    box_number: str
    code: str
    contents: list[CrateContent]
    #: Codes of crates on it.
    crates: list[str]
    location: str | None
    state: Literal["blank", "filled", "empty", "retired"]
    #: Free words on it.
    tags: list[str]
    weight_grams: int
    weight_is_estimated: bool


class CrateContent(TypedDict):
    """Part of Crate."""

    #: Of what was made here, those of all that went in among them.
    allergens: list[str]
    #: If not, what is not named may still be in it.
    allergens_known: bool
    #: As on the package: 2027-05-21, 2027-05, 2027.
    date: str
    date_kind: str
    diets: list[str]
    give_out_until: str | None
    #: Why it must not go out; null: it is not held.
    held_because: str | None
    item: str
    item_id: int
    #: The lot's own code; often empty.
    lot: str
    lot_id: int
    quantity: int
    unit: str


class CrateCountAnswer(TypedDict):
    """Answer of post_crate_count."""

    crate_code: str | None
    discrepancies: list[Opened]
    entry_id: int | None
    lines: list[GoodsCounted]
    #: Only if false: nothing was booked for the note to stand on.
    note_kept: NotRequired[bool]
    seq: int | None


class CrateGoodsAnswer(TypedDict):
    """Answer of post_crate_fill, post_crate_take_out."""

    #: Only of what was taken out.
    crate_code: NotRequired[str | None]
    discrepancies: list[Opened]
    entry_id: int | None
    #: Only of what was taken out.
    event_id: NotRequired[int | None]
    lines: list[GoodsSaid]
    #: Only if false: nothing was booked for the note to stand on.
    note_kept: NotRequired[bool]
    seq: int | None


class CrateGoodsLine(TypedDict):
    """Part of FillCrate, PackCrates, TakeOut."""

    item: NotRequired[int | str | None]
    lot_id: NotRequired[int | None]
    quantity: int


class CrateMoveAnswer(TypedDict):
    """Answer of post_crate_move."""

    code: str
    discrepancies: list[Opened]
    entry_id: int | None
    location: str
    #: Only if false: nothing was booked for the note to stand on.
    note_kept: NotRequired[bool]
    seq: int | None
    #: Only if it does.
    stays: NotRequired[bool]


class CrateRetireAnswer(TypedDict):
    """Answer of post_crate_retire."""

    code: str
    state: str


class CreateCrates(TypedDict):
    """Sent by post_crates."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    count: int
    occurred_at: NotRequired[datetime.datetime | str | None]


class CreateCratesAnswer(TypedDict):
    """Answer of post_crates."""

    codes: list[str]


class DeclineForm(TypedDict):
    """Sent by post_request_decline."""

    answer: NotRequired[str]


class DeliveryAnswer(TypedDict):
    """Part of WebhookAnswer."""

    after: int
    entries: int
    is_test: bool
    problem: str | None
    status: int | None
    tried_at: str
    until: int


class DepotSaid(TypedDict):
    """Part of DepotsAnswer."""

    id: int
    name: str
    shares: str
    shows: str
    since: str
    slug: str


class DepotsAnswer(TypedDict):
    """Answer of get_depots."""

    depots: list[DepotSaid]
    next: int | None


class DeviceAnswer(TypedDict):
    """Part of DeviceListAnswer."""

    id: int
    idle_minutes: int
    name: str
    seen_at: str | None
    set_up_at: str | None
    setup_ends_at: str


class DeviceListAnswer(TypedDict):
    """Answer of get_devices."""

    asks_pin: bool
    devices: list[DeviceAnswer]
    next: int | None


class DiscrepanciesAnswer(TypedDict):
    """Answer of get_discrepancies."""

    discrepancies: list[DiscrepancyRow]
    next: int | None


class DiscrepancyRow(TypedDict):
    """Part of DiscrepanciesAnswer."""

    actual: int | None
    by: str | None
    can_undo: bool
    detail: str
    entry_id: int | None
    expected: int | None
    id: int
    item: str | None
    item_id: int | None
    kind: str
    opened_at: str
    place: EntryPlace | None
    resolution: str
    resolved_at: str | None
    resolved_by: str | None
    unit: str | None


class DiscrepancySettled(TypedDict):
    """Answer of post_discrepancy_settle."""

    #: Only if it was settled by undoing.
    discrepancies: NotRequired[list[Opened]]
    discrepancy_id: int
    #: Only if it was settled by undoing.
    entry_id: NotRequired[int]
    resolution: str
    #: Only if it was settled by undoing.
    reverses_id: NotRequired[int]
    #: Only if it was settled by undoing.
    reverses_seq: NotRequired[int]
    #: Only if it was settled by undoing.
    seq: NotRequired[int]
    #: Only if it was settled by undoing.
    taken: NotRequired[list[TakenSaid]]
    #: Only if it was settled by undoing.
    with_seqs: NotRequired[list[int]]


class DutyAnswer(TypedDict):
    """Part of DutyListAnswer."""

    id: int
    name: str
    next_term: TermAnswer | None
    #: held, ends_soon or open.
    state: str
    term: TermAnswer | None
    turns: list[TurnAnswer]


class DutyListAnswer(TypedDict):
    """Answer of get_duties."""

    duties: list[DutyAnswer]
    next: int | None


class EndDevice(TypedDict):
    """Sent by post_device_end."""

    #: Why it is changed; it stands in the open book.
    why: NotRequired[str]


class EndSeries(TypedDict):
    """Sent by post_series_end."""

    last_on: datetime.date | str


class EndWebhook(TypedDict):
    """Sent by post_webhook_end."""

    #: Why it is changed; it stands in the open book.
    why: NotRequired[str]


class EndedDeviceAnswer(TypedDict):
    """Answer of post_devices_pins, post_device_end."""

    id: int


class EntriesAnswer(TypedDict):
    """Answer of get_entries."""

    entries: list[EntryAnswer]
    next: int | None


class EntryAnswer(TypedDict):
    """Answer of get_entry. Part of EntriesAnswer."""

    by: str | None
    device: str | None
    entry_id: int
    event_id: int | None
    kind: str
    lines: list[EntryLine]
    note: str
    occurred_at: str
    partner: str | None
    people: EntryPeople | None
    placements: list[EntryPlacement]
    reason: str
    recorded_at: str
    reversed_by: int | None
    reverses: int | None
    seal: str
    seq: int
    source_kind: str


class EntryLine(TypedDict):
    """Part of EntryAnswer."""

    #: Put right because this came late; no part of what happened.
    is_correction: bool
    item: str
    item_id: int
    lot: EntryLot
    quantity: int
    source: EntryPlace
    target: EntryPlace
    unit: str
    weighed_grams: int | None


class EntryLot(TypedDict):
    """Part of EntryLine."""

    date: str
    date_kind: str
    id: int
    lot_code: str


class EntryPeople(TypedDict):
    """Part of EntryAnswer."""

    adults: int | None
    children: int | None
    households: int
    new_households: int | None
    seniors: int | None


class EntryPlace(TypedDict):
    """Part of DiscrepancyRow, EntryLine, EntryPlacement."""

    kind: str
    name: str | None


class EntryPlacement(TypedDict):
    """Part of EntryAnswer."""

    crate_code: str
    source: EntryPlace | None
    target: EntryPlace | None


class EventCallOff(TypedDict):
    """Sent by post_event_call_off."""

    reason: NotRequired[str]


class EventChange(TypedDict):
    """Sent by put_event."""

    expected_households: NotRequired[int | None]
    name: str
    place: NotRequired[str]
    starts_at: datetime.datetime | str


class EventClose(TypedDict):
    """Sent by post_event_close."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    occurred_at: NotRequired[datetime.datetime | str | None]


class EventGoodsAnswer(TypedDict):
    """Answer of post_event_issues, post_event_returns."""

    #: Only if it was of a crate.
    crate_code: NotRequired[str | None]
    discrepancies: list[Opened]
    entry_id: int | None
    event_id: int
    lines: list[GoodsSaid]
    #: Only if false: nothing was booked for the note to stand on.
    note_kept: NotRequired[bool]
    seq: int | None


class EventGoodsPlan(TypedDict):
    """Sent by put_event_plan."""

    lines: NotRequired[list[PlannedGoods] | None]
    parcels: NotRequired[list[PlannedParcel] | None]


class EventGoodsPlanAnswer(TypedDict):
    """Answer of get_event_plan, put_event_plan."""

    id: int
    items: int
    lines: list[PlannedStockSaid]


class EventIssue(TypedDict):
    """Sent by post_event_issues."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    crate_code: NotRequired[str | None]
    lines: NotRequired[list[EventIssueLine]]
    note: NotRequired[str]
    occurred_at: NotRequired[datetime.datetime | str | None]


class EventIssueLine(TypedDict):
    """Part of EventIssue."""

    item: NotRequired[int | str | None]
    location: NotRequired[str | None]
    pack_quantity: NotRequired[int | None]
    quantity: NotRequired[int | None]
    scanned: NotRequired[str | None]
    times: NotRequired[int]


class EventPeople(TypedDict):
    """Sent by post_event_people."""

    adults: NotRequired[int | None]
    bands: NotRequired[list[BandPeople]]
    children: NotRequired[int | None]
    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    households: int
    new_households: NotRequired[int | None]
    note: NotRequired[str]
    occurred_at: NotRequired[datetime.datetime | str | None]
    seniors: NotRequired[int | None]


class EventPeopleAnswer(TypedDict):
    """Answer of post_event_people."""

    discrepancies: list[Opened]
    entry_id: int | None
    event_id: int
    households: int
    #: Only if false: nothing was booked for the note to stand on.
    note_kept: NotRequired[bool]
    seq: int | None


class EventPick(TypedDict):
    """Sent by post_event_picks."""

    crate_code: NotRequired[str | None]
    instead_of: NotRequired[int | str | None]
    lines: NotRequired[list[PickLine]]


class EventPickAnswer(TypedDict):
    """Answer of post_event_picks."""

    crate_code: str | None
    event_id: int
    instead_of: str | None
    lines: list[GoodsSaid]


class EventPlan(TypedDict):
    """Sent by post_events."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    expected_households: NotRequired[int | None]
    like_event_id: NotRequired[int | None]
    name: str
    occurred_at: NotRequired[datetime.datetime | str | None]
    place: NotRequired[str]
    starts_at: datetime.datetime | str


class EventReturn(TypedDict):
    """Sent by post_event_returns."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    crate_code: NotRequired[str | None]
    lines: NotRequired[list[EventReturnLine]]
    note: NotRequired[str]
    occurred_at: NotRequired[datetime.datetime | str | None]


class EventReturnLine(TypedDict):
    """Part of EventReturn."""

    item: int | str
    location: NotRequired[str | None]
    quantity: int


class EventStateAnswer(TypedDict):
    """Answer of post_events, put_event, post_event_call_off, post_event_close."""

    id: int
    name: str
    state: str


class ExceptDay(TypedDict):
    """Sent by post_series_except."""

    moved_to: NotRequired[datetime.datetime | str | None]
    on: datetime.date | str
    reason: NotRequired[str]


class ExceptionAnswer(TypedDict):
    """Answer of post_series_except."""

    event_id: int
    id: int
    is_moved: bool


class Facts(TypedDict):
    """Part of Make."""

    ends_at: datetime.datetime | str
    event_id: NotRequired[int | None]
    location_id: NotRequired[int | None]
    name: str
    people_max: NotRequired[int | None]
    people_min: NotRequired[int]
    starts_at: datetime.datetime | str
    text: NotRequired[str]


class FeedAnswer(TypedDict):
    """Answer of get_feed."""

    entries: list[FeedEntry]
    more: bool
    next: int


class FeedEntry(TypedDict):
    """Part of FeedAnswer."""

    entry_id: int
    event_id: int | None
    kind: FeedEntryKind
    lines: list[FeedLine]
    occurred_at: str
    partner_id: int | None
    people: FeedPeople | None
    placements: list[FeedPlacement]
    reason: str
    recorded_at: str
    reverses: int | None
    seq: int
    source_kind: str


class FeedLine(TypedDict):
    """Part of FeedEntry."""

    #: Put right because this came late; no part of what happened.
    is_correction: bool
    item: str
    item_id: int
    lot_id: int
    quantity: int
    source: FeedPlace
    target: FeedPlace
    unit: str
    weighed_grams: int | None


class FeedPeople(TypedDict):
    """Part of FeedEntry."""

    adults: int | None
    children: int | None
    households: int
    new_households: int | None
    seniors: int | None


class FeedPlace(TypedDict):
    """Part of FeedLine, FeedPlacement."""

    id: int
    kind: str
    name: str | None


class FeedPlacement(TypedDict):
    """Part of FeedEntry."""

    crate_code: str
    source: FeedPlace | None
    target: FeedPlace | None


class FieldChange(TypedDict):
    """Part of SettingChange."""

    after: Any
    before: Any
    name: str


class FilePeriod(TypedDict):
    """Sent by post_reports_filed."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    period: str


class FileWeek(TypedDict):
    """Sent by post_reports_weekly_week_file."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    period: NotRequired[Any]


_FiledHeadWords = TypedDict("_FiledHeadWords", {"from": str})


class FiledHead(_FiledHeadWords):
    """Part of FiledListAnswer."""

    filed_at: str
    filed_by: str
    kind: str
    ledger_seq: int
    number: int
    period: str
    seal: str
    to: str
    version: int


class FiledListAnswer(TypedDict):
    """Answer of get_reports_filed."""

    filed: list[FiledHead]
    next: int | None


class FillCrate(TypedDict):
    """Sent by post_crate_fill."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    expects_empty: NotRequired[bool]
    lines: NotRequired[list[CrateGoodsLine] | None]
    note: NotRequired[str]
    occurred_at: NotRequired[datetime.datetime | str | None]
    source: str


_FilledAnswerWords = TypedDict("_FilledAnswerWords", {"from": str})


class FilledAnswer(_FilledAnswerWords):
    """Answer of get_reports_form."""

    depot: str
    factor_source: str | None
    filed_number: int | None
    form: str
    grams_per_meal: int | None
    kind: str
    notes: list[str]
    period: str
    seq: int
    tables: list[FilledTable]
    to: str
    words_after: str
    words_before: str


class FilledCell(TypedDict):
    """Part of FilledLine."""

    value: int | None
    why: str


class FilledColumn(TypedDict):
    """Part of FilledTable."""

    figure: str
    source: str
    unit: str
    words: str


class FilledLine(TypedDict):
    """Part of FilledTable."""

    cells: list[FilledCell]
    name: str


class FilledTable(TypedDict):
    """Part of FilledAnswer."""

    columns: list[FilledColumn]
    has_total: bool
    lines: list[FilledLine]
    title: str


class Finding(TypedDict):
    """Sent by post_recall_findings."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    crate_code: NotRequired[str]
    location: NotRequired[int | None]
    lot: NotRequired[int | None]
    note: NotRequired[str]
    occurred_at: NotRequired[datetime.datetime | str | None]
    outcome: Outcome
    quantity: NotRequired[int | None]


class FindingAnswer(TypedDict):
    """Answer of post_recall_findings."""

    discrepancies: list[Opened]
    entry_id: int | None
    lines: list[GoodsSaid]
    #: Only if false: nothing was booked for the note to stand on.
    note_kept: NotRequired[bool]
    outcome: str
    seq: int | None


class Finish(TypedDict):
    """Sent by post_activity_finish."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    occurred_at: NotRequired[datetime.datetime | str | None]


class FormHead(TypedDict):
    """Part of FormListAnswer."""

    archived: bool
    key: str
    kind: str
    name: str


class FormListAnswer(TypedDict):
    """Answer of get_reports_forms."""

    forms: list[FormHead]


class FoundAnswer(TypedDict):
    """Part of WholeRecallAnswer."""

    by: str | None
    entry_id: int | None
    is_undone: bool
    item: str
    location: str
    lot: int
    note: str
    occurred_at: str
    outcome: str
    quantity: int
    unit: str


class FoundInCrate(TypedDict):
    """Part of CountCrate."""

    category: NotRequired[int | str | None]
    date: NotRequired[Any]
    date_kind: NotRequired[Literal["use_by", "best_before", "none"] | None]
    item: int | str
    quantity: int
    unit: NotRequired[Literal["piece", "gram", "millilitre"] | None]


class Freezing(TypedDict):
    """Sent by post_freezing."""

    at: NotRequired[str | None]
    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    date: NotRequired[str | None]
    lot_id: int
    note: NotRequired[str]
    occurred_at: NotRequired[datetime.datetime | str | None]
    quantity: NotRequired[int | None]
    to: NotRequired[str | None]


class FrozenLife(TypedDict):
    """Sent by post_frozen_lives."""

    category: NotRequired[int | str | None]
    frozen: NotRequired[Life | None]
    item: NotRequired[int | str | None]
    source: NotRequired[str]
    thawed_days: NotRequired[int | None]
    #: Why it is changed; it stands in the open book.
    why: NotRequired[str]


class FrozenLifeAnswer(TypedDict):
    """Part of FrozenLivesAnswer."""

    category_id: int | None
    frozen: LifeAnswer
    id: int
    item_id: int | None
    name: str
    source: str
    thawed_days: int | None


class FrozenLifeSaved(TypedDict):
    """Answer of post_frozen_lives."""

    name: str


class FrozenLivesAnswer(TypedDict):
    """Answer of get_frozen_lives."""

    frozen_lives: list[FrozenLifeAnswer]
    next: int | None


class GiveBack(TypedDict):
    """Sent by post_activity_give_back."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    occurred_at: NotRequired[datetime.datetime | str | None]
    person_id: NotRequired[int | None]


class GivenTaskAnswer(TypedDict):
    """Part of MeetingAnswer."""

    asked: list[str]
    done_at: str | None
    due_on: str | None
    id: int
    name: str
    who: list[str]


class GoneAnswer(TypedDict):
    """Part of WholeRecallAnswer."""

    entry_id: int
    event_id: int | None
    item: str
    item_id: int
    #: event, partner, transfer, production or loss
    kind: str
    name: str
    on: str
    partner_id: int | None
    quantity: int
    unit: str


class GoodsCounted(TypedDict):
    """Part of CountPostedAnswer, CrateCountAnswer, PlaceCountAnswer."""

    counted_quantity: int
    expected_quantity: int
    item: str
    item_id: int
    unit: str
    variance: int


class GoodsSaid(TypedDict):
    """Part of CrateGoodsAnswer, EventGoodsAnswer, EventPickAnswer, FindingAnswer, HandedOverAnswer,
    PackedCratesAnswer, ParcelOutAnswer, ProductionAnswer, ReceiptAnswer, ReceiveAnswer,
    SendAnswer.
    """

    item: str
    item_id: int
    quantity: int
    unit: str


class HandOut(TypedDict):
    """Answer of get_event. Part of HandOutList."""

    called_off_at: str | None
    closed_at: str | None
    expected_households: int | None
    households: int | None
    id: int
    name: str
    opened_at: str | None
    packed_at: str | None
    place: str
    starts_at: str
    state: str


class HandOutList(TypedDict):
    """Answer of get_events."""

    events: list[HandOut]
    next: int | None


class HandOver(TypedDict):
    """Sent by post_request_hand_over."""

    code: NotRequired[str]
    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    lines: NotRequired[list[Requested] | None]
    note: NotRequired[str]
    occurred_at: NotRequired[datetime.datetime | str | None]
    signature: NotRequired[str]
    signed_by: NotRequired[str]


class HandbookAnswer(TypedDict):
    """Answer of get_handbook."""

    pages: list[HandbookPage]


class HandbookPage(TypedDict):
    """Part of HandbookAnswer."""

    key: str
    text: str
    title: str
    version: int


class HandedOverAnswer(TypedDict):
    """Answer of post_request_hand_over."""

    agency: str
    discrepancies: list[Opened]
    entry_id: int | None
    event_id: int
    lines: list[GoodsSaid]
    #: Only if false: nothing was booked for the note to stand on.
    note_kept: NotRequired[bool]
    request_id: int
    seq: int | None


class HeldBy(TypedDict):
    """Part of Hold, Recall."""

    crate_code: NotRequired[str]
    date_from: NotRequired[datetime.date | str | None]
    date_to: NotRequired[datetime.date | str | None]
    gtin: NotRequired[str]
    item: NotRequired[int | str | None]
    lot_code: NotRequired[str]
    partner: NotRequired[int | str | None]
    #: A place's id: what lies in it, or did since it was last cold.
    place: NotRequired[int | None]
    receipt: NotRequired[int | None]


class HeldCratesAnswer(TypedDict):
    """Answer of post_crates_hold."""

    codes: list[str]
    ids: list[int]


class HereAnswer(TypedDict):
    """Part of WholeRecallAnswer."""

    crate_code: str | None
    item: str
    item_id: int
    kept: int
    location: str
    location_id: int
    lot: int
    lot_code: str
    quantity: int
    unit: str


class HereList(TypedDict):
    """Answer of get_here."""

    here: list[HereRow]
    next: int | None


class HereRow(TypedDict):
    """Part of HereList."""

    is_first_day: bool
    name: str
    person_id: int
    since: str


class Hold(TypedDict):
    """Sent by post_holds."""

    by: HeldBy
    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    occurred_at: NotRequired[datetime.datetime | str | None]
    reason: str
    until: NotRequired[datetime.date | str | None]


class HoldAnswer(TypedDict):
    """Answer of post_holds."""

    id: int
    lots: int
    #: What is here of it, in base units.
    quantity: int


class HoldCrates(TypedDict):
    """Sent by post_crates_hold."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    crate_codes: list[str]
    occurred_at: NotRequired[datetime.datetime | str | None]
    reason: str
    until: NotRequired[datetime.date | str | None]


class HoursAnswer(TypedDict):
    """Answer of get_hours."""

    first: str
    last: str
    minutes: int
    #: Times of which nobody knows when they ended: without minutes.
    open_times: int
    #: How many they were, each once.
    people: int
    period: str
    #: How often somebody came.
    times: int


class Households(TypedDict):
    """Part of PlannedParcel."""

    adults: NotRequired[int]
    children: NotRequired[int]
    count: int
    diet: NotRequired[str]
    size: NotRequired[int | str | None]


class IdAnswer(TypedDict):
    """Answer of post_recall_close, post_recall_notices."""

    id: int


class ImportRow(TypedDict):
    """Part of ImportsAnswer."""

    by: str | None
    id: int
    imported_at: str
    is_undone: bool
    kind: str
    rows: int


class ImportedAnswer(TypedDict):
    """Answer of post_imports."""

    #: Only if it is not 0.
    blank: NotRequired[int]
    #: Only if it is not 0.
    changed: NotRequired[int]
    discrepancies: list[Opened]
    #: Only if it is not 0.
    emptied: NotRequired[int]
    entry_id: int | None
    #: Only if it is not 0.
    filled: NotRequired[int]
    kind: str
    #: Only if it is not 0.
    learned_codes: NotRequired[int]
    #: Only if it is not 0.
    left_out: NotRequired[int]
    #: Only if it is not 0.
    made_categories: NotRequired[int]
    #: Only if it is not 0.
    made_items: NotRequired[int]
    #: Only if it is not 0.
    made_places: NotRequired[int]
    #: Only if it is not 0.
    new: NotRequired[int]
    #: Only if false: nothing was booked for the note to stand on.
    note_kept: NotRequired[bool]
    #: Only if it is not 0.
    same: NotRequired[int]
    seq: int | None
    #: Only if it is not 0.
    unknown: NotRequired[int]


class ImportsAnswer(TypedDict):
    """Answer of get_imports."""

    imports: list[ImportRow]


class Instead(TypedDict):
    """Part of ParcelLine."""

    diet: str
    item: NotRequired[int | str | None]


class InsteadAnswer(TypedDict):
    """Part of ParcelLineAnswer."""

    diet: str
    item: NamedSaid | None


class ItemAnswer(TypedDict):
    """Answer of get_item."""

    #: What it is known to contain; empty where nobody said.
    allergens: list[str]
    #: Somebody looked for all fourteen: what is not named is not in it. Of what is made here, its
    #: stock and its crates tell.
    allergens_known: bool
    archived: bool
    category: str
    category_id: int
    #: Diets it is for: halal, kosher, vegetarian, vegan, gluten-free, and the depot's own words.
    diets: list[str]
    id: int
    is_loose: bool
    name: str
    #: What it is called in other languages; it is found by each.
    names: dict[str, str]
    note: str
    #: Where its photo is told; null without one.
    photo: str | None
    shelf_life: ItemLifeAnswer | None
    shelf_life_source: str
    unit: str
    #: What one base unit weighs, if it is known.
    unit_weight_grams: float | None
    unit_weight_milligrams: int | None


class ItemChange(TypedDict):
    """Sent by patch_item."""

    allergens: NotRequired[list[Allergens]]
    allergens_known: NotRequired[bool]
    archived: NotRequired[bool]
    category: NotRequired[int | str]
    diets: NotRequired[list[str]]
    name: NotRequired[str]
    names: NotRequired[dict[str, str]]
    note: NotRequired[str]
    shelf_life: NotRequired[ShelfLife | None]
    shelf_life_source: NotRequired[str]
    unit: NotRequired[Literal["piece", "gram", "millilitre"]]
    unit_weight_milligrams: NotRequired[int | None]
    #: Why it is changed; it stands in the open book.
    why: NotRequired[str]


class ItemLifeAnswer(TypedDict):
    """Part of ItemAnswer."""

    amount: int
    unit: str


class ItemRow(TypedDict):
    """Part of ItemsAnswer."""

    #: What it is known to contain; empty where nobody said.
    allergens: list[str]
    #: Somebody looked for all fourteen: what is not named is not in it. Of what is made here, its
    #: stock and its crates tell.
    allergens_known: bool
    archived: bool
    category: str
    category_id: int
    #: Diets it is for: halal, kosher, vegetarian, vegan, gluten-free, and the depot's own words.
    diets: list[str]
    id: int
    is_loose: bool
    name: str
    #: What it is called in other languages; it is found by each.
    names: dict[str, str]
    note: str
    unit: str
    #: What one base unit weighs, if it is known.
    unit_weight_grams: float | None


class ItemShownAnswer(TypedDict):
    """Answer of put_item_photo, post_item_photo_remove."""

    digest: str
    item_id: int


class ItemsAnswer(TypedDict):
    """Answer of get_items."""

    items: list[ItemRow]
    next: int | None


class JoinLinkAnswer(TypedDict):
    """Answer of post_join_links."""

    id: int
    url: str


class JoinLinkList(TypedDict):
    """Answer of get_join_links."""

    join_links: list[JoinLinkRow]
    next: int | None


class JoinLinkRow(TypedDict):
    """Part of JoinLinkList."""

    created_at: str
    ends_at: str
    id: int
    url: str
    uses: int
    uses_max: int


class Keep(TypedDict):
    """Sent by post_proposal_keep."""

    review_on: datetime.date | str
    text: NotRequired[str]


class KeepPhoto(TypedDict):
    """Sent by put_item_photo."""

    #: A JPEG, PNG or WebP in base64, under a megabyte as any body. It is turned upright, made small
    #: and drawn anew: nothing else of the file is kept.
    photo: str


class KeptAnswer(TypedDict):
    """Answer of post_proposal_keep."""

    id: int


class LackingSaid(TypedDict):
    """Part of ReceiveAnswer."""

    arrived: int
    crate_code: str
    damaged: int
    item: str
    line: int
    missing: int
    sent: int
    unit: str


class LateAnswer(TypedDict):
    """Answer of get_reports_filed_number_late."""

    count: int
    earlier: int
    entries: list[LateEntry]
    items: list[LateChange]
    number: int
    people: list[LateChange]
    totals: list[LateChange]


class LateChange(TypedDict):
    """Part of LateAnswer."""

    figure: str
    filed: int | None
    now: int | None
    unit: str
    what: str


class LateEntry(TypedDict):
    """Part of LateAnswer."""

    entry_id: int
    kind: str
    occurred_at: str
    recorded_at: str
    reverses_seq: int | None
    seq: int
    weight_grams: int | None


class Leave(TypedDict):
    """Sent by post_activity_leave, post_leave."""

    activity: NotRequired[str]
    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    name: NotRequired[str]
    occurred_at: NotRequired[datetime.datetime | str | None]
    person_id: NotRequired[int | None]


class Life(TypedDict):
    """Part of FrozenLife."""

    amount: int
    unit: Literal["day", "month", "year"]


class LifeAnswer(TypedDict):
    """Part of FrozenLifeAnswer."""

    amount: int
    unit: str


class Line(TypedDict):
    """Part of Receipt."""

    boxes: NotRequired[list[Box]]
    category: NotRequired[int | str | None]
    crate_code: NotRequired[str | None]
    date: NotRequired[str | None]
    date_kind: NotRequired[Literal["use_by", "best_before", "none"] | None]
    #: The product's code on it, kept on the lot. Not needed.
    gtin: NotRequired[str]
    item: NotRequired[int | str | None]
    location: NotRequired[str | None]
    lot_code: NotRequired[str]
    pack_quantity: NotRequired[int | None]
    quantity: NotRequired[int | None]
    scanned: NotRequired[str | None]
    unit: NotRequired[Literal["piece", "gram", "millilitre"] | None]
    weight_grams: NotRequired[int | None]


class LocationAnswer(TypedDict):
    """Answer of get_location."""

    archived: bool
    id: int
    is_default: bool
    kind: str
    name: str
    note: str
    parent_id: int | None
    walk_position: int | None


class LocationRow(TypedDict):
    """Part of LocationsAnswer."""

    archived: bool
    id: int
    is_default: bool
    kind: str
    name: str
    parent_id: int | None


class LocationsAnswer(TypedDict):
    """Answer of get_locations."""

    locations: list[LocationRow]
    next: int | None


class Make(TypedDict):
    """Sent by post_activities."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    facts: Facts
    kind: NotRequired[Literal["shift", "meeting"]]
    occurred_at: NotRequired[datetime.datetime | str | None]


class MarkAnswer(TypedDict):
    """Answer of post_activity_come, post_activity_leave, post_come, post_leave,
    post_mark_take_back.
    """

    id: int
    kind: Literal["come", "leave"]
    name: str
    person_id: int


class Match(TypedDict):
    """Part of Receive."""

    item: int | str
    line: int


class MeetingAnswer(TypedDict):
    """Answer of get_meeting."""

    agenda: list[AgendaRowAnswer]
    came: list[WhoCameAnswer]
    in_room_count: int | None
    meeting: MeetingRowAnswer
    #: Who else was there, without an account.
    others: str
    tasks: list[GivenTaskAnswer]


class MeetingListAnswer(TypedDict):
    """Answer of get_meetings."""

    meetings: list[MeetingRowAnswer]
    next: int | None


class MeetingRowAnswer(TypedDict):
    """Part of MeetingAnswer, MeetingListAnswer."""

    called_off_why: str
    ends_at: str | None
    #: Its number, or its routine's and the day: 3.2026-12-01.
    id: str
    name: str
    people: int
    place: str
    starts_at: str | None


class MeetingTask(TypedDict):
    """Sent by post_meeting_tasks."""

    due_on: NotRequired[datetime.date | str | None]
    name: str
    person_id: NotRequired[int | None]


class Minute(TypedDict):
    """Sent by post_agenda_item_minute."""

    minute: NotRequired[str]


class MoveCrate(TypedDict):
    """Sent by post_crate_move."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    knows_empty: NotRequired[bool]
    note: NotRequired[str]
    occurred_at: NotRequired[datetime.datetime | str | None]
    to: str


class MoveCrates(TypedDict):
    """Sent by post_crates_move."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    crate_codes: list[str]
    note: NotRequired[str]
    occurred_at: NotRequired[datetime.datetime | str | None]
    to: str


class MovedCratesAnswer(TypedDict):
    """Answer of post_crates_move."""

    codes: list[str]
    discrepancies: list[Opened]
    entry_id: int | None
    location: str
    #: Only if false: nothing was booked for the note to stand on.
    note_kept: NotRequired[bool]
    seq: int | None


class NamedSaid(TypedDict):
    """Part of InsteadAnswer, ParcelLineAnswer."""

    id: int
    name: str


class NeedRow(TypedDict):
    """Part of NeedsAnswer."""

    category: str
    days_left: int | None
    handed_out_grams: int
    id: int
    is_short: bool
    is_too_much: bool
    kind: Literal["category", "item"]
    name: str
    not_weighed: int
    quantity: int
    reason: str
    rule: NeedRuleSaid
    stock_grams: int
    stock_permille: int
    unit: str
    verdict: Literal["short", "enough", "too_much"]
    wanted_permille: int


class NeedRule(TypedDict):
    """Sent by put_needs_category, put_needs_item."""

    is_left_out: NotRequired[bool]
    minimum_quantity: NotRequired[int | None]
    note: NotRequired[str]
    said: NotRequired[Literal["", "short", "enough", "too_much"]]
    said_until: NotRequired[datetime.date | str | None]
    share_permille: NotRequired[int | None]
    #: Why it is changed; it stands in the open book.
    why: NotRequired[str]


class NeedRuleAnswer(TypedDict):
    """Answer of put_needs_category, put_needs_item."""

    name: str


class NeedRuleSaid(TypedDict):
    """Part of NeedRow."""

    is_left_out: bool
    minimum_quantity: int | None
    note: str
    said: str
    said_until: str | None
    share_permille: int | None


class NeedsAnswer(TypedDict):
    """Answer of get_needs."""

    needs: list[NeedRow]


class NewItem(TypedDict):
    """Sent by post_items."""

    allergens: NotRequired[list[Allergens]]
    allergens_known: NotRequired[bool]
    archived: NotRequired[bool]
    category: int | str
    diets: NotRequired[list[str]]
    name: str
    names: NotRequired[dict[str, str]]
    note: NotRequired[str]
    shelf_life: NotRequired[ShelfLife | None]
    shelf_life_source: NotRequired[str]
    unit: Literal["piece", "gram", "millilitre"]
    unit_weight_milligrams: NotRequired[int | None]


class NewPartner(TypedDict):
    """Sent by post_partners."""

    archived: NotRequired[bool]
    is_agency: NotRequired[bool]
    language: NotRequired[str]
    mail_address: NotRequired[str]
    name: str
    note: NotRequired[str]
    phone: NotRequired[str]
    source_kind: NotRequired[SourceKind]


class NewPlace(TypedDict):
    """Sent by post_locations."""

    archived: NotRequired[bool]
    #: From now on goods arrive here; false changes nothing.
    is_arrivals: NotRequired[bool]
    kind: NotRequired[Literal["storage", "quarantine"]]
    name: str
    note: NotRequired[str]
    parent_id: NotRequired[int | None]
    walk_position: NotRequired[int | None]


class NextHandOut(TypedDict):
    """Part of Series."""

    expected_households: int | None
    id: int
    starts_at: str


class Note(TypedDict):
    """Sent by post_notes."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    kind: NotRequired[Literal["handover", "notice"]]
    occurred_at: NotRequired[datetime.datetime | str | None]
    #: A notice's last day; without one it hangs for a week.
    shown_until: NotRequired[datetime.date | str | None]
    text: str


class NoteAnswer(TypedDict):
    """Answer of post_notes, post_note_take_down."""

    id: int


class NoteRow(TypedDict):
    """Part of NotesAnswer."""

    by: str
    faded_at: str | None
    id: int
    kind: str
    lines: list[str]
    recorded_at: str
    seen_by: list[str]
    shown_until: str | None
    taken_down_at: str | None
    written_at: str


class NotesAnswer(TypedDict):
    """Answer of get_notes."""

    next: int | None
    notes: list[NoteRow]


class Notice(TypedDict):
    """Sent by post_recall_notices."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    contact_id: NotRequired[int]
    kind: NotRequired[NoticeKind]
    language: NotRequired[str]
    name: NotRequired[str]
    note: NotRequired[str]
    occurred_at: NotRequired[datetime.datetime | str | None]
    way: Literal["phone", "in_person", "paper"]


class Offer(TypedDict):
    """Sent by post_offers."""

    ends_at: datetime.datetime | str
    item: int | str
    note: NotRequired[str]
    quantity: int


class OfferMade(TypedDict):
    """Answer of post_offers."""

    id: int


class OfferSaid(TypedDict):
    """Part of OffersAnswer."""

    depot: str
    ends_at: str
    id: int
    item: str
    left: int
    note: str
    quantity: int
    unit: str


class OfferedPlaybook(TypedDict):
    """Part of OfferedPlaybooksAnswer."""

    about: str
    key: str
    name: str


class OfferedPlaybooksAnswer(TypedDict):
    """Answer of get_playbooks."""

    playbooks: list[OfferedPlaybook]


class OffersAnswer(TypedDict):
    """Answer of get_offers."""

    next: int | None
    offers: list[OfferSaid]


class OpenJoinLink(TypedDict):
    """Sent by post_join_links."""

    ends_at: NotRequired[datetime.datetime | str | None]
    replaces: NotRequired[int | None]
    uses_max: NotRequired[int]


class Opened(TypedDict):
    """Part of ChangedAnswer, CountPostedAnswer, CrateCountAnswer, CrateGoodsAnswer,
    CrateMoveAnswer, DiscrepancySettled, EventGoodsAnswer, EventPeopleAnswer, FindingAnswer,
    HandedOverAnswer, ImportedAnswer, MovedCratesAnswer, PackedCratesAnswer, ParcelOutAnswer,
    PlaceCountAnswer, ProductionAnswer, ReceiptAnswer, ReceiveAnswer, ReversalAnswer, SendAnswer,
    UndoneAnswer, VisitAnswer.
    """

    id: int
    kind: str


class OriginAnswer(TypedDict):
    """Part of WholeRecallAnswer."""

    item: str
    item_id: int
    lot: int
    lot_code: str
    partner: str | None


class PackCrates(TypedDict):
    """Sent by post_crates_pack."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    count: NotRequired[int]
    lines: NotRequired[list[CrateGoodsLine] | None]
    note: NotRequired[str]
    occurred_at: NotRequired[datetime.datetime | str | None]
    source: str
    to: NotRequired[str | None]


class PackedCratesAnswer(TypedDict):
    """Answer of post_crates_pack."""

    codes: list[str]
    discrepancies: list[Opened]
    entry_id: int | None
    lines: list[GoodsSaid]
    #: Only if false: nothing was booked for the note to stand on.
    note_kept: NotRequired[bool]
    seq: int | None
    split_from: str | None


class Parcel(TypedDict):
    """Sent by post_parcels."""

    lines: list[ParcelLine]
    name: str
    sizes: NotRequired[list[str]]
    #: Why it is changed; it stands in the open book.
    why: NotRequired[str]


class ParcelAnswer(TypedDict):
    """Answer of get_parcel. Part of ParcelsAnswer."""

    archived: bool
    id: int
    lines: list[ParcelLineAnswer]
    name: str
    sizes: list[str]
    version: int


class ParcelChange(TypedDict):
    """Sent by patch_parcel."""

    archived: NotRequired[bool | None]
    lines: NotRequired[list[ParcelLine] | None]
    name: NotRequired[str | None]
    sizes: NotRequired[list[str] | None]
    #: Why it is changed; it stands in the open book.
    why: NotRequired[str]


class ParcelLine(TypedDict):
    """Part of Parcel, ParcelChange."""

    category: NotRequired[int | str | None]
    choices: NotRequired[list[int | str]]
    instead: NotRequired[list[Instead]]
    item: NotRequired[int | str | None]
    per: Per
    swaps: NotRequired[list[int | str]]
    unit: NotRequired[Literal["piece", "gram", "millilitre"] | None]


class ParcelLineAnswer(TypedDict):
    """Part of ParcelAnswer."""

    category: NamedSaid | None
    instead: list[InsteadAnswer]
    items: list[NamedSaid]
    per: PerAnswer
    swaps: list[NamedSaid]
    unit: str


class ParcelOut(TypedDict):
    """Sent by post_event_parcels."""

    adults: NotRequired[int]
    children: NotRequired[int]
    choices: NotRequired[list[ChosenItem]]
    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    counts: NotRequired[bool]
    diet: NotRequired[str]
    households: NotRequired[int]
    note: NotRequired[str]
    occurred_at: NotRequired[datetime.datetime | str | None]
    parcel: int | str
    size: NotRequired[int | str | None]


class ParcelOutAnswer(TypedDict):
    """Answer of post_event_parcels."""

    discrepancies: list[Opened]
    entry_id: int | None
    event_id: int
    households: int
    lines: list[GoodsSaid]
    #: Only if false: nothing was booked for the note to stand on.
    note_kept: NotRequired[bool]
    parcel: str
    seq: int | None


class ParcelSaved(TypedDict):
    """Answer of post_parcels, patch_parcel."""

    id: int
    name: str
    version: int


class ParcelsAnswer(TypedDict):
    """Answer of get_parcels."""

    next: int | None
    parcels: list[ParcelAnswer]


class Part(TypedDict):
    """Part of ActivityAnswer."""

    #: Goes into `instead_of` of who takes over.
    id: int | None
    is_regular: bool
    name: str
    person_id: int
    #: in, seeking (can't come, still expected), asked, waiting.
    standing: str


class PartnerAnswer(TypedDict):
    """Answer of get_partner."""

    archived: bool
    id: int
    is_agency: bool
    language: str
    mail_address: str
    name: str
    note: str
    phone: str
    source_kind: str


class PartnerChange(TypedDict):
    """Sent by patch_partner."""

    archived: NotRequired[bool]
    is_agency: NotRequired[bool]
    language: NotRequired[str]
    mail_address: NotRequired[str]
    name: NotRequired[str]
    note: NotRequired[str]
    phone: NotRequired[str]
    source_kind: NotRequired[SourceKind]


class PartnerRow(TypedDict):
    """Part of PartnersAnswer."""

    archived: bool
    id: int
    is_agency: bool
    name: str
    note: str
    source_kind: str


class PartnersAnswer(TypedDict):
    """Answer of get_partners."""

    next: int | None
    partners: list[PartnerRow]


class Per(TypedDict):
    """Part of ParcelLine."""

    adult: NotRequired[int]
    child: NotRequired[int]
    household: NotRequired[int]
    sizes: NotRequired[list[int]]


class PerAnswer(TypedDict):
    """Part of ParcelLineAnswer."""

    adult: int
    child: int
    household: int
    sizes: list[int]


class PhotoAnswer(TypedDict):
    """Answer of get_item_photo."""

    digest: str
    item_id: int
    picture: str
    thumb: str


class PickLine(TypedDict):
    """Part of EventPick."""

    item: int | str
    location: NotRequired[str | None]
    quantity: int


class PlaceChange(TypedDict):
    """Sent by patch_location."""

    archived: NotRequired[bool]
    #: From now on goods arrive here; false changes nothing.
    is_arrivals: NotRequired[bool]
    kind: NotRequired[Literal["storage", "quarantine"]]
    name: NotRequired[str]
    note: NotRequired[str]
    parent_id: NotRequired[int | None]
    walk_position: NotRequired[int | None]


class PlaceCountAnswer(TypedDict):
    """Answer of post_location_count."""

    discrepancies: list[Opened]
    entries: list[int]
    entry_id: int | None
    lines: list[GoodsCounted]
    location: str
    location_id: int
    missing: list[str]
    #: Only if false: nothing was booked for the note to stand on.
    note_kept: NotRequired[bool]
    put_here: list[str]
    seq: int | None


class PlaceLine(TypedDict):
    """Part of CountPlace."""

    crate_code: NotRequired[str | None]
    date: NotRequired[Any]
    date_kind: NotRequired[Literal["use_by", "best_before", "none"] | None]
    item: NotRequired[int | str | None]
    lot_code: NotRequired[str | None]
    quantity: NotRequired[int | None]


class PlannedGoods(TypedDict):
    """Part of EventGoodsPlan."""

    item: int | str
    quantity: int


class PlannedParcel(TypedDict):
    """Part of EventGoodsPlan."""

    households: list[Households]
    parcel: int | str


class PlannedStockSaid(TypedDict):
    """Part of EventGoodsPlanAnswer."""

    item: str
    item_id: int
    planned: int
    #: Set aside for the event, and still to go out there.
    promised: int
    #: Planned, not handed out yet, and not set aside.
    short: int
    unit: str


class Playbook(TypedDict):
    """Answer of get_playbook. Part of TakePlaybook."""

    about: NotRequired[str]
    categories: NotRequired[list[PlaybookCategory]]
    guide: PlaybookPage
    items: NotRequired[list[PlaybookItem]]
    key: str
    name: str
    pages: NotRequired[list[PlaybookPage]]
    parcels: NotRequired[list[PlaybookParcel]]
    places: NotRequired[list[PlaybookPlace]]
    recipes: NotRequired[list[PlaybookRecipe]]
    routines: NotRequired[list[PlaybookRoutine]]


class PlaybookCategory(TypedDict):
    """Part of Playbook."""

    average_unit_grams: NotRequired[int | None]
    is_food: NotRequired[bool]
    name: str


class PlaybookGoods(TypedDict):
    """Part of PlaybookRecipe."""

    item: str
    keeps_days: NotRequired[int | None]
    quantity: int


class PlaybookInstead(TypedDict):
    """Part of PlaybookLine."""

    diet: str
    item: NotRequired[str]


class PlaybookItem(TypedDict):
    """Part of Playbook."""

    category: str
    name: str
    unit: NotRequired[Literal["piece", "gram", "millilitre"]]
    unit_grams: NotRequired[int | None]


class PlaybookLine(TypedDict):
    """Part of PlaybookParcel."""

    adult: NotRequired[int]
    category: NotRequired[str]
    child: NotRequired[int]
    choices: NotRequired[list[str]]
    household: NotRequired[int]
    instead: NotRequired[list[PlaybookInstead]]
    item: NotRequired[str]
    sizes: NotRequired[list[int]]
    swaps: NotRequired[list[str]]
    unit: NotRequired[Literal["", "piece", "gram", "millilitre"]]


class PlaybookPage(TypedDict):
    """Part of Playbook."""

    blocks: list[str]
    key: str
    title: str


class PlaybookParcel(TypedDict):
    """Part of Playbook."""

    lines: NotRequired[list[PlaybookLine]]
    name: str
    sizes: NotRequired[list[str]]


class PlaybookPlace(TypedDict):
    """Part of Playbook."""

    inside: NotRequired[str]
    kind: NotRequired[Literal["storage", "quarantine"]]
    name: str
    note: NotRequired[str]


class PlaybookRecipe(TypedDict):
    """Part of Playbook."""

    inputs: NotRequired[list[PlaybookGoods]]
    name: str
    outputs: NotRequired[list[PlaybookGoods]]


class PlaybookRoutine(TypedDict):
    """Part of Playbook."""

    days: NotRequired[int | None]
    every: NotRequired[int]
    frequency: NotRequired[Literal["by_hand", "daily", "weekly", "monthly"]]
    kind: Literal["shift", "task", "duty", "meeting"]
    local_start: NotRequired[str]
    minutes: NotRequired[int | None]
    month_day: NotRequired[int | None]
    name: str
    nths: NotRequired[list[int]]
    open_places: NotRequired[int]
    people_max: NotRequired[int | None]
    people_min: NotRequired[int]
    steps: NotRequired[list[str]]
    text: NotRequired[str]
    weekdays: NotRequired[list[int]]


class PostCountSheet(TypedDict):
    """Sent by post_count_sheet_post."""

    choices: NotRequired[list[CountChoice]]
    note: NotRequired[str]
    version: NotRequired[int | None]


class Production(TypedDict):
    """Sent by post_production."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    inputs: NotRequired[list[ProductionInput]]
    note: NotRequired[str]
    occurred_at: NotRequired[datetime.datetime | str | None]
    outputs: NotRequired[list[ProductionOutput]]
    recipe: NotRequired[int | str | None]
    times: NotRequired[int]
    waste: NotRequired[list[ProductionWaste]]


class ProductionAnswer(TypedDict):
    """Answer of post_production."""

    discrepancies: list[Opened]
    entry_id: int | None
    inputs: list[GoodsSaid]
    #: Only if false: nothing was booked for the note to stand on.
    note_kept: NotRequired[bool]
    outputs: list[GoodsSaid]
    #: Only if it was made by a recipe.
    recipe_id: NotRequired[int]
    #: Only if it was made by a recipe.
    recipe_version: NotRequired[int]
    seq: int | None
    #: Only if something was wasted.
    waste: NotRequired[list[GoodsSaid]]


class ProductionInput(TypedDict):
    """Part of Production."""

    crate_code: NotRequired[str | None]
    item: int | str
    location: NotRequired[str | None]
    lot_id: NotRequired[int | None]
    quantity: int


class ProductionOutput(TypedDict):
    """Part of Production."""

    category: NotRequired[int | str | None]
    crate_code: NotRequired[str | None]
    date: NotRequired[str | None]
    date_kind: NotRequired[Literal["use_by", "best_before", "none"] | None]
    item: int | str
    location: NotRequired[str | None]
    quantity: int
    unit: NotRequired[Literal["piece", "gram", "millilitre"] | None]


class ProductionWaste(TypedDict):
    """Part of Production."""

    item: int | str
    quantity: int


class Proposal(TypedDict):
    """Sent by post_proposals."""

    about_id: NotRequired[int | None]
    #: The last day to answer; null: it is settled in the room.
    answer_by: NotRequired[datetime.date | str | None]
    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    occurred_at: NotRequired[datetime.datetime | str | None]
    replaces_id: NotRequired[int | None]
    text: str
    title: str


class ProposalAnswer(TypedDict):
    """Answer of get_proposal."""

    about: str | None
    about_id: int | None
    answer_by: str | None
    id: int
    in_force: bool
    in_room_count: int | None
    outcome: str | None
    outcome_text: str
    raised_at: str
    raised_by: str | None
    replaces: str | None
    replaces_id: int | None
    responses: list[Said]
    review_on: str | None
    settled_at: str | None
    settled_by: str | None
    stands: bool
    text: str
    title: str
    version: int


class ProposalRow(TypedDict):
    """Part of ProposalsAnswer."""

    about: str | None
    about_id: int | None
    answer_by: str | None
    id: int
    in_room_count: int | None
    outcome: str | None
    outcome_text: str
    raised_at: str
    raised_by: str | None
    replaces: str | None
    replaces_id: int | None
    review_on: str | None
    settled_at: str | None
    settled_by: str | None
    text: str
    title: str
    version: int


class ProposalsAnswer(TypedDict):
    """Answer of get_proposals."""

    next: int | None
    proposals: list[ProposalRow]


class Reading(TypedDict):
    """Sent by post_location_temperatures."""

    #: Degrees Celsius, at most one decimal, from -100 to 100.
    celsius: float | str
    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    occurred_at: NotRequired[datetime.datetime | str | None]


class ReadingAnswer(TypedDict):
    """Answer of post_location_temperatures."""

    celsius: str
    id: int
    is_outside: bool
    location: str
    location_id: int
    tenths: int


class ReadingRow(TypedDict):
    """Part of ReadingsAnswer."""

    by: str
    highest_tenths: int | None
    id: int
    is_outside: bool
    lowest_tenths: int | None
    occurred_at: str
    recorded_at: str
    struck: StrikeRow | None
    tenths: int


class ReadingsAnswer(TypedDict):
    """Answer of get_location_temperatures."""

    next: int | None
    readings: list[ReadingRow]


class Recall(TypedDict):
    """Sent by post_recalls."""

    by: HeldBy
    name: str


class RecallListed(TypedDict):
    """Part of RecallsAnswer."""

    close_note: str
    closed_at: str | None
    closed_by: str | None
    hold_id: int
    id: int
    made_at: str
    made_by: str | None
    name: str
    state: str


class RecallsAnswer(TypedDict):
    """Answer of get_recalls."""

    next: int | None
    recalls: list[RecallListed]


class Receipt(TypedDict):
    """Sent by post_receipts."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    lines: list[Line]
    note: NotRequired[str]
    occurred_at: NotRequired[datetime.datetime | str | None]
    source: Source


class ReceiptAnswer(TypedDict):
    """Answer of post_receipts."""

    discrepancies: list[Opened]
    entry_id: int | None
    lines: list[GoodsSaid]
    #: Only if false: nothing was booked for the note to stand on.
    note_kept: NotRequired[bool]
    #: Only if somebody was named.
    partner: NotRequired[str]
    seq: int | None


class Receive(TypedDict):
    """Sent by post_transfer_receive."""

    complete: bool
    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    crate_codes: NotRequired[list[str]]
    lines: NotRequired[list[ReceiveLine]]
    matches: NotRequired[list[Match]]
    note: NotRequired[str]
    occurred_at: NotRequired[datetime.datetime | str | None]
    place: NotRequired[str]


class ReceiveAnswer(TypedDict):
    """Answer of post_transfer_receive."""

    crate_codes: list[str]
    discrepancies: list[Opened]
    entry_id: int | None
    from_depot: str
    id: int
    lines: list[GoodsSaid]
    missing: list[LackingSaid]
    #: Only if false: nothing was booked for the note to stand on.
    note_kept: NotRequired[bool]
    seq: int | None
    state: str


class ReceiveLine(TypedDict):
    """Part of Receive."""

    damaged: NotRequired[int]
    item: NotRequired[int | str | None]
    line: NotRequired[int | None]
    quantity: int


class Recipe(TypedDict):
    """Sent by post_recipes."""

    inputs: list[RecipeInput]
    name: str
    outputs: list[RecipeOutput]
    #: Why it is changed; it stands in the open book.
    why: NotRequired[str]


class RecipeGoodsSaid(TypedDict):
    """Part of RecipeSaid."""

    item: str
    item_id: int
    keeps_days: int | None
    quantity: int
    unit: str


class RecipeInput(TypedDict):
    """Part of Recipe."""

    category: NotRequired[int | str | None]
    item: int | str
    quantity: int
    unit: NotRequired[Literal["piece", "gram", "millilitre"] | None]


class RecipeOutput(TypedDict):
    """Part of Recipe."""

    category: NotRequired[int | str | None]
    item: int | str
    keeps_days: NotRequired[int | None]
    quantity: int
    unit: NotRequired[Literal["piece", "gram", "millilitre"] | None]


class RecipeSaid(TypedDict):
    """Part of RecipesAnswer."""

    archived: bool
    id: int
    inputs: list[RecipeGoodsSaid]
    name: str
    outputs: list[RecipeGoodsSaid]
    version: int


class RecipeSaved(TypedDict):
    """Answer of post_recipes."""

    id: int
    name: str
    version: int


class RecipesAnswer(TypedDict):
    """Answer of get_recipes."""

    next: int | None
    recipes: list[RecipeSaid]


class Release(TypedDict):
    """Sent by post_hold_release."""

    reason: str


class ReleaseAnswer(TypedDict):
    """Answer of post_hold_release."""

    id: int


_ReportAnswerWords = TypedDict("_ReportAnswerWords", {"from": str})


class ReportAnswer(_ReportAnswerWords):
    """Answer of post_reports_filed, get_reports_filed_number, get_reports_period,
    get_reports_weekly, post_reports_weekly_week_file.
    """

    #: Only where people were counted by the depot's own age bands.
    bands: NotRequired[list[ReportBand]]
    below_nothing: list[ReportBelowNothing]
    by_category: list[ReportCategory]
    by_reason: list[ReportReason]
    by_source: list[ReportSource]
    compared: ReportComparison
    depot: str
    depot_slug: str
    doubts: list[ReportDoubt]
    due: list[ReportDue] | None
    estimated: ReportGrams
    events: list[ReportEvent]
    factors: ReportFactors
    filed_at: str | None
    filed_by: str | None
    food_handed_out_grams: int
    #: What people gave, as sums; only where somebody was here.
    hours: NotRequired[ReportHours]
    #: Only where the depot tells what goods are worth.
    in_kind: NotRequired[ReportInKind]
    items: list[ReportItem]
    items_not_weighed: int
    kind: str
    late_entries: int
    ledger_seal: str
    meals_equivalent: int
    needs: ReportNeeds | None
    number: int | None
    open_discrepancies: int | None
    people: ReportPeople
    period: str
    received: list[ReportReceived]
    seal: str
    seq: int
    time_zone: str
    to: str
    totals: ReportTotals
    version: int | None
    #: Only where a household came with a card.
    visits: NotRequired[ReportVisits]
    week: str | None
    week_start: int
    weight_unit: str
    without_event: ReportWeight


class ReportBand(TypedDict):
    """Part of ReportAnswer."""

    from_age: int
    people: int
    to_age: int | None


class ReportBelowNothing(TypedDict):
    """Part of ReportAnswer."""

    closing: int
    item: str
    item_id: int
    opening: int
    unit: str


class ReportCategory(TypedDict):
    """Part of ReportAnswer."""

    category: str
    closing_grams: int
    handed_out_grams: int
    is_food: bool
    items_not_weighed: int
    lost_grams: int
    opening_entered_grams: int
    opening_grams: int
    produced_grams: int
    sourced_grams: int
    transferred_grams: int
    variance_grams: int


class ReportCompared(TypedDict):
    """Part of ReportComparison."""

    handed_out_grams: int
    lost_grams: int
    produced_grams: int
    sourced_grams: int


_ReportComparedPeriodWords = TypedDict("_ReportComparedPeriodWords", {"from": str})


class ReportComparedPeriod(_ReportComparedPeriodWords):
    """Part of ReportComparison."""

    handed_out_grams: int
    lost_grams: int
    period: str
    produced_grams: int
    sourced_grams: int
    to: str


class ReportComparedWeek(TypedDict):
    """Part of ReportComparison."""

    handed_out_grams: int
    lost_grams: int
    produced_grams: int
    sourced_grams: int
    week: str


class ReportComparison(TypedDict):
    """Part of ReportAnswer."""

    last_week: ReportCompared | None
    mean: ReportCompared | None
    periods: list[ReportComparedPeriod]
    previous: ReportCompared | None
    weeks: list[ReportComparedWeek]


class ReportDoubt(TypedDict):
    """Part of ReportAnswer."""

    found: int
    item: str
    seq: int
    sort: str
    text: str
    unit: str
    usual: int | None


class ReportDue(TypedDict):
    """Part of ReportAnswer."""

    date_kind: str
    date_text: str
    give_out_until: str
    is_past: bool
    item: str
    item_id: int
    quantity: int
    unit: str
    weight_grams: int | None


class ReportEvent(TypedDict):
    """Part of ReportAnswer."""

    adults: int | None
    asked_households: int | None
    children: int | None
    date: str | None
    households: int | None
    id: int
    individuals: int | None
    name: str
    new_households: int | None
    returning_households: int | None
    seniors: int | None
    weight_grams: int


class ReportFactor(TypedDict):
    """Part of ReportFactors."""

    grams_per_meal: int
    source: str
    stated: str
    version: str


class ReportFactors(TypedDict):
    """Part of ReportAnswer."""

    meals: ReportFactor


class ReportGrams(TypedDict):
    """Part of ReportAnswer, ReportItem."""

    closing_grams: int
    handed_out_grams: int
    lost_grams: int
    opening_entered_grams: int
    opening_grams: int
    produced_grams: int
    sourced_grams: int
    transferred_grams: int
    variance_grams: int


class ReportHours(TypedDict):
    """Part of ReportAnswer."""

    minutes: int
    people: int


class ReportInKind(TypedDict):
    """Part of ReportAnswer."""

    by_category: list[ReportValued]
    currency: str
    given_minor_units: int
    handed_out_minor_units: int
    items_not_valued: int
    rates: list[ReportRate]


class ReportItem(TypedDict):
    """Part of ReportAnswer."""

    category: str
    closing: int
    estimated: bool
    handed_out: int
    item: str
    item_id: int
    lost: int
    #: In the item's base unit.
    opening: int
    opening_entered: int
    produced: int
    sourced: int
    transferred: int
    unit: str
    variance: int
    weights: ReportGrams | None


class ReportNeed(TypedDict):
    """Part of ReportNeeds."""

    days_left: int | None
    name: str


class ReportNeeds(TypedDict):
    """Part of ReportAnswer."""

    short: list[ReportNeed]
    too_much: list[ReportNeed]


class ReportPeople(TypedDict):
    """Part of ReportAnswer."""

    adults: int | None
    asked_households: int | None
    children: int | None
    households: int | None
    individuals: int | None
    new_households: int | None
    returning_households: int | None
    seniors: int | None


class ReportRate(TypedDict):
    """Part of ReportInKind."""

    category: str
    item: str
    minor_units: int
    per: str
    source: str
    valid_from: str


class ReportReason(TypedDict):
    """Part of ReportAnswer."""

    items_not_weighed: int
    reason: str
    weight_grams: int


class ReportReceived(TypedDict):
    """Part of ReportAnswer."""

    category: str
    kind: str
    weight_grams: int


class ReportSource(TypedDict):
    """Part of ReportAnswer."""

    items_not_weighed: int
    kind: str
    weight_grams: int


class ReportTotals(TypedDict):
    """Part of ReportAnswer."""

    closing_grams: int
    handed_out_grams: int
    lost_grams: int
    made_grams: int
    opening_entered_grams: int
    opening_grams: int
    produced_grams: int
    sourced_grams: int
    transferred_grams: int
    used_up_grams: int
    variance_grams: int


class ReportValued(TypedDict):
    """Part of ReportInKind."""

    category: str
    given_minor_units: int
    handed_out_minor_units: int


class ReportVisits(TypedDict):
    """Part of ReportAnswer."""

    by_card: int
    households: int
    new_households: int
    visits: int


class ReportWeight(TypedDict):
    """Part of ReportAnswer."""

    weight_grams: int


class RequestAnswer(TypedDict):
    """Answer of post_requests, post_request_approve, post_request_decline."""

    agency: str
    event_id: int | None
    id: int
    state: str


class RequestLineRow(TypedDict):
    """Part of RequestRow."""

    approved: int | None
    asked: int
    item: str
    item_id: int
    taken: int | None
    unit: str


class RequestRow(TypedDict):
    """Part of RequestsAnswer."""

    agency: str
    answer: str
    answered_at: str | None
    asked_at: str
    by_agency: bool
    entry_id: int | None
    event_id: int | None
    id: int
    is_delivered: bool
    lines: list[RequestLineRow]
    needed_on: str
    note: str
    partner_id: int
    signed_by: str
    signed_how: str
    standing: str


class Requested(TypedDict):
    """Part of Approve, AskGoods, HandOver."""

    item: int | str
    quantity: int


class RequestsAnswer(TypedDict):
    """Answer of get_requests."""

    next: int | None
    requests: list[RequestRow]


class Resolution(TypedDict):
    """Sent by post_discrepancy_settle."""

    resolution: Literal["accepted", "undone", "ignored"]
    since_id: NotRequired[int | None]


class Response(TypedDict):
    """Sent by post_proposal_responses."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    kind: Literal["consent", "concern", "objection"]
    occurred_at: NotRequired[datetime.datetime | str | None]
    spoken_name: NotRequired[str]
    text: NotRequired[str]
    version: int


class ResponseAnswer(TypedDict):
    """Answer of post_proposal_responses."""

    id: int
    kind: str
    proposal_id: int
    title: str


class ResumeWebhook(TypedDict):
    """Sent by post_webhook_resume."""

    #: Why it is changed; it stands in the open book.
    why: NotRequired[str]


class RetireCrate(TypedDict):
    """Sent by post_crate_retire."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    occurred_at: NotRequired[datetime.datetime | str | None]


class Reversal(TypedDict):
    """Sent by post_entry_reversal."""

    reason: NotRequired[str]


class ReversalAnswer(TypedDict):
    """Answer of post_entry_reversal."""

    discrepancies: list[Opened]
    entry_id: int | None
    #: Only if false: nothing was booked for the note to stand on.
    note_kept: NotRequired[bool]
    reverses_id: int
    reverses_seq: int
    seq: int | None
    #: Only if goods had gone on: from where they were taken.
    taken: NotRequired[list[TakenSaid]]
    #: Only if productions had used all of its goods: those undone with it.
    with_seqs: NotRequired[list[int]]


class Reword(TypedDict):
    """Sent by post_proposal_wordings."""

    answer_by: NotRequired[datetime.date | str | None]
    text: str
    title: str
    version: int


class Right(TypedDict):
    """Part of RightsAnswer."""

    agreed_by: str | None
    by: str | None
    cause: str
    person: str
    person_id: int
    proposal: str | None
    proposal_id: int | None
    reads_names: bool
    role: str
    since: str
    until: str | None
    why: str


class RightsAnswer(TypedDict):
    """Answer of get_rights."""

    rights: list[Right]
    seal: str


class Rule(TypedDict):
    """Part of ChangeSeries, StartSeries."""

    every: NotRequired[int]
    frequency: Literal["weekly", "monthly"]
    month_day: NotRequired[int | None]
    #: Which of them in the month; -1 is the last.
    nths: NotRequired[list[Literal[1, 2, 3, 4, 5, -1]]]
    weekdays: NotRequired[list[int]]


class RuleAnswer(TypedDict):
    """Part of Series."""

    every: int
    frequency: str
    month_day: int | None
    nths: list[int]
    weekdays: list[int]


class Said(TypedDict):
    """Part of ProposalAnswer."""

    came_late: bool
    counts: bool
    id: int
    is_present: bool
    kind: str
    name: str | None
    recorded_by: str | None
    said_at: str
    text: str
    version: int


class SavedActivityAnswer(TypedDict):
    """Answer of post_activities."""

    id: int
    name: str
    people: int


class SavedAnswer(TypedDict):
    """Answer of post_items, patch_item, post_locations, patch_location, post_partners,
    patch_partner, post_webhook_end, post_webhook_resume, post_webhook_test.
    """

    id: int
    name: str


class SavedProposalAnswer(TypedDict):
    """Answer of post_proposals, post_proposal_wordings."""

    id: int
    name: str


class SearchAnswer(TypedDict):
    """Answer of get_search."""

    results: list[SearchResult]


class SearchResult(TypedDict):
    """Part of SearchAnswer."""

    #: Its number; a page or a guide has a name instead.
    id: int | str
    kind: SearchResultKind
    name: str
    url: str


class Seek(TypedDict):
    """Sent by post_activity_seek_stand_in."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    occurred_at: NotRequired[datetime.datetime | str | None]
    person_id: NotRequired[int | None]


class Send(TypedDict):
    """Sent by post_transfers."""

    asked_id: NotRequired[int | None]
    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    crate_codes: NotRequired[list[str]]
    lines: NotRequired[list[SendLine]]
    note: NotRequired[str]
    occurred_at: NotRequired[datetime.datetime | str | None]
    to_depot: int | str


class SendAnswer(TypedDict):
    """Answer of post_transfers."""

    crate_codes: list[str]
    discrepancies: list[Opened]
    entry_id: int | None
    id: int
    lines: list[GoodsSaid]
    #: Only if false: nothing was booked for the note to stand on.
    note_kept: NotRequired[bool]
    seq: int | None
    state: str
    to_depot: str


class SendLine(TypedDict):
    """Part of Send."""

    item: NotRequired[int | str | None]
    location: NotRequired[str | None]
    lot_id: NotRequired[int | None]
    quantity: int


class SentTable(TypedDict):
    """Sent by post_imports."""

    #: The header of a field's column, where the guess is wrong.
    columns: NotRequired[dict[str, str]]
    #: Rows, the first of them the names of columns.
    csv: str
    date_order: NotRequired[Literal["dmy", "mdy"] | None]
    headings: NotRequired[bool]
    kind: Literal["items", "locations", "crates", "stock"]
    skip_problems: NotRequired[bool]


class Series(TypedDict):
    """Part of SeriesListAnswer."""

    begins: str
    capacity: int | None
    ends_on: str | None
    from_on: str
    id: int
    is_over: bool
    name: str
    next_event: NextHandOut | None
    place: str
    rule: RuleAnswer


class SeriesAnswer(TypedDict):
    """Answer of post_series, post_series_change, post_series_end."""

    called_off: int
    id: int
    made: int
    name: str


class SeriesListAnswer(TypedDict):
    """Answer of get_series."""

    next: int | None
    series: list[Series]


class SettingChange(TypedDict):
    """Part of SettingChangesAnswer."""

    agreed_by: str | None
    at: str
    by: str | None
    changed: list[FieldChange]
    id: int
    kind: str
    subject: str
    why: str


class SettingChangesAnswer(TypedDict):
    """Answer of get_setting_changes."""

    changes: list[SettingChange]
    next: int | None


class Settle(TypedDict):
    """Sent by post_proposal_settle."""

    in_room_count: NotRequired[int | None]
    outcome: Literal["agreed", "not_agreed", "withdrawn"]
    read_back: NotRequired[bool]
    review_on: NotRequired[datetime.date | str | None]
    text: NotRequired[str]
    version: int


class SettledAnswer(TypedDict):
    """Answer of post_proposal_settle."""

    id: int
    outcome: str
    text: str
    title: str
    version: int


class SharedItemSaid(TypedDict):
    """Part of SharedStockAnswer."""

    category: str
    free: int
    item: str
    unit: str


class SharedStockAnswer(TypedDict):
    """Answer of get_depot_stock."""

    next: int | None
    stock: list[SharedItemSaid]


class Sheet(TypedDict):
    """Part of SheetsAnswer."""

    erased_at: str | None
    erased_on: str
    event: str
    event_id: int
    held_on: str
    lines: int


class SheetsAnswer(TypedDict):
    """Answer of get_name_sheets."""

    sheets: list[Sheet]


class ShelfLife(TypedDict):
    """Part of ItemChange, NewItem."""

    amount: int
    unit: Literal["day", "month", "year", "never"]


class Source(TypedDict):
    """Part of Receipt."""

    kind: SourceKind
    partner: NotRequired[int | str | None]


class StartCountSheet(TypedDict):
    """Sent by post_count_sheets."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    is_blind: NotRequired[bool]
    location_id: int
    occurred_at: NotRequired[datetime.datetime | str | None]


class StartSeries(TypedDict):
    """Sent by post_series."""

    begins: str
    capacity: NotRequired[int | None]
    ends_on: NotRequired[datetime.date | str | None]
    from_on: datetime.date | str
    like_event_id: NotRequired[int | None]
    name: str
    place: NotRequired[str]
    rule: Rule


class StartedAnswer(TypedDict):
    """Answer of post_recalls."""

    hold_id: int
    id: int
    lots: int
    #: What is here of it, in base units.
    quantity: int


class StockAnswer(TypedDict):
    """Answer of get_stock."""

    as_of: str | None
    next: int | None
    stock: list[StockRow]


class StockRow(TypedDict):
    """Part of StockAnswer."""

    #: Only item by item. Of all that is here, and of what it was made of.
    allergens: NotRequired[list[str]]
    #: Only item by item. If not, what is not named may still be in it.
    allergens_known: NotRequired[bool]
    category: str
    category_id: int
    #: Only lot by lot.
    date: NotRequired[str]
    #: Only lot by lot.
    date_kind: NotRequired[str]
    #: Only item by item.
    diets: NotRequired[list[str]]
    #: on_hand - held - past - promised; never below 0.
    free: int
    give_out_until: str | None
    #: Held back, or set apart.
    held: int
    is_loose: bool
    item: str
    item_id: int
    #: Only lot by lot. A place, or the code of a crate.
    location: NotRequired[str]
    #: Only lot by lot.
    location_id: NotRequired[int]
    #: Only lot by lot. The code on it; empty: nothing is known.
    lot: NotRequired[str]
    #: Only lot by lot.
    lot_id: NotRequired[int]
    #: All that is here.
    on_hand: int
    #: Past its day, and not held.
    past: int
    #: Set aside for hand-outs.
    promised: int
    #: The same as on_hand.
    quantity: int
    unit: str
    #: Only item by item.
    weight_estimated: NotRequired[bool]
    #: Only item by item.
    weight_grams: NotRequired[int | None]


class StrikeAnswer(TypedDict):
    """Answer of post_temperature_strike_out."""

    id: int


class StrikeOut(TypedDict):
    """Sent by post_temperature_strike_out."""

    reason: str


class StrikeRow(TypedDict):
    """Part of ReadingRow."""

    by: str
    reason: str
    recorded_at: str


class Sync(TypedDict):
    """Sent by post_sync."""

    commands: list[Any]
    #: Where it was done; another depot is answered 409.
    depot: NotRequired[int | None]
    device_id: str
    #: Who did it, where another sends it; stands in the notes.
    done_by: NotRequired[str]
    #: Who did it; somebody else signed in is answered 409.
    person: NotRequired[int | None]
    #: The sender's clock now, from which a wrong one is seen.
    sent_at: NotRequired[datetime.datetime | str | None]


class SyncAnswer(TypedDict):
    """Answer of post_sync."""

    results: list[SyncResult]


class SyncResult(TypedDict):
    """Part of SyncAnswer."""

    #: The answer its own address gives; of a refusal, errors by field.
    body: dict[str, Any]
    #: Only if it was refused, or waits for a second person: why.
    code: NotRequired[str]
    command_id: str | None
    href: str | None
    link_text: str | None
    #: A sentence for people.
    message: str
    result: Literal["posted", "repeated", "refused"]
    #: It is in the book, and somebody must look now: food safety.
    urgent: bool


class TagCrates(TypedDict):
    """Sent by post_crates_tags."""

    add: NotRequired[list[str]]
    crate_codes: list[str]
    remove: NotRequired[list[str]]


class TaggedCratesAnswer(TypedDict):
    """Answer of post_crates_tags."""

    added: list[str]
    codes: list[str]
    removed: list[str]


class Take(TypedDict):
    """Sent by post_activity_take."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    instead_of: NotRequired[int | None]
    occurred_at: NotRequired[datetime.datetime | str | None]
    person_id: NotRequired[int | None]


class TakeOffer(TypedDict):
    """Sent by post_offer_take."""

    note: NotRequired[str]
    quantity: NotRequired[int | None]


class TakeOut(TypedDict):
    """Sent by post_crate_take_out."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    event_id: NotRequired[int | None]
    lines: NotRequired[list[CrateGoodsLine] | None]
    note: NotRequired[str]
    occurred_at: NotRequired[datetime.datetime | str | None]
    reason: Reason
    write_off_reason: NotRequired[WriteOffReason | None]


class TakePlaybook(TypedDict):
    """Sent by post_playbooks."""

    key: NotRequired[str]
    playbook: NotRequired[Playbook | None]
    #: Why it is changed; it stands in the open book.
    why: NotRequired[str]


class TakenAnswer(TypedDict):
    """Answer of post_activity_ask, post_activity_give_back, post_activity_seek_stand_in,
    post_activity_take.
    """

    activity_id: int
    instead_of: str
    name: str
    overlaps: list[str]
    people: int
    people_max: int | None
    person: str
    standing: str


class TakenPlaybookAnswer(TypedDict):
    """Answer of post_playbooks."""

    categories: int
    items: int
    name: str
    pages: int
    parcels: int
    places: int
    recipes: int
    routines: int


class TakenSaid(TypedDict):
    """Part of DiscrepancySettled, ReversalAnswer."""

    item: str
    item_id: int
    place: str
    quantity: int
    unit: str


class Task(TypedDict):
    """Sent by post_tasks."""

    due_on: NotRequired[datetime.date | str | None]
    grown_from: NotRequired[GrownFrom | None]
    grown_from_activity: NotRequired[str]
    grown_from_id: NotRequired[int | None]
    name: str
    steps: NotRequired[list[str]]
    text: NotRequired[str]


class TaskAnswer(TypedDict):
    """Answer of post_activity_finish, post_activity_reopen, post_tasks."""

    id: int
    is_done: bool
    name: str


class TaskList(TypedDict):
    """Answer of get_tasks."""

    next: int | None
    tasks: list[TaskRow]


class TaskPerson(TypedDict):
    """Part of TaskRow."""

    name: str
    person_id: int
    standing: Standing


class TaskRow(TypedDict):
    """Part of TaskList."""

    activity: str
    asked: list[TaskPerson]
    due_on: str | None
    grown_from: GrownFrom | None
    grown_from_id: int | None
    id: int | None
    name: str
    people: list[TaskPerson]
    routine_id: int | None
    steps: int
    steps_done: int
    text: str


class TermAnswer(TypedDict):
    """Part of DutyAnswer."""

    ends_on: str
    holders: list[str]
    starts_on: str


class Thawing(TypedDict):
    """Sent by post_thawing."""

    at: NotRequired[str | None]
    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    date: NotRequired[str | None]
    lot_id: int
    note: NotRequired[str]
    occurred_at: NotRequired[datetime.datetime | str | None]
    quantity: NotRequired[int | None]
    to: NotRequired[str | None]


class There(TypedDict):
    """Sent by post_meeting_there."""

    in_room_count: NotRequired[int | None]
    others: NotRequired[str]


class Tick(TypedDict):
    """Sent by post_activity_step."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    done: NotRequired[bool]
    occurred_at: NotRequired[datetime.datetime | str | None]


class TickAnswer(TypedDict):
    """Answer of post_activity_step."""

    activity_id: int
    is_done: bool
    number: int
    text: str


class ToldAnswer(TypedDict):
    """Part of WholeRecallAnswer."""

    by: str | None
    kind: str
    language: str
    name: str
    note: str
    told_at: str
    way: str


class TookAnswer(TypedDict):
    """Answer of post_offer_take."""

    id: int
    item: str
    quantity: int
    state: str
    unit: str


class TransferAnswer(TypedDict):
    """Answer of get_transfer. Part of TransfersAnswer."""

    asked: list[TransferLineSaid]
    closed_at: str | None
    crates: list[TransferCrateSaid]
    direction: str
    id: int
    lines: list[TransferLineSaid]
    made_at: str
    note: str
    other: str
    sent_at: str | None
    state: str


class TransferCrateSaid(TypedDict):
    """Part of TransferAnswer."""

    code: str
    is_here: bool
    stands_on: str


class TransferLineSaid(TypedDict):
    """Part of TransferAnswer."""

    arrived: int
    crate_code: str
    damaged: int
    date: str
    date_kind: str
    item: str
    line: int
    lot_code: str
    outstanding: int
    own_item: str | None
    quantity: int
    unit: str


class TransferSaidAnswer(TypedDict):
    """Answer of post_transfers_ask, post_transfer_decline."""

    id: int
    state: str


class TransfersAnswer(TypedDict):
    """Answer of get_transfers."""

    next: int | None
    transfers: list[TransferAnswer]


class TurnAnswer(TypedDict):
    """Part of DutyAnswer."""

    name: str
    person_id: int


class UndoCountSheet(TypedDict):
    """Sent by post_count_sheet_undo."""

    reason: NotRequired[str]


class UndoneAnswer(TypedDict):
    """Answer of post_import_undo."""

    discrepancies: list[Opened]
    entry_id: int | None
    import_id: int
    kept: int
    #: Only if false: nothing was booked for the note to stand on.
    note_kept: NotRequired[bool]
    removed: int
    restored: int
    seq: int | None


class Visit(TypedDict):
    """Sent by post_event_visits."""

    adults: NotRequired[int | None]
    bands: NotRequired[list[BandPeople]]
    card: str
    children: NotRequired[int | None]
    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    note: NotRequired[str]
    occurred_at: NotRequired[datetime.datetime | str | None]
    seniors: NotRequired[int | None]


class VisitAnswer(TypedDict):
    """Answer of post_event_visits."""

    discrepancies: list[Opened]
    entry_id: int | None
    event_id: int
    households: int
    is_new: bool
    #: Only if false: nothing was booked for the note to stand on.
    note_kept: NotRequired[bool]
    seq: int | None
    was_counted: bool


_VisitSumsAnswerWords = TypedDict("_VisitSumsAnswerWords", {"from": str})


class VisitSumsAnswer(_VisitSumsAnswerWords):
    """Answer of get_visits."""

    bands: list[BandSumAnswer]
    by_card: int
    households: int
    new_households: int
    returning_households: int
    to: str
    visits: int
    without_card: int


class WebhookAnswer(TypedDict):
    """Part of WebhooksAnswer."""

    address: str
    after: int
    created_at: str
    deliveries: list[DeliveryAnswer]
    failing_since: str | None
    id: int
    kinds: list[str]
    name: str
    next_try_at: str
    paused_at: str | None


class WebhooksAnswer(TypedDict):
    """Answer of get_webhooks."""

    next: int | None
    webhooks: list[WebhookAnswer]


class WhoCameAnswer(TypedDict):
    """Part of MeetingAnswer."""

    name: str
    person_id: int


class WholeRecallAnswer(TypedDict):
    """Answer of get_recall."""

    close_note: str
    closed_at: str | None
    closed_by: str | None
    contacts: list[ContactAnswer]
    findings: list[FoundAnswer]
    gone: list[GoneAnswer]
    here: list[HereAnswer]
    hold_id: int
    id: int
    made_at: str
    made_by: str | None
    made_of: list[OriginAnswer]
    name: str
    notices: list[ToldAnswer]
    state: str


class Withdraw(TypedDict):
    """Sent by post_asked_act_withdraw."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]


class WriteCountLines(TypedDict):
    """Sent by post_count_sheet_lines."""

    #: `confirm` of each question that answered 409 `unconfirmed`.
    confirmed: NotRequired[list[str]]
    counter: NotRequired[int]
    lines: list[CountSheetLine]
    occurred_at: NotRequired[datetime.datetime | str | None]


class WriteName(TypedDict):
    """Sent by post_event_name_sheet."""

    name: str
    people: int


class WrittenAnswer(TypedDict):
    """Answer of post_event_name_sheet."""

    event_id: int
    lines: int


class Depot(_Asking):
    """One depot, asked with one token: a method for each address of its API.

    `tries` is how often at most a request is sent, `timeout` seconds without a byte end one.
    `language` is that of the sentences in errors, as `es`; else it is the depot's. `context`
    holds the certificates that count, where the server's is of an authority of the house.
    """

    def get_activities(
        self,
        *,
        from_: datetime.date | str | None = None,
        to: datetime.date | str | None = None,
    ) -> ActivityListAnswer:
        """List what is on from a day to another, a week from today unless said otherwise.

        GET /api/v1/activities
        """
        query: dict[str, object] = {
            "from": from_,
            "to": to,
        }
        answer: ActivityListAnswer = self._ask("GET", "/api/v1/activities", query)
        return answer

    def post_activities(
        self,
        body: Make,
        *,
        command_id: UUID | str | None = None,
    ) -> SavedActivityAnswer:
        """Plan one shift or meeting.

        POST /api/v1/activities
        """
        answer: SavedActivityAnswer = self._write("POST", "/api/v1/activities", body, command_id)
        return answer

    def post_activity_ask(
        self,
        activity: str,
        body: Ask,
        *,
        command_id: UUID | str | None = None,
    ) -> TakenAnswer:
        """Ask somebody to come. It is no yes.

        POST /api/v1/activities/{activity}/ask
        """
        answer: TakenAnswer = self._write(
            "POST", f"/api/v1/activities/{_part(activity)}/ask", body, command_id
        )
        return answer

    def post_activity_come(
        self,
        activity: str,
        body: Come | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> MarkAnswer:
        """Write down that somebody came to a shift; more than it asks for are taken too.

        POST /api/v1/activities/{activity}/come
        """
        answer: MarkAnswer = self._write(
            "POST", f"/api/v1/activities/{_part(activity)}/come", body, command_id
        )
        return answer

    def post_activity_give_back(
        self,
        activity: str,
        body: GiveBack | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> TakenAnswer:
        """Write down that somebody does not come after all, or said no.

        POST /api/v1/activities/{activity}/give-back
        """
        answer: TakenAnswer = self._write(
            "POST", f"/api/v1/activities/{_part(activity)}/give-back", body, command_id
        )
        return answer

    def post_activity_leave(
        self,
        activity: str,
        body: Leave | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> MarkAnswer:
        """Write down that somebody leaves a shift.

        POST /api/v1/activities/{activity}/leave
        """
        answer: MarkAnswer = self._write(
            "POST", f"/api/v1/activities/{_part(activity)}/leave", body, command_id
        )
        return answer

    def post_activity_seek_stand_in(
        self,
        activity: str,
        body: Seek | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> TakenAnswer:
        """Write down that somebody can't come, and is expected until another one takes over.

        Who takes over is told by `take`, with this one's part as `instead_of`.

        POST /api/v1/activities/{activity}/seek-stand-in
        """
        answer: TakenAnswer = self._write(
            "POST", f"/api/v1/activities/{_part(activity)}/seek-stand-in", body, command_id
        )
        return answer

    def post_activity_take(
        self,
        activity: str,
        body: Take | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> TakenAnswer:
        """Write down that somebody comes; who it is, a coordinator's token says.

        POST /api/v1/activities/{activity}/take
        """
        answer: TakenAnswer = self._write(
            "POST", f"/api/v1/activities/{_part(activity)}/take", body, command_id
        )
        return answer

    def post_activity_finish(
        self,
        task: str,
        body: Finish | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> TaskAnswer:
        """Say that a task is done.

        POST /api/v1/activities/{task}/finish
        """
        answer: TaskAnswer = self._write(
            "POST", f"/api/v1/activities/{_part(task)}/finish", body, command_id
        )
        return answer

    def post_activity_reopen(
        self,
        task: str,
        *,
        command_id: UUID | str | None = None,
    ) -> TaskAnswer:
        """Say that a task is not done after all.

        POST /api/v1/activities/{task}/reopen
        """
        answer: TaskAnswer = self._write(
            "POST", f"/api/v1/activities/{_part(task)}/reopen", None, command_id
        )
        return answer

    def post_activity_step(
        self,
        task: str,
        step: int,
        body: Tick | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> TickAnswer:
        """Tick a step of an activity, or take the tick out.

        POST /api/v1/activities/{task}/steps/{step}
        """
        answer: TickAnswer = self._write(
            "POST", f"/api/v1/activities/{_part(task)}/steps/{_part(step)}", body, command_id
        )
        return answer

    def post_agenda_item_minute(
        self,
        agenda_item_id: int,
        body: Minute | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> AgendaNumberAnswer:
        """Write down what was said about something; it stands instead of what was written before.

        POST /api/v1/agenda/{agenda_item_id}/minute
        """
        answer: AgendaNumberAnswer = self._write(
            "POST", f"/api/v1/agenda/{_part(agenda_item_id)}/minute", body, command_id
        )
        return answer

    def post_agenda_item_take_off(
        self,
        agenda_item_id: int,
        *,
        command_id: UUID | str | None = None,
    ) -> AgendaNumberAnswer:
        """Take something off the agenda.

        POST /api/v1/agenda/{agenda_item_id}/take-off
        """
        answer: AgendaNumberAnswer = self._write(
            "POST", f"/api/v1/agenda/{_part(agenda_item_id)}/take-off", None, command_id
        )
        return answer

    def get_asked_acts(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> AskedActsAnswer:
        """List what was asked for, the newest first; `after` is the id of the last one of a page.

        GET /api/v1/asked-acts
        """
        query: dict[str, object] = {
            "after": after,
            "limit": limit,
        }
        answer: AskedActsAnswer = self._ask("GET", "/api/v1/asked-acts", query)
        return answer

    def all_asked_acts(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> Iterator[Asked]:
        """Go over all rows of get_asked_acts, page after page."""

        def read(on_from: int | None) -> AskedActsAnswer:
            return self.get_asked_acts(
                after=on_from,
                limit=limit,
            )

        return _all_rows(read, "asked", after)

    def get_asked_act(self, act_id: int) -> Asked:
        """Return one of them: what it is about, and how it ended.

        GET /api/v1/asked-acts/{act_id}
        """
        answer: Asked = self._ask("GET", f"/api/v1/asked-acts/{_part(act_id)}")
        return answer

    def post_asked_act_withdraw(
        self,
        act_id: int,
        body: Withdraw | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> Answered:
        """Take back what the token, or whoever made it, asked for. No program agrees to anything.

        POST /api/v1/asked-acts/{act_id}/withdraw
        """
        answer: Answered = self._write(
            "POST", f"/api/v1/asked-acts/{_part(act_id)}/withdraw", body, command_id
        )
        return answer

    def post_come(
        self,
        body: Come | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> MarkAnswer:
        """Write down that somebody is here, by id or, walked in, by a first name.

        POST /api/v1/come
        """
        answer: MarkAnswer = self._write("POST", "/api/v1/come", body, command_id)
        return answer

    def get_count_sheets(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> CountSheetsAnswer:
        """List the count sheets, the oldest first.

        GET /api/v1/count-sheets
        """
        query: dict[str, object] = {
            "after": after,
            "limit": limit,
        }
        answer: CountSheetsAnswer = self._ask("GET", "/api/v1/count-sheets", query)
        return answer

    def all_count_sheets(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> Iterator[CountSheetRow]:
        """Go over all rows of get_count_sheets, page after page."""

        def read(on_from: int | None) -> CountSheetsAnswer:
            return self.get_count_sheets(
                after=on_from,
                limit=limit,
            )

        return _all_rows(read, "sheets", after)

    def post_count_sheets(
        self,
        body: StartCountSheet,
        *,
        command_id: UUID | str | None = None,
    ) -> CountStartedAnswer:
        """Count a place, or join the count of it that is open.

        POST /api/v1/count-sheets
        """
        answer: CountStartedAnswer = self._write("POST", "/api/v1/count-sheets", body, command_id)
        return answer

    def get_count_sheet(
        self,
        sheet_id: int,
        *,
        counter: int | None = None,
    ) -> CountSheetAnswer:
        """Look a sheet up, with what one counter wrote; the second does not see what the book says.

        GET /api/v1/count-sheets/{sheet_id}
        """
        query: dict[str, object] = {
            "counter": counter,
        }
        answer: CountSheetAnswer = self._ask(
            "GET", f"/api/v1/count-sheets/{_part(sheet_id)}", query
        )
        return answer

    def post_count_sheet_call_off(
        self,
        sheet_id: int,
        *,
        command_id: UUID | str | None = None,
    ) -> None:
        """Count no further.

        POST /api/v1/count-sheets/{sheet_id}/call-off
        """
        self._write("POST", f"/api/v1/count-sheets/{_part(sheet_id)}/call-off", None, command_id)

    def post_count_sheet_crates(
        self,
        sheet_id: int,
        body: AddCountCrate,
        *,
        command_id: UUID | str | None = None,
    ) -> CountCrateAnswer:
        """Put a crate that stands there on the sheet.

        POST /api/v1/count-sheets/{sheet_id}/crates
        """
        answer: CountCrateAnswer = self._write(
            "POST", f"/api/v1/count-sheets/{_part(sheet_id)}/crates", body, command_id
        )
        return answer

    def get_count_sheet_differences(self, sheet_id: int) -> CountDifferencesAnswer:
        """Look up what a posting would book; coordinators only.

        GET /api/v1/count-sheets/{sheet_id}/differences
        """
        answer: CountDifferencesAnswer = self._ask(
            "GET", f"/api/v1/count-sheets/{_part(sheet_id)}/differences"
        )
        return answer

    def post_count_sheet_found(
        self,
        sheet_id: int,
        body: AddCountFound,
        *,
        command_id: UUID | str | None = None,
    ) -> CountTalliedAnswer:
        """Give goods that have no line one.

        POST /api/v1/count-sheets/{sheet_id}/found
        """
        answer: CountTalliedAnswer = self._write(
            "POST", f"/api/v1/count-sheets/{_part(sheet_id)}/found", body, command_id
        )
        return answer

    def post_count_sheet_lines(
        self,
        sheet_id: int,
        body: WriteCountLines,
        *,
        command_id: UUID | str | None = None,
    ) -> CountTalliedAnswer:
        """Write down what a counter found.

        POST /api/v1/count-sheets/{sheet_id}/lines
        """
        answer: CountTalliedAnswer = self._write(
            "POST", f"/api/v1/count-sheets/{_part(sheet_id)}/lines", body, command_id
        )
        return answer

    def post_count_sheet_post(
        self,
        sheet_id: int,
        body: PostCountSheet | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> CountPostedAnswer:
        """Book the differences; coordinators only.

        POST /api/v1/count-sheets/{sheet_id}/post
        """
        answer: CountPostedAnswer = self._write(
            "POST", f"/api/v1/count-sheets/{_part(sheet_id)}/post", body, command_id
        )
        return answer

    def post_count_sheet_undo(
        self,
        sheet_id: int,
        body: UndoCountSheet | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> CountPostedAnswer:
        """Take a posted sheet out of the book again; coordinators only.

        POST /api/v1/count-sheets/{sheet_id}/undo
        """
        answer: CountPostedAnswer = self._write(
            "POST", f"/api/v1/count-sheets/{_part(sheet_id)}/undo", body, command_id
        )
        return answer

    def post_crates(
        self,
        body: CreateCrates,
        *,
        command_id: UUID | str | None = None,
    ) -> CreateCratesAnswer:
        """Make blank crates, whose labels are printed ahead.

        POST /api/v1/crates
        """
        answer: CreateCratesAnswer = self._write("POST", "/api/v1/crates", body, command_id)
        return answer

    def post_crates_hold(
        self,
        body: HoldCrates,
        *,
        command_id: UUID | str | None = None,
    ) -> HeldCratesAnswer:
        """Hold back what lies in crates, each by a hold of its own: all of it, or none.

        POST /api/v1/crates/hold
        """
        answer: HeldCratesAnswer = self._write("POST", "/api/v1/crates/hold", body, command_id)
        return answer

    def post_crates_move(
        self,
        body: MoveCrates,
        *,
        command_id: UUID | str | None = None,
    ) -> MovedCratesAnswer:
        """Put crates at a place, or on another crate: all of them, or none.

        POST /api/v1/crates/move
        """
        answer: MovedCratesAnswer = self._write("POST", "/api/v1/crates/move", body, command_id)
        return answer

    def post_crates_pack(
        self,
        body: PackCrates,
        *,
        command_id: UUID | str | None = None,
    ) -> PackedCratesAnswer:
        """Put goods that are here into new crates, the same into each.

        POST /api/v1/crates/pack
        """
        answer: PackedCratesAnswer = self._write("POST", "/api/v1/crates/pack", body, command_id)
        return answer

    def post_crates_tags(
        self,
        body: TagCrates,
        *,
        command_id: UUID | str | None = None,
    ) -> TaggedCratesAnswer:
        """Put words on crates, or take them off.

        POST /api/v1/crates/tags
        """
        answer: TaggedCratesAnswer = self._write("POST", "/api/v1/crates/tags", body, command_id)
        return answer

    def get_crate(self, code: str) -> Crate:
        """Look a crate up by its code or old box number.

        GET /api/v1/crates/{code}
        """
        answer: Crate = self._ask("GET", f"/api/v1/crates/{_part(code)}")
        return answer

    def post_crate_count(
        self,
        code: str,
        body: CountCrate | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> CrateCountAnswer:
        """Say what was counted in a crate; only differences are booked.

        POST /api/v1/crates/{code}/count
        """
        answer: CrateCountAnswer = self._write(
            "POST", f"/api/v1/crates/{_part(code)}/count", body, command_id
        )
        return answer

    def post_crate_fill(
        self,
        code: str,
        body: FillCrate,
        *,
        command_id: UUID | str | None = None,
    ) -> CrateGoodsAnswer:
        """Move goods into a crate from a place or another crate.

        POST /api/v1/crates/{code}/fill
        """
        answer: CrateGoodsAnswer = self._write(
            "POST", f"/api/v1/crates/{_part(code)}/fill", body, command_id
        )
        return answer

    def post_crate_move(
        self,
        code: str,
        body: MoveCrate,
        *,
        command_id: UUID | str | None = None,
    ) -> CrateMoveAnswer:
        """Put a crate at a place, or on another crate.

        POST /api/v1/crates/{code}/move
        """
        answer: CrateMoveAnswer = self._write(
            "POST", f"/api/v1/crates/{_part(code)}/move", body, command_id
        )
        return answer

    def post_crate_retire(
        self,
        code: str,
        body: RetireCrate | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> CrateRetireAnswer:
        """Use a crate's label no more; the crate must be empty.

        POST /api/v1/crates/{code}/retire
        """
        answer: CrateRetireAnswer = self._write(
            "POST", f"/api/v1/crates/{_part(code)}/retire", body, command_id
        )
        return answer

    def post_crate_take_out(
        self,
        code: str,
        body: TakeOut,
        *,
        command_id: UUID | str | None = None,
    ) -> CrateGoodsAnswer:
        """Take goods out of a crate: handed out, used here, or written off.

        Where the depot wants a second person to agree, nothing is done yet: DepotError with
        status 202, and `asked` in its details.

        POST /api/v1/crates/{code}/take-out
        """
        answer: CrateGoodsAnswer = self._write(
            "POST", f"/api/v1/crates/{_part(code)}/take-out", body, command_id
        )
        return answer

    def get_depots(self) -> DepotsAnswer:
        """List the depots that this one works with.

        GET /api/v1/depots
        """
        answer: DepotsAnswer = self._ask("GET", "/api/v1/depots")
        return answer

    def get_depot_stock(self, other_id: int) -> SharedStockAnswer:
        """List what another depot shows of its free stock.

        GET /api/v1/depots/{other_id}/stock
        """
        answer: SharedStockAnswer = self._ask("GET", f"/api/v1/depots/{_part(other_id)}/stock")
        return answer

    def get_devices(self) -> DeviceListAnswer:
        """List the depot's own devices, and those that wait to be set up.

        GET /api/v1/devices
        """
        answer: DeviceListAnswer = self._ask("GET", "/api/v1/devices")
        return answer

    def post_devices(
        self,
        body: AddDevice,
        *,
        command_id: UUID | str | None = None,
    ) -> AddedDeviceAnswer:
        """Make a device. It is one as soon as `url` is opened on it, once.

        POST /api/v1/devices
        """
        answer: AddedDeviceAnswer = self._write("POST", "/api/v1/devices", body, command_id)
        return answer

    def post_devices_pins(
        self,
        body: AskForPins | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> EndedDeviceAnswer:
        """Have the depot's own devices ask for a PIN, or no more.

        POST /api/v1/devices/pins
        """
        answer: EndedDeviceAnswer = self._write("POST", "/api/v1/devices/pins", body, command_id)
        return answer

    def post_device_end(
        self,
        device_id: int,
        body: EndDevice | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> EndedDeviceAnswer:
        """End a device, with whoever is at it. What waits on it is kept.

        POST /api/v1/devices/{device_id}/end
        """
        answer: EndedDeviceAnswer = self._write(
            "POST", f"/api/v1/devices/{_part(device_id)}/end", body, command_id
        )
        return answer

    def get_discrepancies(
        self,
        *,
        state: Literal["open", "settled"] | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> DiscrepanciesAnswer:
        """List the things to look at, the newest first; coordinators only.

        GET /api/v1/discrepancies
        """
        query: dict[str, object] = {
            "state": state,
            "after": after,
            "limit": limit,
        }
        answer: DiscrepanciesAnswer = self._ask("GET", "/api/v1/discrepancies", query)
        return answer

    def all_discrepancies(
        self,
        *,
        state: Literal["open", "settled"] | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> Iterator[DiscrepancyRow]:
        """Go over all rows of get_discrepancies, page after page."""

        def read(on_from: int | None) -> DiscrepanciesAnswer:
            return self.get_discrepancies(
                state=state,
                after=on_from,
                limit=limit,
            )

        return _all_rows(read, "discrepancies", after)

    def post_discrepancy_settle(
        self,
        discrepancy_id: int,
        body: Resolution,
        *,
        command_id: UUID | str | None = None,
    ) -> DiscrepancySettled:
        """Settle a thing to look at: right as it is, undone, or never mind. Coordinators only.

        POST /api/v1/discrepancies/{discrepancy_id}/settle
        """
        answer: DiscrepancySettled = self._write(
            "POST", f"/api/v1/discrepancies/{_part(discrepancy_id)}/settle", body, command_id
        )
        return answer

    def get_duties(self) -> DutyListAnswer:
        """List the duties: who holds each, and whose turn it is next.

        Nobody is put into a duty by a program: people say yes or no themselves.

        GET /api/v1/duties
        """
        answer: DutyListAnswer = self._ask("GET", "/api/v1/duties")
        return answer

    def get_entries(
        self,
        *,
        kind: FeedEntryKind | None = None,
        person: str | None = None,
        item: str | None = None,
        place: str | None = None,
        partner: str | None = None,
        event: str | None = None,
        since: datetime.date | str | None = None,
        until: datetime.date | str | None = None,
        text: str | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> EntriesAnswer:
        """List entries, the newest first.

        GET /api/v1/entries
        """
        query: dict[str, object] = {
            "kind": kind,
            "person": person,
            "item": item,
            "place": place,
            "partner": partner,
            "event": event,
            "since": since,
            "until": until,
            "text": text,
            "after": after,
            "limit": limit,
        }
        answer: EntriesAnswer = self._ask("GET", "/api/v1/entries", query)
        return answer

    def all_entries(
        self,
        *,
        kind: FeedEntryKind | None = None,
        person: str | None = None,
        item: str | None = None,
        place: str | None = None,
        partner: str | None = None,
        event: str | None = None,
        since: datetime.date | str | None = None,
        until: datetime.date | str | None = None,
        text: str | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> Iterator[EntryAnswer]:
        """Go over all rows of get_entries, page after page."""

        def read(on_from: int | None) -> EntriesAnswer:
            return self.get_entries(
                kind=kind,
                person=person,
                item=item,
                place=place,
                partner=partner,
                event=event,
                since=since,
                until=until,
                text=text,
                after=on_from,
                limit=limit,
            )

        return _all_rows(read, "entries", after)

    def get_entry(self, entry_id: int) -> EntryAnswer:
        """Show one entry with its lines.

        GET /api/v1/entries/{entry_id}
        """
        answer: EntryAnswer = self._ask("GET", f"/api/v1/entries/{_part(entry_id)}")
        return answer

    def post_entry_reversal(
        self,
        entry_id: int,
        body: Reversal | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> ReversalAnswer:
        """Undo an entry; what cannot be taken back is listed for a coordinator.

        POST /api/v1/entries/{entry_id}/reversal
        """
        answer: ReversalAnswer = self._write(
            "POST", f"/api/v1/entries/{_part(entry_id)}/reversal", body, command_id
        )
        return answer

    def get_events(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> HandOutList:
        """List the hand-outs, the oldest first.

        GET /api/v1/events
        """
        query: dict[str, object] = {
            "after": after,
            "limit": limit,
        }
        answer: HandOutList = self._ask("GET", "/api/v1/events", query)
        return answer

    def all_events(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> Iterator[HandOut]:
        """Go over all rows of get_events, page after page."""

        def read(on_from: int | None) -> HandOutList:
            return self.get_events(
                after=on_from,
                limit=limit,
            )

        return _all_rows(read, "events", after)

    def post_events(
        self,
        body: EventPlan,
        *,
        command_id: UUID | str | None = None,
    ) -> EventStateAnswer:
        """Plan a hand-out.

        POST /api/v1/events
        """
        answer: EventStateAnswer = self._write("POST", "/api/v1/events", body, command_id)
        return answer

    def get_event(self, event_id: int) -> HandOut:
        """Tell of one hand-out.

        GET /api/v1/events/{event_id}
        """
        answer: HandOut = self._ask("GET", f"/api/v1/events/{_part(event_id)}")
        return answer

    def put_event(
        self,
        event_id: int,
        body: EventChange,
        *,
        command_id: UUID | str | None = None,
    ) -> EventStateAnswer:
        """Say anew when and where a hand-out is.

        PUT /api/v1/events/{event_id}
        """
        answer: EventStateAnswer = self._write(
            "PUT", f"/api/v1/events/{_part(event_id)}", body, command_id
        )
        return answer

    def post_event_call_off(
        self,
        event_id: int,
        body: EventCallOff | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> EventStateAnswer:
        """Call a planned hand-out off.

        POST /api/v1/events/{event_id}/call-off
        """
        answer: EventStateAnswer = self._write(
            "POST", f"/api/v1/events/{_part(event_id)}/call-off", body, command_id
        )
        return answer

    def post_event_close(
        self,
        event_id: int,
        body: EventClose | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> EventStateAnswer:
        """Close a hand-out.

        POST /api/v1/events/{event_id}/close
        """
        answer: EventStateAnswer = self._write(
            "POST", f"/api/v1/events/{_part(event_id)}/close", body, command_id
        )
        return answer

    def post_event_issues(
        self,
        event_id: int,
        body: EventIssue | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> EventGoodsAnswer:
        """Hand out a crate, or lines booked oldest date first.

        POST /api/v1/events/{event_id}/issues
        """
        answer: EventGoodsAnswer = self._write(
            "POST", f"/api/v1/events/{_part(event_id)}/issues", body, command_id
        )
        return answer

    def post_event_name_sheet(
        self,
        event_id: int,
        body: WriteName,
        *,
        command_id: UUID | str | None = None,
    ) -> WrittenAnswer:
        """Write a household onto the sheet of a hand-out: a name, and of how many people it is.

        POST /api/v1/events/{event_id}/name-sheet
        """
        answer: WrittenAnswer = self._write(
            "POST", f"/api/v1/events/{_part(event_id)}/name-sheet", body, command_id
        )
        return answer

    def post_event_parcels(
        self,
        event_id: int,
        body: ParcelOut,
        *,
        command_id: UUID | str | None = None,
    ) -> ParcelOutAnswer:
        """Hand out a parcel and count its household: one entry.

        POST /api/v1/events/{event_id}/parcels
        """
        answer: ParcelOutAnswer = self._write(
            "POST", f"/api/v1/events/{_part(event_id)}/parcels", body, command_id
        )
        return answer

    def post_event_people(
        self,
        event_id: int,
        body: EventPeople,
        *,
        command_id: UUID | str | None = None,
    ) -> EventPeopleAnswer:
        """Add people helped; what is left out was not asked.

        POST /api/v1/events/{event_id}/people
        """
        answer: EventPeopleAnswer = self._write(
            "POST", f"/api/v1/events/{_part(event_id)}/people", body, command_id
        )
        return answer

    def post_event_picks(
        self,
        event_id: int,
        body: EventPick | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> EventPickAnswer:
        """Say what was fetched for a hand-out; no stock is moved.

        POST /api/v1/events/{event_id}/picks
        """
        answer: EventPickAnswer = self._write(
            "POST", f"/api/v1/events/{_part(event_id)}/picks", body, command_id
        )
        return answer

    def get_event_plan(self, event_id: int) -> EventGoodsPlanAnswer:
        """Tell what a hand-out is to have, and how much of it is promised, and short.

        GET /api/v1/events/{event_id}/plan
        """
        answer: EventGoodsPlanAnswer = self._ask("GET", f"/api/v1/events/{_part(event_id)}/plan")
        return answer

    def put_event_plan(
        self,
        event_id: int,
        body: EventGoodsPlan | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> EventGoodsPlanAnswer:
        """Say what a hand-out is to have; as much of it as nobody else was promised is set aside.

        PUT /api/v1/events/{event_id}/plan
        """
        answer: EventGoodsPlanAnswer = self._write(
            "PUT", f"/api/v1/events/{_part(event_id)}/plan", body, command_id
        )
        return answer

    def post_event_returns(
        self,
        event_id: int,
        body: EventReturn | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> EventGoodsAnswer:
        """Bring back lines, or what is still out of a crate.

        POST /api/v1/events/{event_id}/returns
        """
        answer: EventGoodsAnswer = self._write(
            "POST", f"/api/v1/events/{_part(event_id)}/returns", body, command_id
        )
        return answer

    def post_event_visits(
        self,
        event_id: int,
        body: Visit,
        *,
        command_id: UUID | str | None = None,
    ) -> VisitAnswer:
        """Count a household by its card; scanned twice at a hand-out it is counted once.

        POST /api/v1/events/{event_id}/visits
        """
        answer: VisitAnswer = self._write(
            "POST", f"/api/v1/events/{_part(event_id)}/visits", body, command_id
        )
        return answer

    def get_feed(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
        kinds: str | None = None,
    ) -> FeedAnswer:
        """List the entries of the ledger after a cursor, the oldest first, and none is passed over.

        Begin with `after` 0, keep `next`, and ask again with it: at once while there is `more`.
        There is no name of anybody in it, and no note.

        GET /api/v1/feed
        """
        query: dict[str, object] = {
            "after": after,
            "limit": limit,
            "kinds": kinds,
        }
        answer: FeedAnswer = self._ask("GET", "/api/v1/feed", query)
        return answer

    def follow_feed(
        self,
        *,
        after: int = 0,
        limit: int | None = None,
        kinds: str | None = None,
    ) -> Feed[FeedEntry]:
        """Go over all of get_feed in order, and on from there: see Feed."""

        def read(on_from: int) -> FeedAnswer:
            return self.get_feed(
                after=on_from,
                limit=limit,
                kinds=kinds,
            )

        return Feed(read, "entries", after)

    def post_freezing(
        self,
        body: Freezing,
        *,
        command_id: UUID | str | None = None,
    ) -> ChangedAnswer:
        """Freeze goods before their use-by date; they are a lot of their own then.

        POST /api/v1/freezing
        """
        answer: ChangedAnswer = self._write("POST", "/api/v1/freezing", body, command_id)
        return answer

    def get_frozen_lives(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> FrozenLivesAnswer:
        """List how long goods keep once frozen and thawed, by category and item.

        GET /api/v1/frozen-lives
        """
        query: dict[str, object] = {
            "after": after,
            "limit": limit,
        }
        answer: FrozenLivesAnswer = self._ask("GET", "/api/v1/frozen-lives", query)
        return answer

    def all_frozen_lives(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> Iterator[FrozenLifeAnswer]:
        """Go over all rows of get_frozen_lives, page after page."""

        def read(on_from: int | None) -> FrozenLivesAnswer:
            return self.get_frozen_lives(
                after=on_from,
                limit=limit,
            )

        return _all_rows(read, "frozen_lives", after)

    def post_frozen_lives(
        self,
        body: FrozenLife | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> FrozenLifeSaved:
        """Say how long an item or a category keeps once frozen and thawed; coordinators only.

        POST /api/v1/frozen-lives
        """
        answer: FrozenLifeSaved = self._write("POST", "/api/v1/frozen-lives", body, command_id)
        return answer

    def get_handbook(self) -> HandbookAnswer:
        """List the pages of the handbook that are in use.

        GET /api/v1/handbook
        """
        answer: HandbookAnswer = self._ask("GET", "/api/v1/handbook")
        return answer

    def get_here(self) -> HereList:
        """List who is here now, first-timers before the others.

        GET /api/v1/here
        """
        answer: HereList = self._ask("GET", "/api/v1/here")
        return answer

    def post_holds(
        self,
        body: Hold,
        *,
        command_id: UUID | str | None = None,
    ) -> HoldAnswer:
        """Hold back the lots that fit all that is named, and what comes of the same.

        POST /api/v1/holds
        """
        answer: HoldAnswer = self._write("POST", "/api/v1/holds", body, command_id)
        return answer

    def post_hold_release(
        self,
        hold_id: int,
        body: Release,
        *,
        command_id: UUID | str | None = None,
    ) -> ReleaseAnswer:
        """Let what was held back go out again: a coordinator, with a reason.

        Where the depot wants a second person to agree, nothing is done yet: DepotError with
        status 202, and `asked` in its details.

        POST /api/v1/holds/{hold_id}/release
        """
        answer: ReleaseAnswer = self._write(
            "POST", f"/api/v1/holds/{_part(hold_id)}/release", body, command_id
        )
        return answer

    def get_hours(self, *, period: str | None = None) -> HoursAnswer:
        """Tell how often people came in a period, how many, and for how long; nobody is named.

        Who did not say that they left, left with the shift that they came for.

        `period`: 2026-W47, 2026-11, 2026-Q4, 2026, or two days: first--last.

        GET /api/v1/hours
        """
        query: dict[str, object] = {
            "period": period,
        }
        answer: HoursAnswer = self._ask("GET", "/api/v1/hours", query)
        return answer

    def get_imports(self) -> ImportsAnswer:
        """List the last imports, the newest first; coordinators only.

        GET /api/v1/imports
        """
        answer: ImportsAnswer = self._ask("GET", "/api/v1/imports")
        return answer

    def post_imports(
        self,
        body: SentTable,
        *,
        command_id: UUID | str | None = None,
    ) -> ImportedAnswer:
        """Take a table in: all of it, or nothing and 422 with each row's problems. Coordinators
        only.

        With `skip_problems` the rows that have any are left out.

        POST /api/v1/imports
        """
        answer: ImportedAnswer = self._write("POST", "/api/v1/imports", body, command_id)
        return answer

    def post_import_undo(
        self,
        import_id: int,
        *,
        command_id: UUID | str | None = None,
    ) -> UndoneAnswer:
        """Undo an import: what it made goes, what is in use stays. Coordinators only.

        POST /api/v1/imports/{import_id}/undo
        """
        answer: UndoneAnswer = self._write(
            "POST", f"/api/v1/imports/{_part(import_id)}/undo", None, command_id
        )
        return answer

    def get_items(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> ItemsAnswer:
        """List the items.

        GET /api/v1/items
        """
        query: dict[str, object] = {
            "after": after,
            "limit": limit,
        }
        answer: ItemsAnswer = self._ask("GET", "/api/v1/items", query)
        return answer

    def all_items(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> Iterator[ItemRow]:
        """Go over all rows of get_items, page after page."""

        def read(on_from: int | None) -> ItemsAnswer:
            return self.get_items(
                after=on_from,
                limit=limit,
            )

        return _all_rows(read, "items", after)

    def post_items(
        self,
        body: NewItem,
        *,
        command_id: UUID | str | None = None,
    ) -> SavedAnswer:
        """Make an item; coordinators only.

        POST /api/v1/items
        """
        answer: SavedAnswer = self._write("POST", "/api/v1/items", body, command_id)
        return answer

    def get_item(self, item_id: int) -> ItemAnswer:
        """Tell of one item.

        GET /api/v1/items/{item_id}
        """
        answer: ItemAnswer = self._ask("GET", f"/api/v1/items/{_part(item_id)}")
        return answer

    def patch_item(
        self,
        item_id: int,
        body: ItemChange | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> SavedAnswer:
        """Change an item; what is not said stays as it is. Coordinators only.

        PATCH /api/v1/items/{item_id}
        """
        answer: SavedAnswer = self._write(
            "PATCH", f"/api/v1/items/{_part(item_id)}", body, command_id
        )
        return answer

    def get_item_photo(self, item_id: int) -> PhotoAnswer:
        """Tell an item's photo.

        GET /api/v1/items/{item_id}/photo
        """
        answer: PhotoAnswer = self._ask("GET", f"/api/v1/items/{_part(item_id)}/photo")
        return answer

    def put_item_photo(
        self,
        item_id: int,
        body: KeepPhoto,
        *,
        command_id: UUID | str | None = None,
    ) -> ItemShownAnswer:
        """Keep a photo by which an item is known; the one it had goes. Coordinators only.

        PUT /api/v1/items/{item_id}/photo
        """
        answer: ItemShownAnswer = self._write(
            "PUT", f"/api/v1/items/{_part(item_id)}/photo", body, command_id
        )
        return answer

    def post_item_photo_remove(
        self,
        item_id: int,
        *,
        command_id: UUID | str | None = None,
    ) -> ItemShownAnswer:
        """Take an item's photo away. Coordinators only.

        POST /api/v1/items/{item_id}/photo/remove
        """
        answer: ItemShownAnswer = self._write(
            "POST", f"/api/v1/items/{_part(item_id)}/photo/remove", None, command_id
        )
        return answer

    def get_join_links(self) -> JoinLinkList:
        """List the links by which people may join now, the newest first.

        GET /api/v1/join-links
        """
        answer: JoinLinkList = self._ask("GET", "/api/v1/join-links")
        return answer

    def post_join_links(
        self,
        body: OpenJoinLink | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> JoinLinkAnswer:
        """Make a link by which people join under a first name, until it ends.

        POST /api/v1/join-links
        """
        answer: JoinLinkAnswer = self._write("POST", "/api/v1/join-links", body, command_id)
        return answer

    def post_join_link_close(
        self,
        link_id: int,
        *,
        command_id: UUID | str | None = None,
    ) -> ClosedJoinLinkAnswer:
        """Close a link: nobody joins by it any more, and who joined stays.

        POST /api/v1/join-links/{link_id}/close
        """
        answer: ClosedJoinLinkAnswer = self._write(
            "POST", f"/api/v1/join-links/{_part(link_id)}/close", None, command_id
        )
        return answer

    def post_leave(
        self,
        body: Leave | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> MarkAnswer:
        """Write down that somebody goes.

        POST /api/v1/leave
        """
        answer: MarkAnswer = self._write("POST", "/api/v1/leave", body, command_id)
        return answer

    def get_locations(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> LocationsAnswer:
        """List the places inside and the crates.

        GET /api/v1/locations
        """
        query: dict[str, object] = {
            "after": after,
            "limit": limit,
        }
        answer: LocationsAnswer = self._ask("GET", "/api/v1/locations", query)
        return answer

    def all_locations(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> Iterator[LocationRow]:
        """Go over all rows of get_locations, page after page."""

        def read(on_from: int | None) -> LocationsAnswer:
            return self.get_locations(
                after=on_from,
                limit=limit,
            )

        return _all_rows(read, "locations", after)

    def post_locations(
        self,
        body: NewPlace,
        *,
        command_id: UUID | str | None = None,
    ) -> SavedAnswer:
        """Make a place; coordinators only.

        POST /api/v1/locations
        """
        answer: SavedAnswer = self._write("POST", "/api/v1/locations", body, command_id)
        return answer

    def get_location(self, location_id: int) -> LocationAnswer:
        """Tell of one place or crate.

        GET /api/v1/locations/{location_id}
        """
        answer: LocationAnswer = self._ask("GET", f"/api/v1/locations/{_part(location_id)}")
        return answer

    def patch_location(
        self,
        location_id: int,
        body: PlaceChange | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> SavedAnswer:
        """Change a place; what is not said stays as it is. Coordinators only.

        PATCH /api/v1/locations/{location_id}
        """
        answer: SavedAnswer = self._write(
            "PATCH", f"/api/v1/locations/{_part(location_id)}", body, command_id
        )
        return answer

    def post_location_count(
        self,
        location_id: int,
        body: CountPlace | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> PlaceCountAnswer:
        """Say what was counted at a place; only differences are booked.

        With `complete`, which is for coordinators, what is not named is not there. A crate that
        is not named is asked about and keeps its goods.

        POST /api/v1/locations/{location_id}/count
        """
        answer: PlaceCountAnswer = self._write(
            "POST", f"/api/v1/locations/{_part(location_id)}/count", body, command_id
        )
        return answer

    def get_location_temperatures(
        self,
        location_id: int,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> ReadingsAnswer:
        """List what was read at a place, with what was struck out.

        GET /api/v1/locations/{location_id}/temperatures
        """
        query: dict[str, object] = {
            "after": after,
            "limit": limit,
        }
        answer: ReadingsAnswer = self._ask(
            "GET", f"/api/v1/locations/{_part(location_id)}/temperatures", query
        )
        return answer

    def all_location_temperatures(
        self,
        location_id: int,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> Iterator[ReadingRow]:
        """Go over all rows of get_location_temperatures, page after page."""

        def read(on_from: int | None) -> ReadingsAnswer:
            return self.get_location_temperatures(
                location_id,
                after=on_from,
                limit=limit,
            )

        return _all_rows(read, "readings", after)

    def post_location_temperatures(
        self,
        location_id: int,
        body: Reading,
        *,
        command_id: UUID | str | None = None,
    ) -> ReadingAnswer:
        """Say what a thermometer shows. Whatever it is, it is kept; nothing in it is rounded.

        POST /api/v1/locations/{location_id}/temperatures
        """
        answer: ReadingAnswer = self._write(
            "POST", f"/api/v1/locations/{_part(location_id)}/temperatures", body, command_id
        )
        return answer

    def post_mark_take_back(
        self,
        mark_id: int,
        *,
        command_id: UUID | str | None = None,
    ) -> MarkAnswer:
        """Take back that somebody came or left: it was a mistake.

        POST /api/v1/marks/{mark_id}/take-back
        """
        answer: MarkAnswer = self._write(
            "POST", f"/api/v1/marks/{_part(mark_id)}/take-back", None, command_id
        )
        return answer

    def get_meetings(self) -> MeetingListAnswer:
        """List the meetings of the last half year and of the next eight weeks.

        One is planned as any activity is: `POST /activities` with the kind `meeting`.

        GET /api/v1/meetings
        """
        answer: MeetingListAnswer = self._ask("GET", "/api/v1/meetings")
        return answer

    def get_meeting(self, meeting: str) -> MeetingAnswer:
        """Tell a meeting with its agenda, its minutes and the tasks that came of it.

        GET /api/v1/meetings/{meeting}
        """
        answer: MeetingAnswer = self._ask("GET", f"/api/v1/meetings/{_part(meeting)}")
        return answer

    def post_meeting_agenda(
        self,
        meeting: str,
        body: Agenda | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> AgendaItemAnswer:
        """Put something on the agenda, or a proposal that is to be decided.

        POST /api/v1/meetings/{meeting}/agenda
        """
        answer: AgendaItemAnswer = self._write(
            "POST", f"/api/v1/meetings/{_part(meeting)}/agenda", body, command_id
        )
        return answer

    def post_meeting_tasks(
        self,
        meeting: str,
        body: MeetingTask,
        *,
        command_id: UUID | str | None = None,
    ) -> AgendaItemAnswer:
        """Write down who is to do what by when. Whom it asks says yes or no.

        POST /api/v1/meetings/{meeting}/tasks
        """
        answer: AgendaItemAnswer = self._write(
            "POST", f"/api/v1/meetings/{_part(meeting)}/tasks", body, command_id
        )
        return answer

    def post_meeting_there(
        self,
        meeting: str,
        body: There | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> AgendaNumberAnswer:
        """Write down who else was there, and how many in all.

        POST /api/v1/meetings/{meeting}/there
        """
        answer: AgendaNumberAnswer = self._write(
            "POST", f"/api/v1/meetings/{_part(meeting)}/there", body, command_id
        )
        return answer

    def get_name_sheets(self) -> SheetsAnswer:
        """Tell which sheets there are, how many households each has, and when its names go.

        No program reads a name: the right to is a person's.

        GET /api/v1/name-sheets
        """
        answer: SheetsAnswer = self._ask("GET", "/api/v1/name-sheets")
        return answer

    def get_needs(self) -> NeedsAnswer:
        """List how each category stands, and each item with a rule of its own.

        GET /api/v1/needs
        """
        answer: NeedsAnswer = self._ask("GET", "/api/v1/needs")
        return answer

    def put_needs_category(
        self,
        category_id: int,
        body: NeedRule | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> NeedRuleAnswer:
        """Say the whole rule of a category; one that says nothing is taken away. Coordinators only.

        PUT /api/v1/needs/category/{category_id}
        """
        answer: NeedRuleAnswer = self._write(
            "PUT", f"/api/v1/needs/category/{_part(category_id)}", body, command_id
        )
        return answer

    def put_needs_item(
        self,
        item_id: int,
        body: NeedRule | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> NeedRuleAnswer:
        """Say the whole rule of an item; one that says nothing is taken away. Coordinators only.

        PUT /api/v1/needs/item/{item_id}
        """
        answer: NeedRuleAnswer = self._write(
            "PUT", f"/api/v1/needs/item/{_part(item_id)}", body, command_id
        )
        return answer

    def get_notes(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> NotesAnswer:
        """List handovers and notices in the order in which they came here.

        `written_at` is when it was written, on a phone perhaps long before.

        GET /api/v1/notes
        """
        query: dict[str, object] = {
            "after": after,
            "limit": limit,
        }
        answer: NotesAnswer = self._ask("GET", "/api/v1/notes", query)
        return answer

    def all_notes(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> Iterator[NoteRow]:
        """Go over all rows of get_notes, page after page."""

        def read(on_from: int | None) -> NotesAnswer:
            return self.get_notes(
                after=on_from,
                limit=limit,
            )

        return _all_rows(read, "notes", after)

    def post_notes(
        self,
        body: Note,
        *,
        command_id: UUID | str | None = None,
    ) -> NoteAnswer:
        """Write a note for the next shift, or a notice that hangs until a day.

        It names nobody of the people who are served.

        POST /api/v1/notes
        """
        answer: NoteAnswer = self._write("POST", "/api/v1/notes", body, command_id)
        return answer

    def post_note_take_down(
        self,
        note_id: int,
        *,
        command_id: UUID | str | None = None,
    ) -> NoteAnswer:
        """Erase the words of a note; that it was there stays.

        POST /api/v1/notes/{note_id}/take-down
        """
        answer: NoteAnswer = self._write(
            "POST", f"/api/v1/notes/{_part(note_id)}/take-down", None, command_id
        )
        return answer

    def get_offers(self) -> OffersAnswer:
        """List what the other depots offer now.

        GET /api/v1/offers
        """
        answer: OffersAnswer = self._ask("GET", "/api/v1/offers")
        return answer

    def post_offers(
        self,
        body: Offer,
        *,
        command_id: UUID | str | None = None,
    ) -> OfferMade:
        """Offer goods to the other depots, until an hour.

        POST /api/v1/offers
        """
        answer: OfferMade = self._write("POST", "/api/v1/offers", body, command_id)
        return answer

    def post_offer_take(
        self,
        offered_id: int,
        body: TakeOffer | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> TookAnswer:
        """Take goods that another depot offers: they are asked for as a transfer.

        POST /api/v1/offers/{offered_id}/take
        """
        answer: TookAnswer = self._write(
            "POST", f"/api/v1/offers/{_part(offered_id)}/take", body, command_id
        )
        return answer

    def get_parcels(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> ParcelsAnswer:
        """List the parcels in their newest versions.

        GET /api/v1/parcels
        """
        query: dict[str, object] = {
            "after": after,
            "limit": limit,
        }
        answer: ParcelsAnswer = self._ask("GET", "/api/v1/parcels", query)
        return answer

    def all_parcels(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> Iterator[ParcelAnswer]:
        """Go over all rows of get_parcels, page after page."""

        def read(on_from: int | None) -> ParcelsAnswer:
            return self.get_parcels(
                after=on_from,
                limit=limit,
            )

        return _all_rows(read, "parcels", after)

    def post_parcels(
        self,
        body: Parcel,
        *,
        command_id: UUID | str | None = None,
    ) -> ParcelSaved:
        """Make a parcel, or the next version of the one of that name; coordinators only.

        POST /api/v1/parcels
        """
        answer: ParcelSaved = self._write("POST", "/api/v1/parcels", body, command_id)
        return answer

    def get_parcel(self, parcel_id: int) -> ParcelAnswer:
        """Return a parcel in its newest version.

        GET /api/v1/parcels/{parcel_id}
        """
        answer: ParcelAnswer = self._ask("GET", f"/api/v1/parcels/{_part(parcel_id)}")
        return answer

    def patch_parcel(
        self,
        parcel_id: int,
        body: ParcelChange | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> ParcelSaved:
        """Change a parcel; what is not said stays as it is. Coordinators only.

        PATCH /api/v1/parcels/{parcel_id}
        """
        answer: ParcelSaved = self._write(
            "PATCH", f"/api/v1/parcels/{_part(parcel_id)}", body, command_id
        )
        return answer

    def get_partners(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> PartnersAnswer:
        """List the partners.

        GET /api/v1/partners
        """
        query: dict[str, object] = {
            "after": after,
            "limit": limit,
        }
        answer: PartnersAnswer = self._ask("GET", "/api/v1/partners", query)
        return answer

    def all_partners(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> Iterator[PartnerRow]:
        """Go over all rows of get_partners, page after page."""

        def read(on_from: int | None) -> PartnersAnswer:
            return self.get_partners(
                after=on_from,
                limit=limit,
            )

        return _all_rows(read, "partners", after)

    def post_partners(
        self,
        body: NewPartner,
        *,
        command_id: UUID | str | None = None,
    ) -> SavedAnswer:
        """Make a partner; coordinators only.

        POST /api/v1/partners
        """
        answer: SavedAnswer = self._write("POST", "/api/v1/partners", body, command_id)
        return answer

    def get_partner(self, partner_id: int) -> PartnerAnswer:
        """Tell of one partner.

        GET /api/v1/partners/{partner_id}
        """
        answer: PartnerAnswer = self._ask("GET", f"/api/v1/partners/{_part(partner_id)}")
        return answer

    def patch_partner(
        self,
        partner_id: int,
        body: PartnerChange | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> SavedAnswer:
        """Change a partner; what is not said stays as it is. Coordinators only.

        PATCH /api/v1/partners/{partner_id}
        """
        answer: SavedAnswer = self._write(
            "PATCH", f"/api/v1/partners/{_part(partner_id)}", body, command_id
        )
        return answer

    def get_playbook(self) -> Playbook:
        """Return how this depot works, without goods and people, for another one to take.

        GET /api/v1/playbook
        """
        answer: Playbook = self._ask("GET", "/api/v1/playbook")
        return answer

    def get_playbooks(self) -> OfferedPlaybooksAnswer:
        """List the playbooks that the program brings along.

        GET /api/v1/playbooks
        """
        answer: OfferedPlaybooksAnswer = self._ask("GET", "/api/v1/playbooks")
        return answer

    def post_playbooks(
        self,
        body: TakePlaybook | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> TakenPlaybookAnswer:
        """Make what a playbook holds and the depot has not; coordinators only.

        It is named by its `key`, or is whole in `playbook`, as GET /playbook writes one.

        POST /api/v1/playbooks
        """
        answer: TakenPlaybookAnswer = self._write("POST", "/api/v1/playbooks", body, command_id)
        return answer

    def post_production(
        self,
        body: Production | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> ProductionAnswer:
        """Use up the inputs, oldest date first, and make the outputs.

        POST /api/v1/production
        """
        answer: ProductionAnswer = self._write("POST", "/api/v1/production", body, command_id)
        return answer

    def get_proposals(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
        state: Literal["open", "in_force", "due", "settled"] | None = None,
        as_of: datetime.date | str | None = None,
    ) -> ProposalsAnswer:
        """List what is to be decided, what is in force on a day, or due to be looked at again.

        `state=settled` lists what was settled whatever came of it, the newest first; there
        `after` is the last number of the page before.

        `as_of`: Of what is in force: at the end of which day; else today.

        GET /api/v1/proposals
        """
        query: dict[str, object] = {
            "after": after,
            "limit": limit,
            "state": state,
            "as_of": as_of,
        }
        answer: ProposalsAnswer = self._ask("GET", "/api/v1/proposals", query)
        return answer

    def all_proposals(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
        state: Literal["open", "in_force", "due", "settled"] | None = None,
        as_of: datetime.date | str | None = None,
    ) -> Iterator[ProposalRow]:
        """Go over all rows of get_proposals, page after page."""

        def read(on_from: int | None) -> ProposalsAnswer:
            return self.get_proposals(
                after=on_from,
                limit=limit,
                state=state,
                as_of=as_of,
            )

        return _all_rows(read, "proposals", after)

    def post_proposals(
        self,
        body: Proposal,
        *,
        command_id: UUID | str | None = None,
    ) -> SavedProposalAnswer:
        """Put a proposal where everybody can read it.

        POST /api/v1/proposals
        """
        answer: SavedProposalAnswer = self._write("POST", "/api/v1/proposals", body, command_id)
        return answer

    def get_proposal(self, proposal_id: int) -> ProposalAnswer:
        """Tell what a proposal says, what was said to it, and whether it stands.

        GET /api/v1/proposals/{proposal_id}
        """
        answer: ProposalAnswer = self._ask("GET", f"/api/v1/proposals/{_part(proposal_id)}")
        return answer

    def post_proposal_keep(
        self,
        proposal_id: int,
        body: Keep,
        *,
        command_id: UUID | str | None = None,
    ) -> KeptAnswer:
        """Say that what is in force was looked at again, and stays until the next time.

        POST /api/v1/proposals/{proposal_id}/keep
        """
        answer: KeptAnswer = self._write(
            "POST", f"/api/v1/proposals/{_part(proposal_id)}/keep", body, command_id
        )
        return answer

    def post_proposal_responses(
        self,
        proposal_id: int,
        body: Response,
        *,
        command_id: UUID | str | None = None,
    ) -> ResponseAnswer:
        """Write down what somebody says to these words; a concern or an objection needs its reason.

        POST /api/v1/proposals/{proposal_id}/responses
        """
        answer: ResponseAnswer = self._write(
            "POST", f"/api/v1/proposals/{_part(proposal_id)}/responses", body, command_id
        )
        return answer

    def post_proposal_settle(
        self,
        proposal_id: int,
        body: Settle,
        *,
        command_id: UUID | str | None = None,
    ) -> SettledAnswer:
        """Write down what came of it. What somebody objects to with a reason is not agreed to.

        POST /api/v1/proposals/{proposal_id}/settle
        """
        answer: SettledAnswer = self._write(
            "POST", f"/api/v1/proposals/{_part(proposal_id)}/settle", body, command_id
        )
        return answer

    def post_proposal_wordings(
        self,
        proposal_id: int,
        body: Reword,
        *,
        command_id: UUID | str | None = None,
    ) -> SavedProposalAnswer:
        """Put it in other words: who objected to those of before is asked again.

        POST /api/v1/proposals/{proposal_id}/wordings
        """
        answer: SavedProposalAnswer = self._write(
            "POST", f"/api/v1/proposals/{_part(proposal_id)}/wordings", body, command_id
        )
        return answer

    def get_recalls(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> RecallsAnswer:
        """List the recalls, the newest first; `after` is the id of the last one of a page.

        GET /api/v1/recalls
        """
        query: dict[str, object] = {
            "after": after,
            "limit": limit,
        }
        answer: RecallsAnswer = self._ask("GET", "/api/v1/recalls", query)
        return answer

    def all_recalls(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> Iterator[RecallListed]:
        """Go over all rows of get_recalls, page after page."""

        def read(on_from: int | None) -> RecallsAnswer:
            return self.get_recalls(
                after=on_from,
                limit=limit,
            )

        return _all_rows(read, "recalls", after)

    def post_recalls(
        self,
        body: Recall,
        *,
        command_id: UUID | str | None = None,
    ) -> StartedAnswer:
        """Call goods back: hold what fits all that is named, and what was made of it.

        POST /api/v1/recalls
        """
        answer: StartedAnswer = self._write("POST", "/api/v1/recalls", body, command_id)
        return answer

    def get_recall(self, recall_id: int) -> WholeRecallAnswer:
        """Return a recall: what is here, where the rest went, who is to be told, what was done.

        GET /api/v1/recalls/{recall_id}
        """
        answer: WholeRecallAnswer = self._ask("GET", f"/api/v1/recalls/{_part(recall_id)}")
        return answer

    def post_recall_close(
        self,
        recall_id: int,
        body: Close | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> IdAnswer:
        """Close it: a coordinator. Its hold stays until it is lifted.

        Where the depot wants a second person to agree, nothing is done yet: DepotError with
        status 202, and `asked` in its details.

        POST /api/v1/recalls/{recall_id}/close
        """
        answer: IdAnswer = self._write(
            "POST", f"/api/v1/recalls/{_part(recall_id)}/close", body, command_id
        )
        return answer

    def post_recall_findings(
        self,
        recall_id: int,
        body: Finding,
        *,
        command_id: UUID | str | None = None,
    ) -> FindingAnswer:
        """Say what was found of it in a crate, or of a lot: destroyed, kept apart, or not there.

        POST /api/v1/recalls/{recall_id}/findings
        """
        answer: FindingAnswer = self._write(
            "POST", f"/api/v1/recalls/{_part(recall_id)}/findings", body, command_id
        )
        return answer

    def post_recall_notices(
        self,
        recall_id: int,
        body: Notice,
        *,
        command_id: UUID | str | None = None,
    ) -> IdAnswer:
        """Write down that somebody was told of it.

        POST /api/v1/recalls/{recall_id}/notices
        """
        answer: IdAnswer = self._write(
            "POST", f"/api/v1/recalls/{_part(recall_id)}/notices", body, command_id
        )
        return answer

    def post_receipts(
        self,
        body: Receipt,
        *,
        command_id: UUID | str | None = None,
    ) -> ReceiptAnswer:
        """Book a delivery.

        POST /api/v1/receipts
        """
        answer: ReceiptAnswer = self._write("POST", "/api/v1/receipts", body, command_id)
        return answer

    def get_recipes(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> RecipesAnswer:
        """List the recipes in their newest versions.

        GET /api/v1/recipes
        """
        query: dict[str, object] = {
            "after": after,
            "limit": limit,
        }
        answer: RecipesAnswer = self._ask("GET", "/api/v1/recipes", query)
        return answer

    def all_recipes(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> Iterator[RecipeSaid]:
        """Go over all rows of get_recipes, page after page."""

        def read(on_from: int | None) -> RecipesAnswer:
            return self.get_recipes(
                after=on_from,
                limit=limit,
            )

        return _all_rows(read, "recipes", after)

    def post_recipes(
        self,
        body: Recipe,
        *,
        command_id: UUID | str | None = None,
    ) -> RecipeSaved:
        """Make a recipe, or the next version of the one of that name; coordinators only.

        POST /api/v1/recipes
        """
        answer: RecipeSaved = self._write("POST", "/api/v1/recipes", body, command_id)
        return answer

    def get_reports_filed(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> FiledListAnswer:
        """List the filed reports, the newest first, without their figures.

        GET /api/v1/reports/filed
        """
        query: dict[str, object] = {
            "after": after,
            "limit": limit,
        }
        answer: FiledListAnswer = self._ask("GET", "/api/v1/reports/filed", query)
        return answer

    def all_reports_filed(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> Iterator[FiledHead]:
        """Go over all rows of get_reports_filed, page after page."""

        def read(on_from: int | None) -> FiledListAnswer:
            return self.get_reports_filed(
                after=on_from,
                limit=limit,
            )

        return _all_rows(read, "filed", after)

    def post_reports_filed(
        self,
        body: FilePeriod,
        *,
        command_id: UUID | str | None = None,
    ) -> ReportAnswer:
        """Freeze, number and seal the report of any period that is over. For coordinators.

        Where the depot wants a second person to agree, nothing is done yet: DepotError with
        status 202, and `asked` in its details.

        POST /api/v1/reports/filed
        """
        answer: ReportAnswer = self._write("POST", "/api/v1/reports/filed", body, command_id)
        return answer

    def get_reports_filed_number(self, number: int) -> ReportAnswer:
        """Return a report as it was filed: it never changes.

        GET /api/v1/reports/filed/{number}
        """
        answer: ReportAnswer = self._ask("GET", f"/api/v1/reports/filed/{_part(number)}")
        return answer

    def get_reports_filed_number_late(self, number: int) -> LateAnswer:
        """List the newest 200 lines that came in late since a report was filed, with the effect.

        GET /api/v1/reports/filed/{number}/late
        """
        answer: LateAnswer = self._ask("GET", f"/api/v1/reports/filed/{_part(number)}/late")
        return answer

    def get_reports_forms(self) -> FormListAnswer:
        """List the forms for funders.

        GET /api/v1/reports/forms
        """
        answer: FormListAnswer = self._ask("GET", "/api/v1/reports/forms")
        return answer

    def get_reports_form(
        self,
        key: str,
        *,
        period: str | None = None,
        filed: int | None = None,
    ) -> FilledAnswer:
        """Fill a form in for a period, or from the filed report of that number: grams and counts.

        A cell without a figure says why: it was not recorded, and is not zero. With `format` the
        form comes in another form, in the units that the funder asks for.

        GET /api/v1/reports/forms/{key}
        """
        query: dict[str, object] = {
            "period": period,
            "filed": filed,
        }
        answer: FilledAnswer = self._ask("GET", f"/api/v1/reports/forms/{_part(key)}", query)
        return answer

    def get_reports_form_as(
        self,
        key: str,
        format: Literal["text", "csv", "xlsx", "pdf", "html"],
        *,
        period: str | None = None,
        filed: int | None = None,
    ) -> bytes:
        """Return the same as get_reports_form in another form."""
        query: dict[str, object] = {
            "format": format,
            "period": period,
            "filed": filed,
        }
        return self._file(f"/api/v1/reports/forms/{_part(key)}", query)

    def get_reports_period(self, *, period: str | None = None) -> ReportAnswer:
        """Return the report of a month, a quarter, a year, a week or any days, like a week's.

        `period`: 2026-W47, 2026-11, 2026-Q4, 2026, or 2026-11-03--2026-11-20.

        GET /api/v1/reports/period
        """
        query: dict[str, object] = {
            "period": period,
        }
        answer: ReportAnswer = self._ask("GET", "/api/v1/reports/period", query)
        return answer

    def get_reports_period_as(
        self,
        format: Literal["text", "csv", "xlsx", "pdf", "html"],
        *,
        period: str | None = None,
    ) -> bytes:
        """Return the same as get_reports_period in another form."""
        query: dict[str, object] = {
            "format": format,
            "period": period,
        }
        return self._file("/api/v1/reports/period", query)

    def get_reports_weekly(self, *, week: str | None = None) -> ReportAnswer:
        """Return the report of a week: JSON, or with `format` in another form.

        A week that does not add up is no report: 500 `does_not_reconcile`, with the items named.

        `week`: 2026-W47; the last complete week if not said.

        GET /api/v1/reports/weekly
        """
        query: dict[str, object] = {
            "week": week,
        }
        answer: ReportAnswer = self._ask("GET", "/api/v1/reports/weekly", query)
        return answer

    def get_reports_weekly_as(
        self,
        format: Literal["text", "csv", "xlsx", "pdf", "html"],
        *,
        week: str | None = None,
    ) -> bytes:
        """Return the same as get_reports_weekly in another form."""
        query: dict[str, object] = {
            "format": format,
            "week": week,
        }
        return self._file("/api/v1/reports/weekly", query)

    def post_reports_weekly_week_file(
        self,
        week: str,
        body: FileWeek | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> ReportAnswer:
        """Freeze, number and seal the report of a week that is over. For coordinators.

        Where the depot wants a second person to agree, nothing is done yet: DepotError with
        status 202, and `asked` in its details.

        POST /api/v1/reports/weekly/{week}/file
        """
        answer: ReportAnswer = self._write(
            "POST", f"/api/v1/reports/weekly/{_part(week)}/file", body, command_id
        )
        return answer

    def get_requests(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> RequestsAnswer:
        """List what agencies asked for, with how each stands.

        GET /api/v1/requests
        """
        query: dict[str, object] = {
            "after": after,
            "limit": limit,
        }
        answer: RequestsAnswer = self._ask("GET", "/api/v1/requests", query)
        return answer

    def all_requests(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> Iterator[RequestRow]:
        """Go over all rows of get_requests, page after page."""

        def read(on_from: int | None) -> RequestsAnswer:
            return self.get_requests(
                after=on_from,
                limit=limit,
            )

        return _all_rows(read, "requests", after)

    def post_requests(
        self,
        body: AskGoods,
        *,
        command_id: UUID | str | None = None,
    ) -> RequestAnswer:
        """Write down what an agency asks for.

        POST /api/v1/requests
        """
        answer: RequestAnswer = self._write("POST", "/api/v1/requests", body, command_id)
        return answer

    def post_request_approve(
        self,
        request_id: int,
        body: Approve | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> RequestAnswer:
        """Promise what was asked for, in full or in part: it becomes the plan of a hand-out.

        POST /api/v1/requests/{request_id}/approve
        """
        answer: RequestAnswer = self._write(
            "POST", f"/api/v1/requests/{_part(request_id)}/approve", body, command_id
        )
        return answer

    def post_request_decline(
        self,
        request_id: int,
        body: DeclineForm | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> RequestAnswer:
        """Say no, or take an approval back.

        POST /api/v1/requests/{request_id}/decline
        """
        answer: RequestAnswer = self._write(
            "POST", f"/api/v1/requests/{_part(request_id)}/decline", body, command_id
        )
        return answer

    def post_request_hand_over(
        self,
        request_id: int,
        body: HandOver | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> HandedOverAnswer:
        """Book what an agency took as one issue with it as the partner.

        POST /api/v1/requests/{request_id}/hand-over
        """
        answer: HandedOverAnswer = self._write(
            "POST", f"/api/v1/requests/{_part(request_id)}/hand-over", body, command_id
        )
        return answer

    def get_rights(self) -> RightsAnswer:
        """Tell who may do what now, since when, until when and by which decision.

        The seal stands for the whole chain of changes: one that was noted shows that nothing
        before it was rewritten. `by` is null where whoever runs the program decided it.

        GET /api/v1/rights
        """
        answer: RightsAnswer = self._ask("GET", "/api/v1/rights")
        return answer

    def get_search(
        self,
        *,
        q: str | None = None,
        language: str | None = None,
    ) -> SearchAnswer:
        """Find what a text may mean: misspelt, without accents, in another order.

        GET /api/v1/search
        """
        query: dict[str, object] = {
            "q": q,
            "language": language,
        }
        answer: SearchAnswer = self._ask("GET", "/api/v1/search", query)
        return answer

    def get_series(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> SeriesListAnswer:
        """List the series, each with its rule and its next hand-out.

        GET /api/v1/series
        """
        query: dict[str, object] = {
            "after": after,
            "limit": limit,
        }
        answer: SeriesListAnswer = self._ask("GET", "/api/v1/series", query)
        return answer

    def all_series(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> Iterator[Series]:
        """Go over all rows of get_series, page after page."""

        def read(on_from: int | None) -> SeriesListAnswer:
            return self.get_series(
                after=on_from,
                limit=limit,
            )

        return _all_rows(read, "series", after)

    def post_series(
        self,
        body: StartSeries,
        *,
        command_id: UUID | str | None = None,
    ) -> SeriesAnswer:
        """Begin a series: its hand-outs of the next four weeks are there at once.

        POST /api/v1/series
        """
        answer: SeriesAnswer = self._write("POST", "/api/v1/series", body, command_id)
        return answer

    def post_series_change(
        self,
        series_id: int,
        body: ChangeSeries,
        *,
        command_id: UUID | str | None = None,
    ) -> SeriesAnswer:
        """Change a series from a day on; what was before that stays as it was.

        POST /api/v1/series/{series_id}/change
        """
        answer: SeriesAnswer = self._write(
            "POST", f"/api/v1/series/{_part(series_id)}/change", body, command_id
        )
        return answer

    def post_series_end(
        self,
        series_id: int,
        body: EndSeries,
        *,
        command_id: UUID | str | None = None,
    ) -> SeriesAnswer:
        """End a series with a day.

        POST /api/v1/series/{series_id}/end
        """
        answer: SeriesAnswer = self._write(
            "POST", f"/api/v1/series/{_part(series_id)}/end", body, command_id
        )
        return answer

    def post_series_except(
        self,
        series_id: int,
        body: ExceptDay,
        *,
        command_id: UUID | str | None = None,
    ) -> ExceptionAnswer:
        """Call one of its days off, or move it.

        POST /api/v1/series/{series_id}/except
        """
        answer: ExceptionAnswer = self._write(
            "POST", f"/api/v1/series/{_part(series_id)}/except", body, command_id
        )
        return answer

    def get_setting_changes(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> SettingChangesAnswer:
        """List what was set otherwise, in its order: by whom, when, why, before and after.

        `by` is null where whoever runs the program did it; `agreed_by` is the second person, if
        any.

        GET /api/v1/setting-changes
        """
        query: dict[str, object] = {
            "after": after,
            "limit": limit,
        }
        answer: SettingChangesAnswer = self._ask("GET", "/api/v1/setting-changes", query)
        return answer

    def all_setting_changes(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> Iterator[SettingChange]:
        """Go over all rows of get_setting_changes, page after page."""

        def read(on_from: int | None) -> SettingChangesAnswer:
            return self.get_setting_changes(
                after=on_from,
                limit=limit,
            )

        return _all_rows(read, "changes", after)

    def get_stock(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
        as_of: datetime.datetime | str | None = None,
        without: list[Allergens] | None = None,
        diet: list[str] | None = None,
        by: Literal["item", "lot"] | None = None,
    ) -> StockAnswer:
        """Tell what is here of each item, now or as of a past moment.

        `without`: What nobody looked at is without none of them.

        `by`: Lot: a line for each lot at each place, as it is now.

        GET /api/v1/stock
        """
        query: dict[str, object] = {
            "after": after,
            "limit": limit,
            "as_of": as_of,
            "without": without,
            "diet": diet,
            "by": by,
        }
        answer: StockAnswer = self._ask("GET", "/api/v1/stock", query)
        return answer

    def all_stock(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
        as_of: datetime.datetime | str | None = None,
        without: list[Allergens] | None = None,
        diet: list[str] | None = None,
        by: Literal["item", "lot"] | None = None,
    ) -> Iterator[StockRow]:
        """Go over all rows of get_stock, page after page."""

        def read(on_from: int | None) -> StockAnswer:
            return self.get_stock(
                after=on_from,
                limit=limit,
                as_of=as_of,
                without=without,
                diet=diet,
                by=by,
            )

        return _all_rows(read, "stock", after)

    def post_sync(self, body: Sync) -> SyncAnswer:
        """Deliver commands in order; each is done by itself, once, and answered by itself.

        POST /api/v1/sync
        """
        answer: SyncAnswer = self._ask("POST", "/api/v1/sync", None, body)
        return answer

    def get_tasks(self) -> TaskList:
        """List what is to be done, the soonest first.

        GET /api/v1/tasks
        """
        answer: TaskList = self._ask("GET", "/api/v1/tasks")
        return answer

    def post_tasks(
        self,
        body: Task,
        *,
        command_id: UUID | str | None = None,
    ) -> TaskAnswer:
        """Write a task down; from one thing grows one open task of a name.

        POST /api/v1/tasks
        """
        answer: TaskAnswer = self._write("POST", "/api/v1/tasks", body, command_id)
        return answer

    def post_temperature_strike_out(
        self,
        reading_id: int,
        body: StrikeOut,
        *,
        command_id: UUID | str | None = None,
    ) -> StrikeAnswer:
        """Say that a reading was a mistake, and why. It stays in the log, and counts no more.

        POST /api/v1/temperatures/{reading_id}/strike-out
        """
        answer: StrikeAnswer = self._write(
            "POST", f"/api/v1/temperatures/{_part(reading_id)}/strike-out", body, command_id
        )
        return answer

    def post_thawing(
        self,
        body: Thawing,
        *,
        command_id: UUID | str | None = None,
    ) -> ChangedAnswer:
        """Thaw goods; they are a lot of their own then, to be used soon.

        POST /api/v1/thawing
        """
        answer: ChangedAnswer = self._write("POST", "/api/v1/thawing", body, command_id)
        return answer

    def get_transfers(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> TransfersAnswer:
        """List what went to other depots and what comes from them.

        GET /api/v1/transfers
        """
        query: dict[str, object] = {
            "after": after,
            "limit": limit,
        }
        answer: TransfersAnswer = self._ask("GET", "/api/v1/transfers", query)
        return answer

    def all_transfers(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
    ) -> Iterator[TransferAnswer]:
        """Go over all rows of get_transfers, page after page."""

        def read(on_from: int | None) -> TransfersAnswer:
            return self.get_transfers(
                after=on_from,
                limit=limit,
            )

        return _all_rows(read, "transfers", after)

    def post_transfers(
        self,
        body: Send,
        *,
        command_id: UUID | str | None = None,
    ) -> SendAnswer:
        """Send crates and goods to a depot of the network.

        POST /api/v1/transfers
        """
        answer: SendAnswer = self._write("POST", "/api/v1/transfers", body, command_id)
        return answer

    def post_transfers_ask(
        self,
        body: AskTransfer,
        *,
        command_id: UUID | str | None = None,
    ) -> TransferSaidAnswer:
        """Ask another depot for goods.

        POST /api/v1/transfers/ask
        """
        answer: TransferSaidAnswer = self._write("POST", "/api/v1/transfers/ask", body, command_id)
        return answer

    def post_transfer_decline(
        self,
        asked_id: int,
        *,
        command_id: UUID | str | None = None,
    ) -> TransferSaidAnswer:
        """Say that what was asked for is not sent, or not wanted any more.

        POST /api/v1/transfers/{asked_id}/decline
        """
        answer: TransferSaidAnswer = self._write(
            "POST", f"/api/v1/transfers/{_part(asked_id)}/decline", None, command_id
        )
        return answer

    def get_transfer(self, transfer_id: int) -> TransferAnswer:
        """Show one transfer, line by line.

        GET /api/v1/transfers/{transfer_id}
        """
        answer: TransferAnswer = self._ask("GET", f"/api/v1/transfers/{_part(transfer_id)}")
        return answer

    def post_transfer_receive(
        self,
        transfer_id: int,
        body: Receive,
        *,
        command_id: UUID | str | None = None,
    ) -> ReceiveAnswer:
        """Receive what came of a transfer; with `complete`, what did not is named.

        POST /api/v1/transfers/{transfer_id}/receive
        """
        answer: ReceiveAnswer = self._write(
            "POST", f"/api/v1/transfers/{_part(transfer_id)}/receive", body, command_id
        )
        return answer

    def get_visits(
        self,
        *,
        from_: datetime.date | str | None = None,
        to: datetime.date | str | None = None,
    ) -> VisitSumsAnswer:
        """Tell how many visits a period had, and of how many different households.

        GET /api/v1/visits
        """
        query: dict[str, object] = {
            "from": from_,
            "to": to,
        }
        answer: VisitSumsAnswer = self._ask("GET", "/api/v1/visits", query)
        return answer

    def get_webhooks(self) -> WebhooksAnswer:
        """List the webhooks, each with its last tries, the newest first.

        GET /api/v1/webhooks
        """
        answer: WebhooksAnswer = self._ask("GET", "/api/v1/webhooks")
        return answer

    def post_webhooks(
        self,
        body: AddWebhook,
        *,
        command_id: UUID | str | None = None,
    ) -> AddedWebhookAnswer:
        """Have an address told what is booked from now on; `secret` is what signatures are made
        with.

        Each POST has `Depot-Signature: t=SECONDS,v1=HEX`, the HMAC-SHA256 of `SECONDS.BODY`.

        POST /api/v1/webhooks
        """
        answer: AddedWebhookAnswer = self._write("POST", "/api/v1/webhooks", body, command_id)
        return answer

    def post_webhook_end(
        self,
        webhook_id: int,
        body: EndWebhook | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> SavedAnswer:
        """End a webhook at once.

        POST /api/v1/webhooks/{webhook_id}/end
        """
        answer: SavedAnswer = self._write(
            "POST", f"/api/v1/webhooks/{_part(webhook_id)}/end", body, command_id
        )
        return answer

    def post_webhook_resume(
        self,
        webhook_id: int,
        body: ResumeWebhook | None = None,
        *,
        command_id: UUID | str | None = None,
    ) -> SavedAnswer:
        """Tell a webhook that failed again now, from where it was left.

        POST /api/v1/webhooks/{webhook_id}/resume
        """
        answer: SavedAnswer = self._write(
            "POST", f"/api/v1/webhooks/{_part(webhook_id)}/resume", body, command_id
        )
        return answer

    def post_webhook_test(
        self,
        webhook_id: int,
        *,
        command_id: UUID | str | None = None,
    ) -> SavedAnswer:
        """Have a webhook sent a test, without entries, in the next seconds.

        POST /api/v1/webhooks/{webhook_id}/test
        """
        answer: SavedAnswer = self._write(
            "POST", f"/api/v1/webhooks/{_part(webhook_id)}/test", None, command_id
        )
        return answer
