//! `$filter` on users: comparisons of addresses and names, joined by `or`.

use crate::directory::User;
use crate::error::Refusal;

/// Properties that can be filtered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Id,
    UserPrincipalName,
    Mail,
    ProxyAddresses,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Equals,
    StartsWith,
    EndsWith,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Clause {
    field: Field,
    operator: Operator,
    value: String,
}

/// Clauses of which one has to hold. Values are compared without letter case, as the directory does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filter(Vec<Clause>);

/// The directory takes no more clauses than these.
const MOST: usize = 15;

impl Filter {
    /// `advanced` tells whether the request is an advanced query, without which some operators are refused.
    pub(crate) fn parse(text: &str, advanced: bool) -> Result<Self, Refusal> {
        let mut parser = Parser { rest: text.trim() };
        let mut clauses = parser.clause()?;
        while !parser.rest.is_empty() {
            parser.word("or")?;
            clauses.extend(parser.clause()?);
        }
        if clauses.len() > MOST {
            let message = format!(
                "Too many child clauses specified in search filter expression containing 'OR' operators: {}. Max \
                 allowed: {MOST}.",
                clauses.len()
            );
            return Err(Refusal::new(400, "Request_UnsupportedQuery", message));
        }
        if !advanced && clauses.iter().any(|clause| clause.operator == Operator::EndsWith) {
            return Err(Refusal::new(
                400,
                "Request_UnsupportedQuery",
                "Operator 'endsWith' is not supported because the required parameters might be missing. Try adding \
                 $count=true query parameter and ConsistencyLevel:eventual header.",
            ));
        }
        Ok(Self(clauses))
    }

    pub(crate) fn holds(&self, user: &User) -> bool {
        self.0.iter().any(|clause| clause.holds(user))
    }

    /// Field and value of every clause, if all compare for equality.
    pub(crate) fn equalities(&self) -> Option<Vec<(Field, &str)>> {
        let equality = |clause: &Clause| clause.operator == Operator::Equals;
        let pairs = || self.0.iter().map(|clause| (clause.field, clause.value.as_str())).collect();
        self.0.iter().all(equality).then(pairs)
    }
}

impl Clause {
    fn holds(&self, user: &User) -> bool {
        let id = user.id.to_string();
        let texts: Vec<&str> = match self.field {
            Field::Id => vec![&id],
            Field::UserPrincipalName => vec![&user.user_principal_name],
            Field::Mail => user.mail.iter().map(String::as_str).collect(),
            Field::ProxyAddresses => user.proxy_addresses.iter().map(String::as_str).collect(),
        };
        let value = self.value.to_lowercase();
        texts.into_iter().map(str::to_lowercase).any(|text| match self.operator {
            Operator::Equals => text == value,
            Operator::StartsWith => text.starts_with(&value),
            Operator::EndsWith => text.ends_with(&value),
        })
    }
}

struct Parser<'a> {
    rest: &'a str,
}

impl<'a> Parser<'a> {
    /// One comparison; `in` makes several of it.
    fn clause(&mut self) -> Result<Vec<Clause>, Refusal> {
        let name = self.name()?;
        match name.to_lowercase().as_str() {
            "startswith" | "endswith" => Ok(vec![self.function(name, None)?]),
            _ => {
                let field = field(name)?;
                if self.take("/any(") { Ok(vec![self.any(field)?]) } else { self.comparison(field) }
            }
        }
    }

    /// `startsWith(mail,'anna')`; within a lambda the first argument is its variable.
    fn function(&mut self, name: &str, variable: Option<(&str, Field)>) -> Result<Clause, Refusal> {
        self.need("(")?;
        let argument = self.name()?;
        let field = match variable {
            Some((variable, field)) if variable == argument => field,
            Some(_) => return Err(self.invalid()),
            None => single(field(argument)?).ok_or_else(|| self.invalid())?,
        };
        self.need(",")?;
        let value = self.text()?;
        self.need(")")?;
        let operator =
            if name.eq_ignore_ascii_case("startswith") { Operator::StartsWith } else { Operator::EndsWith };
        Ok(Clause { field, operator, value })
    }

    /// `proxyAddresses/any(p:p eq 'smtp:anna@contoso.example')`.
    fn any(&mut self, field: Field) -> Result<Clause, Refusal> {
        if field != Field::ProxyAddresses {
            return Err(self.invalid());
        }
        let variable = self.name()?;
        self.need(":")?;
        let name = self.name()?;
        let clause = if name == variable {
            self.word("eq")?;
            Clause { field, operator: Operator::Equals, value: self.text()? }
        } else {
            self.function(name, Some((variable, field)))?
        };
        self.need(")")?;
        Ok(clause)
    }

