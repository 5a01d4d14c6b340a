//! What commands that change something have in common: refusing, previewing, asking, and one guarded patch.

use serde_json::{Value, json};
use ztp_common::api::{ApiError, Server};
use ztp_common::cli::{self, Answer, Confirm, DryRun, Failure, Outcome, Terminal, WriteFlags};
use ztp_common::resource::{ClusterGroupUpgrade, Resource, read};
use ztp_common::rollout::decide::{Verdict, argo_cd_application, unknown_fields};
use ztp_common::yaml;

use crate::change::ObjectFormat;
use crate::facts::Facts;
use crate::words::{plain, wrapped};

/// The hub, and how it may be changed.
pub struct Writing<'a> {
    pub facts: &'a Facts,
    pub flags: &'a WriteFlags,
    pub terminal: &'a Terminal,
    pub output: ObjectFormat,
}

impl Writing<'_> {
    /// The live hub. A recorded one can only be asked what would be written.
    ///
    /// # Errors
    /// The facts are recorded.
    pub fn server(&self) -> Result<&Server, Failure> {
        self.facts.server.as_ref().ok_or_else(|| {
            Failure::new("a recorded hub cannot be changed")
                .fix("leave --from out, or add --dry-run=client to see what would be written")
        })
    }

    /// Whether nothing is sent at all.
    pub fn is_client_only(&self) -> bool {
        self.flags.dry_run == DryRun::Client
    }

    /// Behind what was done, when it was not really done.
    pub fn dry(&self) -> &'static str {
        match self.flags.dry_run {
            DryRun::None => "",
            DryRun::Client => " (dry run)",
            DryRun::Server => " (dry run on the server)",
        }
    }

    /// Shows something before the change: on standard output, or beside it when that is for objects.
    ///
    /// # Errors
    /// Standard output cannot be written. That nobody reads it any more is no success here: nothing has been done yet.
    pub fn show(&self, text: &str) -> Result<(), Failure> {
        if self.output.is_text() {
            return cli::print(text).map_err(|error| {
                let failure = Failure::new("nothing was changed: the preview could not be written");
                error.reasons.into_iter().fold(failure, Failure::because)
            });
        }
        if !self.terminal.quiet {
            eprint!("{text}");
        }
        Ok(())
    }

    /// Tells what forbids the change, if anything does. Commands end with the exit code that is returned.
    pub fn refused(&self, what: &str, verdict: &Verdict) -> Option<Outcome> {
        for finding in &verdict.accepted {
            let (fact, id) = (plain(&finding.fact), finding.id);
            eprintln!("{}", wrapped(&format!("accepted: {fact}   [{id}]"), self.terminal.width).trim_end());
        }
        if verdict.refused.is_empty() {
            return None;
        }
        let text = cli::findings(&verdict.refused, self.terminal.err);
        eprint!("{}", wrapped(&text, self.terminal.width));
        let mut ids: Vec<&str> = verdict.refused.iter().map(|finding| finding.id).collect();
        ids.dedup();
        let failure = Failure::new(format!("{what}: refused")).fix(format!(
            "correct {}, or insist with --accept {}",
            if ids.len() == 1 { "it" } else { "them" },
            ids.join(",")
        ));
        eprint!("{}", failure.text(self.terminal.err));
        Some(Outcome::No)
    }

    /// Says that Argo CD will put back what differs from Git.
    pub fn warn_of_argo_cd(&self, live: &Value) {
        if let Some(application) = argo_cd_application(live) {
            let text = format!(
                "{} Argo CD application {} keeps this object as Git has it, and may undo the change: change Git as well\n",
                self.terminal.err.warning("warning:"),
                plain(application)
            );
            eprint!("{}", wrapped(&text, self.terminal.width));
        }
    }

    /// Asks, unless nothing is changed anyway. Commands end with the exit code that is returned.
    ///
    /// # Errors
    /// The answer cannot be read.
    pub fn ask(&self, question: &str, count: usize) -> Result<Option<Outcome>, Failure> {
        if self.flags.dry_run != DryRun::None {
            return Ok(None);
        }
        let answer = Confirm { question, count, yes: self.flags.yes }.ask(self.terminal)?;
        Ok(match answer {
            Answer::Yes => None,
            Answer::No => answer.stops(),
        })
    }

    /// Whether somebody will be asked, so that time passes.
    pub fn asks(&self) -> bool {
        self.flags.dry_run == DryRun::None && !self.flags.yes
    }

    /// The answer: the sentence for people, or the objects.
    ///
    /// # Errors
    /// Standard output cannot be written.
    pub fn answer(&self, sentence: &str, objects: &[Value]) -> Result<(), Failure> {
        cli::print(&match self.output {
            ObjectFormat::Text | ObjectFormat::Wide => wrapped(sentence, self.terminal.width),
            format => objects_text(format, objects)?,
        })
    }

    /// One guarded patch of a CGU's spec; see [`Self::patch`].
    ///
    /// # Errors
    /// As there.
    pub fn patch_spec(
        &self,
        seen: &Value,
        spec: &Value,
        allowed: &dyn Fn(&ClusterGroupUpgrade) -> Result<(), Failure>,
    ) -> Result<Value, Failure> {
        self.patch(seen, &json!({"spec": spec}), allowed)
    }

    /// One guarded patch of a CGU. Changes of its status in between do no harm: TALM writes there all the time.
    ///
    /// # Errors
    /// Somebody changed the spec in between, `allowed` does not hold any more, or the API refuses.
    pub fn patch(
        &self,
        seen: &Value,
        patch: &Value,
        allowed: &dyn Fn(&ClusterGroupUpgrade) -> Result<(), Failure>,
    ) -> Result<Value, Failure> {
        let server = self.server()?;
        let (namespace, name) = (text(seen, "namespace"), text(seen, "name"));
        let mut current = seen.clone();
        let mut tries = 0;
        loop {
            let mut guarded = patch.clone();
            guarded["metadata"]["resourceVersion"] = text(&current, "resourceVersion").into();
            guarded["metadata"]["uid"] = text(&current, "uid").into();
            let write = self.flags.write();
            let error = match server.merge_patch(Resource::CLUSTER_GROUP_UPGRADE, &namespace, &name, &guarded, write) {
                Ok(object) => return Ok(object),
                Err(error) => error,
            };
            if !error.is_conflict() {
                return Err(error.into());
            }
            tries += 1;
            let again = server.get(Resource::CLUSTER_GROUP_UPGRADE, &namespace, &name)?;
            let only_status = |now: &Value| {
                now["metadata"]["uid"] == seen["metadata"]["uid"]
                    && now["metadata"]["generation"] == seen["metadata"]["generation"]
            };
            match again.filter(|now| tries < 5 && only_status(now)) {
                Some(now) => {
                    allowed(&typed(&now)?)?;
                    current = now;
                }
                None => return Err(error.into()),
            }
        }
    }
}

