"""Ten pages on working together, which every depot begins with.

What they say stands on what groups have written down: Freeman, The Tyranny of Structurelessness
(1972); Fernandes-Jesus et al., Frontiers in Psychology 12:716202 (2021); Spade, Mutual Aid (2020),
chapter 5; Seeds for Change on consensus and on meetings.
"""

from __future__ import annotations

from typing import Final

from depot.base.text import N_
from depot.playbooks.playbook import PlaybookPage

HANDBOOK: Final[tuple[PlaybookPage, ...]] = (
    PlaybookPage(
        key="first-day",
        title=N_("Your first day"),
        blocks=(
            N_("Good that you are here. You need no account and no skill that you have not got."),
            N_("- Scan the code on the wall, write your first name. That is all."),
            N_(
                "- Somebody shows you round: where coats, water and the toilet are, and the way"
                " out."
            ),
            N_("- You get one job, and one person to ask. For the first hour you do it together."),
            N_("- Whatever you save can be undone. Nobody gets anything wrong here for good."),
            N_("- You may stop, sit down or go home at any time. Tap “I’m leaving” when you do."),
            N_(
                "For those who were here before: look for the sign “new” beside a name. Go over,"
                " say"
                " your own name first, and eat with them."
            ),
        ),
    ),
    PlaybookPage(
        key="a-shift",
        title=N_("Opening, closing, passing on a shift"),
        blocks=(
            N_("Opening:"),
            N_("- Read the note of the last shift, all of you, and tap “Seen”."),
            N_("- Read the fridges and freezers. Look at what goes out first today."),
            N_("- Say aloud who does what, and who goes when."),
            N_("Closing:"),
            N_("- Nothing stays on the floor, in the van or on a phone: everything is saved."),
            N_("- Read the fridges again. Lights, heating, windows, door."),
            N_(
                "- Write the note: what is not finished, what broke, what is short. Three lines do."
            ),
            N_(
                "When one shift takes over from another, five minutes together are worth more than"
                " any note. No names of people we serve in it: the note hangs where all can read."
            ),
        ),
    ),
    PlaybookPage(
        key="a-meeting",
        title=N_("A meeting in an hour"),
        blocks=(
            N_(
                "- Before: everybody may add to the list. Each point says who brings it and what"
                " for."
            ),
            N_("- First five minutes: how is everybody, who keeps the time, who writes."),
            N_(
                "- Then the points, the most important first. News that can be read is not read"
                " aloud."
            ),
            N_("- Who has not spoken yet is asked before who has."),
            N_("- What is decided is read back word by word, and written down when all nod."),
            N_("- Each task gets a name and a day. Nobody gets one who is not there to say yes."),
            N_(
                "- Last five minutes: what was good about this meeting, and what should be"
                " otherwise."
            ),
            N_(
                "Those who lead meetings are a small team of people who want to. One of them is"
                " always"
                " learning; nobody leads more than three in a row."
            ),
        ),
    ),
    PlaybookPage(
        key="consent",
        title=N_("Deciding by consent"),
        blocks=(
            N_(
                "We do not ask whether everybody likes it. We ask whether it is good enough to try,"
                " and safe enough to find out."
            ),
            N_("- One brings a proposal: what is wrong now, what is to be done, until when."),
            N_("- Questions first, only to understand. Then each says once what they think."),
            N_("- Then each says: yes, yes with a concern, or an objection with its reason."),
            N_(
                "- An objection is a present. It shows what would go wrong; together we change"
                " the wording."
            ),
            N_(
                "- No reasoned objection left: it stands, with the day on which we look at it"
                " again."
            ),
            N_(
                "What is small and can be taken back needs no decision: do it, and say what you"
                " did."
                " What is about one person is not decided without hearing them."
            ),
        ),
    ),
    PlaybookPage(
        key="passing-on",
        title=N_("Passing on a duty"),
        blocks=(
            N_(
                "A duty is lent by all to one, for a time. It passes on often enough that nobody"
                " owns"
                " it, and seldom enough that it can be learnt: a month, a quarter."
            ),
            N_("- It is asked of who did it longest ago, or never, and would like to."),
            N_("- Passing is fine, and needs no reason."),
            N_("- For two weeks the old and the new do it side by side."),
            N_(
                "- What one has to know is written on the page of the duty, by the one who just"
                " learnt it."
            ),
            N_(
                "- Keys, passwords and telephone numbers are handed over on the same day, with a"
                " tick."
            ),
            N_(
                "When nobody takes it on: perhaps it should be smaller, or not be done at all."
                " Ask that first."
            ),
        ),
    ),
    PlaybookPage(
        key="rights",
        title=N_("Asking for a right, and giving it back"),
        blocks=(
            N_(
                "Who may do what, since when and by whose decision stands in the open book. All"
                " can read it."
            ),
            N_("- You need a right for your work? Ask, in the open, and say for how long."),
            N_("- Two people at least hold each right, so that nobody is needed every day."),
            N_(
                "- You do not need it any more? Give it back; it is no loss of face, and you may"
                " ask again."
            ),
            N_(
                "- When a right is taken from somebody, they hear it first, from a person, with"
                " the reason."
            ),
            N_(
                "A right says what the program lets you do. It says nothing about who is worth"
                " listening to."
            ),
        ),
    ),
    PlaybookPage(
        key="too-much",
        title=N_("When one person carries too much"),
        blocks=(
            N_(
                "Tiredness is rarely a fault of the tired one. It comes from work that only one"
                " knows"
                " how to do, and from everything being urgent."
            ),
            N_(
                "- Once a month we read together what rests on one person alone, and choose one"
                " to share."
            ),
            N_("- Ask “what can I take from you this week?” and not “are you all right?”."),
            N_("- Who carries it says what may be left undone. Then it is left undone."),
            N_("- Two weeks off means off: no messages, somebody else has the keys."),
            N_(
                "What nobody can do without has one learner beside it, always. That is no"
                " mistrust; it is rest."
            ),
        ),
    ),
    PlaybookPage(
        key="hurt",
        title=N_("Something hurt somebody"),
        blocks=(
            N_("In danger: get people out of it, and call for help. Everything else waits."),
            N_(
                "- Stay with the person who was hurt. Ask what they need; do not ask for the story."
            ),
            N_(
                "- Call one of those we agreed to turn to. Do not settle it alone, and not on the"
                " spot."
            ),
            N_(
                "- Believe first. What is to follow is decided later, calmly, with their say in it."
            ),
            N_("- What you heard stays with those who need it to help."),
            N_(
                "Write nothing about it into this program: no note, no task, no name. It is made"
                " for"
                " goods and shifts, and too many can read it."
            ),
        ),
    ),
    PlaybookPage(
        key="leaving",
        title=N_("Leaving well"),
        blocks=(
            N_("People come and go; a group that makes leaving easy is one people come back to."),
            N_("- Say it early, if you can: “I stay until the end of the month.”"),
            N_("- Give back duties, keys, devices and rights, one by one, each to a person."),
            N_("- Write down the three things only you know."),
            N_(
                "- Take your data along and erase it, under your name in the program. Shifts and"
                " counts stay."
            ),
            N_(
                "- For the others: thank them in front of all, and ask what should have been"
                " otherwise."
            ),
            N_("Whoever leaves in anger may come back in peace. The door has no list."),
        ),
    ),
    PlaybookPage(
        key="not-written",
        title=N_("What we never write down"),
        blocks=(
            N_("- Names, addresses, papers, illness or faith of people who come for goods."),
            N_("- Who quarrelled with whom, who did not come, who is slow."),
            N_("- Where somebody sleeps, works or goes to school."),
            N_("- Photos with a face or a number plate."),
            N_("- Passwords, codes of doors and alarms."),
            N_(
                "What is not written cannot be lost, stolen or demanded. Where a funder or an"
                " office"
                " wants a list, ask first which law says so, and keep that one list apart."
            ),
        ),
    ),
)
