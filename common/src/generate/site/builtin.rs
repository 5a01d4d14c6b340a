//! The built-in templates of the installation CRs, one set per API version, and what is special about each.

use std::sync::LazyLock;

use crate::yaml::{self, Map, Source, Value};

/// The API version of a SiteConfig.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// `ran.openshift.io/v1`
    V1,
    /// `ran.openshift.io/v2`
    V2,
}

/// What a built-in CR is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// One for each cluster, nothing special.
    Cluster,
    /// AgentClusterInstall
    Install,
    /// The ConfigMap with the extra manifests.
    Manifests,
    /// The ConfigMap with the user's own data.
    SiteMap,
    /// ManagedCluster
    ManagedCluster,
    /// NMStateConfig, one for each node.
    Network,
    /// BareMetalHost, one for each node.
    Host,
    /// HostFirmwareSettings, one for each node.
    Firmware,
}

impl Role {
    /// Whether there is one for each node.
    pub fn is_of_node(self) -> bool {
        matches!(self, Self::Network | Self::Host | Self::Firmware)
    }
}

/// A template.
#[derive(Debug)]
pub struct BuiltIn {
    /// What it is for.
    pub role: Role,
    /// Its kind.
    pub kind: String,
    /// The template.
    pub cr: Map,
}

impl Version {
    /// The version of an `apiVersion`.
    pub fn of(api_version: &str) -> Option<Self> {
        match api_version {
            "ran.openshift.io/v1" => Some(Self::V1),
            "ran.openshift.io/v2" => Some(Self::V2),
            _ => None,
        }
    }

    /// The templates in the order the CRs are written.
    pub fn templates(self) -> &'static [BuiltIn] {
        static V1: LazyLock<Vec<BuiltIn>> = LazyLock::new(|| parse(include_str!("v1.yaml")));
        static V2: LazyLock<Vec<BuiltIn>> = LazyLock::new(|| parse(include_str!("v2.yaml")));
        match self {
            Self::V1 => &V1,
            Self::V2 => &V2,
        }
    }
}

/// Both texts are part of the program and a test counts what is in them, so nothing is lost here.
fn parse(text: &str) -> Vec<BuiltIn> {
    let source = Source::from_text("built-in", text);
    let values = yaml::documents(&source).filter_map(|document| document.ok()?.root()?.to_value().ok());
    values.filter_map(|value| if let Value::Map(cr) = value { built_in(cr) } else { None }).collect()
}

fn built_in(cr: Map) -> Option<BuiltIn> {
    let kind = cr.get("kind")?.as_str()?.to_owned();
    let role = match kind.as_str() {
        "AgentClusterInstall" => Role::Install,
        "ConfigMap" if cr.contains("data") => Role::SiteMap,
        "ConfigMap" => Role::Manifests,
        "ManagedCluster" => Role::ManagedCluster,
        "NMStateConfig" => Role::Network,
        "BareMetalHost" => Role::Host,
        "HostFirmwareSettings" => Role::Firmware,
        _ => Role::Cluster,
    };
    Some(BuiltIn { role, kind, cr })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_templates_are_there() {
        assert_eq!(Version::V1.templates().len(), 10);
        assert_eq!(Version::V2.templates().len(), 11);
        assert!(Version::of("ran.openshift.io/v3").is_none());
    }
}
