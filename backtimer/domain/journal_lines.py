"""The journal as lines to read: sessions and entries together, each in words, newest first."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from backtimer.domain.clock import Moment
from backtimer.domain.diary import HEAT_SOURCES, TOPICS, ZONES, Entry
from backtimer.domain.episode import Episode
from backtimer.domain.events import Topic
from backtimer.domain.journal import SessionRow, each_row
from backtimer.domain.protocol import Modality
from backtimer.domain.session import Outcome, Session
from backtimer.domain.signs import SIGNS
from backtimer.domain.wording import capitalised, hour_and_minute, length, modality_name
from backtimer.domain.words import tr

SHOWN_MOST = 300  # letters of a note in one line; all of it is in the entry
NO_PAIN = "–"


class Shown(StrEnum):
    """Which lines are wanted."""

    ALL = "all"
    SESSIONS = "sessions"
    PAIN = "pain"
    ENTRIES = "entries"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line about `about`. `what` is its kind in a word, `words` what there is to say.

    `pain`: the numbers. `was`: how it read before it was corrected. `searched`: all of it in
    small letters.
    """

    about: Session | Entry
    at: Moment
    what: str
    words: str
    pain: str
    was: str = ""
    searched: str = ""

    @property
    def kind(self) -> Shown:
        """Under which choice it is shown."""
        if isinstance(self.about, Session):
            return Shown.SESSIONS
        return Shown.PAIN if self.about.topic is None else Shown.ENTRIES

    @property
    def key(self) -> tuple[bool, datetime]:
        """What it is known by, however it reads."""
        return isinstance(self.about, Session), self.about.of

    @property
    def modality(self) -> Modality | None:
        """What was on, of a session."""
        return self.about.plan.modality if isinstance(self.about, Session) else None

    @property
    def is_withdrawn(self) -> bool:
        """Whether the person took it back."""
        return self.about.withdrawn


def lines(episode: Episode, now: Moment) -> list[Line]:
    """The lines of `episode`, newest first."""
    return newest_first(each_line(episode, now))


def each_line(episode: Episode, now: Moment) -> Iterator[Line]:
    """The same one by one in any order, as thousands take long."""
    for row in each_row(episode, now):
        yield _session(row)
    for entry in episode.entries:
        yield _entry(entry)


def newest_first(found: Iterable[Line]) -> list[Line]:
    """`found` in the order in which a table shows it."""
    return sorted(found, key=lambda each: each.at.wall.timestamp(), reverse=True)


def sifted(found: Iterable[Line], shown: Shown, searched: str = "") -> list[Line]:
    """Those of `found` that are wanted, and have every word of `searched` in them."""
    words = searched.casefold().split()
    return [
        each
        for each in found
        if (shown is Shown.ALL or each.kind is shown)
        and (not words or all(word in each.searched for word in words))
    ]


def line_words(line: Line, now: datetime) -> str:
    """All of `line` in one sentence, as a screen reader says it."""
    parts = [line.what, time_words(line.at.wall, now), line.words]
    if line.pain != NO_PAIN:
        parts.append(tr("pain {pain}", pain=line.pain))
    if line.was:
        parts.append(line.was)
    if line.is_withdrawn:
        parts.append(tr("taken back"))
    return ", ".join(each for each in parts if each)


def time_words(wall: datetime, now: datetime) -> str:
    """When it was: `Today 10:45`, `Yesterday 17:10`, `Thu 19 Nov 18:40`, with another year."""
    time = hour_and_minute(wall)
    days = now.date().toordinal() - wall.date().toordinal()
    if days in (0, 1):
        return tr("Today {time}", time=time) if days == 0 else tr("Yesterday {time}", time=time)
    if wall.year == now.year:
        return tr("{day} {time}", day=day_words(wall), time=time)
    return tr("{day} {year} {time}", day=day_words(wall), year=wall.year, time=time)


