//! What OLM needs before a Subscription.

use std::collections::HashMap;

use crate::finding::Finding;
use crate::lint::fleet::{Cr, Fleet};

/// `policy/subscription-order`. Asks only of PolicyGenTemplates that make some namespace or operator group themselves;
/// others may rely on what is made elsewhere. Namespaces that OpenShift brings along are there.
pub fn check(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    let mut namespaces = HashMap::new();
    let mut groups = HashMap::new();
    for cr in fleet.all_crs().filter(|cr| cr.is_demanded()) {
        match cr.kind() {
            "Namespace" => earliest(&mut namespaces, cr.name(), cr),
            "OperatorGroup" => earliest(&mut groups, cr.namespace(), cr),
            _ => {}
        }
    }
    for template in &fleet.templates {
        if !template.crs.iter().any(|cr| matches!(cr.kind(), "Namespace" | "OperatorGroup")) {
            continue;
        }
        for cr in template.crs.iter().filter(|cr| is_subscription(cr) && cr.is_demanded()) {
            let namespace = cr.namespace();
            if namespace.is_empty() || namespace == "openshift-operators" {
                continue;
            }
            let needs = [("Namespace", &namespaces), ("OperatorGroup", &groups)];
            for (kind, found) in needs {
                findings.extend(finding(cr, kind, found.get(namespace).copied()));
            }
        }
    }
}

fn is_subscription(cr: &Cr<'_>) -> bool {
    cr.kind() == "Subscription" && cr.text(&["apiVersion"]).starts_with("operators.coreos.com/")
}

fn earliest<'f, 'r>(found: &mut HashMap<&'r str, &'f Cr<'r>>, key: &'r str, cr: &'f Cr<'r>) {
    let known = found.entry(key).or_insert(cr);
    if cr.wave < known.wave {
        *known = cr;
    }
}

fn finding(cr: &Cr<'_>, kind: &str, needed: Option<&Cr<'_>>) -> Option<Finding> {
    let namespace = cr.namespace();
    let what = if kind == "Namespace" { "the namespace" } else { "an operator group in" };
    let Some(needed) = needed else {
        let fact = format!("no policy makes {what} {namespace:?} for {}", cr.shown());
        let finding = Finding::warning("policy/subscription-order", fact).at(cr.place());
        return Some(
            finding.note("OLM does not install the operator without it").fix(format!("add a source CR of kind {kind}")),
        );
    };
    let (Some(wave), Some(later)) = (cr.wave, needed.wave) else { return None };
    (later > wave).then(|| {
        let fact = format!("{} has wave {wave}, but {what} {namespace:?} comes in wave {later}", cr.shown());
        Finding::warning("policy/subscription-order", fact)
            .at(cr.place())
            .note(format!("the {kind} is at {}", needed.place()))
            .fix(format!("give the {kind} wave {wave} or an earlier one"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::tests::{found, template};

    fn cr(kind: &str, name: &str, wave: u32) -> String {
        let metadata =
            format!("name: {name}, namespace: n, annotations: {{ran.openshift.io/ztp-deploy-wave: \"{wave}\"}}");
        format!("apiVersion: operators.coreos.com/v1\nkind: {kind}\nmetadata: {{{metadata}}}\n")
    }

    #[test]
    fn namespace_and_group_come_first() {
        let entries = "{fileName: N.yaml, policyName: a},\n{fileName: S.yaml, policyName: b}";
        let with_group = format!("{entries},\n{{fileName: G.yaml, policyName: a}}");
        let run = |entries: &str, wave| {
            let (n, g, s) = (cr("Namespace", "n", wave), cr("OperatorGroup", "g", wave), cr("Subscription", "s", 2));
            let crs = [("source-crs/N.yaml", &*n), ("source-crs/G.yaml", &g), ("source-crs/S.yaml", &s)];
            let text = template("t", "ns", "{a: b}", entries);
            found(check, &[&crs[..], &[("1.yaml", &*text)]].concat())
        };
        assert!(run(&with_group, 1).is_empty());
        assert_eq!(run(entries, 1), ["policy/subscription-order 6"]);
        assert_eq!(run(&with_group, 3).len(), 2);
    }
}
