use serde_json::Value as Json;

use crate::transport::{Message, Peer, Problem, Transport, ask, body, objects, text};

/// As many as the PBX gives at once.
const PAGE: u32 = 50;
/// More pages than any PBX has, in case one says of its last page that there is more.
const MAX_PAGES: usize = 1000;

/// A config template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its name.
    pub cn: String,
    /// Whether it gave the object to its users when it was read.
    pub had_object: bool,
    /// Whether it is to.
    pub has_object: bool,
}

/// All templates, and which of them have the object with this `h323`.
pub async fn templates(transport: &dyn Transport, sip: &str) -> Result<Vec<Template>, Problem> {
    let mut templates = Vec::new();
    for cn in names(transport).await? {
        let has_object = !sip.is_empty() && apps(&read(transport, &cn).await?).any(|app| app == sip);
        templates.push(Template { cn, had_object: has_object, has_object });
    }
    Ok(templates)
}

async fn names(transport: &dyn Transport) -> Result<Vec<String>, Problem> {
    let mut names = Vec::new();
    let mut more = String::new();
    for _ in 0..MAX_PAGES {
        let page = body([("more", Json::from(&*more)), ("limit", Json::from(PAGE))]);
        let reply = ask(transport, Peer::Pbx, "GetConfigObjects", page).await?;
        names.extend(objects(&reply).map(|object| text(object, "cn").to_owned()));
        text(&reply, "more").clone_into(&mut more);
        // A PBX before 13r3 knows no pages and gives all at once.
        if more.is_empty() {
            break;
        }
    }
    Ok(names)
}

/// Takes the object out of a template under one `h323` and puts it in under another. The template is read at the
/// last moment, because nothing keeps others from writing it meanwhile.
pub async fn change(
    transport: &dyn Transport,
    cn: &str,
    old: &str,
    new: Option<&str>,
) -> Result<(), Problem> {
    let template = read(transport, cn).await?;
    let had: Vec<&str> = apps(&template).collect();
    let mut has: Vec<&str> = had.iter().copied().filter(|app| *app != old && Some(*app) != new).collect();
    // Where it stood, if it stood there already.
    let place = had.iter().position(|app| *app == old || Some(*app) == new).unwrap_or(has.len());
    if let Some(new) = new {
        has.insert(place.min(has.len()), new);
    }
    if has == had {
        return Ok(());
    }
    let update = body([
        ("cn", Json::from(cn)),
        ("guid", Json::from(text(&template, "guid"))),
        ("apps", Json::from(has.join(","))),
    ]);
    ask(transport, Peer::Pbx, "UpdateObject", update).await.map(drop)
}

/// A template without what it inherits: written back, that would become its own.
async fn read(transport: &dyn Transport, cn: &str) -> Result<Message, Problem> {
    let wanted = body([("cn", Json::from(cn)), ("template", Json::from("without"))]);
    ask(transport, Peer::Pbx, "GetObject", wanted).await
}

fn apps(template: &Message) -> impl Iterator<Item = &str> {
    text(template, "apps").split(',').map(str::trim).filter(|app| !app.is_empty())
}
