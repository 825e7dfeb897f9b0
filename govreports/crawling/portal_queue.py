"""Portals of one big crawl in a Redis, from which workers on any machine take the next one.

What is shared are portals, not requests. A host is asked over one connection, with a pause after each answer: a second
worker on the same host could only wait for the first. And what a portal's crawl knows (which lists were seen, what was
asked for, what is missing) stays in one process, where it can be judged at the end.

A portal is leased, not given away: its worker says from time to time that it lives. The lease of one that does not is
taken back, at once where the process is known to be dead, and the next worker crawls the portal again. What was stored
of it stays; a second crawl asks for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from govreports.process import ProcessId, is_dead, this_process

if TYPE_CHECKING:
    from redis import Redis

LEASE: Final = 300.0
"""Seconds for which a worker on another host may be silent. It gives a sign every minute."""
_PATIENCE: Final = 30.0
"""Seconds that an answer of the Redis may take."""
_ENDED_FOR: Final = 600
"""Seconds after the end of a crawl in which none is begun: of workers that are started together one may be late."""
_KEPT_FOR: Final = 14 * 24 * 3600
"""Seconds after its beginning for which a crawl that nobody goes on with is remembered."""
_NAME: Final = re.compile(r"[a-z0-9_-]{1,16}")

# Each script is one step that no other worker sees half done. Times are those of the Redis server: the clocks of the
# workers need not agree.
_FILL: Final = """
if redis.call('EXISTS', KEYS[1], KEYS[6]) > 0 then return 0 end
redis.call('DEL', KEYS[2], KEYS[3], KEYS[4], KEYS[5])
redis.call('HSET', KEYS[1], 'selection', ARGV[1])
for place = 3, #ARGV, 2 do
  redis.call('RPUSH', KEYS[2], ARGV[place])
  redis.call('HSET', KEYS[3], ARGV[place], ARGV[place + 1])
end
for place = 1, 3 do redis.call('EXPIRE', KEYS[place], ARGV[2]) end
return 1
"""
_TAKE: Final = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for _, portal in ipairs(redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', now)) do
  redis.call('ZREM', KEYS[4], portal)
  redis.call('HDEL', KEYS[5], portal)
  redis.call('LPUSH', KEYS[2], portal)
end
local busy = {}
for _, portal in ipairs(redis.call('HKEYS', KEYS[5])) do
  for host in string.gmatch(redis.call('HGET', KEYS[3], portal) or '', '%S+') do busy[host] = true end
end
for _, portal in ipairs(redis.call('LRANGE', KEYS[2], 0, -1)) do
  local free = true
  for host in string.gmatch(redis.call('HGET', KEYS[3], portal) or '', '%S+') do free = free and not busy[host] end
  if free then
    redis.call('LREM', KEYS[2], 1, portal)
    redis.call('ZADD', KEYS[4], now + ARGV[2], portal)
    redis.call('HSET', KEYS[5], portal, ARGV[1])
    return portal
  end
end
return false
"""
_RENEW: Final = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for _, portal in ipairs(redis.call('HKEYS', KEYS[5])) do
  if redis.call('HGET', KEYS[5], portal) == ARGV[1] then redis.call('ZADD', KEYS[4], now + ARGV[2], portal) end
end
return 1
"""
_END: Final = """
if redis.call('HGET', KEYS[5], ARGV[2]) ~= ARGV[1] then return 0 end
redis.call('ZREM', KEYS[4], ARGV[2])
redis.call('HDEL', KEYS[5], ARGV[2])
if ARGV[3] == 'again' then redis.call('LPUSH', KEYS[2], ARGV[2]) else redis.call('HDEL', KEYS[3], ARGV[2]) end
if redis.call('HLEN', KEYS[3]) == 0 then
  redis.call('DEL', KEYS[1])
  redis.call('SET', KEYS[6], 'ended', 'EX', ARGV[4])
end
return 1
"""


class QueueError(Exception):
    """The queue cannot be used; the message says what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Queued:
    """A portal by its id, and the hosts that it is known to lie on."""

    portal: str
    hosts: frozenset[str]


class PortalQueue:
    """One worker's hold on the queue ``name``. QueueError from every method when the Redis fails."""

    def __init__(self, url: str, name: str) -> None:
        """Raises QueueError for a name or URL of no use, and where redis-py is not installed."""
        if _NAME.fullmatch(name) is None:
            raise QueueError(f"--queue {name} is no name; write up to 16 small letters, digits, - and _")
        try:
            import redis
        except ModuleNotFoundError as error:
            raise QueueError("a queue needs the extra queue: pip install 'govreports[queue]'") from error
        try:
            self._redis: Redis = redis.Redis.from_url(url, decode_responses=True, socket_timeout=_PATIENCE)
        except ValueError as error:
            raise QueueError(
                f"GOVREPORTS_REDIS_URL is no address ({error}); write it as redis://host:6379/0"
            ) from error
        self.name = name
        self.worker = str(this_process())
        base = f"govreports:queue:{{{name}}}"
        self._keys = [base, *(f"{base}:{part}" for part in ("waiting", "hosts", "leases", "holders", "ended"))]
        self._failures = redis.RedisError

    def selection(self) -> str | None:
        """What the crawl that is under way was asked for; None where none is."""
        found = self._do(lambda: self._redis.hget(self._keys[0], "selection"))
        return None if found is None else str(found)

    def has_just_ended(self) -> bool:
        """Whether a crawl of the queue came to its end in the last ten minutes."""
        return bool(self._do(lambda: self._redis.exists(self._keys[5])))

    def fill(self, selection: str, portals: Iterable[Queued]) -> bool:
        """Begin a crawl; False where another worker began one first, or one has just ended."""
        parts = [selection, str(_KEPT_FOR)]
        for one in portals:
            parts += [one.portal, " ".join(sorted(one.hosts))]
        return bool(self._run(_FILL, *parts))

    def take(self) -> str | None:
        """Lease a portal on whose hosts nobody is at work; None where there is none now."""
        for portal, worker in self._do(lambda: self._redis.hgetall(self._keys[4])).items():
            if is_dead(ProcessId.parse(worker)):
                self._run(_END, worker, portal, "again", _ENDED_FOR)
        taken = self._run(_TAKE, self.worker, int(LEASE * 1000))
        return None if taken is None else str(taken)

    def renew(self) -> None:
        """Say that this worker lives."""
        self._run(_RENEW, self.worker, int(LEASE * 1000))

    def end(self, portal: str, *, again: bool) -> None:
        """Give a portal back: done, or ``again`` where it was cut short."""
        self._run(_END, self.worker, portal, "again" if again else "done", _ENDED_FOR)

    def left(self) -> int:
        """How many portals are not done: waiting, or with a worker."""
        return int(self._do(lambda: self._redis.hlen(self._keys[2])))

    def close(self) -> None:
        """End the connection."""
        self._redis.close()

    def _run(self, script: str, *arguments: str | int) -> Any:
        return self._do(lambda: self._redis.eval(script, len(self._keys), *self._keys, *arguments))

    def _do(self, work: Any) -> Any:
        try:
            return work()
        except self._failures as error:
            raise QueueError(f"the Redis of the queue {self.name} failed: {error}; see GOVREPORTS_REDIS_URL") from error
