//! What a CGU will pre-cache (TALM 5.0 `controllers/precache.go` and `overrides.go`).

use super::Hub;
use super::platform::PlatformImage;
use super::policy_objects::PolicyObject;
use super::space::required_gib;
use crate::resource::{ClusterGroupUpgrade, ConfigMap, PreCachingConfigSpec, PrecachingSpec, Resource};

/// Derives the software to cache, or the reason TALM gives behind "Precaching spec is incomplete: ".
pub(super) fn precaching_spec<'o, 'p: 'o>(
    hub: &Hub,
    cgu: &ClusterGroupUpgrade,
    objects: impl Iterator<Item = &'o PolicyObject<'p>>,
    image: &PlatformImage,
) -> Result<PrecachingSpec, String> {
    // A bad size is reported under this sentence as well.
    let of_config = |error| format!("failed to get PreCachingConfig resource due to {error}");
    let config = config(hub, cgu).map_err(of_config)?;
    let overrides = Overrides(hub.overrides.get(&cgu.metadata.namespace));
    let mut spec = from_policies(objects);
    if let PlatformImage::Known(image) = image {
        spec.platform_image.clone_from(image);
    }
    if honours_image_overrides(hub, cgu) {
        override_images(&mut spec, &config, &overrides);
    }
    let packages = first_given([config.packages_and_channels(), overrides.list("operators.packagesAndChannels")]);
    if !packages.is_empty() {
        spec.operators_packages_and_channels = packages;
    }
    spec.exclude_precache_patterns =
        first_given([config.exclude_precache_patterns, overrides.list("excludePrecachePatterns")]);
    spec.additional_images = config.additional_images;
    let space = [config.space_required.as_str(), overrides.text("precache.spaceRequired"), "35 GiB"];
    let space = space.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    spec.space_required = required_gib(space).map_err(of_config)?.to_string();
    check(&spec, *image != PlatformImage::None || !spec.platform_image.is_empty())?;
    Ok(spec)
}

/// Overrides of images ceased to work in the month in which TALM went from PlacementRules to Placements (2026-07), and
/// nothing but those tells the age of a hub.
fn honours_image_overrides(hub: &Hub, cgu: &ClusterGroupUpgrade) -> bool {
    let old = |cgu: &ClusterGroupUpgrade| !cgu.status.placement_rules.is_empty();
    let new = |cgu: &ClusterGroupUpgrade| !cgu.status.placements.is_empty();
    old(cgu) || (!new(cgu) && hub.cgus.values().any(old) && !hub.cgus.values().any(new))
}

fn override_images(spec: &mut PrecachingSpec, config: &PreCachingConfigSpec, overrides: &Overrides<'_>) {
    let image = [config.platform_image(), overrides.text("platform.image")].into_iter().find(|image| !image.is_empty());
    if let Some(image) = image {
        image.clone_into(&mut spec.platform_image);
    }
    let indexes = first_given([config.operators_indexes(), overrides.list("operators.indexes")]);
    if !indexes.is_empty() {
        spec.operators_indexes = indexes;
    }
}

fn config(hub: &Hub, cgu: &ClusterGroupUpgrade) -> Result<PreCachingConfigSpec, String> {
    let reference = &cgu.spec.pre_caching_config_ref;
    if reference.name.is_empty() {
        return Ok(PreCachingConfigSpec::default());
    }
    let namespace = if reference.namespace.is_empty() { &cgu.metadata.namespace } else { &reference.namespace };
    let found = hub.precaching_configs.get(&(namespace.clone(), reference.name.clone()));
    let kind = Resource::PRE_CACHING_CONFIG.qualified_kind();
    found.map(|config| config.spec.clone()).ok_or_else(|| format!("{kind} {:?} not found", reference.name))
}

fn from_policies<'o, 'p: 'o>(objects: impl Iterator<Item = &'o PolicyObject<'p>>) -> PrecachingSpec {
    let mut spec = PrecachingSpec::default();
    for object in objects.filter(|object| !object.must_not_have) {
        match object.kind() {
            "Subscription" => {
                let package = format!("{}:{}", object.text(&["spec", "name"]), object.text(&["spec", "channel"]));
                spec.operators_packages_and_channels.push(package);
            }
            "CatalogSource" => spec.operators_indexes.push(object.text(&["spec", "image"]).to_owned()),
            _ => {}
        }
    }
    spec
}

fn check(spec: &PrecachingSpec, has_image: bool) -> Result<(), String> {
    let inconsistent = |what: &str| Err(format!("inconsistent precaching configuration: {what}"));
    match (spec.operators_indexes.is_empty(), spec.operators_packages_and_channels.is_empty()) {
        (false, true) => inconsistent("olm index provided, but no packages"),
        (true, _) if !has_image => inconsistent("no software spec provided"),
        _ => Ok(()),
    }
}

fn first_given(lists: [Vec<String>; 2]) -> Vec<String> {
    lists.into_iter().find(|list| !list.is_empty()).unwrap_or_default()
}

/// Keys of the ConfigMap that count where the PreCachingConfig gives nothing for the same item.
pub(super) const OVERRIDES: [&str; 3] =
    ["operators.packagesAndChannels", "excludePrecachePatterns", "precache.spaceRequired"];

/// Those of these keys for which the CGU's PreCachingConfig gives something.
pub(super) fn overruled(hub: &Hub, cgu: &ClusterGroupUpgrade) -> Vec<&'static str> {
    let config = config(hub, cgu).unwrap_or_default();
    let given = [
        !config.packages_and_channels().is_empty(),
        !config.exclude_precache_patterns.is_empty(),
        !config.space_required.is_empty(),
    ];
    OVERRIDES.into_iter().zip(given).filter(|(_, is_given)| *is_given).map(|(key, _)| key).collect()
}

/// The ConfigMap that came before PreCachingConfigs.
struct Overrides<'m>(Option<&'m ConfigMap>);

impl Overrides<'_> {
    fn text(&self, key: &str) -> &str {
        self.0.and_then(|map| map.data.get(key)).map_or("", |text| text.trim())
    }

    fn list(&self, key: &str) -> Vec<String> {
        self.text(key).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rollout::example::{cgu, hub};
    use serde_json::json;

    /// What is derived from no policies at all, with another CGU of this status on the hub.
    fn derived(other: serde_json::Value) -> Result<PrecachingSpec, String> {
        let config = json!({"apiVersion": "ran.openshift.io/v1alpha1", "kind": "PreCachingConfig",
            "metadata": {"name": "c", "namespace": "n"}, "spec": {"overrides": {"platformImage": "quay.example/r:1",
                "operatorsIndexes": ["quay.example/i:1"], "operatorsPackagesAndChannels": ["p:stable"]}}});
        let mut ended = cgu("other", json!({}));
        ended["status"] = other;
        let hub = hub(vec![config, ended, cgu("u", json!({"preCachingConfigRef": {"name": "c"}}))]);
        precaching_spec(&hub, hub.cgu("n", "u").unwrap(), [].iter(), &PlatformImage::None)
    }

    #[test]
    fn overrides_of_images_hold_on_old_hubs_only() {
        let old = derived(json!({"placementRules": ["other-p-placement-x"]})).unwrap();
        assert_eq!(
            (&*old.platform_image, &*old.operators_indexes),
            ("quay.example/r:1", &["quay.example/i:1".into()][..])
        );
        for status in [json!({}), json!({"placements": ["other-p-placement-x"]})] {
            assert!(derived(status).unwrap_err().contains("no software spec provided"));
        }
    }
}
