//! The requests to Microsoft's login: where a browser is sent, and what its answer is worth.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use calendar::settings::{Item, Settings, SupportedAccounts};
use oauth2::basic::{BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType};
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet,
    ExtraTokenFields, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError,
    Scope, StandardRevocableToken, StandardTokenResponse, TokenUrl,
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::source::exchange::advice::Told;
use crate::source::exchange::build::online_host;
use crate::source::graph::endpoints::Endpoints;
use crate::source::graph::token::{failure, invalid, send};
use crate::source::graph::{LoginError, Overrides};
use crate::source::remedy::word;
use crate::source::transport::Transport;
use crate::source::{Advice, Error, Secrets};

/// What brings a refresh token, and the name of whoever signs in.
const MORE_SCOPES: [&str; 3] = ["offline_access", "openid", "profile"];

/// An application that people sign in to.
#[derive(Clone)]
pub struct Application {
    client_id: String,
    secret: SecretString,
    /// Who is to sign in.
    pub user: String,
    authorize_url: String,
    token_url: String,
    redirect_uri: String,
    scopes: Vec<Scope>,
    /// For what a refresh token is good.
    pub owner: String,
}

/// An answer with tokens.
pub type Answer = StandardTokenResponse<Identity, BasicTokenType>;
type Client = oauth2::Client<
    LoginError,
    Answer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// Who signed in. The login itself says so, over TLS, so that nobody else's signature is needed.
#[derive(Serialize, Deserialize)]
pub struct Identity {
    #[serde(default)]
    id_token: Option<String>,
}

impl ExtraTokenFields for Identity {}

/// A token is as good as a password.
impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity(…)")
    }
}

#[derive(Deserialize)]
struct Claims {
    #[serde(default, alias = "upn", alias = "email")]
    preferred_username: Option<String>,
}

impl Identity {
    /// The name of whoever signed in.
    pub fn name(&self) -> Option<String> {
        let claims = self.id_token.as_ref()?.split('.').nth(1)?;
        let claims = BASE64_URL_SAFE_NO_PAD.decode(claims.trim_end_matches('=')).ok()?;
        serde_json::from_slice::<Claims>(&claims).ok()?.preferred_username
    }
}

/// A sign-in that has begun.
pub struct Begun {
    /// Where the browser is sent.
    pub url: Url,
    /// What it brings back.
    pub state: String,
    /// What only we know.
    pub verifier: PkceCodeVerifier,
}

impl Application {
    /// As the settings say.
    pub fn new(settings: &Settings, secrets: &Secrets, overrides: &Overrides) -> Self {
        let endpoints = Endpoints::new(settings.national_cloud, overrides);
        let tenant = tenant(settings);
        let host = online_host(settings.national_cloud);
        let own = format!("https://{host}/.default");
        let scopes = if settings.scopes.trim().is_empty() { own.as_str() } else { settings.scopes.as_str() };
        let scopes = scopes.split_whitespace().chain(MORE_SCOPES);
        Self {
            client_id: settings.client_id.clone(),
            secret: secrets.get(Item::ClientSecret),
            user: settings.user.clone(),
            authorize_url: endpoints.authorize(&tenant),
            token_url: endpoints.token(&tenant),
            redirect_uri: settings.redirect_uri.clone(),
            scopes: scopes.map(|scope| Scope::new(scope.to_owned())).collect(),
            owner: format!("{} {tenant} {} {host}", settings.client_id, settings.user.to_lowercase()),
        }
    }

    /// Begins a sign-in.
    pub fn begin(&self) -> Result<Begun, Advice> {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let client = self.client()?;
        let request = client.authorize_url(CsrfToken::new_random).add_scopes(self.scopes.clone());
        let (url, state) =
            request.set_pkce_challenge(challenge).add_extra_param("login_hint", &self.user).url();
        Ok(Begun { url, state: state.into_secret(), verifier })
    }

    /// Turns a code into tokens.
    pub async fn redeem(
        &self,
        transport: &Transport,
        code: String,
        verifier: PkceCodeVerifier,
    ) -> Result<Answer, Error> {
        let client = self.client().map_err(Error::NoAccess)?;
        let transport = transport.clone();
        let http = move |request| send(transport.clone(), request);
        let request = client.exchange_code(AuthorizationCode::new(code)).set_pkce_verifier(verifier);
        request.request_async(&http).await.map_err(|error| failure(error).into())
    }

