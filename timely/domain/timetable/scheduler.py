"""Greedy scheduler: goes through the day from its start, and puts the best game on each free pitch."""

from collections.abc import Callable
from heapq import heapify, heappop, heappush

from timely.domain.timetable.problem import NEVER, Problem

Preference = Callable[[int, int], tuple[float, ...]]  # (line, when its sides were last busy) -> lower goes first
Placing = tuple[int, int]  # pitch, start


class Attempt:
    """One attempt at a schedule. No pitch stays empty while a game could begin on it.

    With *strict* rounds no game begins before every game of the earlier rounds of its division has begun.
    """

    def __init__(self, sheet: Problem, preference: Preference, *, strict: bool = True) -> None:
        self.sheet, self.preference = sheet, preference
        self.placed: dict[int, Placing] = {}
        self._given_up: set[int] = set()
        self._over = [0] * sheet.players  # of each player: when its last game is over
        self._floor = [line.floor for line in sheet.lines]
        self._holding = [len(line.after) for line in sheet.lines]  # how many games each still waits for
        self._left = [[len(one) for one in rounds] for rounds in sheet.rounds]
        self._strict = strict
        self._round = [0] * len(sheet.rounds)  # the round that each division has come to
        self._waiting: list[tuple[int, int]] = []  # (from when, line)
        self._ready: list[tuple[tuple[float, ...], int]] = []
        self._free = [0] * len(sheet.free)
        self._used = [0] * len(sheet.free)
        self._at = [0] * len(sheet.free)  # the index of the free time that each pitch is in
        self._wanted = [0] * len(sheet.free)  # by games that may not be played everywhere
        self._everywhere = sum(1 for closing in sheet.closes if closing)
        for line in sheet.lines:
            if len(line.pitches) < self._everywhere:
                for pitch in line.pitches:
                    self._wanted[pitch] += 1
        if strict:
            for rounds in sheet.rounds:
                for later in rounds[1:]:
                    for number in later:
                        self._holding[number] += 1
        longest = [max((until - since for since, until in free), default=0) for free in sheet.free]
        for number, line in enumerate(sheet.lines):
            if max((longest[pitch] for pitch in line.pitches), default=0) < line.length:
                self._give_up(number)
        self._waiting.clear()
        for number, holding in enumerate(self._holding):
            if not holding and number not in self._given_up:
                self._release(number)

    def run(self) -> dict[int, Placing]:
        """The placings by line; lines that found none are left out."""
        lines = self.sheet.lines
        shortest = min((line.length for line in lines), default=0)
        times = [self._step(start) for free in self.sheet.free for start, _ in free]
        heapify(times)
        last = -1
        while len(self.placed) < len(lines) and (times or self._waiting):
            now = times[0] if times else NEVER
            if self._waiting:
                now = min(now, max(self._waiting[0][0], last))
            last = now
            while times and times[0] <= now:
                heappop(times)
            free = [pitch for pitch in range(len(self._free)) if self._until(pitch, now) - now >= shortest]
            aside = []
            self._wake(now)
            while free and self._ready:
                entry = heappop(self._ready)
                number = entry[1]
                since = self._earliest(number, now)
                if since > now:
                    heappush(self._waiting, (since, number))
                    continue
                line = lines[number]
                if now + line.length > line.ceiling:
                    self._give_up(number)  # it can no longer be over in time
                    self._wake(now)
                    continue
                found = self._pick(number, free, now)
                if found is None:
                    aside.append(entry)
                    continue
                free.remove(found)
                heappush(times, self._place(number, found, now))
                self._wake(now)
            for entry in aside:
                heappush(self._ready, entry)
        return self.placed

    def _step(self, time: int) -> int:
        return -(-time // self.sheet.step) * self.sheet.step

    def _until(self, pitch: int, now: int) -> int:
        """The end of the free time that the pitch is in, or *now* if it is in none."""
        free = self.sheet.free[pitch]
        at = self._at[pitch]
        while at < len(free) and free[at][1] <= now:
            at += 1
        self._at[pitch] = at
        if at == len(free) or free[at][0] > now or self._free[pitch] > now:
            return now
        return free[at][1]

    def _wake(self, now: int) -> None:
        while self._waiting and self._waiting[0][0] <= now:
            number = heappop(self._waiting)[1]
            line = self.sheet.lines[number]
            busy = max(self._over[one] for one in line.players)
            heappush(self._ready, (self.preference(number, busy), number))

    def _earliest(self, number: int, now: int = 0) -> int:
        """The earliest start of the game, for its sides and for the games it waits for."""
        line, rest = self.sheet.lines[number], self.sheet.rest
        start = max(self._floor[number], now)
        over = self._over
        for one in line.rivals:
            if over[one] and over[one] + rest > start:
                start = over[one] + rest
        start = self._step(start)
        for begin, end in line.spans:
            if begin < start + line.length and start < end:
                start = self._step(end)
        return start

    def _pick(self, number: int, free: list[int], now: int) -> int | None:
        line = self.sheet.lines[number]
        wanted = self._wanted if len(line.pitches) == self._everywhere else self._used
        best = None
        for pitch in free:
            if pitch in line.pitches and self._until(pitch, now) - now >= line.length:
                rank = (wanted[pitch], self._used[pitch], pitch)
                if best is None or rank < best:
                    best = rank
        return best[2] if best else None

    def _place(self, number: int, pitch: int, now: int) -> int:
        """Books the game, and returns when the pitch is free again."""
        sheet = self.sheet
        line = sheet.lines[number]
        end = now + line.length
        self.placed[number] = (pitch, now)
        self._used[pitch] += line.length
        self._free[pitch] = end + sheet.changeover
        for one in line.players:
            self._over[one] = max(self._over[one], end)
        if len(line.pitches) < self._everywhere:
            for other in line.pitches:
                self._wanted[other] -= 1
        for later, rest in line.before:
            self._floor[later] = max(self._floor[later], end + rest)
            self._let_go(later)
        if line.round:
            self._count_round(*line.round)
        return self._step(self._free[pitch])

    def _count_round(self, division: int, number: int) -> None:
        left, rounds = self._left[division], self.sheet.rounds[division]
        left[number] -= 1
        while self._strict and not left[self._round[division]] and self._round[division] + 1 < len(rounds):
            self._round[division] += 1
            for later in rounds[self._round[division]]:
                self._let_go(later)

    def _let_go(self, number: int) -> None:
        self._holding[number] -= 1
        if not self._holding[number] and number not in self._given_up:
            self._release(number)

    def _release(self, number: int) -> None:
        heappush(self._waiting, (self._earliest(number), number))

    def _give_up(self, number: int) -> None:
        """Gives up the game and those that wait for it; later rounds no longer wait for them."""
        lost = [number]
        while lost:
            one = lost.pop()
            if one in self._given_up:
                continue
            self._given_up.add(one)
            line = self.sheet.lines[one]
            if line.round:
                self._count_round(*line.round)
            lost += [later for later, _ in line.before]
