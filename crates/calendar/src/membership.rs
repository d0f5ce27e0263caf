//! Who is synchronised: `onlyGroups` and `exceptGroups`, lists of groups of the PBX and of configuration templates.

use crate::settings::Settings;
use crate::{Folded, Platform, keyword};

/// The users whom the settings choose, made ready for comparison once for all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Membership {
    only: Vec<Folded>,
    except: Vec<Folded>,
}

impl Membership {
    /// Whom these settings choose.
    pub fn new(settings: &Settings, platform: &dyn Platform) -> Self {
        Self::of(&settings.only_groups, &settings.except_groups, platform)
    }

    /// Whom these lists choose. Quotes keep a comma in a name and mean nothing else.
    pub fn of(only: &str, except: &str, platform: &dyn Platform) -> Self {
        let names = |list: &str| {
            let entries = keyword::entries(list);
            entries.iter().map(|entry| Folded::new(&entry.text, platform)).collect()
        };
        Self { only: names(only), except: names(except) }
    }

    /// Whether this is everybody.
    pub fn is_everybody(&self) -> bool {
        self.only.is_empty() && self.except.is_empty()
    }

    /// Whether somebody with these groups and templates is chosen. Who is in a group of either list is out.
    pub fn includes<'a>(&self, names: impl Iterator<Item = &'a str>, platform: &dyn Platform) -> bool {
        if self.is_everybody() {
            return true;
        }
        let names: Vec<Folded> = names.map(|name| Folded::new(name, platform)).collect();
        let is_in = |list: &[Folded]| names.iter().any(|name| list.contains(name));
        (self.only.is_empty() || is_in(&self.only)) && !is_in(&self.except)
    }
}

#[cfg(all(test, feature = "native"))]
mod tests {
    use super::*;
    use crate::Native;

    #[track_caller]
    fn check(only: &str, except: &str, names: &[&str], expected: bool) {
        let membership = Membership::of(only, except, &Native);
        assert_eq!(
            membership.includes(names.iter().copied(), &Native),
            expected,
            "{only} | {except} | {names:?}"
        );
    }

    #[test]
    fn people_2_empty_lists_are_everybody() {
        check("", "", &[], true);
        check(" , ", ";", &["Sales"], true);
        assert!(Membership::of(" ,", "\"\"", &Native).is_everybody());
    }

    #[test]
    fn people_2_only_those_of_a_group_or_template_count() {
        check("Sales, Office staff", "", &["office STAFF"], true);
        check("Sales, Office staff", "", &["office"], false);
        check("Sales", "", &[], false);
        check("Sales", "", &["Pre-Sales"], false);
        check("Büro", "", &["Bu\u{308}RO"], true);
        check("\"Berlin, office\"", "", &["Berlin, Office"], true);
    }

    #[test]
    fn people_2_the_exception_wins() {
        check("Sales", "Managers", &["sales", "managers"], false);
        check("Sales", "Managers", &["sales"], true);
        check("", "Managers", &["managers"], false);
        check("", "Managers", &[], true);
    }
}
