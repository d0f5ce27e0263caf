//! What a change of the settings affects. Who edits keywords must not lose the connection to the calendars.

use calendar::settings::{Item, Mapping, Section, Settings};

/// What is to be done after a change.
#[expect(clippy::struct_excessive_bools, reason = "each is a thing to be done, with or without the others")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Impact {
    /// Calendars are reached in another way.
    pub calendars: bool,
    /// Another PBX is the master.
    pub pbx: bool,
    /// Presences are decided in another way.
    pub decisions: bool,
    /// Other users are left out.
    pub users: bool,
}

impl Impact {
    /// Secrets that are stored look alike; the caller compares them itself.
    pub fn of(before: &Settings, after: &Settings) -> Self {
        let mut impact = Self::default();
        for &item in Item::ALL.iter().filter(|item| before.get(**item) != after.get(**item)) {
            match (item, item.section()) {
                (Item::PbxName, _) => impact.pbx = true,
                // The first is only told in the status; the others are followed by whoever writes lines and
                // presences, and by what users have chosen.
                (Item::ClientSecretExpires | Item::EwsDebug | Item::ManualWins | Item::SelfService, _) => {}
                (Item::OnlyGroups | Item::ExceptGroups, _) => impact.users = true,
                (Item::IgnoreCategories, _) => {
                    impact.decisions = true;
                    // Whether they are asked for.
                    impact.calendars |=
                        before.ignore_categories.is_empty() != after.ignore_categories.is_empty();
                }
                (Item::MapAutomaticReplies, _) => {
                    impact.decisions = true;
                    let is_asked = |settings: &Settings| settings.map_automatic_replies != Mapping::Ignore;
                    impact.calendars |= is_asked(before) != is_asked(after);
                }
                (_, Section::Exchange) => impact.calendars |= item.shown(after) || item.shown(before),
                (_, Section::Pbx | Section::Mapping) => impact.decisions = true,
                // The synchronization has no part in it.
                (_, Section::Api) => {}
            }
        }
        impact
    }
}

#[cfg(test)]
mod tests {
    use calendar::settings::Int;

    use super::*;
    use crate::source::served;

    #[test]
    fn only_what_the_calendars_need_affects_them() {
        let calendars = Impact { calendars: true, ..Impact::default() };
        let decisions = Impact { decisions: true, ..Impact::default() };
        let pbx = Impact { pbx: true, ..Impact::default() };
        let users = Impact { users: true, ..Impact::default() };
        let nothing = Impact::default();
        for (after, expected) in [
            (served(), nothing),
            (Settings { client_id: "x".to_owned(), ..served() }, calendars),
            (Settings { http_proxy: "x".to_owned(), ..served() }, calendars),
            (Settings::default(), calendars),
            (Settings { client_secret_expires: "2027-01-01".to_owned(), ..served() }, nothing),
            (Settings { manual_wins: true, self_service: false, ..served() }, nothing),
            (
                Settings { ignore_categories: "x".to_owned(), ..served() },
                Impact { calendars: true, ..decisions },
            ),
            (
                Settings { map_automatic_replies: Mapping::Away, ..served() },
                Impact { calendars: true, ..decisions },
            ),
            (Settings { user: "x".to_owned(), max_subscriptions: Int(7), ..served() }, nothing),
            (Settings { map_busy: Mapping::Away, ..served() }, decisions),
            (Settings { presence_time_zone: "Europe/Berlin".to_owned(), ..served() }, decisions),
            (Settings { only_groups: "x".to_owned(), ..served() }, users),
            (Settings { except_groups: "x".to_owned(), ..served() }, users),
            (Settings { pbx_name: "x".to_owned(), ..served() }, pbx),
            (Settings { calendar_api: true, ..served() }, nothing),
        ] {
            assert_eq!(Impact::of(&served(), &after), expected, "{after:?}");
        }
    }
}
