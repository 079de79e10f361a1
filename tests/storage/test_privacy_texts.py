"""No text about people escapes: each table is explained, each text is looked through or exempt."""

from pathlib import Path

import pytest

from storage.privacy_texts import ELSEWHERE
from storage.schema import METADATA
from storage.types import Json, PlainText

PAGE = Path(__file__).parents[2] / "docs" / "privacy.md"

# Texts that privacy_erasure goes through by name: a partner's own, a person's, and their logs.
BY_NAME = {
    "contact_word",
    "duplicate_merge.snapshot",
    "partner",
    "contact_person",
    "partner_tag",
    "partner_change",
    "partner_word",
    "person_privacy.informed_how",
    "disclosure.purpose",
}
# Ids, keys and answers that are no prose, and what is the library's and not about a partner.
NO_PROSE = {
    "asked_question",
    "circle_activity.noted_by",
    "circle_activity.over_by",
    "circle_gate.by",
    "circle_move.by",
    "circle_picture",  # names organisations only; drawn anew after each change of a card
    "circle_question.by",
    "circle_trial.noted_by",
    "circle_trial.settled_by",
    "contact.changed_by",
    "contact.kind",
    "contact.link",
    "contact.noted_by",
    "delivery",
    "digest",
    "digest_greeting.by",
    "digest_greeting.week",
    "disclosure.by",
    "duplicate_apart.by",
    "duplicate_merge.by",
    "duplicate_merge.past",  # places, dates and the closed lists of a card that went; no names
    "duplicate_merge.undone_by",
    "evaluation.instrument",  # the questions, as tjek.wording
    "evaluation_link",
    "evaluation_moved",
    "evaluation_question",
    "evaluation_remark.user_id",
    "evaluation_sense.by",
    "evaluation_step.by",
    "evaluation_step.user_id",
    "export_log.by",
    "export_log.counts",
    "export_log.file",
    "import_partner.noted",  # numbers, days and wishes
    "import_run.by",
    "import_run.counts",
    "import_run.refused",
    "import_run.undone_by",
    "installation",
    "job_run",
    "member",
    "oauth_state",
    "partner_sort.fact",
    "partner_tie",
    "person_privacy.informed_by",
    "reminder_handover",
    "reminder_letter",  # numbers and days
    "reminder_reader",
    "reminder_told",
    "round.called_by",
    "round.channel",
    "round.closed_by",
    "round.decision",
    "round.kind",
    "round.state",
    "round.ts",
    "round.why",
    "round_answer",
    "round_invited",
    "round_note.about",
    "round_note.user_id",
    "seen",
    "sent_file.by",
    "sent_file.file",
    "tjek.decided_by",
    "tjek.page",
    "tjek.started_by",
    "tjek.wording",
    "tjek_answer",
    "tjek_note.page",
    "tjek_question",
    "tjek_note.user_id",
    "tjek_step.by",
    "tjek_step.user_id",
    "tombstone",
    "who_answer",
    "who_question.asked_by",
    "who_question.channel",
    "who_question.ts",
    "workspace",
    "workspace_version",
}


def test_every_text_is_looked_through_when_a_person_asks_or_is_forgotten() -> None:
    looked_through = {
        f"{texts.table.name}.{column}"
        for texts in ELSEWHERE
        for column in (*texts.columns, *texts.names)
    }
    decided = BY_NAME | NO_PROSE | looked_through
    undecided = {
        f"{table.name}.{column.name}"
        for table in METADATA.sorted_tables
        for column in table.c
        if isinstance(column.type, PlainText | Json) and column.name != "team_id"
        if not {table.name, f"{table.name}.{column.name}"} & decided
    }
    assert not undecided, "add it to ELSEWHERE in storage/privacy_texts.py, or say why not above"


def test_what_is_exempt_is_still_there() -> None:
    known = {
        f"{table.name}.{column.name}" for table in METADATA.sorted_tables for column in table.c
    }
    assert known | METADATA.tables.keys() >= BY_NAME | NO_PROSE


@pytest.mark.parametrize("language", [0, 1], ids=["danish", "english"])
def test_the_data_map_names_every_table(language: int) -> None:
    half = PAGE.read_text().split("\n---\n")[language]
    missing = {name for name in METADATA.tables if f"`{name}`" not in half}
    assert not missing, "say what it keeps, why and for how long, in both languages"
