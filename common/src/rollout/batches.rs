//! The remediation plan (TALM 5.0 `controllers/clustergroupupgrade_controller.go`, `buildRemediationPlan`).

use std::collections::HashSet;

/// The batch size in use: all clusters when `max_concurrency` is not between one and their number.
pub fn computed_max_concurrency(max_concurrency: i64, clusters: usize) -> usize {
    usize::try_from(max_concurrency).ok().filter(|size| (1..clusters).contains(size)).unwrap_or(clusters)
}

/// Batches, and who needs none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RemediationPlan {
    /// Cluster names by batch.
    pub batches: Vec<Vec<String>>,
    /// Clusters with nothing to do, canaries first.
    pub already_compliant: Vec<String>,
    /// How many batches at the start are canaries.
    pub canary_batches: usize,
}

/// Puts clusters into batches: each canary that is `in_plan` alone, then the others in list order. A canary listed
/// twice gets two batches, as TALM does it.
pub fn remediation_plan(
    clusters: &[String],
    canaries: &[String],
    batch_size: usize,
    in_plan: impl Fn(&str) -> bool,
) -> RemediationPlan {
    let mut plan = RemediationPlan::default();
    let mut done: HashSet<&str> = HashSet::new();
    for canary in canaries {
        if in_plan(canary) {
            plan.batches.push(vec![canary.clone()]);
        } else if !done.contains(canary.as_str()) {
            plan.already_compliant.push(canary.clone());
        }
        done.insert(canary);
    }
    plan.canary_batches = plan.batches.len();
    let mut batch = Vec::new();
    for cluster in clusters.iter().filter(|cluster| !done.contains(cluster.as_str())) {
        if !in_plan(cluster) {
            plan.already_compliant.push(cluster.clone());
            continue;
        }
        batch.push(cluster.clone());
        if batch.len() >= batch_size {
            plan.batches.push(std::mem::take(&mut batch));
        }
    }
    if !batch.is_empty() {
        plan.batches.push(batch);
    }
    plan
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[&str]) -> Vec<String> {
        list.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn sizes_out_of_range_mean_all_at_once() {
        assert_eq!([0, -1, 1, 3, 4, 9].map(|size| computed_max_concurrency(size, 4)), [4, 4, 1, 3, 4, 4]);
    }

    #[test]
    fn canaries_go_first_and_compliant_clusters_use_no_room() {
        let plan =
            remediation_plan(&names(&["a", "b", "c", "d", "e"]), &names(&["d", "c"]), 2, |c| c != "b" && c != "c");
        assert_eq!(plan.batches, [vec!["d"], vec!["a", "e"]]);
        assert_eq!(plan.already_compliant, ["c", "b"]);
        assert_eq!(plan.canary_batches, 1);
    }
}
