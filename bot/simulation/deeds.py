"""What the story has people do outside a vote, each deed by a button where there is one on screen, else in words."""

from collections.abc import Awaitable, Callable, Mapping

from bot.simulation.actor import Actor
from bot.simulation.company import Company
from bot.simulation.script import Act, Deed
from bot.simulation.staging import Staged
from voting.domain.ids import PersonId


async def play(company: Company, acts: tuple[Act, ...]) -> None:
    """One act after the other."""
    for act in acts:
        if PersonId(act.who) in company.staging.real:
            continue
        await company.hall.pace.wait(act.after)
        await _DEEDS[act.deed](company, act)


async def _arrive(company: Company, act: Act) -> None:
    actor = company.actor(act.who)
    await company.hall.client.connect(company.hall.meeting, [actor.person])
    await actor.use("present")


async def _leave(company: Company, act: Act) -> None:
    actor = company.actor(act.who)
    await actor.type(actor.word("leave"))
    await company.hall.client.disconnect(company.hall.meeting, [actor.person])


async def _give_proxy(company: Company, act: Act) -> None:
    actor = company.actor(act.who)
    await actor.type(f"{actor.word('proxy')} {company.handle(act.to)}")


async def _ask_floor(company: Company, act: Act) -> None:
    company.words_of[PersonId(act.who)].append(act.says)
    await company.actor(act.who).use("floor")


async def _speak_too_long(company: Company, act: Act) -> None:
    company.too_long.add(PersonId(act.who))
    await _ask_floor(company, act)


async def _ask_help(company: Company, act: Act) -> None:
    """From a card or in words; somebody of the staff will call."""
    await company.actor(act.who).use("need_help")


async def _point_of_order(company: Company, act: Act) -> None:
    company.words_of[PersonId(act.who)].append(act.says)
    await company.actor(act.who).use("point_of_order")


async def _withdraw(company: Company, act: Act) -> None:
    company.words_of[PersonId(act.who)].clear()
    await company.actor(act.who).use("withdraw")


async def _change_vote(company: Company, act: Act) -> None:
    member = company.members.get(PersonId(act.who))
    if member is not None:
        await member.change_vote(company.hall.question)


async def _lose_network(company: Company, act: Act) -> None:
    member = company.members.get(PersonId(act.who))
    if member is not None:
        member.is_offline = True
        await company.hall.client.disconnect(company.hall.meeting, [member.actor.person])


async def _take_voice(company: Company, act: Act) -> None:
    """The clerk asks aloud and writes down what he hears; then the network is back."""
    clerk, member = company.actor(act.who), company.members.get(PersonId(act.to))
    staged = company.staged()
    if staged is None or member is None or member.actor.id not in staged.choices:
        return
    company.speak(act.who, "demo.say.voice", name=company.name(act.to))
    await clerk.type(_voice(clerk, company.handle(act.to), staged, member.actor.id))
    member.is_offline = False
    await company.hall.client.connect(company.hall.meeting, [member.actor.person])


def _voice(clerk: Actor, name: str, staged: Staged, member: PersonId) -> str:
    return f"{clerk.word('voice')} {name} {clerk.word(staged.choices[member].value)}"


async def _suspend(company: Company, act: Act) -> None:
    actor = company.actor(act.who)
    company.speak(act.who, "demo.say.suspend")
    await actor.type(f"{actor.word('suspend')} {company.said(act.says)}" if act.says else actor.word("suspend"))


async def _say(company: Company, act: Act) -> None:
    company.speak(act.who, act.says)


def _typed(verb: str) -> Callable[[Company, Act], Awaitable[None]]:
    async def deed(company: Company, act: Act) -> None:
        actor = company.actor(act.who)
        await actor.type(actor.word(verb))

    return deed


_DEEDS: Mapping[Deed, Callable[[Company, Act], Awaitable[None]]] = {
    Deed.ARRIVE: _arrive,
    Deed.LEAVE: _leave,
    Deed.GIVE_PROXY: _give_proxy,
    Deed.ACCEPT_PROXY: _typed("accept"),
    Deed.TAKE_PROXY_BACK: _typed("revoke"),
    Deed.RECUSE: _typed("recuse"),
    Deed.ASK_FLOOR: _ask_floor,
    Deed.SPEAK_TOO_LONG: _speak_too_long,
    Deed.ASK_HELP: _ask_help,
    Deed.WITHDRAW: _withdraw,
    Deed.POINT_OF_ORDER: _point_of_order,
    Deed.ASK_SECRET: _typed("secret_ballot"),
    Deed.CHANGE_VOTE: _change_vote,
    Deed.LOSE_NETWORK: _lose_network,
    Deed.TAKE_VOICE: _take_voice,
    Deed.SUSPEND: _suspend,
    Deed.SAY: _say,
}
