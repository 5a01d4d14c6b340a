//! The apply-label annotation: the objects that a Backup is to take, by name (LCA main `internal/backuprestore`).

use super::content::Backup;
use super::resource_name::{contains, same};
use crate::finding::{Finding, Level};
use crate::upgrade::annotation::APPLY_LABEL;
use crate::upgrade::manifest::ObjectFinding;

const PATH: [&str; 3] = ["metadata", "annotations", APPLY_LABEL];

/// Namespaced resources that everybody knows.
const NAMESPACED: [&str; 20] = [
    "configmaps",
    "cronjobs",
    "daemonsets",
    "deployments",
    "endpoints",
    "ingresses",
    "jobs",
    "networkpolicies",
    "persistentvolumeclaims",
    "poddisruptionbudgets",
    "pods",
    "replicasets",
    "rolebindings",
    "roles",
    "routes",
    "secrets",
    "serviceaccounts",
    "services",
    "statefulsets",
    "subscriptions",
];

/// One item of the annotation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Item<'a> {
    pub group: &'a str,
    pub resource: &'a str,
    /// `None` for the cluster-scoped forms.
    pub namespace: Option<&'a str>,
    pub name: &'a str,
}

/// Reads an item by the number of its parts; `None` when there are fewer than 3 or more than 5, or blanks.
pub(super) fn parse(item: &str) -> Option<Item<'_>> {
    if item.contains(char::is_whitespace) {
        return None;
    }
    let parts: Vec<&str> = item.split('/').collect();
    let (group, resource, namespace, name) = match *parts.as_slice() {
        [_, resource, name] => ("", resource, None, name),
        ["v1", resource, namespace, name] => ("", resource, Some(namespace), name),
        [group, _, resource, name] => (group, resource, None, name),
        [group, _, resource, namespace, name] => (group, resource, Some(namespace), name),
        _ => return None,
    };
    Some(Item { group, resource, namespace, name })
}

pub(super) fn check(backup: Backup<'_>, findings: &mut Vec<ObjectFinding>) {
    let Some(text) = backup.apply_label() else { return };
    findings.extend(long_name(backup));
    let items: Vec<(&str, Option<Item<'_>>)> = text.split(',').map(|item| (item, parse(item))).collect();
    let pick = |test: &dyn Fn(&Item<'_>) -> bool| -> Vec<&str> {
        items.iter().filter(|(_, item)| item.as_ref().is_some_and(test)).map(|(text, _)| *text).collect()
    };
    let broken: Vec<&str> = items.iter().filter(|(_, item)| item.is_none()).map(|(text, _)| *text).collect();
    let scope = pick(&wrong_scope);
    let not_included = pick(&|item| !wrong_scope(item) && !included(backup, item));
    let namespace = pick(&|item| item.namespace.is_some_and(|ns| !namespace_included(backup, ns)));
    let mut report = |items: &[&str], rule: &Rule| {
        if items.is_empty() {
            return;
        }
        let fact = format!("apply-label of Backup \"{}\" {}: {}", backup.0.name(), rule.what, items.join(", "));
        let finding = match rule.level {
            Level::Error => Finding::error(rule.id, fact),
            Level::Warning | Level::Info => Finding::warning(rule.id, fact),
        };
        findings.push(backup.0.finding(finding.note(rule.note).fix(rule.fix), &PATH));
    };
    report(&broken, &FORMAT);
    report(&scope, &SCOPE);
    report(&not_included, &NOT_INCLUDED);
    report(&namespace, &OUTSIDE);
}

struct Rule {
    id: &'static str,
    level: Level,
    what: &'static str,
    note: &'static str,
    fix: &'static str,
}

const FORMAT: Rule = Rule {
    id: "oadp/apply-label-format",
    level: Level::Error,
    what: "has items that cannot be read",
    note: "an item is version/resource/name, v1/resource/namespace/name, group/version/resource/name or \
           group/version/resource/namespace/name",
    fix: "write each item in one of these forms, with commas between them and no blanks",
};

const SCOPE: Rule = Rule {
    id: "oadp/apply-label-scope",
    level: Level::Error,
    what: "lists namespaced objects without namespace",
    note: "Prep fails because no such cluster-scoped object exists",
    fix: "put the namespace before the name",
};

const NOT_INCLUDED: Rule = Rule {
    id: "oadp/apply-label-not-included",
    level: Level::Warning,
    what: "lists what the Backup does not include",
    note: "an object is backed up only if the spec includes its resource as well",
    fix: "add the resource to the included resources",
};

const OUTSIDE: Rule = Rule {
    id: "oadp/apply-label-namespace",
    level: Level::Warning,
    what: "lists objects outside the namespaces of the Backup",
    note: "an object is backed up only if its namespace is included as well",
    fix: "add the namespace to spec.includedNamespaces",
};

/// The agent labels the listed objects with the name of the Backup.
fn long_name(backup: Backup<'_>) -> Option<ObjectFinding> {
    let length = backup.0.name().chars().count();
    (length > 63).then(|| {
        let fact = format!("the name of Backup \"{}\" has {length} characters", backup.0.name());
        let finding = Finding::error("oadp/name-length", fact)
            .note("with an apply-label it becomes a label value, which may have 63")
            .fix("shorten it");
        backup.0.finding(finding, &["metadata", "name"])
    })
}

fn wrong_scope(item: &Item<'_>) -> bool {
    item.namespace.is_none() && NAMESPACED.iter().any(|known| same(item.resource, known))
}

/// Whether the spec takes the resource. Velero adds the CustomResourceDefinition of what it takes by itself.
fn included(backup: Backup<'_>, item: &Item<'_>) -> bool {
    if same(item.resource, "customresourcedefinitions") {
        return true;
    }
    let qualified =
        if item.group.is_empty() { item.resource.to_owned() } else { format!("{}.{}", item.resource, item.group) };
    if backup.excludes(&qualified) {
        return false;
    }
    let listed = |list| backup.0.texts(&["spec", list]);
    let old_style = listed("includedResources");
    if !old_style.is_empty() {
        return contains(&old_style, &qualified);
    }
    let (namespaced, cluster) = (listed("includedNamespaceScopedResources"), listed("includedClusterScopedResources"));
    match item.namespace {
        Some(_) => namespaced.is_empty() || contains(&namespaced, &qualified),
        None => {
            let everything = namespaced.is_empty() && cluster.is_empty() && listed("includedNamespaces").is_empty();
            everything || contains(&cluster, &qualified)
        }
    }
}

fn namespace_included(backup: Backup<'_>, namespace: &str) -> bool {
    let included = backup.0.texts(&["spec", "includedNamespaces"]);
    let taken = included.is_empty() || included.iter().any(|ns| *ns == "*" || *ns == namespace);
    taken && !backup.0.texts(&["spec", "excludedNamespaces"]).contains(&namespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_parts_mean_a_namespace_only_in_the_core_group() {
        assert_eq!(parse("v1/secrets/ns/a").and_then(|i| i.namespace), Some("ns"));
        assert_eq!(parse("apps/v1/deployments/a").map(|i| (i.namespace, i.resource)), Some((None, "deployments")));
        assert_eq!(parse("v1/namespaces/a").map(|i| i.name), Some("a"));
        assert_eq!(parse("a/b/c/d/e/f"), None);
    }
}
