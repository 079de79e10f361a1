"""The figures of a year as tables: with a name for programs and words for people."""

from collections.abc import Iterable

from bot.circle import Why
from bot.circle_trial import Outcome
from bot.circle_words import WHY
from bot.evaluation_decision import word_of
from bot.report_trait import Row, Table, by_trait
from bot.report_words import ALL, CAUSE, NEW, OTHER, OUTCOME, PLACE
from bot.report_year import Figures
from bot.tjek import Decision
from bot.tjek_letter import reasons
from bot.translation import Translator
from bot.words import CONTACT, DECISION
from bot.workspace import Workspace

NUMBER = "number"


def tables(t: Translator, told: Figures, library: Workspace) -> list[Table]:
    """All that have anything in them, always in the same order."""
    made = [
        _circle(t, told),
        _ways(t, told),
        _others(t, told),
        _numbers(t, "new", t("New relations"), [(c, t(NEW[c]), n) for c, n in told.new.items()]),
        _contacts(t, told),
        _checks(t, told),
        _noes(t, told),
        _evaluations(t, told),
        _trials(t, told),
        *by_trait(t, told, library),
    ]
    return [table for table in made if table.rows]


def _circle(t: Translator, told: Figures) -> Table:
    year = told.year
    columns = (
        ("start", t.day(year.first)),
        ("new", t("New")),
        ("came", t("Came from another place")),
        ("left", t("Went to another place")),
        ("other", t("Other changes")),
        ("end", t.day(year.last)),
    )
    rows = [
        Row(place, t(PLACE[place]), tuple(getattr(account, name) for name, _ in columns))
        for place, account in told.accounts.items()
    ]
    every = tuple(sum(each) for each in zip(*(row.values for row in rows), strict=True))
    return Table("circle", t("The circle"), columns, (*rows, Row("all", t(ALL), every)))


def _ways(t: Translator, told: Figures) -> Table:
    found = []
    for way, number in told.ways:
        before, after = t(PLACE[way.before]), t(PLACE[way.after])
        why = t(CAUSE[way.why] if way.why in CAUSE else WHY[Why(way.why)])
        label = f"{before} → {after}: {why}"
        found.append((f"{way.before}>{way.after}:{way.why}", label, number))
    return _numbers(t, "moves", t("Moves through the circle, and why"), found)


def _others(t: Translator, told: Figures) -> Table:
    found = [
        (
            f"{other}:{place}:{'in' if number > 0 else 'out'}",
            f"{t(OTHER[other])}: {t(PLACE[place])}",
            number,
        )
        for other, place, number in told.others
    ]
    return _numbers(t, "other", t("Other changes"), found)


def _contacts(t: Translator, told: Figures) -> Table:
    happened = told.happened
    found = [(how, t(CONTACT[how]), happened.contacts.get(how, 0)) for how in CONTACT]
    listed = [one for one in found if one[2]]
    every = ("all", t(ALL), sum(happened.contacts.values()))
    partners = ("partners", t("Partners we were in touch with"), happened.contacted)
    return _numbers(t, "contacts", t("Contacts"), [*listed, every, partners])


def _checks(t: Translator, told: Figures) -> Table:
    checks = told.happened.checks
    found = [(each, t(DECISION[each]), checks.get(each, 0)) for each in Decision]
    every = ("all", t(ALL), sum(checks.values()))
    return _numbers(t, "checks", t("Checks that were decided"), [*found, every])


def _noes(t: Translator, told: Figures) -> Table:
    happened = told.happened
    found = [
        (reason.id, reason.reason.in_(t.language), happened.noes[reason.id])
        for reason in reasons().values()
        if reason.id in happened.noes
    ]
    if happened.unsaid:
        found.append(("unsaid", t("No answer of the check says why"), happened.unsaid))
    return _numbers(
        t, "noes", t("What spoke against, where we said no (a no may have several)"), found
    )


def _evaluations(t: Translator, told: Figures) -> Table:
    of = told.happened.evaluated
    none = t("not decided yet")
    decided = [
        (word or "undecided", _capital(word_of(t, word) or none), number)
        for word, number in of.decided.items()
    ]
    found = [
        ("held", t("Answers were shown"), of.held),
        ("asked", t("The partner was asked, too"), of.asked),
        ("answered", t("The partner answered"), of.answered),
        *decided,
        ("steps", t("Steps agreed on"), of.steps),
        ("done", t("Of these, done by the end of the year"), of.done),
    ]
    return _numbers(t, "evaluations", t("Evaluations"), found)


def _trials(t: Translator, told: Figures) -> Table:
    happened = told.happened
    ended = [(each, t(OUTCOME[each]), happened.outcomes.get(each, 0)) for each in Outcome]
    found = [
        ("begun", t("Begun"), happened.trials),
        *ended,
        ("running", t("Running at the end"), happened.running),
    ]
    return _numbers(t, "trials", t("Trials"), found)


def _numbers(
    t: Translator, name: str, heading: str, found: Iterable[tuple[str, str, int]]
) -> Table:
    rows = tuple(Row(str(key), label, (number,)) for key, label, number in found)
    return Table(name, heading, ((NUMBER, t("Number")),), rows)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
