from hypothesis import given
from hypothesis import strategies as st

from bot.home_pages import Pages, spread


def test_one_begins_on_the_first_page_of_each() -> None:
    assert Pages() == Pages(own=1, waiting=1)


def test_a_page_takes_the_end_of_one_list_and_the_beginning_of_the_next() -> None:
    assert spread([3, 0, 4], 2, 3) == [slice(2, 3), slice(0, 0), slice(0, 2)]
    assert spread([], 0, 5) == []


@given(
    lengths=st.lists(st.integers(0, 20), max_size=6),
    size=st.integers(1, 9),
)
def test_all_pages_together_are_everything_once_and_in_order(lengths: list[int], size: int) -> None:
    lists = [[(which, n) for n in range(length)] for which, length in enumerate(lengths)]
    seen = []
    for first in range(0, sum(lengths), size):
        parts = spread(lengths, first, size)
        page = [one for some, part in zip(lists, parts, strict=True) for one in some[part]]
        assert len(page) <= size
        seen += page
    assert seen == [one for some in lists for one in some]
