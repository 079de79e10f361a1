"""The only folder that knows Slack: handlers react, bot decides, storage remembers."""
