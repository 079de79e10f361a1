import os
import re
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parents[1]
PATIENCE = 180  # seconds; each takes some ten where nothing else is done
NUMBER = r"-?\d+(\.\d+)?"


def last_line(bench: str, *options: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, str(HOUSE / "bench" / bench), *options, "--no-limits"],
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines: list[str] = done.stdout.splitlines()
    return lines[-1]


def test_the_command_bench_ends_with_both_figures_and_their_limits() -> None:
    tiny = ("--partners", "3", "--rounds", "2", "--crowd", "4", "--crowds", "1")
    said = last_line("command.py", *tiny)
    pattern = (
        "alone: bot N ms, bare N ms, \\+N ms \\(limit \\+10\\);"
        " 4 at once: p99 bot N ms, bare N ms, ratio N \\(limit 2\\)"
    )
    assert re.fullmatch(pattern.replace("N", NUMBER), said), said


def test_the_startup_bench_ends_with_both_figures_and_their_limits() -> None:
    said = last_line("startup.py", "--starts", "1", "--rest", "0")
    pattern = (
        "startup: bot N s, bare N s \\(limit 2.5\\);"
        " memory bot N MB, bare N MB, ratio N \\(limit 2.5\\)"
    )
    assert re.fullmatch(pattern.replace("N", NUMBER), said), said


def test_the_overview_bench_ends_with_growth_and_what_is_held_against_a_limit() -> None:
    said = last_line("overview.py", "--partners", "20", "40", "--labels", "9", "--rounds", "1")
    pattern = (
        "overview: growth digest N, white spots N, circle N, home N \\(limit 1\\);"
        " digest N times its SQL \\(limit 5\\), home N ms \\(limit 150\\);"
        " picture cold N ms \\(limit 1000\\), cached N ms \\(limit 50\\),"
        " acknowledged meanwhile in N ms \\(limit 500\\)"
    )
    assert re.fullmatch(pattern.replace("N", NUMBER), said), said


def test_the_reveal_bench_ends_with_its_figures_and_their_limit() -> None:
    said = last_line("reveal.py", "--rounds", "1")
    pattern = (
        "reveal, a person: 10 people N ms, 60 people ratio N, 200 people ratio N \\(limit 2\\)"
    )
    assert re.fullmatch(pattern.replace("N", NUMBER), said), said


def test_the_export_bench_ends_with_the_slowest_and_how_memory_grows() -> None:
    said = last_line("data.py", "export", "--size", "20", "--only", "json", "backup")
    pattern = (
        "export of 20 partners: slowest \\w+, N s; memory grows most for \\w+, \\+?N MB"
        " \\(limit \\+10\\)"
    )
    assert re.fullmatch(pattern.replace("N", NUMBER), said), said


def test_the_import_bench_ends_with_its_figures_and_their_limits() -> None:
    said = last_line("data.py", "import", "--size", "40", "--only", "csv")
    pattern = (
        "import of 40 rows: slowest \\w+, N s \\(limit 15\\), locked N s, undone N s \\(limit 3\\),"
        " silent N ms, memory N MB \\(limit 300\\)"
    )
    assert re.fullmatch(pattern.replace("N", NUMBER), said), said


def test_the_duplicates_bench_ends_with_its_cost_and_how_long_others_waited() -> None:
    said = last_line("duplicates.py", "--partners", "120", "--rounds", "1")
    pattern = (
        "duplicates, 120 partners: N pairs, processor N s, clock N s, loop held N ms"
        " \\(limit 1 s of the processor for 10000\\)"
    )
    assert re.fullmatch(pattern.replace("N", NUMBER), said), said


def test_the_search_bench_ends_with_the_slowest_and_what_storage_adds_on_both_databases() -> None:
    said = last_line("data.py", "search", "--size", "40")
    each = "p99 N ms, storage N times its SQL"
    pattern = f"search among 40 partners: SQLite {each}; PostgreSQL {each} \\(limits N ms, N\\)"
    assert re.fullmatch(pattern.replace("N", NUMBER), said), said


def test_the_noise_bench_ends_with_the_figures_of_those_who_answer_and_those_who_do_not() -> None:
    said = last_line("noise.py", "--years", "1")
    one = "mean N \\(N weekly\\), busiest N, worst week [12], worst eight weeks [1-8]"
    pattern = f"noise, a person and week: who answers {one}; who ignores {one} \\(limits 2 and 8\\)"
    assert re.fullmatch(pattern.replace("N", NUMBER), said), said


def test_the_delivery_bench_ends_with_its_share_of_the_limits_and_the_claims() -> None:
    said = last_line("delivery.py", "--messages", "2", "--claims", "20")
    pattern = (
        "delivery: 2 messages in N s, 0 refused as too many, N of what the limits allow"
        " \\(limit 0.9\\); claims ours N/s, procrastinate N/s, ratio N \\(limit 1\\)"
    )
    assert re.fullmatch(pattern.replace("N", NUMBER), said), said
