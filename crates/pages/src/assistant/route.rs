//! Which pages each way to the calendars has, and what stands on them.

use calendar::settings::{Item, SyncType};
use kit::Words;
use setup_scripts::{Script, Value, cloud};
use texts::assistant::{done, page, place, task};

macro_rules! pages {
    ($($page:ident $word:literal $title:ident,)*) => {
        /// A page. Several ways may have it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Page { $($page,)* }

        impl Page {
            const ALL: &'static [Self] = &[$(Self::$page,)*];

            /// Its word.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$page => $word,)* }
            }

            /// Its heading.
            pub const fn title(self) -> Words {
                match self { $(Self::$page => page::$title,)* }
            }
        }
    };
}

pages! {
    Cloud "cloud" CLOUD,
    Register "register" REGISTER,
    Ids "ids" IDS,
    Permissions "permissions" PERMISSIONS,
    Secret "secret" SECRET,
    Limit "limit" LIMIT,
    Test "test" TEST,
    Finish "finish" FINISH,
    End "end" END,
    Manifest "manifest" MANIFEST,
    AllowList "allowList" ALLOW_LIST,
    Gone "gone" GONE,
    Account "account" ACCOUNT,
    Impersonation "impersonation" IMPERSONATION,
    Server "server" SERVER,
    Certificate "certificate" CERTIFICATE,
    Protection "protection" PROTECTION,
    Quota "quota" QUOTA,
}

/// The pages of a way, in their order.
pub const fn pages(route: SyncType) -> &'static [Page] {
    use Page::{
        Account, AllowList, Certificate, Cloud, End, Finish, Gone, Ids, Impersonation, Limit, Manifest,
        Permissions, Protection, Quota, Register, Secret, Server, Test,
    };
    match route {
        SyncType::Disabled => &[],
        SyncType::Graph => &[Cloud, Register, Ids, Permissions, Secret, Limit, Test, Finish],
        SyncType::CloudAppOnly => &[End, Register, Ids, Manifest, Secret, Limit, AllowList, Test, Finish],
        SyncType::Hybrid => &[
            Cloud,
            Register,
            Ids,
            Permissions,
            Secret,
            Limit,
            Account,
            Impersonation,
            Server,
            Certificate,
            Protection,
            Test,
            Finish,
        ],
        SyncType::Cloud => &[Gone],
        SyncType::OnPremises => {
            &[Account, Impersonation, Server, Certificate, Protection, Test, Quota, Finish]
        }
    }
}

const ROUTES: [(SyncType, &str); 5] = [
    (SyncType::Hybrid, "hybrid"),
    (SyncType::Graph, "graph"),
    (SyncType::CloudAppOnly, "cloudAppOnly"),
    (SyncType::Cloud, "cloud"),
    (SyncType::OnPremises, "onPremises"),
];

/// What a page of a way is called elsewhere.
pub fn name(route: SyncType, page: Page) -> String {
    let route = ROUTES.iter().find(|(known, _)| *known == route).map_or("", |(_, word)| word);
    [route, "/", page.word()].concat()
}

/// The page of this name.
pub fn find(name: &str) -> Option<(SyncType, Page)> {
    let (route, page) = name.split_once('/')?;
    let (route, _) = ROUTES.iter().find(|(_, word)| *word == route)?;
    let page = Page::ALL.iter().find(|known| known.word() == page)?;
    pages(*route).contains(page).then_some((*route, *page))
}

/// What stands on a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Block {
    /// What is to be done.
    Task(Words),
    /// Who may do it.
    Who(&'static str),
    /// Where: a link into the portal, and the way in words.
    Link(cloud::Page, Words),
    /// The way in words alone.
    Way(Words),
    /// What is copied into the portal.
    Registration,
    /// The command that makes an account.
    Command,
    /// A field of the form.
    Item(Item),
    /// A field of the page.
    Own(Value),
    /// All mailboxes or a group.
    Access,
    /// The box for a whole overview.
    Pasted,
    /// The permissions with their reasons.
    Permissions,
    /// The manifest.
    Manifest,
    /// Whether a grant in Entra is taken away.
    Revoke,
    /// Scripts.
    Scripts(&'static [Script]),
    /// How to see that it worked.
    Done(Words),
    /// The whole connection test.
    Test,
    /// Some steps of it.
    Look(&'static [&'static str]),
    /// The certificate that the server shows.
    Certificate,
    /// Saves.
    Save,
    /// Leads to the App objects.
    Objects,
    /// Leads to Microsoft Graph.
    UseGraph,
}

const REGISTER: &str = "Cloud Application Administrator";
const CONSENT: &str = "Privileged Role Administrator";
const EXCHANGE: &str = "Organization Management";

