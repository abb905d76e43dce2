import pytest

from player.core.closing_word import is_closing


@pytest.mark.parametrize(
    "title",
    [
        "Epilogue", "EPILOGUE", " epilogue ", "Epilogue: Years later", "Epilogue - Years later",
        "Epilogue — Years later",
        "Epilogue. Years later", "Appendix", "Appendix (tables)", "Conclusion",
        "Concluding remarks", "Notes", "Index",
        "Credits", "End Credits", "Author’s Note", "Author's note", "About the author",
        "• Epilogue", "[x] Credits",
        "Nachwort", "Anhang: Tabellen", "Schluß", "Danksagung", "Épilogue", "Remerciements",
        "Epílogo", "Conclusión",
        "Conclusões", "Ringraziamenti", "Эпилог", "Послесловие", "后记", "後記", "あとがき", "에필로그", "附录：表",
    ],
)  # fmt: skip
def test_a_closing_word_closes_alone_or_with_something_behind_a_sign(title: str):
    assert is_closing(title)


@pytest.mark.parametrize(
    "title",
    [
        "", "   ", "Epilogues", "Epilogue of a war", "Notes from the cellar", "Index funds",
        "Credit", "My notes",
        "Conclusion of the treaty", "Before the epilogue", "Prologue", "Introduction", "1. Notes",
        "Author", "!", "跋扈",
        "Coda-like", "[Epilogue]",
    ],
)  # fmt: skip
def test_other_titles_do_not_close(title: str):
    assert not is_closing(title)


@pytest.mark.parametrize("title", ["epilogue" * 10_000, "the end " * 10_000, "[" * 10_000, " " * 10_000, "•" * 10_000])
def test_a_hostile_title_is_judged_like_any_other(title: str):
    assert not is_closing(title)
