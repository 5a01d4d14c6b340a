//! Namespaces of policies.

use std::collections::{HashMap, HashSet};

use crate::finding::{Finding, Level};
use crate::lint::fleet::Fleet;
use crate::suggest::nearest;

/// `policy/duplicate-name`
pub fn duplicate_name(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    let mut first = HashMap::new();
    for template in &fleet.templates {
        for policy in &template.policies {
            let (namespace, known) = first.entry(policy.name()).or_insert((policy.namespace(), template));
            if *namespace == policy.namespace() {
                continue;
            }
            let fact =
                format!("policy {:?} is in two namespaces: {namespace} and {}", policy.name(), policy.namespace());
            findings.push(
                Finding::warning("policy/duplicate-name", fact)
                    .at(template.entry_of(policy).place())
                    .note(format!("the other one is made by {}", known.anchor().place()))
                    .note("TALM finds policies by name alone and refuses a ClusterGroupUpgrade where both reach a cluster")
                    .fix("give the PolicyGenTemplate or the policy another name"),
            );
        }
    }
}

/// `policy/namespace-unmanaged`: only where the repository shows that it makes the namespaces of its policies.
pub fn unmanaged(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    let Some(made) = fleet.manifests.get("Namespace") else { return };
    if !fleet.templates.iter().any(|template| made.contains(template.namespace)) {
        return;
    }
    let mut said = HashSet::new();
    for template in &fleet.templates {
        let namespace = template.namespace;
        if made.contains(namespace) || always_there(namespace) || !said.insert(namespace) {
            continue;
        }
        let finding =
            Finding::warning("policy/namespace-unmanaged", format!("no manifest makes the namespace {namespace:?}"))
                .at(template.namespace_node().place())
                .note("Argo CD cannot sync the policies while the namespace is missing");
        findings.push(match nearest(namespace, made.iter().copied()) {
            Some(near) => finding.fix(format!("did you mean {near:?}?")),
            None => finding.fix("add a Namespace to the resources of the kustomization"),
        });
    }
}

/// `policy/namespace-reserved`
pub fn reserved(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    let clusters: HashSet<&str> = fleet.clusters.iter().map(|cluster| cluster.name).collect();
    for template in &fleet.templates {
        let namespace = template.namespace;
        let (fact, note) = match namespace {
            "ztp-install" => (
                format!("the namespace {namespace:?} is TALM's own"),
                "TALM keeps the ClusterGroupUpgrades of new clusters there",
            ),
            _ if clusters.contains(namespace) || namespace == "local-cluster" => (
                format!("the namespace {namespace:?} is that of a cluster"),
                "ACM keeps copies of policies there, and takes a policy that is none for a leftover",
            ),
            _ => continue,
        };
        let finding = Finding::warning("policy/namespace-reserved", fact).at(template.namespace_node().place());
        findings.push(finding.note(note).fix("use a namespace of your own that begins with ztp-, such as ztp-site"));
    }
}

/// `policy/namespace-project`: as information, since the project may have been changed.
pub fn outside_project(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    let fits = |namespace: &str| namespace.starts_with("ztp") || namespace == "policies-sub";
    if !fleet.templates.iter().any(|template| fits(template.namespace)) {
        return;
    }
    let mut said = HashSet::new();
    for template in fleet.templates.iter().filter(|template| !fits(template.namespace)) {
        if !said.insert(template.namespace) {
            continue;
        }
        let fact = format!("the namespace {:?} does not begin with ztp", template.namespace);
        let finding = Finding { level: Level::Info, ..Finding::warning("policy/namespace-project", fact) };
        findings.push(
            finding
                .at(template.namespace_node().place())
                .note("the reference's Argo CD project for policies may only write to ztp* and policies-sub")
                .fix("use a namespace that begins with ztp, or allow this one in the AppProject"),
        );
    }
}

fn always_there(namespace: &str) -> bool {
    let prefixes = ["openshift", "kube-", "open-cluster-management"];
    // TALM makes its own; policies there are said to be misplaced.
    let known = ["default", "ztp-install"];
    known.contains(&namespace) || prefixes.iter().any(|prefix| namespace.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::tests::{found, site, template};

    const CR: (&str, &str) = ("source-crs/A.yaml", "kind: A\nmetadata: {name: a}\n");
    const ENTRY: &str = "{fileName: A.yaml, policyName: p}";

    #[test]
    fn a_policy_in_two_namespaces() {
        let (one, two) = (template("t", "ns-a", "{a: b}", ENTRY), template("t", "ns-b", "{a: c}", ENTRY));
        assert_eq!(found(duplicate_name, &[CR, ("1.yaml", &one), ("2.yaml", &two)]), ["policy/duplicate-name 5"]);
        let other = template("u", "ns-b", "{a: c}", ENTRY);
        assert!(found(duplicate_name, &[CR, ("1.yaml", &one), ("2.yaml", &other)]).is_empty());
    }

    #[test]
    fn namespaces_that_belong_to_others() {
        let site = site("sno1", "{a: b}", "");
        let run = |namespace: &str| {
            let text = template("t", namespace, "{a: b}", ENTRY);
            found(reserved, &[CR, ("1.yaml", &text), ("s.yaml", &site)])
        };
        assert_eq!(run("ztp-install"), ["policy/namespace-reserved 2"]);
        assert_eq!(run("sno1"), ["policy/namespace-reserved 2"]);
        assert!(run("ztp-site").is_empty());
    }

    #[test]
    fn one_namespace_outside_of_the_project() {
        let (one, two) = (template("t", "ztp-site", "{a: b}", ENTRY), template("u", "default", "{a: c}", ENTRY));
        assert_eq!(found(outside_project, &[CR, ("1.yaml", &one), ("2.yaml", &two)]), ["policy/namespace-project 2"]);
        assert!(found(outside_project, &[CR, ("2.yaml", &two)]).is_empty());
    }

    #[test]
    fn a_namespace_that_nobody_makes() {
        let (one, two) = (template("t", "ztp-site", "{a: b}", ENTRY), template("u", "ztp-stie", "{a: c}", ENTRY));
        let namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: ztp-site}\n";
        let files = [CR, ("1.yaml", &*one), ("2.yaml", &*two)];
        assert!(found(unmanaged, &files).is_empty());
        let files = [files.as_slice(), &[("ns.yaml", namespace)]].concat();
        assert_eq!(found(unmanaged, &files), ["policy/namespace-unmanaged 2"]);
    }
}
