//! What a watch knows of its objects now.

use std::collections::HashSet;

use serde_json::Value;

use super::follow::News;
use crate::inventory::{Query, Recorded};
use crate::resource::Resource;

/// The objects as they are known now.
pub(super) struct Picture {
    recorded: Recorded,
    /// What is shown before the first lists are complete.
    nothing: Recorded,
    queries: Vec<Known>,
    changed: bool,
}

/// What is known of one query.
struct Known {
    resource: Resource,
    /// `None` until its first list is complete.
    names: Option<HashSet<Name>>,
}

/// Namespace and name.
type Name = (String, String);

impl Picture {
    pub(super) fn new(queries: &[Query<'_>], name: &str) -> Self {
        Self {
            recorded: Recorded::named(name),
            nothing: Recorded::named(name),
            queries: queries.iter().map(|query| Known { resource: query.resource, names: None }).collect(),
            changed: true,
        }
    }

    /// What is there; nothing as long as a list is missing.
    pub(super) fn recorded(&self) -> &Recorded {
        if self.is_complete() { &self.recorded } else { &self.nothing }
    }

    fn is_complete(&self) -> bool {
        self.queries.iter().all(|known| known.names.is_some())
    }

    /// Whether there is something to tell, all lists being complete.
    pub(super) fn is_new(&mut self) -> bool {
        self.is_complete() && std::mem::take(&mut self.changed)
    }

    /// There is something to tell although nothing has changed.
    pub(super) fn touch(&mut self) {
        self.changed = true;
    }

    pub(super) fn take(&mut self, number: usize, news: News) {
        match news {
            News::Listed(objects) => {
                let listed: HashSet<Name> = objects.iter().map(name_of).collect();
                objects.into_iter().for_each(|object| self.recorded.add(object));
                let Some(known) = self.queries.get_mut(number) else { return };
                let before = known.names.replace(listed).unwrap_or_default();
                before.into_iter().for_each(|name| self.forget_unlisted(number, &name));
            }
            News::Put(object) => {
                if let Some(known) = self.queries.get_mut(number) {
                    known.names.get_or_insert_default().insert(name_of(&object));
                }
                self.recorded.add(object);
            }
            News::Gone(object) => {
                let name = name_of(&object);
                if let Some(names) = self.queries.get_mut(number).and_then(|known| known.names.as_mut()) {
                    names.remove(&name);
                }
                self.forget_unlisted(number, &name);
            }
            News::Alive | News::Trouble(_) => return,
        }
        self.changed = true;
    }

    /// Takes an object out unless a query has it: one that leaves a query may have come to another.
    fn forget_unlisted(&mut self, number: usize, name: &Name) {
        let Some(resource) = self.queries.get(number).map(|known| known.resource) else { return };
        let has = |known: &Known| known.resource == resource && known.names.as_ref().is_some_and(|n| n.contains(name));
        if !self.queries.iter().any(has) {
            self.recorded.remove(resource, &name.0, &name.1);
        }
    }
}

fn name_of(object: &Value) -> Name {
    let text = |key: &str| object["metadata"][key].as_str().unwrap_or_default().to_owned();
    (text("namespace"), text("name"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::Inventory;
    use serde_json::json;

    fn object(name: &str) -> Value {
        json!({"apiVersion": "policy.open-cluster-management.io/v1", "kind": "Policy",
            "metadata": {"name": name, "namespace": "n"}})
    }

    fn names(picture: &Picture) -> Vec<Value> {
        let mut names = vec![];
        let all = Query::all(Resource::POLICY);
        picture.recorded().each(&all, &mut |object| names.push(object["metadata"]["name"].clone())).unwrap();
        names
    }

    #[test]
    fn a_list_that_starts_anew_takes_out_what_has_gone_meanwhile() {
        let mut picture = Picture::new(&[Query::all(Resource::POLICY)], "test");
        assert!(!picture.is_new());
        picture.take(0, News::Listed(vec![object("a"), object("b")]));
        assert!(picture.is_new() && !picture.is_new());
        picture.take(0, News::Listed(vec![object("b")]));
        picture.take(0, News::Put(object("c")));
        assert_eq!(names(&picture), ["b", "c"]);
        picture.take(0, News::Gone(object("b")));
        assert_eq!(names(&picture), ["c"]);
    }

    #[test]
    fn nothing_is_shown_before_all_lists_are_there() {
        let mut picture = Picture::new(&[Query::all(Resource::POLICY), Query::all(Resource::CONFIG_MAP)], "test");
        picture.take(0, News::Listed(vec![object("a")]));
        assert!(!picture.is_new() && names(&picture).is_empty());
        // The server does not have the other kind.
        picture.take(1, News::Listed(vec![]));
        assert!(picture.is_new());
        assert_eq!(names(&picture), ["a"]);
    }

    #[test]
    fn an_object_that_goes_from_one_query_to_another_stays() {
        let all = Query::all(Resource::POLICY);
        let mut picture = Picture::new(&[all.with_label("x"), all.without_label("x")], "test");
        picture.take(0, News::Listed(vec![object("a")]));
        picture.take(1, News::Listed(vec![]));
        picture.take(1, News::Put(object("a")));
        picture.take(0, News::Gone(object("a")));
        assert_eq!(names(&picture), ["a"]);
    }
}
