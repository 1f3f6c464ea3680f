"""What a person sees of a sitting: pure functions from the state to small frozen views. Wording is the edge's."""
