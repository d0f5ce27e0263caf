//! What administrators are told: one table for all codes of this source.

use crate::source::Advice;

/// Who refuses, and what can be done about it. What the texts say in upper case or with a code stands so in the
/// products, too.
pub enum Told<'a> {
    /// 401 after the password was sent. `autodiscover` took it, if so.
    LoginRefused {
        /// Whether Autodiscover took the same password.
        autodiscover: bool,
    },
    /// Neither NTLM nor Negotiate is offered.
    BasicOnly {
        /// What is.
        offered: &'a str,
    },
    /// The account may impersonate nobody.
    ImpersonationDenied {
        /// Whether the server is Exchange Online.
        online: bool,
    },
    /// The account has no mailbox, and needs one.
    AccountWithoutMailbox,
    /// Exchange 2010 or older.
    ServerTooOld,
    /// Nobody gets at Exchange Web Services.
    EwsDisabled {
        /// The application, where there is one.
        client_id: Option<&'a str>,
    },
    /// One mailbox is closed to Exchange Web Services, while others are not.
    MailboxWithoutEws {
        /// What the server answers.
        status: u16,
    },
    /// Nothing was found.
    Autodiscover {
        /// Each candidate with what came of it.
        outcomes: &'a [String],
    },
    /// Somebody else is said to know.
    Redirect {
        /// The other host.
        host: &'a str,
        /// Who says so.
        from: &'a str,
    },
    /// Only the other one of internal and external server is named.
    OtherServer {
        /// The one that is used.
        server: &'a str,
    },
    /// Nobody has signed in, or no longer.
    SignIn,
    /// Somebody else has signed in than the settings say.
    SignedInAsOther {
        /// Who has.
        name: &'a str,
    },
    /// The server does not know what it should, or is broken in a way that it names.
    Server {
        /// Its code.
        code: &'a str,
    },
    /// A status that is no answer of Exchange.
    Status {
        /// The status.
        status: u16,
    },
}

