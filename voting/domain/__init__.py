"""The sitting as a pure function of facts: no clock, no input or output. Rules of law come from ``voting.rules``."""
