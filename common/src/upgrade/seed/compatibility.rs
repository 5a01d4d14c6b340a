//! Whether a target can take a seed image, from the image's labels alone (LCA main `internal/prep`,
//! `controllers/prep_handlers.go`): the checks of Prep without a Prep.

use semver::Version;
use serde::Deserialize;

use crate::finding::Finding;

/// The seed format that the agent understands.
const FORMAT: &str = "4";
/// Image label with the seed format.
const FORMAT_LABEL: &str = "com.openshift.lifecycle-agent.seed_format_version";

/// The labels of a seed image that matter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeedImage {
    /// Label `com.openshift.lifecycle-agent.seed_format_version`.
    pub format: Option<String>,
    /// Label `com.openshift.lifecycle-agent.seed_cluster_info`, read; images of old agents have none.
    pub info: Option<SeedInfo>,
}

/// What the agent wrote about the seed cluster.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct SeedInfo {
    /// Release of the seed cluster.
    pub seed_cluster_ocp_version: String,
    /// Whether it has a proxy.
    pub has_proxy: bool,
    /// Whether it has FIPS enabled.
    pub has_fips: bool,
    /// Its trust bundles; absent in images of old agents.
    #[serde(rename = "additionalTrustBundle")]
    pub additional_trust_bundle: Option<TrustBundle>,
    /// Source of its container storage mount.
    pub container_storage_mountpoint_target: String,
}

/// Which trust bundles a cluster has.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TrustBundle {
    /// Whether ConfigMap openshift-config/user-ca-bundle has content.
    pub has_user_ca_bundle: bool,
    /// Name of the ConfigMap that Proxy `trustedCA` names; "" for none.
    #[serde(alias = "ProxyConfigmapName")]
    pub proxy_configmap_name: String,
}

/// What is known about the target; `None` is "not looked at".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Target {
    /// `status.desired.version` of ClusterVersion.
    pub version: Option<String>,
    /// Whether any of httpProxy, httpsProxy and noProxy is set.
    pub has_proxy: Option<bool>,
    /// Whether FIPS is enabled.
    pub has_fips: Option<bool>,
    /// Its trust bundles.
    pub trust_bundle: Option<TrustBundle>,
    /// `What=` of `var-lib-containers.mount`; "" when it is not mounted.
    pub container_mount: Option<String>,
}

/// Reasons why a target cannot take a seed image; `version` is what `spec.seedImageRef.version` will say.
pub fn compatibility(seed: &SeedImage, version: Option<&str>, target: &Target) -> Vec<Finding> {
    let mut findings = Vec::new();
    match seed.format.as_deref() {
        Some(FORMAT) => {}
        Some(other) => {
            let fact = format!("the seed image has format {other}, the agent understands {FORMAT}");
            findings.push(Finding::error("ibu/seed-format", fact).fix("make the seed image with a matching agent"));
        }
        None => {
            let finding = Finding::error("ibu/seed-format", format!("the image lacks the label {FORMAT_LABEL}"));
            findings.push(finding.note("it is not a seed image").fix("check the image and its tag"));
        }
    }
    let none = SeedInfo::default();
    let info = seed.info.as_ref().unwrap_or(&none);
    findings.extend(release(info, version, target));
    findings.extend(presence("ibu/seed-proxy", "a proxy", info.has_proxy, target.has_proxy));
    findings.extend(presence("ibu/seed-fips", "FIPS enabled", info.has_fips, target.has_fips));
    findings.extend(trust(info, target));
    findings.extend(mount(seed.info.as_ref(), target));
    findings
}

fn release(info: &SeedInfo, version: Option<&str>, target: &Target) -> Vec<Finding> {
    let mut findings = Vec::new();
    let content = &info.seed_cluster_ocp_version;
    if let Some(version) = version.filter(|v| !content.is_empty() && v != content) {
        let fact = format!("the seed image holds {content}, but version {version} is asked for");
        let finding = Finding::error("ibu/seed-version", fact).note("the stateroot job fails");
        findings.push(finding.fix(format!("set seedImageRef.version to {content}")));
    }
    let seed = Version::parse(version.unwrap_or(content)).ok();
    let running = target.version.as_deref().and_then(|v| Version::parse(v).ok());
    if let (Some(seed), Some(running)) = (seed, running)
        && seed.cmp_precedence(&running).is_le()
    {
        let fact = format!("seed version {seed} is not higher than {running}, which the cluster runs");
        findings.push(Finding::error("ibu/seed-not-newer", fact).fix("choose a newer seed image"));
    }
    findings
}

fn presence(id: &'static str, what: &str, seed: bool, target: Option<bool>) -> Option<Finding> {
    target.filter(|t| *t != seed)?;
    let (has, lacks) = if seed { ("seed image", "cluster") } else { ("cluster", "seed image") };
    let finding = Finding::error(id, format!("the {has} has {what}, the {lacks} does not"));
    Some(finding.fix("make a seed image on a cluster like the target"))
}

fn trust(info: &SeedInfo, target: &Target) -> Vec<Finding> {
    let (Some(seed), Some(target)) = (&info.additional_trust_bundle, &target.trust_bundle) else { return Vec::new() };
    let what = "content in openshift-config/user-ca-bundle";
    let bundle = presence("ibu/seed-ca-bundle", what, seed.has_user_ca_bundle, Some(target.has_user_ca_bundle));
    let mut findings: Vec<_> = bundle.into_iter().collect();
    if seed.proxy_configmap_name != target.proxy_configmap_name {
        let (a, b) = (&seed.proxy_configmap_name, &target.proxy_configmap_name);
        let fact = format!("the proxy trustedCA is \"{a}\" in the seed image and \"{b}\" on the cluster");
        findings.push(Finding::error("ibu/seed-proxy-ca", fact).fix("use one ConfigMap name on both"));
    }
    findings
}

fn mount(info: Option<&SeedInfo>, target: &Target) -> Option<Finding> {
    let mount = target.container_mount.as_deref()?;
    if mount.is_empty() {
        let finding = Finding::error("ibu/container-storage", "/var/lib/containers is not a shared partition");
        return Some(finding.fix("the partition can only be made at installation: oc ibu partition"));
    }
    let seed = &info?.container_storage_mountpoint_target;
    (!seed.is_empty() && seed != mount).then(|| {
        let fact = format!("container storage is mounted from {seed} in the seed and from {mount} on the cluster");
        Finding::error("ibu/container-storage", fact)
            .note("the names are compared as text, even when they mean one partition")
            .fix("mount it by the partition label on both")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_or_neither() {
        let info = r#"{"seed_cluster_ocp_version": "4.17.4", "has_proxy": true, "additionalTrustBundle": {}}"#;
        let seed = SeedImage { format: Some("4".into()), info: serde_json::from_str(info).ok() };
        let target = Target { version: Some("4.17.4".into()), has_proxy: Some(false), ..Target::default() };
        let ids: Vec<_> = compatibility(&seed, Some("4.17.5"), &target).iter().map(|f| f.id).collect();
        assert_eq!(ids, ["ibu/seed-version", "ibu/seed-proxy"]);
        assert!(compatibility(&seed, None, &Target::default()).is_empty());
    }
}
