"""The names of what moves a relation, of where we stand after an end, and of the six criteria.

A level never stands in a sentence as a loose word: each way through the circle has its own.
"""

from bot.circle import Level, Move, Why
from bot.circle_gate import Criterion, Standing
from bot.translation import mark

# Not Why.ENDED: why something ended only those who ended it can say.
WHY = {
    Why.ACTIVITY: mark("there was something to do together"),
    Why.FRAME: mark("it is repeated, within a larger frame"),
    Why.TRIAL: mark("it was tried, and it holds"),
    Why.ACTIVITY_OVER: mark("the activity was over"),
    Why.REACHED: mark("we did what we wanted to"),
    Why.LESS_OFTEN: mark("we meet less often"),
    Why.AGREEMENT_EXPIRED: mark("the agreement had expired"),
    Why.PEOPLE_CHANGED: mark("the people have changed"),
    Why.OTHER: mark("something else"),
    Why.JUDGED: mark("a colleague saw it so"),
    Why.READ_IN: mark("it stood so in a file that was read in"),
}
# The same as an answer to "what has happened?".
HAPPENED = {
    Why.ACTIVITY_OVER: mark("The activity is over"),
    Why.REACHED: mark("We did what we wanted to"),
    Why.LESS_OFTEN: mark("We meet less often"),
    Why.AGREEMENT_EXPIRED: mark("The agreement has expired"),
    Why.PEOPLE_CHANGED: mark("The people have changed"),
    Why.OTHER: mark("Something else …"),
}
# From where to where, each way in words of its own.
WAYS = {
    (Level.NETWORK, Level.COLLABORATION): mark("from network to collaboration"),
    (Level.NETWORK, Level.PARTNERSHIP): mark("from network to partnership"),
    (Level.COLLABORATION, Level.PARTNERSHIP): mark("from collaboration to partnership"),
    (Level.PARTNERSHIP, Level.COLLABORATION): mark("from partnership to collaboration again"),
    (Level.PARTNERSHIP, Level.NETWORK): mark("from partnership back to the network"),
    (Level.COLLABORATION, Level.NETWORK): mark("from collaboration back to the network"),
}
# Where we stand with them after an end; inside the circle each ring has its own (bot/words.py).
OLD_FRIEND = mark("**{name}** is an old friend of the house.")
POSSIBLE = mark("**{name}** is a possible partner.")
_ENDED = {
    Level.NETWORK: mark("parted as good friends"),
    Level.COLLABORATION: mark("the collaboration ended, the contact goes on"),
    Level.PARTNERSHIP: mark("the partnership ended, the contact goes on"),
}
# What is said the moment that a relation has moved inwards or outwards, and when it has ended.
NOW_IN = {
    Level.COLLABORATION: mark("**Now we collaborate with {name}.**"),
    Level.PARTNERSHIP: mark("**Now we have a partnership with {name}.**"),
}
NOW_OUT = {
    Level.NETWORK: mark("**Thanks for what you did. {name} is in our network.**"),
    Level.COLLABORATION: mark("**Now we collaborate with {name}.** The history is kept."),
}
NOW_ENDED = {
    Level.NETWORK: mark("**You part from {name} as good friends.**"),
    Level.COLLABORATION: mark("**The collaboration with {name} is over. The contact is not.**"),
    Level.PARTNERSHIP: mark("**The partnership with {name} is over. The contact is not.**"),
}
CRITERION = {
    Criterion.GOAL: mark("goals"),
    Criterion.TOGETHER: mark("something new together"),
    Criterion.METHOD: mark("way of working"),
    Criterion.FRAME: mark("frame"),
    Criterion.AGREEMENTS: mark("agreements"),
    Criterion.EQUALITY: mark("equality"),
}
# The same as a question to colleagues (after Byg partnerskaber!, page 13; own words).
ASKED = {
    Criterion.GOAL: mark("Does the partnership help the library with a goal it has written down?"),
    Criterion.TOGETHER: mark(
        "Do we do something together that neither they nor we could have done alone?"
    ),
    Criterion.METHOD: mark(
        "Do we have a regular way of working together, such as meetings, minutes and follow-up?"
    ),
    Criterion.FRAME: mark(
        "Is it clear to them and to us whether it is one activity with an end or a frame for"
        " several?"
    ),
    Criterion.AGREEMENTS: mark(
        "Have we agreed with them on expectations, roles and what should come of it?"
    ),
    Criterion.EQUALITY: mark("Is it equal, so that both they and we gain from it?"),
}
STANDING = {
    Standing.MET: mark("Yes"),
    Standing.NOT_YET: mark("Not yet"),
    Standing.UNKNOWN: mark("Don't know"),
}


def moved(move: Move) -> str:
    """The way that was gone, a msgid."""
    if move.ends:
        return _ENDED[move.from_level]
    return WAYS[move.from_level, move.to_level]
