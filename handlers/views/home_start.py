"""The five questions that a library may begin with: the form, and the answers as a page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from slackblocks import Block, Button, InputBlock, ModalView, PlainTextInput, SectionBlock

from bot.edits import stamp
from bot.home_start import LENGTH, Draft, Question, Start
from bot.translation import Translator, mark
from handlers.views import goal, import_form, tjek
from handlers.views.partner import ADD
from handlers.views.parts import Typed, button, cut, heading, plain, rich, row
from handlers.views.parts_values import in_todays_form

BEGIN = "home_start_begin"
SEE = "home_start_see"
FORM = "home_start"  # callback id
READ = "home_start_read"  # callback id
TEXT = "answers"

NAMED = 40  # characters of a name on a button

QUESTION: Mapping[Question, str] = {
    Question.NOW: mark("Which partnerships do you have now?"),
    Question.WANTED: mark("Which would you like to have?"),
    Question.WHY: mark("Why those?"),
    Question.CHALLENGES: mark("What are your three main challenges?"),
    Question.AREA: mark("In which area do you want to begin?"),
}
_HINT: Mapping[Question, str] = {
    Question.NOW: mark("One on each line. Then I can help you to add them."),
    Question.WANTED: mark("A name, or a kind: a sports club, a school, a shop."),
    Question.WHY: mark("What should be different for the people of your town?"),
    Question.CHALLENGES: mark("In finding them, in agreeing, in keeping it going."),
    Question.AREA: mark("A room, an age, a part of the town, or a theme."),
}


@dataclass(frozen=True)
class Page:
    """The answers, and those named in them who can be added."""

    answers: Mapping[Question, str]
    new: Sequence[str] = ()
    coordinates: bool = False


def lines(t: Translator, start: Start) -> list[Block]:
    """The way to them on Home."""
    if start is Start.HIDDEN:
        return []
    said, way = t("Here are your answers to the five questions."), see_button(t)
    if start is Start.TO_ANSWER:
        said = t("Begin with five questions about your partnerships. Alone, or with your leaders.")
        way = button(t("Start here"), BEGIN)
    return [SectionBlock(plain(said), block_id="home_start", accessory=way)]


def see_button(t: Translator) -> Button:
    """The way to the answers."""
    return button(t("See your answers"), SEE)


def form_view(t: Translator, draft: Draft) -> ModalView:
    """One field for each; above it what a colleague has written there meanwhile."""
    said = t(
        "A line for each is enough. Everybody who works here can read the answers and put them"
        " right, so write of organisations and not of persons."
    )
    if draft.apart:
        said = t(
            "**A colleague has answered meanwhile.** Where you have both written something, theirs"
            " stands above yours. Put them together, and save."
        )
    stamps = _stamps(draft)
    fields = [block for question in Question for block in _field(t, draft, question, stamps)]
    return ModalView(
        plain(t("Start here")),
        [rich(said, block_id="home_start_said"), *fields],
        submit=plain(t("Save")),
        close=plain(t("Cancel")),
        callback_id=FORM,
        private_metadata=":".join(stamps.values()),
    )


@in_todays_form()
def shown(note: str) -> dict[Question, str]:
    """The stamps of the answers that were stored when the form was shown."""
    return dict(zip(Question, note.split(":"), strict=True))


def read_form(typed: Typed) -> dict[Question, str]:
    """What was written to each."""
    found = {}
    for question in Question:
        (state,) = typed[question].values()
        found[question] = str(state.get("value") or "")
    return found


def page_view(t: Translator, page: Page) -> ModalView:
    """In a field, where one can mark it all and copy it; below, what to do next."""
    answered = [f"{t(QUESTION[question])}\n{answer}" for question, answer in page.answers.items()]
    field = PlainTextInput(TEXT, initial_value="\n\n".join(answered) or None, multiline=True)
    blocks: list[Block] = [
        InputBlock(
            plain(t("Where you begin")),
            field,
            hint=plain(t("Copy it to the one you want to talk about it with.")),
            block_id=TEXT,
            optional=True,
        ),
        row("home_start_change", button(t("Change the answers"), BEGIN)),
        heading(t("And then?"), "home_start_then"),
    ]
    if page.new:
        adding = [
            button(t("Add “{name}”", name=cut(name, NAMED)), f"{ADD}.start{number}", name)
            for number, name in enumerate(page.new)
        ]
        blocks.append(row("home_start_add", *adding))
    blocks.append(row("home_start_next", *_next(t, page)))
    return ModalView(
        plain(t("Start here")),
        blocks,
        submit=plain(t("Done")),
        close=plain(t("Close")),
        callback_id=READ,
    )


def _stamps(draft: Draft) -> dict[Question, str]:
    return {question: stamp(draft.stored.get(question, "")) for question in Question}


def _field(
    t: Translator, draft: Draft, question: Question, stamps: Mapping[Question, str]
) -> Iterator[Block]:
    """With the stamp in the action_id, so that a client shows what a colleague has changed."""
    if question in draft.apart:
        theirs = draft.stored[question]
        yield rich(t("**A colleague wrote:**\n{text}"), f"{question}.theirs", text=theirs)
    element = PlainTextInput(
        f"{question}.{stamps[question]}",
        initial_value=draft.answers.get(question),
        multiline=True,
        max_length=LENGTH,
    )
    hint = plain(t(_HINT[question]))
    yield InputBlock(
        plain(t(QUESTION[question])), element, hint=hint, block_id=question, optional=True
    )


def _next(t: Translator, page: Page) -> list[Button]:
    ways = [goal.open_button(t), button(t("Check an idea"), f"{tjek.BEGIN}.start")]
    if page.coordinates:
        ways.append(button(t("Fetch your partners"), f"{import_form.BEGIN}.start"))
    return ways
