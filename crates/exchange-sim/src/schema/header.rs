//! Blocks of the SOAP header.

use super::rule::Content::{Any, Nothing, Sequence, Text};
use super::rule::{Rule, one, t};
use super::values::{any, filled};

static PRINCIPAL: Rule = t("PrincipalName", Text(any));
static SID: Rule = t("SID", Text(any));
static PRIMARY: Rule = t("PrimarySmtpAddress", Text(any));
static SMTP: Rule = t("SmtpAddress", Text(any));
static CONNECTING: Rule = t("ConnectingSID", Sequence(&[one(&[&PRINCIPAL, &SID, &PRIMARY, &SMTP])]));
static IMPERSONATION: Rule = t("ExchangeImpersonation", Sequence(&[one(&[&CONNECTING])]));
static VERSION: Rule = t("RequestServerVersion", Nothing).with(&[("Version", true, any)]);
static DEFINITION: Rule = t("TimeZoneDefinition", Any).with(&[("Id", false, filled), ("Name", false, any)]);
static CONTEXT: Rule = t("TimeZoneContext", Sequence(&[one(&[&DEFINITION])]));
static CULTURE: Rule = t("MailboxCulture", Text(filled));
static PRECISION: Rule = t("DateTimePrecision", Text(filled));

pub(super) static RULES: [&Rule; 5] = [&IMPERSONATION, &VERSION, &CONTEXT, &CULTURE, &PRECISION];
