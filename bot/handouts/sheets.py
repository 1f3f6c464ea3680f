"""One sheet per member for a sitting: name, place, proxy, how to vote in words, whom to call. Nothing but the roll.

Answers for: what is on it. Leaves the page to ``sheets.typ``.
"""

from dataclasses import asdict

from bot.cards.about import clock, day
from bot.cards.elements import clean
from bot.cards.sheet import Sheet
from bot.handouts.printing import typeset
from bot.texts import Catalogue
from voting.domain.assembly import Member
from voting.domain.ids import PersonId, is_rehearsal
from voting.domain.proxies import held_by
from voting.domain.ruleset import RuleSet
from voting.domain.sitting import Sitting

WORDS = ("present", "floor", "for", "against", "abstention", "not_taking_part", "my_votes", "help")
"""What is worth knowing by heart, in the order of a sitting."""


def print_sheets(sitting: Sitting, rules: RuleSet, phone: str, texts: Catalogue, only: PersonId | None = None) -> bytes:
    """A PDF with a page for each who votes, or may have to; in the order of their names. Blocks.

    ``only``: that person's page and no other. Raises ``LookupError`` when nobody has one.
    """
    people = [m for m in expected(sitting) if only in (None, m.id)]
    if not people:
        raise LookupError(only)
    facts = sitting.facts
    when = {"day": day(facts, facts.scheduled_for, texts), "time": clock(facts, facts.scheduled_for)}
    title = texts("sheet.title", title=facts.title)
    data = {
        "title": title,
        "author": facts.body_name or texts("handout.author"),
        "description": title,
        "language": texts.language,
        "foot": texts("sheet.foot"),
        "mark": texts("rehearsal.mark") if is_rehearsal(facts.sitting) else "",
        "sitting": texts("sheet.sitting", title=facts.title, **when),
        "words": {name: texts(f"sheet.{name}") for name in ("proxies", "typed", "write", "meaning", "help")},
        "help": help_lines(phone, texts),
        "members": [asdict(sheet_of(sitting, rules, one, texts)) for one in people],
    }
    return typeset("sheets.typ", data)


def expected(sitting: Sitting) -> list[Member]:
    """Those who hold a vote, and the substitutes, by name."""
    people = [m for m in sitting.facts.members if m.votes or m.substitute_for is not None]
    return sorted(people, key=lambda m: (m.last_name.casefold(), m.first_name.casefold(), m.id))


def seat_of(sitting: Sitting, member: Member) -> int | None:
    """The number of his seat: his place on the roll among those who vote; None for a substitute."""
    voting = [m.id for m in sitting.facts.members if m.votes]
    return voting.index(member.id) + 1 if member.id in voting else None


def sheet_of(sitting: Sitting, rules: RuleSet, member: Member, texts: Catalogue) -> Sheet:
    """What that member's says."""
    about = [part for part in (member.office, member.group) if part]
    seat = seat_of(sitting, member)
    lines = [texts("sheet.seat", seat=seat)] if seat is not None else [_substitute(sitting, member, texts)]
    return Sheet(
        name=clean(f"{member.civility.value} {member.full_name}"),
        about=" · ".join(clean(part) for part in about),
        lines=lines,
        proxies=_proxies(sitting, rules, member, texts),
        typed=[(_word(name, texts), texts(f"command.{name}")) for name in WORDS],
    )


def _substitute(sitting: Sitting, member: Member, texts: Catalogue) -> str:
    replaced = sitting.roll[member.substitute_for] if member.substitute_for is not None else member
    return texts("sheet.substitute", name=clean(replaced.full_name))


def _proxies(sitting: Sitting, rules: RuleSet, member: Member, texts: Catalogue) -> list[str]:
    if rules.proxies.max_per_holder == 0:
        return [texts("sheet.no_proxies")]
    given = sitting.proxies.get(member.id)
    told = [texts("sheet.given", name=clean(sitting.roll[given.holder].full_name))] if given is not None else []
    for held in held_by(sitting.proxies, member.id):
        grantor = sitting.roll[held.grantor]
        code = "sheet.held" if held.accepted_at is not None else "sheet.offered"
        word = f"{_word('for', texts)} {texts('sheet.for')} {grantor.last_name}"
        told.append(texts(code, name=clean(grantor.full_name), word=word))
    return told or [texts("sheet.none")]


def help_lines(phone: str, texts: Catalogue) -> list[str]:
    """Whom to call, and how else to be helped."""
    called = [texts("sheet.phone", phone=phone)] if phone else []
    return [
        *called,
        texts("sheet.ask" if phone else "sheet.ask_alone", word=_word("need_help", texts)),
        texts("sheet.aloud"),
    ]


def _word(name: str, texts: Catalogue) -> str:
    return texts(f"words.{name}").partition("|")[0]
