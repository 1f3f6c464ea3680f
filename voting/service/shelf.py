"""Which papers of a sitting are for whom, and when. What each is made of is in ``exports``."""

EARLY = ("ics", "notes")
"""Nothing that was said or voted is in them: they serve before the sitting."""
INTERNAL = ("draft", "attendance", "votes", "ctes", "docx", "xlsx", "csv-excel", "json")
PUBLISHED = ("list", "press", "extracts", "scdl", "csv", "popolo")
"""What the clerk posts or puts on line; never those of a tender committee, whatever is asked (R47)."""
MEMBER_PUBLISHED = ("list", "csv")
"""Of those, what each on the roll may take himself. Certified extracts are the clerk's to give."""
STAFF_PAPERS = (*EARLY, *PUBLISHED, *INTERNAL)
"""All that the staff may be given, sooner or later."""
DRAFT, OWN, WHOLE = "draft", "own", "json"


def offered(*, is_staff: bool, is_closed: bool, is_public: bool) -> tuple[str, ...]:
    """By the names of their formats, in the order of a list.

    ``is_public``: the law lets anyone follow that sitting.
    """
    if is_staff:
        return STAFF_PAPERS if is_closed else EARLY
    if not is_closed:
        return ("ics",)
    return ("ics", OWN, *MEMBER_PUBLISHED) if is_public else ("ics", OWN)
