//! SriovNetworks and the resource they take their functions from.

use std::collections::{BTreeSet, HashSet};

use super::{is_node_policy, settled};
use crate::finding::Finding;
use crate::lint::fleet::Fleet;
use crate::suggest::nearest;

const RESOURCE: [&str; 2] = ["spec", "resourceName"];

/// `sriov/no-resource`. A resource name that comes from a template may be any, so that nothing is said then.
pub fn check(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    let everywhere: BTreeSet<&str> =
        fleet.all_crs().filter(|cr| is_node_policy(cr)).filter_map(|cr| settled(cr, &RESOURCE)).collect();
    let mut said = HashSet::new();
    for scope in fleet.scopes() {
        let policies = || fleet.crs(&scope).filter(|cr| is_node_policy(cr));
        if policies().any(|cr| settled(cr, &RESOURCE).is_none()) {
            continue;
        }
        let served: BTreeSet<&str> = match scope.cluster {
            Some(_) => policies().filter_map(|cr| settled(cr, &RESOURCE)).collect(),
            None => everywhere.clone(),
        };
        for cr in fleet.crs(&scope).filter(|cr| cr.kind() == "SriovNetwork" && cr.is_demanded()) {
            let Some(resource) = settled(cr, &RESOURCE).filter(|resource| !served.contains(resource)) else { continue };
            if !said.insert(std::ptr::from_ref(cr)) {
                continue;
            }
            let on = scope.cluster.map(|cluster| format!(" on cluster {:?}", cluster.name)).unwrap_or_default();
            let fact = format!("no SriovNetworkNodePolicy{on} serves the resource {resource:?} of {}", cr.shown());
            let finding = Finding::warning("sriov/no-resource", fact)
                .at(cr.place_of(&RESOURCE))
                .note("pods with this network stay pending");
            findings.push(match nearest(resource, served.iter().copied()) {
                Some(near) => finding.fix(format!("did you mean {near:?}?")),
                None => finding.fix("add a SriovNetworkNodePolicy with this resourceName"),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::tests::{found, template};

    #[test]
    fn a_network_without_node_policy() {
        let network = "kind: SriovNetwork\nmetadata: {name: n}\nspec: {a: 1}\n";
        let policy = "kind: SriovNetworkNodePolicy\nmetadata: {name: p}\nspec: {a: 1}\n";
        let run = |resource: &str| {
            let entries = format!(
                "{{fileName: N.yaml, policyName: p, spec: {{\nresourceName: {resource}}}}},\n\
                 {{fileName: P.yaml, policyName: p, spec: {{resourceName: du_fh}}}}"
            );
            let text = template("t", "ns", "{a: b}", &entries);
            found(check, &[("source-crs/N.yaml", network), ("source-crs/P.yaml", policy), ("1.yaml", &text)])
        };
        assert_eq!(run("du_hf"), ["sriov/no-resource 6"]);
        assert!(run("du_fh").is_empty());
    }
}
