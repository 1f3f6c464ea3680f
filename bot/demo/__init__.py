"""``hemicycle demo``: a whole sitting with simulated members, told on the terminal, ending with minutes that verify.

``story`` is what is told, ``sittings`` holds it, ``evening`` writes and verifies the minutes, ``terminal`` shows it.
"""

from bot.demo.rehearse import Play, run_script
from bot.demo.run import Options, run_demo

__all__ = ["Options", "Play", "run_demo", "run_script"]
