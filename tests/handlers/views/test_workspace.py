import pytest

from bot.translation import Translator
from bot.workspace import Language
from handlers.views import workspace as views
from tests.handlers.views.extreme import LANGUAGES, accepted_message, accepted_view, filled


@LANGUAGES
@pytest.mark.parametrize("library", Language)
@pytest.mark.parametrize("own", [None, *Language])
def test_the_settings_come_back_untouched(
    t: Translator, own: Language | None, library: Language
) -> None:
    shown = accepted_view(views.settings_view(t, own, library))
    assert views.read_settings(filled(shown)) is own


@LANGUAGES
def test_what_is_saved_is_said(t: Translator) -> None:
    accepted_message(t, views.saved(t))
