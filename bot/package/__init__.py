"""The Teams app package that an administrator uploads: made from the settings, and checked without Microsoft.

Answers for: manifest, localisation, icons, one zip whose bytes depend on nothing but settings and version.
Leaves the files it starts from to ``manifest/``, the words to ``bot/texts/*/manifest.po``, uploading to people.
"""

from bot.package.build import build
from bot.package.check import NotAnArchive, Report, check
from bot.package.flaws import Flaw, sentence
from bot.package.values import SettingsRefused

__all__ = ["Flaw", "NotAnArchive", "Report", "SettingsRefused", "build", "check", "sentence"]
