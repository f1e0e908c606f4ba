"""What people do together: how it comes round, what is on, who takes part, its steps.

An untouched day of a routine has no row: it is worked out (depot/rota/occurring.py), and written
when somebody touches it. What has become of a row is said by moments, none of it by a word.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from depot.base.kinds import (
    ACTIVITY_KINDS,
    ATTENDANCE_KINDS,
    GROWN_FROM,
    RECURRENCES,
    ActivityKind,
    AttendanceKind,
    GrownFrom,
    Recurrence,
    check_of,
)
from depot.db.columns import STRICT, Base, Day, Flag, Instant, Int

#: By hand or every so many days; by weeks on some weekdays; by months on some weekdays of some of
#: its weeks, or on a date.
_DAYS = (
    "(frequency IN ('by_hand', 'daily') AND weekdays = 0 AND nths = 0 AND month_day IS NULL)"
    " OR (frequency = 'weekly' AND weekdays > 0 AND nths = 0 AND month_day IS NULL)"
    " OR (frequency = 'monthly' AND weekdays > 0 AND nths > 0 AND month_day IS NULL)"
    " OR (frequency = 'monthly' AND weekdays = 0 AND nths = 0 AND month_day BETWEEN 1 AND 31)"
)
#: A task that is still to be done.
OPEN_TASK = "kind = 'task' AND done_at IS NULL AND called_off_at IS NULL"
#: Which times an activity of each kind has.
_TIMES = (
    "(kind IN ('shift', 'meeting') AND starts_at IS NOT NULL AND ends_at IS NOT NULL"
    " AND due_on IS NULL AND starts_on IS NULL AND ends_on IS NULL)"
    " OR (kind = 'task' AND starts_at IS NULL AND ends_at IS NULL"
    " AND starts_on IS NULL AND ends_on IS NULL)"
    " OR (kind = 'duty' AND starts_at IS NULL AND ends_at IS NULL AND due_on IS NULL"
    " AND starts_on IS NOT NULL AND ends_on IS NOT NULL)"
)


class Routine(Base):
    """What is done again and again. What it is called, and when it is, is in its versions."""

    __tablename__ = "routine"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        CheckConstraint(check_of("kind", ACTIVITY_KINDS), name="kind"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    kind: Mapped[ActivityKind] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))


class RoutineVersion(Base):
    """What a routine is from a day on; the one with the highest id holds from its day on.

    Kept as it was written: triggers refuse every UPDATE and DELETE.
    """

    __tablename__ = "routine_version"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        ForeignKeyConstraint(["depot_id", "routine_id"], ["routine.depot_id", "routine.id"]),
        ForeignKeyConstraint(["depot_id", "location_id"], ["location.depot_id", "location.id"]),
        CheckConstraint(_DAYS, name="days_of"),
        CheckConstraint(check_of("frequency", RECURRENCES), name="frequency"),
        CheckConstraint("every BETWEEN 1 AND 52", name="every"),
        CheckConstraint("weekdays BETWEEN 0 AND 127", name="weekdays"),
        CheckConstraint("nths BETWEEN 0 AND 63", name="nths"),
        CheckConstraint("(begins_minute IS NULL) = (minutes IS NULL)", name="times"),
        CheckConstraint("begins_minute BETWEEN 0 AND 1439", name="begins_minute"),
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes"),
        CheckConstraint("days BETWEEN 1 AND 366", name="days"),
        CheckConstraint("people_min >= 0", name="people_min"),
        CheckConstraint("people_max > 0 AND people_max >= people_min", name="people_max"),
        CheckConstraint("open_places >= 0", name="open_places"),
        Index(None, "depot_id", "routine_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int)
    routine_id: Mapped[int] = mapped_column(Int)
    from_on: Mapped[date] = mapped_column(Day)
    #: The last day on which it can be; None: it goes on. Before `from_on`: it is over.
    ends_on: Mapped[date | None] = mapped_column(Day)
    name: Mapped[str] = mapped_column(Text)
    #: How it is done.
    text: Mapped[str] = mapped_column(Text)
    #: A JSON list of what is ticked, in its order.
    steps: Mapped[str] = mapped_column(Text)
    people_min: Mapped[int] = mapped_column(Int)
    people_max: Mapped[int | None] = mapped_column(Int)
    #: So many of its places are no regular's.
    open_places: Mapped[int] = mapped_column(Int)
    frequency: Mapped[Recurrence] = mapped_column(Text)
    every: Mapped[int] = mapped_column(Int)
    #: A bit for each day of the week, Monday the lowest.
    weekdays: Mapped[int] = mapped_column(Int)
    #: A bit for each of the first to the fifth, the highest for the last of a month.
    nths: Mapped[int] = mapped_column(Int)
    month_day: Mapped[int | None] = mapped_column(Int)
    #: Minutes after midnight on the depot's wall clock, and for how long; of shifts and meetings.
    begins_minute: Mapped[int | None] = mapped_column(Int)
    minutes: Mapped[int | None] = mapped_column(Int)
    #: How many days a duty lasts; None: up to the next one.
    days: Mapped[int | None] = mapped_column(Int)
    location_id: Mapped[int | None] = mapped_column(Int)
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))


class Activity(Base):
    """A shift, a task, a duty's term or a meeting: a day of a routine that was touched, or single.

    It keeps what people were told when they said yes: a routine that is edited changes no row.
    """

    __tablename__ = "activity"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        UniqueConstraint("depot_id", "routine_id", "occurrence_on"),
        ForeignKeyConstraint(["depot_id", "routine_id"], ["routine.depot_id", "routine.id"]),
        ForeignKeyConstraint(
            ["depot_id", "event_id"], ["distribution_event.depot_id", "distribution_event.id"]
        ),
        ForeignKeyConstraint(["depot_id", "location_id"], ["location.depot_id", "location.id"]),
        CheckConstraint(check_of("kind", ACTIVITY_KINDS), name="kind"),
        CheckConstraint(_TIMES, name="times"),
        CheckConstraint("ends_at > starts_at", name="ends_at"),
        CheckConstraint("ends_on >= starts_on", name="ends_on"),
        CheckConstraint("(routine_id IS NULL) = (occurrence_on IS NULL)", name="occurrence"),
        CheckConstraint("people_min >= 0", name="people_min"),
        CheckConstraint("people_max > 0 AND people_max >= people_min", name="people_max"),
        CheckConstraint(check_of("grown_from", GROWN_FROM), name="grown_from"),
        CheckConstraint("(grown_from IS NULL) = (grown_from_id IS NULL)", name="grown_from_id"),
        CheckConstraint("done_by_id IS NULL OR done_at IS NOT NULL", name="done_by"),
        CheckConstraint("(called_off_at IS NULL) = (called_off_why = '')", name="called_off_why"),
        CheckConstraint(
            "called_off_by_id IS NULL OR called_off_at IS NOT NULL", name="called_off_by"
        ),
        Index(None, "depot_id", "kind", "starts_at"),
        Index(None, "depot_id", "kind", "due_on"),
        Index(None, "depot_id", "occurrence_on"),
        Index(None, "depot_id", "kind", "done_at"),
        Index(
            "ix_activity_grown",
            "depot_id",
            "grown_from",
            "grown_from_id",
            sqlite_where=text("grown_from IS NOT NULL"),
        ),
        Index("ix_activity_open_task", "depot_id", "due_on", sqlite_where=text(OPEN_TASK)),
        Index(
            "ix_activity_event", "depot_id", "event_id", sqlite_where=text("event_id IS NOT NULL")
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    kind: Mapped[ActivityKind] = mapped_column(Text)
    routine_id: Mapped[int | None] = mapped_column(Int)
    #: Which day of its routine it is, wherever it was moved to.
    occurrence_on: Mapped[date | None] = mapped_column(Day)
    name: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    starts_at: Mapped[datetime | None] = mapped_column(Instant)
    ends_at: Mapped[datetime | None] = mapped_column(Instant)
    due_on: Mapped[date | None] = mapped_column(Day)
    starts_on: Mapped[date | None] = mapped_column(Day)
    ends_on: Mapped[date | None] = mapped_column(Day)
    people_min: Mapped[int] = mapped_column(Int)
    people_max: Mapped[int | None] = mapped_column(Int)
    event_id: Mapped[int | None] = mapped_column(Int)
    location_id: Mapped[int | None] = mapped_column(Int)
    #: What it came from, and that one's id.
    grown_from: Mapped[GrownFrom | None] = mapped_column(Text)
    grown_from_id: Mapped[int | None] = mapped_column(Int)
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    revision: Mapped[int] = mapped_column(Int, server_default="0")  # counted by a trigger
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    done_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    called_off_at: Mapped[datetime | None] = mapped_column(Instant)
    called_off_why: Mapped[str] = mapped_column(Text, default="", server_default="")
    called_off_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))


class Assignment(Base):
    """Somebody takes part in an activity, or in each day of a routine: a regular.

    It lives until it is given back; a person has one that lives for each activity and routine.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        ForeignKeyConstraint(["depot_id", "activity_id"], ["activity.depot_id", "activity.id"]),
        ForeignKeyConstraint(["depot_id", "routine_id"], ["routine.depot_id", "routine.id"]),
        ForeignKeyConstraint(
            ["depot_id", "instead_of_id"], ["assignment.depot_id", "assignment.id"]
        ),
        CheckConstraint("(activity_id IS NULL) <> (routine_id IS NULL)", name="about"),
        CheckConstraint("(routine_id IS NULL) = (from_on IS NULL)", name="from_on"),
        CheckConstraint("until_on IS NULL OR from_on IS NOT NULL", name="until_on"),
        CheckConstraint(
            "asked_at IS NOT NULL OR taken_at IS NOT NULL OR waiting_since IS NOT NULL"
            " OR came_at IS NOT NULL",
            name="moments",
        ),
        CheckConstraint("person_id IS NOT NULL OR activity_id IS NOT NULL", name="person"),
        CheckConstraint("asked_by_id IS NULL OR asked_at IS NOT NULL", name="asked_by"),
        CheckConstraint(
            "stand_in_sought_at IS NULL OR taken_at IS NOT NULL", name="stand_in_sought_at"
        ),
        CheckConstraint(
            "left_at IS NULL OR (came_at IS NOT NULL AND left_at >= came_at)", name="left_at"
        ),
        Index(
            "uq_assignment_activity_live",
            "depot_id",
            "activity_id",
            "person_id",
            unique=True,
            sqlite_where=text("given_back_at IS NULL"),
        ),
        Index(
            "uq_assignment_routine_live",
            "depot_id",
            "routine_id",
            "person_id",
            unique=True,
            sqlite_where=text("given_back_at IS NULL"),
        ),
        Index(None, "depot_id", "activity_id"),
        Index(None, "depot_id", "person_id"),
        # few beside those of single days, which would hide them
        Index(
            "ix_assignment_regular",
            "depot_id",
            "routine_id",
            sqlite_where=text("routine_id IS NOT NULL"),
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    activity_id: Mapped[int | None] = mapped_column(Int)
    routine_id: Mapped[int | None] = mapped_column(Int)
    #: None: it was more than thirteen months ago, and is a number (depot/leaving/round.py); nobody
    #: asks for such a row by its person.
    person_id: Mapped[int] = mapped_column(Int, ForeignKey("person.id"), nullable=True)
    #: Beside somebody who can do it already.
    learning: Mapped[bool] = mapped_column(Flag, default=False)
    #: From which day to which a regular takes part.
    from_on: Mapped[date | None] = mapped_column(Day)
    until_on: Mapped[date | None] = mapped_column(Day)
    asked_at: Mapped[datetime | None] = mapped_column(Instant)
    asked_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    #: They said yes. Asked is not agreed.
    taken_at: Mapped[datetime | None] = mapped_column(Instant)
    waiting_since: Mapped[datetime | None] = mapped_column(Instant)
    #: They can't come, and are expected until somebody takes over.
    stand_in_sought_at: Mapped[datetime | None] = mapped_column(Instant)
    #: They take no part (any more); never taken: they said no.
    given_back_at: Mapped[datetime | None] = mapped_column(Instant)
    came_at: Mapped[datetime | None] = mapped_column(Instant)
    left_at: Mapped[datetime | None] = mapped_column(Instant)
    #: Whose part they took over.
    instead_of_id: Mapped[int | None] = mapped_column(Int)


class ActivityStep(Base):
    """One thing to tick in an activity, by anybody."""

    __tablename__ = "activity_step"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "activity_id"], ["activity.depot_id", "activity.id"]),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("done_by_id IS NULL OR done_at IS NOT NULL", name="done_by"),
        STRICT,
    )

    activity_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    depot_id: Mapped[int] = mapped_column(Int)
    text: Mapped[str] = mapped_column(Text)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    done_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))


