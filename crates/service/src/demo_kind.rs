//! What `--demo` simulates.

/// Where the calendars of the demo are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DemoKind {
    /// In a simulated Microsoft 365, read over Microsoft Graph.
    Graph,
    /// At a simulated local Exchange, read over Exchange Web Services.
    Exchange,
}

/// The value of `--demo`. In the environment it can say, like other switches, that there is to be none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DemoArgument(pub Option<DemoKind>);

impl std::str::FromStr for DemoArgument {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.to_ascii_lowercase().as_str() {
            "graph" | "y" | "yes" | "t" | "true" | "on" | "1" => Ok(Self(Some(DemoKind::Graph))),
            "exchange" => Ok(Self(Some(DemoKind::Exchange))),
            "n" | "no" | "f" | "false" | "off" | "0" => Ok(Self(None)),
            _ => Err("expected graph or exchange"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_can_say_it_like_a_switch() {
        let read = |text: &str| text.parse::<DemoArgument>().map(|DemoArgument(kind)| kind);
        assert_eq!(read("Exchange"), Ok(Some(DemoKind::Exchange)));
        assert_eq!((read("true"), read("graph")), (Ok(Some(DemoKind::Graph)), Ok(Some(DemoKind::Graph))));
        assert_eq!((read("false"), read("0")), (Ok(None), Ok(None)));
        assert_eq!(read("google"), Err("expected graph or exchange"));
    }
}
