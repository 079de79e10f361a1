"""White spots in words; a library's own names stand in quotes, for they fit no preposition."""

from bot.circle import Level
from bot.goal_gap import NOTHING, Dimension, Gap, Place
from bot.goal_gap_matrix import Counts, Shows
from bot.partner import Kind, Room
from bot.text import capital
from bot.tjek import IDEA_LENGTH
from bot.translation import Translator, mark
from bot.words import AGE, called
from bot.workspace import Workspace
from handlers.views.parts import cut

NAME = 75  # characters of a name of the library's own

# Where it is, in a sentence such as "We have no collaborations …".
IN_ROOM = {
    Room.INSPIRATION: mark("in the inspiration room"),
    Room.LEARNING: mark("in the learning room"),
    Room.MEETING: mark("in the meeting room"),
    Room.PERFORMATIVE: mark("in the performative room"),
}
FOR_AGE = {
    "0-5": mark("for ages 0-5"),
    "6-12": mark("for ages 6-12"),
    "13-17": mark("for ages 13-17"),
    "18+": mark("for adults"),
}
WITH_KIND = {
    Kind.ASSOCIATION: mark("with associations"),
    Kind.FIRM: mark("with companies"),
    Kind.MUNICIPAL: mark("with municipal institutions"),
    Kind.EDUCATION: mark("with educational institutions"),
    Kind.CULTURE: mark("with cultural institutions"),
    Kind.STATE: mark("with state and region"),
    Kind.FOUNDATION: mark("with foundations"),
    Kind.INDIVIDUAL: mark("with individuals"),
}
OWN = {
    Dimension.ROOM: mark("in the room “{name}”"),
    Dimension.AGE: mark("for “{name}”"),
    Dimension.KIND: mark("with the sort “{name}”"),
    Dimension.GOAL: mark("for the goal “{name}”"),
}

SHOWS = {
    Shows.ROOM: mark("Rooms"),
    Shows.AGE: mark("Age"),
    Shows.ROOM_AGE: mark("Age and room"),
    Shows.KIND: mark("Sorts"),
    Shows.GOAL: mark("Goals"),
}
COUNTS = {
    Counts.CLOSER: mark("Collaborations and partnerships"),
    Counts.NETWORK: mark("The network"),
    Counts.COLLABORATION: mark("Collaborations"),
    Counts.PARTNERSHIP: mark("Partnerships"),
}
LEVELS = {
    Level.NETWORK: mark("Network"),
    Level.COLLABORATION: mark("Collaborations"),
    Level.PARTNERSHIP: mark("Partnerships"),
}


def name_of(t: Translator, library: Workspace, dimension: Dimension, value: str) -> str:
    """A room, an age group, a sort or a goal by itself, as the library calls it."""
    if dimension is Dimension.ROOM:
        return called(t, library, Room(value))
    if dimension is Dimension.KIND:
        return called(t, library, Kind(value))
    return t(AGE[value]) if dimension is Dimension.AGE and value in AGE else value


def where(t: Translator, library: Workspace, gap: Gap) -> str:
    """Where it is, to be put behind what is missing: for ages 13-17 in the meeting room."""
    return " ".join(_in(t, library, place) for place in gap.places)


def sentence(t: Translator, gap: Gap, library: Workspace) -> str:
    """What is missing, and how many could be a start; no names, so it may stand in a channel."""
    there = where(t, library, gap)
    if gap.lacks is Level.PARTNERSHIP and not gap.starts:  # all of them were told no for now
        said = t("We have no partnerships {where}.", where=there)
    elif gap.lacks is Level.PARTNERSHIP:
        said = t.n(
            "We have no partnerships {where}, but one collaboration to build on.",
            "We have no partnerships {where}, but {number} collaborations to build on.",
            gap.starts,
            where=there,
            number=t.count(gap.starts),
        )
    elif gap.there == NOTHING:
        said = t(
            "We have no collaborations {where}, and nobody in the network either.", where=there
        )
    else:
        none = t("We have no collaborations {where}.", where=there)
        said = f"{none} {_starts(t, gap)}".strip()
    return f"{gap.branch}: {said}" if gap.branch else said


def idea(t: Translator, library: Workspace, gap: Gap) -> str:
    """What a check about it is about, to begin with; a sort of organisation is no idea."""
    if all(place.dimension is Dimension.KIND for place in gap.places):
        return ""
    goal = next((one.value for one in gap.places if one.dimension is Dimension.GOAL), None)
    if goal is not None:
        return cut(t("An idea for the goal “{name}”", name=cut(goal, NAME)), IDEA_LENGTH)
    return cut(t("Something {where}", where=where(t, library, gap)), IDEA_LENGTH)


def row_name(t: Translator, library: Workspace, shows: Shows, value: str) -> str:
    """The heading of a picture's row."""
    return capital(name_of(t, library, shows.dimensions[0], value))


def _starts(t: Translator, gap: Gap) -> str:
    if not gap.starts:  # all of them were told no for now
        return ""
    return t.n(
        "One in the network could be a place to begin.",
        "{number} in the network could be a place to begin.",
        gap.starts,
        number=t.count(gap.starts, first=True),
    )


def _in(t: Translator, library: Workspace, place: Place) -> str:
    value = place.value
    usual: str | None
    match place.dimension:
        case Dimension.ROOM:
            usual = None if Room(value) in library.room_names else IN_ROOM[Room(value)]
        case Dimension.KIND:
            usual = None if Kind(value) in library.kind_names else WITH_KIND[Kind(value)]
        case Dimension.AGE:
            usual = FOR_AGE.get(value)
        case Dimension.GOAL:
            usual = None
    if usual:
        return t(usual)
    name = cut(name_of(t, library, place.dimension, value), NAME)
    return t(OWN[place.dimension], name=name)
