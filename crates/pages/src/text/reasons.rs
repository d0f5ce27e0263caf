//! Why an appointment leads, waits or is left out.

use calendar::decide::{Criterion, LeftOut, Match};
use kit::{Language, Words, fill};
use texts::reasons::{BEHIND, FIRST, LAST, LEADS, NEXT, WAITS, criterion, left_out};

use crate::preview::Verdict;

/// What became of an appointment, after its title. `titles` are those of all appointments.
pub fn sentence(language: Language, verdict: Verdict, keyword: Option<&Match>, titles: &[String]) -> String {
    let say = |words: Words| words.in_language(language);
    let mut sentence = match verdict {
        Verdict::Leads => say(LEADS).to_owned(),
        Verdict::Next => say(NEXT).to_owned(),
        Verdict::Waits => say(WAITS).to_owned(),
        Verdict::Behind(place, by) => {
            let title = titles.get(place).map(String::as_str).unwrap_or_default();
            fill(say(BEHIND), &[title, say(criterion(by))])
        }
        Verdict::LeftOut(left_out) => say(why_left_out(left_out)).to_owned(),
    };
    if let Some(Match { keyword, first }) = keyword {
        sentence.push_str("; ");
        sentence.push_str(&fill(say(if *first { FIRST } else { LAST }), &[keyword]));
    }
    sentence
}

/// What decides between two appointments.
pub fn criterion(by: Criterion) -> Words {
    match by {
        Criterion::Rank => criterion::RANK,
        Criterion::Activity => criterion::ACTIVITY,
        Criterion::LaterStart => criterion::LATER_START,
        Criterion::EarlierEnd => criterion::EARLIER_END,
        Criterion::Id => criterion::ID,
    }
}

/// Why an appointment does not count.
pub fn why_left_out(left_out: LeftOut) -> Words {
    match left_out {
        LeftOut::Cancelled => left_out::CANCELLED,
        LeftOut::Declined => left_out::DECLINED,
        LeftOut::Category => left_out::CATEGORY,
        LeftOut::ShownAsFree => left_out::SHOWN_AS_FREE,
        LeftOut::Ignored => left_out::IGNORED,
        LeftOut::NoDuration => left_out::NO_DURATION,
        LeftOut::Ended => left_out::ENDED,
        LeftOut::TooMany => left_out::TOO_MANY,
        LeftOut::TooFar => left_out::TOO_FAR,
    }
}
