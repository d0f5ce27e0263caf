use app_objects::{Failed, Health, Kind, Object, ObjectSpec, Problem, Step};
use kit::Words;

/// What the section shows.
#[derive(Clone, Debug, Default)]
pub struct Objects {
    /// The objects in the PBX, once it was asked.
    pub found: Option<Result<Vec<Object>, Problem>>,
    /// What is open in one of the rows.
    pub open: Open,
    /// What is to be said about the last change.
    pub feedback: Option<Feedback>,
    /// Whether a change is under way.
    pub is_busy: bool,
}

/// What is open in one of the rows.
#[derive(Clone, Debug, Default)]
pub enum Open {
    /// Nothing.
    #[default]
    Nothing,
    /// Fields for what an object is to be.
    Editor(ObjectSpec),
    /// The question whether the object with this GUID is to be deleted.
    Deletion(String),
}

/// Something to be said about a change.
#[derive(Clone, Debug)]
pub enum Feedback {
    /// It is under way.
    Working,
    /// It was done, with the object of this name.
    Done(Words, String),
    /// The object has no name.
    NamesMissing,
    /// It was not done, or not completely.
    Failed(Failed),
    /// The object is still there.
    NotDeleted(Problem),
}

impl Objects {
    /// The objects that were found.
    pub fn found(&self) -> &[Object] {
        match &self.found {
            Some(Ok(found)) => found,
            _ => &[],
        }
    }

    /// An object by its GUID.
    pub fn object(&self, guid: &str) -> Option<&Object> {
        self.found().iter().find(|object| object.guid == guid)
    }

    /// What identifies the rows: GUIDs, and names of apps that have no object.
    pub fn keys(&self) -> Vec<String> {
        if !matches!(self.found, Some(Ok(_))) {
            return Vec::new();
        }
        Kind::ALL.into_iter().flat_map(|kind| self.keys_of(kind)).collect()
    }

    /// The same of one kind.
    pub fn keys_of(&self, kind: Kind) -> Vec<String> {
        let objects = self.found().iter().filter(|object| object.kind == kind);
        let mut keys: Vec<String> = objects.map(|object| object.guid.clone()).collect();
        if keys.is_empty() {
            keys.push(kind.app().to_owned());
        }
        keys
    }

    /// Whether more may be known soon: the PBX is about to connect, or the service, which ends its connections when
    /// its password changes, could not be asked.
    pub fn is_settling(&self) -> bool {
        self.found().iter().any(|object| matches!(object.health, Health::NotConnected | Health::Unknown))
    }

    /// Takes over what became of a change. What can be tried again stays open.
    pub fn settle(&mut self, feedback: Feedback) {
        self.is_busy = false;
        match (&feedback, &mut self.open) {
            (Feedback::Failed(Failed { step: Step::Object, .. }), _) => {}
            (Feedback::Failed(Failed { step: Step::Templates, .. }), Open::Editor(spec)) => {
                // It is there now, so that it is not created once more.
                if let Some(Ok(found)) = &self.found {
                    spec.guid =
                        found.iter().find(|object| object.sip == spec.sip).map(|object| object.guid.clone());
                }
            }
            (_, open) => *open = Open::Nothing,
        }
        self.feedback = Some(feedback);
    }
}