class Attendance(Base):
    """Somebody came or left, or that was a mistake. Who is here is worked out from these.

    Lines are added and never rewritten: a trigger refuses it. They may be dropped, for whoever
    leaves for good takes them along.
    """

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        UniqueConstraint("depot_id", "takes_back_id"),
        CheckConstraint(check_of("kind", ATTENDANCE_KINDS), name="kind"),
        CheckConstraint("(kind = 'taken_back') = (takes_back_id IS NOT NULL)", name="takes_back"),
        CheckConstraint("at <= recorded_at", name="at"),
        ForeignKeyConstraint(
            ["depot_id", "takes_back_id"], ["attendance.depot_id", "attendance.id"]
        ),
        ForeignKeyConstraint(["depot_id", "activity_id"], ["activity.depot_id", "activity.id"]),
        Index(None, "depot_id", "at"),
        Index(None, "depot_id", "person_id", "at"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    person_id: Mapped[int] = mapped_column(Int, ForeignKey("person.id"))
    kind: Mapped[AttendanceKind] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    #: The shift it was said of, if it was of one.
    activity_id: Mapped[int | None] = mapped_column(Int)
    #: The line that was a mistake.
    takes_back_id: Mapped[int | None] = mapped_column(Int)
    #: Who said it, where another did: at the tablet by the door.
    by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))