    /// Renews tokens. The inner error: the refresh token is no longer any good, and why.
    pub async fn renew(
        &self,
        transport: &Transport,
        token: &SecretString,
    ) -> Result<Result<Answer, Advice>, Error> {
        let client = self.client().map_err(Error::NoAccess)?;
        let transport = transport.clone();
        let http = move |request| send(transport.clone(), request);
        let token = RefreshToken::new(token.expose_secret().to_owned());
        let request = client.exchange_refresh_token(&token).add_scopes(self.scopes.clone());
        match request.request_async(&http).await {
            Ok(answer) => Ok(Ok(answer)),
            Err(RequestTokenError::ServerResponse(response)) if response.error == "invalid_grant" => {
                let said = response.number().map_or(response.error, |number| number.to_string());
                Ok(Err(Told::SignIn.advice().said(&word(&said))))
            }
            Err(error) => Err(failure(error).into()),
        }
    }

    fn client(&self) -> Result<Client, Advice> {
        let wrong = |what| match invalid(what) {
            Error::NoAccess(advice) => advice,
            _ => Advice::new("login", "Microsoft's login cannot be asked."),
        };
        let authorize = AuthUrl::new(self.authorize_url.clone()).map_err(|_| wrong("address"))?;
        let token = TokenUrl::new(self.token_url.clone()).map_err(|_| wrong("address"))?;
        let redirect = RedirectUrl::new(self.redirect_uri.clone()).map_err(|_| wrong("redirect URI"))?;
        Ok(oauth2::Client::new(ClientId::new(self.client_id.clone()))
            .set_client_secret(ClientSecret::new(self.secret.expose_secret().to_owned()))
            .set_auth_uri(authorize)
            .set_token_uri(token)
            .set_redirect_uri(redirect)
            .set_auth_type(AuthType::RequestBody))
    }
}

/// The tenant of the settings, else that of the user, unless people of several may sign in.
pub(in crate::source::exchange) fn tenant(settings: &Settings) -> String {
    match (settings.tenant_id.as_str(), settings.supported_accounts) {
        ("", SupportedAccounts::Multiple) => "organizations".to_owned(),
        ("", SupportedAccounts::Single) => {
            settings.user.rsplit_once('@').map_or("organizations", |(_, domain)| domain).to_owned()
        }
        (tenant, _) => tenant.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        Settings {
            user: "svc@contoso.example".to_owned(),
            client_id: "app".to_owned(),
            redirect_uri: "https://calendar.example/sign-in".to_owned(),
            ..Settings::default()
        }
    }

    #[test]
    fn a_browser_is_sent_to_the_tenant_with_a_challenge() {
        let application = Application::new(&settings(), &Secrets::default(), &Overrides::default());
        let Begun { url, state, .. } = application.begin().unwrap();
        assert_eq!(url.path(), "/contoso.example/oauth2/v2.0/authorize");
        let query: std::collections::BTreeMap<_, _> = url.query_pairs().into_owned().collect();
        for (name, value) in [
            ("response_type", "code"),
            ("code_challenge_method", "S256"),
            ("login_hint", "svc@contoso.example"),
            ("redirect_uri", "https://calendar.example/sign-in"),
            ("scope", "https://outlook.office365.com/.default offline_access openid profile"),
            ("state", &state),
        ] {
            assert_eq!(query[name], value, "{name}");
        }
    }

    #[test]
    fn tenants_are_those_of_the_settings_or_of_the_user() {
        let tenant_of = |tenant_id: &str, supported_accounts| {
            tenant(&Settings { tenant_id: tenant_id.to_owned(), supported_accounts, ..settings() })
        };
        assert_eq!(tenant_of("t", SupportedAccounts::Multiple), "t");
        assert_eq!(tenant_of("", SupportedAccounts::Single), "contoso.example");
        assert_eq!(tenant_of("", SupportedAccounts::Multiple), "organizations");
    }
}
