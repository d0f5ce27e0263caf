//! Finding an entry of a long list by a few letters: a time zone by region, city or offset, a language by its name.

use calendar::Platform;
use calendar::keyword::fold;

/// An entry, made ready for comparison.
pub struct Entry {
    words: Vec<String>,
}

/// How well an entry fits, the best first: all words that are searched for are there whole, they stand near its
/// beginning, few letters are missing. Last the place in the list.
type Fit = (bool, usize, usize, usize);

impl Entry {
    /// An entry that goes by these names: `Europe/Berlin`, its name in the language of the form, its offset.
    pub fn new(names: &[&str], platform: &dyn Platform) -> Self {
        Self { words: names.iter().flat_map(|name| words(name, platform)).collect() }
    }

    fn fit(&self, search: &[String], place: usize) -> Option<Fit> {
        let (mut position, mut missing) = (0, 0);
        for part in search {
            let (at, word) =
                self.words.iter().enumerate().find(|(_, word)| word.starts_with(part.as_str()))?;
            position += at;
            missing += word.len() - part.len();
        }
        Some((missing > 0, position, missing, place))
    }
}

/// Places of the entries in which each word of `text` begins one of theirs, the best first.
pub fn search(entries: &[Entry], text: &str, platform: &dyn Platform) -> Vec<usize> {
    let search = words(text, platform);
    let mut fits: Vec<Fit> = Vec::new();
    for fit in entries.iter().enumerate().filter_map(|(place, entry)| entry.fit(&search, place)) {
        // Sorted while they come: a sort from the library is larger than this file.
        let at = fits.partition_point(|better| *better < fit);
        fits.insert(at, fit);
    }
    fits.into_iter().map(|(.., place)| place).collect()
}

/// The words of a name. An offset is one, with its sign and without a leading zero: `+1:00`.
fn words(name: &str, platform: &dyn Platform) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let name = fold(name, platform);
    let mut rest = name.chars().map(|c| if c == '−' { '-' } else { c }).peekable();
    while let Some(c) = rest.next() {
        let before_digit = rest.peek().is_some_and(char::is_ascii_digit);
        let is_offset = word.starts_with(['+', '-']);
        match c {
            '0' if is_offset && word.len() == 1 && before_digit => {}
            ':' if is_offset => word.push(c),
            '+' | '-' if before_digit => {
                words.push(std::mem::take(&mut word));
                word.push(c);
            }
            _ if c.is_alphanumeric() => word.push(c),
            _ => words.push(std::mem::take(&mut word)),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use calendar::Native;

    use super::*;

    const ZONES: [[&str; 3]; 9] = [
        ["America/Argentina/Buenos_Aires", "Buenos Aires", "-03:00"],
        ["America/New_York", "New York", "-05:00"],
        ["America/Port-au-Prince", "Port-au-Prince", "−05:00"],
        ["Asia/Kolkata", "Kalkutta", "+05:30"],
        ["Atlantic/Bermuda", "Bermuda", "-04:00"],
        ["Europe/Berlin", "Berlin", "+01:00"],
        ["Europe/Zurich", "Zürich", "+01:00"],
        ["Pacific/Port_Moresby", "Port Moresby", "+10:00"],
        ["UTC", "Koordinierte Weltzeit", "+00:00"],
    ];

    fn found(text: &str) -> Vec<&'static str> {
        let entries = ZONES.map(|names| Entry::new(&names, &Native));
        search(&entries, text, &Native).into_iter().map(|place| ZONES[place][0]).collect()
    }

    #[test]
    fn zones_are_found_by_region_city_and_both() {
        assert_eq!(found("berlin"), ["Europe/Berlin"]);
        assert_eq!(found("Europe/Berlin"), ["Europe/Berlin"]);
        assert_eq!(found("eur ber"), ["Europe/Berlin"]);
        assert_eq!(found("ber"), ["Europe/Berlin", "Atlantic/Bermuda"]);
        assert_eq!(found("aires arg"), ["America/Argentina/Buenos_Aires"]);
        assert_eq!(found("port"), ["America/Port-au-Prince", "Pacific/Port_Moresby"]);
        assert_eq!(found("port-au"), ["America/Port-au-Prince"]);
        assert_eq!(found("erlin"), [""; 0]);
        assert_eq!(found("berlin x"), [""; 0]);
    }

    #[test]
    fn zones_are_found_by_their_name_in_the_language_of_the_form() {
        assert_eq!(found("KALK"), ["Asia/Kolkata"]);
        assert_eq!(found("zür"), ["Europe/Zurich"]);
        assert_eq!(found("zur"), ["Europe/Zurich"]);
        assert_eq!(found("zu\u{308}rich"), ["Europe/Zurich"]);
    }

    #[test]
    fn zones_are_found_by_their_offset() {
        let central = ["Europe/Berlin", "Europe/Zurich"];
        assert_eq!(found("+01:00"), central);
        assert_eq!(found("+01"), ["Europe/Berlin", "Europe/Zurich", "Pacific/Port_Moresby"]);
        assert_eq!(found("+1:"), central);
        assert_eq!(found("eur +01:00"), central);
        assert_eq!(found("+5:30"), ["Asia/Kolkata"]);
        assert_eq!(found("-5"), ["America/New_York", "America/Port-au-Prince"]);
        assert_eq!(found("−5 port"), ["America/Port-au-Prince"]);
        assert_eq!(found("+0"), ["UTC"]);
        assert_eq!(found("+00:00"), ["UTC"]);
    }

    #[test]
    fn nothing_searched_for_finds_all_in_their_order() {
        assert_eq!(found("  "), ZONES.map(|names| names[0]));
    }
}
