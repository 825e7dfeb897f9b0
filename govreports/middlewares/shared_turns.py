"""Workers on several machines take turns on a host, by a Redis: what ``host_turns`` is inside of one process.

A turn is a key that goes by itself, so that a worker that dies holds nobody up for longer than its request might have
taken; on its own host it is known to be dead at once.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from scrapy.exceptions import IgnoreRequest

from govreports.process import ProcessId, is_dead, this_process

if TYPE_CHECKING:
    from redis.asyncio import Redis

_LOOK_AGAIN: Final = 0.25
"""Seconds between two looks at a host that another worker is at."""
_WANTED_FOR: Final = 3.0
"""Seconds for which a worker that waits is let go first without asking again."""
_PATIENCE: Final = 30.0

# Who waits goes before the one who had the turn last. Returns 0, or the milliseconds to wait and the holder.
_TAKE: Final = """
local holder = redis.call('GET', KEYS[1])
local wanted = redis.call('GET', KEYS[2])
if (not holder and (not wanted or wanted == ARGV[1])) or (holder == ARGV[1] and not wanted) then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
  redis.call('DEL', KEYS[2])
  return {0, ''}
end
if holder ~= ARGV[1] and (not wanted or wanted == ARGV[1]) then
  redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[3])
end
return {math.max(redis.call('PTTL', KEYS[1]), 1), holder or ''}
"""
_GIVE_BACK: Final = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if tonumber(ARGV[2]) > 0 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) else redis.call('DEL', KEYS[1]) end
return 1
"""


@dataclass(slots=True)
class _Held:
    """How many turns a process has on a host, and how long the last of them may take."""

    count: int = 0
    seconds: float = 0.0


class HostNotShared(IgnoreRequest):
    """Nobody can say whether another worker is at a host now, so it must not be asked; the message says why."""


class SharedTurns:
    """The turns of one process. HostNotShared from both methods where the Redis fails."""

    def __init__(self, url: str, *, worker: str | None = None) -> None:
        from redis import RedisError
        from redis.asyncio import Redis

        self._failures = RedisError
        self._redis: Redis = Redis.from_url(url, decode_responses=True, socket_timeout=_PATIENCE)
        self._worker = worker or str(this_process())
        self._held: dict[str, _Held] = {}

    async def take(self, host: str, *, seconds: float) -> None:
        """Wait for a turn on a host that takes up to so many seconds, to be given back with ``give_back``.

        A process may have several at once, as long as nobody else waits.
        """
        while (wait := await self._try(host, seconds)) > 0:
            await asyncio.sleep(min(wait, _LOOK_AGAIN))
        held = self._held.setdefault(host, _Held())
        held.count += 1
        held.seconds = seconds

    async def give_back(self, host: str, *, pause: float) -> None:
        """End a turn; another worker's begins ``pause`` seconds after the last one at the earliest."""
        held = self._held[host]
        held.count -= 1
        left = held.seconds if held.count else pause
        await self._run(_GIVE_BACK, host, self._worker, int(left * 1000))

    async def close(self) -> None:
        """End the connection."""
        await self._redis.aclose()

    async def _try(self, host: str, seconds: float) -> float:
        """0 with a turn, else the seconds to wait at most."""
        lease, wanted = int(seconds * 1000), int(_WANTED_FOR * 1000)
        milliseconds, holder = await self._run(_TAKE, host, self._worker, lease, wanted)
        if milliseconds and holder and is_dead(ProcessId.parse(holder)):
            await self._run(_GIVE_BACK, host, holder, int(_LOOK_AGAIN * 1000))
        return float(milliseconds) / 1000

    async def _run(self, script: str, host: str, *arguments: str | int) -> Any:
        keys = (f"govreports:host:{{{host}}}", f"govreports:host:{{{host}}}:wanted")
        try:
            return await self._redis.eval(script, len(keys), *keys, *arguments)
        except self._failures as error:
            message = f"the Redis of GOVREPORTS_REDIS_URL failed ({error}), so hosts cannot be shared"
            raise HostNotShared(message) from error