impl Told<'_> {
    /// Code and text.
    pub fn advice(&self) -> Advice {
        let advice = Advice::new(self.code(), self.text());
        match *self {
            Self::LoginRefused { autodiscover } => advice.with("autodiscover", autodiscover),
            Self::BasicOnly { offered } => advice.with("offered", offered),
            Self::ImpersonationDenied { online } => advice.with("online", online),
            Self::EwsDisabled { client_id: Some(client_id) } => advice.with("client", client_id),
            Self::MailboxWithoutEws { status } | Self::Status { status } => advice.with("status", status),
            Self::Autodiscover { outcomes } => advice.with("asked", outcomes),
            Self::Redirect { host, from } => advice.with("redirect", host).with("from", from),
            Self::OtherServer { server } => advice.with("server", server),
            Self::SignedInAsOther { name } => advice.with("name", name),
            Self::Server { code } => advice.with("said", code),
            Self::AccountWithoutMailbox
            | Self::ServerTooOld
            | Self::SignIn
            | Self::EwsDisabled { client_id: None } => advice,
        }
    }

    const fn code(&self) -> &'static str {
        match self {
            Self::LoginRefused { .. } => "loginRefused",
            Self::BasicOnly { .. } => "basicOnly",
            Self::ImpersonationDenied { .. } => "impersonationDenied",
            Self::AccountWithoutMailbox => "accountWithoutMailbox",
            Self::ServerTooOld => "serverTooOld",
            Self::EwsDisabled { .. } => "ewsDisabled",
            Self::MailboxWithoutEws { .. } => "mailboxWithoutEws",
            Self::Autodiscover { .. } => "autodiscover",
            Self::Redirect { .. } => "redirect",
            Self::OtherServer { .. } => "otherServer",
            Self::SignIn => "signIn",
            Self::SignedInAsOther { .. } => "signedInAsOther",
            Self::Server { .. } | Self::Status { .. } => "server",
        }
    }

    fn text(&self) -> String {
        match self {
            Self::LoginRefused { autodiscover } => login_refused(*autodiscover),
            Self::BasicOnly { offered } => format!(
                "The server offers no login by NTLM or Negotiate, but {offered}. The password is not sent that way. Turn on Windows authentication for the EWS virtual directory."
            ),
            Self::ImpersonationDenied { online: false } => "The account entered as User has no impersonation right. Grant it in the Exchange Management Shell, with that account at the end: New-ManagementRoleAssignment -Name \"PBX Calendar\" -Role ApplicationImpersonation -User ACCOUNT".to_owned(),
            Self::ImpersonationDenied { online: true } => "The account has no impersonation right, and Exchange Online no longer grants it: the role ApplicationImpersonation is gone since 2025. Move to Microsoft Graph with Sync-Type Cloud (Microsoft Graph, App-Only Authentication).".to_owned(),
            Self::AccountWithoutMailbox => "The account has no mailbox, and Exchange needs one to look names up. Give the account a mailbox, or choose User names from the PBX as User for name resolving (pbxNames).".to_owned(),
            Self::ServerTooOld => "The Exchange server is older than Exchange 2013. Update it, or enter the address of a newer server.".to_owned(),
            Self::EwsDisabled { client_id } => ews_disabled(*client_id),
            Self::MailboxWithoutEws { status } => format!(
                "The server refuses this mailbox with HTTP status {status}, while others work. Its licence may not include Exchange Web Services (Kiosk, F1, F3), or EwsEnabled is off for it: Set-CASMailbox -EwsEnabled $true"
            ),
            Self::Autodiscover { outcomes } => format!(
                "No Exchange server was found. Asked: {}. Enter Autodiscover URL, or the address of Exchange Web Services (ewsUrl).",
                outcomes.join("; ")
            ),
            Self::Redirect { host, from } => format!(
                "{from} sends to the host {host}, which does not belong to the domain, so it was not asked. If it is right, enter https://{host} as Autodiscover URL."
            ),
            Self::SignIn => "Nobody has signed in, or the sign-in is no longer valid. Press Sign in in the settings and sign in with the account entered as User.".to_owned(),
            Self::OtherServer { server } => format!(
                "Autodiscover does not name the server that Exchange server asks for, internal or external, only the other one: {server}. It is used. Choose it in the settings, or enter the address of Exchange Web Services (ewsUrl)."
            ),
            Self::SignedInAsOther { name } => format!(
                "{name} has signed in, who is not the User in the settings. If that is not meant so, sign in again with the other account."
            ),
            Self::Server { code } => format!(
                "Exchange answers with {code}. The request is repeated by itself; if this stays, look into the server's event log."
            ),
            Self::Status { status } => format!(
                "The server answers with HTTP status {status}. The request is repeated by itself."
            ),
        }
    }
}

fn login_refused(autodiscover: bool) -> String {
    let account = "the user or the password is wrong, or the account is locked, disabled or expired";
    let protection = "Extended Protection refuses the connection: a load balancer must show the same certificate as the server, or choose Not sent in the settings where it cannot";
    let (first, second) = if autodiscover {
        (format!("Autodiscover took the same password, so probably {protection}"), account.to_owned())
    } else {
        (account.to_owned(), protection.to_owned())
    };
    format!(
        "The server refuses the login. Either {first}. Or {second}. So that the account is not locked, the next attempt is made when the settings change, on Resync, or in 30 minutes."
    )
}

