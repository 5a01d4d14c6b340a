//! Objects in memory, from files.

use std::collections::HashMap;
use std::path::Path;

use jiff::Timestamp;
use serde_json::Value;

use super::archive::Limits;
use super::{Inventory, InventoryError, Query, read};
use crate::resource::Resource;

/// Objects that were recorded: by `oc get -o yaml`, by a must-gather, or by hand.
#[derive(Debug, Default)]
pub struct Recorded {
    by_kind: HashMap<(String, String), Vec<Value>>,
    seen: HashMap<Identity, usize>,
    recorded_at: Option<Timestamp>,
    name: String,
    /// Whether an older state of an object that is there already is passed over.
    newest_wins: bool,
    skipped: Vec<String>,
}

/// How deep lists in lists are taken apart.
const MAX_LISTS: usize = 8;

/// Group, kind, namespace, name.
type Identity = (String, String, String, String);

impl Recorded {
    /// Nothing yet, under the name that reports use for it.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Nothing yet of recordings, which may hold different states of one object in any order.
    pub(super) fn of_files(name: impl Into<String>) -> Self {
        Self { newest_wins: true, ..Self::named(name) }
    }

    /// Reads a folder, a file of YAML or JSON, a `List`, a must-gather folder or its `.tar.gz`, or for `-` standard
    /// input. Files without objects are passed over; what cannot be read is listed in [`Recorded::skipped`].
    ///
    /// # Errors
    /// The path cannot be read, an archive breaks its limits, or there is no object at all.
    pub fn open(path: &Path, limits: &Limits) -> Result<Self, InventoryError> {
        read::open(path, limits)
    }

    /// As [`Recorded::open`], but that there is no object is no error.
    ///
    /// # Errors
    /// The path cannot be read, or an archive breaks its limits.
    pub fn open_or_empty(path: &Path, limits: &Limits) -> Result<Self, InventoryError> {
        read::open_or_empty(path, limits)
    }

    /// Reads a text of YAML documents or one of JSON. When it was recorded stays unknown.
    ///
    /// # Errors
    /// There is no object in it.
    pub fn from_bytes(name: &str, content: Vec<u8>) -> Result<Self, InventoryError> {
        read::bytes(name, content)
    }

    /// Adds an object, or each item of a `List` or an array; of two with the same name the later one wins, among files the newer
    /// state. Anything else is no object and changes nothing.
    pub fn add(&mut self, object: Value) {
        self.add_item(object, None, MAX_LISTS);
    }

    /// Items of a typed list (`PolicyList`) may leave out what the list says for all of them.
    fn add_item(&mut self, object: Value, of_list: Option<(&str, &str)>, depth: usize) {
        let mut map = match object {
            Value::Object(map) => map,
            Value::Array(items) => return self.add_items(items, of_list, depth),
            _ => return,
        };
        if let Some((api_version, kind)) = of_list {
            map.entry("apiVersion").or_insert_with(|| api_version.into());
            map.entry("kind").or_insert_with(|| kind.into());
        }
        let text = |key| map.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (api_version, kind) = (text("apiVersion"), text("kind"));
        if api_version.is_empty() || kind.is_empty() {
            return;
        }
        if let Some(item_kind) = kind.strip_suffix("List")
            && let Some(Value::Array(items)) = map.remove("items")
        {
            let of_list = (!item_kind.is_empty()).then_some((api_version.as_str(), item_kind));
            return self.add_items(items, of_list, depth);
        }
        self.add_object(&api_version, kind, Value::Object(map));
    }

    fn add_items(&mut self, items: Vec<Value>, of_list: Option<(&str, &str)>, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else {
            return self.skip(format!("lists in {} nest too deeply; the innermost were left out", self.name));
        };
        items.into_iter().for_each(|item| self.add_item(item, of_list, depth));
    }

    fn add_object(&mut self, api_version: &str, kind: String, object: Value) {
        let group = api_version.split_once('/').map_or("", |(group, _)| group).to_owned();
        let text = |key: &str| object["metadata"][key].as_str().unwrap_or_default().to_owned();
        let identity = (group.clone(), kind.clone(), text("namespace"), text("name"));
        let objects = self.by_kind.entry((group, kind)).or_default();
        match self.seen.get(&identity).and_then(|at| objects.get_mut(*at)) {
            Some(earlier) if self.newest_wins && is_newer(earlier, &object) => {}
            Some(earlier) => *earlier = object,
            None => {
                self.seen.insert(identity, objects.len());
                objects.push(object);
            }
        }
    }

    /// Takes an object out again, as after a watch says that it is gone.
    pub fn remove(&mut self, resource: Resource, namespace: &str, name: &str) {
        let (group, kind) = (resource.group.to_owned(), resource.kind.to_owned());
        let identity = (group.clone(), kind.clone(), namespace.to_owned(), name.to_owned());
        let Some(at) = self.seen.remove(&identity) else { return };
        let Some(objects) = self.by_kind.get_mut(&(group.clone(), kind.clone())) else { return };
        objects.swap_remove(at);
        // The last object has moved to the place that became free.
        if let Some(moved) = objects.get(at) {
            let text = |key: &str| moved["metadata"][key].as_str().unwrap_or_default().to_owned();
            self.seen.insert((group, kind, text("namespace"), text("name")), at);
        }
    }

    /// Says when the facts were recorded.
    pub fn set_recorded_at(&mut self, at: Timestamp) {
        self.recorded_at = Some(at);
    }

    /// What could not be read, a sentence each.
    pub fn skipped(&self) -> &[String] {
        &self.skipped
    }

    pub(super) fn skip(&mut self, sentence: String) {
        self.skipped.push(sentence);
    }

