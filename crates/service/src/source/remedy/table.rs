//! The table itself. A code stands in one row alone; what is said in several meanings is told apart before it is looked
//! up here.

use super::{Place, Remedy};

/// A row without codes.
const NO_CODES: Remedy = Remedy {
    advice: "",
    what: "",
    todo: "",
    place: Place::None,
    login: &[],
    graph: &[],
    ews: &[],
    status: &[],
};

/// All rows: first what others say, then what is found out without them.
pub(super) static REMEDIES: &[Remedy] = &[
    // Microsoft's login.
    Remedy {
        advice: "wrongSecret",
        what: "Microsoft's login refuses the client secret",
        todo: "Copy the secret's value, not its ID, from the app registration into the settings.",
        place: Place::Secret,
        login: &[7_000_215, 70_002],
        ..NO_CODES
    },
    Remedy {
        advice: "expiredSecret",
        what: "The client secret has expired",
        todo: "Create a new one in the app registration under Certificates & secrets, enter it in the settings, save, and delete the old one.",
        place: Place::Secret,
        login: &[7_000_222],
        ..NO_CODES
    },
    Remedy {
        advice: "publicClient",
        what: "The app registration is a public client, which has no secret",
        todo: "Set Allow public client flows to No, under Authentication of the app registration.",
        place: Place::Ids,
        login: &[700_025],
        ..NO_CODES
    },
    Remedy {
        advice: "tenantUnknown",
        what: "Microsoft's login does not know the tenant",
        todo: "Check the tenant ID and the Microsoft cloud in the settings.",
        place: Place::Ids,
        login: &[90_002, 900_021, 900_023, 50_059, 50_128],
        ..NO_CODES
    },
    Remedy {
        advice: "wrongCloud",
        what: "The tenant belongs to another Microsoft cloud",
        todo: "Choose its Microsoft cloud in the settings.",
        place: Place::Ids,
        login: &[90_038, 900_382, 900_432],
        ..NO_CODES
    },
    Remedy {
        advice: "applicationUnknown",
        what: "The tenant does not know the application",
        todo: "Check the client ID and the tenant ID; if the application belongs to another organization, an administrator of this tenant must consent to it first.",
        place: Place::Ids,
        login: &[700_016, 700_011],
        ..NO_CODES
    },
    Remedy {
        advice: "principalMissing",
        what: "The application is registered, but the tenant has no service principal for it",
        todo: "That is so after a registration on the command line. Create it: az ad sp create --id and the client ID.",
        place: Place::Ids,
        login: &[7_000_229],
        ..NO_CODES
    },
    Remedy {
        advice: "applicationDisabled",
        what: "The application is disabled in the tenant",
        todo: "Enable it under Enterprise applications.",
        place: Place::Ids,
        login: &[7_000_112, 70_001],
        ..NO_CODES
    },
    Remedy {
        advice: "resourceMissing",
        what: "The tenant has no Exchange Online",
        todo: "Check that this is the tenant of the mailboxes, and that it has licences with Exchange Online.",
        place: Place::Ids,
        login: &[500_011, 50_001, 650_052],
        graph: &["OrganizationFromTenantGuidNotFound"],
        ..NO_CODES
    },
    Remedy {
        advice: "consentMissing",
        what: "The application has no permissions in the tenant",
        todo: "Add the application permission Calendars.Read to the app registration, and have an administrator grant consent.",
        place: Place::Permissions,
        login: &[65_001, 65_005, 650_051, 650_056, 650_057, 90_094],
        graph: &["NoPermissionsInAccessToken", "Authorization_IdentityNotFound"],
        ..NO_CODES
    },
    Remedy {
        advice: "conditionalAccess",
        what: "A policy of Conditional Access refuses the login",
        todo: "Except the address of this server from the policy for workload identities.",
        login: &[53_003, 530_032, 530_035],
        ..NO_CODES
    },
    Remedy {
        advice: "loginBusy",
        what: "Microsoft's login is busy",
        todo: "Try again in a moment.",
        login: &[90_006, 90_024, 90_033, 90_055, 50_196],
        ..NO_CODES
    },
    Remedy {
        advice: "signIn",
        what: "Nobody has signed in, or the sign-in is no longer valid",
        todo: "Sign in again with the account entered as User. If that is refused: its password, a lock, multi-factor authentication, the redirect URI or the tenant.",
        place: Place::End,
        login: &[50_126, 50_053, 50_055, 50_076, 50_079, 50_173, 700_082, 50_011, 50_194],
        ..NO_CODES
    },
    // Microsoft Graph.
    Remedy {
        advice: "permissionMissing",
        what: "The application may not read calendars",
        todo: "Add the application permission Calendars.Read of Microsoft Graph to the app registration and grant admin consent, or let the application's scope in Exchange Online cover the users, which takes up to two hours.",
        place: Place::Permissions,
        graph: &["ErrorAccessDenied"],
        ..NO_CODES
    },
    Remedy {
        advice: "accessPolicy",
        what: "An application access policy of Exchange Online keeps the application from this mailbox",
        todo: "Add the mailbox to the group of the policy. It takes an hour and more until that counts.",
        place: Place::Limit,
        ..NO_CODES
    },
    Remedy {
        advice: "userAgent",
        what: "Exchange Online refuses the application because of a list of user agents",
        todo: "That list of Exchange Web Services counts for Microsoft Graph, too: allow pbx-calendar/*. If there is none, the permission Calendars.Read is missing.",
        place: Place::AllowList,
        ..NO_CODES
    },
    Remedy {
        advice: "userReadAll",
        what: "The application may not look addresses up",
        todo: "Grant the application permission User.Read.All, or add the sign-in names to the users' e-mail lists in the PBX.",
        place: Place::Permissions,
        graph: &["Authorization_RequestDenied"],
        status: &["directoryForbidden"],
        ..NO_CODES
    },
    Remedy {
        advice: "mailboxSettings",
        what: "The application may not read the time zones of mailboxes",
        todo: "Grant the application permission MailboxSettings.Read; without it whole days are those of Presence timezone.",
        place: Place::Permissions,
        ..NO_CODES
    },
    Remedy {
        advice: "tokenRefused",
        what: "The token that Microsoft's login has just issued is refused",
        todo: "Check that Microsoft cloud and tenant belong together, and the clock of this server.",
        place: Place::Ids,
        graph: &["InvalidAuthenticationToken"],
        ..NO_CODES
    },
    Remedy {
        advice: "noMailbox",
        what: "There is no mailbox with this address",
        todo: "Check the address, and that the account has a licence with Exchange.",
        graph: &["ErrorInvalidUser", "Request_ResourceNotFound"],
        ews: &["ErrorNonExistentMailbox", "ErrorMissingEmailAddress"],
        status: &["accountWithoutMailbox"],
        ..NO_CODES
    },
    Remedy {
        advice: "mailboxElsewhere",
        what: "The mailbox is not in Exchange Online",
        todo: "It is on a server of your own, or inactive.",
        graph: &[
            "MailboxNotEnabledForRESTAPI",
            "MailboxNotSupportedForRESTAPI",
            "MailboxNotHostedInExchangeOnline",
        ],
        status: &["hostedElsewhere"],
        ..NO_CODES
    },
    Remedy {
        advice: "throttled",
        what: "The calendar server is too busy for this request",
        todo: "Try again later. The synchronization does that by itself.",
        ews: &["ErrorServerBusy", "ErrorMailboxStoreUnavailable", "ErrorMailboxMoveInProgress"],
        ..NO_CODES
    },
    // Exchange Web Services.
    Remedy {
        advice: "ewsDisabled",
        what: "Exchange Web Services are switched off",
        todo: "Set EwsEnabled of the tenant, and of the mailbox where others work. In Exchange Online they end on 1 April 2027: move to Microsoft Graph.",
        place: Place::AllowList,
        status: &["mailboxWithoutEws"],
        ..NO_CODES
    },
    Remedy {
        advice: "ewsBlocked",
        what: "A policy keeps this application from Exchange Web Services",
        todo: "Add the client ID to the list of allowed applications, which takes up to a day, and pbx-calendar/* to that of user agents.",
        place: Place::AllowList,
        ..NO_CODES
    },
    Remedy {
        advice: "impersonation",
        what: "The account may not act for this mailbox",
        todo: "Give it the role ApplicationImpersonation, with a scope that covers the mailbox.",
        place: Place::Impersonation,
        ews: &["ErrorImpersonateUserDenied", "ErrorImpersonationDenied", "ErrorAccessDenied"],
        status: &["impersonationDenied"],
        ..NO_CODES
    },
    Remedy {
        advice: "quota",
        what: "Exchange allows no further subscriptions",
        todo: "End other programs that watch the same mailboxes, or raise the bounds of a throttling policy.",
        place: Place::Quota,
        ews: &["ErrorExceededSubscriptionCount", "ErrorExceededConnectionCount"],
        status: &["streamLimit"],
        ..NO_CODES
    },
    Remedy {
        advice: "otherSite",
        what: "The mailbox is at another site, which this server does not reach",
        todo: "Enter the Exchange Web Services URL of that site.",
        place: Place::Server,
        ews: &["ErrorNoRespondingCASInDestinationSite"],
        ..NO_CODES
    },
    Remedy {
        advice: "password",
        what: "The server refuses user and password",
        todo: "Check both; or the account is locked, disabled or expired. So that it is not locked, wait a minute before the next test.",
        place: Place::Account,
        ews: &["ErrorAccountDisabled", "ErrorPasswordExpired"],
        status: &["loginRefused"],
        ..NO_CODES
    },
    // What is found out without a code.
    Remedy { advice: "invalid", ..NO_CODES },
    Remedy {
        advice: "gone",
        what: "Exchange Online no longer lets accounts act for others",
        todo: "The role ApplicationImpersonation is gone since 2025: move to Microsoft Graph.",
        place: Place::End,
        ..NO_CODES
    },
    Remedy {
        advice: "ending",
        what: "Exchange Web Services end in Exchange Online on 1 April 2027",
        todo: "Tenants are switched off one by one from 1 October 2026: move to Microsoft Graph.",
        place: Place::End,
        ..NO_CODES
    },
    Remedy { advice: "dns", ..NO_CODES },
    Remedy { advice: "network", ..NO_CODES },
    Remedy { advice: "proxy", status: &["foreignAnswer"], ..NO_CODES },
    Remedy { advice: "certificate", place: Place::Certificate, ..NO_CODES },
    Remedy { advice: "clock", ..NO_CODES },
    Remedy { advice: "slow", ..NO_CODES },
    Remedy { advice: "autodiscover", place: Place::Server, status: &["redirect"], ..NO_CODES },
    Remedy {
        advice: "useEwsUrl",
        what: "Autodiscover does not answer",
        todo: "The usual address of Exchange Online is used. Roles of RBAC for Applications never reach Autodiscover: enter that address as Exchange Web Services URL.",
        ..NO_CODES
    },
    Remedy {
        advice: "onlyBasic",
        what: "The server offers no login by NTLM or Negotiate",
        todo: "The password is not sent in any other way. Turn on Windows authentication for the EWS virtual directory.",
        place: Place::Protection,
        status: &["basicOnly"],
        ..NO_CODES
    },
    Remedy {
        advice: "preAuthentication",
        what: "Something before the server asks for a login of its own",
        todo: "Let requests to /EWS and /Autodiscover pass it without a login page.",
        place: Place::Protection,
        ..NO_CODES
    },
    Remedy {
        advice: "channelBinding",
        what: "The login works with the other choice of Extended Protection alone",
        todo: "Choose it in the settings. If a load balancer ends TLS, it should show the certificate of the servers.",
        place: Place::Protection,
        ..NO_CODES
    },
    Remedy {
        advice: "noOwnMailbox",
        what: "The account has no mailbox of its own",
        todo: "Give it one, or choose User names from the PBX as User for name resolving.",
        place: Place::Account,
        ..NO_CODES
    },
    Remedy {
        advice: "streamHeld",
        what: "Notifications do not come through",
        todo: "A proxy or load balancer holds answers back. Let it pass them on unbuffered, or leave it out; until then mailboxes are asked every two minutes.",
        status: &["streamBuffered"],
        ..NO_CODES
    },
    Remedy {
        advice: "tooOld",
        what: "The server is older than Exchange 2013",
        todo: "Update it, or enter the address of a newer server.",
        place: Place::Server,
        status: &["serverTooOld"],
        ..NO_CODES
    },
    Remedy {
        advice: "outOfSupport",
        what: "Microsoft no longer supports this version of Exchange",
        todo: "It works, but gets no security updates: move to Exchange Server SE.",
        ..NO_CODES
    },
    Remedy {
        advice: "tooBroad",
        what: "More may be read than needed",
        todo: "Take away what is not needed, and test again.",
        place: Place::Limit,
        ..NO_CODES
    },
    Remedy { advice: "scopeShrank", place: Place::Limit, ..NO_CODES },
    Remedy { advice: "pbxMissing", place: Place::AppObjects, status: &["pbxNotConnected"], ..NO_CODES },
    Remedy { advice: "pbxOther", place: Place::AppObjects, ..NO_CODES },
    Remedy { advice: "pbxApi", place: Place::AppObjects, status: &["pbxRights"], ..NO_CODES },
    Remedy { advice: "pbxWaiting", ..NO_CODES },
    Remedy { advice: "pbxEmpty", ..NO_CODES },
    Remedy { advice: "unmatched", ..NO_CODES },
];
