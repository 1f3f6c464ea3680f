"""Adaptive Cards as pure functions of a view: no state, no clock, no I/O; sentences from ``bot.texts``."""
