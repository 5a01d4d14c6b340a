//! What TALM's views of the clusters show: Subscriptions and their InstallPlans, jobs of pre-caching and backup
//! (TALM 5.0 `controllers/monitoring.go`, `controllers/utils/multicloud_util.go`, `controllers/precache.go`).

use serde_json::Value;

use super::Hub;
use crate::resource::{ClusterGroupUpgrade, ManagedClusterView, label};

/// What is wrong with a Subscription on a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Trouble {
    /// There is no InstallPlan, and OLM says why not or nothing.
    NoPlan,
    /// The InstallPlan has failed.
    PlanFailed,
    /// The hub does not see the object.
    NotSeen,
    /// The cluster answers that it does not have the object.
    Absent,
    /// The operator upgrades itself whenever it likes.
    Automatic,
}

/// A trouble in words, without the cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub trouble: Trouble,
    pub text: String,
}

/// The troubles that a CGU's views of Subscriptions on a cluster show.
pub(super) fn subscriptions(hub: &Hub, cgu: &ClusterGroupUpgrade, cluster: &str) -> Vec<Seen> {
    let views = hub.views_on(cluster);
    let mine = views.iter().filter(|view| view.is_of("Subscription") && is_of_cgu(view, cgu));
    mine.flat_map(|view| subscription(view, views)).collect()
}

fn is_of_cgu(view: &ManagedClusterView, cgu: &ClusterGroupUpgrade) -> bool {
    let (name, namespace) = (cgu.metadata.name.as_str(), cgu.metadata.namespace.as_str());
    match (view.metadata.label(label::CGU_NAME), view.metadata.label(label::CGU_NAMESPACE)) {
        (Some(cgu_name), Some(cgu_namespace)) => cgu_name == name && cgu_namespace == namespace,
        _ => view.metadata.name.starts_with(&format!("{name}-{namespace}-subscription-").to_lowercase()),
    }
}

fn subscription(view: &ManagedClusterView, all: &[ManagedClusterView]) -> Vec<Seen> {
    let scope = view.scope();
    let what = format!("Subscription {}/{}", scope.namespace, scope.name);
    if is_absent(view) {
        return vec![Seen { trouble: Trouble::Absent, text: format!("{what} does not exist on the cluster") }];
    }
    if let Some(text) = not_seen(view) {
        return vec![Seen { trouble: Trouble::NotSeen, text: format!("{what} cannot be seen: {text}") }];
    }
    let object = view.result();
    if object.is_null() {
        return Vec::new();
    }
    let mut found = Vec::new();
    if object["spec"]["installPlanApproval"] == "Automatic" {
        found.push(Seen { trouble: Trouble::Automatic, text: format!("{what} approves its InstallPlans by itself") });
    }
    let status = &object["status"];
    let plan = status["installPlanRef"]["name"].as_str().or(status["installplan"]["name"].as_str());
    match plan {
        None => {
            let why = failing(status).map(|why| format!(": {why}")).unwrap_or_default();
            let at_rest = status["state"] == "AtLatestKnown" && why.is_empty();
            if !at_rest {
                found.push(Seen { trouble: Trouble::NoPlan, text: format!("{what} has no InstallPlan{why}") });
            }
        }
        Some(plan) => found.extend(all.iter().filter(|v| v.is_of("InstallPlan")).find_map(|v| failed_plan(v, plan))),
    }
    found
}

/// The first condition that says that OLM cannot resolve a Subscription.
fn failing(status: &Value) -> Option<String> {
    let bad = ["ResolutionFailed", "CatalogSourcesUnhealthy", "BundleUnpackFailed", "InstallPlanFailed"];
    let conditions = status["conditions"].as_array()?;
    let found = conditions.iter().find(|c| c["status"] == "True" && bad.iter().any(|kind| c["type"] == *kind))?;
    let text = |key: &str| found[key].as_str().filter(|text| !text.is_empty());
    text("message").or(text("reason")).or(text("type")).map(str::to_owned)
}

fn failed_plan(view: &ManagedClusterView, plan: &str) -> Option<Seen> {
    let object = view.result();
    let is_it = view.scope().name == plan && object["status"]["phase"] == "Failed";
    let why = || {
        let conditions = object["status"]["conditions"].as_array()?;
        conditions.iter().find_map(|c| c["message"].as_str().filter(|text| !text.is_empty()))
    };
    let text = || format!("InstallPlan {}/{plan} has failed", view.scope().namespace);
    is_it.then(|| Seen {
        trouble: Trouble::PlanFailed,
        text: why().map_or_else(text, |why| format!("{}: {why}", text())),
    })
}

