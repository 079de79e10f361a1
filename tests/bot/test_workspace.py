import json
from datetime import date, time
from typing import Any

import pytest

from bot.errors import UserError
from bot.partner import Kind, Room
from bot.workspace import ClosedDays, Language, WorkingHours, Workspace

WHOLE = Workspace(
    language=Language.ENGLISH,
    timezone="America/Godthab",
    coordinators=("U01", "U02"),
    switched_on=True,
    digest_channel="C02",
    partner_channel="C01",
    closed_days=(ClosedDays(first=date(2026, 12, 24), last=date(2027, 1, 2)),),
    working_hours=WorkingHours(start=time(7, 30), end=time(15)),
    keywords=("børn",),
    room_names={Room.MEETING: "Torvet"},
    kind_names={Kind.FIRM: "virksomhed og butik"},
    kinds_off=(Kind.STATE,),
    library_name="Byens Bibliotek",
    retention_months=12,
)


def test_a_library_that_has_decided_nothing_is_silent() -> None:
    assert not Workspace().switched_on
    assert Workspace().coordinators == ()


def test_settings_come_back_from_json_as_they_were() -> None:
    stored = json.loads(json.dumps(WHOLE.model_dump(mode="json")))
    assert Workspace.loaded(stored) == WHOLE


def test_settings_of_an_older_version_get_the_defaults() -> None:
    old = {
        "language": "da",
        "timezone": "Europe/Copenhagen",
        "keywords": ["børn"],
        "branches": [],
        "target_groups": [],
        "age_groups": ["0-5"],
        "room_names": {"meeting": "Torvet"},
    }
    assert Workspace.loaded(old) == Workspace(
        keywords=("børn",), age_groups=("0-5",), room_names={Room.MEETING: "Torvet"}
    )
    assert Workspace.loaded({}) == Workspace()


@pytest.mark.parametrize(
    ("newer", "told"),
    [
        ({"language": "sv"}, "language"),
        ({"mood": "good", "colour": 3}, "mood, colour"),
        ({"working_hours": {"start": "08:00", "pause": "12:00"}}, "working_hours"),
        ({"kind_names": {"choir": "kor"}}, "kind_names"),
    ],
)
def test_what_a_newer_version_stored_is_refused_by_name(newer: dict[str, Any], told: str) -> None:
    with pytest.raises(UserError, match="newer version") as refused:
        Workspace.loaded(newer)
    assert refused.value.values == {"settings": told}
