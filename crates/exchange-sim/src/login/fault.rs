use serde::{Deserialize, Serialize};

/// Why a login was refused. On the wire all of them are one 401.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LoginFault {
    /// No message that could be read.
    Malformed,
    /// The answer to a challenge came on a connection on which none was sent.
    OtherConnection,
    /// The scheme was not offered.
    NotOffered,
    /// The response is that of LM or `NTLMv1`.
    NtlmV1,
    /// An LM response beside the time stamp.
    LmResponse,
    /// The attributes of the challenge were not all sent back as they were.
    ChallengeAltered,
    /// No integrity code, or the flag that announces it is missing.
    NoMic,
    /// The integrity code does not fit the three messages.
    WrongMic,
    /// No target name, or that of another service.
    TargetName,
    /// Channel bindings are required and were not sent.
    NoBindings,
    /// Channel bindings of another certificate, or zeros.
    WrongBindings,
    /// Nobody has this name.
    UnknownAccount,
    /// The password is another.
    Password,
    /// The account is locked.
    Locked,
    /// The account is disabled.
    Disabled,
    /// The account or its password has expired.
    Expired,
    /// The token is none of ours, or changed.
    ForeignToken,
    /// The token has expired.
    ExpiredToken,
    /// The token is for another service.
    OtherAudience,
    /// The token has no permission for EWS.
    NoPermission,
    /// It was asked for by a fault.
    OnDemand,
}
