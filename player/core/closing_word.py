"""Titles that close a book without a number: Epilogue, Appendix, Nachwort. Where such rows hang is ``numbering``'s."""

import re
import unicodedata

_WORDS = frozenset(
    " ".join(line.split())
    for line in """
    epilogue, epilog, appendix, appendices, conclusion, conclusions, concluding remarks, closing remarks, closing
    closing words, final words, final thoughts, notes, endnotes, end notes, footnotes, author's note, authors note
    a note on sources, sources, references, bibliography, further reading, index, glossary, credits, closing credits
    end credits, afterword, postscript, acknowledgements, acknowledgments, about the author, outro, coda, the end
    nachwort, anhang, anhänge, schluss, schluß, schlusswort, schlußwort, schlussbemerkung, fazit, danksagung
    danksagungen, anmerkungen, register, literatur, literaturverzeichnis, quellen, glossar, abspann
    über den autor, über die autorin
    épilogue, annexe, annexes, appendice, conclusion générale, postface, remerciements, générique, bibliographie
    glossaire, à propos de l'auteur
    epílogo, apéndice, apéndices, conclusión, conclusiones, notas, índice, créditos, agradecimientos, glosario
    bibliografía, palabras finales, posfacio
    apêndice, conclusão, conclusões, posfácio, agradecimentos, glossário, bibliografia
    epilogo, conclusione, conclusioni, appendici, note, indice, ringraziamenti, postfazione, glossario
    эпилог, приложение, приложения, заключение, выводы, примечания, послесловие, указатель, титры, благодарности
    об авторе
    尾声, 尾聲, 后记, 後記, 附录, 附録, 附錄, 结语, 結語, 结论, 結論, 跋, 终章, 終章, 致谢, 謝辞, 参考文献, 索引, 奥付
    エピローグ, あとがき, おわりに, 終わりに, まとめ, 付録
    에필로그, 부록, 결론, 후기, 맺음말, 감사의 말
    """.replace("\n", ",").split(",")
    if line.strip()
)
_HEAD = re.compile(
    r"[\s•‣◦▪▫●○■□►▸·*–—-]{0,20}(?:\[[^\[\]]{0,60}\]\s{0,10})?(?P<words>[^\W\d_][^\d.:;,()|/–—]{0,40}?)"
    r"\s{0,9}(?:$|[.:;,()|/–—]|\s-(?=\s))"
)
# The cheap first look: no closing word begins otherwise.
_FIRST = re.compile(r"[\s•‣◦▪▫●○■□►▸·*–—-]{0,20}(?:\[[^\[\]]{0,60}\]\s{0,10})?(?P<first>[^\W\d_]{1,40})")
_FIRST_WORDS = frozenset(re.match(r"[^\W\d_]+", words)[0] for words in _WORDS)  # type: ignore[index]
_LONGEST = 120


def is_closing(title: str) -> bool:
    """Whether ``title`` is a closing word, alone or with something behind a sign ("Appendix: Tables")."""
    text = title[:_LONGEST]
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("’", "'")
    first = _FIRST.match(text)
    if first is None or first[1].casefold() not in _FIRST_WORDS:
        return False
    head = _HEAD.match(text.rstrip())
    return head is not None and " ".join(head["words"].casefold().split()) in _WORDS
