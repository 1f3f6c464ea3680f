"""DER read strictly, and only as far as a signature container needs: one way to write each value, nothing left over."""

from dataclasses import dataclass

SEQUENCE, SET, INTEGER, BIT_STRING, OCTET_STRING, OID, NULL = 0x30, 0x31, 0x02, 0x03, 0x04, 0x06, 0x05
_CONSTRUCTED, _LONG, _MULTIBYTE_TAG = 0x20, 0x80, 0x1F


class NotDer(ValueError):
    """These bytes are not one DER value."""


@dataclass(frozen=True, slots=True)
class Node:
    """One value: its tag, its content, the whole of its bytes."""

    tag: int
    content: bytes
    raw: bytes

    def children(self) -> list["Node"]:
        """The values inside."""
        if not self.tag & _CONSTRUCTED:
            raise NotDer("primitive value where a constructed one is due")
        nodes, rest = [], self.content
        while rest:
            node, rest = first(rest)
            nodes.append(node)
        return nodes

    def inside(self, tag: int) -> list["Node"]:
        """The values inside, when the tag is the expected one."""
        if self.tag != tag:
            raise NotDer(f"tag {self.tag:#x} where {tag:#x} is due")
        return self.children()


def parse(der: bytes) -> Node:
    """The value that these bytes are, all of them."""
    node, rest = first(der)
    if rest:
        raise NotDer("bytes after the value")
    return node


def first(data: bytes) -> tuple[Node, bytes]:
    """The value at the beginning, and what follows it."""
    if len(data) < 2 or data[0] & _MULTIBYTE_TAG == _MULTIBYTE_TAG:
        raise NotDer("no value")
    start, size = 2, data[1]
    if size & _LONG:
        start = 2 + (size & ~_LONG)
        size = int.from_bytes(data[2:start], "big")
    end = start + size
    if end > len(data):
        raise NotDer("cut short")
    raw = data[:end]
    if build(data[0], data[start:end]) != raw:
        raise NotDer("length not in its shortest form")
    return Node(data[0], data[start:end], raw), data[end:]


def build(tag: int, *parts: bytes) -> bytes:
    """The value with that tag and content."""
    content = b"".join(parts)
    size = len(content)
    if size < _LONG:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, _LONG | len(length))) + length + content
