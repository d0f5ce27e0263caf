//! Tokens on behalf of somebody who signed in: the grants `authorization_code` and `refresh_token`.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::access_token::{Claims, issue};
use crate::consent::Consent;
use crate::message::Reply;
use crate::sign_in::{Denial, Form};
use crate::sim::Sim;

/// A code with its verifier.
pub(crate) fn code(sim: &Sim, client_id: Uuid, form: &Form) -> Result<Reply, Denial> {
    let code = form.need("code")?;
    let redirect_uri = form.need("redirect_uri")?;
    let verifier = form.need("code_verifier")?;
    let redeemed = sim.consents.lock().redeem(code, sim.clock.now()).map_err(Denial::published)?;
    if redeemed.consent.client_id != client_id {
        return Err(Denial::published(70000));
    }
    if redeemed.redirect_uri != redirect_uri {
        return Err(Denial::published(500_112));
    }
    if URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) != redeemed.challenge {
        return Err(Denial::published(501_481));
    }
    Ok(granted(sim, redeemed.consent))
}

/// A refresh token, which stays good beside the new one.
pub(crate) fn refresh(sim: &Sim, client_id: Uuid, form: &Form) -> Result<Reply, Denial> {
    let token = form.need("refresh_token")?;
    let consent =
        sim.consents.lock().refresh(token, client_id, sim.clock.now()).map_err(Denial::published)?;
    Ok(granted(sim, consent))
}

fn granted(sim: &Sim, consent: Consent) -> Reply {
    let now = sim.clock.now();
    let lifetime = sim.state.read().token_lifetime.num_seconds();
    let claims = Claims {
        aud: consent.resource.clone(),
        iss: format!("https://sts.windows.net/{}/", sim.settings.tenant),
        iat: now.timestamp(),
        nbf: now.timestamp(),
        exp: now.timestamp() + lifetime,
        appid: consent.client_id,
        idtyp: "user".into(),
        roles: Vec::new(),
        tid: sim.settings.tenant,
        ver: "1.0".into(),
        scp: Some(consent.permissions.join(" ")),
        upn: Some(consent.principal.clone()),
    };
    // The real endpoint, too, gives out one second less than a token lives.
    let expires_in = (lifetime - 1).max(0);
    let scope: Vec<String> =
        consent.permissions.iter().map(|it| format!("{}/{it}", consent.resource)).collect();
    let mut body = json!({
        "token_type": "Bearer",
        "scope": scope.join(" "),
        "expires_in": expires_in,
        "ext_expires_in": expires_in,
        "access_token": issue(&claims, &sim.seal),
    });
    let has = |claim: &str| consent.claims.iter().any(|known| known == claim);
    if let Value::Object(fields) = &mut body {
        if has("openid") {
            fields.insert("id_token".into(), json!(id_token(sim, &consent, has("profile"))));
        }
        if has("offline_access") {
            fields.insert("refresh_token".into(), json!(sim.consents.lock().add_refresh(consent, now)));
        }
    }
    Reply::json(200, &body).with("cache-control", "no-store, no-cache")
}

/// Who signed in, as `OpenID` Connect tells it.
fn id_token(sim: &Sim, consent: &Consent, profile: bool) -> String {
    let now = sim.clock.now().timestamp();
    let person = Uuid::from_u128(
        consent.principal.bytes().fold(7_u128, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())),
    );
    let mut claims = json!({
        "aud": consent.client_id,
        "iss": format!("https://login.microsoftonline.com/{}/v2.0", sim.settings.tenant),
        "iat": now, "nbf": now, "exp": now + 3600,
        "sub": person, "tid": sim.settings.tenant, "ver": "2.0",
    });
    if let (true, Value::Object(claims)) = (profile, &mut claims) {
        claims.insert("oid".into(), json!(person));
        claims.insert("preferred_username".into(), json!(consent.principal));
        claims.insert("name".into(), json!(consent.principal.split('@').next()));
    }
    let encode = |value: &str| URL_SAFE_NO_PAD.encode(value);
    let signed = format!("{}.{}", encode(r#"{"typ":"JWT","alg":"HS256"}"#), encode(&claims.to_string()));
    let signature = URL_SAFE_NO_PAD.encode(sim.seal.sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}
