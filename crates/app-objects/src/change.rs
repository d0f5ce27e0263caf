use serde_json::Value as Json;

use crate::kind::Kind;
use crate::list::{Addresses, Health, Object, list};
use crate::templates::{self, Template};
use crate::transport::{Message, Peer, Problem, Transport, ask, body, text};

/// What an App object is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectSpec {
    /// What it is for.
    pub kind: Kind,
    /// Which object it is; a new one has none.
    pub guid: Option<String>,
    /// Its name.
    pub name: String,
    /// Its `h323`.
    pub sip: String,
    /// The `h323` that it had.
    pub old_sip: String,
    /// All templates.
    pub templates: Vec<Template>,
}

impl ObjectSpec {
    /// An object as it is, or a new one as it would be by default, with all templates.
    pub async fn new(
        transport: &dyn Transport,
        kind: Kind,
        object: Option<&Object>,
    ) -> Result<Self, Problem> {
        let (name, sip) = match object {
            Some(object) => names(transport, &object.guid).await?,
            None => (kind.names().0.to_owned(), kind.names().1.to_owned()),
        };
        let old_sip = if object.is_some() { sip.clone() } else { String::new() };
        let templates = templates::templates(transport, &old_sip).await?;
        Ok(Self { kind, guid: object.map(|object| object.guid.clone()), name, sip, old_sip, templates })
    }
}

/// How far a change had come when it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The object is as it was.
    Object,
    /// The object is written, but not every template.
    Templates,
    /// The object is written, but the instance has another password.
    Password,
}

/// What became of a change that was not completed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// Where.
    pub step: Step,
    /// Why.
    pub problem: Problem,
}

/// The password of an object.
enum Password {
    /// Stays.
    Kept,
    /// Is that of another object, named by its `h323`.
    Copied(String),
    /// Is a new one, which the instance has to take as well.
    New(String),
}

/// Creates an object, or changes one. Password and templates last: the object has to be there for either.
pub async fn save(transport: &dyn Transport, addresses: &Addresses, spec: &ObjectSpec) -> Result<(), Failed> {
    let password = match spec.guid {
        Some(_) => Password::Kept,
        None => password(transport, addresses, None).await.map_err(at(Step::Object))?,
    };
    let guid = spec.guid.as_deref();
    write(transport, addresses, spec.kind, guid, &spec.name, &spec.sip, &password)
        .await
        .map_err(at(Step::Object))?;
    let templates = change_templates(transport, spec).await.map_err(at(Step::Templates));
    // Even if a template was refused: without this the object would not work for anybody.
    set_password(transport, password).await.map_err(at(Step::Password))?;
    templates
}

/// Gives an object what the service needs: the address, the checkmarks, a password that both sides know.
pub async fn repair(transport: &dyn Transport, addresses: &Addresses, object: &Object) -> Result<(), Failed> {
    let password = match object.health {
        Health::WrongPassword => {
            password(transport, addresses, Some(&object.guid)).await.map_err(at(Step::Object))?
        }
        _ => Password::Kept,
    };
    let guid = object.guid.as_str();
    let (name, sip) = names(transport, guid).await.map_err(at(Step::Object))?;
    let written = write(transport, addresses, object.kind, Some(guid), &name, &sip, &password).await;
    written.map_err(at(Step::Object))?;
    set_password(transport, password).await.map_err(at(Step::Password))
}

/// `cn` and `h323` of an object. A list shows something else in place of the first where there is a display name.
async fn names(transport: &dyn Transport, guid: &str) -> Result<(String, String), Problem> {
    let object = ask(transport, Peer::Pbx, "GetObject", body([("guid", Json::from(guid))])).await?;
    Ok((text(&object, "cn").to_owned(), text(&object, "h323").to_owned()))
}

fn at(step: Step) -> impl FnOnce(Problem) -> Failed {
    move |problem| Failed { step, problem }
}

/// The password that works already, if another object has it; else a new one. That would lock out every object that
/// works, so all of them must be known not to.
async fn password(
    transport: &dyn Transport,
    addresses: &Addresses,
    own: Option<&str>,
) -> Result<Password, Problem> {
    let others = list(transport, addresses).await?;
    let mut others = others.into_iter().filter(|other| Some(&*other.guid) != own);
    let mut is_unknown = false;
    let source = others.find(|other| {
        is_unknown |= other.health == Health::Unknown;
        other.has_password()
    });
    match source {
        Some(source) => Ok(Password::Copied(source.sip)),
        None if is_unknown => Err(Problem::Unchecked),
        None => transport.new_password().map(Password::New).ok_or(Problem::Unchecked),
    }
}

async fn write(
    transport: &dyn Transport,
    addresses: &Addresses,
    kind: Kind,
    guid: Option<&str>,
    name: &str,
    sip: &str,
    password: &Password,
) -> Result<(), Problem> {
    let mut object = body([
        ("cn", Json::from(name)),
        ("h323", Json::from(sip)),
        // Users do not find it in the directory, and it is not counted among them.
        ("hide", Json::Bool(true)),
        ("critical", Json::Bool(true)),
        ("pseudo", kind.pseudo(addresses.page(kind))),
    ]);
    let mut add = |name: &str, value: &str| object.insert(name.to_owned(), Json::from(value));
    if let Some(guid) = guid {
        add("guid", guid);
    }
    match password {
        Password::Kept => None,
        Password::Copied(source) => add("copyPwd", source),
        Password::New(password) => add("pwd", password),
    };
    update(transport, object).await
}

async fn update(transport: &dyn Transport, object: Message) -> Result<(), Problem> {
    ask(transport, Peer::Pbx, "UpdateObject", object).await.map(drop)
}

/// One after the other, each as if it were the only one: the first failure is told, the rest is done all the same.
async fn change_templates(transport: &dyn Transport, spec: &ObjectSpec) -> Result<(), Problem> {
    let mut result = Ok(());
    let is_renamed = spec.sip != spec.old_sip;
    for Template { cn, had_object, has_object } in &spec.templates {
        if had_object != has_object || (is_renamed && *has_object) {
            let new = has_object.then_some(&*spec.sip);
            result = result.and(templates::change(transport, cn, &spec.old_sip, new).await);
        }
    }
    result
}

async fn set_password(transport: &dyn Transport, password: Password) -> Result<(), Problem> {
    let Password::New(password) = password else { return Ok(()) };
    ask(transport, Peer::Platform, "SetInstancePassword", body([("pwd", Json::from(password))]))
        .await
        .map(drop)
}
