"""The stable wire name of every event class. Names are for ever; moving a class does not change its name."""

from collections.abc import Mapping

from voting.domain import events

WIRE: Mapping[str, type[events.SittingEvent]] = {
    "sitting.convened/1": events.SittingConvened,
    "sitting.opened/1": events.SittingOpened,
    "roll_call.opened/1": events.RollCallOpened,
    "roll_call.closed/1": events.RollCallClosed,
    "attendance.recorded/1": events.AttendanceRecorded,
    "chair.handed_over/1": events.ChairHandedOver,
    "secretary.appointed/1": events.SecretaryAppointed,
    "proxy.given/1": events.ProxyGiven,
    "proxy.accepted/1": events.ProxyAccepted,
    "proxy.ended/1": events.ProxyEnded,
    "item.called/1": events.ItemCalled,
    "item.closed/1": events.ItemClosed,
    "item.postponed/1": events.ItemPostponed,
    "recusal.declared/1": events.RecusalDeclared,
    "floor.requested/1": events.FloorRequested,
    "floor.withdrawn/1": events.FloorWithdrawn,
    "floor.given/1": events.FloorGiven,
    "floor.ended/1": events.FloorEnded,
    "speakers_list.closed/1": events.SpeakersListClosed,
    "secret_ballot.requested/1": events.SecretBallotRequested,
    "poll.opened/1": events.PollOpened,
    "poll.name_called/1": events.NameCalled,
    "poll.hands_counted/1": events.HandsCounted,
    "poll.papers_counted/1": events.PapersCounted,
    "poll.voters_marked/1": events.VotersMarked,
    "vote.cast/1": events.VoteCast,
    "poll.closed/1": events.PollClosed,
    "poll.result_proclaimed/1": events.ResultProclaimed,
    "poll.annulled/1": events.PollAnnulled,
    "sitting.suspended/1": events.SittingSuspended,
    "sitting.resumed/1": events.SittingResumed,
    "sitting.closed/1": events.SittingClosed,
    "statement.recorded/1": events.StatementRecorded,
    "sitting.not_held/1": events.SittingNotHeld,
}
