//! What is wrong with an item, and what to do.

use calendar::settings::Code;
use words::Words;

use crate::problem::{self};

/// What is wrong with an item, and what to do. Numbers lie between `$0` and `$1`.
pub fn problem(code: Code) -> Words {
    match code {
        Code::Required => problem::REQUIRED,
        Code::PbxName => problem::PBX_NAME,
        Code::TimeZone => problem::TIME_ZONE,
        Code::Duplicate => problem::DUPLICATE,
        Code::User => problem::USER,
        Code::Email => problem::EMAIL,
        Code::Https => problem::HTTPS,
        Code::Path => problem::PATH,
        Code::Range => problem::RANGE,
        Code::Guid => problem::GUID,
        Code::Tenant => problem::TENANT,
        Code::ReadOnly => problem::READ_ONLY,
        Code::Date => problem::DATE,
        Code::Pem => problem::PEM,
        Code::Url => problem::URL,
        Code::Type => problem::TYPE,
        Code::Choice => problem::CHOICE,
        Code::UnknownItem => problem::UNKNOWN_ITEM,
        Code::Insecure => problem::INSECURE,
        Code::Encryption => problem::ENCRYPTION,
        Code::SecretAgain => problem::SECRET_AGAIN,
    }
}
