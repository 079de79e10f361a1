"""What the figures of a year are called, and what is said of how they are counted."""

from collections.abc import Mapping
from datetime import date

from bot.circle import Why
from bot.circle_trial import Outcome
from bot.report_life import Cause, Place
from bot.report_year import Figures, Other
from bot.translation import Translator, mark

PLACE: Mapping[Place, str] = {
    Place.NETWORK: mark("Network"),
    Place.COLLABORATION: mark("Collaborations"),
    Place.PARTNERSHIP: mark("Partnerships"),
    Place.FRIEND: mark("Old friends of the house"),
}
CAUSE: Mapping[Why | Cause, str] = {
    Why.ENDED: mark("it was ended on good terms"),
    Cause.EDITED: mark("corrected on the card"),
}
OTHER: Mapping[Other, str] = {
    Other.ARCHIVED: mark("Put in the archive"),
    Other.BACK: mark("Taken out of the archive"),
    Other.MADE_ONE: mark("Two cards made one"),
    Other.SORT: mark("To or from sponsor, fund and supplier"),
}
NEW: Mapping[Cause, str] = {
    Cause.ADDED: mark("Added by a colleague"),
    Cause.READ_IN: mark("Read in from a file"),
}
OUTCOME: Mapping[Outcome, str] = {
    Outcome.PARTNERSHIP: mark("Became a partnership"),
    Outcome.COLLABORATION: mark("Stayed a collaboration"),
    Outcome.NETWORK: mark("Went back to the network"),
    Outcome.ENDED: mark("Ended"),
}
NONE = mark("Not noted")
ALL = mark("In all")


def title(t: Translator, told: Figures) -> str:
    """What stands on top: the year, and how far it has come where it is not over."""
    year = told.year
    if year.over:
        return t("Partnerships in {year}", year=str(year.number))
    return t(
        "Partnerships in {year}, up to and including {day}",
        year=str(year.number),
        day=t.day(year.last),
    )


def notes(t: Translator, told: Figures) -> list[str]:
    """How it is counted, and what cannot be told."""
    year, found = told.year, []
    if year.first <= year.since <= year.last:
        day = t.long_day(year.since)
        found.append(t("The register begins on {day}; before that nothing was counted.", day=day))
    found += [
        t(
            "A relation is counted from the day on which it came into the register, and where it"
            " stood on the day, whatever has become of it since. What was added by mistake and"
            " taken back again is not in it."
        ),
        t(
            "A contact belongs to the year in which it took place, if it was noted by the end of"
            " the next January."
        ),
        t(
            "Of a decision that was put right later only the last is known. Contact persons who"
            " were anonymised are in no figure, so none is missing for that."
        ),
    ]
    if told.happened.told:
        found.append(
            t.n(
                "One step through the circle came with a file, from before the relation was in the"
                " register. It is not counted.",
                "{number} steps through the circle came with a file, from before the relations"
                " were in the register. They are not counted.",
                told.happened.told,
            )
        )
    found.append(t("No figure is about a colleague."))
    return found


def day_in_words(t: Translator, day: date) -> str:
    """The day on which the figures were taken out."""
    return t("As of {day}.", day=t.long_day(day) + f" {day.year}")
