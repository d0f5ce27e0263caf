//! Names of time zones as Windows and Exchange write them: all that there are, and those that there once were. Mailboxes
//! keep the name that was right when they were set up.

use std::collections::HashMap;
use std::sync::LazyLock;

use strum::IntoEnumIterator as _;
use windows_timezones::WindowsTimezone;

/// Names that Windows has no more, and those of its documentation and other products.
const FORMER: [(&str, &str); 40] = [
    ("A.U.S. Central Standard Time", "Australia/Darwin"),
    ("A.U.S. Eastern Standard Time", "Australia/Sydney"),
    ("Armenian Standard Time", "Asia/Yerevan"),
    ("Bangkok Standard Time", "Asia/Bangkok"),
    ("Beijing Standard Time", "Asia/Shanghai"),
    ("Coordinated Universal Time", "UTC"),
    ("Fiji Islands Standard Time", "Pacific/Fiji"),
    ("GFT Standard Time", "Europe/Athens"),
    ("Jerusalem Standard Time", "Asia/Jerusalem"),
    ("Kamchatka Standard Time", "Asia/Kamchatka"),
    ("Lisbon Warsaw Standard Time", "Europe/Warsaw"),
    ("Malay Peninsula Standard Time", "Asia/Kuala_Lumpur"),
    // Mazatlan has kept the offset that this zone had with Chihuahua, which has not.
    ("Mexico Standard Time 2", "America/Mazatlan"),
    ("Mexico Standard Time", "America/Mexico_City"),
    ("Mid-Atlantic Standard Time", "Atlantic/South_Georgia"),
    ("Newfoundland and Labrador Standard Time", "America/St_Johns"),
    ("Pacific S.A. Standard Time", "America/Santiago"),
    ("Prague Bratislava Standard Time", "Europe/Prague"),
    ("Russia TZ 1 Standard Time", "Europe/Kaliningrad"),
    ("Russia TZ 2 Standard Time", "Europe/Moscow"),
    ("Russia TZ 3 Standard Time", "Europe/Samara"),
    ("Russia TZ 4 Standard Time", "Asia/Yekaterinburg"),
    ("Russia TZ 5 Standard Time", "Asia/Novosibirsk"),
    ("Russia TZ 6 Standard Time", "Asia/Krasnoyarsk"),
    ("Russia TZ 7 Standard Time", "Asia/Irkutsk"),
    ("Russia TZ 8 Standard Time", "Asia/Yakutsk"),
    ("Russia TZ 9 Standard Time", "Asia/Vladivostok"),
    ("Russia TZ 10 Standard Time", "Asia/Srednekolymsk"),
    ("Russia TZ 11 Standard Time", "Asia/Kamchatka"),
    ("S.A. Eastern Standard Time", "America/Cayenne"),
    ("S.A. Pacific Standard Time", "America/Bogota"),
    ("S.A. Western Standard Time", "America/La_Paz"),
    ("S.E. Asia Standard Time", "Asia/Bangkok"),
    ("Saudi Arabia Standard Time", "Asia/Riyadh"),
    ("Sydney Standard Time", "Australia/Sydney"),
    ("Transitional Islamic State of Afghanistan Standard Time", "Asia/Kabul"),
    ("U.S. Eastern Standard Time", "America/Indiana/Indianapolis"),
    ("U.S. Mountain Standard Time", "America/Phoenix"),
    ("Warsaw Standard Time", "Europe/Warsaw"),
    ("tzone://Microsoft/Utc", "UTC"),
];

/// IANA names by the names that Windows has, in lower case, and by what it shows of them after the offset.
static NAMES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for zone in WindowsTimezone::iter() {
        let description = without_offset(zone.description());
        names.entry(description.to_lowercase()).or_insert(zone.tzdb_id());
    }
    for (name, iana) in FORMER {
        names.insert(name.to_lowercase(), iana);
    }
    // A name weighs more than a description.
    for zone in WindowsTimezone::iter() {
        names.insert(zone.name().to_lowercase(), zone.tzdb_id());
    }
    names
});

/// The IANA name for one of Windows, in any letter case. It may also be that of its summer time, what is shown to people
/// (`(UTC+01:00) Amsterdam, Berlin, …`), or the short one that Windows 9x had (`W. Europe`).
pub fn iana_name(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let find = |name: &str| NAMES.get(name).copied();
    find(&name)
        .or_else(|| find(without_offset(&name)))
        .or_else(|| find(&name.replace("daylight time", "standard time")))
        .or_else(|| find(&format!("{name} standard time")))
}

