//! What people who sign in leave behind: codes, refresh tokens, states that were used.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// A code is good for so long.
const CODE_MINUTES: i64 = 10;
/// A refresh token that nobody uses is good for so long.
const REFRESH_DAYS: i64 = 90;

/// What somebody agreed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Consent {
    pub(crate) client_id: Uuid,
    /// Who signed in.
    pub(crate) principal: String,
    /// The resource of the access tokens.
    pub(crate) resource: String,
    /// Its permissions, without the resource.
    pub(crate) permissions: Vec<String>,
    /// `openid`, `profile`, `offline_access`, `email`.
    pub(crate) claims: Vec<String>,
}

/// A code that waits to be redeemed.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    pub(crate) consent: Consent,
    pub(crate) redirect_uri: String,
    /// The SHA-256 of the verifier, as it was sent.
    pub(crate) challenge: String,
    issued: DateTime<Utc>,
    used: bool,
}

#[derive(Debug)]
struct Refresh {
    consent: Consent,
    used: DateTime<Utc>,
    revoked: Option<u32>,
}

/// Why a code or a refresh token is refused: an AADSTS number.
pub(crate) type Number = u32;

#[derive(Debug, Default)]
pub(crate) struct Consents {
    codes: HashMap<String, Code>,
    refresh: HashMap<String, Refresh>,
    states: HashSet<String>,
    /// Who is at the browser, if it is not whom the client expects.
    pub(crate) signs_in: Option<String>,
    /// What the page ends with instead of a code.
    pub(crate) denied: Option<Number>,
}

impl Consents {
    /// Whether the state was never used before.
    pub(crate) fn take_state(&mut self, state: &str) -> bool {
        self.states.insert(state.to_owned())
    }

    pub(crate) fn add_code(
        &mut self,
        consent: Consent,
        redirect_uri: &str,
        challenge: &str,
        now: DateTime<Utc>,
    ) -> String {
        let code = format!("0.{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
        let (redirect_uri, challenge) = (redirect_uri.to_owned(), challenge.to_owned());
        self.codes.insert(code.clone(), Code { consent, redirect_uri, challenge, issued: now, used: false });
        code
    }

    /// A code is good once.
    pub(crate) fn redeem(&mut self, code: &str, now: DateTime<Utc>) -> Result<Code, Number> {
        let code = self.codes.get_mut(code).ok_or(70000_u32)?;
        if std::mem::replace(&mut code.used, true) {
            return Err(54005);
        }
        if now - code.issued > TimeDelta::minutes(CODE_MINUTES) { Err(70008) } else { Ok(code.clone()) }
    }

    pub(crate) fn add_refresh(&mut self, consent: Consent, now: DateTime<Utc>) -> String {
        let token = format!("1.{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
        self.refresh.insert(token.clone(), Refresh { consent, used: now, revoked: None });
        token
    }

    /// The old token stays good when a new one is issued.
    pub(crate) fn refresh(
        &mut self,
        token: &str,
        client: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Consent, Number> {
        let refresh = self.refresh.get_mut(token).ok_or(70000_u32)?;
        if let Some(number) = refresh.revoked {
            return Err(number);
        }
        if refresh.consent.client_id != client {
            return Err(70000);
        }
        if now - refresh.used > TimeDelta::days(REFRESH_DAYS) {
            return Err(700_082);
        }
        refresh.used = now;
        Ok(refresh.consent.clone())
    }

    /// Ends all refresh tokens.
    pub(crate) fn revoke(&mut self, number: Number) {
        self.refresh.values_mut().for_each(|refresh| refresh.revoked = Some(number));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn consent() -> Consent {
        Consent {
            client_id: Uuid::from_u128(1),
            principal: "svc@contoso.example".into(),
            resource: "https://outlook.office365.com".into(),
            permissions: Vec::new(),
            claims: Vec::new(),
        }
    }

    #[test]
    fn a_code_is_good_once_and_for_ten_minutes() {
        let (mut consents, now) = (Consents::default(), DateTime::UNIX_EPOCH);
        let add = |consents: &mut Consents| consents.add_code(consent(), "https://a", "x", now);
        let (first, second) = (add(&mut consents), add(&mut consents));
        assert!(consents.redeem(&first, now).is_ok());
        assert_eq!(consents.redeem(&first, now).err(), Some(54005));
        assert_eq!(consents.redeem(&second, now + TimeDelta::minutes(11)).err(), Some(70008));
        assert_eq!(consents.redeem("other", now).err(), Some(70000));
    }

    #[test]
    fn a_refresh_token_is_good_until_it_is_revoked_or_forgotten() {
        let (mut consents, now, client) = (Consents::default(), DateTime::UNIX_EPOCH, Uuid::from_u128(1));
        let token = consents.add_refresh(consent(), now);
        let days = TimeDelta::days;
        assert_eq!(consents.refresh(&token, client, now + days(80)), Ok(consent()));
        assert_eq!(consents.refresh(&token, client, now + days(160)), Ok(consent()));
        assert_eq!(consents.refresh(&token, Uuid::nil(), now + days(160)), Err(70000));
        assert_eq!(consents.refresh(&token, client, now + days(251)), Err(700_082));
        consents.revoke(50173);
        assert_eq!(consents.refresh(&token, client, now + days(160)), Err(50173));
    }
}
