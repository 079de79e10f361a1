"""The short dialogue about a partner's place: what is asked, and where it leads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from slackblocks import (
    Block,
    Button,
    InputBlock,
    ModalView,
    PlainTextInput,
    RadioButtonGroup,
    RichTextBlock,
)

from bot.circle import WHYS_DOWN, Level, Reply, Why
from bot.circle_course import Course
from bot.circle_words import HAPPENED
from bot.guard import NOTE_LENGTH
from bot.partner import Partner, Status
from bot.translation import Translator, mark
from handlers.views.circle import NAME, About, Whom, about, standing, trial_line
from handlers.views.circle_story import GATE, NOW_TRIAL
from handlers.views.circle_way import settled, stayed
from handlers.views.parts import Typed, button, cut, option, plain, rich, row

ASKED = "circle_asked"  # callback ids
ACCEPTED = "circle_accepted"
LATER = "circle_later"

OTHERWISE = "circle_otherwise"  # action ids
OUTWARDS = "circle_outwards"
END = "circle_end"

# Block and action ids.
ACTIVITY, REPEATED, FRAMED, WHY = "activity", "repeated", "framed", "why"
REASON = "reason"

TITLES = {
    Level.NETWORK: mark("Is it a collaboration?"),
    Level.COLLABORATION: mark("Is it a partnership?"),
    Level.PARTNERSHIP: mark("Move one step out"),
}
# The sentence (a msgid) with which the dialogue ends; whoever reads it may disagree.
LEADS_IN = mark(
    "**Then we call it a partnership.** Six criteria show what is in place, and what you still have"
    " to talk about."
)
LEADS_OUT = {
    Level.COLLABORATION: mark("**Then we collaborate with {name}.**"),
    Level.NETWORK: mark("**Then {name} is in our network.**"),
}
HAS_HAPPENED = {
    Level.COLLABORATION: mark(
        "**It is quite normal for a collaboration to end and the contact to stay.**"
    ),
    Level.PARTNERSHIP: mark(
        "**It is quite normal for a partnership to become a collaboration again.**"
    ),
}


@dataclass(frozen=True)
class Way:
    """Where the dialogue has led, and by what; carried by the form that one accepts it in."""

    about: About
    to_level: Level
    why: Why

    def __str__(self) -> str:
        return f"{self.about}:{self.to_level}:{self.why}"

    @classmethod
    def read(cls, note: str) -> "Way":
        """From a view's private_metadata."""
        here, to_level, why = note.rsplit(":", 2)
        return cls(About.read(here), Level(to_level), Why(why))


def ask_view(
    t: Translator,
    partner: Partner,
    course: Course,
    today: date,
    here: About | None = None,
    *,
    outwards: bool = False,
) -> ModalView:
    """What is asked in that ring; `outwards`: of a collaboration, too, what has happened."""
    here = here or about(partner)
    down = outwards or partner.level is Level.PARTNERSHIP
    title = TITLES[Level.PARTNERSHIP if down else partner.level]
    questions = _what_has_happened(t, partner) if down else _questions(t, partner)
    blocks = [
        rich(t(standing(partner)), block_id="circle_standing", name=cut(partner.name, NAME)),
        *tried(t, course, today),
        *questions,
        row("circle_ways", *_decide(t, course, here), *_other_ways(t, partner, here, down=down)),
    ]
    return form(t, t(title), blocks, ASKED, str(here))


def tried(t: Translator, course: Course, today: date) -> list[Block]:
    """The trial that runs, or that the last one left everything where it was."""
    if course.trial:
        return [trial_line(t, course.trial, today, "circle_trial")]
    if course.trials and stayed(course.trials[-1]):
        said = settled(t, course.trials[-1], today)
        return [RichTextBlock([said], block_id="circle_trial")]
    return []


def read_reply(typed: Typed, question: str) -> Reply:
    """One of the dialogue's answers."""
    return Reply(chosen(typed, question))


def read_why(typed: Typed) -> Why | None:
    """What has happened, where that was the question."""
    return Why(chosen(typed, WHY)) if WHY in typed else None


def accept_view(t: Translator, partner: Partner, way: Way) -> ModalView:
    """Where the answers lead, to be accepted with a line, or seen otherwise."""
    inwards = way.to_level is Level.PARTNERSHIP
    sentence = LEADS_IN if inwards else LEADS_OUT[way.to_level]
    label = t("What is the larger frame?") if inwards else t("Tell us more in one line.")
    blocks = [
        rich(t(sentence), block_id="circle_leads", name=cut(partner.name, NAME)),
        reason_input(label, optional=way.why is not Why.OTHER),
        row("circle_ways", otherwise(t, way.about)),
    ]
    return form(t, t("This is how I see it"), blocks, ACCEPTED, str(way), t("Move them"))