    /// `mail eq 'x'` or `mail in ('x','y')`.
    fn comparison(&mut self, field: Field) -> Result<Vec<Clause>, Refusal> {
        let field = single(field).ok_or_else(|| self.invalid())?;
        let equals = |value| Clause { field, operator: Operator::Equals, value };
        let operator = self.name()?;
        if operator.eq_ignore_ascii_case("eq") {
            return Ok(vec![equals(self.text()?)]);
        }
        if !operator.eq_ignore_ascii_case("in") {
            let message =
                format!("graph-sim does not implement the operator '{operator}' (docs/stand-ins.md).");
            return Err(Refusal::new(501, "NotImplemented", message));
        }
        self.need("(")?;
        let mut clauses = vec![equals(self.text()?)];
        while self.take(",") {
            clauses.push(equals(self.text()?));
        }
        self.need(")")?;
        Ok(clauses)
    }

    fn name(&mut self) -> Result<&'a str, Refusal> {
        self.rest = self.rest.trim_start();
        let end = self.rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(self.rest.len());
        let (name, rest) =
            self.rest.split_at_checked(end).filter(|_| end > 0).ok_or_else(|| self.invalid())?;
        self.rest = rest;
        Ok(name)
    }

    fn word(&mut self, word: &str) -> Result<(), Refusal> {
        let name = self.name()?;
        if name.eq_ignore_ascii_case(word) { Ok(()) } else { Err(self.invalid()) }
    }

    /// A text in single quotes, of which a doubled one stands for itself.
    fn text(&mut self) -> Result<String, Refusal> {
        self.need("'")?;
        let mut value = String::new();
        loop {
            let (part, rest) = self.rest.split_once('\'').ok_or_else(|| self.invalid())?;
            value.push_str(part);
            let Some(more) = rest.strip_prefix('\'') else {
                self.rest = rest.trim_start();
                return Ok(value);
            };
            value.push('\'');
            self.rest = more;
        }
    }

    fn take(&mut self, token: &str) -> bool {
        let rest = self.rest.trim_start().strip_prefix(token);
        if let Some(rest) = rest {
            self.rest = rest;
        }
        rest.is_some()
    }

    fn need(&mut self, token: &str) -> Result<(), Refusal> {
        if self.take(token) { Ok(()) } else { Err(self.invalid()) }
    }

    fn invalid(&self) -> Refusal {
        let message = format!("Invalid filter clause: syntax error before '{}'.", self.rest);
        Refusal::new(400, "BadRequest", message)
    }
}

fn field(name: &str) -> Result<Field, Refusal> {
    match name {
        "id" => Ok(Field::Id),
        "userPrincipalName" => Ok(Field::UserPrincipalName),
        "mail" => Ok(Field::Mail),
        "proxyAddresses" => Ok(Field::ProxyAddresses),
        _ => {
            let message = format!("graph-sim does not filter users by '{name}' (docs/stand-ins.md).");
            Err(Refusal::new(501, "NotImplemented", message))
        }
    }
}

/// Collections are compared within `any` alone.
fn single(field: Field) -> Option<Field> {
    (field != Field::ProxyAddresses).then_some(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(filter: &str) -> bool {
        let mut user = User::new("Anna.O'Neil@contoso.example");
        user.proxy_addresses.push("smtp:anna@contoso.example".into());
        Filter::parse(filter, true).unwrap().holds(&user)
    }

    fn code(filter: &str) -> (u16, String) {
        let refusal = Filter::parse(filter, false).unwrap_err();
        (refusal.status, refusal.code.into_owned())
    }

    #[test]
    fn addresses_are_compared_without_letter_case() {
        assert!(holds("mail eq 'anna.o''neil@CONTOSO.example'"));
        assert!(!holds("mail eq 'anna@contoso.example'"));
        assert!(holds("proxyAddresses/any(p:p eq 'SMTP:anna@contoso.example')"));
        assert!(holds("proxyAddresses/any(x: startsWith(x, 'smtp:anna@'))"));
        assert!(holds("mail eq 'x' or proxyAddresses/any(p:p eq 'smtp:anna@contoso.example')"));
        assert!(holds("userPrincipalName in ('x', 'anna.o''neil@contoso.example')"));
        assert!(holds("endsWith(mail,'@contoso.example')"));
        assert!(!holds("startswith(mail,'ben')"));
    }

    #[test]
    fn what_the_directory_refuses_is_refused() {
        let or = vec!["mail eq 'x'"; 16].join(" or ");
        assert_eq!(code(&or), (400, "Request_UnsupportedQuery".into()));
        assert_eq!(code("endsWith(mail,'x')"), (400, "Request_UnsupportedQuery".into()));
        for broken in [
            "",
            "mail",
            "mail eq",
            "mail eq x",
            "mail eq 'x",
            "mail eq 'x' and mail eq 'y'",
            "mail eq 'x' or",
            "proxyAddresses eq 'x'",
            "proxyAddresses/any(p:q eq 'x')",
            "mail/any(p:p eq 'x')",
        ] {
            assert_eq!(code(broken), (400, "BadRequest".into()), "{broken}");
        }
    }

    #[test]
    fn what_is_left_out_says_so() {
        assert_eq!(code("surname eq 'x'").0, 501);
        assert_eq!(code("mail ne 'x'").0, 501);
    }
}
