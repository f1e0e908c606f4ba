"""Today: what is on, the three big buttons, what happened just now; and More."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from blueprints.words.entries import describe_entry
from blueprints.words.needs import list_short
from blueprints.words.network import transfers
from blueprints.words.people.notes import note_words
from blueprints.words.people.steps import shown_steps
from blueprints.words.people.tasks import task_small
from depot.agreeing.queries import count_for
from depot.backups.status import backups_told
from depot.base.clock import utc_now
from depot.conduct.queries import is_unread
from depot.counts.queries.sheets import open_counts
from depot.decisions.queries.lists import asking
from depot.distribution.queries import events
from depot.dropoffs.queries import waiting_drop_offs
from depot.duties.queries.duties import asking_duties
from depot.entries.queries import discrepancies, ledger
from depot.first_steps.queries import first_minutes, first_week
from depot.handover.queries import read_wall
from depot.joining.today import people_today
from depot.mail import queries
from depot.network.queries.links import offers_to
from depot.network.queries.transfers import open_transfers
from depot.partners.queries.requests import open_requests
from depot.programs.queries.webhooks import count_paused
from depot.safety.papers.temperatures import limits_words
from depot.safety.queries.holds import overdue_holds
from depot.safety.queries.recalls import open_recalls
from depot.safety.queries.temperatures import cold_places_to_see_to
from depot.stock.queries import stock
from depot.words import figures

RECENT = 8
FIRST_OUT = 4
MAX_SHORT = 5
MAX_TO_COME = 4
MAX_UNDER_WAY = 4
MAX_OFFERS = 4
EXPIRING_WITHIN = timedelta(days=7)


def show() -> ResponseReturnValue:
    """Show what is on now."""
    session, who = reader()
    lists = events.event_lists(session, who)
    today = figures.to_local(utc_now(), current_reader()).date()
    return render_template(
        "today/show.html",
        today=today,
        wall=read_wall(session, who, utc_now()),
        **note_words(current_reader()),
        steps=shown_steps(
            first_week(session, who) or first_minutes(session, who, utc_now()),
            current_reader(),
            url_for,
        ),
        people=people_today(session, who, utc_now()),
        task_small=partial(task_small, today=today, who=who, reader=current_reader()),
        on_now=lists.today,
        handing_out=next((event for event in lists.today if event.is_on), None),
        next_up=lists.planned[:1],
        waiting=discrepancies.open_count(session, who.depot_id),
        first_out=stock.expiring_lots(session, who.depot_id, today, EXPIRING_WITHIN, FIRST_OUT),
        to_agree=count_for(session, who, utc_now()),
        counts=open_counts(session, who.depot_id),
        backups=backups_told(current_app.config["DEPOT"]) if who.is_coordinator else None,
        unsent=queries.failed_mails(session, who.depot_id) if who.is_coordinator else 0,
        paused_webhooks=count_paused(session, who.depot_id) if who.is_coordinator else 0,
        cold=cold_places_to_see_to(session, who, utc_now()),
        cold_limits=partial(limits_words, reader=current_reader()),
        recalls=open_recalls(session, who.depot_id),
        overdue=overdue_holds(session, who.depot_id, today),
        under_way=open_transfers(session, who.depot_id, MAX_UNDER_WAY),
        offers=offers_to(session, who.depot_id, utc_now())[:MAX_OFFERS],
        transfer_title=partial(transfers.transfer_title, reader=current_reader()),
        transfer_goods=partial(transfers.transfer_goods, reader=current_reader()),
        transfer_when=partial(transfers.transfer_when, reader=current_reader()),
        to_come=waiting_drop_offs(session, who.depot_id, MAX_TO_COME),
        asked_for=[] if who.is_helper else open_requests(session, who.depot_id, today, MAX_TO_COME),
        duties_asking=(asking_duties(session, who.depot, today) if who.is_coordinator else []),
        decisions=asking(session, who, today),
        unread_conduct=is_unread(session, who.depot_id, who.person_id),
        short=list_short(session, who, today, MAX_SHORT, current_reader()),
        entries=[
            describe_entry(row, current_reader(), url_for)
            for row in ledger.recent_entries(session, who, RECENT)
        ],
    )


def more() -> ResponseReturnValue:
    """Show the way to everything else."""
    _, who = reader()
    setup_url = current_app.config["DEPOT"].setup_url
    return render_template("today/more.html", who=who, setup_url=setup_url)
