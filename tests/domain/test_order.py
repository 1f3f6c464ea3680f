"""The order of the items: the staff moves those to come; amendments stay with their text."""

from tests.kit.given import fact, given
from tests.kit.sittings import CLERK, call, item, m, opened, standing_committee
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import ItemKind
from voting.domain.ids import item_id
from voting.domain.refusals import AlreadyRecorded, ItemUnknown, StaffOnly
from voting.domain.refusals.agenda import ItemNotMovable

ONE, TWO, AMENDMENT, FOUR = (item_id(n) for n in (1, 2, 3, 4))
CPR = standing_committee(item(1), item(2), item(3, ItemKind.AMENDMENT, parent=TWO), item(4))


def test_an_item_is_moved_and_its_amendments_come_with_it() -> None:
    sitting = given(CPR)
    then = sitting.when(c.MoveItem(by=CLERK, item=TWO, before=ONE)).then(fact(e.ItemMoved, item=TWO, before=ONE))
    last = then.when(c.MoveItem(by=CLERK, item=ONE, before=None)).then(fact(e.ItemMoved, item=ONE, before=None))
    assert [i.id for i in last.sitting.sequence()] == [TWO, AMENDMENT, FOUR, ONE]
    following = last.sitting.next_item()
    assert following is not None
    assert following.id == AMENDMENT, "before the text that it amends"


def test_what_was_called_or_hangs_on_another_keeps_its_place() -> None:
    sitting = given(*opened(CPR), call(ONE))
    sitting.when(c.MoveItem(by=CLERK, item=ONE, before=None)).then(ItemNotMovable(item=ONE))
    sitting.when(c.MoveItem(by=CLERK, item=FOUR, before=ONE)).then(ItemNotMovable(item=ONE))
    sitting.when(c.MoveItem(by=CLERK, item=AMENDMENT, before=None)).then(ItemNotMovable(item=AMENDMENT))
    sitting.when(c.MoveItem(by=CLERK, item=FOUR, before=FOUR)).then(ItemNotMovable(item=FOUR))
    sitting.when(c.MoveItem(by=CLERK, item=item_id(9), before=None)).then(ItemUnknown())
    sitting.when(c.MoveItem(by=CLERK, item=FOUR, before=None)).then(AlreadyRecorded())
    sitting.when(c.MoveItem(by=CLERK, item=FOUR, before=TWO), by=m(4)).then(StaffOnly())
