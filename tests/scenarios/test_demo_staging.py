"""The story fitted to rolls and agendas of every size: who plays, where the scenes are, who votes what."""

from dataclasses import replace

import pytest

from bot.demo.sittings import script_of
from bot.demo.story import APPROVAL, SCRIPT, SCRIPT_CAO
from bot.simulation import Staging, stage
from bot.simulation.casting import opposition, parts
from bot.simulation.script import Act, Deed, Scene, Script, Split, Where
from bot.simulation.tempers import Temper
from bot.texts import catalogue
from tests.scenarios.theatre import convocation
from voting.domain.assembly import AgendaItem, Body, Civility, ItemKind, Member, Role
from voting.domain.ids import ItemId, PersonId, item_id
from voting.domain.tally import Choice


def _roll(voters: int) -> tuple[Member, ...]:
    """The chair, other voters in two groups, a clerk."""
    people = [_member(n, role=Role.CHAIR if n == 0 else Role.MEMBER, group="AB"[n % 2]) for n in range(voters)]
    return (*people, replace(_member(99, role=Role.CLERK, group=""), votes=False))


def _member(n: int, *, role: Role, group: str) -> Member:
    return Member(
        id=PersonId(f"p{n:02d}"),
        civility=Civility.MRS,
        first_name="Anne",
        last_name=f"Nom{n}",
        group=group,
        role=role,
        votes=True,
    )


def _agenda(*kinds: ItemKind) -> tuple[AgendaItem, ...]:
    return tuple(AgendaItem(id=item_id(n), number=str(n), title=f"T{n}", kind=k) for n, k in enumerate(kinds, 1))


def _sample() -> Staging:
    command = convocation()
    return stage(command.members, command.items, SCRIPT, has_proxies=True)


def test_every_part_of_the_story_is_cast_on_the_sample_roll_and_nobody_plays_two() -> None:
    staging = _sample()
    wanted = set(parts(SCRIPT))
    assert wanted <= set(staging.cast)
    assert len({staging.cast[part] for part in wanted}) == len(wanted)


def test_every_scene_has_its_item_on_the_sample_agenda() -> None:
    chapters = [staged.chapter for staged in _sample().items.values() if staged.chapter]
    assert sorted(chapters) == sorted(scene.chapter for scene in SCRIPT.scenes)


def test_the_scenes_are_on_the_items_that_suit_them() -> None:
    numbers = {staged.chapter: staged.item.number for staged in _sample().items.values() if staged.chapter}
    assert numbers["defeat"] == "8a"
    assert numbers["tie"] == "8b"
    assert numbers["change"] == "8"
    assert numbers["recusal"] == "18"
    assert numbers["voice"] == "24"
    assert numbers["divided"] == "27"


def test_the_same_seed_gives_the_same_story_and_another_one_another() -> None:
    command = convocation()

    def staged(seed: int) -> Staging:
        return stage(command.members, command.items, SCRIPT, has_proxies=True, seed=seed)

    assert staged(1) == staged(1)
    assert [s.choices for s in staged(1).items.values()] != [s.choices for s in staged(2).items.values()]


def test_every_temper_is_met_among_the_voters() -> None:
    staging = _sample()
    voters = {m.id for m in staging.members if m.votes}
    assert {temper for person, temper in staging.tempers.items() if person in voters} == set(Temper)


@pytest.mark.parametrize("voters", [1, 2, 3, 4, 5, 6, 7, 8, 13, 25, 60])
def test_the_quorum_holds_whatever_the_size_of_the_assembly(voters: int) -> None:
    staging = stage(_roll(voters), _agenda(*[ItemKind.REPORT] * 20), SCRIPT, has_proxies=True)
    here = [person for person in staging.arrivals if person != "p99"]
    assert len(here) >= voters // 2 + 1
    for staged in staging.items.values():
        assert len(staged.choices) >= voters // 2 + 1


@pytest.mark.parametrize("voters", [4, 5, 6, 7, 24, 25])
@pytest.mark.parametrize("kind", [ItemKind.REPORT, ItemKind.AMENDMENT])
def test_a_tie_is_one_with_the_chair_on_its_right_side(voters: int, kind: ItemKind) -> None:
    script = Script(scenes=(Scene(chapter="tie", split=Split.TIED),))
    [staged] = stage(_roll(voters), _agenda(kind), script, has_proxies=True).items.values()
    answers = list(staged.choices.values())
    assert answers.count(Choice.FOR) == answers.count(Choice.AGAINST) == voters // 2
    assert staged.choices[PersonId("p00")] is (Choice.AGAINST if kind is ItemKind.AMENDMENT else Choice.FOR)


def test_a_chair_without_a_vote_is_in_no_count() -> None:
    roll = [replace(m, votes=m.role is Role.MEMBER) for m in _roll(5)]
    script = Script(scenes=(Scene(chapter="tie", split=Split.TIED),))
    [staged] = stage(roll, _agenda(ItemKind.REPORT), script, has_proxies=True).items.values()
    assert PersonId("p00") not in staged.choices
    assert len(staged.choices) == 4


