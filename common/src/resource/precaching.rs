//! `PreCachingConfig` (`ran.openshift.io`) and the ConfigMap that came before it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Metadata, or_default};

/// What to cache beyond, or instead of, what the policies say.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, expecting = "a map")]
pub struct PreCachingConfig {
    /// Name and namespace.
    #[serde(deserialize_with = "or_default")]
    pub metadata: Metadata,
    /// The content.
    #[serde(deserialize_with = "or_default")]
    pub spec: PreCachingConfigSpec,
}

/// The content of a [`PreCachingConfig`].
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
pub struct PreCachingConfigSpec {
    /// Replacements; only `operatorsPackagesAndChannels` still counts.
    #[serde(deserialize_with = "or_default")]
    pub overrides: serde_json::Map<String, serde_json::Value>,
    /// Patterns of images to leave out.
    #[serde(deserialize_with = "or_default")]
    pub exclude_precache_patterns: Vec<String>,
    /// More images.
    #[serde(deserialize_with = "or_default")]
    pub additional_images: Vec<String>,
    /// Free space, with a unit.
    #[serde(deserialize_with = "or_default")]
    pub space_required: String,
}

impl PreCachingConfigSpec {
    /// The override that still counts; empty when there is none.
    pub fn packages_and_channels(&self) -> Vec<String> {
        self.list("operatorsPackagesAndChannels")
    }

    /// Indexes, for releases before 2026-07; empty when there are none.
    pub fn operators_indexes(&self) -> Vec<String> {
        self.list("operatorsIndexes")
    }

    /// The release image, for releases before 2026-07; empty when there is none.
    pub fn platform_image(&self) -> &str {
        self.overrides.get("platformImage").and_then(serde_json::Value::as_str).unwrap_or_default()
    }

    fn list(&self, key: &str) -> Vec<String> {
        let list = self.overrides.get(key).and_then(serde_json::Value::as_array);
        list.into_iter().flatten().filter_map(|item| item.as_str().map(str::to_owned)).collect()
    }
}

/// A ConfigMap.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, expecting = "a map")]
pub struct ConfigMap {
    /// Name and namespace.
    #[serde(deserialize_with = "or_default")]
    pub metadata: Metadata,
    /// Its texts.
    #[serde(deserialize_with = "or_default")]
    pub data: BTreeMap<String, String>,
}
