//! What the commands need to know about one cluster.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use ztp_common::cli::Failure;
use ztp_common::resource::Resource;
use ztp_common::upgrade::annotation::DISABLE_AUTO_IMPORT;
use ztp_common::upgrade::assess::{Known, Report};
use ztp_common::upgrade::clock::seconds;
use ztp_common::upgrade::condition::in_progress;
use ztp_common::upgrade::kinds;
use ztp_common::upgrade::object::ImageBasedUpgrade;
use ztp_common::upgrade::state::Phase;
use ztp_common::upgrade::symptom::{Evidence, IpConfig};

use crate::source::{Cluster, Sources};

/// The kinds that tell where an upgrade stands.
pub const KINDS: &[Resource] = &[kinds::IBU, kinds::CLUSTER_VERSION, kinds::INFRASTRUCTURE, kinds::IP_CONFIG];

/// Gathers the facts of all clusters, or of those that are named.
///
/// # Errors
/// There is no ImageBasedUpgrade, a named cluster is not there, or an object cannot be read.
pub fn gather(sources: &Sources, names: &[String]) -> Result<Vec<Facts>, Failure> {
    let clusters = &sources.clusters;
    let mut all = Vec::new();
    for cluster in clusters {
        let found = Facts::gather(cluster)?;
        if let (None, Some(name), true) = (&found, &cluster.name, cluster.is_live() && clusters.len() > 1) {
            eprintln!("{name}: there is no ImageBasedUpgrade");
        }
        all.extend(found);
    }
    if all.is_empty() {
        let from: Vec<String> = clusters.iter().map(Cluster::describe).collect();
        let fix = match clusters.iter().any(Cluster::is_live) {
            true => "the Lifecycle Agent makes it when it starts: oc get pods -n openshift-lifecycle-agent",
            false => "record it: oc get imagebasedupgrade,clusterversion -o yaml",
        };
        let failure = Failure::new(format!("there is no ImageBasedUpgrade in {}", from.join(", "))).fix(fix);
        let unread = clusters.iter().find_map(|cluster| cluster.unread.first());
        return Err(unread.into_iter().fold(failure, |failure, reason| failure.because(reason)));
    }
    // One that does not answer or cannot be read has been told already.
    let live = clusters.iter().any(Cluster::is_live);
    for name in names.iter().filter(|name| !live && !sources.unread.contains(name)) {
        if !all.iter().any(|facts| facts.name.as_ref() == Some(name)) {
            let there: Vec<&str> = all.iter().filter_map(|f| f.name.as_deref()).take(20).collect();
            let failure = Failure::new(format!("there is no cluster \"{name}\""));
            return Err(match there.as_slice() {
                [] => failure.fix("leave the name out: the source does not name its cluster"),
                names => failure.fix(format!("found: {}", names.join(", "))),
            });
        }
    }
    all.retain(|facts| names.is_empty() || facts.name.as_ref().is_some_and(|n| names.contains(n)));
    Ok(all)
}

/// The upgrade of one cluster, and what surrounds it.
#[derive(Clone, Debug)]
pub struct Facts {
    /// What the cluster is called.
    pub name: Option<String>,
    /// Its ImageBasedUpgrade.
    pub ibu: ImageBasedUpgrade,
    /// The same as it was recorded.
    pub object: Value,
    /// The release that runs, `status.desired.version` of ClusterVersion.
    pub release: Option<String>,
    /// The name that commands need; `None` when the context is the cluster itself.
    pub argument: Option<String>,
    /// What else bears on a diagnosis.
    pub evidence: Evidence,
    /// When it was recorded, by the dates of the files.
    pub recorded_at: Option<Timestamp>,
}

impl Facts {
    /// Gathers them; `None` without an ImageBasedUpgrade.
    ///
    /// # Errors
    /// The ImageBasedUpgrade has a field of another type than the API gives it.
    pub fn gather(cluster: &Cluster) -> Result<Option<Self>, Failure> {
        let Some(object) = cluster.ibu().map(printable) else { return Ok(None) };
        let ibu = ImageBasedUpgrade::deserialize(&object).map_err(|e| {
            let what = format!("cannot read the ImageBasedUpgrade in {}", cluster.describe());
            Failure::new(what).because(e).fix("record it again: oc get imagebasedupgrade upgrade -o yaml")
        })?;
        let release = cluster.first(kinds::CLUSTER_VERSION).and_then(|v| text(&v, "/status/desired/version"));
        let ip_config = cluster.first(kinds::IP_CONFIG).map(|object| ip_config(&object));
        let managed = managed(cluster);
        let auto_import_disabled = managed
            .as_ref()
            .map(|m| m.pointer("/metadata/annotations").is_some_and(|a| a.get(DISABLE_AUTO_IMPORT).is_some()));
        let seen_by_hub = managed.as_ref().and_then(seen_by_hub);
        let evidence = Evidence { ip_config, auto_import_disabled, seen_by_hub };
        Ok(Some(Self {
            name: cluster.name.clone(),
            argument: cluster.argument().map(str::to_owned),
            ibu,
            object,
            release,
            evidence,
            recorded_at: cluster.recorded_at(),
        }))
    }

