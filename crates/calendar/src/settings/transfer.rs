//! The whole configuration as JSON, to be kept or taken elsewhere: without passwords, and without what the service
//! fills by itself. Choices are words there, so that a person can read it.

use serde_json::{Map, Value as Json};

use super::problem::sort_problems;
use super::{Code, Item, Kind, Problem, Settings, Value};
use crate::Platform;

/// What stands under `format`.
pub const FORMAT: &str = "pbx-calendar settings";

/// What stands under `version`.
pub const VERSION: u64 = 1;

/// Why a configuration cannot be taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not one of ours.
    Foreign,
    /// A newer version has written it.
    Newer,
    /// Items are unknown or wrong, in the order of the table. A password is [`Code::Insecure`] here.
    Wrong(Vec<Problem>),
}

/// An item that a configuration would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which.
    pub item: Item,
    /// What it is now.
    pub now: Value,
    /// What it would become.
    pub then: Value,
}

impl Item {
    /// Whether the item is part of a configuration that is written out.
    pub fn is_exported(self) -> bool {
        self.kind() != Kind::Password && !self.read_only()
    }
}

/// A configuration that was written out, as far as it could be read. A browser makes it of its own objects.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct File {
    /// What stands under `format`.
    pub format: String,
    /// What stands under `version`.
    pub version: u64,
    /// What stands under `settings`, if that is an object.
    pub items: Option<Vec<(String, Json)>>,
}

impl From<&Map<String, Json>> for File {
    fn from(file: &Map<String, Json>) -> Self {
        let items = file.get("settings").and_then(Json::as_object);
        Self {
            format: file.get("format").and_then(Json::as_str).unwrap_or_default().to_owned(),
            version: file.get("version").and_then(Json::as_u64).unwrap_or_default(),
            items: items.map(|items| items.iter().map(|(name, json)| (name.clone(), json.clone())).collect()),
        }
    }
}

/// The items that are written out, in the order of the table.
pub fn items(settings: &Settings) -> impl Iterator<Item = (&'static str, Json)> {
    let exported = Item::ALL.iter().filter(|item| item.is_exported());
    exported.map(|&item| (item.name(), to_json(settings, item)))
}

/// The settings as they are written out.
pub fn export(settings: &Settings) -> Map<String, Json> {
    let items: Map<_, _> = items(settings).map(|(name, json)| (name.to_owned(), json)).collect();
    let mut file = Map::new();
    file.insert("format".to_owned(), Json::from(FORMAT));
    file.insert("version".to_owned(), Json::from(VERSION));
    file.insert("settings".to_owned(), Json::Object(items));
    file
}

/// What a configuration that was written out would change. Items that it does not name stay.
pub fn import(file: &File, settings: &Settings, platform: &dyn Platform) -> Result<Vec<Difference>, Refusal> {
    let mut then = settings.clone();
    let mut problems = Vec::new();
    for (name, json) in items_of(file)? {
        if let Err(code) = read(&mut then, name, json, platform) {
            problems.push(Problem { item: name.clone(), code });
        }
    }
    if !problems.is_empty() {
        sort_problems(&mut problems);
        return Err(Refusal::Wrong(problems));
    }
    let difference = |&item: &Item| {
        let (now, then) = (settings.get(item), then.get(item));
        (now != then).then_some(Difference { item, now, then })
    };
    Ok(Item::ALL.iter().filter_map(difference).collect())
}

/// The items of a file, if it is one of ours and not too new.
fn items_of(file: &File) -> Result<&[(String, Json)], Refusal> {
    if file.format != FORMAT {
        return Err(Refusal::Foreign);
    }
    match file.version {
        VERSION => file.items.as_deref().ok_or(Refusal::Foreign),
        0 => Err(Refusal::Foreign),
        _ => Err(Refusal::Newer),
    }
}

fn read(settings: &mut Settings, name: &str, json: &Json, platform: &dyn Platform) -> Result<(), Code> {
    let item = Item::from_name(name).ok_or(Code::UnknownItem)?;
    match (item.kind(), json) {
        (Kind::Password, _) => Err(Code::Insecure),
        (Kind::Choice(words), Json::String(word)) => {
            let index = words.iter().position(|known| known == word).ok_or(Code::Choice)?;
            settings.set(item, Value::Choice(index))
        }
        (Kind::Choice(_), _) => Err(Code::Type),
        _ => settings.read(item, json, platform),
    }
}

