//! Where objects come from: one trait, whatever the source.
//!
//! [`Recorded`] holds what a folder, a file, a `List` or a must-gather contains; a live hub is another implementation.
//! [`Hub`](crate::rollout::Hub) and other facts are gathered through [`Inventory`] and nothing else.

mod archive;
mod content;
mod packing;
mod read;
mod recorded;

pub use archive::Limits;
pub use recorded::Recorded;

use jiff::Timestamp;
use serde_json::Value;

use crate::resource::Resource;

/// What is wanted of a source.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Query<'q> {
    /// The kind.
    pub resource: Resource,
    /// Only this namespace.
    pub namespace: Option<&'q str>,
    /// Only objects of this name.
    pub name: Option<&'q str>,
    /// Only objects that carry this label, with this value if one is given.
    pub with_label: Option<(&'q str, Option<&'q str>)>,
    /// Only objects that lack this label key.
    pub without_label: Option<&'q str>,
}

impl<'q> Query<'q> {
    /// All objects of a kind.
    pub fn all(resource: Resource) -> Self {
        Self { resource, namespace: None, name: None, with_label: None, without_label: None }
    }

    /// Only objects in a namespace.
    pub fn in_namespace(self, namespace: &'q str) -> Self {
        Self { namespace: Some(namespace), ..self }
    }

    /// Only objects of a name.
    pub fn named(self, name: &'q str) -> Self {
        Self { name: Some(name), ..self }
    }

    /// Only objects with a label, whatever its value.
    pub fn with_label(self, key: &'q str) -> Self {
        Self { with_label: Some((key, None)), ..self }
    }

    /// Only objects with a label of this value.
    pub fn with_label_value(self, key: &'q str, value: &'q str) -> Self {
        Self { with_label: Some((key, Some(value))), ..self }
    }

    /// Only objects without a label.
    pub fn without_label(self, key: &'q str) -> Self {
        Self { without_label: Some(key), ..self }
    }

    /// Whether few of very many objects are meant, such as 20 root policies beside their 70 000 copies. A server's
    /// database knows no selectors, and would hand it all of them; its memory, a moment old at most, does as well.
    pub fn is_few(&self) -> bool {
        self.with_label.is_some() || self.without_label.is_some() || self.name.is_some() && self.namespace.is_none()
    }

    /// Whether an object of that kind is meant.
    pub fn covers(&self, object: &Value) -> bool {
        let metadata = &object["metadata"];
        self.namespace.is_none_or(|wanted| metadata["namespace"].as_str().unwrap_or_default() == wanted)
            && self.name.is_none_or(|wanted| metadata["name"].as_str() == Some(wanted))
            && self.with_label.is_none_or(|(key, wanted)| {
                metadata["labels"].get(key).is_some_and(|value| wanted.is_none_or(|wanted| value == wanted))
            })
            && self.without_label.is_none_or(|key| metadata["labels"].get(key).is_none())
    }
}

/// A source of objects. Objects are lent one by one, so that a source may drop each page before it reads the next.
pub trait Inventory {
    /// Lends each object that the query covers, in the order of the source. A kind the source does not know has none.
    ///
    /// # Errors
    /// The source cannot answer.
    fn each(&self, query: &Query<'_>, visit: &mut dyn FnMut(&Value)) -> Result<(), InventoryError>;

    /// Answers several queries, each object with the number of its query; a live source asks for several at a time. The
    /// objects of one query keep their order, queries may mix.
    ///
    /// # Errors
    /// The source cannot answer.
    fn each_of(&self, queries: &[Query<'_>], visit: &mut dyn FnMut(usize, &Value)) -> Result<(), InventoryError> {
        queries.iter().enumerate().try_for_each(|(number, query)| self.each(query, &mut |object| visit(number, object)))
    }

    /// When the facts were recorded; `None` when they are live.
    fn recorded_at(&self) -> Option<Timestamp> {
        None
    }

    /// Whether it can tell that there is no object of a kind. A recording without any object of a kind may lack it only
    /// because nobody asked for it.
    fn proves_absence(&self) -> bool {
        true
    }

    /// What the source is, for "facts from …".
    fn describe(&self) -> String;
}

/// Why a source cannot answer.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct InventoryError {
    /// Lower case, no full stop: what failed, on what, and the way out.
    pub message: String,
    /// The reason below it.
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
    /// Whether the user may not read what was asked for.
    pub is_refused: bool,
}

impl InventoryError {
    /// An error without a reason below it.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), source: None, is_refused: false }
    }

    /// An error with its reason.
    pub fn because(message: impl Into<String>, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self { message: message.into(), source: Some(Box::new(source)), is_refused: false }
    }
}
