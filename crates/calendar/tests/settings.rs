//! The settings as the wire sees them: `contracts/settings.md`, row by row.
#![recursion_limit = "256"]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::needless_pass_by_value)]

use calendar::Native;
use calendar::settings::{Code, Item, Kind, Secret, Section, Settings, SyncType};
use serde_json::{Map, Value, json};

fn items(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

/// Applies `value` to `settings` and gives the problems as `item: code`.
#[track_caller]
fn problems(settings: &mut Settings, value: Value) -> Vec<String> {
    match settings.apply(&items(value), &Native) {
        Ok(()) => Vec::new(),
        Err(problems) => problems.iter().map(|p| format!("{}: {}", p.item, p.code.as_str())).collect(),
    }
}

#[track_caller]
fn assert_refused(value: Value, expected: &[&str]) {
    let mut settings = Settings::default();
    assert_eq!(problems(&mut settings, value), expected);
    assert_eq!(settings, Settings::default(), "nothing is taken over");
}

#[track_caller]
fn assert_becomes(item: &str, given: &str, stored: &str) {
    let mut settings = Settings::default();
    assert_eq!(problems(&mut settings, json!({ item: given })), Vec::<String>::new(), "{item}: {given}");
    assert_eq!(settings.to_items()[item], stored);
}

#[track_caller]
fn assert_taken(item: &str, text: &str) {
    assert_becomes(item, text, text);
}

fn graph() -> Value {
    json!({
        "pbxName": "master", "syncType": 4, "clientSecret": "s",
        "clientId": "11111111-2222-3333-4444-555555555555", "tenantId": "contoso.onmicrosoft.com"
    })
}

fn on_premises() -> Value {
    json!({ "pbxName": "master", "syncType": 1, "user": "sync@example.com", "password": "p" })
}

#[track_caller]
fn settings(value: Value) -> Settings {
    let mut settings = Settings::default();
    assert_eq!(problems(&mut settings, value), Vec::<String>::new());
    settings
}

#[test]
fn defaults_are_those_of_the_contract() {
    let expected = json!({
        "pbxName": "", "presenceLanguage": 5, "presenceTimeZone": "UTC", "showSubject": false,
        "priorityWords": "", "priorityExcludedWords": "", "onlyGroups": "", "exceptGroups": "", "manualWins": false, "selfService": true,
        "syncType": 0, "user": "", "discoveryMailbox": "", "password": "", "autodiscoverUrl": "", "ewsUrl": "",
        "exchangeServer": 0, "nameResolving": 0, "maxSubscriptions": 200, "channelBinding": 0, "ewsDebug": false,
        "clientId": "", "tenantId": "", "supportedAccounts": 0, "redirectUri": "", "scopes": "",
        "clientSecret": "", "clientSecretExpires": "", "nationalCloud": 0, "caCertificate": "", "httpProxy": "",
        "httpProxyUser": "", "httpProxyPassword": "",
        "tentativeOrganizer": "", "mapBusy": 1, "mapTentative": 4, "mapTentativeException": 2,
        "showTentativeExceptionTitle": false, "mapOutOfOffice": 2, "mapWorkingElsewhere": 0, "mapNoData": 1, "ignoreCategories": "", "mapAutomaticReplies": 4,
        "calendarApi": false, "calendarApiWrite": false
    });
    assert_eq!(Value::Object(Settings::default().to_items()), expected);
    assert_eq!(Settings::default().check(&Native), []);
}

#[test]
fn choices_have_the_words_of_the_contract() {
    let words = |item: Item| match item.kind() {
        Kind::Choice(words) => words.join(" "),
        kind => panic!("{kind:?}"),
    };
    assert_eq!(words(Item::SyncType), "disabled onPremises cloud cloudAppOnly graph hybrid");
    assert_eq!(words(Item::ExchangeServer), "external internal");
    assert_eq!(words(Item::NameResolving), "user pbxNames");
    assert_eq!(words(Item::ChannelBinding), "always never");
    assert_eq!(words(Item::SupportedAccounts), "single multiple");
    assert_eq!(words(Item::NationalCloud), "global usGov usGovDod china");
    assert_eq!(words(Item::MapNoData), "available busy away doNotDisturb ignore");
    assert_eq!(
        words(Item::PresenceLanguage),
        "bs ca cs da de en es et eu fi fr hr hu it lv mk nl no pl pt ru sl sr sv th tr"
    );
    assert_eq!(Item::MaxSubscriptions.kind(), Kind::Int { min: 1, max: 200 });
}

#[test]
fn sections_follow_each_other() {
    let mut sections: Vec<Section> = Item::ALL.iter().map(|item| item.section()).collect();
    sections.dedup();
    assert_eq!(sections, [Section::Pbx, Section::Exchange, Section::Mapping, Section::Api]);
}

#[test]
fn each_sync_type_shows_its_items() {
    let shown = |sync_type| {
        let settings = Settings { sync_type, ..Settings::default() };
        let exchange =
            Item::ALL.iter().filter(|item| item.section() == Section::Exchange && item.shown(&settings));
        exchange.map(|item| item.name()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(shown(SyncType::Disabled), "syncType");
    assert_eq!(
        shown(SyncType::OnPremises),
        "syncType user discoveryMailbox password autodiscoverUrl ewsUrl exchangeServer nameResolving \
         maxSubscriptions channelBinding ewsDebug caCertificate httpProxy"
    );
    assert_eq!(
        shown(SyncType::Cloud),
        "syncType user autodiscoverUrl ewsUrl exchangeServer nameResolving maxSubscriptions ewsDebug clientId \
         tenantId supportedAccounts redirectUri scopes clientSecret clientSecretExpires nationalCloud \
         caCertificate httpProxy"
    );
    assert_eq!(
        shown(SyncType::CloudAppOnly),
        "syncType user autodiscoverUrl ewsUrl exchangeServer nameResolving maxSubscriptions ewsDebug clientId \
         tenantId supportedAccounts clientSecret clientSecretExpires nationalCloud caCertificate httpProxy"
    );
    assert_eq!(
        shown(SyncType::Graph),
        "syncType clientId tenantId supportedAccounts clientSecret clientSecretExpires nationalCloud \
         caCertificate httpProxy"
    );
}

#[test]
fn an_address_of_the_web_services_hides_what_autodiscover_needs() {
    let settings = Settings {
        sync_type: SyncType::OnPremises,
        ews_url: "https://mail.example.com/EWS/Exchange.asmx".into(),
        ..Settings::default()
    };
    for item in [Item::AutodiscoverUrl, Item::DiscoveryMailbox, Item::ExchangeServer] {
        assert!(!item.shown(&settings), "{item:?}");
    }
}

#[test]
fn a_proxy_shows_its_user_and_the_user_a_password() {
    let mut settings = Settings { sync_type: SyncType::Graph, ..Settings::default() };
    let shown =
        |settings: &Settings| [Item::HttpProxyUser, Item::HttpProxyPassword].map(|item| item.shown(settings));
    settings.http_proxy_user = "corp".into();
    assert_eq!(shown(&settings), [false, false]);
    settings.http_proxy = "http://proxy:3128".into();
    assert_eq!(shown(&settings), [true, true]);
    settings.http_proxy_user.clear();
    assert_eq!(shown(&settings), [true, false]);
    settings.http_proxy_user = "corp".into();
    settings.sync_type = SyncType::Disabled;
    assert_eq!(shown(&settings), [false, false]);
}

#[test]
fn a_proxy_may_have_a_user_without_a_password() {
    let mut settings = settings(graph());
    let proxy = json!({ "httpProxy": "http://proxy:3128", "httpProxyUser": "CORP\\sync" });
    assert_eq!(problems(&mut settings, proxy), Vec::<String>::new());
    assert_eq!(problems(&mut settings, json!({ "httpProxyPassword": "p" })), Vec::<String>::new());
    assert_eq!(settings.to_items()["httpProxyPassword"], "");
}

#[test]
fn exceptions_are_shown_with_an_organizer_and_their_titles_with_subjects() {
    let mut settings = Settings { show_subject: true, ..Settings::default() };
    assert!(!Item::MapTentativeException.shown(&settings));
    assert!(!Item::ShowTentativeExceptionTitle.shown(&settings));
    settings.tentative_organizer = "hr@example.com".into();
    assert!(Item::MapTentativeException.shown(&settings));
    assert!(Item::ShowTentativeExceptionTitle.shown(&settings));
    settings.show_subject = false;
    assert!(!Item::ShowTentativeExceptionTitle.shown(&settings));
}

#[test]
fn what_each_type_requires() {
    assert_refused(
        json!({ "syncType": 1 }),
        &["pbxName: required", "user: required", "discoveryMailbox: required", "password: required"],
    );
    assert_refused(
        json!({ "syncType": 2 }),
        &["pbxName: required", "user: required", "clientId: required", "clientSecret: required"],
    );
    assert_refused(
        json!({ "syncType": 3 }),
        &[
            "pbxName: required",
            "user: required",
            "clientId: required",
            "tenantId: required",
            "clientSecret: required",
        ],
    );
    assert_refused(
        json!({ "syncType": 4 }),
        &["pbxName: required", "clientId: required", "tenantId: required", "clientSecret: required"],
    );
}

#[test]
fn a_stored_password_is_enough() {
    let mut settings = settings(graph());
    settings.client_secret = Secret::Stored;
    assert_eq!(problems(&mut settings, json!({ "clientSecret": "" })), Vec::<String>::new());
    assert_eq!(settings.client_secret, Secret::Stored);
    assert_eq!(problems(&mut settings, json!({ "clientSecret": null })), ["clientSecret: required"]);
    assert_eq!(problems(&mut settings, json!({ "clientSecret": null, "syncType": 0 })), Vec::<String>::new());
    assert_eq!(settings.client_secret, Secret::Absent);
}

#[test]
fn a_domain_user_needs_a_mailbox_and_belongs_on_premises() {
    let mut settings = settings(on_premises());
    assert_eq!(problems(&mut settings, json!({ "user": "CORP\\sync" })), ["discoveryMailbox: required"]);
    let with_url = json!({ "user": "CORP\\sync", "ewsUrl": "https://mail.example.com" });
    assert_eq!(problems(&mut settings, with_url), Vec::<String>::new());
    let mut cloud = graph();
    cloud["syncType"] = json!(3);
    cloud["user"] = json!("CORP\\sync");
    assert_refused(cloud, &["user: user"]);
}

#[test]
fn keywords_in_both_lists_are_reported_at_the_excluded_ones() {
    let mut settings = settings(graph());
    let both = json!({ "priorityWords": "Urlaub, x", "priorityExcludedWords": "y,\"URLAUB\"" });
    assert_eq!(problems(&mut settings, both), ["priorityExcludedWords: duplicate"]);
    let disabled = json!({ "priorityWords": "a", "priorityExcludedWords": "a", "syncType": 0 });
    assert_eq!(problems(&mut settings, disabled), Vec::<String>::new());
}

#[test]
fn people_2_a_group_in_both_lists_is_reported_at_the_exceptions() {
    let mut settings = settings(graph());
    let both = json!({ "onlyGroups": "Sales, Büro", "exceptGroups": "x;\"BÜRO\"", "priorityWords": "Sales" });
    assert_eq!(problems(&mut settings, both), ["exceptGroups: duplicate"]);
    let words_too = json!({
        "onlyGroups": "a", "exceptGroups": "A", "priorityWords": "a", "priorityExcludedWords": "A", "pbxName": "",
    });
    let expected = ["pbxName: required", "priorityExcludedWords: duplicate", "exceptGroups: duplicate"];
    assert_eq!(problems(&mut settings, words_too), expected);
    let disabled = json!({ "onlyGroups": "a", "exceptGroups": "a", "syncType": 0 });
    assert_eq!(problems(&mut settings, disabled), Vec::<String>::new());
}

#[test]
fn items_are_checked_by_themselves_also_while_hidden_and_disabled() {
    assert_refused(
        json!({
            "httpProxy": "proxy", "pbxName": "pbx.example.com", "presenceTimeZone": "Berlin", "user": "u",
            "discoveryMailbox": "m", "autodiscoverUrl": "http://x.example", "ewsUrl": "ftp://x.example",
            "maxSubscriptions": 0, "clientId": "1", "tenantId": "1", "clientSecretExpires": "1.2.2027",
            "caCertificate": "x", "tentativeOrganizer": "hr"
        }),
        &[
            "pbxName: pbxName",
            "presenceTimeZone: timeZone",
            "user: user",
            "discoveryMailbox: email",
            "autodiscoverUrl: https",
            "ewsUrl: https",
            "maxSubscriptions: range",
            "clientId: guid",
            "tenantId: tenant",
            "clientSecretExpires: date",
            "caCertificate: pem",
            "httpProxy: url",
            "tentativeOrganizer: email",
        ],
    );
}

#[test]
fn types_choices_and_names_are_checked() {
    assert_refused(
        json!({
            "zzz": 1, "aaa": 1, "pbxName": 1, "presenceLanguage": "de", "showSubject": "true", "syncType": 6,
            "exchangeServer": -1, "maxSubscriptions": 1.5, "clientSecret": 1, "password": ["x"],
            "redirectUri": "https://example.com", "mapBusy": 1.0, "user": null
        }),
        &[
            "pbxName: type",
            "presenceLanguage: type",
            "showSubject: type",
            "syncType: choice",
            "user: type",
            "password: type",
            "exchangeServer: choice",
            "maxSubscriptions: type",
            "redirectUri: readOnly",
            "clientSecret: type",
            "mapBusy: type",
            "aaa: unknownItem",
            "zzz: unknownItem",
        ],
    );
    assert_refused(json!({ "maxSubscriptions": 201 }), &["maxSubscriptions: range"]);
    assert_refused(
        json!({ "maxSubscriptions": 18_446_744_073_709_551_615_u64 }),
        &["maxSubscriptions: range"],
    );
}

#[test]
fn one_problem_for_an_item() {
    let mut cloud = graph();
    cloud["clientId"] = json!("x");
    assert_refused(cloud, &["clientId: guid"]);
}

#[test]
fn a_pbx_name_is_a_name_alone() {
    assert_taken("pbxName", "hq-2_Büro");
    for text in ["a.b", "a/b", "a\\b", "a:1", "a b", " a", "a\u{a0}b", "a\n"] {
        assert_refused(json!({ "pbxName": text }), &["pbxName: pbxName"]);
    }
}

#[test]
fn time_zones_are_those_of_the_iana_database() {
    for zone in ["Europe/Berlin", "Asia/Calcutta", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "UTC"] {
        assert_taken("presenceTimeZone", zone);
    }
    for (typed, zone) in [
        ("europe/berlin", "Europe/Berlin"),
        ("AMERICA/PORT-AU-PRINCE", "America/Port-au-Prince"),
        ("antarctica/dumontdurville", "Antarctica/DumontDUrville"),
        ("asia/calcutta", "Asia/Calcutta"),
        ("asia/kolkata", "Asia/Kolkata"),
        ("etc/gmt+5", "Etc/GMT+5"),
        ("utc", "UTC"),
    ] {
        assert_becomes("presenceTimeZone", typed, zone);
    }
    for text in ["", "Mars/Olympus", "+01:00", "W. Europe Standard Time", "europe/berlın", "europe"] {
        assert_refused(json!({ "presenceTimeZone": text }), &["presenceTimeZone: timeZone"]);
    }
}

#[test]
fn autodiscover_addresses_are_cut_to_the_server() {
    assert_taken("autodiscoverUrl", "https://autodiscover-s.outlook.com");
    let long = "https://outlook.office365.com/autodiscover/autodiscover.xml";
    assert_becomes("autodiscoverUrl", long, "https://outlook.office365.com");
    assert_becomes("autodiscoverUrl", "HTTPS://h:8443/AutoDiscover?x=/y", "https://h:8443");
    assert_becomes("autodiscoverUrl", "https://mail.example.com/", "https://mail.example.com");
    for text in ["https://mail.example.com/owa", "https://mail.example.com/x/autodiscover/a", "https://h?x"] {
        assert_refused(json!({ "autodiscoverUrl": text }), &["autodiscoverUrl: path"]);
    }
    for text in [
        "http://h",
        "h",
        "https://",
        "https:// h",
        "https://u:p@h",
        "https://h:0",
        "https://h:99999",
        "https://-h",
    ] {
        assert_refused(json!({ "autodiscoverUrl": text }), &["autodiscoverUrl: https"]);
    }
}

#[test]
fn a_host_alone_gets_the_path_of_the_web_services() {
    let full = "https://mail.example.com/EWS/Exchange.asmx";
    for text in ["mail.example.com", "https://mail.example.com", "https://mail.example.com/", full] {
        assert_becomes("ewsUrl", text, full);
    }
    assert_taken("ewsUrl", "https://[2001:db8::1]:444/other/path.asmx?x=1");
    for text in [
        "http://mail.example.com",
        "mail",
        "mail example",
        "https://mail.example.com/#x",
        "//mail.example.com",
    ] {
        assert_refused(json!({ "ewsUrl": text }), &["ewsUrl: https"]);
    }
}

#[test]
fn users_are_addresses_or_accounts_of_a_domain() {
    for text in ["a@example.com", "ä.b+c@sub.example.com", "CORP\\sync", "corp.local\\sync.user"] {
        assert_taken("user", text);
    }
    for text in [
        "a",
        "a@",
        "@example.com",
        "a@b",
        "a b@example.com",
        "a@example.com;b@example.com",
        "CORP\\",
        "\\a",
        "A\\B\\c",
        "A <a@example.com>",
    ] {
        assert_refused(json!({ "user": text }), &["user: user"]);
    }
}

#[test]
fn organizers_are_addresses_parted_by_commas_or_semicolons() {
    assert_taken("tentativeOrganizer", "hr@example.com; boss@example.com,x@example.com;");
    for text in ["hr", "hr@example.com; x", ";"] {
        assert_refused(json!({ "tentativeOrganizer": text }), &["tentativeOrganizer: email"]);
    }
}

#[test]
fn ids_are_guids_and_tenants_may_be_domains() {
    assert_taken("clientId", "0123ABCD-89ab-cdef-0123-456789abcdef");
    for text in [
        "{0123abcd-89ab-cdef-0123-456789abcdef}",
        "0123abcd89abcdef0123456789abcdef",
        "0123abcd-89ab-cdef-0123-456789abcdeg",
        "é123abcd-89ab-cdef-0123-456789abcde",
    ] {
        assert_refused(json!({ "clientId": text }), &["clientId: guid"]);
    }
    assert_taken("tenantId", "contoso.com");
    for text in ["contoso", "https://contoso.com", "a@contoso.com", "-a.com"] {
        assert_refused(json!({ "tenantId": text }), &["tenantId: tenant"]);
    }
}

#[test]
fn dates_exist() {
    assert_taken("clientSecretExpires", "2028-02-29");
    for text in ["2027-02-29", "2027-2-01", "27-02-01", "2027-02-01T00:00", "-027-02-01", "２027-02-1"] {
        assert_refused(json!({ "clientSecretExpires": text }), &["clientSecretExpires: date"]);
    }
}

#[test]
fn proxies_are_http_addresses_without_a_password() {
    assert_taken("httpProxy", "http://proxy:3128");
    assert_taken("httpProxy", "http://10.0.0.1:3128/");
    for text in ["proxy:3128", "https://proxy", "http://u:p@proxy", "http://proxy/path", "socks5://proxy"] {
        assert_refused(json!({ "httpProxy": text }), &["httpProxy: url"]);
    }
}

#[test]
fn certificates_are_certificates_alone() {
    let block =
        |label: &str, base64: &str| format!("-----BEGIN {label}-----\n{base64}\n-----END {label}-----\n");
    // The DER of a SEQUENCE that holds one NULL.
    let certificate = block("CERTIFICATE", "MAIFAA==");
    assert_taken("caCertificate", &certificate);
    let twice = format!("{certificate}{certificate}");
    assert_taken("caCertificate", &twice);
    assert_becomes(
        "caCertificate",
        &format!("\u{feff}subject=CN=x\n  {certificate}--\n{certificate} Regards"),
        &twice,
    );
    for label in ["X509 CERTIFICATE", "TRUSTED CERTIFICATE"] {
        assert_becomes("caCertificate", &block(label, "  MAIF\r\n\tAA=="), &certificate);
    }
    assert_becomes("caCertificate", " \n\u{feff}", "");
    for text in [
        "x".to_owned(),
        certificate.replace("MAIFAA==", "MAMFAA=="),
        certificate.replace("-----END", "----END"),
        block("PRIVATE KEY", "MAIFAA=="),
        format!("{certificate}{}", block("PRIVATE KEY", "MAIFAA==")),
        format!("{certificate}{}", block("ENCRYPTED PRIVATE KEY", "MAIFAA==")),
        format!("{}{certificate}", block("ENCRYPTED PRIVATE KEY", "MAIFAA==")),
        format!("{certificate}\n  -----BEGIN ENCRYPTED PRIVATE KEY-----\n  MAIFAA=="),
    ] {
        assert_refused(json!({ "caCertificate": text }), &["caCertificate: pem"]);
    }
}

#[test]
fn passwords_show_nowhere() {
    let settings = settings(on_premises());
    assert_eq!(settings.to_items()["password"], "");
    assert!(!format!("{settings:?}").contains("\"p\""));
}

#[test]
fn every_code_has_its_own_word() {
    let mut words: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), Code::ALL.len());
}

/// What comes along unseen: before and after what was copied.
const UNSEEN: [(&str, &str); 4] =
    [(" ", "\n"), ("\u{feff}", "\r\n"), ("\u{a0}\u{200b}", "\u{2028}"), ("\t\u{200e}", "\u{3000}")];

#[test]
fn blanks_around_ids_addresses_and_urls_go() {
    for (item, text) in [
        ("presenceTimeZone", "Europe/Berlin"),
        ("user", "sync@example.com"),
        ("user", "CORP\\sync"),
        ("discoveryMailbox", "sync@example.com"),
        ("autodiscoverUrl", "https://mail.example.com"),
        ("ewsUrl", "https://mail.example.com/EWS/Exchange.asmx"),
        ("clientId", "0123abcd-89ab-cdef-0123-456789abcdef"),
        ("tenantId", "contoso.com"),
        ("scopes", "https://outlook.office365.com/.default offline_access"),
        ("clientSecretExpires", "2028-02-29"),
        ("httpProxy", "http://proxy:3128"),
        ("httpProxyUser", "CORP\\sync"),
        ("tentativeOrganizer", "hr@example.com; boss@example.com"),
    ] {
        for (before, after) in UNSEEN {
            assert_becomes(item, &format!("{before}{text}{after}"), text);
        }
    }
    assert_becomes("ewsUrl", "\u{feff}mail.example.com\n", "https://mail.example.com/EWS/Exchange.asmx");
    assert_becomes(
        "tentativeOrganizer",
        "a@example.com;\u{200b}b@example.com",
        "a@example.com;b@example.com",
    );
}

#[test]
fn blanks_around_secrets_go_and_blanks_alone_are_none() {
    for name in ["password", "clientSecret", "httpProxyPassword"] {
        let item = Item::from_name(name).unwrap();
        let mut settings = Settings::default();
        for (before, after) in UNSEEN {
            let given = json!({ name: format!("{before}a b~c{after}") });
            assert_eq!(problems(&mut settings, given), Vec::<String>::new());
            let stored = calendar::settings::Value::Secret(Secret::Given("a b~c".to_owned()));
            assert_eq!(settings.get(item), stored, "{name}");
            settings.set(item, calendar::settings::Value::Secret(Secret::Stored)).unwrap();
            assert_eq!(
                problems(&mut settings, json!({ name: format!("{before}{after}") })),
                Vec::<String>::new()
            );
            assert_eq!(settings.get(item), calendar::settings::Value::Secret(Secret::Stored), "{name}");
        }
    }
}

#[test]
fn what_people_write_keeps_its_blanks() {
    for item in ["priorityWords", "priorityExcludedWords", "onlyGroups", "exceptGroups"] {
        assert_taken(item, " a, \"b \" ");
    }
}
