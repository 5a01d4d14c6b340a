//! One CR inside a policy, with the entry of the PolicyGenTemplate that it comes from.

use crate::yaml::{NodeRef, Place, Value};

/// A CR that a policy demands.
#[derive(Debug)]
pub struct Cr<'r> {
    /// As the policy has it.
    pub value: &'r Value,
    /// The policy.
    pub policy: &'r str,
    /// `musthave`, `mustonlyhave` or `mustnothave`.
    pub compliance: &'r str,
    /// The deploy wave of the policy, when it is a number.
    pub wave: Option<i64>,
    /// The entry of `sourceFiles`.
    pub entry: NodeRef<'r>,
}

impl<'r> Cr<'r> {
    /// A text inside it, "" when there is none.
    pub fn text(&self, path: &[&str]) -> &'r str {
        self.value.at(path).and_then(Value::as_str).unwrap_or_default()
    }

    /// `kind`.
    pub fn kind(&self) -> &'r str {
        self.text(&["kind"])
    }

    /// `metadata.name`.
    pub fn name(&self) -> &'r str {
        self.text(&["metadata", "name"])
    }

    /// `metadata.namespace`.
    pub fn namespace(&self) -> &'r str {
        self.text(&["metadata", "namespace"])
    }

    /// `PtpConfig "openshift-ptp/slave"`.
    pub fn shown(&self) -> String {
        match self.namespace() {
            "" => format!("{} \"{}\"", self.kind(), self.name()),
            namespace => format!("{} \"{namespace}/{}\"", self.kind(), self.name()),
        }
    }

    /// Whether it must be there.
    pub fn is_demanded(&self) -> bool {
        !self.compliance.eq_ignore_ascii_case("mustnothave")
    }

    /// Where the entry begins: its `fileName`.
    pub fn place(&self) -> Place {
        let file_name = self.entry.entries().find(|(key, _)| key.text() == Some("fileName"));
        file_name.map_or(self.entry, |(key, _)| key).place()
    }

    /// Where the entry sets a field, else where the entry begins.
    pub fn place_of(&self, path: &[&str]) -> Place {
        let set = path.iter().try_fold(self.entry, |node, key| match key.parse::<usize>() {
            Ok(index) => node.items().nth(index),
            Err(_) => node.get(key),
        });
        set.map_or_else(|| self.place(), NodeRef::place)
    }
}
