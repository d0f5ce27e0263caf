use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value as Json};

/// The members of an object whose names the table of items decides.
pub type Items = Map<String, Json>;

/// Items as they come: a text, a number or a flag each. A reader for JSON of any depth would be a twentieth of the
/// download; what is deeper is of a later version, and left out.
#[derive(Debug, Default)]
pub struct Values(pub Items);

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members).map(Self)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Items;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object of items")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Items, A::Error> {
        let mut items = Items::new();
        while let Some((name, Scalar(value))) = members.next_entry::<String, Scalar>()? {
            if let Some(value) = value {
                items.insert(name, value);
            }
        }
        Ok(items)
    }
}

struct Scalar(Option<Json>);

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneScalar).map(Self)
    }
}

struct OneScalar;

impl<'de> Visitor<'de> for OneScalar {
    type Value = Option<Json>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole, and within what a number of JavaScript holds exactly"
    )]
    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        let is_whole = value.fract() == 0.0 && value.abs() < 2_f64.powi(53);
        Ok(is_whole.then(|| Json::from(value as i64)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Some(Json::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_texts_numbers_and_flags() {
        let text = r#"{"a":true,"b":"x","c":7,"d":-7,"e":null,"f":[1,[2]],"g":{"h":{}},"i":1.5}"#;
        let Values(items) = serde_json::from_str(text).unwrap();
        assert_eq!(Json::Object(items).to_string(), r#"{"a":true,"b":"x","c":7,"d":-7,"e":null}"#);
        assert!(serde_json::from_str::<Values>("[]").is_err());
    }
}
