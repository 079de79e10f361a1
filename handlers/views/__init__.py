"""Block Kit: pure functions from domain object to view, and back from what was submitted."""
