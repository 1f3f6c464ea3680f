"""Who is present by the way in which he takes part (R08, R09)."""

import pytest

from tests.kit.given import given
from tests.kit.sittings import ADVISOR, arrive, convene, m, roll, seats, staff, substitutes, u
from voting.domain import events as e
from voting.domain.assembly import Body, Mode
from voting.domain.attendance import Presence
from voting.domain.refusals.law import PresenceNotAdmitted

AFAR = (Presence.REMOTE, Presence.AUDIO_ONLY)


@pytest.mark.parametrize("presence", AFAR)
@pytest.mark.parametrize("body", [Body.COUNCIL, Body.STANDING_COMMITTEE, Body.DEPARTMENT, Body.DEPARTMENT_COMMITTEE])
def test_R08_L4132_13_in_a_room_a_member_from_afar_is_not_present(body: Body, presence: Presence) -> None:
    sitting = given(convene(roll(5), body=body, mode=Mode.ROOM))
    article = sitting.rules.conduct.remote.citation
    sitting.when(arrive(m(2), presence)).then(PresenceNotAdmitted(presence=presence, citation=article))
    sitting.when(arrive(m(2), Presence.IN_ROOM)).then(e.AttendanceRecorded)
    sitting.when(arrive(ADVISOR, presence)).then(e.AttendanceRecorded)


@pytest.mark.parametrize("presence", AFAR)
def test_R49_decret_2022_997_the_same_goes_for_a_substitute_who_may_sit_for_somebody(presence: Presence) -> None:
    members = (*seats(6), *substitutes(6), *staff())
    together = given(convene(members, body=Body.TENDER_COMMITTEE, mode=Mode.ROOM))
    article = together.rules.conduct.remote.citation
    together.when(arrive(u(2), presence)).then(PresenceNotAdmitted(presence=presence, citation=article))
    apart = given(convene(members, body=Body.TENDER_COMMITTEE, mode=Mode.HYBRID))
    apart.when(arrive(u(2), presence)).then(e.AttendanceRecorded)
