"""What the bot's own library builds within its rules, the judge lets through."""

import json
from typing import Any

import pytest
import slackblocks as sb
from slackblocks.rich_text.objects import ListType

from sandbox.validation import check_message, check_view

OPTIONS = [sb.Option(text=sb.PlainText(f"Valg {n}"), value=f"v{n}") for n in range(3)]
CONFIRM = sb.Confirm(
    title=sb.PlainText("Sikker?"),
    text=sb.PlainText("Det kan ikke fortrydes."),
    confirm=sb.PlainText("Ja"),
    deny=sb.PlainText("Nej"),
    style="danger",
)
DISPATCH = sb.DispatchActionConfiguration(["on_enter_pressed", "on_character_entered"])
PARAGRAPH = sb.RichTextSection([sb.RichText("Hej ", bold=True), sb.RichTextUser("U01")])
PICTURE = sb.Image(alt_text="Logo", image_url="https://example.org/logo.png")
HINT = sb.PlainText("Vælg", emoji=True)

INPUTS: dict[str, Any] = {
    "text": sb.PlainTextInput(
        "text",
        initial_value="Hej",
        multiline=True,
        min_length=1,
        max_length=3000,
        dispatch_action_config=DISPATCH,
        focus_on_load=True,
        placeholder=HINT,
    ),
    "number": sb.NumberInput(
        is_decimal_allowed=False, action_id="number", initial_value="3", min_value=1, max_value=5
    ),
    "email": sb.EmailInput("email", placeholder=HINT),
    "link": sb.URLInput("link", initial_value="https://example.org"),
    "rich": sb.RichTextInput("rich", initial_value=sb.RichTextBlock(PARAGRAPH), min_lines=2),
    "files": sb.FileInput("files", filetypes=["pdf"], max_files=2),
    "date": sb.DatePicker("date", initial_date="2026-11-24", confirm=CONFIRM, placeholder=HINT),
    "time": sb.TimePicker("time", initial_time="09:00", timezone="Europe/Copenhagen"),
    "moment": sb.DateTimePicker("moment", initial_datetime=1_800_000_000),
    "static": sb.StaticSelectMenu("static", OPTIONS, initial_option=OPTIONS[1], placeholder=HINT),
    "statics": sb.StaticMultiSelectMenu(
        "statics", OPTIONS, initial_options=OPTIONS[:2], max_selected_items=2
    ),
    "external": sb.ExternalSelectMenu("external", min_query_length=2, placeholder=HINT),
    "externals": sb.ExternalMultiSelectMenu("externals", initial_options=OPTIONS),
    "user": sb.UserSelectMenu("user", initial_user="U01"),
    "users": sb.UserMultiSelectMenu("users", initial_users=["U01"]),
    "channel": sb.ChannelSelectMenu("channel", initial_channel="C01"),
    "channels": sb.ChannelMultiSelectMenu("channels", initial_channels=["C01"]),
    "conversation": sb.ConversationSelectMenu(
        "conversation", filter=sb.ConversationFilter(include=["public"], exclude_bot_users=True)
    ),
    "conversations": sb.ConversationMultiSelectMenu("conversations"),
    "radio": sb.RadioButtonGroup("radio", OPTIONS, initial_option=OPTIONS[0]),
    "boxes": sb.CheckboxGroup("boxes", OPTIONS, initial_options=OPTIONS[:1]),
}

BLOCKS: dict[str, Any] = {
    "section": sb.SectionBlock(
        sb.PlainText("Hej"), "section", [sb.Markdown("*Hej*", verbatim=True)], PICTURE
    ),
    "divider": sb.DividerBlock("divider"),
    "header": sb.HeaderBlock(sb.PlainText("Netværkscirklen", emoji=True), "header"),
    "context": sb.ContextBlock([sb.PlainText("Hej"), PICTURE], "context"),
    "image": sb.ImageBlock(
        alt_text="Cirklen",
        title="Cirklen",
        block_id="i",
        slack_file=sb.SlackFile(None, "F0123ABCD"),
    ),
    "rich_text": sb.RichTextBlock(
        [
            PARAGRAPH,
            sb.RichTextList(ListType.BULLET, [PARAGRAPH, PARAGRAPH], indent=1),
            sb.RichTextQuote([sb.RichTextEmoji("wave"), sb.RichTextChannel("C01", bold=True)]),
            sb.RichTextCodeBlock([sb.RichTextLink("https://example.org", "her")], border=1),
        ],
        "rich_text",
    ),
    "actions": sb.ActionsBlock(
        [
            sb.Button(
                sb.PlainText("Gem"),
                "gem",
                value="7",
                style="primary",
                confirm=CONFIRM,
                accessibility_label="Gem partneren",
            ),
            sb.Button(sb.PlainText("Læs"), "read", url="https://example.org"),
            sb.OverflowMenu("more", OPTIONS),
        ],
        "actions",
    ),
    "card": sb.CardBlock(
        title=sb.PlainText("Partner"), body=sb.PlainText("Hej"), slack_icon=sb.SlackIcon("star")
    ),
}