def talk_view(t: Translator, partner: Partner, here: About, whom: Whom) -> ModalView:
    """It is being talked about: ask again?"""
    sentence = t("Then they stay in the network a little longer. Shall I ask {whom} again?")
    return ModalView(
        plain(t(TITLES[partner.level])),
        [
            rich(sentence, block_id="circle_talk", whom=whom.words(t)),
            row("circle_ways", otherwise(t, here)),
        ],
        submit=plain(t("In a month")),
        close=plain(t("No thanks")),
        callback_id=LATER,
        private_metadata=str(here),
    )


def stay_view(t: Translator, partner: Partner, here: About) -> ModalView:
    """There is no activity, and so they stay."""
    sentence = t("Then they belong in the network, and that is a good place to be.")
    return ModalView(
        plain(t(TITLES[partner.level])),
        [rich(sentence, block_id="circle_stay"), row("circle_ways", otherwise(t, here))],
        close=plain(t("Leave them there")),
        callback_id="circle_stays",
    )


def read_reason(typed: Typed) -> str:
    """The line about why."""
    return str(typed[REASON][REASON].get("value") or "")


def _questions(t: Translator, partner: Partner) -> list[Block]:
    if partner.level is Level.NETWORK:
        replies = {
            Reply.YES: t("Yes, it is agreed"),
            Reply.MAYBE: t("We are talking about it"),
            Reply.NO: t("No"),
        }
        return [_radio(t("Is there an activity that you do together?"), ACTIVITY, replies)]
    replies = {Reply.YES: t("Yes"), Reply.MAYBE: t("Maybe"), Reply.NO: t("No")}
    framed = t("Is it part of a larger frame, such as an agreement, a strategy or a yearly event?")
    again = t("Do you repeat the activity, or build on it?")
    return [_radio(again, REPEATED, replies), _radio(framed, FRAMED, replies)]


def _what_has_happened(t: Translator, partner: Partner) -> list[Block]:
    whys = {why: t(HAPPENED[why]) for why in WHYS_DOWN}
    return [
        rich(t(HAS_HAPPENED[partner.level]), block_id="circle_ordinary"),
        _radio(t("What has happened?"), WHY, whys),
    ]


def _decide(t: Translator, course: Course, here: About) -> list[Button]:
    if course.trial is None:
        return []
    return [button(t("Decide now"), NOW_TRIAL, str(here.of(course.trial)))]


def _other_ways(t: Translator, partner: Partner, here: About, *, down: bool) -> list[Button]:
    buttons = [otherwise(t, here)]
    if partner.level is Level.COLLABORATION and not down:
        buttons.append(button(t("Move one step out"), OUTWARDS, str(here)))
    if partner.level is Level.PARTNERSHIP:
        buttons.append(button(t("See the six criteria"), GATE, str(partner.id)))
    if partner.level is not Level.NETWORK or partner.status is not Status.ENDED:
        buttons.append(button(t("Part on good terms"), END, str(here)))
    return buttons


def otherwise(t: Translator, here: About) -> Button:
    """The way out of what the dialogue suggests."""
    return button(t("I see it differently …"), OTHERWISE, str(here))


def _radio(label: str, name: str, replies: Mapping[Reply, str] | Mapping[Why, str]) -> InputBlock:
    options = [option(words, value) for value, words in replies.items()]
    return InputBlock(plain(label), RadioButtonGroup(name, options), block_id=name)


def reason_input(label: str, reason: str = "", *, optional: bool) -> InputBlock:
    """One line about why."""
    # Room for more than is stored: what is too long comes back to be shortened.
    element = PlainTextInput(
        REASON, initial_value=reason[:NOTE_LENGTH] or None, max_length=NOTE_LENGTH
    )
    return InputBlock(plain(label), element, block_id=REASON, optional=optional)


def chosen(typed: Typed, name: str) -> str:
    """The value of the chosen radio button."""
    return str(typed[name][name]["selected_option"]["value"])


def form(
    t: Translator,
    title: str,
    blocks: Sequence[Block],
    callback_id: str,
    note: str = "",
    yes: str = "",
) -> ModalView:
    """A step of the dialogue."""
    return ModalView(
        plain(title, 24),
        list(blocks),
        submit=plain(yes or t("Next")),
        close=plain(t("Cancel")),
        callback_id=callback_id,
        private_metadata=note,
    )