def test_who_is_recused_has_no_choice_and_neither_has_the_proxy_he_holds() -> None:
    script = Script(
        absent=("away",),
        before=(Act(who="away", deed=Deed.GIVE_PROXY, to="holder"),),
        scenes=(Scene(chapter="x", debate=(Act(who="holder", deed=Deed.RECUSE),)),),
    )
    staging = stage(_roll(9), _agenda(ItemKind.REPORT, ItemKind.REPORT), script, has_proxies=True)
    with_him, after = staging.items.values()
    pair = {staging.cast["away"], staging.cast["holder"]}
    assert pair.isdisjoint(with_him.choices)
    assert pair <= set(after.choices)
    assert after.represented == {staging.cast["away"]}


def test_a_holder_who_leaves_takes_the_proxy_with_him() -> None:
    script = Script(
        absent=("away",),
        before=(Act(who="away", deed=Deed.GIVE_PROXY, to="holder"),),
        scenes=(Scene(chapter="x", debate=(Act(who="holder", deed=Deed.LEAVE),)),),
    )
    staging = stage(_roll(9), _agenda(ItemKind.REPORT), script, has_proxies=True)
    [staged] = staging.items.values()
    assert {staging.cast["away"], staging.cast["holder"]}.isdisjoint(staged.choices)


def test_scenes_with_proxies_are_left_out_where_there_are_none() -> None:
    staging = stage(_roll(25), _agenda(*[ItemKind.REPORT] * 20), SCRIPT, has_proxies=False)
    assert staging.before == ()
    assert "proxy_back" not in {staged.chapter for staged in staging.items.values()}


def test_a_substitute_comes_for_the_member_who_stays_away() -> None:
    command = convocation(body=Body.TENDER_COMMITTEE)
    staging = stage(command.members, command.items, script_of(command), has_proxies=False)
    absent = staging.cast["absentee"]
    substitute = next(m.id for m in staging.members if m.substitute_for == absent)
    assert absent not in staging.arrivals
    assert substitute in staging.arrivals
    assert all(substitute in s.choices for s in staging.items.values())
    others = {m.id for m in staging.members if m.substitute_for not in (None, absent)}
    assert others.isdisjoint(staging.arrivals)
    assert script_of(command) is SCRIPT_CAO


def test_an_amendment_scene_waits_for_an_amendment() -> None:
    script = Script(scenes=(Scene(chapter="x", where=Where(kind=ItemKind.AMENDMENT, only=True)),))
    staged = stage(_roll(5), _agenda(ItemKind.REPORT), script, has_proxies=True).items
    assert [one.chapter for one in staged.values()] == [""]


def test_other_scenes_take_what_there_is_and_never_a_mere_information() -> None:
    script = Script(scenes=(Scene(chapter="x", where=Where(kind=ItemKind.MOTION, share=0.9)),))
    kinds = (ItemKind.REPORT, ItemKind.INFORMATION)
    staged = stage(_roll(5), _agenda(*kinds), script, has_proxies=True).items
    assert [one.chapter for one in staged.values()] == ["x", ""]


def test_amendments_are_called_before_their_report() -> None:
    items = [
        AgendaItem(id=ItemId("i001"), number="1", title="r"),
        AgendaItem(id=ItemId("i002"), number="1a", title="a", kind=ItemKind.AMENDMENT, parent=ItemId("i001")),
        AgendaItem(id=ItemId("i003"), number="1b", title="s", kind=ItemKind.AMENDMENT, parent=ItemId("i002")),
    ]
    staging = stage(_roll(5), items, APPROVAL, has_proxies=True)
    assert list(staging.items) == ["i003", "i002", "i001"]


def test_the_opposition_is_outside_the_executive_and_never_large() -> None:
    roll = [
        _member(0, role=Role.CHAIR, group="majority"),
        _member(1, role=Role.VICE_CHAIR, group="ally"),
        *(_member(n, role=Role.MEMBER, group="ally") for n in range(2, 6)),
        *(_member(n, role=Role.MEMBER, group="other") for n in range(6, 9)),
    ]
    assert opposition(roll) == {"p06", "p07", "p08"}
    alone = [replace(m, group="") for m in roll]
    assert opposition(alone) == {"p06", "p07", "p08"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_everything_that_is_said_has_its_sentence(language: str) -> None:
    texts = catalogue(language)
    for script in (SCRIPT, SCRIPT_CAO, APPROVAL):
        for scene in script.scenes:
            assert not scene.chapter or f"demo.chapter.{scene.chapter}" in texts
            for act in (*scene.between, *scene.debate, *scene.during):
                assert not act.says or act.says in texts
            assert all(code in texts for code in scene.options)
        for code in filter(None, (script.opening, script.ending)):
            assert f"demo.chapter.{code}" in texts
        assert all(f"demo.words.{n}" in texts for n in range(1, script.words + 1))