_POINTS = [sb.DataPoint("Jan", 1), sb.DataPoint("Feb", 2)]
POSTED: dict[str, Any] = {
    "markdown": sb.MarkdownBlock("**Hej**", "markdown"),
    "table": sb.TableBlock(
        [[sb.RawText("Partner"), PARAGRAPH]], [sb.ColumnSettings("left", is_wrapped=True)], "table"
    ),
    "data_table": sb.DataTableBlock(
        [[sb.RawText("Partner")], [sb.RawNumber(3, "3")], [sb.RichTextBlock(PARAGRAPH, "cell")]],
        caption="Partnere",
        block_id="data_table",
    ),
    "pie": sb.DataVisualizationBlock("Cirklen", sb.PieChart([sb.ChartSegment("A", 1)]), "pie"),
    "bar": sb.DataVisualizationBlock(
        "Kontakter",
        sb.BarChart(
            [sb.DataSeries("I år", _POINTS)], sb.AxisConfig(["Jan", "Feb"], "Måned", "Antal")
        ),
        "bar",
    ),
    "context_actions": sb.ContextActionsBlock(
        [
            sb.FeedbackButtons(sb.FeedbackButton("Ja", "1"), sb.FeedbackButton("Nej", "0"), "f"),
            sb.IconButton("Slet", "trash", "delete", confirm=CONFIRM, visible_to_user_ids=["U01"]),
        ],
        "context_actions",
    ),
    "carousel": sb.CarouselBlock([sb.CardBlock(title="Partner", block_id="one")], "carousel"),
    "container": sb.ContainerBlock(
        [sb.SectionBlock(sb.PlainText("Hej"), "inner")], title="Mere", is_collapsible=True
    ),
    "file": sb.FileBlock("1", "file"),
    "video": sb.VideoBlock(
        "Video", "https://example.org/a.png", sb.PlainText("Video"), "https://example.org/v"
    ),
    "plan": sb.PlanBlock("Plan", [sb.TaskCardBlock("1", "Ring", status="pending")], "plan"),
    "task_card": sb.TaskCardBlock(
        "1",
        "Ring",
        details=sb.RichTextBlock(PARAGRAPH, "d"),
        sources=[sb.URLSource("https://example.org", "Kilden")],
        status="complete",
    ),
}


def _decoded(built: Any) -> Any:
    """Take a payload through JSON, as it would reach Slack."""
    return json.loads(json.dumps(built.to_dict()))


@pytest.mark.parametrize("name", INPUTS)
def test_each_input_passes_in_a_modal(name: str) -> None:
    block = sb.InputBlock(sb.PlainText("Svar"), INPUTS[name], hint="Et hint", optional=True)
    assert check_view(_decoded(sb.ModalView("Ny partner", [block], submit="Gem"))) == []


def test_all_inputs_pass_in_one_modal() -> None:
    blocks = [sb.InputBlock(name, element, block_id=name) for name, element in INPUTS.items()]
    view = sb.ModalView(
        sb.PlainText("Ny partner"),
        [sb.AlertBlock(sb.PlainText("Husk samtykke"), "warning", "alert"), *blocks],
        close="Luk",
        submit="Gem",
        private_metadata="{}",
        callback_id="partner",
        notify_on_close=True,
        external_id="partner-7",
    )
    assert check_view(_decoded(view)) == []


@pytest.mark.parametrize("name", BLOCKS)
def test_each_block_passes_everywhere(name: str) -> None:
    block = BLOCKS[name]
    assert check_view(_decoded(sb.ModalView("Partner", [block]))) == []
    assert check_view(_decoded(sb.HomeTabView([block], callback_id="home"))) == []
    assert check_message(_decoded(sb.Message("C01", "Hej", [block]))) == []


@pytest.mark.parametrize("name", POSTED)
def test_each_block_of_messages_passes_in_a_message(name: str) -> None:
    assert check_message(_decoded(sb.Message("C01", "Hej", [POSTED[name]]))) == []


def test_a_whole_message_passes() -> None:
    message = sb.Message(
        "C01",
        "Venner af huset",
        [*BLOCKS.values(), *POSTED.values()],
        attachments=[sb.Attachment([sb.DividerBlock("last")], color="#ff0000")],
        metadata={"event_type": "digest", "event_payload": {"key": "2026-48"}},
    )
    assert check_message(_decoded(message)) == []
