"""Use cases: the one writer, the read models, the ports to the outside. Knows no Teams and no database."""