fn ews_disabled(client_id: Option<&str>) -> String {
    match client_id {
        Some(client_id) => format!(
            "Exchange Web Services are switched off for the tenant or for this application. To allow it: Set-OrganizationConfig -EwsEnabled $true -EwsAllowedAppIDs {client_id}. Microsoft switches tenants off one by one from 1 October 2026, and all of them on 1 April 2027: move to Microsoft Graph."
        ),
        None => "Exchange Web Services are switched off at this server, or something in between does not let them through. Check the EWS virtual directory and the address; Get-OrganizationConfig shows EwsEnabled and EwsApplicationAccessPolicy. In Exchange Online they end on 1 April 2027: move to Microsoft Graph.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;

    #[test]
    fn every_code_names_cause_and_remedy() {
        let outcomes = ["https://autodiscover.example: HTTP status 404".to_owned()];
        let table: [(Told<'_>, &str, &[&str]); 14] = [
            (
                Told::LoginRefused { autodiscover: false },
                "loginRefused",
                &[
                    "password",
                    "locked",
                    "disabled",
                    "expired",
                    "Extended Protection",
                    "same certificate",
                    "Not sent",
                ],
            ),
            (Told::BasicOnly { offered: "Basic" }, "basicOnly", &["Basic", "Windows authentication"]),
            (
                Told::ImpersonationDenied { online: false },
                "impersonationDenied",
                &["impersonation", "New-ManagementRoleAssignment"],
            ),
            (Told::ImpersonationDenied { online: true }, "impersonationDenied", &["gone", "Graph"]),
            (Told::AccountWithoutMailbox, "accountWithoutMailbox", &["mailbox", "pbxNames"]),
            (Told::ServerTooOld, "serverTooOld", &["2013"]),
            (
                Told::EwsDisabled { client_id: Some("11112222-3333") },
                "ewsDisabled",
                &["Exchange Web Services", "11112222-3333", "1 April 2027", "Graph"],
            ),
            (Told::EwsDisabled { client_id: None }, "ewsDisabled", &["Exchange Web Services", "Graph"]),
            (Told::MailboxWithoutEws { status: 403 }, "mailboxWithoutEws", &["licence", "EwsEnabled"]),
            (
                Told::Autodiscover { outcomes: &outcomes },
                "autodiscover",
                &["https://autodiscover.example", "404", "ewsUrl"],
            ),
            (Told::Redirect { host: "x.test", from: "y" }, "redirect", &["x.test", "Autodiscover URL"]),
            (Told::OtherServer { server: "in.x.test" }, "otherServer", &["in.x.test", "ewsUrl"]),
            (Told::SignIn, "signIn", &["sign in"]),
            (Told::SignedInAsOther { name: "b@x.test" }, "signedInAsOther", &["b@x.test", "sign in"]),
        ];
        for (told, code, words) in table {
            let advice = told.advice();
            assert_eq!(advice.code, code);
            for word in words {
                assert!(advice.text.contains(word), "{word}: {}", advice.text);
            }
        }
    }

    #[test]
    fn sentences_can_be_made_of_facts_in_other_languages() {
        let outcomes = ["https://a.example: HTTP status 404".to_owned()];
        let table: [(Told<'_>, Json); 8] = [
            (Told::LoginRefused { autodiscover: true }, json!({"autodiscover": true})),
            (Told::BasicOnly { offered: "Basic" }, json!({"offered": "Basic"})),
            (Told::EwsDisabled { client_id: Some("11112222-3333") }, json!({"client": "11112222-3333"})),
            (Told::MailboxWithoutEws { status: 403 }, json!({"status": 403})),
            (Told::Autodiscover { outcomes: &outcomes }, json!({"asked": outcomes})),
            (Told::Redirect { host: "x.test", from: "y" }, json!({"redirect": "x.test", "from": "y"})),
            (Told::Server { code: "ErrorNew" }, json!({"said": "ErrorNew"})),
            (Told::SignIn, json!({})),
        ];
        for (told, facts) in table {
            assert_eq!(Json::Object(told.advice().facts), facts);
        }
    }

    #[test]
    fn what_autodiscover_took_is_no_wrong_password() {
        let at = |autodiscover, word| Told::LoginRefused { autodiscover }.advice().text.find(word);
        assert!(at(false, "locked") < at(false, "Extended Protection"));
        assert!(at(true, "Extended Protection") < at(true, "locked"));
    }
}
