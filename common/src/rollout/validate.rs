//! The validating steps of a pass (TALM 5.0 `controllers/policy.go`, `controllers/validation.go`).

use std::collections::HashMap;

use super::made;
use super::message::*;
use super::pass::{Pass, Step};
use super::plan::Outcome;
use super::platform::{PlatformImage, platform_image};
use super::policies::resolve;
use super::policy_objects::{PolicyObject, inspect};

impl Pass<'_> {
    fn not_valid(&mut self, reason: &str, message: String) -> Outcome {
        set_false(&mut self.status.conditions, VALIDATED, reason, message);
        Outcome::NotValid
    }

    pub(super) fn validate(&mut self) -> Step {
        if self.is_manifest_work() {
            self.check_templates()?;
        } else {
            self.check_policies()?;
            self.check_platform()?;
            self.check_dependencies()?;
            self.status.managed_policies_content = made::content(&self.enforced);
        }
        set_true(&mut self.status.conditions, VALIDATED, "ValidationCompleted", "Completed validation");
        Ok(())
    }

    fn check_templates(&mut self) -> Step {
        let namespace = &self.cgu.metadata.namespace;
        let is_missing = |name: &&String| !self.hub.templates.contains_key(&(namespace.clone(), (*name).clone()));
        let missing: Vec<&String> = self.cgu.spec.manifest_work_templates.iter().filter(is_missing).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let message = format!("Missing manifest templates: {}", go_list(&missing));
        Err(self.not_valid("NotAllManifestTemplatesExist", message))
    }

    fn check_policies(&mut self) -> Step {
        self.policies = resolve(self.hub, &self.cgu.spec.managed_policies, &self.selection.clusters);
        if !self.policies.ambiguous.is_empty() {
            let found = serde_json::to_string(&self.policies.ambiguous).unwrap_or_default();
            let message =
                format!("Managed policy name should be unique, but was found in multiple namespaces: {found} ");
            return Err(self.not_valid("AmbiguousManagedPoliciesNames", message));
        }
        if let Some((name, reason)) = self.policies.breaking() {
            let why = format!("it breaks off at policy {name}: {reason}");
            return Err(self.fail(why));
        }
        self.keep_policies();
        let (missing, invalid) = (self.policies.missing(), self.policies.invalid());
        let message = match (missing.is_empty(), invalid.is_empty()) {
            (true, true) => return Ok(()),
            (false, true) => format!("Missing managed policies: {} ", go_list(&missing)),
            (_, false) => format!("Invalid managed policies: {} ", go_list(&invalid)),
        };
        Err(self.not_valid("NotAllManagedPoliciesExist", message))
    }

    /// The lists in status change only when the new ones hold something; the maps always.
    fn keep_policies(&mut self) {
        let for_upgrade = self.policies.for_upgrade();
        self.enforced = for_upgrade.iter().filter_map(|p| self.hub.policy(&p.namespace, &p.name)).collect();
        self.status.managed_policies_ns = for_upgrade.iter().map(|p| (p.name.clone(), p.namespace.clone())).collect();
        // TALM fills it only once everything is valid.
        self.status.managed_policies_content.clear();
        if !for_upgrade.is_empty() {
            self.status.managed_policies_for_upgrade = for_upgrade;
        }
        let compliant: Vec<String> = self.policies.compliant().into_iter().map(|policy| policy.name).collect();
        if !compliant.is_empty() {
            self.status.managed_policies_compliant_before_upgrade = compliant;
        }
    }

    fn check_platform(&mut self) -> Step {
        let objects: Vec<PolicyObject<'_>> = self.enforced.iter().filter_map(|p| inspect(p).ok()).flatten().collect();
        match platform_image(objects.iter(), self.cgu.spec.pre_caching, self.graph) {
            Ok(image) => {
                if let PlatformImage::ToBeLookedUp(release) = image {
                    self.unchecked_lookup = Some(release.question());
                }
                Ok(())
            }
            Err(message) => Err(self.not_valid("InvalidPlatformImage", message)),
        }
    }

    /// TALM 5.0 `controllers/validation.go`, `validatePoliciesDependenciesOrder`.
    fn check_dependencies(&mut self) -> Step {
        let place: HashMap<(&str, &str), usize> = self
            .enforced
            .iter()
            .enumerate()
            .map(|(at, policy)| ((&*policy.metadata.namespace, &*policy.metadata.name), at))
            .collect();
        let late = self.enforced.iter().enumerate().find_map(|(at, policy)| {
            let is_late = |namespace: &str, name: &str| place.get(&(namespace, name)).is_some_and(|other| *other > at);
            let found = policy.spec.dependencies.iter().find(|d| is_late(&d.namespace, &d.name))?;
            Some((policy.metadata.name.clone(), found.name.clone()))
        });
        match late {
            None => Ok(()),
            Some((policy, other)) => {
                let message = format!("Managed Policy {policy} depends on {other}, which is to be remediated later");
                Err(self.not_valid("UnresolvableDenpendency", message))
            }
        }
    }
}
