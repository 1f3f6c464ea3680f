"""Which chat somebody means: the id that Teams gives it, or the link that joins its meeting."""

import re
from urllib.parse import unquote, urlsplit

_ID = re.compile(r"19:[A-Za-z0-9_.=-]{1,200}@(?:thread\.v2|thread\.tacv2|unq\.gbl\.spaces)")
_JOINING = "/l/meetup-join/"


def chat_id(typed: str) -> str | None:
    """The chat, or None when that is neither an id nor a link that holds one (the short links hold none)."""
    text = typed.strip()
    if urlsplit(text).path.startswith(_JOINING):
        text = unquote(urlsplit(text).path).removeprefix(_JOINING).partition("/")[0]
    return text if _ID.fullmatch(text) else None
