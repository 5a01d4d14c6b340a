//! Pre-caching and backup by cluster: TALM's state, and what the hub last saw of the job on the cluster.

use serde_json::Value;

use crate::resource::{ClusterGroupUpgrade, JobState};

/// Which job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobKind {
    /// Pulls images.
    Precache,
    /// Saves the node.
    Backup,
}

impl JobKind {
    /// Namespace of the job on the cluster (TALM 5.0 `controllers/templates`).
    pub fn namespace(self) -> &'static str {
        match self {
            Self::Precache => "openshift-talo-pre-cache",
            Self::Backup => "openshift-talo-backup",
        }
    }

    /// Name of the job on the cluster.
    pub fn job(self) -> &'static str {
        match self {
            Self::Precache => "pre-cache",
            Self::Backup => "backup-agent",
        }
    }

    /// Name of TALM's view of the job, in the cluster's namespace on the hub.
    pub fn view(self) -> &'static str {
        match self {
            Self::Precache => "view-precache-job",
            Self::Backup => "view-backup-job",
        }
    }

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Precache => "pre-caching",
            Self::Backup => "backup",
        }
    }
}

/// One cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobLine {
    /// Its name.
    pub cluster: String,
    /// What TALM says.
    pub state: JobState,
}

/// The clusters, those that failed first, then those on their way, then those that are done.
pub fn job_lines(cgu: &ClusterGroupUpgrade, kind: JobKind) -> Vec<JobLine> {
    let job = match kind {
        JobKind::Precache => &cgu.status.precaching,
        JobKind::Backup => &cgu.status.backup,
    };
    let states = job.iter().flat_map(|job| &job.status);
    let mut lines: Vec<JobLine> =
        states.map(|(cluster, state)| JobLine { cluster: cluster.clone(), state: state.clone() }).collect();
    lines.sort_by_key(|line| match &line.state {
        state if state.has_failed() => 0,
        state if state.is_in_progress() => 1,
        _ => 2,
    });
    lines
}

/// What a ManagedClusterView of a job says, in a sentence.
pub fn view_message(view: &Value) -> Option<String> {
    let status = &view["status"];
    let conditions = |object: &Value| object["conditions"].as_array().cloned().unwrap_or_default();
    let processing = conditions(status).into_iter().find(|condition| condition["type"] == "Processing");
    if let Some(condition) = processing.filter(|condition| condition["status"] != "True") {
        let message = condition["message"].as_str().unwrap_or("no reason given");
        return Some(format!("the hub cannot see the job: {message}"));
    }
    let job = &status["result"]["status"];
    let ended = conditions(job).into_iter().find(|condition| {
        condition["status"] == "True" && (condition["type"] == "Failed" || condition["type"] == "Complete")
    });
    if let Some(end) = ended {
        let reason = end["reason"].as_str().filter(|reason| !reason.is_empty());
        let at = end["lastTransitionTime"].as_str().map(|at| format!(" at {at}")).unwrap_or_default();
        return Some(match (end["type"] == "Complete", reason) {
            (true, _) => format!("the job completed{at}"),
            (false, Some("DeadlineExceeded")) => format!("the job ran out of time{at}"),
            (false, Some("BackoffLimitExceeded")) => format!("the job failed{at}: its log says why"),
            (false, reason) => format!("the job failed{at}: {}", reason.unwrap_or("no reason given")),
        });
    }
    let active = job["active"].as_i64().unwrap_or_default() > 0;
    let since = job["startTime"].as_str().map(|at| format!(" since {at}")).unwrap_or_default();
    active.then(|| format!("the job runs{since}"))
}

/// Lines of job logs that tell the cause (TALM 5.0 `pre-cache/check_space.sh`, `pre-cache/pull.sh`,
/// `recovery/cmd/launchBackup.go`), what they mean, and the command that helps.
const KNOWN: &[(&str, &str, &str)] = &[
    (
        "not enough space for precaching",
        "the node has less free space than spaceRequired, below the level from which the kubelet removes images",
        "oc talm precache space CLUSTER",
    ),
    ("no space left on device", "a file system of the node is full", "oc talm precache space CLUSTER"),
    (
        "manifest unknown",
        "a registry does not have one of the images: the mirror is not complete",
        "oc --context CLUSTER get imagedigestmirrorset,imagecontentsourcepolicy -o yaml",
    ),
    (
        "unauthorized",
        "a registry refuses the pull secret of the cluster",
        "oc --context CLUSTER get secret pull-secret -n openshift-config",
    ),
    (
        "x509: certificate",
        "the node does not trust the certificate of a registry",
        "oc --context CLUSTER get image.config.openshift.io cluster -o yaml",
    ),
    (
        "no such host",
        "the node cannot resolve the name of a registry",
        "oc --context CLUSTER get dns.operator default -o yaml",
    ),
];

/// What a log says of the cause, as far as it is known: the meaning, and a command for it.
pub fn recognised(log: &str) -> Option<(&'static str, &'static str)> {
    // The last complaint is what ended the job.
    let mut lines = log.lines().rev().map(str::to_lowercase);
    lines
        .find_map(|line| KNOWN.iter().find(|(text, ..)| line.contains(text)))
        .map(|(_, meaning, next)| (*meaning, *next))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn failures_come_first() {
        let mut cgu = ClusterGroupUpgrade::default();
        let states = json!({"status": {"a": "Succeeded", "b": "Active", "c": "PrecacheTimeout", "d": "Succeeded"}});
        cgu.status.precaching = crate::resource::read(&states).ok();
        let order: Vec<String> = job_lines(&cgu, JobKind::Precache).into_iter().map(|line| line.cluster).collect();
        assert_eq!(order, ["c", "b", "a", "d"]);
        assert!(job_lines(&cgu, JobKind::Backup).is_empty());
    }

    #[test]
    fn the_last_complaint_of_a_log_counts() {
        let log = "pull: unauthorized\nretry\n[ERROR]: not enough space for precaching\n";
        assert!(recognised(log).unwrap().1.contains("precache space"));
        assert_eq!(recognised("all fine"), None);
    }

    #[test]
    fn a_view_tells_how_the_job_stands() {
        let view = |job: Value| json!({"status": {"conditions": [{"type": "Processing", "status": "True"}], "result": {"status": job}}});
        let failed = json!({"conditions": [{"type": "Failed", "status": "True", "reason": "DeadlineExceeded"}]});
        assert_eq!(view_message(&view(failed)).as_deref(), Some("the job ran out of time"));
        let active = json!({"active": 1, "startTime": "2026-01-01T10:00:00Z"});
        assert_eq!(view_message(&view(active)).as_deref(), Some("the job runs since 2026-01-01T10:00:00Z"));
        let blind =
            json!({"status": {"conditions": [{"type": "Processing", "status": "False", "message": "not found"}]}});
        assert_eq!(view_message(&blind).as_deref(), Some("the hub cannot see the job: not found"));
        assert_eq!(view_message(&json!({})), None);
    }
}
