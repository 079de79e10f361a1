"""Partners to write, and the writing of them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from io import BytesIO

from bot.circle import Level, Move, Why
from bot.contact import Contact
from bot.contact import Kind as ContactKind
from bot.evaluation import Decision as Adjusted
from bot.evaluation import Occasion
from bot.evaluation_questions import shipped
from bot.evaluation_told import Agreed, Remark, Told
from bot.export import Entry, Paper, Wanted
from bot.export_writer import Writer, write, writer
from bot.partner import ContactPerson, Kind, Partner, Purpose, RelationType, Room, Status
from bot.privacy import Information, Standing
from bot.questions import load
from bot.round import Sheet as RoundSheet
from bot.round import Standing as Answered
from bot.round import Why as RoundWhy
from bot.tjek import Answer, Check, Decision, Form, Sheet
from bot.translation import Translator
from bot.workspace import Language, Workspace

LATE = datetime(2026, 9, 30, 23, 30, tzinfo=UTC)  # the first of October in Denmark

ANNE = ContactPerson(
    "Anne Holm", "formand", "anne@springbraet.dk", "+4533663000", "har nøglen", "visitkort", 4
)
BO = ContactPerson("Bo Lind", "", "bo@springbraet.dk", "+4533663001", id=5)
SPRINGBRAET = Partner(
    "Foreningen Springbræt",
    id=3,
    other_names=("Springbrættet", "SB"),
    kind=Kind.ASSOCIATION,
    branch="Nord",
    keywords=("lektier", "børn"),
    age_groups=("6-12", "unge"),
    rooms=(Room.LEARNING, Room.MEETING),
    purposes=(Purpose.NEW_USERS,),
    level=Level.PARTNERSHIP,
    status=Status.ACTIVE,
    start=date(2025, 2, 1),
    website="https://springbraet.dk",
    note="=SUM(A1)",
    people=(ANNE, BO),
    responsible="U02",
    known_by=("U02", "U03"),
    created_by="U02",
    created_at=LATE,
)
CHECK = Check(
    "U02",
    LATE,
    form=Form.PARTNERSHIP,
    partner_id=3,
    partner_name="Foreningen Springbræt",
    idea="lektiecafé",
    short=True,
    id=9,
    finished_at=LATE,
    decision=Decision.GO_ON_IF,
    reason="hvis vi får penge",
    decided_by="U02",
    decided_at=LATE,
    sheets={"U02": Sheet({"mission": Answer.YES}, {"fit": "ja"})},
    wording=load("tjek").model_dump(mode="json"),
)
IDEA = Check("U02", LATE, idea="@dans", partner_name="Dansehallerne", id=10, finished_at=LATE)
_PARTNERSHIP = shipped().get("partnership")
# Two of its themes, the second of which is in place or not.
_ASKED = _PARTNERSHIP.model_copy(
    update={
        "themes": (_PARTNERSHIP.themes[0], _PARTNERSHIP.themes[-1]),
        "questions": (*_PARTNERSHIP.of("cooperation"), *_PARTNERSHIP.of("criteria")),
    }
)
EVALUATION = Told(
    3,
    Occasion.YEARLY,
    _ASKED,
    Level.PARTNERSHIP,
    date(2026, 9, 21),
    LATE,
    LATE,
    "Lektiecaféen",
    why=RoundWhy.DEADLINE,
    revealed_at=LATE,
    invited={
        "1": Answered.ANSWERED,
        "2": Answered.ANSWERED,
        "3": Answered.WAITING,
        "@#1": Answered.ANSWERED,
    },
    sheets={
        "1": RoundSheet({"easy": "4", "goal": "met", "together": "not_yet"}, {"last": "mere tid"}),
        "2": RoundSheet({"easy": "5", "goal": "unknown"}),
        "@#1": RoundSheet({"easy": "2"}, {"easy": "ring før ni"}),
    },
    decision=Adjusted.ADJUST,
    reason="roller",
    closed_at=LATE,
    steps=(
        Agreed("skriv nummeret op", date(2026, 10, 9), LATE, LATE),
        Agreed("hold et møde", date(2026, 10, 20), LATE),
    ),
    remarks=(Remark("de vil gerne mødes oftere", LATE),),
)
WHOLE = Entry(
    SPRINGBRAET,
    {4: Standing(Information(date(2025, 3, 1), "mail"), "U02"), 5: Standing(no_contact=True)},
    (
        Contact(3, ContactKind.MET, date(2026, 5, 2), "U02", LATE, "foråret", "Anne", id=6),
        Contact(3, ContactKind.MAIL, date(2026, 3, 1), "U03", LATE, id=7),
    ),
    (
        Move(3, Level.NETWORK, Level.PARTNERSHIP, Why.FRAME, "U02", LATE, "aftale", id=8),
        Move(3, Level.PARTNERSHIP, Level.NETWORK, Why.ENDED, "U02", LATE, learned="tid", id=11),
    ),
    (CHECK,),
    (EVALUATION,),
)
SPONSOR = Entry(Partner("Byens Bank", id=20, relation_type=RelationType.SPONSOR, archived=True))
CARLA = Entry(Partner("Carla Winther", id=21, kind=Kind.INDIVIDUAL))

PAPER = Paper(
    Translator(Language.DANISH), Workspace(library_name="Byens Bibliotek"), {"U02": "Mette Øst"}
)


def written(
    wanted: Wanted, *entries: Entry, ideas: Iterable[Check] = (), paper: Paper = PAPER
) -> tuple[bytes, Writer]:
    """The file's bytes, and the writer with its counts."""
    file = BytesIO()
    to = writer(file, paper, wanted, LATE)
    write(to, entries)
    for check in ideas:
        to.add_idea(check)
    to.close()
    return file.getvalue(), to
