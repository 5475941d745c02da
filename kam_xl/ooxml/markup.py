"""From the bytes of an XML part to its text and back, refusing what is not well-formed or not allowed in a package."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from xml.parsers import expat

from kam_xl.locale import Text
from kam_xl.ooxml.errors import DamagedFileError, UnsafeFileError

_DECLARED = re.compile(r"""<\?xml[^>]*?\sencoding\s*=\s*["']([\w.\-]+)["']""")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_WITHOUT_BOM = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_APART = "kam_xl-apart"
_LITTLE, _BIG = {"utf-16", "utf16", "utf-16le", "utf-16-le"}, {"utf-16be", "utf-16-be"}


def decode(data: bytes, where: str = "", *, loose: bool = False) -> str:
    """The text of an XML part, without a byte order mark.

    With `loose` it need not be well-formed: Excel itself leaves ``<br>`` open in its drawings of before 2007 (VML).

    Raises
    ------
    UnsafeFileError
        If it has a document type declaration: packages must not have one, and entities can be made to explode.
    DamagedFileError
        If it is not well-formed.

    Examples
    --------
    >>> decode('<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16"))
    '<?xml version="1.0" encoding="UTF-16"?><a/>'
    """
    bom, encoding = next(((bom, name) for bom, name in _BOMS if data.startswith(bom)), (b"", ""))
    encoding = encoding or next((name for start, name in _WITHOUT_BOM if data.startswith(start)), "")
    encoding = encoding or _declared(data[:200].decode("latin-1"))
    try:
        text = data[len(bom) :].decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise DamagedFileError(Text("the text of this part cannot be read"), where=where, got=encoding) from error
    if not loose:
        check(text, where)
    elif "<!DOCTYPE" in text:
        _refuse_doctype(where)
    return text


def encode(text: str) -> bytes:
    """The bytes of an XML part, in the encoding that its declaration names.

    >>> encode('<?xml version="1.0" encoding="UTF-16"?><a/>')[:4]
    b'\\xff\\xfe<\\x00'
    """
    bom, encoding = _encoding(text[:200])
    data = text.encode(encoding, "xmlcharrefreplace")
    return bom + data if bom else data


class LongText:
    """The text of an XML part in pieces, encoded one by one; some may be made only then, and anew each time.

    >>> text = LongText(["<names>", lambda: "<name/>" * 2, "</names>"])
    >>> list(text), str(text)
    ([b'<names>', b'<name/><name/>', b'</names>'], '<names><name/><name/></names>')
    """

    def __init__(self, pieces: Sequence[str | Callable[[], str]]) -> None:
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        encoding = ""
        for text in self._texts():
            if encoding:
                yield text.encode(encoding, "xmlcharrefreplace")
            else:
                yield encode(text)
                _, encoding = _encoding(text[:200])

    def __str__(self) -> str:
        return "".join(self._texts())

    def _texts(self) -> Iterator[str]:
        return (piece if isinstance(piece, str) else piece() for piece in self._pieces)


@lru_cache(maxsize=256)
def _encoding(beginning: str) -> tuple[bytes, str]:
    """The byte order mark and the encoding that a declaration asks for."""
    encoding = _declared(beginning)
    plain = encoding.lower().replace("_", "-")
    if plain in _LITTLE:
        return codecs.BOM_UTF16_LE, "utf-16-le"
    return (codecs.BOM_UTF16_BE, "utf-16-be") if plain in _BIG else (b"", encoding)


def _declared(beginning: str) -> str:
    match = _DECLARED.match(beginning)
    return match[1] if match else "utf-8"


def check(text: str | bytes | Iterable[bytes], where: str = "", *, namespaces: bool = False) -> None:
    """Refuse text, or the pieces of a part, that is not well-formed, or that declares a document type.

    With `namespaces` every prefix must be declared, too.

    >>> check("<a><b></a>", "a.xml")
    Traceback (most recent call last):
    kam_xl.ooxml.errors.DamagedFileError: a.xml: the XML is broken, got mismatched tag: line 1, column 8.
    """
    parser = expat.ParserCreate("utf-8" if isinstance(text, str) else None, " " if namespaces else None)
    parser.StartDoctypeDeclHandler = lambda *_: _refuse_doctype(where)
    try:
        content = text.encode("utf-8") if isinstance(text, str) else text
        for chunk in [content] if isinstance(content, bytes) else content:
            parser.Parse(chunk)
        parser.Parse(b"", True)
    except (expat.ExpatError, UnicodeEncodeError, LookupError) as error:
        raise DamagedFileError(Text("the XML is broken"), where=where, got=error) from error


def check_each(elements: Collection[str]) -> None:
    """Refuse elements, each given as its text, of which one is not well-formed: in one document, each apart.

    >>> check_each(["<a/>", "<b><c/></b>"])
    >>> check_each(["<a><b>", "</b></a>"])
    Traceback (most recent call last):
    kam_xl.ooxml.errors.DamagedFileError: the XML is broken, got mismatched tag: line 1, column 27.
    """
    if any(_APART in element for element in elements):  # it might end its own place and begin another
        for element in elements:
            check(element)
    elif elements:
        between = f"</{_APART}><{_APART}>"
        check(f"<all><{_APART}>{between.join(elements)}</{_APART}></all>")


def _refuse_doctype(where: str) -> None:
    raise UnsafeFileError(
        Text("the XML declares a document type, which no workbook does"),
        where=where,
        remedy=Text("Do not trust this file; ask its sender for a copy saved by Excel."),
    )
