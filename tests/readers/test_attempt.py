from player.core.notice import Notice
from player.readers.attempt import attempt


def test_part_that_can_be_read_is_given_without_a_word() -> None:
    told: list[Notice] = []
    assert attempt(lambda: 1, 0, told, "code", "Sentence.") == 1
    assert told == []


def test_part_that_fails_in_any_way_is_told_and_replaced() -> None:
    told: list[Notice] = []

    def endless() -> int:
        return endless()

    assert attempt(endless, 0, told, "code", "Sentence.") == 0
    assert told == [Notice("code", "Sentence.")]
