//! Changes. Each may be repeated: after a lost connection the same call says what became of the first one.

use futures::future::LocalBoxFuture;
use kube::core::Request as Build;
use kube::core::params::{DeleteParams, Patch, PatchParams, PostParams, Preconditions};
use serde_json::Value;

use super::error::Problem;
use super::request::Tried;
use super::server::one;
use super::{ApiError, Server};
use crate::resource::Resource;

/// How a change is made.
#[derive(Clone, Copy, Debug)]
pub struct Write<'a> {
    /// Who owns the fields afterwards.
    pub manager: &'a str,
    /// Whether the server only checks and changes nothing.
    pub dry_run: bool,
}

impl Server {
    /// Creates an object. A repetition after a lost connection is no error: the object that is there then is returned
    /// when it is as wanted and ours. Without a name the server chooses one each time, so nothing is repeated.
    ///
    /// # Errors
    /// An object of that name is there already, the server refuses it, or cannot answer.
    pub fn create(&self, resource: Resource, object: &Value, write: Write<'_>) -> Result<Value, ApiError> {
        let (namespace, name) = names(object);
        let what = one(resource, namespace, name);
        let params = PostParams { dry_run: write.dry_run, field_manager: Some(write.manager.to_owned()) };
        let send = || {
            let path = Build::new(self.path(resource, Some(namespace)));
            self.send::<Value>("create", &what, resource, path.create(&params, object.to_string().into_bytes()))
        };
        if name.is_empty() {
            return self.runtime.block_on(send()).map_err(unknown_outcome);
        }
        let Tried { answer, repeated } = self.runtime.block_on(self.tries(send));
        match answer {
            // The first request may have arrived although its answer did not.
            Err(error) if error.is_already_exists() && repeated && !write.dry_run => {
                match self.get(resource, namespace, name)? {
                    Some(there) if is_by(&there, write.manager) && is_made(&there, object) => Ok(there),
                    _ => Err(error),
                }
            }
            answer => answer.map_err(|error| lost(error, write)),
        }
    }

    /// Server-side apply: the fields of the object become ours, all others stay.
    ///
    /// # Errors
    /// Somebody else owns a field, the server refuses the object, or cannot answer.
    pub fn apply(&self, resource: Resource, object: &Value, write: Write<'_>) -> Result<Value, ApiError> {
        let (namespace, name) = names(object);
        let params = PatchParams { dry_run: write.dry_run, ..PatchParams::apply(write.manager) };
        self.runtime
            .block_on(self.tries(self.patch("apply", resource, (namespace, name), &params, &Patch::Apply(object))))
            .answer
            .map_err(|error| lost(error, write))
    }

    /// Merge patch (RFC 7386). With `metadata.resourceVersion` in it, only on the object as it was seen.
    ///
    /// # Errors
    /// The object is not there or was changed in between, the server refuses the change, or cannot answer.
    pub fn merge_patch(
        &self,
        resource: Resource,
        namespace: &str,
        name: &str,
        patch: &Value,
        write: Write<'_>,
    ) -> Result<Value, ApiError> {
        let (params, patch_sent) = (plain(write), Patch::Merge(patch));
        let send = self.patch("change", resource, (namespace, name), &params, &patch_sent);
        let Tried { answer, repeated } = self.runtime.block_on(self.tries(send));
        match answer {
            // After a lost connection the guard may have been broken by our own first request.
            Err(error) if error.is_conflict() && repeated && !write.dry_run => {
                match self.get(resource, namespace, name)? {
                    Some(there) if is_done(&there, patch) => Ok(there),
                    _ => Err(error),
                }
            }
            answer => answer.map_err(|error| lost(error, write)),
        }
    }

    /// JSON patch (RFC 6902), a list of operations. It is sent once: an addition to a list would be made twice.
    ///
    /// # Errors
    /// As for [`Server::merge_patch`]; also when a `test` operation fails, the patch is none, or the connection is lost, when
    /// it is not known whether the change was made.
    pub fn json_patch(
        &self,
        resource: Resource,
        namespace: &str,
        name: &str,
        patch: &Value,
        write: Write<'_>,
    ) -> Result<Value, ApiError> {
        let patch = serde_json::from_value(patch.clone())
            .map_err(|error| ApiError::new("the JSON patch makes no sense").because(error))?;
        let (params, patch) = (plain(write), Patch::<Value>::Json(patch));
        let send = self.patch("change", resource, (namespace, name), &params, &patch);
        self.runtime.block_on(send()).map_err(unknown_outcome)
    }