    /// What is known beside the object.
    pub fn known(&self) -> Known<'_> {
        Known { cluster: self.argument.as_deref(), cluster_version: self.release.as_deref() }
    }

    /// The time they are judged by: one that was asked for, else when they were recorded, as far as that is known.
    pub fn at(&self, asked: Option<Timestamp>, now: Timestamp) -> Timestamp {
        asked.or(self.recorded_at).unwrap_or(now)
    }

    /// The report at a time.
    pub fn report(&self, now: Timestamp) -> Report {
        Report::assess(&self.ibu, self.known(), now)
    }

    /// The name in reports.
    pub fn title(&self) -> &str {
        self.name.as_deref().unwrap_or("this cluster")
    }

    /// The agent's words about the state. A later refusal may stand behind the detail of a failure.
    pub fn detail<'a>(&'a self, report: &'a Report) -> &'a str {
        let failed = (report.phase == Phase::Failed).then(|| in_progress(&report.state.stage()?)).flatten();
        let condition = self.ibu.conditions().iter().find(|c| Some(&c.kind) == failed.as_ref());
        condition.map_or(&report.message, |c| &c.message)
    }

    /// Seconds since the last change of a condition.
    pub fn seconds_in_state(&self, now: Timestamp) -> Option<i64> {
        let times = self.ibu.conditions().iter().filter_map(|c| c.last_transition_time);
        times.max().map(|since| seconds(since, now))
    }
}

/// The object without characters that would steer the reader's terminal.
pub fn printable(value: Value) -> Value {
    match value {
        Value::String(text) => {
            Value::String(text.replace(|c: char| c.is_control() && !matches!(c, '\n' | '\t'), "\u{fffd}"))
        }
        Value::Array(items) => items.into_iter().map(printable).collect(),
        Value::Object(map) => map.into_iter().map(|(key, value)| (key, printable(value))).collect(),
        other => other,
    }
}

fn text(object: &Value, pointer: &str) -> Option<String> {
    Some(object.pointer(pointer)?.as_str()?.to_owned())
}

fn ip_config(object: &Value) -> IpConfig {
    let conditions = object.pointer("/status/conditions").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let idle = conditions.iter().find(|c| c["type"] == "Idle");
    if idle.is_none_or(|c| c["status"] == "True") { IpConfig::Idle } else { IpConfig::Busy }
}

/// Only a hub tells, and only about the one cluster whose name is known or the only one there.
fn managed(cluster: &Cluster) -> Option<Value> {
    let all = cluster.all(Resource::MANAGED_CLUSTER);
    let own = |object: &&Value| object.pointer("/metadata/name").and_then(Value::as_str) == cluster.name.as_deref();
    if all.len() == 1 { all.into_iter().next() } else { all.iter().find(own).cloned() }
}

/// Whether the hub hears from a cluster; `None` for one that has never been available.
fn seen_by_hub(managed: &Value) -> Option<bool> {
    let conditions = managed.pointer("/status/conditions").and_then(Value::as_array)?;
    let available = conditions.iter().find(|c| c["type"] == "ManagedClusterConditionAvailable")?;
    Some(available["status"] == "True")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_message_cannot_steer_the_terminal() {
        let object = json!({"status": [{"message": "a\u{1b}[2Jb\n  - c"}]});
        assert_eq!(printable(object), json!({"status": [{"message": "a\u{fffd}[2Jb\n  - c"}]}));
    }

    #[test]
    fn a_busy_ip_config_is_told_from_an_idle_one() {
        let status = |idle: &str| json!({"status": {"conditions": [{"type": "Idle", "status": idle}]}});
        assert_eq!(ip_config(&status("True")), IpConfig::Idle);
        assert_eq!(ip_config(&status("False")), IpConfig::Busy);
    }
}
