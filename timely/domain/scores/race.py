"""Race: the first side with a number of points and a lead wins. A set is one, and so is a tie-break."""

from dataclasses import dataclass

from timely.domain.rules.set_rules import SetRules

NUMBERS = {2: "two", 3: "three", 4: "four"}


@dataclass(frozen=True, slots=True)
class Race:
    to: int
    clear: int
    cap: int | None = None

    def is_over(self, home: int, away: int) -> bool:
        ahead, behind = max(home, away), min(home, away)
        return ahead >= self.to and (ahead - behind >= self.clear or (self.cap is not None and ahead >= self.cap))

    def can_stand(self, home: int, away: int) -> bool:
        """Whether the race can be at that score, under way or over."""
        ahead, behind = max(home, away), min(home, away)
        # The closest course alternates up to behind-all; no side scores once it is over.
        was_open = behind == 0 or not self.is_over(behind, behind - 1)
        return was_open and (ahead == behind or not self.is_over(ahead - 1, behind))

    def can_end(self, home: int, away: int) -> bool:
        return self.is_over(home, away) and self.can_stand(home, away)

    def __str__(self) -> str:
        """The race in words: "to 21, two clear, 30 at most"."""
        clear = f", {NUMBERS.get(self.clear, self.clear)} clear" if self.clear > 1 else ""
        cap = f", {self.cap} at most" if self.cap is not None else ""
        return f"to {self.to}{clear}{cap}"


def races(rules: SetRules, *, deciding: bool) -> tuple[Race, ...]:
    """The ways in which such a set may be played."""
    if rules.to is None:
        return ()
    if not deciding:
        return (Race(rules.to, rules.clear, rules.cap),)
    last_to = rules.last_to or rules.to
    cap = rules.last_cap or (rules.cap if last_to == rules.to else None)
    found = (Race(last_to, rules.clear, cap),)
    return (*found, Race(rules.match_tie_break, 2)) if rules.match_tie_break else found