/// `GetResourceFailed` is the reason for an answer of no as well as for none.
fn is_absent(view: &ManagedClusterView) -> bool {
    view.processing().is_some_and(|condition| !condition.is_true() && condition.message.ends_with("not found"))
}

fn not_seen(view: &ManagedClusterView) -> Option<String> {
    let processing = view.processing().filter(|condition| !condition.is_true())?;
    Some(if processing.message.is_empty() { processing.reason.clone() } else { processing.message.clone() })
}

/// Why a job of pre-caching (`precache`) or backup (`backup`) has failed on a cluster, as far as its view tells.
pub(super) fn job(hub: &Hub, cluster: &str, what: &str) -> Option<String> {
    let name = format!("view-{what}-job");
    let view = hub.views_on(cluster).iter().find(|view| view.metadata.name == name)?;
    let conditions = view.result()["status"]["conditions"].as_array();
    let failed = conditions.into_iter().flatten().find(|c| c["type"] == "Failed" && c["status"] == "True");
    match failed {
        Some(failed) => {
            let text = |key: &str| failed[key].as_str().unwrap_or_default();
            let message = text("message");
            Some(match (text("reason"), message) {
                (reason, "") => format!("the job ended with {reason}"),
                (reason, message) => format!("the job ended with {reason}: {message}"),
            })
        }
        None => not_seen(view).map(|why| format!("the job cannot be seen: {why}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rollout::example::{cgu, hub};
    use serde_json::json;

    fn view(name: &str, resource: &str, of: &str, result: Value) -> Value {
        json!({"apiVersion": "view.open-cluster-management.io/v1beta1", "kind": "ManagedClusterView",
            "metadata": {"name": name, "namespace": "a"},
            "spec": {"scope": {"resource": resource, "name": of, "namespace": "ptp"}},
            "status": {"conditions": [{"type": "Processing", "status": "True"}], "result": result}})
    }

    fn troubles(objects: Vec<Value>) -> Vec<Trouble> {
        let mut all = vec![cgu("u", json!({}))];
        all.extend(objects);
        let hub = hub(all);
        subscriptions(&hub, hub.cgu("n", "u").unwrap(), "a").iter().map(|seen| seen.trouble).collect()
    }

    #[test]
    fn each_trouble_is_seen() {
        let of = |result: Value| view("u-n-subscription-ptp-x", "Subscription.operators.coreos.com", "ptp", result);
        assert_eq!(troubles(vec![of(json!({"status": {"state": "AtLatestKnown"}}))]), []);
        assert_eq!(
            troubles(vec![of(json!({"spec": {"installPlanApproval": "Automatic"}, "status": {}}))]),
            [Trouble::Automatic, Trouble::NoPlan]
        );
        let pending = of(json!({"status": {"state": "UpgradePending", "installPlanRef": {"name": "ip"}}}));
        assert_eq!(troubles(vec![pending.clone()]), []);
        let failed = view("ip", "InstallPlan.operators.coreos.com", "ip", json!({"status": {"phase": "Failed"}}));
        assert_eq!(troubles(vec![pending, failed]), [Trouble::PlanFailed]);
    }

    #[test]
    fn a_cluster_that_has_no_subscription_is_seen_all_the_same() {
        let of = |message: &str| {
            let mut object = view("u-n-subscription-ptp-x", "Subscription.operators.coreos.com", "ptp", json!(null));
            object["status"]["conditions"] = json!([{"type": "Processing", "status": "False",
                "reason": "GetResourceFailed", "message": message}]);
            troubles(vec![object])
        };
        assert_eq!(
            of("failed to get resource with err: subscriptions.operators.coreos.com \"ptp\" not found"),
            [Trouble::Absent]
        );
        assert_eq!(of("failed to get resource with err: connection refused"), [Trouble::NotSeen]);
    }

    #[test]
    fn views_of_other_cgus_do_not_count() {
        let other = view("v-n-subscription-ptp-x", "Subscription.operators.coreos.com", "ptp", json!({"status": {}}));
        assert_eq!(troubles(vec![other]), []);
    }

    #[test]
    fn a_failed_job_says_why() {
        let result = json!({"status": {"conditions": [
            {"type": "Failed", "status": "True", "reason": "DeadlineExceeded", "message": "too long"}]}});
        let hub = hub(vec![view("view-precache-job", "jobs", "pre-cache", result)]);
        assert_eq!(job(&hub, "a", "precache").unwrap(), "the job ended with DeadlineExceeded: too long");
        assert_eq!(job(&hub, "a", "backup"), None);
    }
}