fn to_json(settings: &Settings, item: Item) -> Json {
    match (item.kind(), settings.get(item)) {
        (Kind::Choice(words), Value::Choice(index)) => words.get(index).copied().into(),
        _ => settings.item_to_json(item),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Native;
    use crate::settings::{Mapping, Secret, SyncType};

    fn object(json: Json) -> Map<String, Json> {
        serde_json::from_value(json).unwrap()
    }

    fn file(settings: &Json) -> File {
        read_file(json!({"format": "pbx-calendar settings", "version": 1, "settings": settings}))
    }

    fn read_file(json: Json) -> File {
        File::from(&object(json))
    }

    fn refused(file: &File) -> Refusal {
        import(file, &Settings::default(), &Native).unwrap_err()
    }

    #[test]
    fn everything_is_written_but_passwords_and_what_the_service_fills() {
        let settings = Settings {
            sync_type: SyncType::Graph,
            client_secret: Secret::Given("s3cret".to_owned()),
            password: Secret::Stored,
            redirect_uri: "https://example.com/redirect".to_owned(),
            map_busy: Mapping::DoNotDisturb,
            ..Settings::default()
        };
        let expected = json!({
            "format": "pbx-calendar settings", "version": 1, "settings": {
                "pbxName": "", "presenceLanguage": "en", "presenceTimeZone": "UTC", "showSubject": false,
                "priorityWords": "", "priorityExcludedWords": "", "onlyGroups": "", "exceptGroups": "",
                "manualWins": false, "selfService": true,
                "syncType": "graph", "user": "", "discoveryMailbox": "", "autodiscoverUrl": "", "ewsUrl": "",
                "exchangeServer": "external", "nameResolving": "user", "maxSubscriptions": 200,
                "channelBinding": "always", "ewsDebug": false, "clientId": "", "tenantId": "",
                "supportedAccounts": "single", "scopes": "", "clientSecretExpires": "",
                "nationalCloud": "global", "caCertificate": "", "httpProxy": "", "httpProxyUser": "",
                "tentativeOrganizer": "", "mapBusy": "doNotDisturb", "mapTentative": "ignore",
                "mapTentativeException": "away", "showTentativeExceptionTitle": false,
                "mapOutOfOffice": "away", "mapWorkingElsewhere": "available", "mapNoData": "busy",
                "ignoreCategories": "", "mapAutomaticReplies": "ignore",
                "calendarApi": false, "calendarApiWrite": false
            }
        });
        assert_eq!(Json::Object(export(&settings)), expected);
        let names: Vec<_> = items(&settings).map(|(name, _)| name).collect();
        assert_eq!(names.first_chunk(), Some(&["pbxName", "presenceLanguage", "presenceTimeZone"]));
    }

    #[test]
    fn differences_are_told_in_the_order_of_the_table_and_in_normal_form() {
        let settings = Settings { user: "a@example.com".to_owned(), ..Settings::default() };
        let file = file(&json!({
            "mapBusy": "away", "ewsUrl": "mail.example.com", "syncType": "graph", "maxSubscriptions": 50,
            "user": "a@example.com", "showSubject": true
        }));
        let difference = |item, now, then| Difference { item, now, then };
        let text = |text: &str| Value::Text(text.to_owned());
        assert_eq!(
            import(&file, &settings, &Native).unwrap(),
            [
                difference(Item::ShowSubject, Value::Bool(false), Value::Bool(true)),
                difference(Item::SyncType, Value::Choice(0), Value::Choice(4)),
                difference(Item::EwsUrl, text(""), text("https://mail.example.com/EWS/Exchange.asmx")),
                difference(Item::MaxSubscriptions, Value::Int(200), Value::Int(50)),
                difference(Item::MapBusy, Value::Choice(1), Value::Choice(2)),
            ]
        );
    }

    #[test]
    fn what_is_not_ours_or_newer_is_told_apart() {
        for foreign in [
            json!({}),
            json!({"format": "pbx-calendar settings"}),
            json!({"format": "pbx-calendar settings", "version": 1}),
            json!({"format": "pbx-calendar settings", "version": 1, "settings": []}),
            json!({"format": "pbx-calendar settings", "version": 0, "settings": {}}),
            json!({"format": "pbx-calendar settings", "version": "1", "settings": {}}),
            json!({"format": "another", "version": 1, "settings": {}}),
            json!({"format": "another", "version": 2, "settings": {}}),
            json!({"version": 1, "settings": {}}),
        ] {
            assert_eq!(refused(&read_file(foreign.clone())), Refusal::Foreign, "{foreign}");
        }
        let newer = json!({"format": "pbx-calendar settings", "version": 2, "anything": []});
        assert_eq!(refused(&read_file(newer)), Refusal::Newer);
    }

    #[test]
    fn every_wrong_item_is_told_with_its_code() {
        let refusal = refused(&file(&json!({
            "zzz": 1, "clientId": "x", "clientSecret": "s3cret", "password": null, "redirectUri": "",
            "syncType": 4, "mapBusy": "happy", "showSubject": "true", "maxSubscriptions": 0, "pbxName": "hq"
        })));
        let Refusal::Wrong(problems) = refusal else { panic!("{refusal:?}") };
        let words: Vec<_> =
            problems.iter().map(|problem| format!("{}: {}", problem.item, problem.code.as_str())).collect();
        assert_eq!(
            words,
            [
                "showSubject: type",
                "syncType: type",
                "password: insecure",
                "maxSubscriptions: range",
                "clientId: guid",
                "redirectUri: readOnly",
                "clientSecret: insecure",
                "mapBusy: choice",
                "zzz: unknownItem",
            ]
        );
    }
}
