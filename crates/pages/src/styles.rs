//! The style of the pages. All of them share one sheet, so a class that two of them name means the same in both.

/// The rules of each, those of the fields first.
pub const SHEETS: [&str; 9] = [
    kit::FIELDS,
    include_str!("pages.css"),
    include_str!("objects/objects.css"),
    include_str!("overview/overview.css"),
    include_str!("relay/relay.css"),
    include_str!("api/api.css"),
    include_str!("users/users.css"),
    include_str!("test/test.css"),
    include_str!("assistant/assistant.css"),
];

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// The classes with which selectors of a sheet begin: the rest counts only within them.
    fn heads(sheet: &str) -> BTreeSet<&str> {
        let selectors = sheet.split('{').filter_map(|part| part.rsplit(['}', ';', '/']).next());
        let classes =
            selectors.flat_map(|list| list.split(',')).filter_map(|one| one.trim().strip_prefix('.'));
        classes.filter_map(|one| one.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next()).collect()
    }

    #[test]
    fn the_heads_of_a_sheet_are_found() {
        let sheet =
            "/* x */ .a b, .c-d:hover > .e { x: y; } @container (min-width: 1px) { .f .g { } h .i { } }";
        assert_eq!(heads(sheet), BTreeSet::from(["a", "c-d", "f"]));
    }

    #[test]
    fn no_class_begins_the_rules_of_two_pages() {
        let mut pages: BTreeMap<&str, usize> = BTreeMap::new();
        for class in SHEETS.iter().flat_map(|sheet| heads(sheet)) {
            *pages.entry(class).or_default() += 1;
        }
        pages.retain(|_, count| *count > 1);
        assert_eq!(pages, BTreeMap::new());
    }
}
