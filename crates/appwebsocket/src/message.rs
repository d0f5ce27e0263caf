//! The messages of the protocol itself, one type each, named as on the wire. Unknown fields are ignored,
//! missing texts are empty: that is what the published implementations send and expect.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::Credentials;

/// No message may be longer: the receive buffer of the platform's own library.
pub const MAX_MESSAGE_BYTES: usize = 65_535;

/// What every message has. `src` is any JSON value and comes back as it was sent.
#[derive(Debug, Deserialize)]
pub struct Envelope<'a> {
    /// Name of the message.
    #[serde(borrow)]
    pub mt: Cow<'a, str>,
    /// Name of the API it belongs to, absent for the protocol itself.
    #[serde(borrow, default)]
    pub api: Option<Cow<'a, str>>,
    /// Ties replies to requests; to be echoed, `null` too.
    #[serde(borrow, default, deserialize_with = "present")]
    pub src: Option<&'a RawValue>,
}

/// A value that stands there, whatever it is.
fn present<'a, 'de: 'a, D: Deserializer<'de>>(value: D) -> Result<Option<&'a RawValue>, D::Error> {
    <&RawValue>::deserialize(value).map(Some)
}

/// Answer to `AppChallenge`.
#[derive(Debug, Serialize, Deserialize)]
pub struct AppChallengeResult<'a> {
    /// At most 16 printable characters, used once.
    #[serde(borrow)]
    pub challenge: Cow<'a, str>,
}

/// The login. Its `info` keeps the bytes of the message, because the digest covers them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AppLogin<'a> {
    /// App file name, `-` for the PBX Manager.
    #[serde(borrow)]
    pub app: Cow<'a, str>,
    /// Domain of the PBX.
    #[serde(borrow)]
    pub domain: Cow<'a, str>,
    /// Name of the user or app object.
    #[serde(borrow)]
    pub sip: Cow<'a, str>,
    /// Its GUID.
    #[serde(borrow)]
    pub guid: Cow<'a, str>,
    /// Its display name.
    #[serde(borrow)]
    pub dn: Cow<'a, str>,
    /// Proof of the password, see [`Credentials::digest`].
    #[serde(borrow)]
    pub digest: Cow<'a, str>,
    /// The app object that the login came from; not covered by the digest.
    #[serde(borrow, rename = "pbxObj")]
    pub pbx_obj: Cow<'a, str>,
    /// Facts about app and user that the PBX vouches for.
    #[serde(borrow)]
    pub info: Option<&'a RawValue>,
}

impl AppLogin<'_> {
    /// The part that the digest covers.
    pub fn credentials(&self) -> Credentials<'_> {
        Credentials {
            app: &self.app,
            domain: &self.domain,
            sip: &self.sip,
            guid: &self.guid,
            dn: &self.dn,
            info: self.info.map(RawValue::get),
        }
    }
}

/// Answer to [`AppLogin`].
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AppLoginResult<'a> {
    /// Whether the login succeeded.
    pub ok: bool,
    /// Domain of the instance.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub domain: Option<Cow<'a, str>>,
    /// Code of the failure, sent by some services.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub error: Option<Cow<'a, str>>,
    /// The failure in words, sent by some services.
    #[serde(borrow, rename = "errorText", skip_serializing_if = "Option::is_none")]
    pub error_text: Option<Cow<'a, str>>,
    /// Which service this is, sent by ours to whoever has logged in.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub service: Option<Cow<'a, str>>,
    /// Its version.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub version: Option<Cow<'a, str>>,
    /// What it speaks: grows when somebody of before would misunderstand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<u32>,
}

/// The PBX tells which app it means.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AppInfo<'a> {
    /// App file name.
    #[serde(borrow)]
    pub app: Cow<'a, str>,
}

/// The PBX introduces itself, right after its login.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PbxInfo {
    /// Domain of the PBX.
    pub domain: String,
    /// Its name, which the settings name as master.
    pub pbx: String,
    /// Its DNS name.
    #[serde(rename = "pbxDns")]
    pub pbx_dns: String,
    /// APIs that may be used on this connection.
    pub apis: Vec<String>,
    /// Firmware version, from 13r2 on.
    #[serde(deserialize_with = "text_or_number")]
    pub version: Option<String>,
    /// Firmware build, from 13r2 on.
    #[serde(deserialize_with = "text_or_number")]
    pub build: Option<String>,
}

/// [I] Whether versions are texts or numbers is not documented. No PBX is to be refused for it.
fn text_or_number<'de, D: Deserializer<'de>>(value: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(value)? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// A page asks whether it is of the current build.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CheckBuild<'a> {
    /// Full address of the page.
    #[serde(borrow)]
    pub url: Cow<'a, str>,
}

/// The PBX Manager asks whether a login of an app object would be valid.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AppCheckLogin<'a> {
    /// App file name, as the PBX hashed it.
    #[serde(borrow)]
    pub app: Cow<'a, str>,
    /// Domain of the PBX; older ones send none.
    #[serde(borrow)]
    pub domain: Cow<'a, str>,
    /// Challenge that the PBX was given.
    #[serde(borrow)]
    pub challenge: Cow<'a, str>,
    /// What the PBX made of it.
    #[serde(borrow)]
    pub digest: Cow<'a, str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn info_keeps_the_bytes_of_the_message() {
        let message = r#"{"mt":"AppLogin","app":"a","info":{ "z": 1,"ä":"\u00e4" },"digest":"d"}"#;
        let login: AppLogin<'_> = serde_json::from_str(message).unwrap();
        assert_eq!(login.credentials().info, Some(r#"{ "z": 1,"ä":"\u00e4" }"#));
    }

    #[test]
    fn src_may_be_any_json_and_is_kept() {
        let envelope: Envelope<'_> =
            serde_json::from_str(r#"{"src":{"a":[1]},"mt":"X\u0041","api":"Config"}"#).unwrap();
        assert_eq!(envelope.mt, "XA");
        assert_eq!(envelope.api.as_deref(), Some("Config"));
        assert_eq!(envelope.src.map(RawValue::get), Some(r#"{"a":[1]}"#));
    }

    #[test]
    fn a_null_src_is_one() {
        let src = |message| serde_json::from_str::<Envelope<'_>>(message).unwrap().src.map(RawValue::get);
        assert_eq!(src(r#"{"mt":"X","src":null}"#), Some("null"));
        assert_eq!(src(r#"{"mt":"X"}"#), None);
    }

    #[test]
    fn versions_may_be_texts_or_numbers() {
        let read = |message| {
            let info: PbxInfo = serde_json::from_str(message).unwrap();
            (info.version, info.build)
        };
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(read(r#"{"version":"14r1","build":1410520}"#), (text("14r1"), text("1410520")));
        assert_eq!(read(r#"{"version":null,"build":[]}"#), (None, None));
        assert_eq!(read("{}"), (None, None));
    }

    #[test]
    fn missing_fields_are_empty() {
        let login: AppLogin<'_> = serde_json::from_str(r#"{"mt":"AppLogin"}"#).unwrap();
        assert_eq!(login.credentials(), Credentials::default());
    }
}
