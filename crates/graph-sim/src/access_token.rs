//! Access tokens: JSON web tokens with the claims of Microsoft's, sealed with a key of this run.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::seal::Seal;

/// What a token says; the names are Microsoft's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Claims {
    pub(crate) aud: String,
    pub(crate) iss: String,
    pub(crate) iat: i64,
    pub(crate) nbf: i64,
    pub(crate) exp: i64,
    pub(crate) appid: Uuid,
    pub(crate) idtyp: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) roles: Vec<String>,
    pub(crate) tid: Uuid,
    pub(crate) ver: String,
    /// Delegated permissions, with blanks between them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) scp: Option<String>,
    /// Who signed in, of a delegated token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) upn: Option<String>,
}

/// What a good token says, for stand-ins of other services that take the same tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// The resource it is for.
    pub audience: String,
    /// The application it was issued to.
    pub client_id: Uuid,
    /// Application permissions.
    pub roles: Vec<String>,
    /// Permissions that the application was given in Exchange; the token does not name them.
    pub exchange_roles: Vec<String>,
    /// Delegated permissions.
    pub scopes: Vec<String>,
    /// Who signed in; nobody where the application acts for itself.
    pub principal: Option<String>,
}

/// Why a text is no good token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenRefused {
    /// It was not issued here, or was changed.
    Foreign,
    /// Its time is over.
    Expired,
}

impl Claims {
    pub(crate) fn into_access(self, exchange_roles: Vec<String>) -> Access {
        Access {
            audience: self.aud,
            client_id: self.appid,
            roles: self.roles,
            exchange_roles,
            scopes: self.scp.iter().flat_map(|scp| scp.split(' ')).map(str::to_owned).collect(),
            principal: self.upn,
        }
    }
}

/// Why a text is no token of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unusable {
    Malformed,
    Seal,
}

pub(crate) fn issue(claims: &Claims, seal: &Seal) -> String {
    let header = URL_SAFE_NO_PAD.encode(r#"{"typ":"JWT","alg":"HS256","kid":"graph-sim"}"#);
    let payload = URL_SAFE_NO_PAD.encode(serde_json::to_vec(claims).unwrap_or_default());
    let signed = format!("{header}.{payload}");
    let signature = URL_SAFE_NO_PAD.encode(seal.sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}

pub(crate) fn read(token: &str, seal: &Seal) -> Result<Claims, Unusable> {
    let (signed, signature) = token.rsplit_once('.').ok_or(Unusable::Malformed)?;
    let (_, payload) = signed.split_once('.').ok_or(Unusable::Malformed)?;
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| Unusable::Malformed)?;
    if signature.len() != 32 || !seal.fits(signed.as_bytes(), &signature) {
        return Err(Unusable::Seal);
    }
    let payload = URL_SAFE_NO_PAD.decode(payload).map_err(|_| Unusable::Malformed)?;
    serde_json::from_slice(&payload).map_err(|_| Unusable::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims() -> Claims {
        Claims {
            aud: "https://graph.microsoft.com".into(),
            iss: "https://sts.windows.net/x/".into(),
            iat: 1,
            nbf: 1,
            exp: 2,
            appid: Uuid::from_u128(1),
            idtyp: "app".into(),
            roles: Vec::new(),
            tid: Uuid::from_u128(2),
            ver: "1.0".into(),
            scp: None,
            upn: None,
        }
    }

    #[test]
    fn only_tokens_of_this_run_are_read() {
        let (seal, other) = (Seal::new(), Seal::new());
        let token = issue(&claims(), &seal);
        assert_eq!(read(&token, &seal), Ok(claims()));
        assert_eq!(read(&token, &other), Err(Unusable::Seal));
        let (signed, _) = token.rsplit_once('.').unwrap();
        assert_eq!(read(&format!("{signed}."), &seal), Err(Unusable::Seal));
        assert_eq!(read("opaque", &seal), Err(Unusable::Malformed));
        assert_eq!(read("a.b", &seal), Err(Unusable::Malformed));
    }
}
