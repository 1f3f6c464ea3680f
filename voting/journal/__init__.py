"""The append-only record of a sitting: its bytes, its tree, its proofs and where it is kept."""
