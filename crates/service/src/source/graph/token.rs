//! The access token: asked for before it is needed, renewed before it expires, never shown.

use std::time::Duration;

use oauth2::basic::{BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenResponse};
use oauth2::{
    AuthType, ClientId, ClientSecret, HttpRequest, HttpResponse, RequestTokenError, Scope,
    StandardRevocableToken, TokenResponse, TokenUrl,
};
use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;
use tokio::time::Instant;
use tracing::{debug, info};

use super::login_error::LoginError;
use super::{classify, foreign};
use crate::source::transport::Transport;
use crate::source::{Advice, Error, Refused};

/// A token is renewed this long before it expires, or halfway if it lives shorter than twice that.
const RENEW_BEFORE: Duration = Duration::from_mins(5);
/// Life of a token that does not say when it expires.
const DEFAULT_LIFE: Duration = Duration::from_mins(10);
/// Longest life that is believed; none lasts longer.
const LONGEST_LIFE: Duration = Duration::from_hours(24);
const MAX_ANSWER_BYTES: usize = 1 << 20;
/// All who want a token at the same time share a failure. How long to wait in earnest is for the scheduler to say: two who
/// wait one after the other would wait too long.
const FAILURE_LASTS: Duration = Duration::from_secs(1);

/// The library, with the errors that Microsoft's login writes.
type BasicClient = oauth2::Client<
    LoginError,
    BasicTokenResponse,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
>;

/// How the application shows that it is itself. The place for a certificate, some day.
pub(in crate::source) enum Credential {
    /// A client secret.
    Secret(SecretString),
}

/// Who wants a token, and for what.
pub(in crate::source) struct Registration {
    pub client_id: String,
    pub credential: Credential,
    pub token_url: String,
    pub scope: String,
}

/// Gets tokens and keeps the current one.
pub(in crate::source) struct Tokens {
    registration: Registration,
    transport: Transport,
    state: Mutex<State>,
}

/// A token, as the header that carries it.
#[derive(Clone, PartialEq)]
pub(in crate::source) struct Token(pub HeaderValue);

#[derive(Default)]
struct State {
    token: Option<Held>,
    failure: Option<Failure>,
}

struct Held {
    token: Token,
    renew: Instant,
    expires: Instant,
}

impl Held {
    fn new(token: Token, life: Duration) -> Self {
        let now = Instant::now();
        Self { token, renew: now + serves(life), expires: now + life }
    }
}

/// How long a token lives that is said to expire after this time.
pub(in crate::source) fn life(expires_in: Option<Duration>) -> Duration {
    expires_in.unwrap_or(DEFAULT_LIFE).min(LONGEST_LIFE)
}

/// How long a token serves that lives for this time, before it is renewed.
pub(in crate::source) fn serves(life: Duration) -> Duration {
    life.saturating_sub(RENEW_BEFORE.min(life / 2))
}

/// The last attempt, if it failed. Nobody asks again before `until`.
struct Failure {
    error: Error,
    until: Instant,
}

impl Tokens {
    pub fn new(registration: Registration, transport: Transport) -> Self {
        Self { registration, transport, state: Mutex::default() }
    }

    /// A valid token. While a renewal fails the old one serves as long as it is valid.
    pub async fn get(&self) -> Result<Token, Error> {
        let mut state = self.state.lock().await;
        let now = Instant::now();
        let valid = state.token.as_ref().filter(|held| now < held.expires).map(|held| held.token.clone());
        let fresh = state.token.as_ref().is_some_and(|held| now < held.renew);
        let waiting = state.failure.as_ref().filter(|failure| now < failure.until);
        match (valid, waiting) {
            (Some(token), _) if fresh => Ok(token),
            (Some(token), Some(_)) => Ok(token),
            (None, Some(failure)) => Err(failure.error.clone()),
            (valid, None) => self.renew(&mut state).await.or_else(|error| valid.ok_or(error)),
        }
    }

    /// Forgets a token that was refused, or that may lack a permission granted since.
    pub async fn forget(&self, refused: Option<&Token>) {
        let mut state = self.state.lock().await;
        state.token.take_if(|held| refused.is_none_or(|refused| held.token == *refused));
    }

    async fn renew(&self, state: &mut State) -> Result<Token, Error> {
        match self.request().await.map_err(Error::from) {
            Ok((token, life)) => {
                info!(life_s = life.as_secs(), "token for Microsoft Graph issued");
                state.token = Some(Held::new(token.clone(), life));
                state.failure = None;
                Ok(token)
            }
            Err(error) => {
                let wait = match error {
                    Error::Throttled(Some(wait)) => wait,
                    _ => FAILURE_LASTS,
                };
                debug!(?error, "no token");
                state.failure = Some(Failure { error: error.clone(), until: Instant::now() + wait });
                Err(error)
            }
        }
    }

