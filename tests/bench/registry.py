"""Every benchmark, by the name that scripts and guides use (added to, never renamed)."""

from collections.abc import Mapping
from functools import partial

from bot.bench import Benchmark
from tests.bench.core import durable_core, durable_core_disk
from tests.bench.curves import durable_late, watched_by
from tests.bench.deciding import decided_60, decided_by, decided_late
from tests.bench.minutes import minutes_drawn, minutes_recounted, minutes_signed, minutes_verified
from tests.bench.on_server import durable_core_pg, durable_core_pg_disk, sittings_1000
from tests.bench.outbound import outbound_per_poll
from tests.bench.presses import held_300, presses_300
from tests.bench.several import replicas
from tests.bench.starts import cold_start, reopen_10000
from tests.bench.votes import cpu_per_vote, cpu_per_vote_stock, votes_at_once

BENCHMARKS: Mapping[str, Benchmark] = {
    "votes_60": partial(votes_at_once, "votes_60", 60, 0.2),
    # between both targets, to show that time grows with the votes and no faster
    "votes_180": partial(votes_at_once, "votes_180", 180, 0.375),
    "votes_360": partial(votes_at_once, "votes_360", 360, 0.75),
    "votes_720": partial(votes_at_once, "votes_720", 720, 1.5),
    "cpu_per_vote": cpu_per_vote,
    "cpu_per_vote_stock": cpu_per_vote_stock,
    "presses_300": presses_300,
    "held_300": held_300,
    "outbound_per_poll": outbound_per_poll,
    "decided_60": decided_60,
    "decided_180": partial(decided_by, 180),
    "decided_360": partial(decided_by, 360),
    "decided_720": partial(decided_by, 720),
    "decided_late": decided_late,
    # the same on the way there: the curve of the law alone over the history
    "past_18000": partial(decided_late, 18_000, "past_18000"),
    "past_60000": partial(decided_late, 60_000, "past_60000"),
    "past_180000": partial(decided_late, 180_000, "past_180000"),
    "viewers_250": partial(watched_by, 250),
    "viewers_1000": partial(watched_by, 1000),
    "durable_core": durable_core,
    "durable_core_disk": durable_core_disk,
    "durable_late": durable_late,
    # the same on the way there: the curve of the length of the history
    "history_10000": partial(durable_late, past=10_000, name="history_10000"),
    "history_30000": partial(durable_late, past=30_000, name="history_30000"),
    "history_100000": partial(durable_late, past=100_000, name="history_100000"),
    "minutes_100": minutes_drawn,
    "minutes_100_signed": minutes_signed,
    "minutes_100_recounted": minutes_recounted,
    "minutes_100_verified": minutes_verified,
    "durable_core_pg": durable_core_pg,
    "durable_core_pg_disk": durable_core_pg_disk,
    "sittings_1000": sittings_1000,
    "replicas_1": partial(replicas, 1),
    "replicas_2": partial(replicas, 2),
    "replicas_4": partial(replicas, 4),
    "reopen_10000": reopen_10000,
    "cold_start": cold_start,
}
