"""The minutes: what the journal says, set as a document, printed as an archival PDF and signed.

Imports nothing of the journal: it takes decoded events, and the journal's bytes only to attach them.
"""