/// A CGU as the hub has it now.
///
/// # Errors
/// It is not there, or the hub cannot answer.
pub fn live_cgu(facts: &Facts, server: &Server, namespace: &str, name: &str) -> Result<Value, Failure> {
    let found = server.get(Resource::CLUSTER_GROUP_UPGRADE, namespace, name)?;
    found.ok_or_else(|| crate::no_such_cgu(name, namespace, &facts.hub, facts.argument()))
}

/// A CGU as a live hub has it now, or as it was recorded.
///
/// # Errors
/// It is not there, or the hub cannot answer.
pub fn seen_cgu(facts: &Facts, namespace: &str, name: &str) -> Result<Value, Failure> {
    match &facts.server {
        Some(server) => live_cgu(facts, server, namespace, name),
        None => match facts.hub.cgu(namespace, name) {
            Some(cgu) => Ok(json!(cgu)),
            None => Err(crate::no_such_cgu(name, namespace, &facts.hub, facts.argument())),
        },
    }
}

/// The fields of a CGU on a live hub that this version does not know, so that a copy keeps them.
///
/// # Errors
/// The hub cannot answer.
pub fn newer_fields(writing: &Writing<'_>, namespace: &str, name: &str) -> Result<Vec<(Vec<String>, Value)>, Failure> {
    let Some(server) = &writing.facts.server else { return Ok(Vec::new()) };
    let live = server.get(Resource::CLUSTER_GROUP_UPGRADE, namespace, name)?.unwrap_or_default();
    Ok(unknown_in(&live))
}

/// The fields of a CGU's spec that this version does not know.
pub fn unknown_in(object: &Value) -> Vec<(Vec<String>, Value)> {
    unknown_fields(&object["spec"]).into_iter().map(|(path, value, _)| (path, value)).collect()
}