    /// A new token, with the roles that the application has now. Whoever asks next gets the same.
    pub async fn fresh(&self) -> Result<Token, Refused> {
        let (token, life) = self.request().await?;
        let mut state = self.state.lock().await;
        state.token = Some(Held::new(token.clone(), life));
        state.failure = None;
        Ok(token)
    }

    /// Asks for a token by client credentials.
    async fn request(&self) -> Result<(Token, Duration), Refused> {
        let Registration { client_id, credential: Credential::Secret(secret), token_url, scope } =
            &self.registration;
        let address = TokenUrl::new(token_url.clone()).map_err(|_| invalid("address"))?;
        let client = BasicClient::new(ClientId::new(client_id.clone()))
            .set_client_secret(ClientSecret::new(secret.expose_secret().to_owned()))
            .set_token_uri(address)
            .set_auth_type(AuthType::RequestBody);
        // Owned, because the library's future could not be sent to another thread with a borrowed one.
        let transport = self.transport.clone();
        let http = move |request| send(transport.clone(), request);
        let request = client.exchange_client_credentials().add_scope(Scope::new(scope.clone()));
        let response = request.request_async(&http).await.map_err(failure)?;
        Ok(header(&response)?)
    }
}

fn header(response: &BasicTokenResponse) -> Result<(Token, Duration), Error> {
    let text = format!("Bearer {}", response.access_token().secret());
    let mut header = HeaderValue::try_from(text).map_err(|_| invalid("token"))?;
    header.set_sensitive(true);
    Ok((Token(header), life(response.expires_in())))
}

/// Why there is no answer that the library could read.
#[derive(Debug, thiserror::Error)]
#[error("no answer")]
pub(in crate::source) struct NoAnswer(Box<Refused>);

impl From<Error> for NoAnswer {
    fn from(error: Error) -> Self {
        Self(Box::new(error.into()))
    }
}

/// Sends a request of OAuth.
pub(in crate::source) async fn send(
    transport: Transport,
    request: HttpRequest,
) -> Result<HttpResponse, NoAnswer> {
    let request = reqwest::Request::try_from(request).map_err(|error| transport.error(&error))?;
    let response = transport.send(request).await?;
    let (status, headers) = (response.status(), response.headers().clone());
    let body = transport.read(response, MAX_ANSWER_BYTES).await?;
    let body = body.ok_or_else(classify::unreadable)?;
    if let Some(error) = foreign::login(status, &headers, &body) {
        let told = LoginError::read(&body).filter(|said| said.number().is_some());
        let told = told.filter(|_| !matches!(error, Error::Unreachable(_))).map(|said| said.advice());
        return Err(NoAnswer(Box::new(Refused { error, told })));
    }
    let mut answer = HttpResponse::new(body);
    *answer.status_mut() = status;
    *answer.headers_mut() = headers;
    Ok(answer)
}

/// What it means that there is no token.
pub(in crate::source) fn failure(error: RequestTokenError<NoAnswer, LoginError>) -> Refused {
    match error {
        RequestTokenError::Request(NoAnswer(refused)) => *refused,
        RequestTokenError::ServerResponse(response) => {
            let advice = response.advice();
            let error = match advice.code {
                "loginBusy" => Error::Throttled(None),
                _ => Error::NoAccess(advice.clone()),
            };
            Refused { error, told: Some(advice) }
        }
        // Neither may show the answer: it could hold a token.
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => invalid("answer").into(),
    }
}

/// The login cannot be asked, or its answer not be read.
pub(in crate::source) fn invalid(what: &str) -> Error {
    Error::NoAccess(Advice::new(
        "login",
        format!(
            "Microsoft's login gives no token: its {what} cannot be read. Check tenant ID, Microsoft cloud and proxy."
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_token_lives_longer_than_a_day_whatever_is_said() {
        let hours = |hours| Some(Duration::from_hours(hours));
        assert_eq!(life(hours(1)), Duration::from_hours(1));
        assert_eq!(life(hours(28)), Duration::from_hours(24));
        assert_eq!(life(Some(Duration::from_secs(u64::MAX))), Duration::from_hours(24));
        assert_eq!(life(Some(Duration::ZERO)), Duration::ZERO);
        assert_eq!(life(None), Duration::from_mins(10));
    }

    #[test]
    fn a_token_is_renewed_five_minutes_early_or_halfway() {
        assert_eq!(serves(Duration::from_hours(1)), Duration::from_mins(55));
        assert_eq!(serves(Duration::from_mins(10)), Duration::from_mins(5));
        assert_eq!(serves(Duration::from_mins(4)), Duration::from_mins(2));
        assert_eq!(serves(Duration::ZERO), Duration::ZERO);
    }

    /// An instant has an end, and a token that never expires must not reach beyond it.
    #[test]
    fn a_life_without_end_can_be_held() {
        let token = Token(HeaderValue::from_static("Bearer x"));
        let held = Held::new(token, life(Some(Duration::from_secs(u64::MAX))));
        assert!(held.renew < held.expires);
    }
}
