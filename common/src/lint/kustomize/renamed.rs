//! Policies that a kustomization renames, while their bindings keep the old names.

use std::collections::HashMap;

use crate::finding::Finding;
use crate::generate::kustomize::{Entry, Kustomization};
use crate::lint::repository::{Repository, Tree};
use crate::yaml::Value;

/// `kustomize/renamed-policy`: namePrefix and nameSuffix do not reach into PlacementBindings, since kustomize knows
/// nothing of their references.
pub fn check(repository: &Repository<'_>, findings: &mut Vec<Finding>) {
    for kustomization in &repository.kustomizations {
        for (field, entry) in renaming(&kustomization.content) {
            let Some((binding, policy, renamed)) = repository.trees.iter().find_map(|tree| broken(tree, &entry.value))
            else {
                continue;
            };
            let fact =
                format!("{field} renames policy {policy:?} to {renamed:?}, but not in PlacementBinding {binding:?}");
            findings.push(
                Finding::warning("kustomize/renamed-policy", fact)
                    .at(entry.place.clone())
                    .note("the binding names a policy that does not exist, so the policy reaches no cluster")
                    .fix("write the whole names into the generator files instead"),
            );
        }
    }
}

fn renaming(content: &Kustomization) -> impl Iterator<Item = (&'static str, &Entry<String>)> {
    let prefix = content.name_prefix.iter().map(|entry| ("namePrefix", entry));
    prefix
        .chain(content.name_suffix.iter().map(|entry| ("nameSuffix", entry)))
        .filter(|(_, entry)| !entry.value.is_empty())
}

/// A binding whose subject is not there, while the renamed policy is: binding, old and new name.
fn broken<'r>(tree: &'r Tree, part: &str) -> Option<(&'r str, &'r str, &'r str)> {
    let mut policies: HashMap<&str, Vec<&str>> = HashMap::new();
    for policy in tree.objects.iter().filter(|object| object.kind() == "Policy") {
        policies.entry(policy.namespace()).or_default().push(policy.name());
    }
    for binding in tree.objects.iter().filter(|object| object.kind() == "PlacementBinding") {
        let there = policies.get(binding.namespace()).map(Vec::as_slice).unwrap_or_default();
        let subjects = binding.value.get("subjects").and_then(Value::as_seq).unwrap_or_default();
        for subject in subjects.iter().filter_map(|subject| subject.get("name")?.as_str()) {
            let is_renamed = |name: &&&str| name.contains(subject) && (name.starts_with(part) || name.ends_with(part));
            if !there.contains(&subject)
                && let Some(renamed) = there.iter().find(is_renamed)
            {
                return Some((binding.name(), subject, renamed));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::tests::{found_in, template};

    #[test]
    fn a_prefix_tears_policy_and_binding_apart() {
        let text = template("t", "ns", "{a: b}", "{fileName: A.yaml, policyName: p}");
        let text = format!("apiVersion: ran.openshift.io/v1\n{text}");
        let run = |prefix: &str| {
            let kustomization = format!("generators: [t.yaml]\n{prefix}");
            let cr = ("source-crs/A.yaml", "kind: A\nmetadata: {name: a}\n");
            found_in(check, &[cr, ("t.yaml", &text), ("kustomization.yaml", &kustomization)])
        };
        assert_eq!(run("namePrefix: east-\n"), ["kustomize/renamed-policy 2"]);
        assert!(run("").is_empty());
    }
}