/// What stands on a page.
pub fn blocks(route: SyncType, page: Page, is_limited: bool) -> Vec<Block> {
    use Block::{
        Access, Done, Item as Field, Link, Manifest, Objects, Own, Pasted, Permissions, Registration, Revoke,
        Save, Scripts, Task, Test, UseGraph, Way, Who,
    };
    match page {
        Page::Cloud => vec![Task(task::CLOUD), Field(Item::NationalCloud)],
        Page::Register => vec![
            Task(task::REGISTER),
            Who(REGISTER),
            Link(cloud::Page::Registrations, place::REGISTRATIONS),
            Registration,
            Own(Value::Name),
            Done(done::REGISTER),
            Field(Item::TenantId),
            Scripts(&[Script::RegisterSh, Script::RegisterPs]),
        ],
        Page::Ids => {
            let mut blocks = vec![
                Task(task::IDS),
                Link(cloud::Page::Overview, place::OVERVIEW),
                Pasted,
                Field(Item::ClientId),
                Field(Item::TenantId),
            ];
            if route == SyncType::CloudAppOnly {
                blocks.push(Field(Item::User));
            }
            blocks
        }
        Page::Permissions => vec![
            Access,
            Task(task::PERMISSIONS),
            Who(CONSENT),
            Link(cloud::Page::Permissions, place::PERMISSIONS),
            Permissions,
            Done(done::PERMISSIONS),
            Scripts(&[Script::RegisterSh, Script::RegisterPs]),
        ],
        Page::Manifest => vec![
            Access,
            Task(task::MANIFEST),
            Who(CONSENT),
            Link(cloud::Page::Overview, place::MANIFEST),
            Manifest,
            Done(done::PERMISSIONS),
            Scripts(&[Script::RegisterSh, Script::RegisterPs]),
        ],
        Page::Secret => vec![
            Task(task::SECRET),
            Who(REGISTER),
            Link(cloud::Page::Credentials, place::CREDENTIALS),
            Field(Item::ClientSecret),
            Field(Item::ClientSecretExpires),
            Done(done::SECRET),
            Pasted,
            Scripts(&[Script::SecretSh, Script::SecretPs]),
        ],
        Page::Limit if !is_limited => vec![Task(task::NO_LIMIT), Access],
        Page::Limit => vec![
            Access,
            Task(task::LIMIT),
            Who(EXCHANGE),
            Way(place::EXCHANGE),
            Link(cloud::Page::Enterprise, place::ENTERPRISE),
            Own(Value::Name),
            Own(Value::Object),
            Own(Value::Inside),
            Own(Value::Outside),
            Revoke,
            Scripts(&[Script::Limit]),
            Done(done::LIMIT),
        ],
        Page::Test => vec![Task(task::TEST), Field(Item::PbxName), Test],
        Page::Finish => vec![Task(task::FINISH), Field(Item::PbxName), Save, Objects, Done(done::FINISH)],
        Page::End => vec![Task(task::END), UseGraph],
        Page::Gone => vec![Task(task::GONE), UseGraph],
        Page::AllowList => vec![
            Task(task::ALLOW_LIST),
            Who(EXCHANGE),
            Way(place::EXCHANGE),
            Field(Item::ClientId),
            Scripts(&[Script::EwsAllow, Script::UserAgent]),
            Done(done::ALLOW_LIST),
        ],
        _ => local(page),
    }
}

/// What stands on a page of a local Exchange.
fn local(page: Page) -> Vec<Block> {
    use Block::{Access, Certificate, Command, Done, Item as Field, Look, Own, Scripts, Task, Who};
    match page {
        Page::Account => vec![
            Task(task::ACCOUNT),
            Command,
            Field(Item::User),
            Field(Item::DiscoveryMailbox),
            Field(Item::Password),
        ],
        Page::Impersonation => vec![
            Task(task::IMPERSONATION),
            Who(EXCHANGE),
            Access,
            Own(Value::Name),
            Scripts(&[Script::Impersonation]),
            Done(done::IMPERSONATION),
        ],
        Page::Server => {
            vec![Task(task::SERVER), Look(&["reach"]), Field(Item::AutodiscoverUrl), Field(Item::EwsUrl)]
        }
        Page::Certificate => vec![Task(task::CERTIFICATE), Certificate, Field(Item::CaCertificate)],
        Page::Protection => {
            vec![Task(task::PROTECTION), Look(&["schemes", "login"]), Field(Item::ChannelBinding)]
        }
        Page::Quota => vec![Task(task::QUOTA), Own(Value::Name), Scripts(&[Script::Throttling])],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_of_every_way_has_a_name_and_something_on_it() {
        for (route, _) in ROUTES {
            for page in pages(route) {
                assert_eq!(find(&name(route, *page)), Some((route, *page)));
                assert!(blocks(route, *page, false).len() > 1 && blocks(route, *page, true).len() > 1);
            }
        }
        for name in ["", "graph", "graph/", "graph/quota", "x/test", "appObjects", "cloud/secret"] {
            assert_eq!(find(name), None, "{name}");
        }
    }

    #[test]
    fn the_pages_that_the_service_names_are_there() {
        for name in [
            "graph/secret",
            "graph/permissions",
            "graph/ids",
            "graph/limit",
            "cloudAppOnly/allowList",
            "cloudAppOnly/secret",
            "cloudAppOnly/manifest",
            "cloudAppOnly/ids",
            "cloudAppOnly/end",
            "cloud/gone",
            "onPremises/account",
            "onPremises/impersonation",
            "onPremises/server",
            "onPremises/certificate",
            "onPremises/protection",
            "onPremises/quota",
        ] {
            assert!(find(name).is_some(), "{name}");
        }
    }
}
