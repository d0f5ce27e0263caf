use std::fmt;

use serde_json::Value as Json;

use super::item::Kind;
use super::{Code, Item};
use crate::Platform;

/// A value of any item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Of a [`Kind::Bool`].
    Bool(bool),
    /// Of a [`Kind::Int`].
    Int(i64),
    /// Of a [`Kind::Text`].
    Text(String),
    /// Of a [`Kind::Choice`]: the position among its words.
    Choice(usize),
    /// Of a [`Kind::Password`].
    Secret(Secret),
}

impl Value {
    pub(super) fn to_json(&self) -> Json {
        match self {
            Self::Bool(value) => Json::from(*value),
            Self::Int(number) => Json::from(*number),
            Self::Text(text) => Json::from(text.as_str()),
            Self::Choice(index) => Json::from(*index),
            Self::Secret(_) => Json::from(""),
        }
    }
}

/// What is known of a password. Only the service ever holds the stored one, and not here.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Secret {
    /// There is none.
    #[default]
    Absent,
    /// One is stored.
    Stored,
    /// A new one, to be stored.
    Given(String),
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Absent => "Absent",
            Self::Stored => "Stored",
            Self::Given(_) => "Given(…)",
        })
    }
}

/// A whole number between two bounds, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Int<const MIN: i64, const MAX: i64>(pub i64);

/// A type that an item may have.
pub(super) trait Field {
    const KIND: Kind;
    fn get(&self) -> Value;
    fn set(&mut self, value: Value) -> Result<(), Code>;
}

macro_rules! field {
    ($type:ty, $kind:expr, $variant:ident) => {
        impl Field for $type {
            const KIND: Kind = $kind;

            fn get(&self) -> Value {
                Value::$variant(self.clone())
            }

            fn set(&mut self, value: Value) -> Result<(), Code> {
                let Value::$variant(value) = value else { return Err(Code::Type) };
                *self = value;
                Ok(())
            }
        }
    };
}

field!(bool, Kind::Bool, Bool);
field!(String, Kind::Text, Text);
field!(Secret, Kind::Password, Secret);

impl<const MIN: i64, const MAX: i64> Field for Int<MIN, MAX> {
    const KIND: Kind = Kind::Int { min: MIN, max: MAX };

    fn get(&self) -> Value {
        Value::Int(self.0)
    }

    fn set(&mut self, value: Value) -> Result<(), Code> {
        let Value::Int(number) = value else { return Err(Code::Type) };
        self.0 = number;
        Ok(())
    }
}

/// Reads the value of an item; `None` is the empty password, which leaves the stored one.
pub(super) fn from_json(item: Item, json: &Json, platform: &dyn Platform) -> Result<Option<Value>, Code> {
    let value = match (item.kind(), json) {
        (Kind::Bool, Json::Bool(value)) => Value::Bool(*value),
        (Kind::Int { .. }, Json::Number(number)) if !number.is_f64() => {
            Value::Int(in_range(item, number.as_i64().ok_or(Code::Range)?)?)
        }
        (Kind::Choice(words), Json::Number(number)) if !number.is_f64() => {
            let index = number.as_u64().and_then(|index| usize::try_from(index).ok());
            Value::Choice(index.filter(|&index| index < words.len()).ok_or(Code::Choice)?)
        }
        (Kind::Text, Json::String(text)) => Value::Text(item.normal_form(text, platform)?),
        (Kind::Password, Json::String(text)) => match item.clean(text) {
            empty if empty.is_empty() => return Ok(None),
            secret => Value::Secret(Secret::Given(secret)),
        },
        (Kind::Password, Json::Null) => Value::Secret(Secret::Absent),
        _ => return Err(Code::Type),
    };
    Ok(Some(value))
}

/// The number, if it is within the bounds of the item.
pub(super) fn in_range(item: Item, number: i64) -> Result<i64, Code> {
    match item.kind() {
        Kind::Int { min, max } if !(min..=max).contains(&number) => Err(Code::Range),
        _ => Ok(number),
    }
}