class AgendaItem(Base):
    """Something to talk about in a meeting, and what was said about it."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "activity_id"], ["activity.depot_id", "activity.id"]),
        CheckConstraint("title <> ''", name="title"),
        CheckConstraint("(minute = '') OR (minuted_at IS NOT NULL)", name="minute"),
        Index(None, "depot_id", "activity_id", "id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    activity_id: Mapped[int] = mapped_column(Int)
    title: Mapped[str] = mapped_column(Text)
    #: The proposal that is to be decided there.
    proposal_id: Mapped[int | None] = mapped_column(Int)
    #: What was said about it.
    minute: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(Instant)
    added_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    minuted_at: Mapped[datetime | None] = mapped_column(Instant)
    minuted_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    taken_off_at: Mapped[datetime | None] = mapped_column(Instant)


class MeetingMinutes(Base):
    """Who else was in a meeting: names spoken there, and how many there were."""

    __tablename__ = "meeting_minutes"
    __table_args__ = (
        UniqueConstraint("depot_id", "activity_id"),
        ForeignKeyConstraint(["depot_id", "activity_id"], ["activity.depot_id", "activity.id"]),
        CheckConstraint("in_room_count > 0", name="in_room_count"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    activity_id: Mapped[int] = mapped_column(Int)
    #: Of people without an account; it fades as names that were spoken do.
    others: Mapped[str] = mapped_column(Text)
    in_room_count: Mapped[int | None] = mapped_column(Int)
    written_at: Mapped[datetime] = mapped_column(Instant)
    written_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
