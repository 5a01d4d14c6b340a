//! Node policies that want the same thing in different ways.

use std::collections::{HashMap, HashSet};

use super::{is_node_policy, settled};
use crate::finding::Finding;
use crate::lint::fleet::{Cr, Fleet};
use crate::yaml::Value;

/// `sriov/mixed-resource`, `sriov/shared-function`. Two policies of one resource name are fine as long as their devices
/// are of one kind: the device plugin pools them.
pub fn check(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    let mut said = HashSet::new();
    for scope in fleet.scopes() {
        let (mut resources, mut functions) = (HashMap::new(), HashMap::new());
        for cr in fleet.crs(&scope).filter(|cr| is_node_policy(cr)) {
            let target = cr.value.at(&["spec", "nodeSelector"]);
            if let Some(resource) = settled(cr, &["spec", "resourceName"]) {
                let first: &Cr<'_> = resources.entry(resource).or_insert(cr);
                let types = (device_type(first), device_type(cr));
                if types.0 != types.1
                    && types.0.is_some()
                    && types.1.is_some()
                    && said.insert((first.place().to_string(), cr.place().to_string()))
                {
                    findings.push(mixed(resource, first, cr));
                }
            }
            for function in functions_of(cr) {
                let first: &Cr<'_> = functions.entry(function).or_insert(cr);
                let same = std::ptr::eq(first, cr) || first.name() == cr.name();
                if !same
                    && target == first.value.at(&["spec", "nodeSelector"])
                    && said.insert((function.to_owned(), cr.place().to_string()))
                {
                    findings.push(shared(function, first, cr));
                }
            }
        }
    }
}

fn device_type<'r>(cr: &Cr<'r>) -> Option<&'r str> {
    settled(cr, &["spec", "deviceType"])
}

/// Physical functions taken as a whole; `ens1f0#0-3` takes only some of its virtual functions.
fn functions_of<'r>(cr: &Cr<'r>) -> impl Iterator<Item = &'r str> {
    let names = cr.value.at(&["spec", "nicSelector", "pfNames"]).and_then(Value::as_seq).unwrap_or_default();
    names.iter().filter_map(Value::as_str).filter(|name| !name.is_empty() && !name.contains(['$', '{', '#']))
}

fn mixed(resource: &str, first: &Cr<'_>, cr: &Cr<'_>) -> Finding {
    let fact = format!("the resource {resource:?} has devices of two types");
    Finding::warning("sriov/mixed-resource", fact)
        .at(cr.place_of(&["spec", "resourceName"]))
        .note(format!("{}: {}", first.shown(), device_type(first).unwrap_or_default()))
        .note(format!("{}: {}", cr.shown(), device_type(cr).unwrap_or_default()))
        .note("a pod may get either")
        .fix("give them different resource names")
}

fn shared(function: &str, first: &Cr<'_>, cr: &Cr<'_>) -> Finding {
    let fact = format!("{} and {} both configure {function}", first.shown(), cr.shown());
    Finding::warning("sriov/shared-function", fact)
        .at(cr.place_of(&["spec", "nicSelector", "pfNames"]))
        .note(format!("the other one is at {}", first.place()))
        .note("only the policy of the higher priority has an effect")
        .fix("split its virtual functions, such as ens1f0#0-3 and ens1f0#4-7, or use another interface")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::tests::{found, template};

    fn run(second: &str) -> Vec<String> {
        let cr = "kind: SriovNetworkNodePolicy\nmetadata: {name: p}\nspec: {deviceType: $t}\n";
        let first = "resourceName: r, deviceType: netdevice, nicSelector: {pfNames: [ens1f0]}";
        let entries = format!(
            "{{fileName: P.yaml, policyName: p, metadata: {{name: a}}, spec: {{{first}}}}},\n\
             {{fileName: P.yaml, policyName: p, metadata: {{name: b}}, spec: {{{second}}}}}"
        );
        found(check, &[("source-crs/P.yaml", cr), ("1.yaml", &template("t", "ns", "{a: b}", &entries))])
    }

    #[test]
    fn one_resource_of_two_types_and_one_function_twice() {
        assert_eq!(run("resourceName: r, deviceType: vfio-pci"), ["sriov/mixed-resource 6"]);
        assert_eq!(run("deviceType: vfio-pci, nicSelector: {pfNames: [ens1f0]}"), ["sriov/shared-function 6"]);
        assert!(run("resourceName: r, deviceType: netdevice, nicSelector: {pfNames: [ens1f1]}").is_empty());
        assert!(run("resourceName: q, deviceType: vfio-pci, nicSelector: {pfNames: [\"ens1f0#4-7\"]}").is_empty());
    }
}