    /// Deletes an object: the one with this UID, or the one that is there now, but never one that was made meanwhile.
    /// `false`: it was not there.
    ///
    /// # Errors
    /// An object of that name has another UID, the user may not delete it, or the server cannot answer.
    pub fn delete(
        &self,
        resource: Resource,
        namespace: &str,
        name: &str,
        uid: Option<&str>,
        write: Write<'_>,
    ) -> Result<bool, ApiError> {
        let uid = match uid {
            Some(uid) => Some(uid.to_owned()),
            None => match self.get(resource, namespace, name)? {
                Some(there) => there["metadata"]["uid"].as_str().map(str::to_owned),
                None => return Ok(false),
            },
        };
        let what = one(resource, namespace, name);
        let preconditions = Some(Preconditions { uid, ..Preconditions::default() });
        let params = DeleteParams { dry_run: write.dry_run, preconditions, ..DeleteParams::default() };
        let Tried { answer, repeated } = self.runtime.block_on(self.tries(|| {
            let path = Build::new(self.path(resource, Some(namespace)));
            self.send::<Value>("delete", &what, resource, path.delete(name, &params))
        }));
        match answer {
            Ok(_) => Ok(true),
            // It was our first request then that deleted it, or somebody else's; it is gone as it should be.
            Err(error) if repeated && !write.dry_run && (error.is_not_found() || error.is_conflict()) => Ok(true),
            Err(error) if error.is_not_found() => Ok(false),
            Err(error) => Err(lost(error, write)),
        }
    }

    /// A request that patches, to be sent as often as needed.
    fn patch<'a>(
        &'a self,
        verb: &'a str,
        resource: Resource,
        (namespace, name): (&'a str, &'a str),
        params: &'a PatchParams,
        patch: &'a Patch<impl serde::Serialize>,
    ) -> impl Fn() -> LocalBoxFuture<'a, Result<Value, ApiError>> {
        move || {
            let path = Build::new(self.path(resource, Some(namespace)));
            let request = path.patch(name, params, patch);
            Box::pin(async move { self.send(verb, &one(resource, namespace, name), resource, request).await })
        }
    }
}

/// What got no answer however often it was sent; a dry run changes nothing whatever became of it.
fn lost(error: ApiError, write: Write<'_>) -> ApiError {
    if write.dry_run { error } else { unknown_outcome(error) }
}

/// What was sent and got no answer.
fn unknown_outcome(mut error: ApiError) -> ApiError {
    if error.problem == Problem::Away {
        error.reasons.push("whether the change was made is not known".to_owned());
        error.fix = Some("look at it before you repeat the command".to_owned());
    }
    error
}

/// Whether an object was written by this manager.
fn is_by(there: &Value, manager: &str) -> bool {
    let managers = there["metadata"]["managedFields"].as_array();
    managers.is_some_and(|managers| managers.iter().any(|entry| entry["manager"] == manager))
}

fn plain(write: Write<'_>) -> PatchParams {
    PatchParams { dry_run: write.dry_run, field_manager: Some(write.manager.to_owned()), ..PatchParams::default() }
}

fn names(object: &Value) -> (&str, &str) {
    let text = |key: &str| object["metadata"][key].as_str().unwrap_or_default();
    (text("namespace"), text("name"))
}

/// Whether an object is as a merge patch would make it, its guard left out.
fn is_done(there: &Value, patch: &Value) -> bool {
    let Value::Object(patch) = patch else { return there == patch };
    patch.iter().filter(|(key, _)| *key != "resourceVersion").all(|(key, wanted)| match there.get(key) {
        None => wanted.is_null(),
        // What a patch takes away, the server may fill in again with its default.
        Some(there) => wanted.is_null() || is_done(there, wanted),
    })
}

/// Whether an object is as it was to be created. A status is not taken over by creating.
fn is_made(there: &Value, object: &Value) -> bool {
    let fields = object.as_object().into_iter().flatten().filter(|(key, _)| *key != "status");
    fields.into_iter().all(|(key, wanted)| holds(&there[key.as_str()], wanted))
}

/// Whether a value has everything that is wanted of it; the server may have added defaults.
fn holds(there: &Value, wanted: &Value) -> bool {
    match (there, wanted) {
        (_, Value::Null) => true,
        (Value::Object(there), Value::Object(wanted)) => {
            wanted.iter().all(|(key, value)| holds(there.get(key).unwrap_or(&Value::Null), value))
        }
        (Value::Array(there), Value::Array(wanted)) => {
            there.len() == wanted.len() && there.iter().zip(wanted).all(|(there, wanted)| holds(there, wanted))
        }
        (there, wanted) => there == wanted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_the_server_adds_does_not_matter() {
        assert!(holds(&json!({"a": 1, "b": [{"c": 2, "d": 3}]}), &json!({"b": [{"c": 2}], "e": null})));
        assert!(!holds(&json!({"b": [{"c": 2}]}), &json!({"b": [{"c": 3}]})));
        assert!(!holds(&json!({"b": []}), &json!({"b": [1]})));
    }

    #[test]
    fn a_patch_that_is_there_already_is_told_from_one_that_is_not() {
        let there = json!({"metadata": {"resourceVersion": "9"}, "spec": {"enable": true, "x": 1}});
        assert!(is_done(&there, &json!({"metadata": {"resourceVersion": "8"}, "spec": {"enable": true}})));
        assert!(is_done(&there, &json!({"spec": {"enable": true, "x": null}})), "a default may be back");
        assert!(!is_done(&there, &json!({"spec": {"enable": false, "x": null}})));
        assert!(!is_done(&there, &json!({"spec": {"enable": false}})));
    }
}
