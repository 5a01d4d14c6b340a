//! Clusters that get no policy.

use crate::finding::Finding;
use crate::lint::fleet::Fleet;

/// `placement/unreached-cluster`: only where some other cluster is reached, so that the policies are of this
/// repository.
pub fn check(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    let mut reached = vec![false; fleet.clusters.len()];
    for i in fleet.templates.iter().flat_map(|template| &template.reach) {
        if let Some(reached) = reached.get_mut(*i) {
            *reached = true;
        }
    }
    if !reached.contains(&true) {
        return;
    }
    for (cluster, _) in fleet.clusters.iter().zip(reached).filter(|(_, reached)| !reached) {
        findings.push(
            Finding::warning(
                "placement/unreached-cluster",
                format!("no policy reaches the cluster {:?}", cluster.name),
            )
            .at(cluster.anchor.place())
            .note("it is installed, gets ztp-done at once and stays without configuration")
            .fix("compare its clusterLabels with the bindingRules of the PolicyGenTemplates"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::tests::{found, site, template};

    #[test]
    fn the_cluster_without_policies() {
        let cr = ("source-crs/A.yaml", "kind: A\nmetadata: {name: a}\n");
        let text = template("t", "ns", "{zone: \"1\"}", "{fileName: A.yaml, policyName: p}");
        let (one, two) = (site("one", "{zone: 1}", ""), site("two", "{zone: 2}", ""));
        let files = [cr, ("t.yaml", &*text), ("one.yaml", &*one), ("two.yaml", &*two)];
        assert_eq!(found(check, &files), ["placement/unreached-cluster 1"]);
        assert!(found(check, &files[..3]).is_empty());
    }
}
