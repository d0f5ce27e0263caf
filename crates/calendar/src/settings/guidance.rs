//! What changes at Microsoft on known days, and the way out: from Exchange Web Services to Microsoft Graph.

use super::form::{date_figures, is_email, is_guid};
use super::{Item, NationalCloud, Settings, SyncType, Value};

/// A day, counted from 1970-01-01.
pub type Day = i64;

/// From this day on Exchange Web Services are switched off, tenant by tenant, unless the tenant enables them and lists
/// the application.
pub const EWS_SWITCHED_OFF: Day = day(2026, 10, 1);

/// On this day Exchange Web Services end for good.
pub const EWS_ENDS: Day = day(2027, 4, 1);

/// Something that the administrator should know about the chosen way to the calendars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guidance {
    /// Exchange Online has lost impersonation (`ApplicationImpersonation`), which this way needs.
    ImpersonationGone,
    /// Exchange Web Services end.
    EwsEnds(EwsEnd),
    /// Exchange Web Services will end, but nobody has said when in this cloud.
    EwsEndUnknown,
    /// The tenant must enable Exchange Web Services and list this application.
    ListClient(String),
    /// The client secret expires, or has expired.
    SecretExpires(Expiry),
}

/// How far the end of Exchange Web Services has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EwsEnd {
    /// The first tenants are switched off in so many days.
    Begins(Day),
    /// Tenants are being switched off, the last in so many days.
    Ends(Day),
    /// They are gone.
    Ended,
}

/// When a secret expires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expiry {
    /// Days that are left: 0 today, less when it is past.
    pub days: Day,
    /// How soon that is.
    pub urgency: Urgency,
}

/// How much there is to hurry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// There is time.
    None,
    /// A month or less is left.
    Month,
    /// A week or less is left.
    Week,
    /// It is today or tomorrow.
    Tomorrow,
    /// It is over.
    Over,
}

/// Everything that is to be known of these settings today, the gravest first.
pub fn guidance(settings: &Settings, today: Day) -> Vec<Guidance> {
    let mut guidance = match settings.sync_type {
        SyncType::Cloud => vec![Guidance::ImpersonationGone],
        SyncType::CloudAppOnly => ews(settings, today),
        SyncType::Disabled | SyncType::OnPremises | SyncType::Graph | SyncType::Hybrid => Vec::new(),
    };
    if let Some(expiry) = expiry(settings, today).filter(|expiry| expiry.urgency > Urgency::None) {
        guidance.push(Guidance::SecretExpires(expiry));
    }
    guidance
}

fn ews(settings: &Settings, today: Day) -> Vec<Guidance> {
    if settings.national_cloud != NationalCloud::Global {
        return vec![Guidance::EwsEndUnknown];
    }
    let end = match today {
        ..EWS_SWITCHED_OFF => EwsEnd::Begins(EWS_SWITCHED_OFF - today),
        EWS_SWITCHED_OFF..EWS_ENDS => EwsEnd::Ends(EWS_ENDS - today),
        _ => EwsEnd::Ended,
    };
    let mut guidance = vec![Guidance::EwsEnds(end)];
    if end != EwsEnd::Ended && is_guid(&settings.client_id) {
        guidance.push(Guidance::ListClient(settings.client_id.clone()));
    }
    guidance
}

/// When the client secret expires, if one is used and the day is known.
pub fn expiry(settings: &Settings, today: Day) -> Option<Expiry> {
    if !Item::ClientSecretExpires.shown(settings) {
        return None;
    }
    let [year, month, date] = date_figures(&settings.client_secret_expires)?;
    let days = day(year.into(), month.into(), date.into()) - today;
    let urgency = match days {
        ..0 => Urgency::Over,
        0..=1 => Urgency::Tomorrow,
        2..=7 => Urgency::Week,
        8..=30 => Urgency::Month,
        _ => Urgency::None,
    };
    Some(Expiry { days, urgency })
}

/// The application permission of Microsoft Graph that a registration needs.
pub const GRAPH_PERMISSION: &str = "Calendars.Read";

/// The move from Exchange Web Services to Microsoft Graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// What changes in the settings. Client, secret, cloud and proxy stay; what is no longer used stays stored.
    pub changes: Vec<(Item, Value)>,
    /// The permissions that it should lose once the move works, because grants add up.
    pub revoke: &'static [&'static str],
}

/// The move to Microsoft Graph, from the ways that end at Microsoft.
pub fn move_to_graph(settings: &Settings) -> Option<Move> {
    let revoke: &[_] = match settings.sync_type {
        SyncType::CloudAppOnly => &["full_access_as_app"],
        SyncType::Cloud => &["full_access_as_app", "EWS.AccessAsUser.All"],
        SyncType::Disabled | SyncType::OnPremises | SyncType::Graph | SyncType::Hybrid => return None,
    };
    let mut changes = vec![(Item::SyncType, Value::Choice(SyncType::Graph as usize))];
    // What the service does by itself with a user who signs in.
    let domain = settings.user.rsplit('@').next().filter(|_| is_email(&settings.user));
    if let Some(domain) = domain.filter(|_| settings.tenant_id.is_empty()) {
        changes.push((Item::TenantId, Value::Text(domain.to_owned())));
    }
    Some(Move { changes, revoke })
}

