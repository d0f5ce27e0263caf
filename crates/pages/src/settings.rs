use calendar::settings::{Item, Kind, Settings, Value};
use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// The settings of an object like `ConfigItems`. An item that is missing or of another type has its default, and texts
/// are taken as typed, whatever is wrong with them: the form says so, the preview shows what comes of it.
pub fn read(items: &Object) -> Settings {
    let mut settings = Settings::default();
    for &item in Item::ALL {
        let given = Reflect::get(items, &item.name().into()).unwrap_or_default();
        if let Some(value) = value(item, &given) {
            // Refuses choices that there are not; then the default stays.
            let _ = settings.set(item, value);
        }
    }
    settings
}

fn value(item: Item, given: &JsValue) -> Option<Value> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "what is out of range is refused"
    )]
    match item.kind() {
        Kind::Bool => given.as_bool().map(Value::Bool),
        Kind::Int { .. } => given.as_f64().map(|number| Value::Int(number as i64)),
        Kind::Choice(_) => given.as_f64().map(|number| Value::Choice(number as usize)),
        Kind::Text => given.as_string().map(Value::Text),
        Kind::Password => None,
    }
}

/// A value as it travels. Secrets do not.
pub fn to_js(value: Value) -> JsValue {
    match value {
        Value::Bool(value) => value.into(),
        Value::Int(number) => i32::try_from(number).unwrap_or_default().into(),
        Value::Text(text) => text.into(),
        Value::Choice(index) => u32::try_from(index).unwrap_or_default().into(),
        Value::Secret(_) => JsValue::NULL,
    }
}
