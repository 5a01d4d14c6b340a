//! What a CGU does to the labels and annotations of its clusters, in words.

use std::collections::BTreeMap;

use ztp_common::resource::{BeforeEnable, ManagedCluster};

use crate::plan_text::PlanReport;
use crate::words::plain;

/// Labels or annotations to add.
type Added = BTreeMap<String, String>;

/// What becomes of the labels and annotations of the clusters.
pub fn actions(report: &PlanReport<'_>) -> Vec<String> {
    let actions = &report.cgu.spec.actions;
    let planned: Vec<&ManagedCluster> = {
        let names = report.plan.batches.iter().flat_map(|batch| &batch.clusters);
        names.filter_map(|name| report.hub.clusters.get(name)).collect()
    };
    let line = |what: &str,
                when: &str,
                added: &Added,
                removed: Vec<&String>,
                is_there: &dyn Fn(&str, &str) -> usize| {
        let mut parts = Vec::new();
        for (key, value) in added {
            let has = is_there(key, value);
            let has = if has > 0 { format!(" ({has} of {} have it)", planned.len()) } else { String::new() };
            parts.push(format!("adds {}{has}", if value.is_empty() { key.clone() } else { format!("{key}={value}") }));
        }
        parts.extend(removed.into_iter().map(|key| format!("removes {key}")));
        (!parts.is_empty()).then(|| plain(&format!("{what} {when}: {}", parts.join(", "))))
    };
    let both = |when: &str, action: &BeforeEnable| {
        let removed = action.delete_cluster_labels.keys().chain(&action.remove_cluster_labels).collect();
        let with_label = |key: &str, value: &str| count(&planned, |cluster| cluster.metadata.label(key) == Some(value));
        let with_annotation =
            |key: &str, value: &str| count(&planned, |cluster| cluster.metadata.annotation(key) == Some(value));
        [
            line("labels", when, &action.add_cluster_labels, removed, &with_label),
            line(
                "annotations",
                when,
                &action.add_cluster_annotations,
                action.remove_cluster_annotations.iter().collect(),
                &with_annotation,
            ),
        ]
    };
    let before = actions.before_enable.iter().flat_map(|action| both("before the start", action));
    let after = actions.after_completion.iter().flat_map(|action| both("when a cluster is done", &action.changes));
    before.chain(after).flatten().collect()
}

fn count(clusters: &[&ManagedCluster], holds: impl Fn(&ManagedCluster) -> bool) -> usize {
    clusters.iter().filter(|cluster| holds(cluster)).count()
}