    /// How many objects there are.
    pub fn len(&self) -> usize {
        self.seen.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }

    fn of(&self, resource: Resource) -> &[Value] {
        let key = (resource.group.to_owned(), resource.kind.to_owned());
        self.by_kind.get(&key).map_or(&[], Vec::as_slice)
    }
}

/// Whether an object is a later state of the other: versions of one and the same object are numbers that grow.
fn is_newer(object: &Value, other: &Value) -> bool {
    let version = |object: &Value| object["metadata"]["resourceVersion"].as_str()?.parse::<u64>().ok();
    let uid = |object: &Value| object["metadata"]["uid"].as_str().map(str::to_owned);
    let is_same = uid(object).zip(uid(other)).is_none_or(|(one, two)| one == two);
    is_same && version(object).zip(version(other)).is_some_and(|(one, two)| one > two)
}

impl Inventory for Recorded {
    fn each(&self, query: &Query<'_>, visit: &mut dyn FnMut(&Value)) -> Result<(), InventoryError> {
        self.of(query.resource).iter().filter(|object| query.covers(object)).for_each(visit);
        Ok(())
    }

    fn recorded_at(&self) -> Option<Timestamp> {
        self.recorded_at
    }

    fn proves_absence(&self) -> bool {
        false
    }

    fn describe(&self) -> String {
        self.name.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn names(inventory: &Recorded, query: Query<'_>) -> Vec<String> {
        let mut names = Vec::new();
        inventory.each(&query, &mut |o| names.push(o["metadata"]["name"].as_str().unwrap().to_owned())).unwrap();
        names
    }

    #[test]
    fn lists_are_taken_apart_and_later_objects_win() {
        let mut recorded = Recorded::named("test");
        recorded.add(json!({"apiVersion": "policy.open-cluster-management.io/v1", "kind": "PolicyList", "items": [
            {"metadata": {"name": "a", "namespace": "n"}},
            {"metadata": {"name": "n.a", "namespace": "sno1", "labels": {"root": ""}}},
        ]}));
        recorded.add(json!({"apiVersion": "policy.open-cluster-management.io/v1", "kind": "Policy",
            "metadata": {"name": "a", "namespace": "n"}}));
        let all = Query::all(Resource::POLICY);
        assert_eq!(names(&recorded, all), ["a", "n.a"]);
        assert_eq!(names(&recorded, all.with_label("root")), ["n.a"]);
        assert_eq!(names(&recorded, all.without_label("root").in_namespace("n")), ["a"]);
        assert_eq!(names(&recorded, Query::all(Resource::PLACEMENT)), [""; 0]);
    }

    #[test]
    fn lists_of_lists_are_taken_apart_up_to_a_depth() {
        let mut list = json!({"apiVersion": "v1", "kind": "ConfigMapList", "items": [{"metadata": {"name": "a"}}]});
        for _ in 0..3 {
            list = json!({"apiVersion": "v1", "kind": "List", "items": [list]});
        }
        let mut recorded = Recorded::named("test");
        recorded.add(list.clone());
        assert_eq!(names(&recorded, Query::all(Resource::CONFIG_MAP)), ["a"]);
        for _ in 0..10 {
            list = json!({"apiVersion": "v1", "kind": "List", "items": [list]});
        }
        let mut recorded = Recorded::named("test");
        recorded.add(list);
        assert_eq!((recorded.len(), recorded.skipped().len()), (0, 1));
    }

    #[test]
    fn of_an_object_in_several_recordings_the_newer_state_wins() {
        let map = |uid: &str, version: &str, v: i32| {
            json!({"apiVersion": "v1", "kind": "ConfigMap", "v": v,
            "metadata": {"name": "a", "uid": uid, "resourceVersion": version}})
        };
        let kept = |newest_wins, objects: [Value; 2]| {
            let mut recorded = Recorded { newest_wins, ..Recorded::named("test") };
            objects.into_iter().for_each(|object| recorded.add(object));
            recorded.of(Resource::CONFIG_MAP)[0]["v"].clone()
        };
        assert_eq!(kept(true, [map("x", "200", 1), map("x", "99", 2)]), 1);
        assert_eq!(kept(true, [map("x", "99", 1), map("x", "200", 2)]), 2);
        assert_eq!(kept(true, [map("x", "200", 1), map("y", "99", 2)]), 2);
        assert_eq!(kept(true, [map("x", "200", 1), map("x", "", 2)]), 2);
        assert_eq!(kept(false, [map("x", "200", 1), map("x", "99", 2)]), 2);
    }

    #[test]
    fn a_removed_object_leaves_the_others_in_reach() {
        let mut recorded = Recorded::named("test");
        let map =
            |name: &str, v: i32| json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "v": v});
        ["a", "b", "c"].iter().for_each(|name| recorded.add(map(name, 1)));
        recorded.remove(Resource::CONFIG_MAP, "", "a");
        recorded.add(map("c", 2));
        recorded.remove(Resource::CONFIG_MAP, "", "gone");
        assert_eq!(names(&recorded, Query::all(Resource::CONFIG_MAP)), ["c", "b"]);
        assert_eq!(recorded.of(Resource::CONFIG_MAP)[0]["v"], 2);
    }

    #[test]
    fn what_is_no_object_changes_nothing() {
        let mut recorded = Recorded::named("test");
        recorded.add(json!({"kind": "Kustomization"}));
        recorded.add(json!(["a", 1]));
        recorded.add(json!({"apiVersion": "v1", "kind": "List"}));
        assert!(names(&recorded, Query::all(Resource::CONFIG_MAP)).is_empty());
    }
}
