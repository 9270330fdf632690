"""Reads XML from strangers: streaming, no DTD, no entities, no network, with limits on size and depth."""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from schools.imports.records import BrokenFile

MAX_BYTES = 20 * 1024 * 1024
MAX_DEPTH = 12
AGAIN = "Maak het bestand opnieuw in het leerlingadministratiesysteem en probeer het nog eens."


class LimitedStream:
    """A file that refuses to be longer than allowed and knows its SHA-256 when read to the end."""

    def __init__(self, stream: BinaryIO, *, max_bytes: int) -> None:
        self._stream = stream
        self._max_bytes = max_bytes
        self._left = max_bytes
        self._digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes. Errors: BrokenFile when the file is longer than the limit."""
        chunk = self._stream.read(size)
        self._left -= len(chunk)
        if self._left < 0:
            megabytes = self._max_bytes // (1024 * 1024)
            raise BrokenFile(
                f"Het bestand is groter dan {megabytes} MB. Zo groot is een bestand van één school niet."
            )
        self._digest.update(chunk)
        return chunk

    def sha256(self) -> str:
        """Fingerprint of what has been read so far, as hex."""
        return self._digest.hexdigest()


def elements(stream: LimitedStream, *, root: str, depth: int) -> Iterator[etree._Element]:
    """Every element that lies `depth` levels below the root's own level, complete, in file order.

    Shape:  an element is emptied once the caller asks for the next one; the sections above it stay.
    Errors: BrokenFile for invalid XML, another root, a DTD, too deep nesting or too many bytes.
    """
    level = -1
    try:
        events = etree.iterparse(
            stream,
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            attribute_defaults=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for event, element in events:
            if event == "start":
                level += 1
                _check_start(element, level=level, root=root)
                continue
            if level == depth:
                yield element
            if level <= depth:
                _forget(element)
            level -= 1
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        raise BrokenFile(f"Het bestand is beschadigd of niet af. {AGAIN}", line=line) from error


def local_name(element: etree._Element) -> str:
    """Name of an element without its namespace."""
    return str(etree.QName(element).localname)


def _check_start(element: etree._Element, *, level: int, root: str) -> None:
    line = element.sourceline or 0
    if level > MAX_DEPTH:
        raise BrokenFile(f"De elementen zijn te diep genest. {AGAIN}", line=line)
    if level:
        return
    if element.getroottree().docinfo.doctype:
        raise BrokenFile(
            f"Het bestand bevat een DOCTYPE; dat is om veiligheid niet toegestaan. {AGAIN}"
        )
    if local_name(element) != root:
        raise BrokenFile(
            "Dit is geen EDEXML-bestand. Kies het bestand dat u als EDEXML hebt geëxporteerd.",
            line=line,
        )


def _forget(element: etree._Element) -> None:
    """Free the memory of an element that has been handled, and of its handled siblings."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
