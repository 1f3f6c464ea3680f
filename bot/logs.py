"""What a process says of itself while it serves: lines to read, or one JSON object per line for whoever collects them.

Never a vote, a card or a token: what is logged names sittings, incidents and errors.
"""

import json
import logging
from datetime import UTC, datetime
from typing import Literal

_KNOWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
"""What every record has; the rest was said by whoever logged."""
LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"

Format = Literal["text", "json"]


class JsonLines(logging.Formatter):
    """One record, one line, one object: hour, level, logger, sentence, what was said beside it, and the error."""

    def format(self, record: logging.LogRecord) -> str:
        """See ``logging.Formatter``."""
        said: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        said |= {name: value for name, value in record.__dict__.items() if name not in _KNOWN}
        if record.exc_info:
            said["error"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False, default=str)


def log_as(form: Format) -> None:
    """From now on, to the standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else logging.Formatter(LINE))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