/// The number of a date of the Gregorian calendar.
///
/// Years are counted from March, so that the day that may be missing is the last of a year.
pub const fn day(year: i64, month: i64, day: i64) -> Day {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    // The months from March on have 31, 30, 31, 30, 31 days, twice and a bit.
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    year * 365 + leap_days + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, NaiveDate};

    use super::*;

    const CLIENT: &str = "0123abcd-89ab-4def-8123-456789abcdef";

    fn cloud(sync_type: SyncType) -> Settings {
        Settings { sync_type, client_id: CLIENT.to_owned(), ..Settings::default() }
    }

    #[test]
    fn days_are_those_of_chrono() {
        let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
        for number in (-800_000..4_000_000).step_by(17).chain(-1500..1500) {
            let date = epoch + chrono::Duration::days(number);
            assert_eq!(day(date.year().into(), date.month().into(), date.day().into()), number);
        }
    }

    #[test]
    fn exchange_web_services_end_in_two_steps() {
        let settings = cloud(SyncType::CloudAppOnly);
        let list = Guidance::ListClient(CLIENT.to_owned());
        for (today, expected) in [
            (day(2026, 9, 1), vec![Guidance::EwsEnds(EwsEnd::Begins(30)), list.clone()]),
            (day(2026, 9, 30), vec![Guidance::EwsEnds(EwsEnd::Begins(1)), list.clone()]),
            (day(2026, 10, 1), vec![Guidance::EwsEnds(EwsEnd::Ends(182)), list.clone()]),
            (day(2027, 3, 31), vec![Guidance::EwsEnds(EwsEnd::Ends(1)), list]),
            (day(2027, 4, 1), vec![Guidance::EwsEnds(EwsEnd::Ended)]),
            (day(2030, 1, 1), vec![Guidance::EwsEnds(EwsEnd::Ended)]),
        ] {
            assert_eq!(guidance(&settings, today), expected, "{today}");
        }
    }

    #[test]
    fn an_application_without_a_valid_id_is_not_to_be_listed() {
        let settings = Settings { client_id: "x".to_owned(), ..cloud(SyncType::CloudAppOnly) };
        assert_eq!(guidance(&settings, EWS_SWITCHED_OFF), [Guidance::EwsEnds(EwsEnd::Ends(182))]);
    }

    #[test]
    fn other_clouds_have_no_known_dates() {
        for national_cloud in [NationalCloud::UsGov, NationalCloud::UsGovDod, NationalCloud::China] {
            let settings = Settings { national_cloud, ..cloud(SyncType::CloudAppOnly) };
            assert_eq!(guidance(&settings, EWS_ENDS), [Guidance::EwsEndUnknown]);
        }
    }

    #[test]
    fn impersonation_is_gone_and_other_ways_stay() {
        assert_eq!(guidance(&cloud(SyncType::Cloud), day(2026, 1, 1)), [Guidance::ImpersonationGone]);
        for sync_type in [SyncType::Disabled, SyncType::OnPremises, SyncType::Graph] {
            assert_eq!(guidance(&cloud(sync_type), EWS_ENDS), []);
        }
    }

    #[test]
    fn the_closer_the_end_of_a_secret_the_more_urgent() {
        let settings = Settings { client_secret_expires: "2028-02-29".to_owned(), ..cloud(SyncType::Graph) };
        for (days, urgency) in [
            (1000, Urgency::None),
            (31, Urgency::None),
            (30, Urgency::Month),
            (8, Urgency::Month),
            (7, Urgency::Week),
            (2, Urgency::Week),
            (1, Urgency::Tomorrow),
            (0, Urgency::Tomorrow),
            (-1, Urgency::Over),
        ] {
            let today = day(2028, 2, 29) - days;
            let expected = Expiry { days, urgency };
            assert_eq!(expiry(&settings, today), Some(expected));
            let told = (urgency > Urgency::None).then_some(Guidance::SecretExpires(expected));
            assert_eq!(guidance(&settings, today), Vec::from_iter(told));
        }
    }

    #[test]
    fn no_secret_or_no_date_expires_not() {
        for (sync_type, date) in [
            (SyncType::Graph, ""),
            (SyncType::Graph, "soon"),
            (SyncType::Graph, "2027-02-29"),
            (SyncType::OnPremises, "2027-01-01"),
            (SyncType::Disabled, "2027-01-01"),
        ] {
            let settings = Settings { client_secret_expires: date.to_owned(), ..cloud(sync_type) };
            assert_eq!(expiry(&settings, EWS_ENDS), None, "{date}");
        }
    }

    #[test]
    fn the_move_to_graph_keeps_client_tenant_and_secret() {
        let to_graph = (Item::SyncType, Value::Choice(4));
        let settings = Settings {
            user: "sync@example.com".to_owned(),
            tenant_id: CLIENT.to_owned(),
            ..cloud(SyncType::CloudAppOnly)
        };
        let expected = Move { changes: vec![to_graph.clone()], revoke: &["full_access_as_app"] };
        assert_eq!(move_to_graph(&settings), Some(expected));

        let settings = Settings { user: "sync@example.com".to_owned(), ..cloud(SyncType::Cloud) };
        let expected = Move {
            changes: vec![to_graph.clone(), (Item::TenantId, Value::Text("example.com".to_owned()))],
            revoke: &["full_access_as_app", "EWS.AccessAsUser.All"],
        };
        assert_eq!(move_to_graph(&settings), Some(expected));

        for user in ["", "sync", "CORP\\sync@x"] {
            let settings = Settings { user: user.to_owned(), ..cloud(SyncType::Cloud) };
            assert_eq!(move_to_graph(&settings).unwrap().changes, std::slice::from_ref(&to_graph), "{user}");
        }
        for sync_type in [SyncType::Disabled, SyncType::OnPremises, SyncType::Graph] {
            assert_eq!(move_to_graph(&cloud(sync_type)), None);
        }
    }
}
