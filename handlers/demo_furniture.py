"""What `bot/demo.yaml` may say: the lively house's settings, partners, contacts and checks."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict, PositiveInt, model_validator

from bot import contact
from bot.circle import Level, Why
from bot.circle_gate import Criterion, Standing
from bot.evaluation import Decision as Evaluated
from bot.evaluation import Occasion
from bot.partner import ContactPerson, Kind, Purpose, RelationType, Room, Status
from bot.questions import SHORT_PAGE, load
from bot.tjek import Answer, Decision, Form
from bot.workspace import Language, Workspace


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Added(_Part):
    """When a partner came into the register, and by whom."""

    days_ago: PositiveInt
    by: str


class NextStep(_Part):
    """What was agreed to do next."""

    what: str
    in_days: int


class DemoMove(_Part):
    """One step through the circle; it begins where the one before has led."""

    days_ago: PositiveInt
    by: str
    to: Level
    why: Why
    reason: str = ""
    learned: str = ""
    told: str = ""


class DemoActivity(_Part):
    """Something that runs; `ends_in_days` is negative where its end has passed."""

    days_ago: PositiveInt
    by: str
    what: str
    ends_in_days: int | None = None


class DemoTrial(_Part):
    """A trial that runs."""

    days_ago: PositiveInt
    by: str
    decide_in_days: PositiveInt
    agreed_with: str = ""


class DemoGate(_Part):
    """The six criteria as they were answered once; what is not named is not known."""

    days_ago: PositiveInt
    by: str
    answers: Mapping[Criterion, Standing]
    notes: Mapping[Criterion, str] = {}


class DemoEvaluation(_Part):
    """One evaluation that is over: a letter for each answer, ours by member (demo_evaluation)."""

    days_ago: PositiveInt
    by: str
    occasion: Occasion
    instrument: str
    ours: Mapping[str, str]
    theirs: str = ""
    notes: Mapping[str, Mapping[str, str]] = {}
    decision: Evaluated
    reason: str = ""


class DemoPartner(_Part):
    """One partner; the fields without a time are those of `bot.partner.Partner`.

    Who has `moves` came in with the network, and they must lead to its `level`.
    """

    added: Added
    moves: tuple[DemoMove, ...] = ()
    activities: tuple[DemoActivity, ...] = ()
    trial: DemoTrial | None = None
    gate: DemoGate | None = None
    evaluations: tuple[DemoEvaluation, ...] = ()
    started_days_ago: PositiveInt | None = None
    agreement_ends_in_days: PositiveInt | None = None
    next_step: NextStep | None = None
    archived: bool = False
    other_names: tuple[str, ...] = ()
    kind: Kind | None = None
    website: str = ""
    cvr: str = ""
    area: str = ""
    branch: str = ""
    keywords: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    age_groups: tuple[str, ...] = ()
    rooms: tuple[Room, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    goals: tuple[str, ...] = ()
    relation_type: RelationType = RelationType.PARTNER
    level: Level = Level.NETWORK
    status: Status = Status.ACTIVE
    agreement_link: str = ""
    case_number: str = ""
    note: str = ""
    people: tuple[ContactPerson, ...] = ()
    responsible: str | None = None
    deputy: str | None = None
    known_by: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _ends_where_its_moves_lead(self) -> Self:
        if self.moves and self.moves[-1].to is not self.level:
            raise ValueError(f"the moves lead to {self.moves[-1].to}, not to {self.level}")
        return self


class DemoContact(_Part):
    """One contact with a partner of the house, as the one who had it noted it that day."""

    partner: str
    days_ago: PositiveInt
    by: str
    about: str
    kind: contact.Kind = contact.Kind.TALKED
    with_whom: str = ""


class Decided(_Part):
    """What a check came to."""

    decision: Decision
    reason: str
    days_ago: PositiveInt
    by: str


class DemoCheck(_Part):
    """One check of a partner of the house; `left_on` names the page of an unfinished one."""

    by: str
    days_ago: PositiveInt
    partner: str
    idea: str
    form: Form = Form.COLLABORATION
    short: bool = False
    answers: Mapping[str, Answer]
    notes: Mapping[str, str] = {}
    left_on: str | None = None
    decided: Decided | None = None

    @model_validator(mode="after")
    def _asks_what_the_bot_asks(self) -> Self:
        questions = load("tjek")
        known = {question.id for question in questions.questions}
        pages = {SHORT_PAGE, *(page.id for page in questions.pages)}
        named = {*self.notes, self.left_on or SHORT_PAGE}
        unknown = (self.answers.keys() - known) | (named - pages)
        if unknown:
            raise ValueError(f"tjek has no question or page called {', '.join(sorted(unknown))}")
        return self


class Informed(_Part):
    """When and how contact persons were told that we have their details."""

    after_days: PositiveInt
    how: str


class DemoHouse(_Part):
    """All of `bot/demo.yaml`; partners by name, languages by member."""

    library: Workspace
    opened_days_ago: PositiveInt
    languages: Mapping[str, Language]
    informed: Informed
    partners: Mapping[str, DemoPartner]
    checks: tuple[DemoCheck, ...]
    contacts: tuple[DemoContact, ...] = ()

    @model_validator(mode="after")
    def _knows_its_own_partners(self) -> Self:
        named = {told.partner for told in self.checks} | {told.partner for told in self.contacts}
        strangers = named - self.partners.keys()
        if strangers:
            raise ValueError(f"about nobody in the house: {', '.join(sorted(strangers))}")
        return self


def parse(text: str) -> DemoHouse:
    """The house in a YAML text; pydantic's ValidationError names the field that does not fit."""
    return DemoHouse.model_validate(yaml.safe_load(text))


def house() -> DemoHouse:
    """The house of `bot/demo.yaml`."""
    return parse((files("bot") / "demo.yaml").read_text(encoding="utf-8"))
