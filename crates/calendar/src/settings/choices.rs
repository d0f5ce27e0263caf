use calendar_presence::{LANGUAGES, Language};

use super::Code;
use super::item::Kind;
use super::value::{Field, Value};

macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident { $($(#[$choice_doc:meta])* $choice:ident $word:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$choice_doc])* $choice,)*
        }

        impl $name {
            const ALL: &'static [Self] = &[$(Self::$choice,)*];
        }

        impl Field for $name {
            const KIND: Kind = Kind::Choice(&[$($word,)*]);

            fn get(&self) -> Value {
                Value::Choice(*self as usize)
            }

            fn set(&mut self, value: Value) -> Result<(), Code> {
                let Value::Choice(index) = value else { return Err(Code::Type) };
                *self = *Self::ALL.get(index).ok_or(Code::Choice)?;
                Ok(())
            }
        }
    )*};
}

choices! {
    /// How calendars are reached.
    SyncType {
        /// Not at all.
        Disabled "disabled",
        /// Exchange Web Services in the local network, NTLM.
        OnPremises "onPremises",
        /// Exchange Web Services in Exchange Online with a user who signs in.
        Cloud "cloud",
        /// Exchange Web Services in Exchange Online, app-only.
        CloudAppOnly "cloudAppOnly",
        /// Microsoft Graph, app-only.
        Graph "graph",
        /// Microsoft Graph, and Exchange Web Services in the local network for whom Graph does not have.
        Hybrid "hybrid",
    }

    /// Which of the addresses that Autodiscover reports.
    Exchange {
        /// The one for the internet.
        External "external",
        /// The one for the local network.
        Internal "internal",
    }

    /// How the mailbox of a PBX user is found.
    NameResolving {
        /// The impersonation user asks Exchange.
        User "user",
        /// By names made from what the PBX knows.
        PbxNames "pbxNames",
    }

    /// Extended Protection of the NTLM login.
    ChannelBinding {
        /// Bound to the TLS connection.
        Always "always",
        /// Not bound: a load balancer shows another certificate than Exchange.
        Never "never",
    }

    /// Who may sign in to the registration.
    SupportedAccounts {
        /// One organization.
        Single "single",
        /// Several organizations.
        Multiple "multiple",
    }

    /// Microsoft's clouds, each with hosts of its own.
    NationalCloud {
        /// Worldwide, GCC included.
        Global "global",
        /// US Government, GCC High.
        UsGov "usGov",
        /// US Department of Defense.
        UsGovDod "usGovDod",
        /// China, operated by 21Vianet.
        China "china",
    }

    /// What an appointment means for presence.
    Mapping {
        /// Free, but shown.
        Available "available",
        /// Busy.
        Busy "busy",
        /// Away.
        Away "away",
        /// Do not disturb.
        DoNotDisturb "doNotDisturb",
        /// Not considered at all.
        Ignore "ignore",
    }
}

impl Field for Language {
    const KIND: Kind = Kind::Choice(&LANGUAGES);

    fn get(&self) -> Value {
        Value::Choice(self.index())
    }

    fn set(&mut self, value: Value) -> Result<(), Code> {
        let Value::Choice(index) = value else { return Err(Code::Type) };
        *self = Language::from_index(index).ok_or(Code::Choice)?;
        Ok(())
    }
}
