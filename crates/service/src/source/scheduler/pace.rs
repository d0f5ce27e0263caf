//! How many mailboxes are asked at once. What is published about the limits of servers can be read as four requests for
//! each mailbox or as four for the whole application, so the number follows what is refused.

use std::time::Duration;

use tokio::time::Instant;

/// What every reading of the limits allows.
const FIRST: usize = 4;
/// Fewer would let one slow mailbox hold up the others.
const LEAST: usize = 2;
/// Refusals within this time are one: they were under way together.
const ONE_REFUSAL: Duration = Duration::from_secs(1);
/// So many refusals in a row, and everybody waits.
const PAUSE_AFTER: u32 = 8;
/// Close to what was refused lately it goes on so much slower.
const CAUTION: usize = 20;

/// Decides whether another mailbox may be asked.
#[derive(Debug)]
pub struct Pace {
    /// The backend wants no more than that.
    most: usize,
    limit: usize,
    under_way: usize,
    /// Successes at the limit since it last grew.
    credit: usize,
    /// The number at which something was refused last.
    refused_at: usize,
    last_refusal: Option<Instant>,
    refusals: u32,
    paused_until: Option<Instant>,
}

impl Pace {
    /// Begins with few, and never asks more than that at once.
    pub fn new(most: usize) -> Self {
        Self {
            most,
            limit: FIRST.min(most),
            under_way: 0,
            credit: 0,
            refused_at: most,
            last_refusal: None,
            refusals: 0,
            paused_until: None,
        }
    }

    /// Whether another mailbox may be asked now.
    pub fn is_free(&self, now: Instant) -> bool {
        self.under_way < self.limit && self.paused_until.is_none_or(|until| until <= now)
    }

    /// When asking may go on, if it must pause.
    pub fn paused_until(&self) -> Option<Instant> {
        self.paused_until
    }

    /// A mailbox is being asked. Gives how many are, for [`refused`](Self::refused).
    pub fn start(&mut self) -> usize {
        self.under_way += 1;
        self.under_way
    }

    /// It was answered, or at least not refused.
    pub fn answered(&mut self) {
        // A limit that nobody reaches says nothing about a higher one.
        if self.under_way >= self.limit && self.limit < self.most {
            self.credit += 1;
            let caution = if self.limit + 1 >= self.refused_at { CAUTION } else { 1 };
            if self.credit >= self.limit * caution {
                self.limit += 1;
                self.credit = 0;
                self.refused_at = self.refused_at.max(self.limit);
            }
        }
        self.refusals = 0;
        self.paused_until = None;
        self.ended();
    }

    /// It was refused: too many requests. So many mailboxes were being asked when it began.
    pub fn refused(&mut self, number: usize, wait: Duration, now: Instant) {
        self.refusals = self.refusals.saturating_add(1);
        // Where so few are asked it is not their number.
        let is_number = number > LEAST;
        if is_number && self.last_refusal.is_none_or(|last| now - last >= ONE_REFUSAL) {
            self.refused_at = number;
            self.limit = (number * 3 / 4).clamp(LEAST, self.limit);
            self.credit = 0;
            self.last_refusal = Some(now);
        }
        if self.refusals >= PAUSE_AFTER {
            self.pause(wait, now);
        }
        self.ended();
    }

    /// It failed for a reason that says nothing about limits.
    pub fn failed(&mut self) {
        self.ended();
    }

    /// Nobody is asked for so long, and then one finds out for all whether it is over.
    pub fn probe(&mut self, wait: Duration, now: Instant) {
        self.pause(wait, now);
        self.limit = 1;
    }

    /// Nobody is asked for so long, and then few at first.
    pub fn pause(&mut self, wait: Duration, now: Instant) {
        self.paused_until = Some(self.paused_until.unwrap_or(now).max(now + wait));
        self.limit = LEAST;
        self.credit = 0;
    }

    fn ended(&mut self) {
        self.under_way = self.under_way.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: usize = 64;

    /// Asks as many as allowed at once, of whom a server with this limit refuses the others; rounds of 100 ms.
    fn run(pace: &mut Pace, allowed: usize, rounds: u32) -> (usize, usize) {
        let begin = Instant::now();
        let (mut answers, mut refusals) = (0, 0);
        for round in 0..rounds {
            let now = begin + Duration::from_millis(100) * round;
            let mut asked = 0;
            while pace.is_free(now) {
                asked = pace.start();
            }
            for number in 1..=asked {
                if number <= allowed {
                    pace.answered();
                    answers += 1;
                } else {
                    pace.refused(number, Duration::from_secs(5), now);
                    refusals += 1;
                }
            }
        }
        (answers, refusals)
    }

    #[test]
    fn it_grows_to_the_most_where_nothing_is_refused() {
        let mut pace = Pace::new(MOST);
        run(&mut pace, usize::MAX, 5000);
        assert_eq!(pace.limit, MOST);
    }

    #[test]
    fn it_stays_close_to_a_limit_for_the_whole_application() {
        let mut pace = Pace::new(MOST);
        let (answers, refusals) = run(&mut pace, 4, 1000);
        assert!(answers > 3000, "{answers} of 4000");
        assert!(refusals < 60, "{refusals}");
    }

    #[test]
    fn one_mailbox_refused_over_and_over_does_not_slow_the_others_down() {
        let mut pace = Pace::new(MOST);
        let mut now = Instant::now();
        for _ in 0..100 {
            let number = pace.start();
            pace.refused(number, Duration::from_mins(1), now);
            now += Duration::from_secs(45);
            run(&mut pace, usize::MAX, 100);
        }
        assert!(pace.limit > 2 * FIRST, "{}", pace.limit);
        assert!(pace.is_free(now));
    }

    #[test]
    fn one_finds_out_whether_an_outage_is_over() {
        let mut pace = Pace::new(MOST);
        let mut now = Instant::now();
        for _ in 0..3 {
            pace.probe(Duration::from_secs(30), now);
            assert!(!pace.is_free(now + Duration::from_secs(29)));
            now += Duration::from_secs(30);
            assert!(pace.is_free(now));
            pace.start();
            assert!(!pace.is_free(now), "one at a time");
            pace.failed();
        }
        assert_eq!(pace.start(), 1);
        pace.answered();
        assert!(pace.is_free(now));
        run(&mut pace, usize::MAX, 1000);
        assert!(pace.limit > FIRST, "{}", pace.limit);
    }

    #[test]
    fn everybody_waits_when_everything_is_refused() {
        let mut pace = Pace::new(MOST);
        let now = Instant::now();
        for _ in 0..PAUSE_AFTER {
            assert!(pace.is_free(now));
            let number = pace.start();
            pace.refused(number, Duration::from_secs(30), now);
        }
        assert!(!pace.is_free(now + Duration::from_secs(29)));
        assert!(pace.is_free(now + Duration::from_secs(30)));
    }
}
