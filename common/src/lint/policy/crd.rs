//! CustomResourceDefinitions and what is defined by them.

use std::collections::HashMap;

use crate::finding::Finding;
use crate::lint::fleet::{Cr, Fleet};

/// `policy/crd-same-wave`
pub fn check(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    for template in &fleet.templates {
        let definitions: HashMap<(&str, &str), &Cr<'_>> = template
            .crs
            .iter()
            .filter(|cr| cr.kind() == "CustomResourceDefinition" && cr.is_demanded())
            .map(|cr| ((cr.text(&["spec", "group"]), cr.text(&["spec", "names", "kind"])), cr))
            .collect();
        for cr in &template.crs {
            let group = cr.text(&["apiVersion"]).split('/').next().unwrap_or_default();
            let Some(definition) = definitions.get(&(group, cr.kind())) else { continue };
            let (Some(wave), Some(earliest)) = (cr.wave, definition.wave) else { continue };
            if wave > earliest {
                continue;
            }
            let fact = format!("{} is rolled out with or before the definition of its kind", cr.shown());
            findings.push(
                Finding::warning("policy/crd-same-wave", fact)
                    .at(cr.place())
                    .note(format!(
                        "wave {wave}; its CustomResourceDefinition has wave {earliest} ({})",
                        definition.place()
                    ))
                    .fix("give the CustomResourceDefinition a policy with an earlier wave"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::tests::{found, template};

    #[test]
    fn the_definition_comes_first() {
        let wave = |w| format!("annotations: {{ran.openshift.io/ztp-deploy-wave: \"{w}\"}}");
        let crd = format!(
            "kind: CustomResourceDefinition\nmetadata: {{name: as.g, {}}}\nspec: {{group: g, names: {{kind: A}}}}\n",
            wave(2)
        );
        let entries = "{fileName: Crd.yaml, policyName: p},\n{fileName: A.yaml, policyName: q}";
        let text = template("t", "ns", "{a: b}", entries);
        let run = |w| {
            let cr = format!("apiVersion: g/v1\nkind: A\nmetadata: {{name: a, {}}}\n", wave(w));
            found(check, &[("source-crs/Crd.yaml", &crd), ("source-crs/A.yaml", &cr), ("1.yaml", &text)])
        };
        assert_eq!(run(2), ["policy/crd-same-wave 6"]);
        assert!(run(3).is_empty());
    }
}