/// A CGU, understood.
///
/// # Errors
/// It makes no sense.
pub fn typed(object: &Value) -> Result<ClusterGroupUpgrade, Failure> {
    read(object).map_err(|reason| {
        let name = text(object, "name");
        Failure::new(format!("ClusterGroupUpgrade {name:?} cannot be understood")).because(reason)
    })
}

/// A text of an object's metadata, or "".
pub fn text(object: &Value, key: &str) -> String {
    object["metadata"][key].as_str().unwrap_or_default().to_owned()
}

/// The patch that makes `from` to `to`: what is gone becomes null.
pub fn replacing(from: &Value, to: &Value) -> Value {
    let (Value::Object(from), Value::Object(to)) = (from, to) else { return to.clone() };
    let mut patch = serde_json::Map::new();
    for key in from.keys().filter(|key| !to.contains_key(*key)) {
        patch.insert(key.clone(), Value::Null);
    }
    for (key, value) in to {
        patch.insert(key.clone(), from.get(key).map_or_else(|| value.clone(), |old| replacing(old, value)));
    }
    Value::Object(patch)
}

/// Objects as text for Git or for machines.
///
/// # Errors
/// They cannot be written, which is a mistake of this program.
pub fn objects_text(format: ObjectFormat, objects: &[Value]) -> Result<String, Failure> {
    let failed = |error: String| Failure::new("cannot write the objects").because(error);
    if format == ObjectFormat::Name {
        let group = |object: &Value| {
            let api = object["apiVersion"].as_str().unwrap_or_default();
            api.split_once('/').map(|(group, _)| format!(".{group}")).unwrap_or_default()
        };
        let kind = |object: &Value| object["kind"].as_str().unwrap_or_default().to_lowercase();
        return Ok(objects.iter().map(|o| format!("{}{}/{}\n", kind(o), group(o), text(o, "name"))).collect());
    }
    let objects: Vec<Value> = objects.iter().map(shown).collect();
    if format == ObjectFormat::Json {
        let whole = match objects.as_slice() {
            [one] => one.clone(),
            many => json!({"apiVersion": "v1", "kind": "List", "items": many}),
        };
        return serde_json::to_string_pretty(&whole).map(|text| text + "\n").map_err(|error| failed(error.to_string()));
    }
    let mut documents = Vec::new();
    for object in &objects {
        // JSON is YAML, so that the one emitter writes both.
        let source = yaml::Source::from_text("object", object.to_string());
        let root = yaml::documents(&source).next();
        let value = match root {
            Some(document) => document.and_then(|d| d.root().map_or(Ok(yaml::Value::Null), yaml::NodeRef::to_value)),
            None => Ok(yaml::Value::Null),
        };
        documents.push(yaml::emit::to_string(&value.map_err(|error| failed(error.to_string()))?));
    }
    Ok(documents.join("---\n"))
}

/// Without what nobody reads.
fn shown(object: &Value) -> Value {
    let mut object = object.clone();
    if let Some(metadata) = object["metadata"].as_object_mut() {
        metadata.remove("managedFields");
    }
    object
}

/// A conflict in words that say what to do.
pub fn changed_meanwhile(error: ApiError, what: &str) -> Failure {
    if !error.is_conflict() {
        return error.into();
    }
    Failure::new(format!("{what} was changed by somebody else while you looked at it"))
        .because("nothing was changed by this command")
        .fix("look at it again, then repeat the command")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_takes_away_what_is_gone() {
        let from = json!({"a": 1, "b": {"c": 1, "d": 2}, "e": [1, 2]});
        let to = json!({"b": {"c": 3}, "e": [2]});
        assert_eq!(replacing(&from, &to), json!({"a": null, "b": {"c": 3, "d": null}, "e": [2]}));
    }

    #[test]
    fn objects_are_written_for_git() {
        let object = json!({"apiVersion": "ran.openshift.io/v1alpha1", "kind": "ClusterGroupUpgrade",
            "metadata": {"name": "u", "managedFields": []}, "spec": {"enable": false}});
        let of = |format| objects_text(format, std::slice::from_ref(&object)).unwrap();
        assert_eq!(of(ObjectFormat::Name), "clustergroupupgrade.ran.openshift.io/u\n");
        assert!(of(ObjectFormat::Yaml).ends_with("metadata:\n    name: u\nspec:\n    enable: false\n"));
        assert!(!of(ObjectFormat::Json).contains("managedFields"));
    }
}
