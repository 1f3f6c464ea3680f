"""Dates, hours and durations as minutes say them, in figures and in words.

Local time of the sitting, never of the machine.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from voting.wording import Catalogue

_FEMININE_UNITS = (1, 21, 31, 41, 51)


class Calendar:
    """The instants of one sitting in its time zone and one language."""

    def __init__(self, texts: Catalogue, time_zone: str) -> None:
        self._texts = texts
        self._zone = ZoneInfo(time_zone)

    def local(self, at: datetime) -> datetime:
        """That instant on the clock of the sitting."""
        return at.astimezone(self._zone)

    def hour(self, at: datetime) -> str:
        """The hour in figures."""
        local = self.local(at)
        return self._texts("minutes.time", hour=local.hour, minute=f"{local.minute:02d}")

    def hour_in_words(self, at: datetime) -> str:
        """The hour spelt out."""
        local = self.local(at)
        if local.minute == 0:
            return self._texts.plural("minutes.time.words.sharp", local.hour, hour=self._feminine(local.hour))
        hour, minute = self._feminine(local.hour), self._feminine(local.minute)
        return self._texts.plural("minutes.time.words", local.hour, hour=hour, minute=minute)

    def day(self, day: date) -> str:
        """Day, month, year."""
        return self._texts(
            "minutes.date", day=self._ordinal(day), month=self._texts(f"minutes.month.{day.month}"), year=day.year
        )

    def long_day(self, day: date) -> str:
        """The same with the day of the week."""
        return self._texts(
            "minutes.date.long", weekday=self._texts(f"minutes.weekday.{day.weekday()}"), date=self.day(day)
        )

    def day_in_words(self, day: date) -> str:
        """Year, day and month spelt out, as deeds have it."""
        spelt = "first" if day.day == 1 else str(day.day)
        return self._texts(
            "minutes.date.words",
            weekday=self._texts(f"minutes.weekday.{day.weekday()}"),
            day=self._texts(f"minutes.number.{spelt}"),
            month=self._texts(f"minutes.month.{day.month}"),
            year=self._year(day.year),
        )

    def duration(self, length: timedelta) -> str:
        """Minutes and seconds."""
        minutes, seconds = divmod(int(length.total_seconds()), 60)
        if minutes == 0:
            return self._texts("minutes.duration.seconds", seconds=seconds)
        return self._texts("minutes.duration", minutes=minutes, seconds=f"{seconds:02d}")

    def _ordinal(self, day: date) -> str:
        return self._texts("minutes.date.first") if day.day == 1 else str(day.day)

    def _feminine(self, number: int) -> str:
        """Hours and minutes are feminine where the language says so."""
        form = "feminine." if number in _FEMININE_UNITS else ""
        return self._texts(f"minutes.number.{form}{number}")

    def _year(self, year: int) -> str:
        if 2000 < year < 2100:
            return self._texts("minutes.year.words", rest=self._texts(f"minutes.number.{year - 2000}"))
        return str(year)
