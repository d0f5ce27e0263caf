//! Refusals of Microsoft Graph in its JSON form.

use std::borrow::Cow;

use serde_json::json;

use crate::message::Reply;

/// A refusal: HTTP status, error code and message as Graph words them.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: Cow<'static, str>,
    pub(crate) message: Cow<'static, str>,
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl Refusal {
    pub(crate) fn new(
        status: u16,
        code: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { status, code: code.into(), message: message.into(), headers: Vec::new() }
    }

    pub(crate) fn with(mut self, header: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((header, value.into()));
        self
    }

    /// 401: the token is invalid, or for something else, or has expired.
    pub(crate) fn token(message: &'static str) -> Self {
        let challenge = "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/\
                         authorize\", client_id=\"00000003-0000-0000-c000-000000000000\"";
        Self::new(401, "InvalidAuthenticationToken", message).with("www-authenticate", challenge)
    }

    /// 403 of Exchange: no permission for calendars, or not for this mailbox.
    pub(crate) fn access(message: &'static str) -> Self {
        Self::new(403, "ErrorAccessDenied", message)
    }

    pub(crate) fn not_in_store() -> Self {
        Self::new(404, "ErrorItemNotFound", "The specified object was not found in the store.")
    }

    pub(crate) fn parameter(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(400, "ErrorInvalidParameter", message)
    }

    /// What Graph may well do and this stand-in does not: said plainly, so that no test passes by accident.
    pub(crate) fn left_out(what: &str) -> Self {
        Self::new(501, "NotImplemented", format!("graph-sim does not implement {what} (docs/stand-ins.md)."))
    }

    /// `date` and `request_id` go into `innerError`.
    pub(crate) fn into_reply(self, date: &str, request_id: &str, client_request_id: &str) -> Reply {
        let inner = json!({"date": date, "request-id": request_id, "client-request-id": client_request_id});
        let error = json!({"code": self.code, "message": self.message, "innerError": inner});
        let mut reply = Reply::json(self.status, &json!({ "error": error }));
        reply.headers = self.headers;
        reply
    }
}
