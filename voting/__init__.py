"""The core: rules, journal and minutes of a sitting. Knows nothing of Teams."""
