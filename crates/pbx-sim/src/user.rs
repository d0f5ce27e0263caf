use serde::Deserialize;

/// A user object, as far as the table of users shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    /// Identifies the object for ever: 32 hexadecimal digits.
    pub guid: String,
    /// Name of the user, unique in the PBX; `sip` of the other APIs.
    pub h323: String,
    /// Long name.
    #[serde(default)]
    pub cn: String,
    /// Display name.
    #[serde(default)]
    pub dn: String,
    /// Phone number.
    #[serde(default)]
    pub e164: String,
    /// Whether `h323` at the domain is an e-mail address of the user.
    #[serde(default, rename = "h323-email")]
    pub h323_email: bool,
    /// Further e-mail addresses; one entry may hold several, separated by semicolons.
    #[serde(default)]
    pub emails: Vec<String>,
    /// Name of the PBX that the user belongs to.
    #[serde(default)]
    pub loc: String,
    /// Name of the configuration template; empty if there is none.
    #[serde(default)]
    pub config: String,
    /// Names of the groups that the user is in.
    #[serde(default)]
    pub grps: Vec<String>,
}

impl User {
    /// A user of the location `master` who is called as the name says.
    pub fn new(guid: &str, h323: &str) -> Self {
        Self {
            guid: guid.into(),
            h323: h323.into(),
            cn: h323.into(),
            dn: h323.into(),
            loc: "master".into(),
            ..Self::default()
        }
    }

    /// The `number`th of as many users as wanted: `user7`, called User 7.
    pub fn numbered(number: u32) -> Self {
        let name = format!("User {number}");
        Self {
            cn: name.clone(),
            dn: name,
            e164: format!("{}", 1000 + u64::from(number)),
            ..Self::new(&format!("{number:032x}"), &format!("user{number}"))
        }
    }
}
