//! Whatever comes in, checking never panics; what is accepted reads back equal.
#![allow(clippy::unwrap_used)]

use calendar::Native;
use calendar::settings::transfer::{self, File};
use calendar::settings::{Item, Kind, Secret, Settings, Value};
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        (0..6_u64).prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        any_text().prop_map(Json::from),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Json::from),
            prop::collection::hash_map("[a-z]{1,5}", inner, 0..3).prop_map(|map| json!(map)),
        ]
    })
}

/// Texts near what the items take, and others.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "(https?://)?[a-zA-Z0-9.:/?#@\\[\\]-]{0,20}",
        "https://[a-z]{1,5}\\.[a-z]{2,3}(/[a-zA-Z/.]{0,9})?(/autodiscover.{0,5})?",
        "[a-zA-Z0-9._@\\\\;, -]{0,30}",
        "[a-z]{1,6}@[a-z]{1,6}\\.[a-z]{2}",
        "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        "[0-9]{4}-[01][0-9]-[0-3][0-9]",
        "[\"a-c, ]{0,12}",
        "(Europe|America|Etc)/[A-Z][a-z]{1,8}",
        "-----BEGIN [A-Z]{1,12}-----\n[A-Za-z0-9+/=\n]{0,40}\n-----END [A-Z]{1,12}-----",
    ]
}

fn any_items() -> impl Strategy<Value = Map<String, Json>> {
    let name = prop_oneof![
        9 => prop::sample::select(Item::ALL).prop_map(|item| item.name().to_owned()),
        1 => any::<String>(),
    ];
    prop::collection::vec((name, any_json()), 0..6).prop_map(|pairs| pairs.into_iter().collect())
}

fn any_item_and_fitting_json() -> impl Strategy<Value = (Item, Json)> {
    prop::sample::select(Item::ALL).prop_flat_map(|item| {
        let json = match item.kind() {
            Kind::Bool => any::<bool>().prop_map(Json::from).boxed(),
            Kind::Int { min, max } => (min - 1..=max + 1).prop_map(Json::from).boxed(),
            Kind::Choice(words) => (0..=words.len()).prop_map(Json::from).boxed(),
            Kind::Text | Kind::Password => any_text().prop_map(Json::from).boxed(),
        };
        (Just(item), json)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn applying_never_panics_and_takes_all_or_nothing(first in any_items(), second in any_items()) {
        let mut settings = Settings::default();
        let _ = settings.apply(&first, &Native);
        let before = settings.clone();
        match settings.apply(&second, &Native) {
            Ok(()) => prop_assert_eq!(settings.check(&Native), []),
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                prop_assert_eq!(settings, before);
            }
        }
    }

    #[test]
    fn what_is_accepted_reads_back_equal((item, json) in any_item_and_fitting_json()) {
        let mut settings = Settings::default();
        if settings.read(item, &json, &Native).is_ok() {
            let stored = settings.item_to_json(item);
            match item.kind() {
                Kind::Password => prop_assert_eq!(&stored, ""),
                Kind::Text => prop_assert_eq!(&stored, &json!(item.normal_form(json.as_str().unwrap(), &Native).unwrap())),
                _ => prop_assert_eq!(&stored, &json),
            }
            // The normal form is one: reading it again changes nothing.
            let mut again = Settings::default();
            again.read(item, &stored, &Native).unwrap();
            prop_assert_eq!(again.item_to_json(item), stored);
        }
    }

    #[test]
    fn what_is_exported_comes_back_and_nothing_else_is_taken(items in any_items(), foreign in any_items()) {
        let mut settings = Settings::default();
        let _ = settings.apply(&items, &Native);
        let file = transfer::export(&settings);
        prop_assert_eq!(transfer::import(&File::from(&file), &settings, &Native), Ok(Vec::new()));

        let mut fresh = Settings::default();
        for difference in transfer::import(&File::from(&file), &fresh, &Native).unwrap() {
            fresh.set(difference.item, difference.then).unwrap();
        }
        prop_assert_eq!(transfer::export(&fresh), file);

        prop_assert!(transfer::import(&File::from(&foreign), &settings, &Native).is_err());
        let file = json!({"format": transfer::FORMAT, "version": transfer::VERSION, "settings": foreign});
        if let Ok(differences) = transfer::import(&File::from(file.as_object().unwrap()), &settings, &Native) {
            prop_assert!(differences.iter().all(|one| one.now != one.then && one.item.is_exported()));
        }
    }

    #[test]
    fn checking_what_was_set_unchecked_never_panics(texts in prop::collection::vec(any_text(), Item::ALL.len()), sync_type in 0..5_usize) {
        let mut settings = Settings::default();
        settings.set(Item::SyncType, Value::Choice(sync_type)).unwrap();
        for (&item, text) in Item::ALL.iter().zip(texts) {
            let value = match item.kind() {
                Kind::Text => Value::Text(text),
                Kind::Password => Value::Secret(Secret::Given(text)),
                Kind::Int { .. } => Value::Int(i64::try_from(text.len()).unwrap()),
                Kind::Bool | Kind::Choice(_) => continue,
            };
            settings.set(item, value).unwrap();
        }
        let problems = settings.check(&Native);
        prop_assert!(problems.windows(2).all(|pair| matches!(pair, [a, b] if Item::from_name(&a.item) < Item::from_name(&b.item))));
    }
}
