//! What the two lists make of a title.

use super::{Keyword, Title, parse};
use crate::Platform;
use crate::settings::Settings;

/// Where the keywords put an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Behind all others.
    Excluded,
    /// Where its other traits put it.
    Ordinary,
    /// Before all others.
    Prioritized,
}

/// Both keyword lists of the settings, read once for all titles.
#[derive(Clone, Debug)]
pub struct Keywords {
    required: Vec<Keyword>,
    excluded: Vec<Keyword>,
}

/// Which entries a title contains: of each list the first, with its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict<'a> {
    /// Of those that a prioritized appointment needs.
    pub required: Option<(usize, &'a Keyword)>,
    /// Of those that it must not have.
    pub excluded: Option<(usize, &'a Keyword)>,
}

impl Keywords {
    /// The keywords of these settings.
    pub fn new(settings: &Settings, platform: &dyn Platform) -> Self {
        Self {
            required: parse(&settings.priority_words, platform),
            excluded: parse(&settings.priority_excluded_words, platform),
        }
    }

    /// What they make of a title.
    pub fn judge(&self, title: &str, platform: &dyn Platform) -> Verdict<'_> {
        if self.required.is_empty() && self.excluded.is_empty() {
            return Verdict { required: None, excluded: None };
        }
        let title = Title::new(title, platform);
        Verdict { required: first(&self.required, &title), excluded: first(&self.excluded, &title) }
    }
}

fn first<'a>(keywords: &'a [Keyword], title: &Title) -> Option<(usize, &'a Keyword)> {
    keywords.iter().enumerate().find(|(_, keyword)| keyword.is_in(title))
}

impl<'a> Verdict<'a> {
    /// Where the appointment is put.
    pub fn rank(&self) -> Rank {
        match (self.excluded, self.required) {
            (Some(_), _) => Rank::Excluded,
            (None, Some(_)) => Rank::Prioritized,
            (None, None) => Rank::Ordinary,
        }
    }

    /// The keyword that decided.
    pub fn keyword(&self) -> Option<&'a Keyword> {
        self.excluded.or(self.required).map(|(_, keyword)| keyword)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Native;

    #[test]
    fn the_first_entry_of_each_list_is_told_and_the_excluded_one_decides() {
        let settings = Settings {
            priority_words: "ferien, urlaub, anna".to_owned(),
            priority_excluded_words: "\"urlaub\", Probe".to_owned(),
            ..Settings::default()
        };
        let keywords = Keywords::new(&settings, &Native);
        let found = |title: &str| {
            let verdict = keywords.judge(title, &Native);
            let text = |found: Option<(usize, &Keyword)>| found.map(|(at, one)| (at, one.entry.text.clone()));
            let decided = verdict.keyword().map(|keyword| keyword.entry.text.clone());
            (text(verdict.required), text(verdict.excluded), verdict.rank(), decided)
        };
        let text = |text: &str| text.to_owned();
        assert_eq!(
            found("Sommerurlaub Anna"),
            (Some((1, text("urlaub"))), None, Rank::Prioritized, Some(text("urlaub")))
        );
        assert_eq!(
            found("Urlaub"),
            (Some((1, text("urlaub"))), Some((0, text("urlaub"))), Rank::Excluded, Some(text("urlaub")))
        );
        assert_eq!(
            found("Theaterprobe"),
            (None, Some((1, text("Probe"))), Rank::Excluded, Some(text("Probe")))
        );
        assert_eq!(found("Meeting"), (None, None, Rank::Ordinary, None));
    }

    #[test]
    fn without_keywords_every_title_is_ordinary() {
        let keywords = Keywords::new(&Settings::default(), &Native);
        assert_eq!(keywords.judge("x", &Native), Verdict { required: None, excluded: None });
    }
}