def day_words(wall: datetime) -> str:
    """A day such as `Thu 19 Nov`."""
    days = tr("Mon Tue Wed Thu Fri Sat Sun").split()
    months = tr("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()
    return tr(
        "{day} {n} {month}", day=days[wall.weekday()], n=wall.day, month=months[wall.month - 1]
    )


def one_line(text: str, most: int = SHOWN_MOST) -> str:
    """`text` on one line of `most` letters, with a mark for what cannot be shown."""
    # Looked at only as far as is shown: a note has up to 10,000 letters.
    part = text[: 2 * most]
    shown = "".join("�" if _is_unseen(each) else each for each in " ".join(part.split()))
    if len(shown) > most or len(text) > len(part):
        return f"{shown[: most - 1]}…"
    return shown


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cs")


def _session(row: SessionRow) -> Line:
    what, words = capitalised(modality_name(row.modality)), session_words(row)
    was = _times_before(row.session)
    return Line(
        about=row.session,
        at=row.started,
        what=what,
        words=words,
        pain=_before_after(row),
        was=was,
        searched=_searched(row.started, what, words, was),
    )


def _times_before(session: Session) -> str:
    if not session.was:
        return ""
    before = [
        tr(
            "{begun}–{ended}",
            begun=hour_and_minute(begun.wall),
            ended=hour_and_minute(ended.wall) if ended else tr("not known"),
        )
        for begun, ended in session.was
    ]
    return tr("was: {before}", before="; ".join(before))


def _searched(at: Moment, *said: str) -> str:
    return " ".join((day_words(at.wall), *said)).casefold()


def _before_after(row: SessionRow) -> str:
    if row.pain_before is None and row.pain_after is None:
        return NO_PAIN
    before, after = (NO_PAIN if n is None else n for n in (row.pain_before, row.pain_after))
    return tr("{before} → {after}", before=before, after=after)


def session_words(row: SessionRow) -> str:
    """How a session went: `15 min · complete`, `12 min · stopped early: it hurt`, `skipped`."""
    how = _outcome_words(row)
    if row.on_skin_s is None:
        return how
    return tr("{length} · {how}", length=length(row.on_skin_s), how=how)


def _outcome_words(row: SessionRow) -> str:
    words = {
        None: tr("going on"),
        Outcome.COMPLETE: tr("complete"),
        Outcome.EARLY: tr("stopped early"),
        Outcome.LATE: tr("taken off {late} late", late=length(row.late_s or 0.0)),
        Outcome.ASSUMED: tr("taken as off, not confirmed"),
        Outcome.UNKNOWN: tr("end not known"),
        Outcome.MISSED: tr("missed"),
        Outcome.SKIPPED: tr("skipped"),
    }[row.outcome]
    if not row.note or row.outcome is Outcome.EARLY:
        return row.note or words
    return tr("{words}, {note}", words=words, note=row.note)


def _entry(entry: Entry) -> Line:
    what, was = topic_name(entry.topic), _was(entry)
    words = entry_words(entry.topic, entry.text, entry.number)
    return Line(
        about=entry,
        at=entry.at,
        what=what,
        words=words,
        pain=str(entry.number) if entry.topic is None else NO_PAIN,
        was=was,
        # A long note is found by all of its words.
        searched=_searched(entry.at, what, words, was, entry.text),
    )


def topic_name(topic: Topic | None) -> str:
    """What an entry is about; None is a rating of pain."""
    return tr("Pain") if topic is None else TOPICS[topic]


def entry_words(topic: Topic | None, text: str, number: int | None) -> str:
    """What an entry says, on one line."""
    said = one_line(known_words(topic, text))
    if topic is None or number is None:
        return said
    counted = {
        Topic.SPASM_MIN: tr("{n} min", n=number),
        Topic.WALK: length(number),
        Topic.CHECK_IN: tr("day {n}", n=number),
    }.get(topic, str(number))
    return tr("{counted} · {said}", counted=counted, said=said) if said else counted


def known_words(topic: Topic | None, text: str) -> str:
    """`text`, or what it stands for where it is a key."""
    match topic:
        case Topic.ZONE:
            return ZONES.get(text, text)
        case Topic.HEAT_SOURCE:
            return HEAT_SOURCES.get(text, text)
        case Topic.SIGN:
            return SIGNS[text].words if text in SIGNS else text
        case _:
            return text


def _was(entry: Entry) -> str:
    if not entry.was:
        return ""
    before = [_reading(entry.topic, text, number) for text, number in entry.was]
    return tr("was: {before}", before="; ".join(before))


def _reading(topic: Topic | None, text: str, number: int | None) -> str:
    said = one_line(known_words(topic, text), 80)
    known = [str(number)] if number is not None else []
    return " ".join((*known, *([said] if said else []))) or tr("empty")