/// What follows `(UTC+01:00) ` or, of old, `(GMT+01:00) `.
fn without_offset(text: &str) -> &str {
    let is_offset = text.starts_with("(UTC") || text.starts_with("(GMT");
    let is_lower = text.starts_with("(utc") || text.starts_with("(gmt");
    let rest = text.split_once(')').filter(|_| is_offset || is_lower);
    rest.map_or(text, |(_, rest)| rest.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::Zone;

    /// What the registry of Windows 11 has.
    const TODAY: &str = "\
        Dateline; UTC-11; Aleutian; Hawaiian; Marquesas; Alaskan; UTC-09; Pacific Standard Time (Mexico); UTC-08; Pacific; \
        US Mountain; Mountain Standard Time (Mexico); Mountain; Yukon; Central America; Central; Easter Island; \
        Central Standard Time (Mexico); Canada Central; SA Pacific; Eastern Standard Time (Mexico); Eastern; Haiti; Cuba; \
        US Eastern; Turks And Caicos; Paraguay; Atlantic; Venezuela; Central Brazilian; SA Western; Pacific SA; Newfoundland; \
        Tocantins; E. South America; SA Eastern; Argentina; Greenland; Montevideo; Magallanes; Saint Pierre; Bahia; UTC-02; \
        Azores; Cape Verde; UTC; GMT; Greenwich; Sao Tome; Morocco; W. Europe; Central Europe; Romance; Central European; \
        W. Central Africa; Jordan; GTB; Middle East; Egypt; E. Europe; Syria; West Bank; South Africa; FLE; Israel; \
        South Sudan; Kaliningrad; Sudan; Libya; Namibia; Arabic; Turkey; Arab; Belarus; Russian; E. Africa; Iran; Arabian; \
        Astrakhan; Azerbaijan; Russia Time Zone 3; Mauritius; Saratov; Georgian; Volgograd; Caucasus; Afghanistan; West Asia; \
        Ekaterinburg; Pakistan; Qyzylorda; India; Sri Lanka; Nepal; Central Asia; Bangladesh; Omsk; Myanmar; SE Asia; Altai; \
        W. Mongolia; North Asia; N. Central Asia; Tomsk; China; North Asia East; Singapore; W. Australia; Taipei; Ulaanbaatar; \
        Aus Central W.; Transbaikal; Tokyo; North Korea; Korea; Yakutsk; Cen. Australia; AUS Central; E. Australia; \
        AUS Eastern; West Pacific; Tasmania; Vladivostok; Lord Howe; Bougainville; Russia Time Zone 10; Magadan; Norfolk; \
        Sakhalin; Central Pacific; Russia Time Zone 11; New Zealand; UTC+12; Fiji; Chatham Islands; UTC+13; Tonga; Samoa; \
        Line Islands";

    fn full(name: &str) -> String {
        let is_full = name.starts_with("UTC") || name.contains("Time");
        if is_full { name.to_owned() } else { format!("{name} Standard Time") }
    }

    #[test]
    fn all_names_that_windows_has_are_known_in_any_letter_case() {
        let names = TODAY.split(';').map(|name| full(name.trim()));
        let former = FORMER.iter().map(|(name, _)| (*name).to_owned());
        for name in names.chain(former) {
            let zone = Zone::from_name(&name).unwrap_or_else(|| panic!("{name}"));
            for written in [name.to_lowercase(), name.to_uppercase(), format!(" {name} ")] {
                assert_eq!(Zone::from_name(&written), Some(zone), "{written}");
            }
        }
    }

    #[test]
    fn what_it_shows_to_people_and_shorter_names_are_known_too() {
        for (name, expected) in [
            ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Berlin"),
            ("(GMT+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Berlin"),
            ("(utc-08:00) pacific time (us & canada)", "America/Los_Angeles"),
            ("(UTC) Coordinated Universal Time", "UTC"),
            ("W. Europe Daylight Time", "Europe/Berlin"),
            ("W. Europe", "Europe/Berlin"),
            ("Mid-Atlantic", "Atlantic/South_Georgia"),
            ("UTC+12", "Etc/GMT-12"),
            ("TZONE://MICROSOFT/UTC", "UTC"),
        ] {
            assert_eq!(Zone::from_name(name).map(Zone::name), Some(expected), "{name}");
        }
        for name in ["tzone://Microsoft/Custom", "Customized Time Zone", "(UTC+01:00)", "Standard Time"] {
            assert_eq!(iana_name(name), None, "{name}");
        }
    }

    #[test]
    fn every_zone_that_is_named_has_rules() {
        for iana in NAMES.values() {
            assert!(Zone::iana(iana).is_some(), "{iana}");
        }
    }
}
